"""The requests that carry a graph, by protocol.

graph-store  SPARQL 1.1 Graph Store Protocol: POST of each graph's triples, or PUT first, which empties it
update       SPARQL 1.1 Update: INSERT DATA, with CLEAR before it
quads        POST of N-Quads to an address without a graph's name: beyond the standard, understood by Oxigraph and by
             what is made with RDF4J (GraphDB), and several times faster where there are many small graphs
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, islice
from typing import Final
from urllib.parse import quote, urlsplit

from kg.errors import PushError
from kg.exporters.lines import graph_last


class Protocol(StrEnum):
    """How a graph is sent."""

    GRAPH_STORE = "graph-store"
    UPDATE = "update"
    QUADS = "quads"


N_TRIPLES: Final = "application/n-triples"
N_QUADS: Final = "application/n-quads"
UPDATE: Final = "application/sparql-update"
DEFAULT: Final = "default"
"""The query that names the default graph (Graph Store Protocol, 4.2)."""
_BY_ADDRESS: Final = {
    "update": Protocol.UPDATE,
    "sparql": Protocol.UPDATE,
    "sparql-auth": Protocol.UPDATE,
    "query": Protocol.UPDATE,
    "statements": Protocol.QUADS,
    "store": Protocol.QUADS,
}
_BLANK: Final = b"_:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One request."""

    method: str
    query: str  # what is added to the endpoint's address
    type: str  # media type of the body
    body: bytes
    triples: int
    empties: int = 0  # graphs that are emptied first


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Some triples of one graph, as N-Triples."""

    graph: bytes  # its name in angle brackets; empty for the default graph
    lines: tuple[bytes, ...]
    begins: bool  # these are the graph's first


def protocol_of(url: str, *, replace: bool) -> Protocol:
    """The protocol that an address of this form usually speaks; graphs are emptied one by one by two of them."""
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    guessed = _BY_ADDRESS.get(last, Protocol.GRAPH_STORE)
    if guessed is Protocol.QUADS and replace:
        return Protocol.UPDATE if last == "statements" else Protocol.GRAPH_STORE
    return guessed


def batches(
    rows: Iterator[bytes], protocol: Protocol, *, size: int, replace: bool, default_graph: str | None
) -> Iterator[Batch]:
    """Requests of at most `size` triples, from sorted lines with the graph first."""
    if replace and protocol is Protocol.QUADS:
        raise PushError("quads cannot empty a graph before it is sent; use --protocol graph-store or update")
    parts = _parts(rows, size, f"<{default_graph}>".encode() if default_graph else b"")
    match protocol:
        case Protocol.GRAPH_STORE:
            return (_stored(part, replace) for part in parts)
        case Protocol.UPDATE:
            return (_inserted(together, replace) for together in _gathered(parts, size))
        case Protocol.QUADS:
            return (_posted(together) for together in _gathered(parts, size))


def _parts(rows: Iterator[bytes], size: int, default_graph: bytes) -> Iterator[_Part]:
    for graph, members in groupby(rows, key=lambda row: row[: row.index(b" ")]):
        triples = (_named(row[len(graph) + 1 :]) for row in members)
        begins = True
        while lines := tuple(islice(triples, size)):
            yield _Part(graph=graph or default_graph, lines=lines, begins=begins)
            begins = False


def _named(line: bytes) -> bytes:
    """The line; a blank node would be another one in each request."""
    subject, _, object_ = line.split(b" ", 2)
    if subject.startswith(_BLANK) or object_.startswith(_BLANK):
        raise PushError(
            f"a blank node cannot be sent in parts; give it a name: {line.decode(errors='replace').strip()}"
        )
    return line


def _gathered(parts: Iterator[_Part], size: int) -> Iterator[list[_Part]]:
    """Parts of several graphs together, while they are not too many triples."""
    together: list[_Part] = []
    triples = 0
    for part in parts:
        if together and triples + len(part.lines) > size:
            yield together
            together, triples = [], 0
        together.append(part)
        triples += len(part.lines)
    if together:
        yield together


def _stored(part: _Part, replace: bool) -> Batch:
    name = quote(part.graph[1:-1].decode(), safe="")
    return Batch(
        method="PUT" if replace and part.begins else "POST",
        query=f"graph={name}" if name else DEFAULT,
        type=N_TRIPLES,
        body=b"".join(part.lines),
        triples=len(part.lines),
        empties=int(replace and part.begins),
    )


def _inserted(together: list[_Part], replace: bool) -> Batch:
    begun = [part.graph for part in together if part.begins] if replace else []
    cleared = [b"CLEAR SILENT GRAPH %b ;\n" % graph if graph else b"CLEAR DEFAULT ;\n" for graph in begun]
    told = [b"GRAPH %b {\n%b}\n" % (p.graph, b"".join(p.lines)) if p.graph else b"".join(p.lines) for p in together]
    return Batch(
        method="POST",
        query="",
        type=UPDATE,
        body=b"".join(cleared) + b"INSERT DATA {\n" + b"".join(told) + b"}\n",
        triples=sum(len(part.lines) for part in together),
        empties=len(begun),
    )


def _posted(together: list[_Part]) -> Batch:
    lines = [graph_last(part.graph + b" " + line) for part in together for line in part.lines]
    return Batch(method="POST", query="", type=N_QUADS, body=b"".join(lines), triples=len(lines))
