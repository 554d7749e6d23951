"""Names and demonyms: from the reader's tagger and from the knowledge base; where they overlap the longer one stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import lemminflect
from spacy.tokens import Doc, Span

from kg.knowledge import Candidate, KnowledgeBase, NameKind
from kg.lexicon import read_rows, read_words
from kg.mentions.documents import document_at
from kg.model import Mention, MentionKind

CONFLICT_WORDS = frozenset({"war", "conflict", "invasion", "civil"})
CONFLICT = "EVENT"
NAME_PARTS = frozenset({"appos", "compound", "flat"})
"""Relations inside a name, or between its parts where the tree errs."""

NEVER_NAMES = frozenset({"ADP", "CCONJ", "DET", "PRON", "PUNCT", "SCONJ"})
"""Parts of speech of words that alone are no name."""

MIN_POSTED = 3  # tokens of "Indian External Affairs"
MAX_CONFLICT = 6  # tokens of a conflict's name
LOCATIVE = frozenset({"in", "at", "from", "near", "to", "outside", "around", "of", "over", "across", "into", "via"})
PRESSING = frozenset({"call", "duty", "impose", "pressure", "sanction", "sanctions", "tariff"})
"""Words before "on" that tell of a government, not of its city."""

PRAISING = frozenset({"applaud", "celebrate", "commend", "hail", "praise", "welcome"})
"""Verbs of saying whose object may as well be the city."""

LABELS = {
    "Person": "PER",
    "Country": "LOC",
    "Place": "LOC",
    "City": "LOC",
    "AdministrativeArea": "LOC",
    "Event": "EVENT",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name or demonym as a token range of the Doc."""

    start: int
    end: int
    mention: Mention


def names_in(
    doc: Doc,
    span: Span,
    index: int,
    words: list[str],
    inner: frozenset[str],
    tagged: dict[int, Span],
    knowledge: KnowledgeBase,
) -> Iterator[Name]:
    """Names of a sentence. `inner` are words that this article capitalizes inside sentences too."""
    inside = {i for start in range(span.start, span.end) if start in tagged for i in range(start, tagged[start].end)}
    capitalized = {i for i in range(span.start, span.end) if doc[i].text in inner}
    i = span.start
    while i < span.end:
        ent = tagged.get(i)
        known = min(knowledge.longest_match(words, i), span.end - i)
        known = known or _conflict(doc, i, span.end, knowledge)
        if known and "$" in doc[i].text:
            known = 0  # "US$1.7 billion"
        if known and not _is_name(doc, i, i + known, inside | capitalized):
            known = 0
        if known == 1 and doc[i].lower_ in read_words("titles.tsv", "head"):
            known = 0  # "CEO" is a post, however often it is linked
        if known > 1 and doc[i + known - 1].lower_ in read_words("titles.tsv", "head"):
            known -= 1  # "Russian President" is a title before a name, however often it is linked as a whole
            known = known if knowledge.candidates(doc[i : i + known].text) else 0
        named = 0 if _second_of_pair(doc, i) else document_at(doc, i, span.end, knowledge)
        if named > known:
            yield _name(doc, i, i + named, index, MentionKind.NAME, "MISC", ())
            i += named
        elif ent is not None and ent.end - i > known and not (known and _second_of_pair(doc, i)):
            name = _from_tagger(doc, ent, index, knowledge)
            if name is not None:
                yield name
            i = max(ent.end, name.end if name is not None else 0)
        elif known:
            name = _from_knowledge(doc, i, i + known, index, knowledge)
            yield name
            # The parties in a conflict's name ("war in Ukraine", "Israel-Hamas conflict") are mentions of their own.
            if name.mention.label == CONFLICT and knowledge.candidates(doc[i].text):
                yield _from_knowledge(doc, i, i + 1, index, knowledge)
            i += 1 if name.mention.label == CONFLICT else known
        else:
            i += 1


