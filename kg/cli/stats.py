"""`kg stats`: how much a graph holds, and who is central in it."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from kg.cli.analyze import CENTRAL_COLUMNS, central_rows
from kg.cli.exits import GraphArgument, JsonOption
from kg.terminal import begin_output, print_table, say, write


def stats(
    graph: GraphArgument,
    as_json: JsonOption = False,
    top: Annotated[int, typer.Option(min=0, help="How many of the most central actors to show.")] = 10,
) -> None:
    """Count what a graph holds by kind, class and status, and name its most central actors.

    Examples:

        kg stats build

        kg stats build/graph.ttl --json --top 50
    """
    from kg.analysis import most_central, summarize
    from kg.store import Graph

    loaded = Graph.load(graph)
    summary, central = summarize(loaded), most_central(loaded, top)
    begin_output()
    if as_json:
        whole = {**asdict(summary), "most_central": [asdict(actor) for actor in central]}
        write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
        return
    counts = [("triples", f"{summary.triples:,}"), *((name, f"{n:,}") for name, n in summary.counts.items())]
    if summary.first_day and summary.last_day:
        counts.append(("events from – to", f"{summary.first_day} – {summary.last_day}"))
    print_table(("what", "how many"), counts)
    for heading, table in (("class", summary.events_by_class), ("status", summary.events_by_status)):
        say()
        print_table((f"events by {heading}", "how many"), [(name, f"{n:,}") for name, n in table.items()])
    if central:
        say()
        print_table(("most central", *CENTRAL_COLUMNS), central_rows(central))
