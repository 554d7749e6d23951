"""`kg analyze`: who is central, who forms blocs and links them, who is in touch, and how two actors are connected."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kg.cli.exits import EXIT_CODES, GraphArgument, JsonOption
from kg.terminal import begin_output, complain, print_table, say, write

if TYPE_CHECKING:
    from kg.analysis import CentralActor
    from kg.store import Graph

TopOption = Annotated[int, typer.Option(min=1, help="How many to show.")]
ActorOption = Annotated[str | None, typer.Option(metavar="NAME", help="Only those of this actor, by any name in full.")]

CENTRAL_COLUMNS: Final = ("events", "with others", "PageRank", "betweenness")

app = typer.Typer(
    help="Who is central, who forms blocs and links them, who is in touch, and how two actors are connected.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
)


def _load(graph: str) -> "Graph":
    from kg.store import Graph

    return Graph.load(graph, merged=True)


def _is_printed_as_json(found: Any, wanted: bool) -> bool:
    """Begin the output; whether it is done, since JSON was asked for."""
    begin_output()
    if wanted:
        plain = [asdict(one) for one in found] if isinstance(found, Sequence) else asdict(found)
        write(json.dumps(plain, ensure_ascii=False, indent=2) + "\n")
    return wanted


def _print(found: Any, columns: Sequence[str], rows: Sequence[Sequence[str]], as_json: bool) -> None:
    if _is_printed_as_json(found, as_json):
        return
    print_table(columns, rows)
    if not rows:
        complain("no rows")


def central_rows(found: Sequence["CentralActor"]) -> list[tuple[str, ...]]:
    """A row an actor: its name and CENTRAL_COLUMNS."""
    return [(a.label, f"{a.events:,}", f"{a.neighbours:,}", f"{a.pagerank:.3f}", f"{a.betweenness:.3f}") for a in found]


@app.command(epilog=EXIT_CODES)
def central(graph: GraphArgument, top: TopOption = 20, as_json: JsonOption = False) -> None:
    """Name the actors that are central in the network of common events.

    Examples:

        kg analyze central build --top 50
    """
    from kg.analysis import most_central

    found = most_central(_load(graph), top)
    _print(found, ("actor", *CENTRAL_COLUMNS), central_rows(found), as_json)


@app.command("communities", epilog=EXIT_CODES)
def show_communities(graph: GraphArgument, top: TopOption = 20, as_json: JsonOption = False) -> None:
    """Find blocs: actors that have more to do with each other than with the rest.

    Examples:

        kg analyze communities build
    """
    from kg.analysis import communities

    found = communities(_load(graph))[:top]
    rows = [
        (c.name, f"{len(c.members):,}", f"{c.inside:,}", f"{c.across:,}", ", ".join(label for _, label in c.members))
        for c in found
    ]
    _print(found, ("bloc", "members", "ties inside", "ties across", "who"), rows, as_json)


@app.command("brokers", epilog=EXIT_CODES)
def show_brokers(graph: GraphArgument, top: TopOption = 20, as_json: JsonOption = False) -> None:
    """Name those who link the blocs that `kg analyze communities` finds.

    Examples:

        kg analyze brokers build
    """
    from kg.analysis import brokers

    found = brokers(_load(graph))[:top]
    rows = [(b.label, b.bloc, str(b.blocs), f"{b.across:,} of {b.ties:,}", f"{b.participation:.3f}") for b in found]
    _print(found, ("actor", "bloc", "other blocs", "ties across", "participation"), rows, as_json)


@app.command(epilog=EXIT_CODES)
def contacts(graph: GraphArgument, actor: ActorOption = None, as_json: JsonOption = False) -> None:
    """Count the contacts of persons month by month: calls, meetings, visits and talks.

    Examples:

        kg analyze contacts build --actor "Vladimir Putin"
    """
    from kg.analysis import contact_matrix

    matrix = contact_matrix(_load(graph), actor)
    rows = [(*pair, *(str(n or "") for n in line)) for pair, line in zip(matrix.pairs, matrix.counts, strict=True)]
    _print(matrix, ("who", "with whom", *matrix.months), rows, as_json)


@app.command(epilog=EXIT_CODES)
def together(graph: GraphArgument, top: TopOption = 20, as_json: JsonOption = False) -> None:
    """Count the articles that name two persons, countries or bodies together.

    Examples:

        kg analyze together build --top 50
    """
    from kg.analysis import co_occurrence

    found = co_occurrence(_load(graph), top)
    rows = [(c.a, c.b, f"{c.articles:,}", f"{c.share:.2f}") for c in found]
    _print(found, ("one", "other", "articles", "share"), rows, as_json)


@app.command(epilog=EXIT_CODES)
def path(
    graph: GraphArgument,
    source: Annotated[str, typer.Argument(metavar="FROM", help="An actor, by name or IRI.", show_default=False)],
    target: Annotated[str, typer.Argument(metavar="TO", help="Another.", show_default=False)],
    top: Annotated[int, typer.Option(min=1, max=10, help="How many paths to show.")] = 3,
    as_json: JsonOption = False,
) -> None:
    """Show how two actors are connected, from event to event, with the sentences that say so.

    Examples:

        kg analyze path build "Keir Starmer" "Abbas Araghchi"
    """
    from kg.analysis import shortest_paths

    found = shortest_paths(_load(graph), source, target, top)
    if _is_printed_as_json(found, as_json):
        return
    for number, one in enumerate(found):
        if number:
            say()
        for step in one.steps:
            say(f"{step.start} — {step.end}: {step.event}  [{step.status}]")
            if step.sentence:
                say(f"    “{step.sentence}”{f'  ({step.outlet})' if step.outlet else ''}")
    if not found:
        complain("nothing connects them")