def _second_of_pair(doc: Doc, start: int) -> bool:
    """ "U.S.-China Defense Talks": what follows the hyphen names a party, however many capitals come after it."""
    return start > 1 and doc[start - 1].text in {"-", "–"} and doc[start - 2].pos_ == "PROPN"


def _conflict(doc: Doc, start: int, limit: int, knowledge: KnowledgeBase) -> int:
    """Length of a conflict's name in lower case, such as "war in Ukraine"; 0 where there is none."""
    if doc[start].lower_ not in CONFLICT_WORDS:
        return 0
    for end in range(min(limit, start + MAX_CONFLICT), start + 1, -1):
        candidates = knowledge.candidates(doc[start:end].text)
        if candidates and knowledge.entry(candidates[0].id).type == "Event":
            return end - start
    return 0


def _is_name(doc: Doc, start: int, end: int, inside: set[int]) -> bool:
    """Whether a match of the knowledge base is a name here: "May" and "Turkey" may open a sentence as words."""
    if end - start > 1 or not doc[start].is_sent_start:
        return True
    return start in inside or doc[start].pos_ in {"PROPN", "ADJ"} or doc[start].is_upper


def _from_tagger(doc: Doc, ent: Span, index: int, knowledge: KnowledgeBase) -> Name | None:
    if ent.text.islower():
        return None  # the network takes a lower-case word for a name now and then
    ent = _completed(_trimmed(ent), knowledge)
    body = len(ent) > 1 and ent.label_ == "ORG" and ent[-1].lower_ in read_words("bodies.txt")
    if not body and all(token.lower_ in read_words("titles.tsv") or token.pos_ in NEVER_NAMES for token in ent):
        return None  # "His Majesty", "the President", "Secretary General", "The"; but "National Security Council"
    if ent[0].pos_ == "NUM" and not ent[0].is_digit and ent.start == ent.sent.start:
        # "Two Chinese banks", "One person": a number opens the sentence, not a name.
        if len(ent) == 1:
            return None
        ent = _part(ent, ent.start + 1)
    named = ent if knowledge.candidates(ent.text) else _without_posts(ent, knowledge)
    if named is None:
        return None
    candidates = knowledge.candidates(named.text) or _of_kind(doc, named, knowledge)
    demonym = bool(candidates) and candidates[0].kind is NameKind.DEMONYM
    kind = MentionKind.DEMONYM if demonym or named.label_ == "NORP" else MentionKind.NAME
    return _name(doc, named.start, named.end, index, kind, named.label_, _ids(candidates))


def _without_posts(ent: Span, knowledge: KnowledgeBase) -> Span | None:
    """A name without the posts before it and behind it; None where it is all a post."""
    doc, heads = ent.doc, read_words("titles.tsv", "head")
    if len(ent) > 2 and ent[0].lower_ in heads and ent[1].lower_ in {"of", "for"}:
        rest = _part(ent, ent.start + 2)  # "Commissioner for Equality" is a post, "President of Russia" names Russia
        return rest if knowledge.candidates(rest.text) else None
    after_title = ent.start > 1 and doc[ent.start - 1].lower_ in {"of", "for"} and doc[ent.start - 2].lower_ in heads
    if after_title and len(ent) > 2 and ent[0].lower_ in read_words("titles.tsv"):
        ent = _part(ent, ent.start + 1)  # "Minister of Education Stefania Giannini"
    titles = [token.i for token in ent[:-1] if token.lower_ in heads]
    if titles and ent.label_ == "PER":
        return _part(ent, titles[-1] + 1)  # "German Chancellor Friedrich Merz" without his post
    if len(ent) > 1 and ent.label_ == "ORG" and ent[-1].lower_ in heads:
        return _part(ent, ent.start, ent.end - 1)  # "State Department Spokesperson" Jeff Rathke
    return _without_department(ent, knowledge)


