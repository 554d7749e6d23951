"""Which year is meant by a date without one."""

import re
from collections.abc import Callable
from typing import Final

from kg.model import DateRange
from kg.times.grammar import Frame, weekday_number
from kg.times.tense import Lean

PAST_LIMIT: Final = {Lean.PAST: 300, Lean.OPEN: 243, Lean.FUTURE: 62}
"""How many days back such a date may lie before the coming one is meant: eight months where the clause does not
tell; ten in the past tense; two months where it looks forward ("was set for 2 July")."""
FRESH: Final = 45  # days: news of the last weeks is never moved to the year of the story told around it
YEAR_SHIFTS: Final = {"last": -1, "this": 0, "next": 1}

Make = Callable[[int], DateRange | None]


def named_year(match: re.Match[str], frame: Frame) -> int | None:
    """The year that the expression names: in the group `year`, or "last year" in the group `which`."""
    words = match.groupdict()
    if words.get("year"):
        return int(words["year"])
    if words.get("which") and frame.published is not None:
        return frame.published.year + YEAR_SHIFTS[words["which"].split()[0].lower()]
    return None


def placed(match: re.Match[str], frame: Frame, make: Make) -> DateRange | None:
    """What `make` gives for the year that is named or else meant."""
    words = match.groupdict()
    year = named_year(match, frame)
    if year is not None:
        return make(year)
    if words.get("which"):
        return None
    weekday = words.get("weekday")
    return _meant(frame, make, None if weekday is None else weekday_number(weekday))


def _meant(frame: Frame, make: Make, weekday: int | None) -> DateRange | None:
    """The nearest, mostly a past one; on the weekday that the text gives, if any of the nearby years fits."""
    if frame.year is not None:
        return make(frame.year)
    if frame.published is None:
        return None
    today = frame.published
    near = [span for shift in (-1, 0, 1) if (span := make(today.year + shift)) is not None]
    near = [span for span in near if span.begin.weekday() == weekday] or near
    if frame.not_before is not None:
        return next((span for span in near if span.begin >= frame.not_before), None)
    past = [span for span in near if span.begin <= today]
    coming = [span for span in near if span.begin > today]
    if past and (not coming or (today - past[-1].end).days <= PAST_LIMIT[frame.lean]):
        return _in_story(frame, make, past[-1])
    return coming[0] if coming else None


def _in_story(frame: Frame, make: Make, found: DateRange) -> DateRange:
    """`found`, unless it is long ago and the text is telling of another year ("in February 2022 … by April")."""
    if frame.story is None or frame.published is None or (frame.published - found.end).days <= FRESH:
        return found
    begin = frame.story.begin
    for year in (begin.year, begin.year + 1):
        span = make(year)
        if span is not None and begin <= span.end <= frame.published:
            return span
    return found
