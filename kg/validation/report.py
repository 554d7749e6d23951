"""What a check of a graph found: for people, as JSON, and as the report that SHACL defines (section 3.6)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kg.validation.paths import Path
from kg.vocab import RDF, SH, data_prefixes

VIOLATION: Final = "Violation"
SEVERITIES: Final = (VIOLATION, "Warning", "Info")
"""Worst first; `sh:severity` of a shape."""

UNNAMED: Final = "_:"
"""A blank node as text: they are all written alike, because their labels differ from run to run."""

Node = NamedNode | BlankNode | Literal

_TYPE: Final = NamedNode(f"{RDF}type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One result: `node` breaks `shape`."""

    severity: str  # local name of a severity, mostly one of SEVERITIES
    node: Node
    route: Path | None  # the property; None when the whole node is meant
    found: Node | None  # the value at fault, where there is one
    message: str
    shape: str  # IRI; UNNAMED for a shape without a name
    constraint: str  # local name of the constraint component, "MinCount"; see SHACL, section 4

    @property
    def focus(self) -> str:
        """The node as text: an IRI in full."""
        return node_text(self.node)

    @property
    def path(self) -> str | None:
        """The property as a SPARQL property path, IRIs in full; None when the whole node is meant."""
        return None if self.route is None else self.route.text()

    @property
    def value(self) -> str | None:
        """The value at fault as text: a literal without its type."""
        return None if self.found is None else node_text(self.found)

    def as_json(self) -> dict[str, str | None]:
        """The result for machines that read no RDF."""
        return {
            "severity": self.severity,
            "focus": self.focus,
            "path": self.path,
            "value": self.value,
            "message": self.message,
            "shape": self.shape,
            "constraint": self.constraint,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationReport:
    """All results, the worst first, then by focus. A graph conforms when none is of severity Violation."""

    violations: tuple[Violation, ...]
    engine: str  # one of `kg.validation.Engine`, never auto
    triples: int  # of the graph
    because: str | None = None  # why the engine is not the one that would have been taken

    @property
    def conforms(self) -> bool:
        """True also when there are warnings."""
        return all(violation.severity != VIOLATION for violation in self.violations)

    def as_json(self) -> str:
        """The report as a JSON object, ending with a line break."""
        whole: dict[str, Any] = {
            "conforms": self.conforms,
            "engine": self.engine,
            "triples": self.triples,
            "violations": [violation.as_json() for violation in self.violations],
        }
        return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"

    def as_turtle(self) -> str:
        """The report as RDF, `sh:conforms` as SHACL means it: true only when there is no result at all."""
        prefixes = {**data_prefixes(), "sh": SH}
        written = serialize(self._triples(), format=RdfFormat.TURTLE, prefixes=prefixes)
        return written.decode() if written is not None else ""

    def _triples(self) -> Iterator[Triple]:
        whole = BlankNode("report")
        yield Triple(whole, _TYPE, _sh("ValidationReport"))
        yield Triple(whole, _sh("conforms"), Literal(not self.violations))
        for number, violation in enumerate(self.violations):
            result = BlankNode(f"result{number}")
            yield Triple(whole, _sh("result"), result)
            yield Triple(result, _TYPE, _sh("ValidationResult"))
            yield Triple(result, _sh("resultSeverity"), _sh(violation.severity))
            yield Triple(result, _sh("focusNode"), violation.node)
            yield Triple(result, _sh("resultMessage"), Literal(violation.message))
            yield Triple(result, _sh("sourceConstraintComponent"), _sh(f"{violation.constraint}ConstraintComponent"))
            if violation.route is not None:
                path, described = violation.route.rdf()
                yield Triple(result, _sh("resultPath"), path)
                yield from described
            if violation.found is not None:
                yield Triple(result, _sh("value"), violation.found)
            if violation.shape != UNNAMED:
                yield Triple(result, _sh("sourceShape"), NamedNode(violation.shape))


def rank(violation: Violation) -> int:
    """How bad a result is: 0 is the worst; severities that SHACL does not know come last."""
    return SEVERITIES.index(violation.severity) if violation.severity in SEVERITIES else len(SEVERITIES)


def order(violation: Violation) -> tuple[int, str, str, str, str, str, str]:
    """Key of the order of results."""
    path, value = violation.path or "", violation.value or ""
    return (rank(violation), violation.focus, path, value, violation.message, violation.shape, violation.constraint)


def node_text(node: Node) -> str:
    """A node for people: an IRI in full, a literal without its type."""
    return UNNAMED if isinstance(node, BlankNode) else node.value


def _sh(name: str) -> NamedNode:
    return NamedNode(f"{SH}{name}")