def _without_department(ent: Span, knowledge: KnowledgeBase) -> Span:
    """ "Indian External Affairs" Minister S. Jaishankar, "EU Commissioner for Trade": the country or body alone."""
    doc, heads, words = ent.doc, read_words("titles.tsv", "head"), read_words("titles.tsv")
    if len(ent) < MIN_POSTED or ent.label_ != "ORG" or not knowledge.candidates(ent[0].text):
        return ent
    before_head = ent.end < len(doc) and doc[ent.end].lower_ in heads
    held = ent[1].lower_ in heads and ent[2].lower_ in {"of", "for"}
    if held or (before_head and all(token.lower_ in words for token in ent[1:])):
        return _part(ent, ent.start, ent.start + 1)
    return ent


def _part(ent: Span, start: int, end: int | None = None) -> Span:
    """Tokens of a name; a plain slice would lose its label."""
    return Span(ent.doc, start, ent.end if end is None else end, label=ent.label_)


def _trimmed(ent: Span) -> Span:
    """Without the small words at its end ("Government of") that belong to the name behind it."""
    end = ent.end
    while end > ent.start + 1 and ent.doc[end - 1].pos_ in NEVER_NAMES and ent.doc[end - 1].text.islower():
        end -= 1
    return ent if end == ent.end else _part(ent, ent.start, end)


def _completed(ent: Span, knowledge: KnowledgeBase) -> Span:
    """With the surname that the tagger left off: a proper noun that hangs on the name or where the name hangs.

    Where the base knows a name from there on, the two are joined later.
    """
    doc, end = ent.doc, ent.end
    heads = {ent.root.i, ent.root.head.i}
    while ent.label_ == "PER" and end < len(doc) and doc[end].pos_ == "PROPN" and not doc[end].ent_type_:
        hanging = doc[end].dep_ in NAME_PARTS and doc[end].head.i in heads
        if not hanging or not doc[end].is_title or knowledge.candidates(doc[end : end + 2].text):
            break
        end += 1
    return ent if end == ent.end else _part(ent, ent.start, end)


def _of_kind(doc: Doc, ent: Span, knowledge: KnowledgeBase) -> tuple[Candidate, ...]:
    """ "The province of Gilan": what is known as "Gilan Province"."""
    if ent.start < 2 or doc[ent.start - 1].lower_ != "of" or ent.label_ != "LOC":
        return ()
    return knowledge.candidates(f"{ent.text} {doc[ent.start - 2].text.title()}")


def _ids(candidates: tuple[Candidate, ...]) -> tuple[str, ...]:
    return tuple(candidate.id for candidate in candidates)


def _from_knowledge(doc: Doc, start: int, end: int, index: int, knowledge: KnowledgeBase) -> Name:
    candidates = _in_context(doc, start, end, knowledge)
    if candidates and candidates[0].kind is NameKind.DEMONYM:
        return _name(doc, start, end, index, MentionKind.DEMONYM, "NORP", _ids(candidates))
    first = knowledge.entry(candidates[0].id) if candidates else None
    label = LABELS.get(first.type, "ORG" if "Organization" in first.type else "MISC") if first else "MISC"
    return _name(doc, start, end, index, MentionKind.NAME, label, _ids(candidates))


def _in_context(doc: Doc, start: int, end: int, knowledge: KnowledgeBase) -> tuple[Candidate, ...]:
    """A seat of power is the place after "in" and the like, the government where it acts, an institution always."""
    candidates = knowledge.candidates(doc[start:end].text)
    if not any(candidate.kind is NameKind.METONYM for candidate in candidates):
        return candidates
    located = start > 0 and doc[start - 1].lower_ in LOCATIVE
    acts = not located and _acts(doc, start, end)

    def rank(candidate: Candidate) -> tuple[int, float, str]:
        kind = knowledge.entry(candidate.id).type
        if "Organization" in kind and not (located and candidate.kind is NameKind.METONYM):
            return (0, -candidate.prior, candidate.id)
        return (1 if acts == (candidate.kind is NameKind.METONYM) else 2, -candidate.prior, candidate.id)

    return tuple(sorted(candidates, key=rank))


