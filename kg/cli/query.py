"""`kg query`: SPARQL over a graph."""

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.exits import GRAPH_HELP, JsonOption
from kg.terminal import begin_output, complain, print_table, write

if TYPE_CHECKING:
    from kg.exporters.answers import Answer
    from kg.store import Graph

_NAME: Final = re.compile(r"[\w-]+")
"""A query's name is one word; SPARQL never is."""
_STDIN: Final = "-"


class Format(StrEnum):
    """How an answer is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    TURTLE = "turtle"


def query(
    graph: Annotated[
        str | None,
        typer.Argument(metavar="GRAPH", help=GRAPH_HELP, show_default=False),
    ] = None,
    question: Annotated[
        str | None, typer.Argument(metavar="QUERY|NAME", help="SPARQL, or a named query.", show_default=False)
    ] = None,
    file: Annotated[
        str | None, typer.Option("--file", "-f", metavar="FILE", help="Read the query from a file; - is stdin.")
    ] = None,
    show_list: Annotated[bool, typer.Option("--list", help="List the named queries and their parameters.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to print the answer.")] = Format.TABLE,
    parameter: Annotated[
        list[str] | None, typer.Option("--param", metavar="NAME=VALUE", help="Value of a named query's parameter.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Print at most so many rows.", show_default=False)] = None,
    as_json: JsonOption = False,
) -> None:
    """Ask a graph in SPARQL, or by the name of a question that comes with newskg.

    The prefixes kg, sem, schema, prov, org, nif, skos, rdf, rdfs, xsd, dcterms, owl, topic and plover are declared.

    Examples:

        kg query build --list

        kg query build leader-contacts

        kg query build what-did-they-say --param name=Putin --format csv

        kg query build "SELECT ?label { ?e a kg:PhoneCall ; rdfs:label ?label }"

        kg query build/graph.ttl -f question.rq --format json
    """
    if show_list:
        begin_output()
        _list_queries()
        return
    if graph is None:
        raise typer.BadParameter("name a graph: a build folder or a file", param_hint="GRAPH")
    text = _question(question, file)
    from kg.store import Graph

    answer = _ask(Graph.load(graph), text, _bindings(parameter or []), limit)
    begin_output()
    _print(answer, Format.JSON if as_json else format_)
    if answer.cut:
        complain(f"only the first {limit:,} are shown")


def _question(question: str | None, file: str | None) -> str:
    """The text to ask: the argument or the file's content. Exactly one must be given."""
    if (question is None) == (file is None):
        raise typer.BadParameter("give a query, a name or -f FILE (kg query GRAPH --list shows the names)")
    if file is None:
        return question or ""
    try:
        return sys.stdin.read() if file == _STDIN else Path(file).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read: {error}", param_hint="--file") from error


def _bindings(pairs: list[str]) -> dict[str, str]:
    """`name=value` options as a mapping."""
    bindings = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise typer.BadParameter(f"{pair!r} is not NAME=VALUE", param_hint="--param")
        bindings[name.strip()] = value
    return bindings


def _ask(graph: "Graph", text: str, bindings: dict[str, str], limit: int | None) -> "Answer":
    from kg.exporters.answers import read_answer
    from kg.named_queries import named_query

    if _NAME.fullmatch(text.strip()):
        named = named_query(text.strip())
        hidden = {parameter.name for parameter in named.parameters}
        return read_answer(named.run(graph, bindings), limit=limit, hide=hidden)
    return read_answer(graph.query(text, bindings), limit=limit)


def _print(answer: "Answer", format_: Format) -> None:
    from kg.exporters.answers import as_cells, as_csv, as_json, as_turtle
    from kg.vocab import data_prefixes

    match format_:
        case Format.CSV:
            write(as_csv(answer))
        case Format.JSON:
            write(as_json(answer))
        case Format.TURTLE:
            write(as_turtle(answer, data_prefixes()))
        case Format.TABLE:
            columns, rows = as_cells(answer, data_prefixes())
            print_table(columns, rows)
            if not rows:
                complain("no rows")


def _list_queries() -> None:
    from kg.named_queries import named_queries

    rows = []
    for named in named_queries().values():
        rows.append((named.name, named.answers))
        rows += [("", f"--param {p.name}=…  {p.meaning} (default: {p.default})") for p in named.parameters]
    print_table(("name", "answers"), rows)
