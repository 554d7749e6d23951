"""`kg validate`: does a graph keep its shapes?"""

import json

import typer

from kg.cli.exits import NOT_ALL_WELL, GraphArgument, JsonOption
from kg.terminal import begin_output, print_table, say, write

_COLUMNS = ("severity", "focus", "path", "value", "message")


def validate(graph: GraphArgument, as_json: JsonOption = False) -> None:
    """Check a graph against the SHACL shapes of newskg and print the violations.

    Examples:

        kg validate build

        kg validate build/graph.ttl --json
    """
    from kg.store import Graph
    from kg.validation import validate as check

    report = check(Graph.load(graph))
    rows = [["" if part is None else str(part) for part in violation] for violation in report.violations]
    begin_output()
    if as_json:
        violations = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
        whole = {"conforms": report.conforms, "violations": violations}
        write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    elif report.conforms and not rows:
        say("The graph keeps all shapes.")
    else:
        print_table(_COLUMNS, rows)
        say(f"{len(rows):,} violation{'' if len(rows) == 1 else 's'}.")
    if not report.conforms:
        raise typer.Exit(NOT_ALL_WELL)
