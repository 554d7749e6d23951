"""The file of the knowledge base: gzip of JSON Lines.

Line 1 is the header: `{"format": 1, "entries": n, "names": m, "offices": k, "types": […], "sources": […]}`. Then come
n entries, m names (sorted by key) and k offices, one JSON array a line:

entry   [id, name, type, wikidata (1: the id itself, 0: none), wikipedia (1: the name itself, 0: none), country's line
        number (-1: none), prior in thousandths, leader, gender, source]
name    [key, shapes (0: every word has a capital; "-": a plain word, never found in text by itself; else shapes joined
        by "|"), [[entry, kind, prior in thousandths], …]]
office  [person, title, body, begin, end, source, top]
"""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import KnowledgeError
from kg.knowledge.names import NameKind

FORMAT: Final = 1
PER_MILLE: Final = 1000
NEVER_ALONE: Final = "-"
KINDS: Final[tuple[NameKind, ...]] = tuple(NameKind)
_LARGEST_FILE: Final = 1 << 28  # bytes unpacked; a bound against a decompression bomb, forty times today's size


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """The rows as they stand in the file."""

    types: list[str]
    sources: list[str]
    entries: list[list[Any]]
    names: list[list[Any]]
    offices: list[list[Any]]


def read_packed(path: Path) -> Packed:
    """Read a file that `write_packed` wrote. Raises KnowledgeError with what is wrong."""
    try:
        with gzip.open(path) as stream:
            content = stream.read(_LARGEST_FILE + 1)
        if len(content) > _LARGEST_FILE:
            raise KnowledgeError(f"{path}: larger than {_LARGEST_FILE} bytes unpacked")
        header, *rows = json.loads(b"[" + b",".join(content.splitlines()) + b"]")
        if header["format"] != FORMAT:
            raise KnowledgeError(f"{path}: format {header['format']}, expected {FORMAT}; compile it anew")
        entries, names = header["entries"], header["entries"] + header["names"]
        if len(rows) != names + header["offices"]:
            raise KnowledgeError(f"{path}: {len(rows)} rows, the header promises {names + header['offices']}")
    except FileNotFoundError as error:
        raise KnowledgeError(f"{path}: not found; make it with python -m kg.knowledge.compile") from error
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(f"{path}: not a knowledge base ({error})") from error
    return Packed(
        types=header["types"],
        sources=header["sources"],
        entries=rows[:entries],
        names=rows[entries:names],
        offices=rows[names:],
    )


def write_packed(packed: Packed, path: Path) -> None:
    """Write the file; the same rows always give the same bytes (no name and no time in the gzip header)."""
    header = {
        "format": FORMAT,
        "entries": len(packed.entries),
        "names": len(packed.names),
        "offices": len(packed.offices),
        "types": packed.types,
        "sources": packed.sources,
    }
    lines = "".join(_lines([header, *packed.entries, *packed.names, *packed.offices]))
    with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as stream:
        stream.write(lines.encode("utf-8"))


def _lines(rows: Iterable[object]) -> Iterable[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"
