"""`kg push`: a graph sent to a triple store."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.exits import GraphArgument, JsonOption
from kg.cli.store import QuietOption
from kg.terminal import begin_output, counter_display, say, write

if TYPE_CHECKING:
    from kg.exporters.formats import Source
    from kg.pushing import Push

PROTOCOLS = ("graph-store", "update", "quads")
"""Of `kg.pushing.batches`, which is imported when it is needed: the command starts light."""


def push(
    graph: GraphArgument,
    to: Annotated[str, typer.Option("--to", metavar="URL", help="The endpoint's address.")],
    protocol: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(PROTOCOLS),
            help="graph-store: SPARQL 1.1 Graph Store Protocol. update: SPARQL 1.1 Update. quads: POST of N-Quads. "
            "Default: by the end of the address (/update, /sparql, /query: update; /store, /statements: quads).",
        ),
    ] = None,
    default_graph: Annotated[
        str | None,
        typer.Option(metavar="IRI", help="Put the merged answer into this graph; Virtuoso has no default graph."),
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Empty each graph before it is sent.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Send nothing, say what would be sent.")] = False,
    batch: Annotated[int | None, typer.Option(min=1, help="Triples in a request at most.", show_default=False)] = None,
    resume: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where to remember what was sent. Default: a hidden file beside the graph."),
    ] = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Send a graph to any store that speaks SPARQL 1.1 Graph Store Protocol or Update.

    Each article's own contribution goes into the named graph of its IRI, the merged answer into the default graph.
    What breaks goes on with the same command. A user and password (NEWSKG_PUSH_USER, NEWSKG_PUSH_PASSWORD; basic or
    digest, as the store asks) or a token (NEWSKG_PUSH_TOKEN) come from the environment, and go over plain http to this
    machine alone unless NEWSKG_PUSH_UNENCRYPTED=1.

    Examples:

        kg push build --to http://127.0.0.1:7878/store

        kg push news --to http://127.0.0.1:7878/update --replace

        NEWSKG_PUSH_USER=dba NEWSKG_PUSH_PASSWORD=dba kg push build
        --to http://127.0.0.1:8890/sparql-graph-crud-auth --default-graph https://example.org/news
    """
    from kg.collection.disk import is_collection
    from kg.exporters.formats import open_source
    from kg.graph_files import GraphFile
    from kg.pushing import Push
    from kg.pushing import push as send
    from kg.pushing.batches import Protocol, protocol_of
    from kg.pushing.endpoint import checked_address
    from kg.pushing.journal import journal_beside
    from kg.store import is_iri

    if protocol is not None and protocol not in PROTOCOLS:
        raise typer.BadParameter(f"no {protocol}; there are {', '.join(PROTOCOLS)}", param_hint="--protocol")
    if default_graph is not None and not is_iri(default_graph):
        raise typer.BadParameter(f"{default_graph} is no IRI", param_hint="--default-graph")
    chosen = Protocol(protocol) if protocol else protocol_of(checked_address(to), replace=replace)
    plan = Push(url=to, protocol=chosen, replace=replace, batch=batch, default_graph=default_graph)
    path = Path(graph)
    source = open_source(path)
    if dry_run:
        _tell_plan(plan, source, as_json)
        return
    beside = path.resolve() if path.is_dir() and is_collection(path) else GraphFile.at(path).path
    with counter_display(not quiet and not as_json, "triples sent") as told:
        sent = send(source, plan, resume or journal_beside(beside, to), told)
    begin_output()
    if as_json:
        figures = {"requests": sent.requests, "triples": sent.triples, "sent_before": sent.skipped}
        write(json.dumps(figures) + "\n")
    elif not quiet:
        before = f", {sent.skipped:,} of them by the push that broke" if sent.skipped else ""
        say(f"Sent {sent.triples:,} triples{before} to {to} ({chosen}).")


def _tell_plan(plan: "Push", source: "Source", as_json: bool) -> None:
    """What would be sent; nothing is asked of the network."""
    requests = triples = size = 0
    emptied = 0
    for batch in plan.batches(source):
        requests += 1
        triples += batch.triples
        size += len(batch.body)
        emptied += batch.empties
    begin_output()
    if as_json:
        figures = {"to": plan.url, "protocol": plan.protocol, "requests": requests, "triples": triples}
        write(json.dumps({**figures, "bytes": size, "graphs_emptied": emptied}) + "\n")
        return
    say(f"Would send {triples:,} triples in {requests:,} requests ({size / 1e6:,.1f} MB)")
    say(f"to {plan.url} ({plan.protocol}).")
    if plan.replace:
        say(f"{emptied:,} graphs would be emptied first.")
