"""Small tables kept as tab-separated files; lines that begin with "#" give source and licence."""

from collections.abc import Iterator
from pathlib import Path

from kg.errors import KnowledgeError


def read_table(path: Path, *, columns: int) -> Iterator[tuple[str, ...]]:
    """The rows of `path`, each with exactly `columns` cells (missing ones at the end are empty)."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > columns:
            raise KnowledgeError(f"{path}:{number}: {len(cells)} cells, expected {columns}")
        yield tuple(cells + [""] * (columns - len(cells)))


def read_pairs(path: Path) -> dict[str, str]:
    """A table of two columns as a mapping; of rows with the same key the last one counts."""
    return {row[0]: row[1] for row in read_table(path, columns=2)}
