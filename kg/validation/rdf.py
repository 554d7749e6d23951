"""A file of shapes as triples that can be asked, and what is asked of any graph."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, RdfFormat, Store, Triple, parse

from kg.errors import ShapesError
from kg.vocab import RDF, SH

Term = NamedNode | BlankNode | Literal

_FIRST: Final = NamedNode(f"{RDF}first")
_REST: Final = NamedNode(f"{RDF}rest")
_NIL: Final = NamedNode(f"{RDF}nil")
_LONGEST: Final = 10_000
"""Members of a list; a list that leads back into itself must end somewhere."""


def rows(store: Store, select: str) -> QuerySolutions:
    """The answer to a SELECT."""
    answer = store.query(select)
    if not isinstance(answer, QuerySolutions):
        raise TypeError(f"not a SELECT: {select}")
    return answer


class ShapesGraph:
    """The triples of a Turtle file of shapes."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._store = Store()
        try:
            self._store.extend(parse(path=str(path), format=RdfFormat.TURTLE))
        except (SyntaxError, OSError) as error:
            reason = getattr(error, "strerror", None) or error
            raise ShapesError(f"{path}: cannot be read as Turtle: {reason}") from error

    def triples(self) -> Iterator[Triple]:
        """All triples."""
        return (quad.triple for quad in self._store)

    def subjects(self, name: str) -> list[NamedNode | BlankNode]:
        """Nodes that have the property `sh:name`, in the order of their names."""
        found = {quad.subject for quad in self._store.quads_for_pattern(None, _sh(name), None)}
        return sorted((node for node in found if not isinstance(node, Triple)), key=str)

    def instances(self, class_: str) -> list[NamedNode | BlankNode]:
        """Nodes of a class, by its IRI."""
        found = self._store.quads_for_pattern(None, NamedNode(f"{RDF}type"), NamedNode(class_))
        return sorted((quad.subject for quad in found if not isinstance(quad.subject, Triple)), key=str)

    def properties(self, node: Term) -> list[str]:
        """Local names of the properties in sh: that the node has."""
        if isinstance(node, Literal):
            return []
        found = {quad.predicate.value for quad in self._store.quads_for_pattern(node, None, None)}
        return sorted(iri.removeprefix(SH) for iri in found if iri.startswith(SH))

    def values(self, node: Term, name: str) -> list[Term]:
        """Values of `sh:name`, in the order of their spelling."""
        if isinstance(node, Literal):
            return []
        found = (quad.object for quad in self._store.quads_for_pattern(node, _sh(name), None))
        return sorted((value for value in found if not isinstance(value, Triple)), key=str)

    def value(self, node: Term, name: str) -> Term | None:
        """The only value of `sh:name`, None without one. Raises ShapesError for several."""
        values = self.values(node, name)
        if len(values) > 1:
            raise ShapesError(f"{self.name}: {self.spelled(node)} has more than one sh:{name}")
        return values[0] if values else None

    def items(self, node: Term) -> list[Term]:
        """The members of an RDF list. Raises ShapesError for a broken one."""
        members: list[Term] = []
        while node != _NIL:
            first, rest = self._one(node, _FIRST), self._one(node, _REST)
            if first is None or rest is None or len(members) > _LONGEST:
                raise ShapesError(f"{self.name}: {self.spelled(node)} is not a list")
            members.append(first)
            node = rest
        return members

    def _one(self, node: Term, predicate: NamedNode) -> Term | None:
        if isinstance(node, Literal):
            return None
        found = [quad.object for quad in self._store.quads_for_pattern(node, predicate, None)]
        return found[0] if len(found) == 1 and not isinstance(found[0], Triple) else None

    def spelled(self, node: Term) -> str:
        """A node as a message names it."""
        return "a shape without a name" if isinstance(node, BlankNode) else str(node)


def _sh(name: str) -> NamedNode:
    return NamedNode(f"{SH}{name}")
