"""What is named in one article: names, demonyms, role phrases ("the Russian president") and pronouns.

Names come from the reader's tagger and from the knowledge base's names; where they overlap the longer one stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc, Span, Token

from kg.knowledge import Candidate, KnowledgeBase, NameKind
from kg.lexicon import read_rows, read_words
from kg.model import Mention, MentionKind

PLURAL = "PLURAL"  # label of "both leaders": several actors at once
MAX_APPOSITION = 9  # tokens of a post after a name; longer ones were relative clauses on the development articles
CONFLICT_WORDS = frozenset({"war", "conflict", "invasion", "civil"})
FORMS_OF_ADDRESS = frozenset({"majesty", "highness", "excellency", "holiness", "eminence", "honour", "honor"})
CONFLICT = "EVENT"
MAX_CONFLICT = 6  # tokens of a conflict's name
CONNECTORS = frozenset({"of", "for", "to", "the", "'s", "’s", "-", "–"})
LOCATIVE = frozenset({"in", "at", "from", "near", "to", "outside", "around", "of", "over", "across", "into", "via"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
LABELS = {
    "Person": "PER",
    "Country": "LOC",
    "Place": "LOC",
    "City": "LOC",
    "AdministrativeArea": "LOC",
    "Event": "EVENT",
}


def find_mentions(
    doc: Doc, spans: Sequence[Span], knowledge: KnowledgeBase, published: date | None
) -> tuple[Mention, ...]:
    """All mentions in text order, not overlapping. `published` dates the office table's answers."""
    words = [token.text for token in doc]
    inner = frozenset(t.text for t in doc if t.text[:1].isupper() and not t.is_sent_start)
    tagged = {ent.start: ent for ent in doc.ents}
    names: list[_Name] = []
    for index, span in enumerate(spans):
        names.extend(_names_in(doc, span, index, words, inner, tagged, knowledge))
    names = _merge_persons(doc, names)
    finder = _Titles(doc, names, knowledge, published)
    mentions = [finder.with_title(name) for name in names]
    for index, span in enumerate(spans):
        mentions.extend(finder.roles(span, index))
        mentions.extend(_pronouns(span, index))
    return tuple(sorted(mentions, key=lambda mention: (mention.begin, mention.end)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """A name or demonym as a token range of the Doc."""

    start: int
    end: int
    mention: Mention


def _names_in(
    doc: Doc,
    span: Span,
    index: int,
    words: list[str],
    inner: frozenset[str],
    tagged: dict[int, Span],
    knowledge: KnowledgeBase,
) -> Iterator[_Name]:
    """Names of a sentence. `inner` are words that this article capitalizes inside sentences too."""
    inside = {i for start in range(span.start, span.end) if start in tagged for i in range(start, tagged[start].end)}
    capitalized = {i for i in range(span.start, span.end) if doc[i].text in inner}
    i = span.start
    while i < span.end:
        ent = tagged.get(i)
        known = min(knowledge.longest_match(words, i), span.end - i)
        known = known or _conflict(doc, i, span.end, knowledge)
        if known and not _is_name(doc, i, i + known, inside | capitalized):
            known = 0
        if known > 1 and doc[i + known - 1].lower_ in read_words("titles.tsv", "head"):
            known -= 1  # "Russian President" is a title before a name, however often it is linked as a whole
            known = known if knowledge.candidates(doc[i : i + known].text) else 0
        if ent is not None and ent.end - i > known:
            name = _from_tagger(doc, ent, index, knowledge)
            if name is not None:
                yield name
            i = ent.end
        elif known:
            name = _from_knowledge(doc, i, i + known, index, knowledge)
            yield name
            # The parties inside a conflict's name ("war in Ukraine") are mentions of their own.
            i += 1 if name.mention.label == CONFLICT else known
        else:
            i += 1


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


def _from_tagger(doc: Doc, ent: Span, index: int, knowledge: KnowledgeBase) -> _Name | None:
    if len(ent) == 1 and ent[0].lower_ in read_words("titles.tsv"):
        return None  # "His Majesty", "the President"
    if ent[0].pos_ == "NUM" and not ent[0].is_digit and ent.start == ent.sent.start:
        # "Two Chinese banks", "One person": a number opens the sentence, not a name.
        if len(ent) == 1:
            return None
        ent = doc[ent.start + 1 : ent.end]
    heads = read_words("titles.tsv", "head")
    after_title = ent.start > 1 and doc[ent.start - 1].lower_ in {"of", "for"} and doc[ent.start - 2].lower_ in heads
    if after_title and len(ent) > 2 and ent[0].lower_ in read_words("titles.tsv"):
        ent = doc[ent.start + 1 : ent.end]  # "Minister of Education Stefania Giannini"
    titles = [token.i for token in ent[:-1] if token.lower_ in heads]
    if titles and ent.label_ == "PER" and not knowledge.candidates(ent.text):
        ent = doc[titles[-1] + 1 : ent.end]  # "German Chancellor Friedrich Merz" without his post
        return _name(doc, ent.start, ent.end, index, MentionKind.NAME, "PER", _ids(knowledge.candidates(ent.text)))
    candidates = knowledge.candidates(ent.text)
    demonym = bool(candidates) and candidates[0].kind is NameKind.DEMONYM
    kind = MentionKind.DEMONYM if demonym or ent.label_ == "NORP" else MentionKind.NAME
    return _name(doc, ent.start, ent.end, index, kind, ent.label_, _ids(candidates))


def _ids(candidates: tuple[Candidate, ...]) -> tuple[str, ...]:
    return tuple(candidate.id for candidate in candidates)


def _from_knowledge(doc: Doc, start: int, end: int, index: int, knowledge: KnowledgeBase) -> _Name:
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
    acts = not (start > 0 and doc[start - 1].lower_ in LOCATIVE) and _acts(doc, start, end)

    def rank(candidate: Candidate) -> tuple[int, float, str]:
        kind = knowledge.entry(candidate.id).type
        if "Organization" in kind:
            return (0, -candidate.prior, candidate.id)
        return (1 if acts == (candidate.kind is NameKind.METONYM) else 2, -candidate.prior, candidate.id)

    return tuple(sorted(candidates, key=rank))


def _acts(doc: Doc, start: int, end: int) -> bool:
    """Subject of a verb, possessor, or one of two parties."""
    after = doc[end] if end < len(doc) else None
    before = doc[start - 1].lower_ if start > 0 else ""
    if after is not None and (after.pos_ in {"VERB", "AUX"} or after.text in {"'s", "’s"}):
        return True
    return before in {"between", "with", "by", "against"} or (
        before == "and" and start > 1 and doc[start - 2].ent_type_ != ""
    )


def _name(
    doc: Doc, start: int, end: int, index: int, kind: MentionKind, label: str, candidates: tuple[str, ...]
) -> _Name:
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
    return _Name(start=start, end=end, mention=mention)


def _merge_persons(doc: Doc, names: list[_Name]) -> list[_Name]:
    """Joins "Joseph R." + "Biden": neighbouring pieces of one person's name that the two sources cut apart."""
    merged: list[_Name] = []
    for name in names:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.end == name.start
            and last.mention.label == name.mention.label == "PER"
            and last.mention.sentence == name.mention.sentence
        ):
            candidates = name.mention.candidates or last.mention.candidates
            merged[-1] = _name(doc, last.start, name.end, name.mention.sentence, MentionKind.NAME, "PER", candidates)
        else:
            merged.append(name)
    return merged


def _pronouns(span: Span, index: int) -> Iterator[Mention]:
    genders = {row[0]: row[1] for row in read_rows("pronouns.tsv")}
    for token in span:
        gender = genders.get(token.lower_)
        addresses = token.i + 1 < span.end and token.nbor().lower_ in FORMS_OF_ADDRESS  # "His Majesty"
        if gender is not None and not addresses:
            yield Mention(
                begin=token.idx,
                end=token.idx + len(token.text),
                text=token.text,
                kind=MentionKind.PRONOUN,
                label=gender,
                sentence=index,
            )


class _Titles:
    """Posts that stand beside names, and role phrases that stand alone."""

    def __init__(self, doc: Doc, names: list[_Name], knowledge: KnowledgeBase, published: date | None) -> None:
        self.doc = doc
        self.knowledge = knowledge
        self.published = published
        self.name_at = {i: name for name in names for i in range(name.start, name.end)}
        self.heads = read_words("titles.tsv", "head")
        self.plurals = read_words("titles.tsv", "plural")
        self.words = self.heads | read_words("titles.tsv", "modifier")
        self.used: set[int] = set()  # tokens of titles that stand with a name

    def with_title(self, name: _Name) -> Mention:
        """The name's mention with the post before it, else after it."""
        if name.mention.label not in {"PER", "MISC"}:
            return name.mention
        start, end = self._before(name)
        lead = self.doc[start].idx if start < end else None
        if start == end:
            start, end = self._after(name)
        if start == end:
            return name.mention
        self.used.update(range(start, end))
        title, body = self._read(start, end)
        body = body or self._of(name.end)
        return replace(name.mention, label="PER", title=title, lead=lead, body=body.mention.begin if body else None)

    def _of(self, i: int) -> _Name | None:
        """ "President Pedro Sánchez of Spain": the body that follows the name."""
        if i + 1 >= len(self.doc) or self.doc[i].lower_ != "of":
            return None
        body = self.name_at.get(i + 2 if self.doc[i + 1].lower_ == "the" else i + 1)
        return body if body is not None and body.mention.label in {"LOC", "ORG"} else None

    def roles(self, span: Span, index: int) -> Iterator[Mention]:
        """Role phrases without a name: "the Russian president", "both leaders"."""
        for i in range(span.start, span.end):
            if i in self.used or i in self.name_at:
                continue
            word = self.doc[i].lower_
            if word in self.plurals and i > span.start and self._counted(i):
                yield self._role(i - 1, i + 1, index, PLURAL)
            elif word in self.heads and self.doc[i].pos_ in {"NOUN", "PROPN"}:
                start = self._role_start(i, span.start)
                if start < i:
                    yield self._role(start, i + 1, index, "PER")

    def _counted(self, i: int) -> bool:
        return self.doc[i - 1].lower_ in {"both", "two", "three"} or (
            self.doc[i - 1].lower_ == "the" and self.doc[i].lower_ in {"leaders", "sides", "presidents", "delegations"}
        )

    def _role_start(self, i: int, floor: int) -> int:
        """First token of the phrase, or `i` where nothing makes it definite."""
        start = i
        while start > floor and self._word_of_title(start - 1):
            start -= 1
        before = self.doc[start - 1].lower_ if start > floor else ""
        if before == "the":
            return start - 1
        name = self.name_at.get(start)
        definite = name is not None and name.mention.label in {"NORP", "LOC", "ORG"}
        return start if definite and start < i else i

    def _word_of_title(self, i: int) -> bool:
        if i in self.used:
            return False
        name = self.name_at.get(i)
        if name is not None:
            return name.mention.label in {"NORP", "LOC", "ORG"}
        return self.doc[i].lower_ in self.words or self.doc[i].lower_ in POSSESSIVES

    def _role(self, start: int, end: int, index: int, label: str) -> Mention:
        title, body = self._read(start, end)
        if body is None and end < len(self.doc) and self.doc[end].lower_ == "of":
            body = self.name_at.get(end + 1) or self.name_at.get(end + 2)
        holders: tuple[str, ...] = ()
        if body is not None and label == "PER" and body.mention.candidates:
            offices = self.knowledge.holders(title, body.mention.candidates[0], self.published)
            holders = tuple(dict.fromkeys(office.person for office in offices))
        span = self.doc[start:end]
        return Mention(
            begin=span.start_char,
            end=span.end_char,
            text=span.text,
            kind=MentionKind.ROLE,
            label=label,
            sentence=index,
            title=title,
            body=body.mention.begin if body else None,
            candidates=holders,
        )

    def _before(self, name: _Name) -> tuple[int, int]:
        """Token range of the post in front of a name, empty where there is none."""
        end = name.start
        floor = self.doc[name.start].sent.start
        if end > floor + 1 and self.doc[end - 1].text == "," and self.doc[end - 2].lower_ in self.heads:
            end -= 1
        start = end
        while start > floor and (self._word_of_title(start - 1) or self.doc[start - 1].lower_ in CONNECTORS):
            start -= 1
        while start < end and not self._opens(self.doc[start]):
            start += 1
        has_head = any(self.doc[i].lower_ in self.heads for i in range(start, end) if i not in self.name_at)
        return (start, end) if has_head else (end, end)

    def _opens(self, token: Token) -> bool:
        return token.lower_ in self.words or token.i in self.name_at

    def _after(self, name: _Name) -> tuple[int, int]:
        """Token range of an apposition ", spokesman for the Indonesian military,"."""
        i = name.end
        if i + 1 >= len(self.doc) or self.doc[i].text != "," or name.mention.label != "PER":
            return name.end, name.end
        start = i + 1
        while start < len(self.doc) and self.doc[start].lower_ in {"the", "a", "an", "who", "is"}:
            start += 1
        end = start
        while end < len(self.doc) and end - start < MAX_APPOSITION and self._continues(end):
            end += 1
        has_head = any(self.doc[j].lower_ in self.heads for j in range(start, end) if j not in self.name_at)
        closed = end < len(self.doc) and (self.doc[end].is_punct or self.doc[end].pos_ in {"VERB", "AUX"})
        return (start, end) if has_head and closed else (name.end, name.end)

    def _continues(self, i: int) -> bool:
        token = self.doc[i]
        if i in self.name_at:
            return self.name_at[i].mention.label != "PER"
        return token.lower_ in self.words or token.lower_ in CONNECTORS or token.pos_ in {"ADJ", "NOUN"}

    def _read(self, start: int, end: int) -> tuple[str, _Name | None]:
        """The words of the post without its country or body, and that body."""
        body: _Name | None = None
        kept: list[str] = []
        for i in range(start, end):
            name = self.name_at.get(i)
            if name is not None:
                body = body or name
            elif self.doc[i].lower_ not in {*POSSESSIVES, "the", "both", "two", "three", "-", "–"}:
                kept.append(self.doc[i].text)
        while kept and kept[-1].lower() in CONNECTORS:
            kept.pop()
        while kept and kept[0].lower() in CONNECTORS:
            kept.pop(0)
        return " ".join(kept), body
