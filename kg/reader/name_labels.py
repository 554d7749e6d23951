"""What a name names: PER, ORG, LOC, NORP, or MISC where nothing tells.

Evidence is strong (a title before it, a listed place, "Ministry" in it) or weak (a preposition, its neighbours);
weak labels give way to strong ones of the same name, or of the same surname, elsewhere in the document.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.reader.lexicon import is_common
from kg.reader.wordlists import table, words

PLACE_PREPOSITIONS = frozenset({"in", "near", "outside", "across", "throughout", "inside", "around"})
DIRECTIONS = frozenset({"North", "South", "East", "West", "Upper", "Lower"})
GOVERNED = frozenset({"administration", "government", "regime", "presidency", "cabinet"})
"""What is named for a person: "the Monti government"."""

RELATIVE = frozenset({"who", "whose", "whom"})
CLAUSE_WINDOW = 6
"""Tokens behind a comma in which a noun for a person shows an apposition: "X, the country's deputy prime minister"."""

LONGEST_PERSON = 4
"""Tokens of a person's name that has no other mark than unusual words."""

LONGEST_ACRONYM = 6
SHOUTED_NAME = 5
"""Letters from which on a word in capitals is looked up in Title Case: "TEHRAN", not "US"."""

LABEL_ORDER = ("PER", "ORG", "LOC", "NORP", "MISC")
"""Ties between weak labels go to the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text as the name rules see it: parallel lists over tokens that are not white space."""

    texts: Sequence[str]
    gaps: Sequence[str]  # white space before each
    starts: Sequence[bool]  # opens a sentence
    free: Sequence[bool]  # its capital means nothing
    loud: Sequence[bool]  # it stands in a headline or a line of capitals
    tags: Sequence[str]  # rule tags


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Tokens [begin, end) that are one name; `titled`: a person's title stands before them."""

    begin: int
    end: int
    titled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A labelled name at tokens [begin, end)."""

    begin: int
    end: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A label and whether its evidence is strong."""

    label: str
    strong: bool


def label_all(pieces: Sequence[Piece], source: Source) -> list[Name]:
    """Label all names of a text together."""
    texts = [tuple(source.texts[piece.begin : piece.end]) for piece in pieces]
    guesses = [guess(piece, source) for piece in pieces]
    known: dict[tuple[str, ...], Counter[str]] = {}
    weak: dict[tuple[str, ...], Counter[str]] = {}
    surnames = set[str]()
    for tokens, found in zip(texts, guesses, strict=True):
        (known if found.strong else weak).setdefault(tokens, Counter())[found.label] += 1
        if found.label == "PER" and len(tokens) > 1 and (found.strong or is_unusual(tokens)):
            surnames.add(tokens[-1])
            surnames.add(tokens[0])
    names = list[Name]()
    for piece, tokens, found in zip(pieces, texts, guesses, strict=True):
        label = found.label
        if not found.strong:
            if tokens in known:
                label = _most(known[tokens])
            elif len(tokens) == 1 and not surnames.isdisjoint({tokens[0], tokens[0].title()}):
                label = "PER"
            else:
                label = _most(Counter({name: n for name, n in weak[tokens].items() if name != "MISC"})) or label
        names.append(Name(begin=piece.begin, end=piece.end, label=label))
    return names


def _most(counts: Counter[str]) -> str:
    return min(counts, key=lambda label: (-counts[label], LABEL_ORDER.index(label)), default="")


def guess(piece: Piece, source: Source) -> Guess:
    """Label one name by itself and its neighbours."""
    tokens = tuple(source.texts[piece.begin : piece.end])
    listed = listed_label(tokens)
    if listed is not None and not (piece.titled and listed == "LOC"):
        return Guess(label=listed, strong=True)
    head = head_label(tokens)
    if head is not None and not piece.titled:
        return Guess(label=head, strong=True)
    if piece.titled or _looks_personal(tokens):
        return Guess(label="PER", strong=True)
    if is_acronym(tokens) and not source.loud[piece.begin]:
        return Guess(label="ORG", strong=False)
    around = _by_neighbours(piece, source)
    if around is not None:
        return around
    if len(tokens) > 1 and (listed_label(tokens[:1]) == "LOC" or DIRECTIONS & {tokens[0], tokens[-1]}):
        return Guess(label="LOC", strong=False)
    if len(tokens) == 1 and (tokens[0] in words("surnames") or tokens[0] in words("given_names")):
        return Guess(label="PER", strong=False)
    if len(tokens) == 1 and (ending := ending_label(tokens[0])):
        return Guess(label=ending, strong=False)
    if 1 < sum(token[0].isupper() for token in tokens) <= LONGEST_PERSON and is_unusual(tokens):
        return Guess(label="PER", strong=False)
    return Guess(label="MISC", strong=False)


