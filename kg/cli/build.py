"""`kg build`: articles in, a folder with the graph out."""

import json
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from kg import DEFAULT_READER
from kg.cli.exits import (
    NOT_ALL_WELL,
    WRONG_USE,
    HtmlLimitOption,
    HtmlOption,
    HtmlSparqlOption,
    JsonOption,
    TitleOption,
)
from kg.terminal import begin_output, complain, progress_display, say, write
from kg.vocab import BASE

if TYPE_CHECKING:
    from kg.store import Graph

STDIN: Final = "-"
SHOWN_CLASSES: Final = 6
"""Classes that the summary counts; report.json has all."""
WHAT_FOR: Final[dict[str, str]] = {
    "graph.html": "the graph to look at: open it in a browser, no network needed",
    "graph.ttl": "all of it as Turtle, for any triple store",
    "graph.trig": "the same, each article's part in its own named graph",
    "graph-core.ttl": "who and what alone, without facts and sentences",
    "graph.graphml": "for Gephi, yEd, Cytoscape",
    "report.json": "what was read, what was not and why",
}
"""In the order in which people want to know."""


def build(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT…", help="Files and folders; - is standard input.", show_default=False),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder to write into; made when missing.")],
    workers: Annotated[
        int, typer.Option(min=0, help="Processes that read; 0 is one a core. The graph is the same with any number.")
    ] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what could not be read.")] = False,
    as_json: JsonOption = False,
    base: Annotated[str, typer.Option(metavar="IRI", help="Base IRI of the graph's own things.")] = BASE,
    title: TitleOption = None,
    reader: Annotated[str, typer.Option(metavar="NAME", help="The reader of the text.")] = DEFAULT_READER,
    knowledge: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="CSV or Turtle of actors to know, or to know better; may be repeated."),
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What people have decided (kg decide), as YAML.")
    ] = None,
    html: HtmlOption = True,
    html_limit: HtmlLimitOption = None,
    html_sparql: HtmlSparqlOption = True,
) -> None:
    """Read articles (text, Markdown, HTML, feeds, JSON Lines) and write their knowledge graph.

    Examples:

        kg build seeds --out build

        kg build talks.html call.txt feed.xml --out build --title "The talks"

        kg build seeds --out build --knowledge my-actors.csv

        curl -s https://example.org/feed.xml | kg build - --out build
    """
    from kg.exporters.folder import FILES, claim_folder, write_report
    from kg.pipeline import build as build_graph

    _check_base(base)
    claim_folder(out)
    with progress_display(not quiet and not as_json) as progress:
        stdin = sys.stdin.buffer if STDIN in inputs else None
        graph = build_graph(
            inputs,
            reader=reader,
            workers=workers or cores(),
            base=base,
            knowledge=knowledge or (),
            decisions=decisions,
            progress=progress,
            stdin=stdin,
        )
    failures = complain_of_failures(graph.report or {})
    if not graph.report or not graph.report.get("read"):
        write_report(graph, out / FILES["report"])
        complain("nothing could be read; no graph was written")
        raise typer.Exit(WRONG_USE)
    formats = [name for name in FILES if html or name != "html"]
    written = graph.save(out, formats, title=title, limit=html_limit, sparql=html_sparql)
    begin_output()
    if as_json:
        whole = {**graph.report, "files": [str(path) for path in written]}
        write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    elif not quiet:
        _summarize(graph, graph.report, out, written)
    if failures:
        raise typer.Exit(NOT_ALL_WELL)


def complain_of_failures(report: dict[str, Any]) -> int:
    """One line on stderr for each input that was not read; how many there are."""
    fatal = [problem for problem in report.get("problems", ()) if problem["fatal"]]
    for problem in fatal:
        complain(f"{problem['identifier']}: {problem['reason']}")
    return len(fatal)


def _check_base(base: str) -> None:
    """A base must be an absolute IRI that names can be put after."""
    from kg.store import is_base

    if not is_base(base):
        raise typer.BadParameter(f"{base!r} is not an absolute IRI ending in / without ? and #", param_hint="--base")


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _summarize(graph: "Graph", report: dict[str, Any], out: Path, written: Sequence[Path]) -> None:
    """Say what was read, what was written and how to look at it."""
    from kg.exporters.folder import FILES

    read, failed = len(report["read"]), sum(1 for problem in report.get("problems", ()) if problem["fatal"])
    missing = f", {failed} could not be read" if failed else ""
    say(f"Read {read:,} article{'' if read == 1 else 's'}{missing}: {len(graph):,} triples.")
    counts = sorted(report.get("counts", {}).items(), key=lambda item: (-item[1], item[0]))
    if counts:
        say("  " + ", ".join(f"{name} {count:,}" for name, count in counts[:SHOWN_CLASSES]))
    say()
    for path in sorted(written, key=lambda path: list(WHAT_FOR).index(path.name)):
        say(f"  {path!s:<28} {WHAT_FOR[path.name]}")
    say()
    folder = shlex.quote(str(out))
    if any(path.name == FILES["html"] for path in written):
        say("Look at it:")
        say(f"  kg view {folder}")
    say("Ask it:")
    say(f"  kg query {folder} leader-contacts")
    say(f"  kg query {folder} what-did-they-say --name Putin")
    say(f"  kg query {folder} --list")
    events = graph.select("SELECT ?label WHERE { ?e a sem:Event ; rdfs:label ?label } ORDER BY ?e LIMIT 1")
    if events:
        say(f"  kg why {folder} {shlex.quote(events[0]['label'])}")
