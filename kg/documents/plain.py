"""Plain text, with or without front matter."""

from collections.abc import Iterator

from kg.documents.drafts import Draft, Line
from kg.documents.front_matter import draft_with, split_front_matter
from kg.documents.problems import Report


def read_plain(text: str, identifier: str, on_problem: Report) -> Iterator[Draft]:
    """One draft whose lines are those of the file."""
    fields, body = split_front_matter(text, identifier, on_problem)
    lines = tuple(Line(text=line) for line in body.splitlines())
    yield draft_with(fields, identifier=identifier, origin=identifier, lines=lines, wrapped=True)
