"""What a change of the readings changes in the graph on disk: only subjects that are told of otherwise are written."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Store

from kg.collection.disk import DEFAULT, stands_in_article
from kg.graph import GraphWriter
from kg.subjects import Told, is_untouched
from kg.vocab import RDF, SCHEMA

SUBJECT = NamedNode(f"{RDF}subject")
PART_OF = NamedNode(f"{SCHEMA}isPartOf")
PUBLISHER = NamedNode(f"{SCHEMA}publisher")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Subjects whose digests differ, and the quads that the graph on disk must lose and gain."""

    digests: Mapping[str, bytes]
    gone: frozenset[str]
    removed: Sequence[Quad]
    added: Sequence[Quad]


def difference(
    told: Mapping[str, tuple[Told, ...]], known: Mapping[str, bytes], graph: Store, writer: GraphWriter, run_id: str
) -> Difference:
    """What to change in `graph`, which told what the digests `known` stand for, so that it tells `told`."""
    digests = {
        name: known[name] if is_untouched(subject) else _digest(run_id, subject) for name, subject in told.items()
    }
    changed = {name: digest for name, digest in digests.items() if known.get(name) != digest}
    gone = frozenset(known.keys() - digests.keys())
    before = {quad for name in (*changed.keys() & known.keys(), *gone) for quad in _quads_of(name, graph, writer.base)}
    after = {quad for name in changed for quad in writer.quads(told[name])}
    removed, added = before - after, after - before
    return Difference(
        digests=changed,
        gone=gone,
        removed=[*removed, *_lost_copies(removed, added, graph)],
        added=[*added, *(_in_default(quad) for quad in added if quad.graph_name != DEFAULT)],
    )


def _digest(run_id: str, subject: tuple[Told, ...]) -> bytes:
    return hashlib.blake2b(f"{run_id} {subject!r}".encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _quads_of(name: str, graph: Store, base: str) -> Iterator[Quad]:
    """All quads about a subject: its own, those of its facts, of an article's sentences and of its publisher."""
    node = NamedNode(name if "://" in name else base + name)
    parts = {node, *(quad.subject for quad in graph.quads_for_pattern(None, SUBJECT, node, None))}
    parts.update(quad.subject for quad in graph.quads_for_pattern(None, PART_OF, node, node))
    for part in parts:
        for quad in graph.quads_for_pattern(part, None, None, None):
            if quad.graph_name != DEFAULT or not stands_in_article(quad, base):
                yield quad
    for published in graph.quads_for_pattern(node, PUBLISHER, None, node):
        yield from graph.quads_for_pattern(published.object, None, None, node)  # type: ignore[arg-type]


def _lost_copies(removed: set[Quad], added: set[Quad], graph: Store) -> Iterator[Quad]:
    """Triples of the default graph that no article tells of any more: two articles may have one publisher."""
    gained = {quad.triple for quad in added}
    for quad in removed:
        if quad.graph_name != DEFAULT and quad.triple not in gained:
            tellers: Iterable[Quad] = graph.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
            if all(teller in removed for teller in tellers if teller.graph_name != DEFAULT):
                yield _in_default(quad)


def _in_default(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, quad.object, DEFAULT)