def _acts(doc: Doc, start: int, end: int) -> bool:
    """Subject of a verb, possessor, one of two parties, or who is told something or put under pressure."""
    root = doc[start:end].root
    if root.dep_ in {"obj", "iobj"} and root.head.lemma_ in _addressing():
        return True  # "accused Washington of plotting"
    if start > 1 and doc[start - 1].lower_ == "on" and doc[start - 2].lemma_.lower() in PRESSING:
        return True  # "called on Tehran", "sanctions on Moscow"; but "strikes on Kyiv"
    if root.dep_ == "nsubj" and root.head.lemma_ in read_words("speech_verbs.tsv"):
        return True  # "Kyiv also said"
    after = doc[end] if end < len(doc) else None
    before = doc[start - 1].lower_ if start > 0 else ""
    if after is not None and (after.pos_ in {"VERB", "AUX"} or after.text in {"'s", "’s"}):
        return True
    return before in {"between", "with", "by", "against"} or (
        before == "and" and start > 1 and doc[start - 2].ent_type_ != ""
    )


def _name(
    doc: Doc, start: int, end: int, index: int, kind: MentionKind, label: str, candidates: tuple[str, ...]
) -> Name:
    span = doc[start:end]
    mention = Mention(
        begin=span.start_char,
        end=span.end_char,
        text=span.text,
        kind=kind,
        label=label,
        sentence=index,
        candidates=candidates,
    )
    return Name(start=start, end=end, mention=mention)


@cache
def _addressing() -> frozenset[str]:
    """Verbs of saying whose object is somebody: "told", "accused", but not "described"."""
    rows = read_rows("speech_verbs.tsv", 5)
    acts = frozenset(row[0] for row in rows if row[2] == "object" or row[1] in {"act", "request"})
    return acts - PRAISING


@cache
def _is_adjective(word: str) -> bool:
    return bool(lemminflect.getAllLemmas(word.lower(), upos="ADJ"))


def merge_persons(doc: Doc, names: list[Name]) -> list[Name]:
    """Joins "Joseph R." + "Biden": neighbouring pieces of one person's name that the two sources cut apart."""
    merged: list[Name] = []
    for name in names:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.end == name.start
            and last.mention.label == name.mention.label == "PER"
            and last.mention.sentence == name.mention.sentence
        ):
            if last.end - last.start == 1 and _is_adjective(last.mention.text):
                merged[-1] = name  # "Nonpartisan" + "Paul Tse"
                continue
            candidates = name.mention.candidates or last.mention.candidates
            merged[-1] = _name(doc, last.start, name.end, name.mention.sentence, MentionKind.NAME, "PER", candidates)
        else:
            merged.append(name)
    return merged


def merge_bodies(doc: Doc, names: list[Name]) -> list[Name]:
    """Joins "Joint Council" + "for the" + "Welfare of Immigrants": a body and what it is for, unknown by itself."""
    merged: list[Name] = []
    for name in names:
        last = merged[-1] if merged else None
        if last is not None and _is_for(doc, last, name):
            merged[-1] = _name(doc, last.start, name.end, name.mention.sentence, MentionKind.NAME, "ORG", ())
        else:
            merged.append(name)
    return merged


def _is_for(doc: Doc, body: Name, purpose: Name) -> bool:
    between = [token.lower_ for token in doc[body.end : purpose.start]]
    return (
        between in (["for"], ["for", "the"], ["on"], ["on", "the"])
        and body.mention.label == "ORG"
        and body.mention.sentence == purpose.mention.sentence
        and doc[body.end - 1].lower_ in read_words("bodies.txt")
        and purpose.mention.label in {"ORG", "MISC"}
        and not purpose.mention.candidates
    )
