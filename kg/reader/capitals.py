"""Where a capital means nothing: at the start of a sentence or quotation, in a headline, in a line of capitals."""

import itertools
from collections.abc import Sequence

from kg.reader.wordlists import words

QUOTES = frozenset("\"“‘«„'") | {"``"}
INTRODUCERS = frozenset({",", ":", ";", "-", "–", "—", "."})
"""What stands before a quotation or part that begins with a capital of its own."""

HEADLINE_WORDS = 4
"""A line with fewer capitals is a name rather than a headline."""

LOW_SHARE = 0.15
"""Lower-case words besides prepositions that a headline may have for each capital: one in seven."""

CAPITALS_WORDS = 3


def openings(texts: Sequence[str], starts: Sequence[bool]) -> list[bool]:
    """Return for every token whether its capital means nothing; `starts` says which tokens open a sentence."""
    free = [False] * len(texts)
    for begin, end in sentence_ranges(starts):
        _mark_openers(texts, begin, end, free)
        if is_headline(texts[begin:end]):
            free[begin:end] = [True] * (end - begin)
    return free


def _mark_openers(texts: Sequence[str], begin: int, end: int, free: list[bool]) -> None:
    fresh = True
    for index in range(begin, end):
        text = texts[index]
        if any(character.isalnum() for character in text):
            free[index] = fresh
            fresh = False
        elif (text in QUOTES and (index == begin or texts[index - 1] in INTRODUCERS)) or text in {"•", "·"}:
            fresh = True


def is_headline(texts: Sequence[str]) -> bool:
    """Is this sentence in Title Case or in capitals?"""
    alphabetic = [text for text in texts if text.isalpha()]
    if len(alphabetic) >= CAPITALS_WORDS and all(word.isupper() for word in alphabetic):
        return True
    low = sum(word[0].islower() and word not in words("headline_lower") for word in alphabetic)
    high = sum(word[0].isupper() for word in alphabetic)
    return texts[-1] != "." and high >= HEADLINE_WORDS and low <= LOW_SHARE * high


def shouted(texts: Sequence[str], starts: Sequence[bool]) -> list[bool]:
    """Return for every token whether it stands in a headline or a line of capitals."""
    loud = [False] * len(texts)
    for begin, end in sentence_ranges(starts):
        if is_headline(texts[begin:end]):
            loud[begin:end] = [True] * (end - begin)
    return loud


def sentence_ranges(starts: Sequence[bool]) -> list[tuple[int, int]]:
    """Token ranges of sentences."""
    edges = [index for index, start in enumerate(starts) if start or index == 0] + [len(starts)]
    return list(itertools.pairwise(edges))
