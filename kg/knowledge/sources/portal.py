"""Wikipedia's current-events portal, one Markdown file a day: every link to an article, with the words around it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import unquote

_LINK: Final = re.compile(
    r"\[(?P<anchor>(?:[^\[\]]|\\[\[\]])+)\]\((?P<url>[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)(?:\s+\"(?:[^\"\\]|\\.)*\")?\)"
)
_WIKIPEDIA: Final = "https://en.wikipedia.org/wiki/"
_MARKUP: Final = re.compile(r"[*_]{1,3}(?=\w)|(?<=\w)[*_]{1,3}|\\(?=[\[\]*_])")
_BULLET: Final = re.compile(r"^\s*[*+-]\s+")
CONTEXT: Final = 90  # characters kept on either side of a link: titles before names are shorter
_NAMESPACES: Final = ("File:", "Category:", "Wikipedia:", "Portal:", "Template:", "Special:", "Help:", "Talk:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link. `before` and `after` are plain text of the same item; `previous` is the title linked right before."""

    anchor: str
    title: str  # underscores, no section
    day: date
    before: str
    after: str
    previous: str | None
    heading: bool  # the item is nothing but links: a topic that news items stand under


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One bullet as plain text, with the titles that it links: (begin, end, title)."""

    day: date
    text: str
    links: tuple[tuple[int, int, str], ...]

    @property
    def heading(self) -> bool:
        """Whether the item is nothing but links."""
        linked = sum(end - begin for begin, end, _ in self.links)
        return linked > 0 and len(re.sub(r"[\s,;]+", "", self.text)) - linked <= 0


def read_items(folder: Path, skip: Collection[str] = ()) -> Iterator[Item]:
    """All items of all days in `folder`, in order; `skip` holds days (ISO) to leave out."""
    for path in sorted(folder.glob("*.md")):
        if path.stem in skip:
            continue
        day = date.fromisoformat(path.stem)
        for line in path.read_text(encoding="utf-8").splitlines():
            if _BULLET.match(line):
                yield _item(_BULLET.sub("", line), day)


def read_links(folder: Path, skip: Collection[str] = ()) -> Iterator[Link]:
    """All links of all days in `folder`, in order; `skip` holds days (ISO) to leave out."""
    for item in read_items(folder, skip):
        yield from _links_of(item)


def _item(line: str, day: date) -> Item:
    text = ""
    links: list[tuple[int, int, str]] = []
    position = 0
    for match in _LINK.finditer(line):
        text += _plain(line[position : match.start()])
        position = match.end()
        title = _title(match["url"])
        if title is None:
            continue  # the cited source
        anchor = _plain(match["anchor"]).strip()
        links.append((len(text), len(text) + len(anchor), title))
        text += anchor
    text += _plain(line[position:])
    return Item(day=day, text=text, links=tuple(links))


def _links_of(item: Item) -> Iterator[Link]:
    text, heading = item.text, item.heading
    previous: tuple[int, str] | None = None
    for begin, end, title in item.links:
        near = previous is not None and text[previous[0] : begin].strip(" ,") == ""
        yield Link(
            anchor=text[begin:end],
            title=title,
            day=item.day,
            before=text[max(0, begin - CONTEXT) : begin],
            after=text[end : end + CONTEXT],
            previous=previous[1] if near and previous is not None else None,
            heading=heading,
        )
        previous = (end, title)


def _title(url: str) -> str | None:
    if not url.startswith(_WIKIPEDIA):
        return None
    title = unquote(url[len(_WIKIPEDIA) :]).split("#")[0].split("?")[0].strip("_")
    if not title or title.startswith(_NAMESPACES):
        return None
    return title.replace(" ", "_")


def _plain(text: str) -> str:
    return _MARKUP.sub("", text)
