"""Metadata of hostile origin made safe: one line, bounded, dates whole, addresses that are IRIs."""

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote, urlsplit

from kg.documents.bylines import parse_byline, parse_names
from kg.documents.dates import parse_date
from kg.documents.drafts import Draft
from kg.documents.normalization import clean_word
from kg.documents.problems import Problem, ProblemKind, Report

LONGEST_URL = 2_000  # characters; browsers cut there
LONGEST_NAME = 200  # characters of an author or a publisher
LONGEST_SHOWN = 60  # characters of a bad value that a message repeats
MOST_AUTHORS = 50
_IRI_SAFE = "/:?#[]@!$&'()*+,;=%~-._"  # RFC 3986; everything else is percent-encoded
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")


def language_tag(declared: str | None) -> str | None:
    """A declared language as a lower-case BCP 47 tag; None when it is not one."""
    tag = (declared or "").strip().replace("_", "-").lower()
    tag = {"english": "en", "eng": "en"}.get(tag, tag)
    return tag if _LANGUAGE.fullmatch(tag) else None


def name(value: str | None) -> str | None:
    """A publisher's name in one line; None when there is none or it is no name."""
    text = clean_word(value or "")
    return text if text and len(text) <= LONGEST_NAME else None


def author_names(values: Iterable[str]) -> tuple[str, ...]:
    """Author names, each once; "By Jane Doe and John Roe" is two, an address or an over-long value none."""
    found: list[str] = []
    for value in values:
        text = name(value)
        if not text or "://" in text:
            continue
        credit = parse_byline(text) or parse_names(text)
        found += credit.authors if credit and credit.authors else [text]
    return tuple(dict.fromkeys(found))[:MOST_AUTHORS]


def publication_day(draft: Draft, on_problem: Report) -> date | None:
    """The day the metadata give. One that cannot be told is reported and absent, never guessed."""
    if draft.published is None or isinstance(draft.published, date):
        return draft.published
    text = clean_word(draft.published)
    day = parse_date(text)
    if text and not day:
        reason = f"its date {_shown(text)} is not one certain day and was left out; write it as 2025-07-03"
        on_problem(Problem(identifier=draft.identifier, kind=ProblemKind.METADATA, reason=reason, fatal=False))
    return day


def address(draft: Draft, on_problem: Report) -> str | None:
    """The article's http(s) address as an IRI; anything else is reported and left out."""
    text = clean_word(draft.url or "")
    if not text:
        return None
    found = web_address(text)
    if not found:
        reason = f"its url {_shown(text)} is no http or https address and was left out"
        on_problem(Problem(identifier=draft.identifier, kind=ProblemKind.METADATA, reason=reason, fatal=False))
    return found


def web_address(text: str) -> str | None:
    """`text` as an http(s) IRI with the characters that no IRI may hold percent-encoded; None when it is none."""
    text = clean_word(text)  # a lone surrogate cannot be encoded
    if len(text) > LONGEST_URL:
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:  # "http://[": no address
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    # Letters beyond ASCII stay: IRIs have them (RFC 3987).
    return "".join(c if c.isalnum() else quote(c, safe=_IRI_SAFE) for c in text)


def hostname(url: str | None) -> str | None:
    """ "reuters.com" of "https://www.reuters.com/world/": the publisher of last resort."""
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def _shown(text: str) -> str:
    return repr(text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…")
