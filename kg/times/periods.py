"""Rules for months, years, quarters, seasons, decades and centuries of the calendar."""

import re
from datetime import date
from itertools import pairwise
from typing import Final

from kg.model import DateRange
from kg.times import spans, tables
from kg.times.grammar import (
    DASH,
    MONTH,
    MONTH_NAME,
    PART,
    START,
    WHICH_YEAR,
    YEAR,
    Frame,
    month_number,
    part_of,
    rule,
)
from kg.times.tense import is_moved
from kg.times.yearless import named_year, placed

CENTURY: Final = 100
DECADE: Final = 10
TWO_DIGIT_PIVOT: Final = 30  # "the '20s" are the 2020s, "the '30s" the 1930s
SEASON_LENGTH: Final = 3
WEEKS: Final = {"first": 0, "second": 1, "third": 2, "fourth": 3}


def _month(match: re.Match[str], frame: Frame) -> DateRange | None:
    number = month_number(match["month"])
    words = match.groupdict()
    if words.get("side"):
        whole = None if frame.published is None else _month_beside(match["side"].lower(), number, frame.published)
    else:
        whole = placed(match, frame, lambda year: spans.month(year, number))
    part = part_of(words.get("part"))
    return whole if whole is None or part is None else spans.third_of_month(whole, part)


def _month_beside(side: str, number: int, published: date) -> DateRange | None:
    """The latest "last July" that is over, the first "next July" to come, "this July" of the article's year."""
    if "last" in side or "past" in side:
        return spans.month(published.year - (number >= published.month), number)
    if "next" in side or "coming" in side:
        return spans.month(published.year + (number <= published.month), number)
    return spans.month(published.year, number)


def _months(match: re.Match[str], frame: Frame) -> DateRange | None:
    if is_moved(match.string, match.start()):
        return None
    first, last = month_number(match["month"]), month_number(match["until"])
    count = (last - first) % spans.MONTHS_OF_YEAR + 1
    over_new_year = last < first and match["year"] is not None  # the year belongs to the second month
    return placed(match, frame, lambda year: spans.months(year - over_new_year, first, count))


def _week_of_month(match: re.Match[str], frame: Frame) -> DateRange | None:
    number = month_number(match["month"])
    whole = placed(match, frame, lambda year: spans.month(year, number))
    if whole is None:
        return None
    index = WEEKS.get(match["index"].lower())
    if index is None:
        return spans.between(spans.add_days(whole.end, 1 - spans.DAYS_OF_WEEK), whole.end)
    begin = spans.add_days(whole.begin, index * spans.DAYS_OF_WEEK)
    return None if begin is None else spans.between(begin, spans.add_days(begin, spans.DAYS_OF_WEEK - 1))


def _year(match: re.Match[str], _frame: Frame) -> DateRange | None:
    return spans.year(int(match["year"]))


def _years(match: re.Match[str], _frame: Frame) -> DateRange | None:
    first, last = int(match["year"]), match["last"]
    end = int(last) if len(last) > 2 else first // CENTURY * CENTURY + int(last)
    return spans.years(first, end - first + 1) if end > first else None


def _decade(match: re.Match[str], _frame: Frame) -> DateRange | None:
    digits = match["decade"]
    if len(digits) == 2:
        digits = ("20" if int(digits) < TWO_DIGIT_PIVOT else "19") + digits
    return spans.years(int(digits), DECADE)


def _century(match: re.Match[str], _frame: Frame) -> DateRange | None:
    return spans.years((int(match["number"]) - 1) * CENTURY + 1, CENTURY)


def _quarter(match: re.Match[str], frame: Frame) -> DateRange | None:
    parts = 2 if match["what"].lower().startswith("h") else 4
    word = match["index"].lower().lstrip("qh")
    index = parts if word in {"last", "final"} else tables.ORDINALS[word] if word in tables.ORDINALS else int(word)
    year = named_year(match, frame)
    if year is None and match.groupdict().get("same") and frame.published is not None:
        year = frame.published.year
    return None if year is None else spans.part_of_year(year, index, parts)


def _season(match: re.Match[str], frame: Frame) -> DateRange | None:
    first = tables.SEASON_MONTHS[match["season"].lower()]
    year = named_year(match, frame)
    if year is not None:
        return spans.months(year, first, SEASON_LENGTH)
    side = (match.groupdict().get("side") or "").lower()
    if frame.published is None or not side:
        return None
    today = frame.published
    near = [spans.months(today.year + shift, first, SEASON_LENGTH) for shift in (-2, -1, 0, 1)]
    there = [span for span in near if span is not None]
    if "last" in side or ("past" in side and "this" not in side):
        return next((span for span in reversed(there) if span.end < today), None)
    if "next" in side or "coming" in side:
        return next((span for span in there if span.begin > today), None)
    if "past" in side:
        return next((span for span in reversed(there) if span.begin <= today), None)
    of_year = [
        span for span in there if today.year in {span.begin.year, span.end.year}
    ]  # one, but two winters: rather the coming
    return min(of_year, key=lambda span: max((span.begin - today).days, 2 * (today - span.end).days), default=None)


