"""`kg validate`: does a graph keep its shapes?"""

import json
from collections import Counter
from dataclasses import asdict
from typing import Final

import typer

from kg.cli.exits import NOT_ALL_WELL, GraphArgument, JsonOption
from kg.terminal import begin_output, print_table, say, write

_COLUMNS: Final = ("severity", "focus", "path", "value", "message")


def validate(graph: GraphArgument, as_json: JsonOption = False) -> None:
    """Check a graph against the SHACL shapes of newskg and print the violations.

    Examples:

        kg validate build

        kg validate build/graph.ttl --json
    """
    from kg.store import Graph
    from kg.validation import validate as check

    report = check(Graph.load(graph))
    begin_output()
    if as_json:
        whole = {"conforms": report.conforms, "violations": [asdict(violation) for violation in report.violations]}
        write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    elif not report.violations:
        say("The graph keeps all shapes.")
    else:
        print_table(_COLUMNS, [[getattr(found, column) or "" for column in _COLUMNS] for found in report.violations])
        found = Counter(violation.severity for violation in report.violations)
        say(", ".join(f"{count:,} × {severity}" for severity, count in found.items()) + ".")
    if not report.conforms:
        raise typer.Exit(NOT_ALL_WELL)
