"""Rules for times told from the article's date ("on Thursday", "last week", "two days ago") or from the last
day named before ("the next day", "two days later")."""

import re
from datetime import date
from math import ceil
from typing import Final

from kg.model import DateRange
from kg.times import spans, tables
from kg.times.grammar import (
    ABOUT,
    COUNT,
    DASH,
    ENDS,
    LONG_UNIT,
    SOME,
    UNIT,
    WEEKDAY,
    Frame,
    number_of,
    rule,
    weekday_number,
)
from kg.times.tense import Lean

SIDES: Final = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
HOURS_OF_DAY: Final = 24
YEARS_OF_DECADE: Final = 10
YEARS_OF_CENTURY: Final = 100
MONTHS_OF_QUARTER: Final = 3
_NAMED_DAYS: Final = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}


def _side(words: str) -> int:
    """-1, 0 or 1 for the last of "last", "this past", "next" … in the words."""
    return SIDES[words.lower().split()[-1]]


def _weekday(match: re.Match[str], frame: Frame) -> DateRange | None:
    """ "on Thursday": the latest on or before the article's date, or the first on or after it where the clause
    looks forward. "next Thursday" is that of next week; "last Thursday" the latest before the article's date."""
    number = weekday_number(match["weekday"])
    words = match.groupdict()
    if words.get("following"):
        after = None if frame.anchor is None else spans.add_days(frame.anchor, 1)
        return None if after is None else spans.one_day(spans.weekday_on_or_after(after, number))
    today = frame.published
    if today is None:
        return None
    if words.get("week"):
        return _weekday_of_week(today, number, _side(words["week"]))
    if words.get("side"):
        return _weekday_beside(match["side"].lower(), number, today)
    if frame.not_before is not None:
        return spans.one_day(spans.weekday_on_or_after(frame.not_before, number))
    if frame.lean is Lean.FUTURE:
        return spans.one_day(spans.weekday_on_or_after(today, number))
    return spans.one_day(spans.weekday_on_or_before(today, number))


def _weekday_of_week(today: date, number: int, shift: int) -> DateRange | None:
    week = spans.week_of(today, shift)
    return None if week is None else spans.one_day(spans.add_days(week.begin, number))


def _weekday_beside(side: str, number: int, today: date) -> DateRange | None:
    if side.endswith(("last", "past")):
        before = spans.add_days(today, -1)
        return None if before is None else spans.one_day(spans.weekday_on_or_before(before, number))
    if side.endswith("coming"):
        after = spans.add_days(today, 1)
        return None if after is None else spans.one_day(spans.weekday_on_or_after(after, number))
    return _weekday_of_week(today, number, _side(side))


def _named_day(match: re.Match[str], frame: Frame) -> DateRange | None:
    if frame.published is None:
        return None
    words = " ".join(match[0].lower().split())
    if words.startswith("the day"):
        return spans.one_day(spans.add_days(frame.published, -2 if "yesterday" in words else 2))
    shift = next((days for name, days in _NAMED_DAYS.items() if name in words), 0)
    return spans.one_day(spans.add_days(frame.published, shift))


def _overnight(match: re.Match[str], frame: Frame) -> DateRange | None:
    return None if frame.published is None else spans.between(spans.add_days(frame.published, -1), frame.published)


def _weekend(match: re.Match[str], frame: Frame) -> DateRange | None:
    """ "the weekend" is the latest that has begun, or the coming one where the clause looks forward."""
    if frame.published is None:
        return None
    side = (match["side"] or "").lower()
    begun = frame.published.weekday() >= spans.SATURDAY
    if side and side != "this":
        return spans.weekend_of(frame.published, _side(side))
    forward = frame.lean is Lean.FUTURE or (side == "this" and frame.lean is not Lean.PAST)
    return spans.weekend_of(frame.published, 0 if begun or forward else -1)


def _unit_beside(match: re.Match[str], frame: Frame) -> DateRange | None:
    """ "last week", "this month", "later this year". A later or earlier part is cut at the article's date."""
    today = frame.published
    if today is None:
        return None
    unit, shift = match["unit"].lower(), _side(match["side"])
    if match["side"].lower().endswith("past") and not match["side"].lower().startswith("this"):
        return _window(-1, unit, today)  # "the past week": the seven days up to now
    whole = _whole(unit, today, shift)
    part = (match.groupdict().get("part") or "").lower()
    if whole is None or not part:
        return whole
    if part.startswith("earlier") and shift == 0:
        return spans.between(whole.begin, today)
    if part.startswith("later") and shift == 0:
        return spans.between(today, whole.end)
    if unit == "month":
        third = "early" if "early" in part or "beginning" in part or "start" in part else None
        third = third or ("mid" if "mid" in part else "late" if "late" in part or "end" in part else None)
        return whole if third is None else spans.third_of_month(whole, third)
    return whole


