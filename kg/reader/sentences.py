"""Where sentences begin, by rules over tokens.

A period, question mark, exclamation mark or ellipsis ends a sentence unless what stands before it (an abbreviation,
an initial, a list number) or after it (a lower-case word, a speech verb behind a quotation) says otherwise.
Abbreviation classes follow Kiss & Strunk 2006, "Unsupervised Multilingual Sentence Boundary Detection", section 4:
titles never end a sentence, others only before a frequent sentence opener.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from kg.reader.wordlists import table, words

TERMINATOR = re.compile(r"(?:[.?!…‽。！？]|\.{2,})+")
STRONG = re.compile(r".*[?!‽！？]")
ELLIPSIS = re.compile(r"…+|\.{2,}|(?:\. ){2,}\.")
CLOSERS = frozenset("\"”’'»)]}″＂") | {"''"}
OPENERS = frozenset("\"“‘«([{'„`-–—•*·>¡¿") | {"``"}
INITIAL = re.compile(r"[^\W\d_]\.")
ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}")
EMOTICON = re.compile(r"[:;=8][-'o]?[()\[\]DPp|/]+")
LIST_MARK = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})")
"""What before a period is a list number if nothing else stands in the sentence: "2.", "b.", "iv."."""

SPEECH_WINDOW = 4
"""Tokens behind '?"' in which a speech verb shows that the sentence goes on: '"Why?" President Trump asked'."""


def sentence_starts(texts: Sequence[str], gaps: Sequence[str], fixed: Sequence[bool]) -> list[bool]:
    """Return for each token whether it opens a sentence.

    Args:
        texts: token texts; white-space tokens have been left out.
        gaps: white space before each token ("" where none).
        fixed: tokens that open a sentence whatever the rules say (a new block or line).
    """
    starts = list(fixed)
    size = len(texts)
    begin = 0
    index = 0
    while index < size:
        if starts[index]:
            begin = index
        text = texts[index]
        if text[-1] in ".?!…‽。！？" and index + 1 < size:
            last, quoted = _closing(texts, gaps, starts, index)
            following = last + 1
            if following < size and not starts[following] and _ends(texts, gaps, begin, index, following, quoted):
                starts[following] = True
            index = last
        index += 1
    return starts


def _closing(texts: Sequence[str], gaps: Sequence[str], starts: Sequence[bool], index: int) -> tuple[int, bool]:
    """Index of the last terminator, bracket or quotation mark that belongs to the sentence, and whether one does."""
    closed = False
    while index + 1 < len(texts) and not starts[index + 1]:
        text = texts[index + 1]
        if gaps[index + 1] and not EMOTICON.fullmatch(text):
            break
        if text in CLOSERS:
            closed = True
        elif not TERMINATOR.fullmatch(text) and not EMOTICON.fullmatch(text):
            break
        index += 1
    return index, closed


def _ends(texts: Sequence[str], gaps: Sequence[str], begin: int, index: int, following: int, closed: bool) -> bool:
    mark, opener = texts[index], _opener(texts, following)
    glued = not gaps[following]
    if glued and not (mark in ".?!" and opener[:1].isupper() and index > begin and texts[index - 1][-1:].islower()):
        return False
    if TERMINATOR.fullmatch(opener):
        return False
    if opener[:1].islower() and not (texts[begin][:1].islower() and mark in ".?!" and not closed):
        return False  # who writes one sentence without a capital writes the next without one
    if closed and STRONG.fullmatch(mark) and _speech_follows(texts, following):
        return False
    if ELLIPSIS.fullmatch(mark):
        return not gaps[index] and opener not in {"I", "I’m"}
    if not TERMINATOR.fullmatch(mark):
        return closed or abbreviation_ends(mark, opener)
    if mark == "." and index > begin and not gaps[index] and not closed:
        if index - begin <= 2 and LIST_MARK.fullmatch(texts[index - 1]):
            return False
        return abbreviation_ends(texts[index - 1] + ".", opener)
    return True


def _opener(texts: Sequence[str], following: int) -> str:
    """The first word of what would be the next sentence, behind quotation marks and brackets."""
    while following < len(texts) - 1 and texts[following] in OPENERS:
        following += 1
    return texts[following]


def _speech_follows(texts: Sequence[str], following: int) -> bool:
    window = texts[following : following + SPEECH_WINDOW]
    return any(text in words("speech_verbs") for text in window) and window[0] not in OPENERS


@lru_cache(maxsize=1 << 14)
def abbreviation_ends(word: str, opener: str) -> bool:
    """Does the sentence end at `word` (with its period), given the next sentence's first word?"""
    behaviour = _abbreviations().get(word.lower())
    lower = opener.lower()
    if behaviour is None and (INITIAL.fullmatch(word) or ACRONYM.fullmatch(word)):
        behaviour = "maybe"
    if behaviour is None:
        return True
    if behaviour == "never":
        return False
    if opener[:1].isdigit():
        return behaviour == "maybe"
    if behaviour == "unit":
        return opener not in words("calendar") and opener[:1].isupper()
    return opener[:1].isupper() and lower in words("sentence_openers")


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    return {row[0]: row[1] for row in table("abbreviations.txt")}
