"""`kg validate`: does a graph keep its shapes?"""

from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.exits import NOT_ALL_WELL, GraphArgument, JsonOption
from kg.terminal import begin_output, complain, progress_display, say, write

if TYPE_CHECKING:
    from kg.validation import ValidationReport, Violation

SHOWN: Final = 3
"""Nodes that are named for each rule; `--all` names them all."""


class Format(StrEnum):
    """How a report is printed."""

    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"


class EngineChoice(StrEnum):
    """`kg.validation.Engine`, which is not imported for a help text."""

    AUTO = "auto"
    SPARQL = "sparql"
    PYSHACL = "pyshacl"


def validate(
    graph: GraphArgument,
    shapes: Annotated[
        str | None,
        typer.Option("--shapes", metavar="FILE", help="Check against this Turtle file of SHACL shapes instead."),
    ] = None,
    engine: Annotated[
        EngineChoice,
        typer.Option(
            "--engine",
            help="Who checks: pySHACL, or the shapes as SPARQL, which is much faster and gives the same verdicts; "
            "auto takes pySHACL for small graphs and for shapes that have no SPARQL.",
        ),
    ] = EngineChoice.AUTO,
    format_: Annotated[
        Format, typer.Option("--format", help="How to print the report; turtle is the report that SHACL defines.")
    ] = Format.TEXT,
    show_all: Annotated[bool, typer.Option("--all", help=f"Name all nodes, not {SHOWN} for each rule.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Check a graph against the SHACL shapes of newskg, or others, and print what breaks them.

    In a store every sentence is also compared with the article's stored text. The exit code is 1 when something is
    violated, and 0 when there are only warnings.

    Examples:

        kg validate build

        kg validate news --all

        kg validate build/graph.ttl --shapes my-shapes.ttl --format turtle
    """
    from kg.collection.disk import is_collection
    from kg.collection.texts import stored_texts
    from kg.store import Graph
    from kg.validation import Engine
    from kg.validation import validate as check

    loaded = Graph.load(graph)
    with progress_display(enabled=True) as progress:
        report = check(
            loaded,
            shapes=None if shapes is None else Path(shapes),
            engine=Engine(engine.value),
            articles=stored_texts(Path(graph)) if shapes is None and is_collection(Path(graph)) else None,
            progress=progress,
        )
    if report.because:
        complain(f"checked by pySHACL: {report.because}")
    begin_output()
    if as_json or format_ is Format.JSON:
        write(report.as_json())
    elif format_ is Format.TURTLE:
        write(report.as_turtle())
    else:
        _print(report, show_all=show_all)
    if not report.conforms:
        raise typer.Exit(NOT_ALL_WELL)


def _print(report: "ValidationReport", *, show_all: bool) -> None:
    """Rule by rule: what it says, and which nodes break it."""
    groups = list(_by_rule(report))
    for found in groups:
        first, nodes = found[0], len({violation.focus for violation in found})
        say(f"{first.severity}: {first.message}")
        say(f"  {first.shape.rpartition('#')[2]}, {nodes:,} {'node' if nodes == 1 else 'nodes'}")
        shown = found if show_all else found[:SHOWN]
        for violation in shown:
            say(f"    {violation.focus}{_detail(violation)}")
        if len(found) > len(shown):
            say(f"    … and {len(found) - len(shown):,} more (--all)")
        say()
    violated = sum(1 for found in groups if found[0].severity == "Violation")
    checked = f"{report.triples:,} triples, checked with {report.engine}"
    if not groups:
        say(f"The graph keeps all shapes ({checked}).")
    else:
        others = len(groups) - violated
        say(f"{violated:,} rules violated, {others:,} with warnings only ({checked}).")


def _by_rule(report: "ValidationReport") -> Iterator[list["Violation"]]:
    """The results of one shape each, the worst first; what several constraints of a shape say of a value only once."""
    from kg.validation.report import rank

    seen = {(v.severity, v.shape, v.message, v.focus, v.path, v.value): v for v in reversed(report.violations)}
    in_order = sorted(seen.values(), key=lambda v: (rank(v), v.shape, v.message, v.focus))
    for _, found in groupby(in_order, key=lambda v: (v.severity, v.shape, v.message)):
        yield list(found)


def _detail(violation: "Violation") -> str:
    path = "" if violation.path is None else f"  {_short(violation.path)}"
    return path if violation.value is None else f"{path} {violation.value}"


def _short(path: str) -> str:
    from kg.vocab import QUERY_PREFIXES

    for prefix, iri in QUERY_PREFIXES.items():
        path = path.replace(iri, f"{prefix}:")
    return path
