"""Web pages, through trafilatura, with the page's own metadata. Nothing is fetched."""

import re
from collections.abc import Iterator
from typing import Any

import trafilatura
from trafilatura.metadata import extract_metadata
from trafilatura.settings import Document as Extract

from kg.documents.drafts import Draft, Line, spaced
from kg.documents.markup import markup_lines, markup_title
from kg.documents.problems import Problem, ProblemKind, Report
from kg.model import BlockKind

LARGEST_PAGE = 5_000_000  # characters; the largest news pages have 3 million, most of it scripts
MOST_OPEN = 250  # elements inside one another; libxml2 stops at 256 and loses what is deeper
HEAD = 100_000  # characters in which <html lang> stands
# Only dates that the page declares as its own: the text's dates are news. The upper bound keeps the clock out.
_DATES: dict[str, Any] = {"extensive_search": False, "original_date": True, "max_date": "2100-12-31"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z][\w-]*)", re.IGNORECASE)
_BODY = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr p li"
_VOID = frozenset(_VOID_NAMES.split())
_LEAVES = frozenset(("head", "p", "item", "quote", "ab", "code"))


def read_html(text: str, identifier: str, on_problem: Report) -> Iterator[Draft]:
    """One draft. A page that is too deep for a tree, or in which no article is found, is read tag by tag."""
    if len(text) > LARGEST_PAGE:
        reason = f"the page has {len(text):,} characters, the limit is {LARGEST_PAGE:,}; save the article alone"
        on_problem(Problem(identifier=identifier, kind=ProblemKind.TOO_LARGE, reason=reason, fatal=True))
        return
    language = _LANGUAGE.search(text[:HEAD])
    article = _article(text) if depth(text) <= MOST_OPEN else None
    lines = _body_lines(article) if article else []
    extract = article if article and lines else _metadata(text)
    yield Draft(
        identifier=identifier,
        origin=identifier,
        lines=spaced(lines or markup_lines(text)),
        title=(extract.title if extract else None) or markup_title(text),
        published=extract.date if extract else None,
        publisher=extract.sitename if extract else None,
        authors=tuple((extract.author or "").split("; ")) if extract else (),
        url=extract.url if extract else None,
        language=language[1] if language else None,
    )


def depth(html: str) -> int:
    """How many elements are open at most; elements that are usually left open do not count."""
    open_now = deepest = 0
    for closing, name, empty in _TAG.findall(html):
        if empty or name.lower() in _VOID:
            continue
        open_now = max(0, open_now - 1) if closing else open_now + 1
        deepest = max(deepest, open_now)
    return deepest


def _article(text: str) -> Extract | None:
    extract = trafilatura.bare_extraction(
        text, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=_DATES
    )
    return extract if isinstance(extract, Extract) else None


def _metadata(text: str) -> Extract | None:
    """What the head of a page says, for pages whose body is of no use."""
    body = _BODY.search(text)
    head = text[: body.start()] if body else text[:HEAD]
    return extract_metadata(f"{head}<body></body></html>", date_config=_DATES)


def _body_lines(extract: Extract) -> list[Line]:
    """The blocks of trafilatura's TEI-like tree in order."""
    lines: list[Line] = []
    covered: set[Any] = set()
    for element in extract.body.iter() if extract.body is not None else ():
        if element.tag not in _LEAVES or element.getparent() in covered:
            if element.getparent() in covered:
                covered.add(element)
            continue
        nested = element.tag in ("quote", "item") and any(child.tag in _LEAVES for child in element.iterdescendants())
        text = (element.text or "") if nested else "".join(element.itertext())
        if not nested:
            covered.add(element)
        kind = {"head": BlockKind.HEADING, "code": BlockKind.CLUTTER}.get(element.tag)
        lines.append(Line(text=" ".join(text.split()), kind=kind))
    return [line for line in lines if line.text]
