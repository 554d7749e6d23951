"""YAML front matter and the names under which metadata travel, shared by text, Markdown and JSON.

| field | also accepted |
|---|---|
| title | headline, name |
| date | published, datePublished, date_published, publishedAt, published_at, published_time, pubDate, … (`DATE`) |
| publisher | source, outlet, site, site_name, sitename, source_name, provider, newspaper |
| author | authors, byline, creator, by |
| url | link, canonical_url, permalink, source_url, webUrl, external_url |
| language | lang, inLanguage |

A publisher or an author is a string or an object with a name; authors may be a list of these.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from kg.documents.drafts import Draft, Line
from kg.documents.problems import Problem, ProblemKind, Report

LONGEST_FRONT_MATTER = 20_000  # characters; ours have 300
TITLE = ("title", "headline", "name")
DATE = (
    "date", "published", "datePublished", "date_published", "publishedAt", "published_at", "published_time", "pubDate",
    "date_publish", "created",
)  # fmt: skip
PUBLISHER = (
    "publisher", "source", "outlet", "site", "site_name", "sitename", "source_name", "provider", "newspaper",
)  # fmt: skip
AUTHOR = ("author", "authors", "byline", "creator", "by")
URL = ("url", "link", "canonical_url", "permalink", "source_url", "webUrl", "external_url")
LANGUAGE = ("language", "lang", "inLanguage")

_OPENING = re.compile(r"\s*---[ \t]*\r?\n(?=[A-Za-z_][\w -]*:)")
_FENCE = re.compile(r"\s*---[ \t]*\r?\n(?P<yaml>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
_KEY = re.compile(r"^[A-Za-z_][\w -]*:", re.MULTILINE)


class _NoAliases(yaml.BaseLoader):
    """YAML in which every scalar is a string ("no" is no boolean) and no alias can multiply the text."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("it uses aliases")
        return super().compose_node(parent, index)  # type: ignore[no-any-return,no-untyped-call,unused-ignore]


def split_front_matter(text: str, identifier: str, on_problem: Report) -> tuple[Mapping[str, Any], str]:
    """The fields before the text, and the text. Front matter that is not YAML is reported; the text is read anyway."""

    def warn(reason: str) -> None:
        on_problem(Problem(identifier=identifier, kind=ProblemKind.FRONT_MATTER, reason=reason, fatal=False))

    match = _FENCE.match(text[:LONGEST_FRONT_MATTER])
    if not match:
        if _OPENING.match(text):
            warn(f"its front matter is not closed with --- within {LONGEST_FRONT_MATTER:,} characters; read as text")
        return {}, text
    try:
        # BaseLoader makes nothing but strings, lists and dicts: narrower than safe_load.
        fields = yaml.load(match["yaml"], Loader=_NoAliases)  # noqa: S506
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        fields, why = None, _first_line(error)
    else:
        why = "it is not a list of fields"
    if isinstance(fields, dict):
        return fields, text[match.end() :]
    if not _KEY.search(match["yaml"]):  # two rules around a paragraph, no metadata
        return {}, text
    warn(f"its front matter is not YAML ({why}) and was left out; the text was read")
    return {}, text[match.end() :]


def draft_with(
    fields: Mapping[str, Any], *, identifier: str, origin: str, lines: tuple[Line, ...], wrapped: bool = False
) -> Draft:
    """A draft with the metadata that `fields` hold under any of the documented names."""
    return Draft(
        identifier=identifier,
        origin=origin,
        lines=lines,
        wrapped=wrapped,
        title=one(fields, TITLE),
        published=one(fields, DATE),
        publisher=one(fields, PUBLISHER),
        authors=many(fields, AUTHOR),
        url=one(fields, URL),
        language=one(fields, LANGUAGE),
    )


def one(fields: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    """The first value that is there, as a string."""
    return next((value for name in names for value in _strings(fields.get(name))), None)


def many(fields: Mapping[str, Any], names: tuple[str, ...]) -> tuple[str, ...]:
    """All values of the first name that has any."""
    return next((values for name in names if (values := _strings(fields.get(name)))), ())


def _strings(value: object) -> tuple[str, ...]:
    """Strings, numbers and dates as they are; of an object its name; of a list each; nothing of anything else."""
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if isinstance(value, (int, float, date)) and not isinstance(value, bool):
        return (str(value),)
    if isinstance(value, dict):
        named = value.get("name") or value.get("title")
        return _strings(named) if isinstance(named, str) else ()
    if isinstance(value, list):
        return tuple(text for item in value if isinstance(item, (str, dict)) for text in _strings(item))
    return ()


def _first_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    where = f", line {mark.line + 2}" if mark else ""  # line 1 is the fence
    text = getattr(error, "problem", None) or str(error) or type(error).__name__
    return text.splitlines()[0] + where
