"""The words of status_cues.tsv found around one word of a tree: beside it, on it, and what governs it."""

from collections.abc import Iterator
from functools import cache
from itertools import chain, islice

from spacy.tokens import Token

from kg.clauses import MOST_CHILDREN, has_features
from kg.lexicon import read_rows
from kg.model import Status

Cue = tuple[tuple[str, ...], Status | None]
"""The words of a cue, and the status that it gives; None for one that takes the event for granted."""

TAKEN_FOR_GRANTED = "Fact"
MARKS = frozenset({"mark"})
FUNCTION_WORDS = frozenset({"aux", "aux:pass", "cop", "advmod", "det", "mark", "case", "cc", "cc:preconj"})
ADJECTIVES = frozenset({"amod", "acl"})
ABOUT = frozenset({"on", "over", "about"})
TO_NOUNS = frozenset({"of", "for", "to"}) | ABOUT
TO_VERBS = frozenset({"of", "for", "to"})
"""Prepositions before what a noun or a verb is about; those before its place and time are others."""
COMPLEMENTS = frozenset({"obj", "xcomp", "ccomp", "csubj", "acl", "compound", "nmod:poss", "amod"})


def own_cues(word: Token) -> Iterator[Cue]:
    """Function words and adjectives that stand with a word: "will", "not", "no", "possible"."""
    children = tuple(islice(word.children, MOST_CHILDREN))
    after = {child.lower_: child for child in children} | {child.lemma_: child for child in children}
    for child in children:
        for words, status in _of(child, "with") if child.dep_ in FUNCTION_WORDS else ():
            if _go_on(child, words[1:], after):
                yield words, status
                break
        if child.dep_ in MARKS:
            yield from _of(child, "mark")
        if child.dep_ in ADJECTIVES:
            yield from _of(child, "beside")


def _go_on(first: Token, words: tuple[str, ...], siblings: dict[str, Token]) -> bool:
    """Whether the further words of a cue come later in the same phrase, in their order, or right behind it."""
    at = first
    for word in words:
        found = siblings.get(word)
        if found is None and at.i + 1 < len(at.doc) and at.nbor().lower_ == word:
            found = at.nbor()
        if found is None or found.i <= at.i:
            return False
        at = found
    return not (first.lower_ == "not" and first.i + 1 < len(first.doc) and first.nbor().lower_ == "only")


def governing_cue(word: Token) -> Cue | None:
    """What the word over `word` says of it: "threatened sanctions", "prospect of talks", "refused to meet"."""
    governor = word.head
    before = {child.lower_ for child in islice(word.children, MOST_CHILDREN) if child.dep_ in {"case", "mark"}}
    cues = chain(_of(governor, "under"), () if _is_done(governor) else _of(governor, "during"))
    for words, status in cues:
        if len(words) == 1:
            if _is_complement(word, before):
                return words, status
        elif word.dep_ == "advcl" and has_features(word, "VerbForm=Inf"):
            continue  # a purpose: "agreed, to end the war"
        elif all(part in before or _is_particle(governor, part) for part in words[1:]):
            return words, status
    return None


def _is_done(verb: Token) -> bool:
    """ "Negotiated a truce", "has arranged a meeting": what is brought about is there when the verb is over."""
    perfect = any(child.lemma_ == "have" and child.dep_ == "aux" for child in islice(verb.lefts, MOST_CHILDREN))
    return perfect or has_features(verb, "Tense=Past", "VerbForm=Fin")


def predicative_cue(word: Token) -> Cue | None:
    """What a predicate says of its subject: "the talks are ongoing"."""
    return next(_of(word, "beside"), None)


def _is_particle(governor: Token, part: str) -> bool:
    """ "Rule out", "called the meeting off"; the "for" of "called for unity" hangs on the noun."""
    return any(
        child.lower_ == part and (child.i == governor.i + 1 or child.dep_ == "compound:prt")
        for child in islice(governor.children, MOST_CHILDREN)
    )


def _is_complement(word: Token, before: set[str]) -> bool:
    if word.dep_ in COMPLEMENTS:
        return True
    if word.dep_ == "obl":  # "asked for talks", but not "needed an hour for talks"
        return bool(before & TO_VERBS) and all(child.dep_ != "obj" for child in islice(word.head.rights, MOST_CHILDREN))
    return word.dep_ == "nmod" and bool(before & TO_NOUNS) and not (before <= ABOUT and is_definite(word))


def is_definite(noun: Token) -> bool:
    """Whether the text takes a noun as known: "the war", "their talks"."""
    return any(
        child.lower_ in {"the", "this", "that", "these", "those"} or child.dep_ == "nmod:poss"
        for child in islice(noun.lefts, MOST_CHILDREN)
        if child.dep_ in {"det", "nmod:poss"}
    )


def _of(token: Token, where: str) -> Iterator[Cue]:
    table = _cues(where)
    return iter(table.get(token.lemma_.lower(), ()) or table.get(token.lower_, ()))


@cache
def _cues(where: str) -> dict[str, tuple[Cue, ...]]:
    """Cues of one kind by their first word, the longest first."""
    cues: dict[str, list[Cue]] = {}
    for phrase, status, kind in read_rows("status_cues.tsv"):
        if kind == where:
            words = tuple(phrase.split())
            cues.setdefault(words[0], []).append((words, None if status == TAKEN_FOR_GRANTED else Status(status)))
    return {first: tuple(sorted(found, key=lambda cue: -len(cue[0]))) for first, found in cues.items()}
