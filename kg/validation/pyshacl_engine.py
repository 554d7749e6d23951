"""Checks a graph with pySHACL, the reference: all of SHACL, and about 15 s for 100,000 triples (pySHACL 0.40)."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple
from pyshacl.errors import ReportableRuntimeError
from rdflib.namespace import SH, XSD

from kg.errors import GraphError, ShapesError
from kg.exporters.live import rdflib_term
from kg.sparql import refuse_unsafe
from kg.validation.paths import read_path
from kg.validation.rdf import ShapesGraph
from kg.validation.report import UNNAMED, Node, Violation

_PAIRS: Final = ("lessThan", "lessThanOrEquals")
_LIMITS: Final = ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")
_NUMBERS: Final = frozenset(str(XSD[name]) for name in ("integer", "decimal", "float", "double", "int", "long"))
_DECIMAL: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
"""XSD 1.1, 3.3.3; Python's Decimal takes 1e5 and NaN as well."""


def results(store: Store, shapes: Path) -> Iterator[Violation]:
    """What breaks the shapes. Raises ShapesError for shapes that pySHACL cannot use, GraphError when it gives up."""
    spelled = ShapesGraph(shapes)
    for name in ("select", "ask"):
        for node in spelled.subjects(name):
            for query in spelled.values(node, name):
                refuse_unsafe(query.value if isinstance(query, Literal) else "")  # rdflib would ask a SERVICE
    graph = _rdflib(spelled.triples())
    data = _rdflib(_comparable(store, _compared(spelled)))
    try:
        _, found, text = pyshacl.validate(data, shacl_graph=graph, inplace=True, inference="none", advanced=False)
    except ReportableRuntimeError as error:
        raise ShapesError(f"{shapes}: {' '.join(str(error).split())}") from error
    if not isinstance(found, rdflib.Graph):
        raise GraphError(f"the graph cannot be validated: {text}")
    for result in found.objects(None, SH.result):  # not the details of results, which are results as well
        yield _violation(found, spelled, result)


def _rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    graph = rdflib.Graph()
    for triple in triples:
        graph.add((rdflib_term(triple.subject), rdflib_term(triple.predicate), rdflib_term(triple.object)))
    return graph


def _compared(shapes: ShapesGraph) -> dict[str, str]:
    """Properties whose values shapes compare, and the datatype that makes them comparable, "" if none is said."""
    compared: dict[str, str] = {}
    for name in (*_PAIRS, *_LIMITS):
        for node in shapes.subjects(name):
            limits = [value for value in shapes.values(node, name) if isinstance(value, Literal)]
            datatypes = [
                *(value.value for value in shapes.values(node, "datatype")),
                *(v.datatype.value for v in limits),
            ]
            paths = shapes.values(node, "path")
            for value in (*paths, *(shapes.values(node, name) if name in _PAIRS else ())):
                compared[value.value] = datatypes[0] if datatypes else ""
    return compared


def _comparable(store: Store, compared: dict[str, str]) -> Iterator[Triple]:
    """The graph in which values that pySHACL fails to compare are strings of the same text.

    It raises TypeError for a date that does not exist, ArithmeticError for a decimal that is no number, and an error of
    its own for a blank node; as strings they break the shape that asks for the right datatype, which is what the reader
    of the report needs to know.
    """
    for quad in store:
        value, wanted = quad.object, compared.get(quad.predicate.value)
        if (wanted is not None and not _fits(value, wanted)) or _is_without_value(value):
            value = Literal(value.value if isinstance(value, NamedNode | Literal) else UNNAMED)
        yield Triple(quad.subject, quad.predicate, value)


def _fits(value: Node | Triple, wanted: str) -> bool:
    if not isinstance(value, Literal):
        return False
    found = value.datatype.value
    return wanted in ("", found) or (wanted in _NUMBERS and found in _NUMBERS)


def _is_without_value(value: Node | Triple) -> bool:
    if not isinstance(value, Literal) or value.language is not None:
        return False
    if value.datatype.value == str(XSD.decimal):
        return not _DECIMAL.fullmatch(value.value)
    term = rdflib_term(value)
    return isinstance(term, rdflib.Literal) and bool(term.ill_typed)


def _violation(results: rdflib.Graph, shapes: ShapesGraph, result: rdflib.term.Node) -> Violation:
    focus, value = _term(results.value(result, SH.focusNode)), _term(results.value(result, SH.value))
    shape = _term(results.value(result, SH.sourceShape))
    path = None if shape is None else shapes.value(shape, "path")
    if focus is None:
        raise GraphError("pySHACL gave a result without a focus node")
    component = str(results.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH))
    return Violation(
        severity=str(results.value(result, SH.resultSeverity)).removeprefix(str(SH)),
        node=focus,
        route=None if path is None else read_path(shapes, path),
        found=None if value == focus else value,
        message=" ".join(sorted(str(message) for message in results.objects(result, SH.resultMessage))),
        shape=shape.value if isinstance(shape, NamedNode) else UNNAMED,
        constraint=component.removesuffix("ConstraintComponent"),
    )


def _term(node: rdflib.term.Node | None) -> Node | None:
    if isinstance(node, rdflib.Literal):
        if node.language is not None:
            return Literal(str(node), language=node.language)
        return Literal(str(node), datatype=None if node.datatype is None else NamedNode(str(node.datatype)))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    return None if node is None else NamedNode(str(node))
