"""`kg view`: the graph's page in a browser."""

import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated, Final

import typer

from kg.cli.exits import NOT_ALL_WELL, GraphArgument, HtmlLimitOption, TitleOption
from kg.terminal import complain, say

PAGE: Final = "graph.html"


def view(
    graph: GraphArgument,
    title: TitleOption = None,
    html_limit: HtmlLimitOption = None,
    only_say: Annotated[bool, typer.Option("--no-open", help="Say where the page is, and open nothing.")] = False,
) -> None:
    """Open a graph's page in the browser: the one that the build wrote, else one made now in a temporary folder.

    Examples:

        kg view build

        kg view news --title "The war in July" --html-limit 600
    """
    path = Path(graph) / PAGE
    if title is not None or html_limit is not None or not path.is_file():
        path = _made_now(graph, title, html_limit)
    address = path.resolve().as_uri()
    say(str(path))
    if not only_say and not webbrowser.open(address):
        complain(f"no browser could be started; open {address} yourself")
        raise typer.Exit(NOT_ALL_WELL)


def _made_now(graph: str, title: str | None, limit: int | None) -> Path:
    """The page of a graph file, a folder or a store, outside of it. The folder stays: a browser reads it later."""
    from kg.store import Graph

    loaded = Graph.load(graph)
    path = Path(tempfile.mkdtemp(prefix="newskg-")) / PAGE
    loaded.to_html(path, title=title, limit=limit)
    return path
