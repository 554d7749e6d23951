"""Reads SHACL shapes (https://www.w3.org/TR/shacl/): the part of the Recommendation that can be asked in SPARQL here.

What is not understood is never skipped: UntranslatableError names it.
"""

from dataclasses import dataclass, replace
from pathlib import Path as FilePath
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import ShapesError, UntranslatableError
from kg.sparql import refuse_unsafe
from kg.validation.paths import Path, read_path
from kg.validation.rdf import ShapesGraph, Term
from kg.validation.report import UNNAMED, VIOLATION
from kg.vocab import OWL, RDFS, SH

TARGETS: Final = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
VALUE_CONSTRAINTS: Final = frozenset(
    {
        *("class", "datatype", "nodeKind", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive"),
        *("minLength", "maxLength", "pattern", "languageIn", "in", "not", "and", "or", "xone", "node"),
    }
)
"""What each value keeps or breaks by itself."""
SET_CONSTRAINTS: Final = frozenset(
    {
        *("minCount", "maxCount", "uniqueLang", "hasValue", "equals", "disjoint", "lessThan", "lessThanOrEquals"),
        *("qualifiedMinCount", "qualifiedMaxCount", "sparql"),
    }
)
"""What all values of a node keep or break together."""
_ONE_SHAPE: Final = frozenset({"not", "node"})
_SHAPE_LISTS: Final = frozenset({"and", "or", "xone"})
_LISTS: Final = frozenset({"in", "languageIn"})
_SILENT: Final = frozenset(
    {
        *TARGETS,
        *("path", "property", "severity", "message", "deactivated", "flags", "qualifiedValueShape"),
        *("name", "description", "order", "group", "defaultValue"),
    }
)
"""What a shape may have besides constraints."""
_NOT_HERE: Final = (
    "ConstraintComponent",
    "Function",
    "JSFunction",
    "Rule",
    "TripleRule",
    "SPARQLRule",
    "SPARQLFunction",
)
"""Classes of sh: that bring extensions of the language along."""
_DEEPEST: Final = 20
"""Shapes within shapes; SHACL leaves recursive shapes open, and so do we."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Which nodes a shape is for: `kind` is one of TARGETS."""

    kind: str
    node: Term


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint:
    """One parameter of a shape, `sh:kind`, with its value in the form that the kind has."""

    kind: str
    value: Term | None = None
    members: tuple[Term, ...] = ()  # of a list of nodes
    shapes: tuple["Shape", ...] = ()  # of a list of shapes; the only one of sh:not, sh:node and counted values
    text: str = ""  # flags of a pattern; a query with its prefixes

    @property
    def component(self) -> str:
        """Local name of the constraint component, without its ending."""
        return "SPARQL" if self.kind == "sparql" else self.kind[0].upper() + self.kind[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A node shape, or a property shape where it has a path. `node` tells shapes without a name apart."""

    node: Term
    path: Path | None
    severity: str
    message: str  # "" without one
    targets: tuple[Target, ...]
    constraints: tuple[Constraint, ...]
    properties: tuple["Shape", ...]

    @property
    def name(self) -> str:
        """The shape's IRI."""
        return self.node.value if isinstance(self.node, NamedNode) else UNNAMED


def read_shapes(path: FilePath) -> tuple[Shape, ...]:
    """The shapes of a Turtle file that have targets, those that are not switched off.

    Raises ShapesError for a file that is no Turtle, that breaks the rules of SHACL or that has no shape, and
    UntranslatableError for what only a full SHACL engine can check.
    """
    graph = ShapesGraph(path)
    for name in _NOT_HERE:
        if graph.instances(f"{SH}{name}"):
            raise UntranslatableError(f"{path}: sh:{name} is an extension of SHACL")
    for kind in ("NodeShape", "PropertyShape"):
        classes = {*graph.instances(f"{RDFS}Class"), *graph.instances(f"{OWL}Class")}
        for node in classes.intersection(graph.instances(f"{SH}{kind}")):
            raise UntranslatableError(f"{path}: {graph.spelled(node)} is a class and a shape at once")
    if graph.subjects("target"):
        raise UntranslatableError(f"{path}: sh:target is an extension of SHACL")
    targeted = sorted({node for kind in TARGETS for node in graph.subjects(kind)}, key=str)
    if not targeted:
        raise ShapesError(f"{path}: no shape with a target (sh:targetClass, …) in this file")
    shapes = (_shape(graph, node) for node in targeted)
    return tuple(shape for shape in shapes if shape is not None)


def _shape(graph: ShapesGraph, node: Term, depth: int = 0) -> Shape | None:
    """The shape that `node` is, None when it is switched off."""
    if depth > _DEEPEST:
        raise UntranslatableError(f"{graph.name}: {graph.spelled(node)} contains itself")
    if isinstance(node, Literal):
        raise ShapesError(f"{graph.name}: {node} stands where a shape is expected")
    known = _SILENT | VALUE_CONSTRAINTS | SET_CONSTRAINTS
    for name in graph.properties(node):
        if name not in known:
            raise UntranslatableError(f"{graph.name}: sh:{name} of {graph.spelled(node)}")
    if graph.value(node, "deactivated") == Literal(True):
        return None
    severity, path = graph.value(node, "severity"), graph.value(node, "path")
    inner = (_shape(graph, inner, depth + 1) for inner in graph.values(node, "property"))
    shape = Shape(
        node=node,
        path=None if path is None else read_path(graph, path),
        severity=severity.value.removeprefix(SH) if isinstance(severity, NamedNode) else VIOLATION,
        message=_message(graph, node),
        targets=tuple(Target(kind=kind, node=value) for kind in TARGETS for value in graph.values(node, kind)),
        constraints=tuple(
            constraint
            for kind in sorted(VALUE_CONSTRAINTS | SET_CONSTRAINTS)
            for value in graph.values(node, kind)
            if (constraint := _constraint(graph, node, kind, value, depth)) is not None
        ),
        properties=tuple(shape for shape in inner if shape is not None),
    )
    if any(inner.path is None for inner in shape.properties):
        raise ShapesError(f"{graph.name}: {graph.spelled(node)}: sh:property leads to a shape without sh:path")
    return shape


def _message(graph: ShapesGraph, node: Term) -> str:
    message = " ".join(value.value for value in graph.values(node, "message") if isinstance(value, Literal))
    if "{?" in message or "{$" in message:
        raise UntranslatableError(f"{graph.name}: {graph.spelled(node)}: its message has variables")
    return message


def _constraint(graph: ShapesGraph, node: Term, kind: str, value: Term, depth: int) -> Constraint | None:
    """None for a constraint that is switched off or asks for nothing."""
    if kind in _LISTS:
        return Constraint(kind=kind, members=tuple(graph.items(value)))
    if kind in _SHAPE_LISTS | _ONE_SHAPE:
        nodes = graph.items(value) if kind in _SHAPE_LISTS else [value]
        return Constraint(kind=kind, shapes=tuple(_within(graph, inner, depth) for inner in nodes))
    if kind in {"qualifiedMinCount", "qualifiedMaxCount"}:
        counted = graph.value(node, "qualifiedValueShape")
        if counted is None:
            raise ShapesError(f"{graph.name}: {graph.spelled(node)}: sh:{kind} without sh:qualifiedValueShape")
        return Constraint(kind=kind, value=value, shapes=(_within(graph, counted, depth),))
    if kind == "pattern":
        flags = graph.value(node, "flags")
        return Constraint(kind=kind, value=value, text=flags.value if isinstance(flags, Literal) else "")
    if kind == "sparql":
        return _sparql(graph, node, value)
    if isinstance(value, BlankNode):
        raise ShapesError(f"{graph.name}: {graph.spelled(node)}: sh:{kind} is a blank node")
    if kind == "uniqueLang" and value != Literal(True):
        return None
    return Constraint(kind=kind, value=value)


def _within(graph: ShapesGraph, node: Term, depth: int) -> Shape:
    """A shape that another one asks for; switched off, it asks for nothing."""
    shape = _shape(graph, node, depth + 1)
    if shape is None:
        bare = {"targets": (), "constraints": (), "properties": ()}
        return Shape(node=node, path=None, severity=VIOLATION, message="", **bare)
    return replace(shape, targets=())


def _sparql(graph: ShapesGraph, node: Term, constraint: Term) -> Constraint | None:
    """SHACL, section 5: a SELECT of what breaks the rule, with the prefixes that it declares."""
    if graph.value(constraint, "deactivated") == Literal(True):
        return None
    for name in graph.properties(constraint):
        if name not in {"select", "prefixes", "deactivated"}:
            raise UntranslatableError(f"{graph.name}: sh:{name} of the sh:sparql of {graph.spelled(node)}")
    select = graph.value(constraint, "select")
    if not isinstance(select, Literal):
        raise ShapesError(f"{graph.name}: {graph.spelled(node)}: sh:sparql without sh:select")
    lines = []
    for holder in graph.values(constraint, "prefixes"):
        for declaration in graph.values(holder, "declare"):
            prefix, namespace = graph.value(declaration, "prefix"), graph.value(declaration, "namespace")
            if not isinstance(prefix, Literal) or namespace is None or isinstance(namespace, BlankNode):
                raise ShapesError(f"{graph.name}: {graph.spelled(holder)}: sh:declare without a prefix or a namespace")
            lines.append(f"PREFIX {prefix.value}: <{namespace.value}>\n")
    refuse_unsafe(select.value)
    return Constraint(kind="sparql", value=select, text="".join(sorted(lines)))
