"""Checks a graph by asking what breaks each shape (`kg.validation.queries`)."""

from collections.abc import Callable, Iterator

from pyoxigraph import Literal, Store, Triple

from kg.errors import UntranslatableError
from kg.validation.queries import Question, Subclasses, questions
from kg.validation.rdf import rows
from kg.validation.report import Node, Violation
from kg.validation.shapes import Constraint, Shape
from kg.vocab import RDFS


def translate(shapes: tuple[Shape, ...], below: Subclasses) -> tuple[Question, ...]:
    """All queries of the shapes. Raises UntranslatableError for what cannot be asked."""
    asked = tuple(questions(shapes, below))
    empty = Store()
    for question in asked:
        _try(empty, question)
    return asked


def breaches(store: Store, asked: tuple[Question, ...], told: Callable[[int], None]) -> Iterator[Violation]:
    """What breaks the shapes; `told` hears how many queries are answered."""
    for number, question in enumerate(asked, start=1):
        yield from _answers(store, question)
        told(number)


def subclasses(store: Store) -> Subclasses:
    """Each class of the graph with those below it."""
    below: dict[str, set[str]] = {}
    for row in rows(store, f"SELECT ?c ?a WHERE {{ ?c <{RDFS}subClassOf>+ ?a FILTER(isIRI(?c) && isIRI(?a)) }}"):
        below.setdefault(row["a"].value, {row["a"].value}).add(row["c"].value)
    return {class_: frozenset(found) for class_, found in below.items()}


def _try(empty: Store, question: Question) -> None:
    """Refuse what the engine cannot read: the query as a whole, and patterns, which it would take for a mismatch."""
    shape, constraint = question.shape, question.constraint
    try:
        empty.query(question.sparql)
    except SyntaxError as error:
        raise UntranslatableError(f"sh:{constraint.kind} of {shape.name}: {error}") from error
    for inner in _patterns(shape):
        flags = f", {Literal(inner.text)}" if inner.text else ""
        if not empty.query(f'ASK {{ BIND(REGEX("", {inner.value}{flags}) AS ?read) FILTER(BOUND(?read)) }}'):
            raise UntranslatableError(f"sh:pattern {inner.value} of {shape.name} is no pattern for this engine")


def _patterns(shape: Shape) -> Iterator[Constraint]:
    for constraint in shape.constraints:
        if constraint.kind == "pattern":
            yield constraint
        for inner in constraint.shapes:
            yield from _patterns(inner)
    for inner in shape.properties:
        yield from _patterns(inner)


def _answers(store: Store, question: Question) -> Iterator[Violation]:
    shape, constraint = question.shape, question.constraint
    answer = rows(store, question.sparql)
    shows_value = any(variable.value == "value" for variable in answer.variables)
    for row in answer:
        focus, value = _node(row["focus"]), _node(row["value"]) if shows_value else None
        if focus is None:
            raise TypeError(f"no node in an answer to: {question.sparql}")
        yield Violation(
            severity=shape.severity,
            node=focus,
            route=shape.path,
            found=None if value == focus else value,
            message=shape.message or f"sh:{constraint.kind} is not kept",
            shape=shape.name,
            constraint=constraint.component,
        )


def _node(term: object) -> Node | None:
    return None if term is None or isinstance(term, Triple) else term  # type: ignore[return-value]
