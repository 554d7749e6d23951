"""Calendar dates as news pages and feeds write them. A date is found whole or not at all; no clock is asked.

`03/07/2025` is the 3rd of July in London and the 7th of March in Washington, so it is refused.
"""

import re
from datetime import UTC, date, datetime

EARLIEST, LATEST = 1800, 2100  # years of publication that are not a slip of the pen
LONGEST = 100  # characters; a longer string is not a date
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_MILLISECONDS = 100_000_000_000  # epoch numbers above this count milliseconds

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_ZONE = r"(?-i:\s*\(?(?:[A-Z]{2,5}|[+-]\d{2}:?\d{2}|Z)\b\)?)?"
_CLOCK = r"(?:(?:,|\s+at|\s*[|·•–—-])?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?" + _ZONE + ")?"

_FORMS = tuple(
    re.compile(_WEEKDAY + form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?!\d)",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?=T|Z|$)",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_DAY}[\s-]+(?:of\s+)?{_MONTH}[\s,-]+{_YEAR}",
        r"(?P<first>\d{1,2})[/.-](?P<second>\d{1,2})[/.-](?P<year>\d{4})(?!\d)",
    )
)
_ISO_CLOCK = re.compile(r"T\d{2}(?::?\d{2}){1,2}(?:\.\d+)?\s*(?:Z|[+-]\d{2}(?::?\d{2})?)?", re.IGNORECASE)
_AFTER = re.compile(_CLOCK, re.IGNORECASE)


def parse_date(text: str) -> date | None:
    """The day that the whole of `text` names (a clock time may follow), as written: no change of time zone."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    found = match_date(text)
    return found[0] if found and not text[found[1] :].strip(" .") else None


def match_date(text: str) -> tuple[date, int] | None:
    """The date at the very beginning of `text` and the offset where it ends, with its clock time if it has one."""
    for form in _FORMS:
        match = form.match(text)
        day = _day_of(match) if match else None
        if match and day:
            after = _ISO_CLOCK.match(text, match.end()) or _AFTER.match(text, match.end())
            return day, after.end() if after else match.end()
    return None


def _from_epoch(seconds: float) -> date | None:
    if seconds > _MILLISECONDS:
        seconds /= 1000
    return datetime.fromtimestamp(seconds, tz=UTC).date()


def _day_of(match: re.Match[str]) -> date | None:
    groups = match.groupdict()
    year = int(groups["year"])
    if "first" in groups:
        first, second = int(groups["first"]), int(groups["second"])
        ambiguous = first <= 12 and second <= 12 and first != second
        month, day = (first, second) if second > 12 else (second, first)
        if ambiguous:
            return None
    else:
        month = MONTHS.get(groups["month"].lower(), 0) or (int(groups["month"]) if groups["month"].isdigit() else 0)
        day = int(groups["day"])
    if not EARLIEST <= year <= LATEST:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # the 31st of June: no date
        return None
