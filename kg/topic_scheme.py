"""The concepts of ontology/topics.ttl as the topic stage uses them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.ontology_files import ontology_path
from kg.vocab import KG, RDF, SKOS, TOPIC, WIKIDATA

DESCRIBED = frozenset({f"{RDF}type", *(f"{SKOS}{name}" for name in ("prefLabel", "altLabel", "broader", "exactMatch"))})


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A concept. Phrases are lower case, dashes written as hyphens."""

    slug: str
    label: str
    names: tuple[str, ...]  # prefLabel and altLabels
    cues: tuple[str, ...]  # phrases that speak for it without naming it
    event_types: frozenset[str]
    actors: frozenset[str]  # Wikidata ids that must all be in the article


@cache
def load_topics(path: Path | None = None) -> tuple[Topic, ...]:
    """Concepts with something to find them by, sorted by slug."""
    store = _load(path or ontology_path("topics.ttl"))
    concepts = store.quads_for_pattern(None, ox.NamedNode(f"{SKOS}prefLabel"), None)
    topics = [
        _topic(store, quad.subject, quad.object)
        for quad in concepts
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    ]
    return tuple(sorted(topics, key=lambda topic: topic.slug))


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicNode:
    """A concept as a graph that points to it describes it."""

    iri: str
    quads: tuple[ox.Quad, ...]  # labels, matches and what is broader


def topics_with_broader(slugs: Iterable[str], path: Path | None = None) -> Iterator[TopicNode]:
    """These concepts and all broader ones, each once."""
    store = _load(path or ontology_path("topics.ttl"))
    seen: set[str] = set()
    frontier = sorted({f"{TOPIC}{slug}" for slug in slugs})
    while frontier:
        seen.update(frontier)
        found = [(iri, _described(store, iri)) for iri in frontier]
        yield from (TopicNode(iri=iri, quads=quads) for iri, quads in found if quads)
        broader = (quad.object for _, quads in found for quad in quads if quad.predicate.value == f"{SKOS}broader")
        frontier = sorted({node.value for node in broader if isinstance(node, ox.NamedNode)} - seen)


def _described(store: ox.Store, iri: str) -> tuple[ox.Quad, ...]:
    quads = store.quads_for_pattern(ox.NamedNode(iri), None, None)
    return tuple(ox.Quad(q.subject, q.predicate, q.object) for q in quads if q.predicate.value in DESCRIBED)


@cache
def _load(path: Path) -> ox.Store:
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    except (SyntaxError, OSError) as error:
        raise OntologyError(f"{path}: cannot be read as Turtle: {error}") from error
    return store


def _topic(store: ox.Store, node: ox.NamedNode, label: ox.Literal) -> Topic:
    def values(iri: str) -> tuple[str, ...]:
        objects = (quad.object for quad in store.quads_for_pattern(node, ox.NamedNode(iri), None))
        return tuple(sorted(o.value for o in objects if isinstance(o, ox.NamedNode | ox.Literal)))

    names = {plain_phrase(name) for name in (label.value, *values(f"{SKOS}altLabel"))}
    return Topic(
        slug=node.value.removeprefix(TOPIC),
        label=label.value,
        names=tuple(sorted(names)),
        cues=tuple(plain_phrase(cue) for cue in values(f"{KG}cue")),
        event_types=frozenset(value.removeprefix(KG) for value in values(f"{KG}cueEvent")),
        actors=frozenset(value.removeprefix(WIKIDATA) for value in values(f"{KG}cueActor")),
    )


def plain_phrase(text: str) -> str:
    """Lower case, every dash a hyphen, straight apostrophes: how phrases and texts are compared."""
    return text.casefold().replace("–", "-").replace("—", "-").replace("’", "'")
