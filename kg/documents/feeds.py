"""RSS and Atom files, through feedparser. Only bytes are handed over, so nothing can be fetched or opened."""

import io
from collections.abc import Iterator
from typing import Any

import feedparser  # type: ignore[import-untyped,unused-ignore]

from kg.documents.drafts import Draft, spaced
from kg.documents.markup import markup_lines, markup_text
from kg.documents.metadata import web_address
from kg.documents.normalization import clean_word
from kg.documents.problems import Problem, ProblemKind, Report

LONGEST_ID = 200  # characters of an entry's id that name it; real ones are addresses or numbers


def read_feed(content: bytes, identifier: str, on_problem: Report) -> Iterator[Draft]:
    """One draft an entry, its text from the content where there is one, else from the summary."""
    parsed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.version and not parsed.entries:
        reason = "it is XML but neither RSS nor Atom; give a feed, HTML, JSON Lines, Markdown or plain text"
        on_problem(Problem(identifier=identifier, kind=ProblemKind.UNKNOWN_FORMAT, reason=reason, fatal=True))
        return
    if not parsed.entries:
        on_problem(Problem(identifier=identifier, kind=ProblemKind.EMPTY, reason="the feed has no entries", fatal=True))
    for number, entry in enumerate(parsed.entries, start=1):
        yield _entry(entry, parsed.feed, identifier, number)


def _entry(entry: Any, feed: Any, path: str, number: int) -> Draft:
    contents = [part.get("value") or "" for part in entry.get("content") or []]
    body = max([*contents, entry.get("summary") or ""], key=len)
    origin = f"{path}#{number}"
    key = clean_word(entry.get("id") or "")[:LONGEST_ID] or number
    address = web_address((entry.get("link") or "").strip())
    source = entry.get("source") or {}
    authors = [author.get("name") or "" for author in entry.get("authors") or []]
    return Draft(
        identifier=address or f"{path}#{key}",
        origin=origin,
        lines=spaced(markup_lines(body)),
        title=markup_text(entry.get("title") or "") or None,
        published=entry.get("published") or entry.get("updated"),
        publisher=markup_text(source.get("title") or feed.get("title") or "") or None,
        authors=tuple(name for name in authors or [entry.get("author") or ""] if name),
        url=address,
        language=entry.get("language") or feed.get("language"),
    )
