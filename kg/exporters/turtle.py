"""Turtle: the whole graph, and its first layer alone. Sorted, so that the same graph is the same bytes."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.exporters.atomic import write_atomically

if TYPE_CHECKING:
    from kg.store import Graph

_END_OF_BLOCK: Final = b" .\n"
"""Only a block ends so: inside a literal a line break is written as an escape."""


def write_turtle(graph: "Graph", path: Path) -> None:
    """All distinct triples (graph.ttl)."""
    write_atomically(path, turtle(graph.triples(), graph.prefixes()))


def write_core_turtle(graph: "Graph", path: Path) -> None:
    """Layer 1 alone (graph-core.ttl): no facts, no sentences, no `prov:wasDerivedFrom`."""
    write_atomically(path, turtle(graph.core_triples(), graph.prefixes()))


def turtle(triples: Sequence[Triple], prefixes: dict[str, str]) -> bytes:
    """Turtle 1.1 in UTF-8, a block for each run of triples with one subject."""
    return serialize_neatly(triples, RdfFormat.TURTLE, prefixes)


def serialize_neatly(rows: Sequence[Triple] | Sequence[Quad], format_: RdfFormat, prefixes: dict[str, str]) -> bytes:
    """Turtle or TriG with the prefixes in the order of their names and a blank line after each block."""
    used = _safe_prefixes(rows, prefixes)
    body = serialize(rows, format=format_, prefixes=used) or b""
    # Oxigraph writes one line a prefix, in the order of a hash table.
    lines = body.split(b"\n", len(used))
    head = b"".join(line + b"\n" for line in sorted(lines[: len(used)]))
    return head + b"\n" + lines[-1].replace(_END_OF_BLOCK, _END_OF_BLOCK + b"\n")


def _safe_prefixes(rows: Iterable[Triple | Quad], prefixes: dict[str, str]) -> dict[str, str]:
    r"""`prefixes` without those under which an IRI ends in a dot.

    Oxigraph abbreviates `<http://e/x.>` to `e:x\.`, which rdflib 7 cannot parse (GROUND.md, writing rules).
    """
    dotted = {
        term.value
        for row in rows
        for term in (row.subject, row.predicate, row.object)
        if isinstance(term, NamedNode) and term.value.endswith(".")
    }
    return {name: iri for name, iri in prefixes.items() if not any(d.startswith(iri) for d in dotted)}
