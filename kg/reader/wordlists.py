"""Word lists and tables of `kg/reader/words`, read once.

A file holds one entry a line; `#` at the start of a line is a comment (source and licence stand there);
columns are separated by tabs.
"""

from functools import cache
from importlib.resources import files


@cache
def table(name: str) -> tuple[tuple[str, ...], ...]:
    """Rows of `words/<name>`, in order."""
    text = (files("kg.reader") / "words" / name).read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.split("\n") if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """First column of `words/<name>.txt`, as a set."""
    return frozenset(row[0] for row in table(f"{name}.txt"))
