"""`kg serve`: a graph behind a SPARQL endpoint, with a page to ask from."""

import signal
import sys
import webbrowser
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.exits import GraphArgument
from kg.loopback import LOOPBACK, is_loopback
from kg.terminal import complain, say

if TYPE_CHECKING:
    from kg.serving.front import Front
    from kg.store import Graph

PORT: Final = 7878
"""Oxigraph's own; another free one is taken when it is in use and the user named none."""
SECONDS: Final = 60.0


def serve(
    graph: GraphArgument,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help=f"Port to listen at. [default: {PORT}, else a free one]")
    ] = None,
    host: Annotated[
        str, typer.Option(help="Address to listen at; any but a loopback address lets other machines ask.")
    ] = LOOPBACK,
    writable: Annotated[
        bool, typer.Option("--writable", help="Take SPARQL updates too, into a copy that goes when the server ends.")
    ] = False,
    timeout: Annotated[float, typer.Option(min=0, help="Give up a query after so many seconds; 0 is never.")] = SECONDS,
    service: Annotated[
        list[str] | None,
        typer.Option("--allow-service", metavar="URL", help="Let SERVICE <URL> ask this endpoint over the network."),
    ] = None,
    open_page: Annotated[
        bool | None, typer.Option("--open/--no-open", help="Open the page in a browser. [default: from a terminal]")
    ] = None,
) -> None:
    """Serve a graph with Oxigraph: SPARQL 1.1 Protocol at /query, and a page at /. Ctrl-C ends it.

    What is served is the graph as it is now; a store can go on growing meanwhile.

    Examples:

        kg serve build

        kg serve news --port 3030 --no-open
    """
    from kg.store import Graph

    if writable and not is_loopback(host):
        raise typer.BadParameter("other machines may only read: --writable goes with a loopback address alone")
    signal.signal(signal.SIGTERM, _interrupt)  # a copy of the graph is to be taken away
    try:
        _serve(Graph.load(graph), graph, (host, port), writable, timeout, tuple(service or ()), open_page)
    except KeyboardInterrupt:
        complain("ended")


def _serve(
    graph: "Graph",
    name: str,
    address: tuple[str, int | None],
    writable: bool,
    timeout: float,
    services: tuple[str, ...],
    open_page: bool | None,
) -> None:
    from kg.serving.front import Front
    from kg.serving.location import database
    from kg.serving.page import query_page
    from kg.serving.server import running_server

    page, policy = query_page(name, graph.base)
    with database(graph) as folder, running_server(folder, writable=writable, seconds=timeout) as behind:

        def listen(port: int) -> Front:
            place = (address[0], port)
            return Front(place, behind=behind, page=page, policy=policy, writable=writable, services=services)

        with _listening(listen, address) as front:
            say(f"page      {front.origin}/")
            say(f"endpoint  {front.origin}/query  ({'updates at /update' if writable else 'read-only'})")
            if not is_loopback(address[0]):
                complain(f"other machines can ask this graph at {address[0]}, without a password")
            sys.stdout.flush()
            if sys.stdout.isatty() if open_page is None else open_page:
                webbrowser.open(f"{front.origin}/")
            front.serve_forever()


def _listening(listen: Callable[[int], "Front"], address: tuple[str, int | None]) -> "Front":
    """The server at the port asked for, else at the usual one or one that is free. Raises ServerError."""
    from kg.errors import ServerError

    host, port = address
    reason = ""
    for candidate in (PORT, 0) if port is None else (port,):
        try:
            return listen(candidate)
        except OSError as error:
            reason = error.strerror or str(error)
    raise ServerError(f"cannot listen at {host}, port {port or PORT}: {reason}")


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
