"""Word lists that stages share, as files: one entry a line, `#` begins a comment, columns split by tabs."""

from functools import cache
from importlib.resources import files


@cache
def read_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a list, each a tuple of its columns."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    lines = (line.split("#", 1)[0].rstrip() for line in text.splitlines())
    return tuple(tuple(column.strip() for column in line.split("\t")) for line in lines if line.strip())


@cache
def read_words(name: str, kind: str | None = None) -> frozenset[str]:
    """The first column of a list; with `kind`, only of the rows whose second column is it."""
    return frozenset(row[0] for row in read_rows(name) if kind is None or row[1] == kind)
