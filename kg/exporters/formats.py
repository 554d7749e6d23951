"""A graph as one file of one format, for any triple store: sorted, the same bytes for the same graph, never in memory.

Turtle, N-Triples, RDF/XML and JSON-LD hold every triple once; TriG and N-Quads keep each article's own contribution in
its named graph.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import IO, Final, Protocol

from kg.collection.disk import is_collection
from kg.exporters.jsonld import jsonld_of
from kg.exporters.lines import SortedLines, graph_first, graph_last
from kg.exporters.rdfxml import rdfxml_of
from kg.exporters.turtle import trig_of, turtle_of
from kg.graph_files import GraphFile
from kg.store import Graph

GZIPPED: Final = ".gz"
_GZIP: Final = 31
"""zlib's window of 2^15 bytes with gzip's header, which then says neither name nor time (RFC 1952, 2.3.1)."""
_LEVEL: Final = 6
_TOLD_EVERY: Final = 10_000


class Format(StrEnum):
    """What a graph can be written as."""

    TURTLE = "turtle"
    TRIG = "trig"
    NT = "nt"
    NQ = "nq"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"


SUFFIXES: Final[dict[str, Format]] = {
    ".ttl": Format.TURTLE,
    ".trig": Format.TRIG,
    ".nt": Format.NT,
    ".nq": Format.NQ,
    ".rdf": Format.RDFXML,
    ".owl": Format.RDFXML,
    ".jsonld": Format.JSONLD,
}
DATASETS: Final = frozenset({Format.TRIG, Format.NQ})
"""Formats with named graphs."""


class Source(Protocol):
    """What a graph is written from: `kg.store.Graph`, or a file that is too large for memory."""

    def write_triples(self, output: IO[bytes]) -> None:
        """Write every triple as N-Triples, in no order."""
        ...

    def write_quads(self, output: IO[bytes]) -> None:
        """Write every quad as N-Quads, in no order."""
        ...

    def prefixes(self) -> dict[str, str]:
        """Prefixes of the written graph."""
        ...


def open_source(path: Path) -> Source:
    """A store, a build folder or a file, to be written without being loaded. Raises GraphError."""
    return Graph.load(path) if path.is_dir() and is_collection(path) else GraphFile.at(path)


def format_of(name: str) -> Format | None:
    """The format that a file's name tells, with or without `.gz`."""
    return SUFFIXES.get(Path(name.lower().removesuffix(GZIPPED)).suffix)


def written(source: Source, format_: Format, told: Callable[[int], None] | None = None) -> Iterator[bytes]:
    """The graph in that format, piece by piece; `told` hears how many triples have been written."""
    with SortedLines(graph_first if format_ in DATASETS else None) as sorted_lines:
        (source.write_quads if format_ in DATASETS else source.write_triples)(sorted_lines.file)
        lines = _counted(sorted_lines, told) if told is not None else iter(sorted_lines)
        prefixes = source.prefixes()
        match format_:
            case Format.TURTLE:
                yield from turtle_of(lines, prefixes)
            case Format.TRIG:
                yield from trig_of(lines, prefixes)
            case Format.NT:
                yield from lines
            case Format.NQ:
                yield from map(graph_last, lines)
            case Format.RDFXML:
                yield from rdfxml_of(lines, prefixes)
            case Format.JSONLD:
                yield from jsonld_of(lines, prefixes)


def gzipped(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces as a gzip file: the same content is the same bytes."""
    packer = zlib.compressobj(_LEVEL, wbits=_GZIP)
    yield from filter(None, map(packer.compress, pieces))
    yield packer.flush()


def _counted(lines: Iterable[bytes], told: Callable[[int], None]) -> Iterator[bytes]:
    number = 0
    for number, line in enumerate(lines, 1):
        yield line
        if number % _TOLD_EVERY == 0:
            told(number)
    told(number)
