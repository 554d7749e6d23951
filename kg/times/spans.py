"""Calendar arithmetic: the first and last day of weeks, months, quarters, seasons, years, decades.

Every function gives None for a day that does not exist or lies outside `datetime.date`, and for a range that begins
before EARLIEST.
"""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta
from math import ceil
from typing import Final

from kg.model import DateRange

DAYS_OF_WEEK: Final = 7
MONTHS_OF_YEAR: Final = 12
SATURDAY: Final = 5
HOURS_OF_DAY: Final = 24
MONTHS_OF_QUARTER: Final = 3
YEARS_OF_DECADE: Final = 10
YEARS_OF_CENTURY: Final = 100
EARLIEST: Final = date(1000, 1, 1)
"""In news a smaller number is no year (“in 212 attacks”), and stores write earlier days each in its own way."""
_MONTHS_IN: Final = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_THIRDS: Final = {"early": (1, 10), "mid": (11, 20), "late": (21, None)}


def one_day(day: date | None) -> DateRange | None:
    """A range of one day."""
    return between(day, day)


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is none (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, count: int) -> date | None:
    """The day `count` days later (earlier if negative)."""
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def add_months(day: date, count: int) -> date | None:
    """The day `count` months later; the 31st becomes the month's last day."""
    year, index = divmod(day.year * MONTHS_OF_YEAR + day.month - 1 + count, MONTHS_OF_YEAR)
    if not MINYEAR <= year <= MAXYEAR:
        return None
    return date(year, index + 1, min(day.day, monthrange(year, index + 1)[1]))


def between(begin: date | None, end: date | None) -> DateRange | None:
    """The range, or None where a bound is missing or too early, or they are out of order."""
    if begin is None or end is None or end < begin or begin < EARLIEST:
        return None
    return DateRange(begin=begin, end=end)


def months(year: int, first: int, count: int) -> DateRange | None:
    """`count` whole months from month `first` of `year` on."""
    begin = make_day(year, first, 1)
    last = None if begin is None else add_months(begin, count - 1)
    return None if last is None else between(begin, last.replace(day=monthrange(last.year, last.month)[1]))


def month(year: int, number: int) -> DateRange | None:
    """A whole month."""
    return months(year, number, 1)


def month_of(day: date, shift: int = 0) -> DateRange | None:
    """The month that a day lies in, or one `shift` months later."""
    other = add_months(day, shift)
    return None if other is None else month(other.year, other.month)


def third_of_month(whole: DateRange, part: str) -> DateRange | None:
    """The early, mid or late third of a month."""
    first, last = _THIRDS[part]
    return between(whole.begin.replace(day=first), whole.end if last is None else whole.begin.replace(day=last))


def year(number: int) -> DateRange | None:
    """A whole year."""
    return months(number, 1, MONTHS_OF_YEAR)


def years(first: int, count: int) -> DateRange | None:
    """`count` whole years."""
    return months(first, 1, MONTHS_OF_YEAR * count)


def part_of_year(number: int, index: int, parts: int) -> DateRange | None:
    """The `index`-th (from 1) of 2 halves or 4 quarters."""
    length = MONTHS_OF_YEAR // parts
    return months(number, (index - 1) * length + 1, length) if 1 <= index <= parts else None


def week_of(day: date, shift: int = 0) -> DateRange | None:
    """Monday to Sunday of the week that a day lies in, or one `shift` weeks later."""
    monday = add_days(day, shift * DAYS_OF_WEEK - day.weekday())
    return None if monday is None else between(monday, add_days(monday, DAYS_OF_WEEK - 1))


def weekend_of(day: date, shift: int = 0) -> DateRange | None:
    """Saturday and Sunday of the week that a day lies in, or one `shift` weeks later."""
    week = week_of(day, shift)
    return None if week is None else between(add_days(week.begin, SATURDAY), week.end)


def weekday_on_or_before(day: date, weekday: int) -> date | None:
    """The last such weekday that is not after `day`; Monday is 0."""
    return add_days(day, -((day.weekday() - weekday) % DAYS_OF_WEEK))


def weekday_on_or_after(day: date, weekday: int) -> date | None:
    """The first such weekday that is not before `day`."""
    return add_days(day, (weekday - day.weekday()) % DAYS_OF_WEEK)


def whole_unit(unit: str, today: date, shift: int) -> DateRange | None:
    """The week, month, quarter, year, decade or century that a day lies in, or one `shift` later."""
    if unit == "week":
        return week_of(today, shift)
    if unit == "month":
        return month_of(today, shift)
    if unit == "quarter":
        other = add_months(today, shift * MONTHS_OF_QUARTER)
        return None if other is None else part_of_year(other.year, (other.month - 1) // MONTHS_OF_QUARTER + 1, 4)
    if unit == "decade":
        return years((today.year // YEARS_OF_DECADE + shift) * YEARS_OF_DECADE, YEARS_OF_DECADE)
    if unit == "century":
        first = (today.year - 1) // YEARS_OF_CENTURY * YEARS_OF_CENTURY + 1
        return years(first + shift * YEARS_OF_CENTURY, YEARS_OF_CENTURY)
    return year(today.year + shift)


def _far_day(count: float, unit: str, day: date) -> date | None:
    """The day `count` units away; part of a day counts as a whole one."""
    sign = -1 if count < 0 else 1
    if unit in {"second", "minute", "hour"}:
        hours = abs(count) if unit == "hour" else 1
        return add_days(day, sign * ceil(hours / HOURS_OF_DAY))
    if unit in {"day", "week"}:
        return add_days(day, sign * ceil(abs(count) * (DAYS_OF_WEEK if unit == "week" else 1)))
    return add_months(day, sign * ceil(abs(count) * _MONTHS_IN[unit]))


def window(count: float, unit: str, today: date) -> DateRange | None:
    """From `count` units ago to the day, or from the day to `count` units on."""
    other = _far_day(count, unit, today)
    return between(other, today) if count < 0 else between(today, other)


def away(day: date, count: float, unit: str) -> DateRange | None:
    """The day, week, month or year (in the unit's own grain) that lies `count` units away from a day."""
    other = _far_day(count, unit, day)
    if other is None:
        return None
    if unit in {"second", "minute", "hour"}:
        return between(min(other, day), max(other, day))
    if unit == "day":
        return one_day(other)
    if unit == "week":
        return week_of(other)
    if unit == "month" or count != int(count):
        return month_of(other)
    return year(other.year) if unit == "year" else whole_unit("decade", other, 0)
