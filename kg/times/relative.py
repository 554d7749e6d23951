"""Rules for days, weekends, weeks, months and years told from the article's date: "on Thursday", "last week"."""

import re
from datetime import date
from typing import Final

from kg.model import DateRange
from kg.times import spans, tables
from kg.times.grammar import TIME_OF_DAY, WEEKDAY, Frame, part_of, rule, weekday_number
from kg.times.tense import Lean

_SIDES: Final = {"last": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}
_NAMED_DAYS: Final = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}


def side_of(words: str) -> int:
    """-1, 0 or 1 for the last of "last", "this past", "next" … in the words."""
    return _SIDES[words.lower().split()[-1]]


def _weekday(match: re.Match[str], frame: Frame) -> DateRange | None:
    """ "on Thursday": the latest on or before the article's date, or the first on or after it where the clause
    looks forward. "next Thursday" is that of next week; "last Thursday" the latest before the article's date."""
    number = weekday_number(match["weekday"])
    words = match.groupdict()
    if words.get("beside"):
        return _weekday_beside_anchor(match["beside"].lower(), number, frame.anchor)
    today = frame.published
    if today is None:
        return None
    if words.get("week"):
        return _weekday_of_week(today, number, side_of(words["week"]))
    if words.get("side"):
        return _weekday_beside(match["side"].lower(), number, today)
    if frame.not_before is not None:
        return spans.one_day(spans.weekday_on_or_after(frame.not_before, number))
    if frame.lean is Lean.FUTURE:
        return spans.one_day(spans.weekday_on_or_after(today, number))
    return spans.one_day(spans.weekday_on_or_before(today, number))


def _weekday_beside_anchor(beside: str, number: int, anchor: date | None) -> DateRange | None:
    back = beside.endswith("previous")
    start = None if anchor is None else spans.add_days(anchor, -1 if back else 1)
    if start is None:
        return None
    return spans.one_day((spans.weekday_on_or_before if back else spans.weekday_on_or_after)(start, number))


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
    return _weekday_of_week(today, number, side_of(side))


def _named_day(match: re.Match[str], frame: Frame) -> DateRange | None:
    if frame.published is None:
        return None
    words = " ".join(match[0].lower().split())
    if words.startswith("the day"):
        return spans.one_day(spans.add_days(frame.published, -2 if "yesterday" in words else 2))
    shift = next((days for name, days in _NAMED_DAYS.items() if name in words), 0)
    return spans.one_day(spans.add_days(frame.published, shift))


def _overnight(_match: re.Match[str], frame: Frame) -> DateRange | None:
    return None if frame.published is None else spans.between(spans.add_days(frame.published, -1), frame.published)


def _weekend(match: re.Match[str], frame: Frame) -> DateRange | None:
    """ "the weekend" is the latest that has begun, or the coming one where the clause looks forward."""
    if frame.published is None:
        return None
    side = (match["side"] or "").lower()
    begun = frame.published.weekday() >= spans.SATURDAY
    if side and side != "this":
        return spans.weekend_of(frame.published, side_of(side))
    forward = frame.lean is Lean.FUTURE or (side == "this" and frame.lean is not Lean.PAST)
    return spans.weekend_of(frame.published, 0 if begun or forward else -1)


def _unit_beside(match: re.Match[str], frame: Frame) -> DateRange | None:
    """ "last week", "this month", "later this year". A later or earlier part is cut at the article's date."""
    today = frame.published
    if today is None:
        return None
    unit, shift = match["unit"].lower(), side_of(match["side"])
    if match["side"].lower().endswith("past") and not match["side"].lower().startswith("this"):
        return spans.window(-1, unit, today)  # "the past week": the seven days up to now
    whole = spans.whole_unit(unit, today, shift)
    part = (match.groupdict().get("part") or "").lower()
    if whole is None or not part:
        return whole
    if part.startswith("earlier") and shift == 0:
        return spans.between(whole.begin, today)
    if part.startswith("later") and shift == 0:
        return spans.between(today, whole.end)
    third = part_of(part)
    return whole if unit != "month" or third is None else spans.third_of_month(whole, third)


def _end_of_unit(match: re.Match[str], frame: Frame) -> DateRange | None:
    """ "the end of the month": its last third; of another unit the whole, as with "late"."""
    unit = (match["unit"] or "year").lower()
    whole = None if frame.published is None else spans.whole_unit(unit, frame.published, 0)
    part = part_of(match["part"])
    return whole if whole is None or unit != "month" or part is None else spans.third_of_month(whole, part)


def _unit_of_anchor(match: re.Match[str], frame: Frame) -> DateRange | None:
    """ "that year": the one in which the text has just named a day, or a time with its year."""
    day = frame.anchor or (frame.story.begin if frame.story else None)
    return None if day is None else spans.whole_unit(match["unit"].lower(), day, 0)


_WEEKDAY: Final = f"(?P<weekday>{WEEKDAY})"
_TODAY: Final = r"(?-i:today|TODAY|(?<![A-Za-z]\x20)Today)"  # not "USA Today"
_LATER_PART: Final = rf"(?:(?:,? (?:early|late))? {TIME_OF_DAY}\b)?"
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
        r"\b(?:(?P<side>last|next|this(?: past| coming)?|(?:the )?coming) |"
        r"(?P<beside>the (?:following|next|previous)) )?"
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
    rule("named day", r"\bthe day (?:after tomorrow|before yesterday)\b", _named_day, grain="day"),
    rule(
        "day from today",
        rf"\b(?:(?:earlier|later|late|early) )?(?:(?:{_TODAY}|yesterday|tomorrow)(?: {TIME_OF_DAY})?|"
        r"tonight|last night|this (?:morning|afternoon|evening))\b",
        _named_day,
        grain="day",
    ),
    rule("overnight", r"\bovernight\b", _overnight),
    rule(
        "weekend",
        r"\b(?:(?P<side>last|this past|this coming|this|next|past|coming)|the(?: (?:past|coming))?) weekend\b",
        _weekend,
    ),
    rule(
        "unit beside",
        rf"\b{_UNIT_PART}(?:the )?(?P<side>last|this past|past|this coming|coming|this|current|next) "
        r"(?P<unit>week|month|quarter|year|decade|century)\b(?! of\b)(?!-)",
        _unit_beside,
    ),
    rule(
        "end of unit",
        r"\b(?:(?P<part>the (?:beginning|start|middle|end) of) the (?P<unit>week|month|year|decade|century)\b(?! of\b)|"
        r"year(?:-| |['’]s )end\b)",
        _end_of_unit,
    ),
    rule("unit of anchor", r"\b(?:that|the same) (?P<unit>week|month|year)\b", _unit_of_anchor),
)
