"""Words of the page: English text from assets/text.json, dates, class names and labels cut to size."""

import json
import re
import textwrap
import unicodedata
from calendar import monthrange
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

ASSETS: Final = Path(__file__).parent / "assets"

CAMEL_BOUNDARY: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
DURATION: Final = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
INVISIBLE_CATEGORIES: Final = ("Cf", "Cs", "Co", "Cn")  # bidi overrides, surrogates, private use, unassigned
JOINERS: Final = "\u200c\u200d"  # of Persian and Indian scripts: without them a name is misspelt
DRAWN_LINE_LENGTH: Final = 20  # characters; "Volodymyr Zelenskyy" on one line
DRAWN_LINES: Final = 2


@cache
def interface_text() -> dict[str, Any]:
    """The content of assets/text.json."""
    loaded: dict[str, Any] = json.loads((ASSETS / "text.json").read_text(encoding="utf-8"))
    return loaded


def counted(key: str, number: int) -> str:
    """`1 article`, `7 articles`."""
    one, many = interface_text()[key]
    return str(one if number == 1 else many).format(n=f"{number:,}")


def legible(text: str, limit: int) -> str:
    """`text` on one line without invisible characters, at most `limit` characters with an ellipsis."""
    kept = (c for c in text[: limit * 2] if c in JOINERS or unicodedata.category(c) not in INVISIBLE_CATEGORIES)
    clean = " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in kept).split())
    if len(clean) > limit or len(text) > limit * 2:
        clean = clean[: limit - 1].rstrip() + "…"
    return clean


def drawn_label(text: str) -> str:
    """`text` for the picture: two short lines at most."""
    words = (w if len(w) <= DRAWN_LINE_LENGTH else f"{w[: DRAWN_LINE_LENGTH - 1]}…" for w in text.split())
    lines = textwrap.wrap(" ".join(words), DRAWN_LINE_LENGTH, max_lines=DRAWN_LINES, placeholder="…")
    return "\n".join(lines)


def class_name(iri: str) -> str:
    """`https://…/ns#PhoneCall` → `Phone call`."""
    words = CAMEL_BOUNDARY.sub(" ", local_name(iri)).replace("-", " ").replace("_", " ").lower()
    return words[:1].upper() + words[1:]


def local_name(iri: str) -> str:
    """What follows the last `#` or `/`."""
    return re.split(r"[#/]", iri.rstrip("#/"))[-1]


def parse_day(text: str | None) -> date | None:
    """The day an `xsd:date` or `xsd:dateTime` begins with; None when it is neither."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def day_range(begin: date | None, end: date | None, *, short: bool) -> str | None:
    """`3 Jul 2025`, `15–16 Aug 2025`, `30 Jul – 2 Aug 2025`, `Jul 2025`, `2025`; None without a date."""
    first, last = begin or end, end or begin
    if first is None or last is None:
        return None
    months = interface_text()["months_short" if short else "months"]
    name = [f"{months[day.month - 1]} {day.year}" for day in (first, last)]
    if first == last:
        return f"{first.day} {name[0]}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        if (first.month, last.month) == (1, 12):
            return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
        return name[0] if name[0] == name[1] else f"{name[0]} – {name[1]}"
    if name[0] == name[1]:
        return f"{first.day}–{last.day} {name[0]}"
    if first.year == last.year:
        return f"{first.day} {months[first.month - 1]} – {last.day} {name[1]}"
    return f"{first.day} {name[0]} – {last.day} {name[1]}"


def duration_words(text: str) -> str:
    """`PT1H30M` → `1 hour 30 minutes`; anything that is not an ISO 8601 duration comes back as it is."""
    match = DURATION.fullmatch(text)
    if match is None or not any(match.groups()):
        return text
    units = interface_text()["duration_units"]
    parts = [(int(n), unit) for n, unit in zip(match.groups(), units, strict=True) if n]
    return " ".join((one if n == 1 else many).format(n=n) for n, (one, many) in parts)