_SURE: Final = f"(?-i:{tables.capitalised(name for name in tables.MONTH_NAMES if name not in {'may', 'march'})}\\b)"
_DOTTED: Final = f"(?-i:{tables.capitalised(set(tables.MONTH_NUMBERS) - set(tables.MONTH_NAMES))}\\.)"
_CUE: Final = (
    r"\b(?:in|since|of|until|till|during|from|by|through|before|after|between|for|early|late|mid|early in|late in)"
    r"(?: |-)"
)
_NAMES: Final = [name.capitalize() for name in tables.MONTH_NAMES]
_NEIGHBOURS: Final = f"(?:{'|'.join(f'(?<={a})(?= and {b})' for a, b in pairwise(_NAMES))})"
_PART: Final = rf"(?:(?P<part>{PART})(?: |-))?"
_SIDE: Final = r"(?P<side>last|this past|this coming|this|next)"
_OF_YEAR: Final = rf"(?:,? (?:of |in )?(?P<which>{WHICH_YEAR})\b|,? (?:of |in )?(?P<year>{YEAR}))"
_SEASON: Final = f"(?P<season>{tables.alternatives(tables.SEASON_MONTHS)})"
_ORDINAL: Final = f"(?P<index>{tables.alternatives([*tables.ORDINALS, 'last', 'final'])})"
_GOES_ON: Final = (
    r"(?! (?!(?:and|or|to|by|in|on|at|for|was|were|is|are|has|had|have|with|when|until|as|but|the|that|which|who|"
    r"would|will|through|after|before|between|while|because|under|over|from|of)\b)[a-z])"
)
_ROUND: Final = r"(?![0-9]{2}00)"  # "the 2000 soldiers" are no year
_DETERMINER: Final = r"(?:\b(?:the|a|an|his|her|its|their|our|my|this|that)|['’]s|s['’])"

RULES: Final = (
    rule("month of year", rf"\b{_PART}(?:the month of )?(?P<month>{MONTH}){_OF_YEAR}", _month, grain="month"),
    rule("month beside", rf"\b{_PART}{_SIDE} (?P<month>{MONTH_NAME})", _month, grain="month"),
    rule("month", rf"\b{_PART}(?P<month>{_SURE})", _month, grain="month"),
    rule("month after cue", rf"{_CUE}(?P<x>{_PART}(?P<month>{MONTH_NAME}|{_DOTTED}))", _month, grain="month"),
    rule(
        "months",
        rf"\b(?P<month>{MONTH})(?: ?{DASH} ?| (?:to|through|until) |{_NEIGHBOURS} and )(?P<until>{MONTH})"
        rf"{_OF_YEAR}?(?! [0-9])",
        _months,
    ),
    rule(
        "between months",
        rf"\bbetween (?P<x>(?P<month>{MONTH}) and (?P<until>{MONTH}){_OF_YEAR}?)(?! [0-9])",
        _months,
        needs=("between",),
    ),
    rule(
        "week of month",
        rf"\b(?:the )?(?P<index>first|second|third|fourth|last|final) week of (?P<month>{MONTH}){_OF_YEAR}?",
        _week_of_month,
    ),
    rule(
        "year", rf"\b(?:in|since|during|until|till|throughout|year|circa) (?P<x>(?P<year>{YEAR}))", _year, grain="year"
    ),
    rule(
        "year after weak cue",
        rf"\b(?:by|of|from|after|before|through|around|for|and|to|between) (?P<x>(?P<year>{YEAR})){_GOES_ON}",
        _year,
        grain="year",
    ),
    rule("part of year", rf"\b{PART}(?: |-)(?P<year>{YEAR})", _year, grain="year"),
    rule("year in brackets", rf"\((?P<x>(?P<year>{YEAR}))\)", _year),
    rule(
        "year of a thing", rf"{_DETERMINER} (?:(?-i:[a-z-]{{3,20}}) )?(?P<x>{_ROUND}(?P<year>{YEAR}))(?= [a-z])", _year
    ),
    rule(
        "years",
        rf"{START}(?P<year>{YEAR})(?:{DASH}(?P<last>{YEAR}|[0-9]{{2}}(?![\w-])))",
        _years,
    ),
    rule(
        "years in words",
        rf"\b(?:from|between) (?P<x>(?P<year>{YEAR}) (?:to|and|until|through) (?P<last>{YEAR}))",
        _years,
    ),
    rule("decade", rf"\b(?:the )?(?:{PART}(?: |-))?(?P<decade>(?:1[5-9]|20)[0-9]0)['’]?s\b", _decade),
    rule("decade in short", r"\b(?:the )(?:(?:early|mid|late)(?: |-))?['’]?(?P<decade>[0-9]0)s\b", _decade),
    rule("century", r"\b(?:the )?(?P<number>1[0-9]|20|21)(?:st|th)(?: |-)century\b", _century),
    rule(
        "quarter",
        rf"\b(?:the )?{_ORDINAL}(?: |-)(?P<what>quarter|half)"
        rf"(?:,? (?:of )?(?P<which>{WHICH_YEAR})\b|,? (?:of )?(?P<year>{YEAR})|(?P<same> of the year\b))",
        _quarter,
    ),
    rule("quarter in short", rf"\b(?P<index>(?P<what>[QH])[1-4]),? (?:of )?(?P<year>{YEAR})", _quarter),
    rule("season of year", rf"\b(?:the )?(?:(?:early|mid|late)(?: |-))?{_SEASON}(?: of)? (?P<year>{YEAR})", _season),
    rule("season beside", rf"\b{_SIDE} {_SEASON}\b", _season),
)
