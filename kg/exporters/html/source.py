"""The graph as the page reads it: things with their properties, got by a few flat SPARQL queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from kg.errors import OntologyError
from kg.ontology_files import ontology_path
from kg.vocab import QUERY_PREFIXES, RDF, RDFS, SKOS

PREFIXES: Final = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in QUERY_PREFIXES.items())
LANGUAGES: Final = ("en", "")  # of labels, best first; any other comes after


class GraphLike(Protocol):
    """A dataset of VOCABULARY.md that answers SPARQL SELECT over the union of its graphs.

    Rows are pyoxigraph's `QuerySolution`s or anything whose `row["name"]` is a term or None.
    """

    def query(self, sparql: str, /) -> Any:
        """Rows of a SELECT query."""
        ...


@dataclass(frozen=True, slots=True)
class Thing:
    """A subject with all its triples."""

    iri: str
    properties: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)

    def iris(self, *predicates: str) -> tuple[str, ...]:
        """Objects of the predicates that are IRIs, sorted, each once."""
        terms = (term for p in predicates for term in self.properties.get(p, ()))
        return tuple(sorted({term.value for term in terms if isinstance(term, NamedNode)}))

    def texts(self, *predicates: str) -> tuple[str, ...]:
        """Literal objects of the predicates: English before others, then by text; each once."""
        terms = [t for p in predicates for t in self.properties.get(p, ()) if isinstance(t, Literal)]
        terms.sort(key=lambda t: (_language_rank(t), t.value))
        return tuple(dict.fromkeys(t.value for t in terms))

    def text(self, *predicates: str) -> str | None:
        """The best literal, predicates in order of preference."""
        return next((found[0] for p in predicates if (found := self.texts(p))), None)

    def iri_of(self, predicate: str) -> str | None:
        """The first IRI in sort order."""
        return next(iter(self.iris(predicate)), None)

    @property
    def types(self) -> tuple[str, ...]:
        """Its classes."""
        return self.iris(f"{RDF}type")


def _language_rank(term: Literal) -> int:
    language = (term.language or "").split("-")[0]
    return LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)


def things(graph: GraphLike, pattern: str) -> dict[str, Thing]:
    """Every subject `?s` that `pattern` selects, with all its triples, in order of IRI."""
    rows = graph.query(f"{PREFIXES}SELECT ?s ?p ?o WHERE {{ {{ SELECT DISTINCT ?s WHERE {{ {pattern} }} }} ?s ?p ?o }}")
    found: dict[str, dict[str, list[Any]]] = {}
    for row in _with_iri_subject(rows):
        found.setdefault(row["s"].value, {}).setdefault(row["p"].value, []).append(row["o"])
    return {iri: Thing(iri, {p: tuple(o) for p, o in found[iri].items()}) for iri in sorted(found)}


def topic_concepts() -> dict[str, Thing]:
    """The concepts of ontology/topics.ttl: a graph points to them without repeating what they are called."""
    path = ontology_path("topics.ttl")
    store = Store()
    try:
        store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    except (SyntaxError, OSError) as error:
        raise OntologyError(f"{path}: cannot be read as Turtle: {error}") from error
    return things(store, "?s a skos:Concept")


def labels(graph: GraphLike) -> dict[str, str]:
    """The label of everything that has one."""
    rows = graph.query(f"{PREFIXES}SELECT ?s ?p ?o WHERE {{ VALUES ?p {{ rdfs:label skos:prefLabel }} ?s ?p ?o }}")
    found: dict[str, dict[str, list[Any]]] = {}
    for row in _with_iri_subject(rows):
        found.setdefault(row["s"].value, {}).setdefault(row["p"].value, []).append(row["o"])
    named = {iri: Thing(iri, {p: tuple(o) for p, o in pairs.items()}) for iri, pairs in found.items()}
    return {iri: label_of(thing) for iri, thing in named.items()}


def label_of(thing: Thing) -> str:
    """rdfs:label, else skos:prefLabel, else nothing."""
    return thing.text(f"{RDFS}label", f"{SKOS}prefLabel") or ""


def _with_iri_subject(rows: Iterable[Any]) -> Iterable[Any]:
    return (row for row in rows if isinstance(row["s"], NamedNode))
