"""What a format reader hands on: lines and metadata, not yet normalised."""

from dataclasses import dataclass
from datetime import date

from kg.model import BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paragraph, heading or list item, or a blank line. `kind` is None where the format does not say."""

    text: str
    kind: BlockKind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One article as its format gives it. Metadata are raw strings except where the format knows better."""

    identifier: str
    origin: str  # the path, or path#record: unique over all inputs
    lines: tuple[Line, ...]
    wrapped: bool = False  # plain text: lines may be broken at a fixed width
    title: str | None = None
    published: str | date | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """The bytes of one input."""

    identifier: str
    content: bytes


def spaced(lines: list[Line]) -> tuple[Line, ...]:
    """The lines with a blank line between every two, as markup formats mean them."""
    return tuple(piece for line in lines for piece in (line, Line(text="")))
