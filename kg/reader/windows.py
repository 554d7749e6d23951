"""Which words the encoder reads together: whole sentences as far as that can be known before reading them.

A window ends where a sentence surely does. Only a stretch without such a place that is longer than a window is cut
anywhere; the two windows then overlap, and each word is taken from the window that shows more of its surroundings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.reader.sentences import CLOSERS

WINDOW_PIECES = 96
"""Word pieces of whole sentences that a window holds. Longer ones cost more a word: attention grows with the square."""

LONGEST_WINDOW = 192
"""Word pieces of one sentence that are read in one go; below the 384 of the longest training windows."""

OVERLAP = 64
"""Word pieces that the parts of a longer sentence share: half of it is the least context of any word."""

SURE_WORD = 5
"""A capitalized word of up to so many letters before a period may be an abbreviation: "Spc.", "Mont."."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Words [begin, end) are read together; [first, last) are taken from it."""

    begin: int
    end: int
    first: int
    last: int


def make_windows(
    texts: Sequence[str], gaps: Sequence[str], fixed: Sequence[bool], sizes: Sequence[int]
) -> list[Window]:
    """Windows over all words, in order; every word is taken from exactly one.

    Args:
        texts: words; `gaps`: white space before each; `fixed`: whether a sentence begins there for certain.
        sizes: word pieces of each.
    """
    windows = list[Window]()
    begin = size = 0
    for first, last in _stretches(texts, gaps, fixed):
        length = sum(sizes[first:last])
        if first > begin and size + length > WINDOW_PIECES:
            windows.extend(_parts(begin, first, sizes))
            begin, size = first, 0
        size += length
    windows.extend(_parts(begin, len(texts), sizes))
    return windows


def _stretches(texts: Sequence[str], gaps: Sequence[str], fixed: Sequence[bool]) -> Iterator[tuple[int, int]]:
    begin = 0
    for index in range(1, len(texts)):
        if fixed[index] or _surely_begins(texts, gaps, index):
            yield begin, index
            begin = index
    if texts:
        yield begin, len(texts)


def _surely_begins(texts: Sequence[str], gaps: Sequence[str], index: int) -> bool:
    """Whether a sentence begins at a word: a period, no abbreviation, stands before a space and a capital."""
    if not gaps[index] or not texts[index][0].isupper():
        return False
    before = index - 1
    if texts[before] in CLOSERS and not gaps[before]:
        before -= 1
    if before < 1 or texts[before] != "." or gaps[before]:
        return False
    word = texts[before - 1]
    return word.islower() or word.isdigit() or len(word) > SURE_WORD


def _parts(begin: int, end: int, sizes: Sequence[int]) -> Iterator[Window]:
    """One window, or several that overlap if it would be too long."""
    first = begin
    while True:
        size, stop = 0, begin
        while stop < end and (stop == begin or size + sizes[stop] <= LONGEST_WINDOW):
            size += sizes[stop]
            stop += 1
        if stop == end:
            if first < end:
                yield Window(begin=begin, end=end, first=first, last=end)
            return
        middle = _back(stop, sizes, OVERLAP // 2, first + 1)
        following = max(_back(stop, sizes, OVERLAP, begin + 1), begin + 1)
        yield Window(begin=begin, end=stop, first=first, last=middle)
        first, begin = middle, min(following, middle)


def _back(stop: int, sizes: Sequence[int], pieces: int, least: int) -> int:
    """The word `pieces` word pieces before `stop`, but not before `least`."""
    while stop > least and pieces > 0:
        stop -= 1
        pieces -= sizes[stop]
    return stop
