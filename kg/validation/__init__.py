"""Does a graph keep the promises of VOCABULARY.md, or shapes of the user's own? SHACL: https://www.w3.org/TR/shacl/.

The shapes are ontology/shapes.ttl. Two engines check them with the same verdicts: pySHACL, the reference in Python, and
the shapes translated into SPARQL (`kg.validation.queries`), which a graph of a million triples keeps waiting for
seconds. Nothing is inferred, fetched or executed; of the ontology only the class tree and the annotations that shapes
refer to join the graph.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad, RdfFormat, Store, Triple, parse

from kg.errors import OntologyError, UntranslatableError
from kg.ontology_files import ontology_path
from kg.validation.articles import misquotations
from kg.validation.queries import Question
from kg.validation.report import SEVERITIES, VIOLATION, ValidationReport, Violation, order
from kg.validation.shapes import read_shapes
from kg.validation.sparql_engine import breaches, subclasses, translate
from kg.validation.spelling import Spelling
from kg.vocab import KG, RDFS

if TYPE_CHECKING:
    import rdflib

__all__ = ["SEVERITIES", "VIOLATION", "Engine", "Progress", "ValidationReport", "Violation", "validate"]

SMALL: Final = 2_000
"""Triples up to which pySHACL is taken: a second, measured on two cores, most of it spent on loading the library."""
_ONTOLOGY_PREDICATES: Final = frozenset({f"{RDFS}subClassOf", f"{KG}eventLabel", f"{KG}symmetric"})
"""What shapes.ttl needs of newskg.ttl."""


class Engine(StrEnum):
    """Who checks."""

    AUTO = "auto"
    """pySHACL for a small graph, SPARQL for others; pySHACL too for shapes that have no SPARQL."""
    SPARQL = "sparql"
    PYSHACL = "pyshacl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a check has come."""

    stage: str
    done: int
    total: int | None


def validate(
    graph: "rdflib.Graph | Iterable[Triple]",
    *,
    shapes: Path | None = None,
    engine: Engine = Engine.AUTO,
    articles: Iterable[tuple[str, str]] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> ValidationReport:
    """Checks a graph, a `kg.store.Graph` or one of rdflib's, and leaves it as it is.

    The shapes are those of newskg, together with how its graphs are to be spelled (`kg.validation.spelling`); `shapes`
    names a Turtle file to take instead. With `articles`, pairs of an article's IRI and its stored text, every
    sentence is compared with the text that it cites.

    Raises OntologyError when a file of the ontology is missing or broken, ShapesError when `shapes` cannot be used
    (UntranslatableError when only the engine cannot), GraphError when the graph cannot be read.
    """
    tell = progress or (lambda _: None)
    spelling = Spelling() if shapes is None else None
    tell(Progress(stage="reading the graph", done=0, total=None))
    store = Store()
    store.bulk_extend(_quads(graph, spelling))
    triples = len(store)
    store.extend(_class_tree(ontology_path("newskg.ttl")))
    path = shapes or ontology_path("shapes.ttl")
    asked, because = _asked(path, store, engine)
    found: set[Violation] = set(spelling.violations) if spelling else set()
    if asked is None or (engine is Engine.AUTO and triples <= SMALL):
        from kg.validation.pyshacl_engine import results

        used = Engine.PYSHACL
        tell(Progress(stage="rules, by pySHACL", done=0, total=None))
        found.update(results(store, path))
    else:
        used, total = Engine.SPARQL, len(asked)
        found.update(breaches(store, asked, lambda done: tell(Progress(stage="rules", done=done, total=total))))
    if articles is not None:
        found.update(misquotations(store, articles, lambda done: tell(Progress(stage="texts", done=done, total=None))))
    ordered = tuple(sorted(found, key=order))
    return ValidationReport(violations=ordered, engine=used.value, triples=triples, because=because)


def _asked(path: Path, store: Store, engine: Engine) -> tuple[tuple[Question, ...] | None, str | None]:
    """The shapes as queries; None where pySHACL is to check, and why if nobody asked for it."""
    if engine is Engine.PYSHACL:
        return None, None
    try:
        return translate(read_shapes(path), subclasses(store)), None
    except UntranslatableError as error:
        if engine is Engine.SPARQL:
            raise
        return None, f"{error} cannot be asked in SPARQL"


def _quads(graph: "rdflib.Graph | Iterable[Triple]", spelling: Spelling | None) -> Iterator[Quad]:
    """The graph's triples for a store of our own, each looked at by the way."""
    for triple in _triples(graph):
        if spelling is not None:
            spelling.look_at(triple)
        yield Quad(triple.subject, triple.predicate, triple.object)


def _triples(graph: "rdflib.Graph | Iterable[Triple]") -> Iterable[Triple]:
    serialize = getattr(graph, "serialize", None)
    if serialize is None:
        return graph  # type: ignore[return-value]
    return (quad.triple for quad in parse(input=serialize(format="nt"), format=RdfFormat.N_TRIPLES))


@cache
def _class_tree(path: Path) -> tuple[Quad, ...]:
    """The triples of newskg.ttl that shapes refer to."""
    try:
        return tuple(quad for quad in parse(path=str(path)) if quad.predicate.value in _ONTOLOGY_PREDICATES)
    except (SyntaxError, OSError) as error:
        raise OntologyError(f"{path}: cannot be read as Turtle: {error}") from error
