"""Which reader takes which input: by suffix, or by a look at the content."""

import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import PurePath

from kg.documents.decoding import DamagedTextError, NotTextError, decode
from kg.documents.drafts import Draft, Raw
from kg.documents.feeds import read_feed
from kg.documents.html import read_html
from kg.documents.json_records import is_json_lines, read_json, read_json_lines
from kg.documents.markdown import read_markdown
from kg.documents.plain import read_plain
from kg.documents.problems import Problem, ProblemKind, Report


class Format(StrEnum):
    """How an input is written."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON_LINES = "json-lines"
    JSON = "json"
    FEED = "feed"


SUFFIXES = {
    ".txt": Format.PLAIN,
    ".text": Format.PLAIN,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
}  # .xml and all others are sniffed
SINGLE = frozenset((Format.PLAIN, Format.MARKDOWN, Format.HTML))  # one article a file

_READERS: dict[Format, Callable[[str, str, Report], Iterator[Draft]]] = {
    Format.PLAIN: read_plain,
    Format.MARKDOWN: read_markdown,
    Format.HTML: read_html,
    Format.JSON_LINES: read_json_lines,
    Format.JSON: read_json,
}

SNIFFED = 4_000  # characters that decide
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype html|html|head|body|article|main|div|p|h1)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,6} \S|^\[[^\]]+\]: |\]\(https?://", re.MULTILINE)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{2,40})"
)


def format_of(identifier: str) -> Format | None:
    """The format that the suffix promises; None when only the content can tell."""
    return SUFFIXES.get(PurePath(identifier).suffix.lower())


def sniff(text: str) -> Format | None:
    """The format that the beginning of a text shows; None for XML that nothing here reads."""
    head = text[:SNIFFED].lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        if _FEED.search(head):
            return Format.FEED
        if _HTML.search(head):
            return Format.HTML
        return None if head.startswith("<?xml") else Format.PLAIN
    if head.startswith("{") and '"' in head:
        return Format.JSON_LINES if is_json_lines(text) else Format.JSON
    if re.match(r"\[\s*\{", head):
        return Format.JSON
    return Format.MARKDOWN if _MARKDOWN.search(head) else Format.PLAIN


def read_drafts(raw: Raw, on_problem: Report) -> Iterator[Draft]:
    """All articles of one input. What cannot be read is reported."""

    def refuse(kind: ProblemKind, reason: str) -> None:
        on_problem(Problem(identifier=raw.identifier, kind=kind, reason=reason, fatal=True))

    if not raw.content.strip():
        refuse(ProblemKind.EMPTY, "the input is empty")
        return
    declared = _CHARSET.search(raw.content[:SNIFFED])
    try:
        decoded = decode(raw.content, declared=(declared[1] or declared[2]).decode("ascii") if declared else None)
    except NotTextError as error:
        refuse(ProblemKind.BINARY, str(error))
        return
    except DamagedTextError as error:
        refuse(ProblemKind.ENCODING, str(error))
        return
    written = format_of(raw.identifier) or sniff(decoded.text)
    if written is None:
        refuse(ProblemKind.UNKNOWN_FORMAT, "it is XML but neither a feed nor HTML; convert it first")
        return
    if decoded.warning:
        warning = Problem(identifier=raw.identifier, kind=ProblemKind.ENCODING, reason=decoded.warning, fatal=False)
        on_problem(warning)
    if written is Format.FEED:
        yield from read_feed(raw.content, raw.identifier, on_problem)
    else:
        yield from _READERS[written](decoded.text, raw.identifier, on_problem)
