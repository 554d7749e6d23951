"""SHACL's property paths (https://www.w3.org/TR/shacl/#property-paths): read from RDF, written as SPARQL and as RDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Triple

from kg.errors import ShapesError
from kg.validation.rdf import ShapesGraph, Term
from kg.vocab import RDF, SH

_FIRST: Final = NamedNode(f"{RDF}first")
_REST: Final = NamedNode(f"{RDF}rest")
_NIL: Final = NamedNode(f"{RDF}nil")
_REPEATS: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_DEEPEST: Final = 20
"""Paths within paths; a path that contains itself must end somewhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A property, or parts joined by `operator`: "/" one after the other, "|" either, "^" backwards, "*", "+", "?"."""

    operator: str = ""
    property: str = ""  # IRI, where there is no operator
    parts: tuple["Path", ...] = ()

    def sparql(self) -> str:
        """As SPARQL writes it."""
        return self._written("<", ">")

    def text(self) -> str:
        """As SPARQL writes it, without the angle brackets of IRIs."""
        return self._written("", "")

    def _written(self, left: str, right: str) -> str:
        if not self.operator:
            return f"{left}{self.property}{right}"
        inner = [f"({part._written(left, right)})" if part.parts else part._written(left, right) for part in self.parts]
        if self.operator in "/|":
            return self.operator.join(inner)
        return f"^{inner[0]}" if self.operator == "^" else f"{inner[0]}{self.operator}"

    def rdf(self) -> tuple[NamedNode | BlankNode, list[Triple]]:
        """The path as a node, and what there is to say about it."""
        if not self.operator:
            return NamedNode(self.property), []
        if self.operator in "/|":
            first, triples = _listed(self.parts)
            if self.operator == "/":
                return first, triples
            holder = BlankNode()
            return holder, [Triple(holder, NamedNode(f"{SH}alternativePath"), first), *triples]
        names = {"^": "inversePath"} | {sign: name for name, sign in _REPEATS.items()}
        node, triples = self.parts[0].rdf()
        holder = BlankNode()
        return holder, [Triple(holder, NamedNode(f"{SH}{names[self.operator]}"), node), *triples]


def read_path(graph: ShapesGraph, node: Term, depth: int = 0) -> Path:
    """The path that `node` is. Raises ShapesError for what is no path of SHACL."""
    if depth > _DEEPEST:
        raise ShapesError(f"{graph.name}: a path contains itself")
    if isinstance(node, NamedNode):
        return Path(property=node.value)
    for name, operator in (("inversePath", "^"), *_REPEATS.items()):
        inner = graph.value(node, name)
        if inner is not None:
            return Path(operator=operator, parts=(read_path(graph, inner, depth + 1),))
    alternatives = graph.value(node, "alternativePath")
    members = graph.items(node if alternatives is None else alternatives)
    if not members:
        raise ShapesError(f"{graph.name}: {graph.spelled(node)} is not a property path")
    return Path(
        operator="/" if alternatives is None else "|",
        parts=tuple(read_path(graph, member, depth + 1) for member in members),
    )


def _listed(parts: tuple[Path, ...]) -> tuple[BlankNode, list[Triple]]:
    nodes = [BlankNode() for _ in parts]
    return nodes[0], list(_links(parts, nodes))


def _links(parts: tuple[Path, ...], nodes: list[BlankNode]) -> Iterator[Triple]:
    for place, part in enumerate(parts):
        value, triples = part.rdf()
        yield Triple(nodes[place], _FIRST, value)
        yield from triples
        yield Triple(nodes[place], _REST, nodes[place + 1] if place + 1 < len(nodes) else _NIL)
