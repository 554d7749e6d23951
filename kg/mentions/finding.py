"""All mentions of one article, in text order."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg.knowledge import KnowledgeBase
from kg.lexicon import read_pairs, read_rows, read_words
from kg.mentions.names import Name, merge_bodies, merge_persons, names_in
from kg.mentions.titles import Titles
from kg.model import FIRST_PERSON, Mention, MentionKind

NEUTER = "neuter"
ITSELF = frozenset({"it", "which", "that"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
OBJECTS = frozenset({"obj", "iobj", "obl"})
BARE = frozenset({"case", "cc", "conj", "det", "punct"})
INSIDE_NOUNS = frozenset({"compound", "flat"})
DEFINITE = frozenset({"the", "this"})
AGED = "old"
AGE_LENGTH = 4  # tokens of "79-year-"
MOST_PRONOUNS = 4
"""Links of a chain "… it … its …" that are followed back."""

FORMS_OF_ADDRESS = frozenset({"majesty", "highness", "excellency", "holiness", "eminence", "honour", "honor"})


def find_mentions(
    doc: Doc, spans: Sequence[Span], knowledge: KnowledgeBase, published: date | None
) -> tuple[Mention, ...]:
    """All mentions in text order, not overlapping. `published` dates the office table's answers."""
    words = [token.text for token in doc]
    inner = frozenset(t.text for t in doc if t.text[:1].isupper() and not t.is_sent_start)
    tagged = {ent.start: ent for ent in doc.ents}
    names: list[Name] = []
    for index, span in enumerate(spans):
        names.extend(names_in(doc, span, index, words, inner, tagged, knowledge))
    names = merge_bodies(doc, merge_persons(doc, names))
    finder = Titles(doc, names, knowledge, published)
    titled = [(name, finder.with_title(name)) for name in names]
    mentions = [mention for name, mention in titled if name.start not in finder.departments]
    mentions += finder.further
    named = {i for name in names for i in range(name.start, name.end)}
    for index, span in enumerate(spans):
        roles = list(finder.roles(span, index))
        mentions.extend(roles)
        mentions.extend(_pronouns(span, index))
        inside = {role.end for role in roles}
        mentions.extend(nominal for nominal in _nominals(span, index, named) if nominal.end not in inside)
    return tuple(sorted(mentions, key=lambda mention: (mention.begin, mention.end)))


def _pronouns(span: Span, index: int) -> Iterator[Mention]:
    """Pronouns of a sentence; "it" only where the tree suggests what it takes up."""
    genders = read_pairs("pronouns.tsv")
    for token in span:
        gender = genders.get(token.lower_)
        addresses = token.i + 1 < span.end and token.nbor().lower_ in FORMS_OF_ADDRESS  # "His Majesty"
        if gender == FIRST_PERSON and token.pos_ not in {"PRON", "DET"}:
            continue  # "World War I"
        taken = _taken_up(token) if gender == NEUTER else None
        if gender is not None and not addresses and (gender != NEUTER or taken is not None):
            yield Mention(
                begin=token.idx,
                end=token.idx + len(token.text),
                text=token.text,
                kind=MentionKind.PRONOUN,
                label=gender,
                sentence=index,
                antecedent=taken.idx if taken is not None else None,
            )


def _nominals(span: Span, index: int, named: set[int]) -> Iterator[Mention]:
    """ "The alliance", "this country": a bare noun that may take up a name; with more words it means another thing.

    Nouns for persons may have adjectives: "the veteran diplomat", "the 79-year-old".
    """
    nouns = _nouns()
    for token in span:
        if token.lower_ not in nouns or token.i == span.start or token.i in named or token.dep_ in INSIDE_NOUNS:
            continue
        start = _described_from(token, named) if nouns[token.lower_] == "PER" else _bare_from(token)
        if start is not None:
            phrase = token.doc[start : token.i + 1]
            yield Mention(
                begin=phrase.start_char,
                end=phrase.end_char,
                text=phrase.text,
                kind=MentionKind.NOMINAL,
                label=token.lower_,
                sentence=index,
            )


def _bare_from(noun: Token) -> int | None:
    """Where "the alliance" begins; None where the noun has modifiers or no article."""
    modifiers = [child for child in noun.children if child.dep_ not in BARE]
    return noun.i - 1 if noun.nbor(-1).lower_ in DEFINITE and not modifiers else None


def _described_from(noun: Token, named: set[int]) -> int | None:
    """Where "the veteran diplomat" or "the 79-year-old" begins; None where more than adjectives describes it."""
    behind = any(child.i > noun.i and child.dep_ not in BARE for child in noun.children)
    start = noun.i - 1
    if noun.lower_ == AGED:
        if behind or noun.dep_ == "amod" or not _is_age(noun):
            return None
        start -= AGE_LENGTH
    while start > noun.sent.start and noun.doc[start].pos_ == "ADJ" and start not in named:
        start -= 1
    return start if not behind and start >= noun.sent.start and noun.doc[start].lower_ in DEFINITE else None


def _is_age(old: Token) -> bool:
    """Whether "79-year-" stands before "old"."""
    before = old.doc[max(old.sent.start, old.i - AGE_LENGTH) : old.i]
    return len(before) == AGE_LENGTH and before[0].is_digit and [t.lower_ for t in before[1:]] == ["-", "year", "-"]


def _taken_up(pronoun: Token, depth: int = 0) -> Token | None:
    """The subject above "it" in its sentence, else that of the sentence before (after Hobbs 1978, "Resolving pronoun
    references"); None where that is a person or another pronoun.

    "Moscow rejected it" is not about Moscow, and "it was the heaviest attack" takes up an event.
    """
    rejected = pronoun.dep_ in OBJECTS
    event = pronoun.dep_ in SUBJECTS and pronoun.head.pos_ == "NOUN"
    if pronoun.dep_ == "expl" or rejected or event or depth > MOST_PRONOUNS:
        return None
    subject = next((found for above in pronoun.ancestors if (found := _subject(above, pronoun.i)) is not None), None)
    if subject is None and pronoun.sent.start > 0:
        subject = _subject(pronoun.doc[pronoun.sent.start - 1].sent.root, pronoun.i)
    if subject is None or subject.lower_ in ITSELF:
        return _taken_up(subject, depth + 1) if subject is not None else None
    return subject if subject.pos_ in {"NOUN", "PROPN"} and subject.ent_type_ != "PER" else None


def _subject(verb: Token, before: int) -> Token | None:
    return next((child for child in verb.children if child.dep_ in SUBJECTS and child.i < before), None)


@cache
def _nouns() -> dict[str, str]:
    """The nouns that may take up a name, with the label of the tagger that they stand for."""
    bodies = dict.fromkeys(read_words("bodies.txt"), "ORG")  # "the court" after "the Supreme Court"
    return bodies | {noun: label for noun, _, label in read_rows("nominals.tsv", 3)}
