"""What is asked of a SPARQL text before the engine sees it, and how its complaints are told to people."""

import re
from collections.abc import Collection, Mapping
from difflib import get_close_matches
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
    rf"(?<![?$:])service{_GAP}(?:silent{_GAP})?(<[^>]*>|[?$]\w+|[^\s{{}}<>()]*:[^\s{{]*){_GAP}\{{", re.IGNORECASE
)
"""A SERVICE clause anywhere in the text, even where a comment or a string looks like one: refusing too much is safe."""
_POSITION: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_UNKNOWN_PREFIX: Final = "Prefix not found"
_PREFIX_NAME: Final = re.compile(r"([\w.-]*):")
TOKEN: Final = re.compile(
    r"""<(?P<iri>[^<>"{}|^`\\\x00-\x20]*)>"""
    r"""|(?:\"{3}.*?(?:\"{3}|\Z)|'{3}.*?(?:'{3}|\Z)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')"""
    r"""|\#[^\r\n]*|[?$]\w+"""
    r"""|(?<![\w@])(?P<prefix>[A-Za-z](?:[\w.-]*[\w-])?)?:(?P<local>(?:[\w:%-]|\\.|\.(?=[\w:%-]))*)""",
    re.DOTALL,
)
"""IRIs and prefixed names (SPARQL 1.1, 19.8); strings, comments and variables are matched so as to be passed over."""


class Iri(str):
    """A text among a query's bindings that names a resource; every other text is a literal."""

    __slots__ = ()


def refuse_unsafe(sparql: str, services: Collection[str] = ()) -> None:
    """Raise QueryError for a query that would end the process, or reach for an address that is not in `services`.

    SPARQL 1.1 Federated Query, 2.
    """
    if len(sparql) > MAX_CHARACTERS:
        raise QueryError(f"the query has {len(sparql):,} characters; at most {MAX_CHARACTERS:,} are read")
    for match in _SERVICE.finditer(sparql):
        if not services:
            raise QueryError("SERVICE is refused: a query answers from this graph and never asks the network")
        if match[1][1:-1] not in services:
            allowed = " and ".join(f"<{service}>" for service in services)
            raise QueryError(f"SERVICE {match[1]} is refused: only {allowed} is allowed, written just so")
    depth = deepest = 0
    for character in sparql:
        depth += (character in "({[") - (character in ")}]")
        deepest = max(deepest, depth)
    if deepest > MAX_NESTING:
        raise QueryError(f"the query nests {deepest} brackets deep; at most {MAX_NESTING} are read")


def with_prefixes(sparql: str, prefixes: Mapping[str, str]) -> str:
    """The query with a declaration of each prefix that it uses, so that every SPARQL 1.1 engine reads it."""
    used = {match["prefix"] for match in TOKEN.finditer(sparql) if match["prefix"]}
    lines = [f"PREFIX {name}: <{iri}>" for name, iri in prefixes.items() if name in used]
    return "\n".join([*lines, sparql])


def explain_syntax_error(sparql: str, message: str, prefixes: Collection[str] = ()) -> str:
    """The engine's message with the place in words and the text that stands there, on one line."""
    found = _POSITION.fullmatch(message.strip())
    if found is None:
        return f"not a SPARQL query: {' '.join(message.split())}"
    line, column = int(found[1]), int(found[2])
    lines = sparql.splitlines() or [""]
    here = lines[min(line, len(lines)) - 1]
    complaint = " ".join(found[3].split())
    rest = " ".join(here[max(column - 1, 0) :].split())
    if _UNKNOWN_PREFIX in complaint:
        complaint = _unknown_prefix(sparql, rest, prefixes)
    near = f" before {rest[:EXCERPT]!r}" if rest else f" after {here.strip()[-EXCERPT:]!r}"
    return f"not a SPARQL query: line {line}, column {column}: {complaint}{near}"


def _unknown_prefix(sparql: str, rest: str, prefixes: Collection[str]) -> str:
    """What to say of a prefix that nobody declared; the engine points before or behind it."""
    names = [name[1] for name in [_PREFIX_NAME.match(rest)] if name]
    names += [match["prefix"] for match in TOKEN.finditer(sparql) if match["prefix"]]
    unknown = next((name for name in names if name not in prefixes), "")
    near = get_close_matches(unknown, prefixes, 1)
    meant = f"did you mean {near[0]}:? Else " if near else ""
    return f"unknown prefix{f' {unknown}:' if unknown else ''} ({meant}declare it with PREFIX name: <IRI>)"
