"""Which line is the title and which lines are headings."""

import re
from collections.abc import Sequence
from itertools import islice

from kg.documents.clutter import SENTENCE_END, is_paragraph
from kg.documents.normalization import clean_word
from kg.documents.rules import fold

TITLE_SEARCH_LINES = 8  # lines that may stand above the title: section, tags, byline
LONGEST_TITLE = 300  # characters; the longest headlines of official pages have about 250
TITLE_WORDS = 40
HEADING_WORDS = 14  # a heading is shorter than a headline
_SITE_SUFFIX = re.compile(r"\s+[|·•–—-]\s+[^|·•–—]{2,60}$")
_LIST_ITEM = re.compile(r"(?:[-*•–—·]|\(?\d{1,3}[.)]|[a-z][.)])\s")
_OPEN_END = re.compile(r"[,;:—–-]$")
_QUOTED = re.compile("[\"“‘']")


def metadata_title(title: str | None, publisher: str | None, lines: Sequence[str]) -> str | None:
    """The title in one line, without " - The Example" behind it when that is the publisher, or when the first of
    `lines` repeat the title without it. None when unusable.
    """
    title = clean_word(title or "")
    suffix = _SITE_SUFFIX.search(title)
    if suffix:
        short = title[: suffix.start()]
        named = publisher is not None and fold(suffix.group()) == fold(publisher)
        if named or find_title(lines, (), short) is not None:
            title = short
    return title if title and len(title) <= LONGEST_TITLE else None


def same_title(one: str, other: str) -> bool:
    """Whether two headlines are the same but for case, spaces, quotation marks and dashes."""
    return _letters(one) == _letters(other) != ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def looks_like_title(text: str) -> bool:
    """A headline: one line, no full stop, nothing that leads on to the next line."""
    words = text.split()
    return (
        len(text) <= LONGEST_TITLE
        and 2 <= len(words) <= TITLE_WORDS
        and not text.endswith((".", "…"))
        and not _OPEN_END.search(text)
        and not _LIST_ITEM.match(text)
        and not re.search(r"[a-z][.!?] [A-Z]", text)
        and not text[0].islower()
        and not re.search('[.!?,]["”’]$', text)
    )


def is_heading(lines: Sequence[str], index: int) -> bool:
    """A short line without an end of sentence, directly over a paragraph of running text."""
    text = lines[index]
    if len(text.split()) > HEADING_WORDS or SENTENCE_END.search(text) or _OPEN_END.search(text):
        return False
    if _LIST_ITEM.match(text) or text[0].islower() or _QUOTED.match(text):
        return False
    below = next((lines[later] for later in range(index + 1, len(lines)) if lines[later]), "")
    return is_paragraph(below) or (len(below.split()) > HEADING_WORDS and not below.isupper())


def find_title(lines: Sequence[str], readable: Sequence[int], title: str | None) -> int | None:
    """Index of the title's line. With a known `title` the line that repeats it; else the first headline-like line.

    `readable` are the indices of lines that are not clutter.
    """
    if title:
        first = islice((index for index, text in enumerate(lines) if text), TITLE_SEARCH_LINES)
        return next((index for index in first if same_title(lines[index], title)), None)
    if len(readable) < 2 or not looks_like_title(lines[readable[0]]):
        return None
    # A headline stands over running text: a list of names or a poem has none.
    return readable[0] if any(is_paragraph(lines[index]) for index in readable[1:]) else None
