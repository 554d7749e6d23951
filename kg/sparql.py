"""What is asked of a SPARQL text before the engine sees it, and how its complaints are told to people."""

import re
from typing import Final

from kg.errors import QueryError

MAX_CHARACTERS: Final = 100_000
"""Longer than any query written by hand; bounds the work of the parser."""
MAX_NESTING: Final = 200
"""Oxigraph 0.5 parses by recursion: 1,000 nested groups pass, 10,000 end the process."""
EXCERPT: Final = 40
"""Characters of the query quoted in a message."""

_GAP: Final = r"(?:\s|#[^\r\n]*(?:[\r\n]|\Z))*"
_SERVICE: Final = re.compile(
    rf"(?<![?$:])service{_GAP}(?:silent{_GAP})?(?:<[^>]*>|[?$]\w+|[^\s{{}}<>()]*:[^\s{{]*){_GAP}\{{", re.IGNORECASE
)
"""A SERVICE clause anywhere in the text, even where a comment or a string looks like one: refusing too much is safe."""
_POSITION: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_UNKNOWN_PREFIX: Final = "Prefix not found"


class Iri(str):
    """A text among a query's bindings that names a resource; every other text is a literal."""

    __slots__ = ()


def refuse_unsafe(sparql: str) -> None:
    """Raise QueryError for a query that would reach the network or end the process. SPARQL 1.1 Federated Query, 2."""
    if len(sparql) > MAX_CHARACTERS:
        raise QueryError(f"the query has {len(sparql):,} characters; at most {MAX_CHARACTERS:,} are read")
    if _SERVICE.search(sparql):
        raise QueryError("SERVICE is refused: a query answers from this graph and never asks the network")
    depth = deepest = 0
    for character in sparql:
        depth += (character in "({[") - (character in ")}]")
        deepest = max(deepest, depth)
    if deepest > MAX_NESTING:
        raise QueryError(f"the query nests {deepest} brackets deep; at most {MAX_NESTING} are read")


def explain_syntax_error(sparql: str, message: str) -> str:
    """The engine's message with the place in words and the text that stands there, on one line."""
    found = _POSITION.fullmatch(message.strip())
    if found is None:
        return f"not a SPARQL query: {' '.join(message.split())}"
    line, column = int(found[1]), int(found[2])
    lines = sparql.splitlines() or [""]
    here = lines[min(line, len(lines)) - 1]
    complaint = " ".join(found[3].split())
    if _UNKNOWN_PREFIX in complaint:
        complaint = "unknown prefix (declare it with PREFIX name: <IRI>)"
    rest = " ".join(here[max(column - 1, 0) :].split())
    near = f" before {rest[:EXCERPT]!r}" if rest else f" after {here.strip()[-EXCERPT:]!r}"
    return f"not a SPARQL query: line {line}, column {column}: {complaint}{near}"
