"""The items of the current-events portal as articles of one outlet, with the headings that they stand under."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from building import as_document
from measure_events import CITED, SHORTEST

from kg.knowledge.sources.portal import read_items
from kg.model import Document

BULLET = re.compile(r"^(?P<indent>\s*)[*+-]\s+")
OUTLET = "Portal"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One item that tells something, as an article, with the Wikipedia pages of the headings above it, nearest last."""

    document: Document
    day: date
    headings: tuple[str, ...]
    titles: frozenset[str]  # pages that the item itself links


def news_items(data: Path) -> list[NewsItem]:
    """All items of all days, in order."""
    folder = data / "current-events"
    found: list[NewsItem] = []
    for day, items in groupby(read_items(folder), key=lambda item: item.day):
        above: list[tuple[int, tuple[str, ...]]] = []
        for number, (indent, item) in enumerate(zip(_indents(folder / f"{day}.md"), items, strict=True)):
            while above and above[-1][0] >= indent:
                above.pop()
            titles = tuple(title for _, _, title in item.links)
            text = CITED.sub("", item.text).strip()
            if item.heading:
                above.append((indent, titles))
            elif len(text) >= SHORTEST:
                # The number is in the headline, which is not read: two days may have an item in the same words.
                document = as_document(f"{day}-{number:03}", text, published=day)
                found.append(
                    NewsItem(
                        document=replace(document, publisher=OUTLET, title=f"{day} {number:03}"),
                        day=day,
                        headings=tuple(title for _, group in above for title in group),
                        titles=frozenset(titles),
                    )
                )
    return found


def _indents(path: Path) -> Iterator[int]:
    for line in path.read_text(encoding="utf-8").splitlines():
        bullet = BULLET.match(line)
        if bullet:
            yield len(bullet["indent"])
