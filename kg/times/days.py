"""Rules for days of the calendar: "2 July", "Monday, May 18, 2015", "June 9 and 10", "2025-07-02"."""

import re
from typing import Final

from kg.model import DateRange
from kg.times import spans
from kg.times.grammar import (
    ANY_WEEKDAY,
    DASH,
    DAY,
    MONTH,
    START,
    WHICH_YEAR,
    YEAR,
    Frame,
    Rule,
    day_number,
    month_number,
    rule,
)
from kg.times.tables import rows
from kg.times.yearless import placed


def _month_day(match: re.Match[str], frame: Frame) -> DateRange | None:
    month, first = month_number(match["month"]), day_number(match["day"])
    last = day_number(match["last"]) if match["last"] else first
    if match["joint"] in {"and", "&"} and last != first + 1 and not _BETWEEN.search(match.string[: match.start()]):
        return None  # "on May 1 and 20" are two days, and not those between

    def make(year: int) -> DateRange | None:
        return spans.between(spans.make_day(year, month, first), spans.make_day(year, month, last))

    return placed(match, frame, make)


def _iso(match: re.Match[str], _frame: Frame) -> DateRange | None:
    return spans.one_day(spans.make_day(int(match["year"]), int(match["month"]), int(match["day"])))


def _numeric(match: re.Match[str], _frame: Frame) -> DateRange | None:
    """With full stops the day stands first; with slashes only where the other reading is no date."""
    first, second, year = int(match["first"]), int(match["second"]), int(match["year"])
    day_first, month_first = spans.make_day(year, second, first), spans.make_day(year, first, second)
    if match["mark"] == ".":
        return spans.one_day(day_first)
    if day_first is None or month_first is None or day_first == month_first:
        return spans.one_day(day_first or month_first)
    return None


def _named_days(row: tuple[str, ...]) -> tuple[Rule, ...]:
    """Rules of one row of `fixed_days.tsv`. Without a year of their own, such days are often mere seasons
    ("the Christmas Day tradition"): they count after "on" or with a year."""
    pattern, month, day, year = row
    number, day_of_month = int(month), int(day)

    def resolve(match: re.Match[str], frame: Frame) -> DateRange | None:
        return placed(match, frame, lambda year: spans.one_day(spans.make_day(year, number, day_of_month)))

    if year:
        span = spans.one_day(spans.make_day(int(year), number, day_of_month))
        return (rule("named day", rf"{START}{pattern}(?!\w)", lambda _match, _frame: span, ignore_case=False),)
    return (
        rule("holiday", rf"\b[Oo]n (?P<x>{pattern})(?!\w)", resolve, grain="day", ignore_case=False),
        rule("holiday", rf"\b{pattern},? (?P<year>{YEAR})", resolve, grain="day", ignore_case=False),
    )


_BETWEEN: Final = re.compile(r"\bbetween\s{1,3}$", re.IGNORECASE)
_LAST: Final = rf"(?: ?(?P<joint>{DASH}|to|and|&|until|through) ?(?P<last>{DAY}))?"
_AND_YEAR: Final = rf"(?:,? (?:of )?(?P<which>{WHICH_YEAR})\b|,? (?:in )?(?P<year>{YEAR}))?"
_WEEKDAY: Final = rf"(?:(?P<weekday>{ANY_WEEKDAY}),? (?:the )?)?"
_QUANTITY: Final = r"(?! (?:percent|per cent|million|billion|people|points|times)\b)"

RULES: Final = (
    *(one for row in rows("fixed_days.tsv") for one in _named_days(row)),
    rule(
        "iso day",
        rf"{START}(?P<year>[0-9]{{4}})(?P<mark>[-/])(?P<month>[0-9]{{2}})(?P=mark)(?P<day>[0-9]{{2}})(?![0-9/-])",
        _iso,
        grain="day",
    ),
    rule(
        "numeric day",
        rf"{START}(?P<first>[0-9]{{1,2}})(?P<mark>[./])(?P<second>[0-9]{{1,2}})(?P=mark)(?P<year>(?:19|20)[0-9]{{2}})"
        r"(?![0-9/-])",
        _numeric,
        grain="day",
    ),
    rule(
        "month day",
        rf"\b{_WEEKDAY}(?P<month>{MONTH}) (?:the )?(?P<day>{DAY}){_LAST}{_QUANTITY}{_AND_YEAR}",
        _month_day,
        grain="day",
    ),
    rule(
        "day month",
        rf"{START}{_WEEKDAY}(?P<day>{DAY}){_LAST}(?: of)? (?P<month>{MONTH}){_AND_YEAR}",
        _month_day,
        grain="day",
    ),
)