def _whole(unit: str, today: date, shift: int) -> DateRange | None:
    if unit == "week":
        return spans.week_of(today, shift)
    if unit == "month":
        return spans.month_of(today, shift)
    if unit == "quarter":
        other = spans.add_months(today, shift * MONTHS_OF_QUARTER)
        return None if other is None else spans.part_of_year(other.year, (other.month - 1) // MONTHS_OF_QUARTER + 1, 4)
    if unit == "decade":
        return spans.years((today.year // YEARS_OF_DECADE + shift) * YEARS_OF_DECADE, YEARS_OF_DECADE)
    if unit == "century":
        first = (today.year - 1) // YEARS_OF_CENTURY * YEARS_OF_CENTURY + 1
        return spans.years(first + shift * YEARS_OF_CENTURY, YEARS_OF_CENTURY)
    return spans.year(today.year + shift)


def _end_of_window(count: float, unit: str, day: date) -> date | None:
    """The day `count` units away; part of a day counts as a whole one."""
    sign = -1 if count < 0 else 1
    if unit in {"second", "minute", "hour"}:
        hours = abs(count) if unit == "hour" else 1
        return spans.add_days(day, sign * ceil(hours / HOURS_OF_DAY))
    if unit in {"day", "week"}:
        return spans.add_days(day, sign * ceil(abs(count) * (spans.DAYS_OF_WEEK if unit == "week" else 1)))
    months = {"month": 1, "quarter": MONTHS_OF_QUARTER, "year": 12, "decade": 120, "century": 1200}[unit]
    return spans.add_months(day, sign * ceil(abs(count) * months))


def _window(count: float, unit: str, today: date) -> DateRange | None:
    """From `count` units ago to the day, or from the day to `count` units on."""
    other = _end_of_window(count, unit, today)
    return spans.between(other, today) if count < 0 else spans.between(today, other)


def _counted_window(match: re.Match[str], frame: Frame) -> DateRange | None:
    count = number_of(match["count"])
    if frame.published is None or count is None:
        return None
    return _window(count * _side(match["side"]), _singular(match["unit"]), frame.published)


def _within(match: re.Match[str], frame: Frame) -> DateRange | None:
    """ "within 48 hours" begins at the article's date where the clause looks forward, else at an unknown time."""
    count = number_of(match["count"])
    if frame.published is None or count is None or frame.lean is not Lean.FUTURE:
        return None
    return _window(count, _singular(match["unit"]), frame.published)


def _singular(unit: str) -> str:
    return unit.lower().removesuffix("s")


def _away(day: date, count: float, unit: str) -> DateRange | None:
    """The day, week, month or year (in the unit's own grain) that lies `count` units away from a day."""
    other = _end_of_window(count, unit, day)
    if other is None:
        return None
    if unit in {"second", "minute", "hour"}:
        return spans.between(min(other, day), max(other, day))
    if unit == "day":
        return spans.one_day(other)
    if unit == "week":
        return spans.week_of(other)
    if unit == "month" or count != int(count):
        return spans.month_of(other)
    return spans.year(other.year) if unit == "year" else _whole("decade", other, 0)


def _ago(match: re.Match[str], frame: Frame) -> DateRange | None:
    count = number_of(match["count"]) if match["count"] else None
    if frame.published is None or count is None:
        return None
    return _away(frame.published, -count, _singular(match["unit"]))


def _ahead(match: re.Match[str], frame: Frame) -> DateRange | None:
    count = number_of(match["count"])
    return None if frame.published is None or count is None else _away(frame.published, count, _singular(match["unit"]))


def _from_anchor(match: re.Match[str], frame: Frame) -> DateRange | None:
    count = number_of(match["count"])
    if frame.anchor is None or count is None:
        return None
    back = match["way"].lower() in {"earlier", "before", "previously", "beforehand"}
    return _away(frame.anchor, -count if back else count, _singular(match["unit"]))


def _day_of_anchor(match: re.Match[str], frame: Frame) -> DateRange | None:
    if frame.anchor is None:
        return None
    words = match[0].lower()
    shift = 1 if re.search(r"following|next|after", words) else -1 if re.search(r"previous|preceding|before", words) else 0
    return spans.one_day(spans.add_days(frame.anchor, shift))


def _unknown(match: re.Match[str], frame: Frame) -> DateRange | None:
    """A time that the text leaves open."""
    return None


_WEEKDAY: Final = f"(?P<weekday>{WEEKDAY})"
_TIME_OF_DAY: Final = r"(?:morning|afternoon|evening|night|midnight|noon|lunchtime)"
_TODAY: Final = r"(?-i:today|TODAY|(?<![A-Za-z]\x20)Today)"  # not "USA Today"
_LATER_PART: Final = rf"(?:(?:,? (?:early|late))? {_TIME_OF_DAY}\b)?"
_NAME_PARTS: Final = [word.replace(" ", r"\x20") for word in tables.weekday_neighbours("before")]
_NOT_BEFORE: Final = "".join(rf"(?<!\b{word}\x20)" for word in _NAME_PARTS)
_NOT_AFTER: Final = rf"(?! {tables.alternatives(tables.weekday_neighbours('after'))}\b)"
_UNIT_PART: Final = (
    r"(?:(?P<part>earlier|later|early|late|mid|earlier in|later in|early in|late in|"
    r"the (?:beginning|start|middle|end) of)(?: |-))?"
)

RULES: Final = (
    rule(
        "weekday",
        rf"\b(?:(?P<side>last|next|this past|this coming|this|(?:the )?coming) |(?P<following>the (?:following|next)) )?"
        rf"(?:(?:early|late)(?: on)? )?{_NOT_BEFORE}{_WEEKDAY}{_NOT_AFTER}{_LATER_PART}",
        _weekday,
        grain="day",
    ),
    rule(
        "weekday of week",
        rf"\b{_WEEKDAY} (?:of )?(?P<week>last|this|next) week\b",
        _weekday,
        grain="day",
    ),
    rule("named day", rf"\bthe day (?:after tomorrow|before yesterday)\b", _named_day, grain="day"),
    rule(
        "day from today",
        rf"\b(?:(?:earlier|later|late|early) )?(?:(?:{_TODAY}|yesterday|tomorrow)(?: {_TIME_OF_DAY})?|tonight|last night|"
        r"this (?:morning|afternoon|evening))\b",
        _named_day,
        grain="day",
    ),
    rule("overnight", r"\bovernight\b", _overnight),
    rule("weekend", r"\b(?:(?P<side>last|this past|this coming|this|next|past|coming)|the(?: (?:past|coming))?) weekend\b", _weekend),
    rule(
        "unit beside",
        rf"\b{_UNIT_PART}(?:the )?(?P<side>last|this past|past|this coming|coming|this|current|next) "
        r"(?P<unit>week|month|quarter|year|decade|century)\b(?! of\b)(?!-)",
        _unit_beside,
    ),
    rule(
        "window",
        rf"\b(?:the )?(?P<side>last|past|next|coming) (?:{ABOUT} )?(?P<count>{COUNT}) (?P<unit>{UNIT})\b",
        _counted_window,
    ),
    rule("vague window", rf"\bthe (?:last|past|next|coming) (?:{SOME} )?{LONG_UNIT}\b(?<=s)", _unknown),
    rule("within", rf"\b(?P<x>within (?:the next )?(?P<count>{COUNT}) (?P<unit>{UNIT}))\b(?! of\b)", _within),
    rule("ago", rf"\b(?:{ABOUT} )?(?P<count>{COUNT}) (?P<unit>{UNIT}) ago\b", _ago),
    rule("vague ago", rf"\b(?:{SOME} )?(?:seconds|minutes|hours|days|weeks|months|years|decades|centuries) ago\b", _unknown),
    rule("ahead", rf"\b(?P<count>{COUNT}) (?P<unit>{LONG_UNIT}) from (?:now|today)\b", _ahead),
    rule("in time", rf"\bin (?P<count>{COUNT}) (?P<unit>{LONG_UNIT})['’]s? time\b", _ahead),
    rule(
        "from anchor",
        rf"\b(?:{ABOUT} )?(?P<count>{COUNT}) (?P<unit>{LONG_UNIT}) (?P<way>earlier|later|previously|beforehand|afterwards?)\b",
        _from_anchor,
    ),
    rule(
        "from anchor at the end",
        rf"\b(?:{ABOUT} )?(?P<count>{COUNT}) (?P<unit>{LONG_UNIT}) (?P<way>before|after){ENDS}",
        _from_anchor,
    ),
    rule(
        "day of anchor",
        rf"\b(?:(?:the|that) same (?:day|{_TIME_OF_DAY})|that (?:day|morning|afternoon|evening|night)|"
        rf"the (?:following|next|previous|preceding) (?:day|{_TIME_OF_DAY})|the day (?:before|after){ENDS})\b",
        _day_of_anchor,
        grain="day",
    ),
    rule(
        "from another event",
        rf"\b(?:(?:{ABOUT} )?{COUNT} {LONG_UNIT}|the day) (?:before|after)\b",
        _unknown,
    ),
)
