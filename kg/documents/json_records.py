"""JSON Lines (https://jsonlines.org) and JSON: one object an article.

Text stands under `text`, or one of: body, content, articleBody, content_text, maintext, article, content_html (HTML).
The metadata fields are those of `front_matter`. A JSON file holds one object, a list of objects, or an object with such
a list under items (JSON Feed), articles, documents or results.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from kg.documents.drafts import Draft, Line, spaced
from kg.documents.front_matter import URL, draft_with, one
from kg.documents.markup import markup_lines
from kg.documents.metadata import web_address
from kg.documents.problems import Problem, ProblemKind, Report

TEXT = ("text", "body", "content", "articleBody", "content_text", "maintext", "article", "content_html")
LISTS = ("items", "articles", "documents", "results")
_MARKUP = re.compile(r"</?(?:p|div|br|h[1-6]|ul|li|a|span|strong|em|b|i)\b[^<>]*>", re.IGNORECASE)


def read_json_lines(text: str, identifier: str, on_problem: Report) -> Iterator[Draft]:
    """One draft a line. A line that cannot be read is reported with its number; the others go on."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                _report(f"{identifier}#{number}", _json_reason(error), on_problem)
                continue
            yield from _read_record(record, identifier, str(number), on_problem)


def read_json(text: str, identifier: str, on_problem: Report) -> Iterator[Draft]:
    """The records of a JSON file; a file of JSON Lines with the wrong suffix is read as such."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        if is_json_lines(text):
            yield from read_json_lines(text, identifier, on_problem)
        else:
            _report(identifier, _json_reason(error), on_problem)
        return
    listed = content
    if isinstance(content, dict):
        listed = next((content[name] for name in LISTS if isinstance(content.get(name), list)), content)
    if not isinstance(listed, list):
        yield from _read_record(listed, identifier, "1", on_problem)
        return
    for number, record in enumerate(listed, start=1):
        yield from _read_record(record, identifier, str(number), on_problem)


def is_json_lines(text: str) -> bool:
    """Whether the first line is a JSON object of its own and more lines follow."""
    first, _, rest = text.lstrip().partition("\n")
    try:
        return isinstance(json.loads(first), dict) and bool(rest.strip())
    except (ValueError, RecursionError):
        return False


def _read_record(record: Any, path: str, number: str, on_problem: Report) -> Iterator[Draft]:
    origin = f"{path}#{number}"
    if not isinstance(record, dict):
        _report(origin, "it is JSON but not an object with the fields of an article", on_problem)
        return
    body = next((value for name in TEXT if isinstance(value := record.get(name), str) and value.strip()), None)
    if body is None:
        _report(origin, f"it has no text; give it as a string under {TEXT[0]!r}", on_problem)
        return
    address = web_address((one(record, URL) or "").strip())
    lines, wrapped = _lines(body)
    yield draft_with(_flat(record), identifier=address or origin, origin=origin, lines=lines, wrapped=wrapped)


def _lines(body: str) -> tuple[tuple[Line, ...], bool]:
    if _MARKUP.search(body):
        return spaced(markup_lines(body)), False
    return tuple(Line(text=line) for line in body.splitlines()), True


def _flat(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """`name` of an article object is often that of its file or section, so only a real title counts."""
    return {key: value for key, value in record.items() if key != "name"}


def _report(identifier: str, reason: str, on_problem: Report) -> None:
    on_problem(Problem(identifier=identifier, kind=ProblemKind.BAD_RECORD, reason=reason, fatal=True))


def _json_reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON ({error.msg} at line {error.lineno}, column {error.colno}); correct it"
    return "its JSON is nested too deeply or holds an enormous number; correct it"
