"""Rules for counted times: "two days ago", "in the past two weeks", and those told from the last day named before,
"two days later", "the next day"."""

import re
from typing import Final

from kg.model import DateRange
from kg.times import spans
from kg.times.grammar import ABOUT, COUNT, ENDS, LONG_UNIT, SOME, TIME_OF_DAY, UNIT, Frame, number_of, rule
from kg.times.relative import side_of
from kg.times.tense import Lean


def _counted_window(match: re.Match[str], frame: Frame) -> DateRange | None:
    count = number_of(match["count"])
    if frame.published is None or count is None:
        return None
    return spans.window(count * side_of(match["side"]), _singular(match["unit"]), frame.published)


def _within(match: re.Match[str], frame: Frame) -> DateRange | None:
    """ "within 48 hours" begins at the article's date where the clause looks forward, else at an unknown time."""
    count = number_of(match["count"])
    if frame.published is None or count is None or frame.lean is not Lean.FUTURE:
        return None
    return spans.window(count, _singular(match["unit"]), frame.published)


def _singular(unit: str) -> str:
    return unit.lower().removesuffix("s")


def _ago(match: re.Match[str], frame: Frame) -> DateRange | None:
    count = number_of(match["count"]) if match["count"] else None
    if frame.published is None or count is None:
        return None
    return spans.away(frame.published, -count, _singular(match["unit"]))


def _ahead(match: re.Match[str], frame: Frame) -> DateRange | None:
    count = number_of(match["count"])
    return (
        None
        if frame.published is None or count is None
        else spans.away(frame.published, count, _singular(match["unit"]))
    )


def _from_anchor(match: re.Match[str], frame: Frame) -> DateRange | None:
    count = number_of(match["count"])
    if frame.anchor is None or count is None:
        return None
    back = match["way"].lower() in {"earlier", "before", "previously", "beforehand"}
    return _told(spans.away(frame.anchor, -count if back else count, _singular(match["unit"])), frame)


def _told(span: DateRange | None, frame: Frame) -> DateRange | None:
    """None where a clause in the past tense would tell of a day to come: its anchor is then another."""
    ahead = span is not None and frame.published is not None and span.begin > frame.published
    return None if ahead and frame.lean is Lean.PAST else span


def _day_of_anchor(match: re.Match[str], frame: Frame) -> DateRange | None:
    if frame.anchor is None:
        return None
    words = match[0].lower()
    shift = (
        1 if re.search(r"following|next|after", words) else -1 if re.search(r"previous|preceding|before", words) else 0
    )
    return _told(spans.one_day(spans.add_days(frame.anchor, shift)), frame)


def _unknown(_match: re.Match[str], _frame: Frame) -> DateRange | None:
    """A time that the text leaves open."""
    return None


RULES: Final = (
    rule(
        "window",
        rf"\b(?:the )?(?P<side>last|past|next|coming) (?:{ABOUT} )?(?P<count>{COUNT}) (?P<unit>{UNIT})\b",
        _counted_window,
    ),
    rule("vague window", rf"\bthe (?:last|past|next|coming) (?:{SOME} )?{LONG_UNIT}\b(?<=s)", _unknown),
    rule("within", rf"\b(?P<x>within (?:the next )?(?P<count>{COUNT}) (?P<unit>{UNIT}))\b(?! of\b)", _within),
    rule("ago", rf"\b(?:{ABOUT} )?(?P<count>{COUNT}) (?P<unit>{UNIT}) (?:or so )?ago\b", _ago, needs=("ago",)),
    rule(
        "vague ago",
        rf"\b(?:{SOME} )?(?:seconds|minutes|hours|days|weeks|months|years|decades|centuries) ago\b",
        _unknown,
        needs=("ago",),
    ),
    rule("ahead", rf"\b(?P<count>{COUNT}) (?P<unit>{LONG_UNIT}) from (?:now|today)\b", _ahead, needs=("now", "today")),
    rule("in time", rf"\bin (?P<count>{COUNT}) (?P<unit>{LONG_UNIT})['’]s? time\b", _ahead, needs=("time",)),
    rule(
        "from anchor",
        rf"\b(?:{ABOUT} )?(?P<count>{COUNT}) (?P<unit>{LONG_UNIT}) "
        r"(?P<way>earlier|later|previously|beforehand|afterwards?)\b",
        _from_anchor,
        needs=("later", "earlier", "previously", "beforehand", "afterward"),
    ),
    rule(
        "from anchor at the end",
        rf"\b(?:{ABOUT} )?(?P<count>{COUNT}) (?P<unit>{LONG_UNIT}) (?P<way>before|after){ENDS}",
        _from_anchor,
        needs=("before", "after"),
    ),
    rule(
        "day of anchor",
        rf"\b(?:(?:the|that) same (?:day|{TIME_OF_DAY})|that (?:day|morning|afternoon|evening|night)|"
        rf"the (?:following|next|previous|preceding) (?:day|{TIME_OF_DAY})|the day (?:before|after){ENDS})\b",
        _day_of_anchor,
        grain="day",
    ),
    rule(
        "from another event",
        rf"\b(?:(?:{ABOUT} )?{COUNT} {LONG_UNIT}|the day) (?:before|after)\b",
        _unknown,
        needs=("before", "after"),
    ),
)
