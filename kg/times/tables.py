"""The word lists of `words/`, read once, and pieces of regular expressions made of them."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Final


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of `words/<name>`, in order: columns split by tabs, lines that begin with # left out."""
    text = (files("kg.times") / "words" / name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.split("\n") if line and not line.startswith("#"))


def _numbers(kind: str, *, short: bool) -> dict[str, int]:
    """Lower-case word → number of one kind of `units.tsv`."""
    found: dict[str, int] = {}
    for row_kind, number, name, shorts in rows("units.tsv"):
        if row_kind == kind:
            for word in (name, *(shorts.split() if short else ())):
                found[word.lower()] = int(number)
    return found


def alternatives(words: Iterable[str]) -> str:
    """A group that matches one of the words as they stand, longest first; blanks stay plain."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("\\ ", " ") for word in ordered) + ")"


def capitalised(words: Iterable[str]) -> str:
    """A group that matches one of the words as Title or UPPER case."""
    forms = sorted({form for word in words for form in (word.capitalize(), word.upper())})
    return alternatives(forms)


MONTH_NUMBERS: Final[Mapping[str, int]] = _numbers("month", short=True)
MONTH_NAMES: Final[Mapping[str, int]] = _numbers("month", short=False)
WEEKDAY_NUMBERS: Final[Mapping[str, int]] = _numbers("weekday", short=True)
WEEKDAY_NAMES: Final[Mapping[str, int]] = _numbers("weekday", short=False)
SEASON_MONTHS: Final[Mapping[str, int]] = _numbers("season", short=True)
ORDINALS: Final[Mapping[str, int]] = _numbers("ordinal", short=True)
NUMBER_WORDS: Final[Mapping[str, int]] = _numbers("number", short=True)


def cue_words(kind: str) -> str:
    """A group of the words of one kind of `cues.tsv`."""
    return alternatives(word for row_kind, word in rows("cues.tsv") if row_kind == kind)


def weekday_neighbours(side: str) -> tuple[str, ...]:
    """Words that stand before or after a weekday in names such as "Bloody Sunday"."""
    return tuple(word for row_side, word in rows("weekday_names.tsv") if row_side == side)
