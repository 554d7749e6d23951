"""`kg decide`: what people know better."""

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.exits import GraphArgument
from kg.model import Verdict
from kg.terminal import begin_output, say


def decide(
    graph: GraphArgument,
    verdict: Annotated[Verdict, typer.Argument(metavar="same|different|wrong-link", show_default=False)],
    things: Annotated[
        list[str],
        typer.Argument(metavar="THING…", help="Labels or IRIs, perhaps with « @ ARTICLE».", show_default=False),
    ],
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The file of decisions; a store has its own.", show_default=False),
    ] = None,
) -> None:
    """Decide that two things are the same, or are not, or that the link of an entity is wrong.

    The decision is kept across rebuilds: a store keeps it itself and its graph follows at once; for a build folder it
    is written into a file for `kg build --decisions FILE`. See before why things are as they are: kg why GRAPH A B.

    Examples:

        kg decide news same "Talks: Russia – Ukraine (2 June 2025)" "Talks: Russia – Ukraine (23 July 2025)"

        kg decide news different "John Roe @ article/northern-wire-…" "John Roe @ article/capital-ledger-…"

        kg decide build wrong-link "Georgia @ article/…" --decisions decisions.yaml
    """
    from kg.collection import DECISIONS, is_collection
    from kg.deciding import add_decision
    from kg.deciding import decide as decide_by_name
    from kg.growth import keep_decision
    from kg.store import Graph

    store = Path(graph) if is_collection(Path(graph)) else None
    if (store is None) == (decisions is None):
        raise typer.BadParameter(
            "a store keeps its own decisions" if store else "name the file that keeps the decision",
            param_hint="--decisions",
        )
    decided = decide_by_name(Graph.load(graph), verdict, tuple(things))
    if store is not None:
        path, new = store / DECISIONS, keep_decision(decided, store=store)
    else:
        path = decisions or Path(DECISIONS)
        new = add_decision(path, decided)
    begin_output()
    named = " and ".join(thing.name for thing in decided.things)
    say(f"{'Written' if new else 'Already'} in {path}: {verdict} {named}")
    if store is None:
        say(f"Build again with: kg build … --decisions {path}")