@lru_cache(maxsize=1 << 14)
def listed_label(tokens: tuple[str, ...]) -> str | None:
    """Label of a name that stands in a list as a whole."""
    text = " ".join(tokens).replace(" - ", "-")
    for name in dict.fromkeys((text, text.title() if text.isupper() and len(text) >= SHOUTED_NAME else text)):
        if name in words("demonyms") or name in words("groups"):
            return "NORP"
        if name in words("organizations"):
            return "ORG"
        if name in words("places") or name in words("more_places"):
            return "LOC"
    return None


def head_label(tokens: Sequence[str]) -> str | None:
    """Label that the name's head word gives: the last one, or the one before "of", "for", "on"."""
    if len(tokens) > 2 and listed_label(tuple(tokens[-2:])) == "ORG":
        return "ORG"
    split = next((index for index, token in enumerate(tokens) if token in {"of", "for", "on"} and index), len(tokens))
    for head in (tokens[split - 1], tokens[-1]):
        for name, label in (("thing_words", "MISC"), ("organization_words", "ORG"), ("place_words", "LOC")):
            if head in words(name) and (len(tokens) > 1 or label == "ORG"):
                return label
    if tokens[0] in words("place_words") and len(tokens) > 1 and tokens[0] in {"Mount", "Lake", "Cape", "Fort", "Camp"}:
        return "LOC"
    return None


def _looks_personal(tokens: tuple[str, ...]) -> bool:
    if len(tokens) < 2:
        return False
    if tokens[0] in words("given_names") and not any(token in {"of", "for", "&"} for token in tokens):
        return True
    initial = any(len(token) == 2 and token[1] == "." and token[0].isupper() for token in tokens)
    particle = any(token in {"bin", "ibn", "bint", "ben", "van", "von"} for token in tokens[1:-1])
    return initial or particle or (tokens[-1] in words("surnames") and is_unusual(tokens[:-1]))


@lru_cache(maxsize=1 << 14)
def ending_label(token: str) -> str | None:
    """Label that the ending of an unknown name makes likely ("-stan", "-enko")."""
    matching = (row[1] for row in table("name_endings.tsv") if token.endswith(row[0]) and token != row[0])
    return next(matching, None)


def is_acronym(tokens: Sequence[str]) -> bool:
    """Is this one token in capitals, as "NATO" or "U.N."?"""
    letters = "".join(character for character in tokens[0] if character.isalpha())
    return len(tokens) == 1 and 1 < len(letters) <= LONGEST_ACRONYM and letters.isupper()


def is_unusual(tokens: Sequence[str]) -> bool:
    """Does a name consist of words that are not ordinary ones?"""
    return not any(is_common(token.lower()) for token in tokens if token.isalpha() and token[0].isupper())


def _by_neighbours(piece: Piece, source: Source) -> Guess | None:
    texts, begin, end = source.texts, piece.begin, piece.end
    before = texts[begin - 1] if begin and not source.starts[begin] else ""
    after = [text for text, start in zip(texts[end : end + 2], source.starts[end : end + 2], strict=True) if not start]
    personal = before in words("person_nouns") or before.lower() in words("titles")
    if personal or (after and (after[0] in RELATIVE or (after[0] == "," and after[-1] in RELATIVE))):
        return Guess(label="PER", strong=True)
    if after[:1] == [","] and _apposition(texts[end + 1 : end + 1 + CLAUSE_WINDOW]):
        return Guess(label="PER", strong=False)
    if _place_noun(texts, begin, end):
        return Guess(label="LOC", strong=True)
    if texts[end : end + 1] != [] and texts[end] in GOVERNED and is_unusual(texts[begin:end]):
        return Guess(label="PER", strong=False)
    if before in words("organization_nouns") or (texts[end : end + 1] and texts[end] in words("organization_nouns")):
        return Guess(label="ORG", strong=False)
    if before.lower() in PLACE_PREPOSITIONS and is_unusual(texts[begin:end]):
        return Guess(label="LOC", strong=False)
    if after[:1] == [","] and len(after) > 1 and listed_label((after[1],)) == "LOC":
        return Guess(label="LOC", strong=False)
    if after[:1] and after[0] in words("reporting_verbs") and is_unusual(texts[begin:end]):
        return Guess(label="PER", strong=False)
    return None


def _place_noun(texts: Sequence[str], begin: int, end: int) -> bool:
    """Does a noun for a place stand beside the name: "the town of X", "the capital, X", "X province"?"""
    before = [text.lower() for text in texts[max(0, begin - 2) : begin]]
    named = len(before) > 1 and before[1] in {"of", ","} and before[0] in words("place_nouns")
    return (
        named
        or (before[-1:] != [] and before[-1] in words("place_nouns"))
        or (texts[end : end + 1] != [] and texts[end] in words("place_nouns"))
    )


def _apposition(following: Sequence[str]) -> bool:
    """Does a clause open with a noun for a person, as in "the country's deputy prime minister"?"""
    for index, text in enumerate(following):
        if text in words("person_nouns"):
            return index > 0
        if text in {",", ".", ";", "and", "which", "where", "but"} or (text[0].isupper() and index == 0):
            return False
    return False
