"""Rules for how long something lasts: "for nearly an hour", "a two-hour call", "three days of talks"."""

import re
from typing import Final

from kg.times import tables
from kg.times.grammar import ABOUT, BLANK, COUNT, number_of

_DESIGNATORS: Final = "YMDhms"  # of ISO 8601 in order; hours, minutes, seconds stand after a T
_SIZES: Final = {
    "decade": ("Y", 10),
    "year": ("Y", 1),
    "month": ("M", 1),
    "week": ("D", 7),
    "day": ("D", 1),
    "hour": ("h", 1),
    "minute": ("m", 1),
    "second": ("s", 1),
}
_FINER: Final = {"Y": ("M", 12), "D": ("h", 24), "h": ("m", 60), "m": ("s", 60)}

_UNITS: Final = r"(?P<unit>second|minute|hour|day|week|month|year|decade)"
_FRACTION: Final = r"(?P<half> and a half| 1/2|½)?"
_SPELT: Final = tables.alternatives(set(tables.NUMBER_WORDS) - {"a", "an", "dozen"})
_CUE: Final = (
    r"(?:for|lasting|lasted|lasts|last|took|takes|take|taking|spanning|spanned|over|during|after|period of|"
    r"total of|spent|spend)"
)
_FIRST: Final = (
    r"(?:(?:a|an|the|his|her|its|their|another|first|full|additional|further|whole|entire|period of) ){0,3}?"
)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", BLANK), re.IGNORECASE)


_MEASURE: Final = (
    rf"(?!(?:a|an|one) second\b)(?P<count>{COUNT}){_FRACTION} {_UNITS}s?(?P<late_half> and a half)?"
    r"(?:,? and (?P<more>[0-9]{1,2}|" + _SPELT + r") (?P<minor>second|minute|hour|day|week|month)s?)?\b"
)
PATTERNS: Final = (
    _compiled(
        rf"(?<![\w.,-])(?P<x>(?P<count>[0-9]{{1,4}}|{_SPELT}(?:-{_SPELT})?|half)(?P<half>-and-a-half)?-{_UNITS}s?(?:-long)?)"
        r"(?![\w-])(?!(?: |-)olds?\b)"
    ),
    _compiled(rf"\b{_CUE} (?P<x>{_FIRST}(?:{ABOUT} )?{_MEASURE})(?! (?:ago|old|earlier|later|before|after|from)\b)"),
    _compiled(rf"\b(?P<x>{_MEASURE})(?= of [a-z])(?! of age\b)"),
    _compiled(r"\b(?P<x>(?P<unit>hour|day|week|month|year|decade)-?long)\b"),
)
"""Each with the group `x`, what the expression is, and `unit`; `count` is one where it is missing."""


def duration_of(match: re.Match[str]) -> str | None:
    """The ISO 8601 duration of a match of `PATTERNS`, in the units of the text ("PT90M"); None for what is not
    whole in the next finer unit (a month and a half).

    Weeks are given as days and decades as years, so that XML Schema's `duration` can hold it too.
    """
    words = match.groupdict()
    amounts = dict.fromkeys(_DESIGNATORS, 0)
    half = bool(words.get("half") or words.get("late_half"))
    if not _add(amounts, words.get("count"), words["unit"], half=half):
        return None
    if words.get("more") and not _add(amounts, words["more"], words["minor"], half=False):
        return None
    dated = "".join(f"{amounts[sign]}{sign}" for sign in "YMD" if amounts[sign])
    timed = "".join(f"{amounts[sign]}{sign.upper()}" for sign in "hms" if amounts[sign])
    written = dated + (f"T{timed}" if timed else "")
    return f"P{written}" if written else None


def _add(amounts: dict[str, int], count: str | None, unit: str, *, half: bool) -> bool:
    """Adds so many units; False where the number is unknown or a fraction is left."""
    number = 1.0 if count is None else number_of(count)
    if number is None:
        return False
    sign, size = _SIZES[unit.lower()]
    total = (number + half / 2) * size
    amounts[sign] += int(total)
    rest = total - int(total)
    if rest and sign in _FINER:
        finer, per = _FINER[sign]
        amounts[finer] += round(rest * per)
        return True
    return not rest
