"""Word lists of `kg/reader/words`, read once.

A file holds one entry a line; `#` at the start of a line is a comment (source and licence stand there).
"""

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """Entries of `words/<name>.txt`."""
    text = (files("kg.reader") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))
