"""The questions that people ask first, each a file of `kg/queries` that runs in any SPARQL 1.1 store.

The first line of a file is a comment that says what it answers; a line `# parameter: name: meaning (default: …)`, with
`name (date)` or `name (number)` where only such a value makes sense, declares a parameter. The query has it as
`VALUES ?name { UNDEF }`, unbound, so that it answers for everything; a value takes the place of UNDEF, here as in any
editor.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.vocab import XSD

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    from kg.store import Graph

_PARAMETER: Final = re.compile(
    r"# parameter: (?P<name>[a-z]+)(?: \((?P<kind>date|number)\))?: (?P<meaning>.+?) \(default: (?P<default>.+)\)"
)
_OPEN: Final = re.compile(r"VALUES \?(?P<name>[a-z]+) \{ UNDEF \}")
_SUFFIX: Final = ".rq"
_DECIMAL: Final = NamedNode(f"{XSD}decimal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A variable of a named query that the user may give a value."""

    name: str
    kind: str | None  # "date", "number", or None for a text
    meaning: str
    default: str  # in words: what the query answers for when no value is given

    def term(self, value: str) -> Literal:
        """The value as a literal; a date stays a text, to be compared with one. Raises QueryError."""
        try:
            if self.kind == "number" and Decimal(value).is_finite():
                return Literal(value, datatype=_DECIMAL)
            if self.kind == "date":
                return Literal(date.fromisoformat(value).isoformat())
        except (ValueError, InvalidOperation) as error:
            raise QueryError(f"{value!r} is no {self.kind} for --{self.name}; {_LIKE[self.kind or '']}") from error
        if self.kind == "number":
            raise QueryError(f"{value!r} is no number for --{self.name}; {_LIKE['number']}")
        return Literal(value)


_LIKE: Final = {"date": "write it as 2025-07-01", "number": "write it as 0.5"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A question with a name."""

    name: str
    answers: str
    parameters: tuple[Parameter, ...]
    text: str

    def filled_in(self, values: Mapping[str, str]) -> str:
        """The query's text with these values of its parameters. Raises QueryError for one that it does not have."""
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values:
            if name not in known:
                has = f"it has {', '.join(f'--{known_name}' for known_name in known)}" if known else "it has none"
                raise QueryError(f"query {self.name!r} has no parameter {name!r}; {has}")
        # The literals are written by the engine's own writer. In one pass: a value is not searched for parameters.
        terms = {name: str(known[name].term(value)) for name, value in values.items()}
        return _OPEN.sub(lambda m: f"VALUES ?{m['name']} {{ {terms.get(m['name'], 'UNDEF')} }}", self.text)

    def run(
        self, graph: "Graph", parameters: Mapping[str, str] | None = None
    ) -> "QuerySolutions | QueryBoolean | QueryTriples":
        """Ask the graph. Raises QueryError for a parameter that the query does not have."""
        return graph.query(self.filled_in(parameters or {}))


@cache
def named_queries() -> dict[str, NamedQuery]:
    """All named queries, in the order of their names."""
    folder = files("kg") / "queries"
    found = sorted(file.name for file in folder.iterdir() if file.name.endswith(_SUFFIX))
    return {
        name.removesuffix(_SUFFIX): _read(name.removesuffix(_SUFFIX), (folder / name).read_text(encoding="utf-8"))
        for name in found
    }


def named_query(name: str) -> NamedQuery:
    """The query of that name. Raises QueryError with the nearest names."""
    queries = named_queries()
    if name in queries:
        return queries[name]
    near = get_close_matches(name, queries)
    meant = f"did you mean {' or '.join(near)}?" if near else "list them with: kg query --list"
    raise QueryError(f"no query is named {name!r}; {meant}")


def _read(name: str, text: str) -> NamedQuery:
    """Take the comments at the top of a query file apart."""
    head = [line for line in text.splitlines() if line.startswith("#")]
    matches = (_PARAMETER.fullmatch(line) for line in head[1:])
    parameters = tuple(Parameter(**match.groupdict()) for match in matches if match)
    return NamedQuery(name=name, answers=head[0].removeprefix("# "), parameters=parameters, text=text)
