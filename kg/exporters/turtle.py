"""Turtle and TriG: the whole graph, and its first layer alone. Sorted, so that the same graph is the same bytes."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, Triple, serialize

from kg.exporters.atomic import write_in_pieces
from kg.exporters.lines import Block, SortedLines, blocks, graph_first
from kg.vocab import RDF, XSD

if TYPE_CHECKING:
    from kg.store import Graph

_TYPE: Final = f"<{RDF}type>".encode()
_NAME: Final = re.compile(rb"<([^<>]*[/#:])([A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)>")
"""What can be abbreviated: a local name that needs no escape in any parser (GROUND.md, writing rules)."""
_BARE: Final = {
    f"<{XSD}integer>".encode(): re.compile(rb"[+-]?[0-9]+"),
    f"<{XSD}decimal>".encode(): re.compile(rb"[+-]?[0-9]*\.[0-9]+"),
    f"<{XSD}double>".encode(): re.compile(rb"[+-]?(?:[0-9]+\.[0-9]*|\.?[0-9]+)[eE][+-]?[0-9]+"),
    f"<{XSD}boolean>".encode(): re.compile(rb"true|false"),
}
"""Datatypes whose values stand without quotes (Turtle 1.1, 2.5.2 and 2.5.3)."""
_CACHED: Final = 2**17
"""IRIs whose short form is remembered: in a million triples of news most objects are found again."""


def short_terms(prefixes: dict[str, str]) -> Callable[[bytes], bytes]:
    """What makes of an N-Triples token the shortest one of Turtle: IRIs with a prefix, numbers without quotes."""
    names = {iri.encode(): name.encode() for name, iri in prefixes.items()}

    @lru_cache(maxsize=_CACHED)
    def short(token: bytes) -> bytes:
        named = _NAME.fullmatch(token)
        if named is not None:
            prefix = names.get(named[1])
            return token if prefix is None else prefix + b":" + named[2]
        if token[:1] != b'"' or token[-1:] != b">":  # no literal with a datatype
            return token
        lexical, _, datatype = token.rpartition(b"^^")
        bare = _BARE.get(datatype)
        if bare is not None and bare.fullmatch(lexical, 1, len(lexical) - 1):
            return lexical[1:-1]
        return lexical + b"^^" + short(datatype)

    return short


def write_turtle(graph: "Graph", path: Path) -> None:
    """All distinct triples (graph.ttl)."""
    with SortedLines() as lines:
        graph.write_triples(lines.file)
        write_in_pieces(path, turtle_of(iter(lines), graph.prefixes()))


def write_core_turtle(graph: "Graph", path: Path) -> None:
    """Layer 1 alone (graph-core.ttl): no facts, no sentences, no `prov:wasDerivedFrom`."""
    write_in_pieces(path, turtle(graph.core_triples(), graph.prefixes()))


def write_trig(graph: "Graph", path: Path) -> None:
    """The dataset as built (graph.trig): the default graph, then the articles' graphs by IRI, each sorted."""
    with SortedLines(graph_first) as lines:
        graph.write_quads(lines.file)
        write_in_pieces(path, trig_of(iter(lines), graph.prefixes()))


def turtle(triples: Iterable[Triple], prefixes: dict[str, str]) -> Iterator[bytes]:
    """Turtle 1.1 in UTF-8, sorted, a block for each subject."""
    with SortedLines() as lines:
        serialize(triples, output=lines.file, format=RdfFormat.N_TRIPLES)
        yield from turtle_of(iter(lines), prefixes)


def turtle_of(lines: Iterator[bytes], prefixes: dict[str, str]) -> Iterator[bytes]:
    """Turtle of sorted N-Triples lines: prefixes in the order of their names, then a block for each subject."""
    short = short_terms(prefixes)
    yield _head(prefixes)
    for block in blocks(lines):
        yield b"%b .\n\n" % _written(block, short, b"\n\t")


def trig_of(lines: Iterator[bytes], prefixes: dict[str, str]) -> Iterator[bytes]:
    """TriG of sorted lines with the graph first."""
    short = short_terms(prefixes)
    yield _head(prefixes)
    for graph, members in groupby(lines, key=lambda line: line[: line.index(b" ")]):
        triples = (line[len(graph) + 1 :] for line in members)
        if not graph:
            for block in blocks(triples):
                yield b"%b .\n\n" % _written(block, short, b"\n\t")
            continue
        yield short(graph) + b" {\n"
        for block in blocks(triples):
            yield b"\t%b .\n\n" % _written(block, short, b"\n\t\t")
        yield b"}\n"


def _head(prefixes: dict[str, str]) -> bytes:
    return b"".join(f"@prefix {name}: <{prefixes[name]}> .\n".encode() for name in sorted(prefixes)) + b"\n"


def _written(block: Block, short: Callable[[bytes], bytes], indent: bytes) -> bytes:
    """A subject's block without its end: classes first, a line for each predicate."""
    subject, about = block
    classes = about.pop(_TYPE, None)
    told = [short(predicate) + b" " + b" , ".join(map(short, values)) for predicate, values in about.items()]
    if classes is not None:
        told.insert(0, b"a " + b" , ".join(map(short, classes)))
    return short(subject) + b" " + (b" ;" + indent).join(told)
