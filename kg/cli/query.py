"""`kg query`: SPARQL over a graph."""

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.asking import DEFAULT_GRAPH, Asked, as_asked
from kg.cli.deadline import time_limit
from kg.cli.exits import JsonOption
from kg.terminal import begin_output, complain, print_table, say, write

if TYPE_CHECKING:
    from kg.exporters.answers import Answer
    from kg.named_queries import NamedQuery
    from kg.store import Graph

_STDIN: Final = "-"
SECONDS: Final = 60.0
"""A question to a graph of a million triples takes less than a second."""
ROWS: Final = 1_000
"""Rows of a table, which is laid out as a whole and read by people; the other formats give every row."""
_GRAPHS_APART: Final = re.compile(r"\b(?:graph|from)\b", re.IGNORECASE)
"""A query without these words is the same to graph.ttl and to graph.trig."""


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


def query(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[GRAPH] QUERY|NAME [--PARAMETER VALUE]…",
            help="A build folder (`build` in this folder when left out), a store, or a .ttl, .trig, .nt or .nq file; "
            "then SPARQL, or a named query and values of its parameters.",
            show_default=False,
        ),
    ] = None,
    file: Annotated[
        str | None, typer.Option("--file", "-f", metavar="FILE", help="Read the query from a file; - is stdin.")
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help="List the named queries and their parameters.")] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Print the query for use in another store; ask nothing.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print how the query is answered: steps, their rows and seconds.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to print the answer.")] = Format.TABLE,
    parameter: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="A parameter's value, written otherwise.")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(min=0, help=f"Print at most so many rows; 0 is all. [default: {ROWS:,} in a table, else all]"),
    ] = None,
    timeout: Annotated[float, typer.Option(min=0, help="Stop after so many seconds; 0 is never.")] = SECONDS,
    service: Annotated[
        list[str] | None,
        typer.Option("--allow-service", metavar="URL", help="Let SERVICE <URL> ask this endpoint over the network."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ask a graph in SPARQL, or by the name of a question that comes with newskg.

    The prefixes of the written graph are declared: kg, sem, schema, prov, org, nif, skos, rdf, rdfs, xsd, dcterms, owl,
    topic, plover, wd, and entity, event, post, statement, fact, publisher, run for what is in the graph.

    Examples:

        kg query --list

        kg query leader-contacts --actor "Vladimir Putin" --since 2025-07-01

        kg query build what-did-they-say --actor Trump --about Russia --format csv

        kg query build "SELECT ?label { ?e a kg:PhoneCall ; rdfs:label ?label }"

        kg query build/graph.ttl -f question.rq --format json --timeout 300

        kg query --show planned > planned.rq
    """
    if show_list:
        begin_output()
        _list_queries()
        return
    text = None if file is None else _read(file)
    asked = as_asked(words or [], text, _pairs(parameter or []))
    if show:
        begin_output()
        write(_portable(asked))
        return
    services = tuple(service or ())
    graph = _open(asked)
    _hint(asked.sparql, graph, services)
    if explain:
        _explain(asked, graph, services, timeout)
        return
    with time_limit(timeout, "ask for less, or give more time with --timeout"):
        form = Format.JSON if as_json else format_
        rows = (ROWS if form is Format.TABLE else 0) if limit is None else limit
        answer = _ask(graph, asked, services, rows or None)
    begin_output()
    _print(answer, form, graph)
    if answer.cut:
        complain(f"only the first {rows:,} are shown; all with --limit 0")


def _read(file: str) -> str:
    try:
        return sys.stdin.read() if file == _STDIN else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read: {error}", param_hint="--file") from error


def _pairs(pairs: list[str]) -> dict[str, str]:
    """`name=value` options as a mapping."""
    values = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="--param")
        values[name.strip()] = value
    return values


def _open(asked: Asked) -> "Graph":
    from kg.store import Graph

    if asked.graph == DEFAULT_GRAPH and not Path(asked.graph).exists():
        raise typer.BadParameter(f"no folder {DEFAULT_GRAPH!r} here; name a graph: kg query GRAPH QUERY")
    return Graph.load(asked.graph, merged=_GRAPHS_APART.search(asked.sparql) is None)


def _hint(sparql: str, graph: "Graph", services: tuple[str, ...]) -> None:
    from kg.hints import hints

    for hint in hints(sparql, graph, services):
        complain(hint)


def _portable(asked: Asked) -> str:
    from kg.sparql import with_prefixes
    from kg.vocab import data_prefixes

    return with_prefixes(asked.sparql, data_prefixes()).rstrip() + "\n"


def _explain(asked: Asked, graph: "Graph", services: tuple[str, ...], timeout: float) -> None:
    from kg.serving.location import database
    from kg.serving.program import explain
    from kg.sparql import with_prefixes
    from kg.store import Graph

    Graph((), base=graph.base).query(asked.sparql, services=services)  # a mistake is told as always
    prefixes = graph.prefixes()
    with database(graph) as folder:
        steps = explain(folder, with_prefixes(asked.sparql, prefixes), prefixes, seconds=timeout or None)
    begin_output()
    for step in steps:
        write(step + "\n")


def _ask(graph: "Graph", asked: Asked, services: tuple[str, ...], limit: int | None) -> "Answer":
    from kg.exporters.answers import read_answer

    return read_answer(graph.query(asked.sparql, asked.bindings, services=services), limit=limit)


def _print(answer: "Answer", format_: Format, graph: "Graph") -> None:
    from kg.exporters.answers import as_cells, as_csv, as_json, as_turtle

    match format_:
        case Format.CSV:
            write(as_csv(answer))
        case Format.JSON:
            write(as_json(answer))
        case Format.TURTLE:
            write(as_turtle(answer, graph.prefixes()))
        case Format.TABLE:
            columns, rows = as_cells(answer, graph.prefixes())
            print_table(columns, rows)
            if not rows:
                complain("no rows")


def _list_queries() -> None:
    from kg.named_queries import named_queries

    print_table(("name", "answers"), [row for named in named_queries().values() for row in _lines(named)])
    say()
    say("kg query [GRAPH] NAME [--PARAMETER VALUE]…; without a value a parameter has its default")


def _lines(named: "NamedQuery") -> list[tuple[str, str]]:
    return [
        (named.name, named.answers),
        *(("", f"--{p.name}  {p.meaning} (default: {p.default})") for p in named.parameters),
    ]
