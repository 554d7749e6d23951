"""Word lists that stages share, as files: one entry a line, `#` begins a comment, columns split by tabs."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def read_rows(name: str, columns: int = 0) -> tuple[tuple[str, ...], ...]:
    """The rows of a list, each a tuple of its columns; shorter ones are filled up to `columns` with empty strings."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = (line.split("#", 1)[0].rstrip() for line in text.splitlines())
    rows = (tuple(column.strip() for column in line.split("\t")) for line in lines if line.strip())
    return tuple(row + ("",) * (columns - len(row)) for row in rows)


@cache
def read_words(name: str, kind: str | None = None) -> frozenset[str]:
    """The first column of a list; with `kind`, only of the rows whose second column is it."""
    return frozenset(row[0] for row in read_rows(name) if kind is None or row[1] == kind)


@cache
def read_pairs(name: str) -> Mapping[str, str]:
    """The second column of a list by its first, empty where a row has one column."""
    return {row[0]: row[1] for row in read_rows(name, 2)}
