"""Does a graph keep the promises of VOCABULARY.md? Checked with SHACL (https://www.w3.org/TR/shacl/) by pySHACL.

The shapes are ontology/shapes.ttl. Nothing is inferred, fetched or executed; of the ontology only the class tree and
the annotations that shapes refer to join the graph. About 15 s for 100,000 triples, growing in proportion
(measured with pySHACL 0.40 on a 2-core machine that had other work as well).
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Final, Protocol

import pyoxigraph
import pyshacl
import rdflib
from rdflib.namespace import RDF, RDFS, SH, XSD

from kg.errors import GraphError, OntologyError
from kg.ontology_files import ontology_path
from kg.vocab import KG, NIF, SEM

_Node = rdflib.term.Node

VIOLATION: Final = "Violation"
SEVERITIES: Final = (VIOLATION, "Warning", "Info")
"""Worst first; `sh:severity` of a shape."""
_ONTOLOGY_PREDICATES: Final = frozenset({str(RDFS.subClassOf), f"{KG}eventLabel", f"{KG}symmetric"})
"""What shapes.ttl needs of newskg.ttl."""
_COMPARED: Final[dict[_Node, rdflib.URIRef]] = {
    rdflib.URIRef(f"{SEM}hasBeginTimeStamp"): XSD.date,
    rdflib.URIRef(f"{SEM}hasEndTimeStamp"): XSD.date,
    rdflib.URIRef(f"{NIF}beginIndex"): XSD.integer,
    rdflib.URIRef(f"{NIF}endIndex"): XSD.integer,
}
"""Properties that shapes.ttl compares with each other, and what they must hold to be comparable."""


class ConvertibleGraph(Protocol):
    """What `kg.store.Graph` offers."""

    def to_rdflib(self) -> rdflib.Graph:
        """The graph, or a dataset whose default graph it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One result: `focus` breaks `shape`. IRIs are written in full, literals as their text."""

    severity: str  # one of SEVERITIES
    focus: str
    path: str | None  # the property, as a SPARQL property path; None when the whole node is meant
    value: str | None  # the value at fault, where there is one
    message: str
    shape: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """All results, the worst first, then by focus. A graph conforms when none is of severity Violation."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """True also when there are warnings."""
        return all(violation.severity != VIOLATION for violation in self.violations)


def validate(graph: rdflib.Graph | ConvertibleGraph) -> ValidationReport:
    """Checks `graph` against ontology/shapes.ttl and leaves it as it is.

    Raises OntologyError when a file of the ontology is missing or broken, GraphError when pySHACL gives up.
    """
    checked = _comparable(graph if isinstance(graph, rdflib.Graph) else graph.to_rdflib())
    for triple in _class_tree(ontology_path("newskg.ttl")):
        checked.add(triple)
    shapes = _read_shapes(ontology_path("shapes.ttl"))
    _, results, text = pyshacl.validate(checked, shacl_graph=shapes, inplace=True, inference="none", advanced=False)
    if not isinstance(results, rdflib.Graph):
        raise GraphError(f"the graph cannot be validated: {text}")
    found = {_violation(results, shapes, result) for result in results.subjects(RDF.type, SH.ValidationResult)}
    return ValidationReport(violations=tuple(sorted(found, key=_order)))


def _comparable(graph: rdflib.Graph) -> rdflib.Graph:
    """A copy in which values that pySHACL fails to compare are strings of the same text.

    It raises TypeError for a date that does not exist and ArithmeticError for a decimal that is no number; as strings
    they break the shape that asks for the right datatype, which is what the reader of the report needs to know.
    """
    copy = rdflib.Graph()
    for subject, predicate, value in graph.triples((None, None, None)):  # a Dataset's iterator gives quads
        wanted = _COMPARED.get(predicate)
        if (wanted is not None and getattr(value, "datatype", None) != wanted) or _is_without_value(value):
            value = rdflib.Literal(_text(value), datatype=XSD.string)
        copy.add((subject, predicate, value))
    return copy


def _is_without_value(node: _Node) -> bool:
    if not isinstance(node, rdflib.Literal):
        return False
    return bool(node.ill_typed) or (isinstance(node.value, Decimal) and node.value.is_nan())


@cache
def _class_tree(path: Path) -> rdflib.Graph:
    """The triples of newskg.ttl that shapes refer to."""
    try:
        wanted = [t for t in pyoxigraph.parse(path=str(path)) if t.predicate.value in _ONTOLOGY_PREDICATES]
    except (SyntaxError, OSError) as error:
        raise OntologyError(f"{path}: cannot be read as Turtle: {error}") from error
    lines = pyoxigraph.serialize((t.triple for t in wanted), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=lines, format="nt")


@cache
def _read_shapes(path: Path) -> rdflib.Graph:
    try:
        return rdflib.Graph().parse(path, format="turtle")
    except (SyntaxError, OSError) as error:
        raise OntologyError(f"{path}: cannot be read as Turtle: {error}") from error


def _violation(results: rdflib.Graph, shapes: rdflib.Graph, result: _Node) -> Violation:
    focus = results.value(result, SH.focusNode)
    value = results.value(result, SH.value)
    shape = results.value(result, SH.sourceShape)
    path = None if shape is None else shapes.value(shape, SH.path)
    return Violation(
        severity=str(results.value(result, SH.resultSeverity)).removeprefix(str(SH)),
        focus=_text(focus),
        path=None if path is None else _path_text(shapes, path),
        value=None if value is None or value == focus else _text(value),
        message=" ".join(sorted(str(message) for message in results.objects(result, SH.resultMessage))),
        shape=_text(shape),
    )


def _text(node: _Node | None) -> str:
    """Blank nodes are all written alike: their labels differ from run to run."""
    return "_:" if isinstance(node, rdflib.BNode) else str(node)


def _path_text(shapes: rdflib.Graph, path: _Node) -> str:
    """A SHACL path (https://www.w3.org/TR/shacl/#property-paths) as SPARQL writes it."""
    if isinstance(path, rdflib.URIRef):
        return str(path)
    inverse = shapes.value(path, SH.inversePath)
    if inverse is not None:
        return f"^{_path_text(shapes, inverse)}"
    alternatives = shapes.value(path, SH.alternativePath)
    separator, members = ("/", path) if alternatives is None else ("|", alternatives)
    return separator.join(_path_text(shapes, member) for member in shapes.items(members))


def _order(violation: Violation) -> tuple[int, str, str, str, str, str]:
    rank = SEVERITIES.index(violation.severity) if violation.severity in SEVERITIES else len(SEVERITIES)
    path, value = violation.path or "", violation.value or ""
    return (rank, violation.focus, path, value, violation.message, violation.shape)
