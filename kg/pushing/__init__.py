"""A graph sent to a SPARQL 1.1 endpoint: batches in a fixed order, so that a push that broke goes on where it was.

What is sent is `kg.pushing.batches`, how is `kg.pushing.endpoint`, and `kg.pushing.journal` remembers how far it came.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import PushError
from kg.exporters.formats import Source
from kg.exporters.lines import SortedLines, graph_first
from kg.pushing.batches import Batch, Protocol, batches
from kg.pushing.endpoint import Endpoint
from kg.pushing.journal import Journal

BATCH: Final = {Protocol.GRAPH_STORE: 50_000, Protocol.QUADS: 50_000, Protocol.UPDATE: 1_000}
"""Triples in a request at most. Virtuoso refuses an update of more than about 10,000 lines of its compiled form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """What is to be sent, and where to."""

    url: str
    protocol: Protocol
    replace: bool = False
    batch: int | None = None  # triples; BATCH by default
    default_graph: str | None = None  # the graph that takes the merged answer in a store without a default graph

    def batches(self, source: Source) -> Iterator[Batch]:
        """The requests of the source's quads, its default graph first, then the named graphs by IRI."""
        with SortedLines(graph_first) as rows:
            source.write_quads(rows.file)
            size = self.batch or BATCH[self.protocol]
            yield from batches(
                iter(rows), self.protocol, size=size, replace=self.replace, default_graph=self.default_graph
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What a push did."""

    requests: int
    triples: int
    skipped: int  # triples that an earlier push had sent


def push(source: Source, to: Push, journal: Path, told: Callable[[int], None] | None = None) -> Sent:
    """Send the graph; `told` hears how many triples the endpoint has. Raises PushError; the journal then stays."""
    done = requests = skipped = 0
    with Journal(journal, to) as kept, Endpoint(to.url) as endpoint:
        for batch in to.batches(source):
            if kept.was_sent(batch):
                skipped += batch.triples
            else:
                try:
                    endpoint.send(batch)
                except PushError as error:
                    raise PushError(f"{error}; {done:,} triples are there, the same command goes on") from error
                kept.sent(batch)
                requests += 1
            done += batch.triples
            if told is not None:
                told(done)
        kept.finish()
    return Sent(requests=requests, triples=done, skipped=skipped)
