"""What a rule is, the frame in which it is resolved, and the pieces that patterns are made of.

Every quantifier in a pattern is bounded and no group that repeats can match the same text in two ways, so
matching is linear in the length of the text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.model import DateRange
from kg.times import tables
from kg.times.tense import Lean


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What an expression is resolved against."""

    published: date | None  # of the article
    lean: Lean = Lean.OPEN
    anchor: date | None = None  # the last single day named in this sentence or the one before
    story: DateRange | None = None  # the last time named there with its year
    year: int | None = None  # given by the other end of a range
    not_before: date | None = None  # begin of the range that this expression ends


Resolve = Callable[[re.Match[str], Frame], DateRange | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A pattern and what it means: the group `x` where there is one, else all that is matched.

    `grain` (day, month, year) tells which expressions may be the two ends of a range. `needs`: lower-case words of
    which a sentence must hold one; the pattern is tried only then.
    """

    name: str
    pattern: re.Pattern[str]
    resolve: Resolve
    grain: str = ""
    needs: tuple[str, ...] = ()


def rule(
    name: str,
    pattern: str,
    resolve: Resolve,
    *,
    grain: str = "",
    needs: tuple[str, ...] = (),
    ignore_case: bool = True,
) -> Rule:
    """A rule whose blanks stand for any white space within a line (so: no blank in brackets or lookbehinds)."""
    compiled = re.compile(pattern.replace(" ", BLANK), re.IGNORECASE if ignore_case else 0)
    return Rule(name=name, pattern=compiled, resolve=resolve, grain=grain, needs=needs)


BLANK: Final = r"(?:[ \t\u00a0\u202f]{1,3})"
START: Final = r"(?<![\w.,/:$€£–-])"  # no number or name goes on to the left
DASH: Final = r"[-\u2010-\u2014]"

_SHORT_MONTHS: Final = tables.capitalised(set(tables.MONTH_NUMBERS) - set(tables.MONTH_NAMES))
MONTH: Final = f"(?-i:{tables.capitalised(tables.MONTH_NAMES)}\\b|{_SHORT_MONTHS}\\b\\.?)"
MONTH_NAME: Final = f"(?-i:{tables.capitalised(tables.MONTH_NAMES)}\\b)"
WEEKDAY: Final = f"(?-i:{tables.capitalised(tables.WEEKDAY_NAMES)}\\b)"
_SHORT_WEEKDAYS: Final = tables.capitalised(set(tables.WEEKDAY_NUMBERS) - set(tables.WEEKDAY_NAMES))
ANY_WEEKDAY: Final = f"(?-i:{tables.capitalised(tables.WEEKDAY_NAMES)}\\b|{_SHORT_WEEKDAYS}\\b\\.?)"
DAY: Final = r"[0-3]?[0-9](?:st|nd|rd|th)?(?![\w%]|[.,:][0-9])"
YEAR: Final = r"(?:1[5-9]|20)[0-9]{2}(?![\w%]|[.,:][0-9])"
WHICH_YEAR: Final = r"(?:this|last|next) year"
PART: Final = r"(?:early|mid|late|the (?:beginning|start|middle|end) of|(?:early|late) in)"
COUNT: Final = (
    r"(?:[0-9]{1,4}(?:\.[0-9])?|(?:a |half )?(?:a )?couple of|half an?|"
    + f"(?:{tables.alternatives(w for w, n in tables.NUMBER_WORDS.items() if 20 <= n < 100)}-)?"
    + f"{tables.alternatives(tables.NUMBER_WORDS)})"
)
UNIT: Final = r"(?:second|minute|hour|day|week|month|year|decade)s?"
LONG_UNIT: Final = r"(?:hour|day|week|month|year|decade)s?"
TIME_OF_DAY: Final = r"(?:morning|afternoon|evening|night|midnight|noon|lunchtime)"
SOME: Final = r"(?:a few|few|several|many|some|a number of)"
ABOUT: Final = (
    r"(?:nearly|almost|about|around|roughly|approximately|some|over|just over|just under|more than|less than|"
    r"fewer than|at least|at most|up to|close to|well over|only|just|another|exactly|barely)"
)
ENDS: Final = r"(?= ?(?:[.,;:)\]!?”\"’—–-]|$))"  # the phrase goes no further


_PART_SIGNS: Final = (("early", ("early", "beginning", "start")), ("mid", ("mid",)), ("late", ("late", "end")))


def part_of(words: str | None) -> str | None:
    """early, mid or late, where the words say one of them."""
    lower = (words or "").lower()
    return next((part for part, signs in _PART_SIGNS if any(sign in lower for sign in signs)), None)


def number_of(words: str) -> float | None:
    """What a COUNT says: "two", "90", "twenty-five", "a couple of", "half an"."""
    text = words.lower().strip()
    if "couple" in text:
        return 2
    if text.startswith("half"):
        return 0.5
    try:
        return float(text)
    except ValueError:
        parts = [tables.NUMBER_WORDS.get(part) for part in text.split("-")]
    return None if None in parts else float(sum(part for part in parts if part is not None))


def month_number(name: str) -> int:
    """1 to 12."""
    return tables.MONTH_NUMBERS[name.rstrip(".").lower()]


def weekday_number(name: str) -> int:
    """0 (Monday) to 6."""
    return tables.WEEKDAY_NUMBERS[name.rstrip(".").lower()]


def day_number(words: str) -> int:
    """The number in "3" or "3rd"."""
    return int(words.rstrip("stndrhSTNDRH"))
