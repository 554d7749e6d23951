"""The questions that people ask first, each a file of `kg/queries` that runs in any SPARQL 1.1 store.

The first line of a file is a comment that says what it answers; a line `# parameter: name: meaning (default: …)`
declares a parameter, a variable that the query projects. Without a value a parameter stays unbound and the query
answers for everything; a value is bound by the engine as a literal and is never pasted into the text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    from kg.store import Graph

_PARAMETER: Final = re.compile(r"# parameter: (?P<name>[a-z_]+): (?P<meaning>.+?) \(default: (?P<default>.+)\)")
_SUFFIX: Final = ".rq"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A variable of a named query that the user may give a value."""

    name: str
    meaning: str
    default: str  # in words: what the query answers for when no value is given


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A question with a name."""

    name: str
    answers: str
    parameters: tuple[Parameter, ...]
    text: str

    def run(
        self, graph: "Graph", parameters: Mapping[str, str] | None = None
    ) -> "QuerySolutions | QueryBoolean | QueryTriples":
        """Ask the graph. Raises QueryError for a parameter that the query does not have."""
        known = [parameter.name for parameter in self.parameters]
        for name in parameters or {}:
            if name not in known:
                has = f"it has {', '.join(known)}" if known else "it has none"
                raise QueryError(f"query {self.name!r} has no parameter {name!r}; {has}")
        return graph.query(self.text, parameters)


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
    meant = f"did you mean {' or '.join(near)}?" if near else "list them with: kg query GRAPH --list"
    raise QueryError(f"no query is named {name!r}; {meant}")


def _read(name: str, text: str) -> NamedQuery:
    """Take the comments at the top of a query file apart."""
    head = [line for line in text.splitlines() if line.startswith("#")]
    matches = (_PARAMETER.fullmatch(line) for line in head[1:])
    parameters = tuple(Parameter(**match.groupdict()) for match in matches if match)
    return NamedQuery(name=name, answers=head[0].removeprefix("# "), parameters=parameters, text=text)
