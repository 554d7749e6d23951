"""Which words the encoder reads together: whole sentences as far as that can be known before reading them.

A window ends where a sentence surely does. Only a stretch without such a place that is longer than a window is cut
anywhere; the two windows then overlap, and each word is taken from the window that shows more of its surroundings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.reader.surface import CLOSERS, OPENERS, Surface

WINDOW_PIECES = 96
"""Word pieces of whole sentences that a window holds. Longer ones cost more a word: attention grows with the square."""

LONGEST_WINDOW = 192
"""Word pieces of one sentence that are read in one go; below the 384 of the longest training windows."""

OVERLAP = 64
"""Word pieces that the parts of a longer sentence share: half of it is the least context of any word."""

LONGEST_STRETCH = 1200
"""Words without a place where a sentence surely begins; there one is made to begin, so that memory stays bounded."""

SURE_WORD = 5
"""A capitalized word of up to so many letters before a period may be an abbreviation: "Spc.", "Mont."."""


SHORT_WORD = 4
ABBREVIATIONS = frozenset({"approx", "assn", "capt", "corp", "dept", "govt", "natl", "prof", "sept", "univ"})
"""Lower-case words before a period that may be abbreviations: all shorter ones ("al.", "ft."), and these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Words [begin, end) are read together; [first, last) are taken from it."""

    begin: int
    end: int
    first: int
    last: int


def make_windows(opens: Sequence[bool], sizes: Sequence[int]) -> Iterator[list[Window]]:
    """Groups of windows over all words, in order; a sentence begins at each group, and every word has one window.

    Args:
        opens: for each word whether a sentence surely begins there, as `sure_starts` gives it.
        sizes: word pieces of each word.
    """
    begin = size = 0
    for first, last in _stretches(opens):
        length = sum(sizes[first:last])
        if first > begin and size + length > WINDOW_PIECES:
            yield list(_parts(begin, first, sizes))
            begin, size = first, 0
        size += length
    if opens:
        yield list(_parts(begin, len(opens), sizes))


def _stretches(opens: Sequence[bool]) -> Iterator[tuple[int, int]]:
    begin = 0
    for index in range(1, len(opens)):
        if opens[index] or index - begin == LONGEST_STRETCH:
            yield begin, index
            begin = index
    if opens:
        yield begin, len(opens)


def sure_starts(surface: Surface) -> list[bool]:
    """Where a sentence begins whatever the network says: at marked words, or where the text leaves no doubt."""
    texts, gaps = surface.texts, surface.gaps
    return [
        fixed or (not barred and index > 0 and _surely_begins(texts, gaps, index))
        for index, (fixed, barred) in enumerate(zip(surface.fixed, surface.barred, strict=True))
    ]


def never_starts(surface: Surface) -> list[bool]:
    """Where no sentence begins: at words so marked, behind a comma and a closing mark ("…,” said Putin").

    Nor does one begin behind a mark that opens a line (“We …): it began with the mark.
    """
    return [
        not fixed and (barred or _surely_goes_on(surface, index))
        for index, (fixed, barred) in enumerate(zip(surface.fixed, surface.barred, strict=True))
    ]


def _surely_goes_on(surface: Surface, index: int) -> bool:
    texts, gaps = surface.texts, surface.gaps
    if index > 0 and surface.fixed[index - 1] and texts[index - 1] in OPENERS and not gaps[index]:
        return True
    return index > 1 and texts[index - 1] in CLOSERS and not gaps[index - 1] and texts[index - 2] == ","


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
    if word.islower():
        return len(word) >= SHORT_WORD and word not in ABBREVIATIONS
    return len(word) > SURE_WORD and word.isalpha()


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
        if stop <= first:
            begin += 1  # a word so large that the window does not reach what is still to be read
            continue
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
