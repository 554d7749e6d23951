"""Where a capital means nothing: at the start of a sentence or quotation, in a headline, in a line of capitals."""

from collections.abc import Sequence

QUOTES = frozenset("\"“‘«„'") | {"``"}
INTRODUCERS = frozenset({",", ":", ";", "-", "–", "—", "."})
"""What stands before a quotation or part that begins with a capital of its own."""

LONG_WORD = 4
"""Letters from which on headline style capitalises a word, prepositions included."""

HEADLINE_WORDS = 4
"""A line with fewer long words is a name rather than a headline."""

HEADLINE_SHARE = 0.8
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
        elif text in QUOTES and (index == begin or texts[index - 1] in INTRODUCERS) or text in {"•", "·"}:
            fresh = True


def is_headline(texts: Sequence[str]) -> bool:
    """Is this sentence in Title Case or in capitals?"""
    words = [text for text in texts if text.isalpha()]
    long = [word for word in words if len(word) >= LONG_WORD]
    if len(long) >= HEADLINE_WORDS:
        return sum(word[0].isupper() for word in long) >= HEADLINE_SHARE * len(long)
    return len(words) >= CAPITALS_WORDS and all(word.isupper() for word in words)


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
    return list(zip(edges, edges[1:], strict=False))
