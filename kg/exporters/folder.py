"""The folder that a build leaves: which format goes into which file."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, Unpack

from kg.errors import GraphError
from kg.exporters.atomic import write_atomically
from kg.exporters.options import PageOptions

if TYPE_CHECKING:
    from kg.store import Graph

FILES: Final[dict[str, str]] = {
    "turtle": "graph.ttl",
    "trig": "graph.trig",
    "core": "graph-core.ttl",
    "html": "graph.html",
    "graphml": "graph.graphml",
    "report": "report.json",
}
"""Format and file name; the report is left out when the graph has none."""
ON_REQUEST: Final[dict[str, str]] = {"gexf": "graph.gexf"}
"""Formats that are written only when named."""


def save_graph(
    graph: "Graph",
    directory: Path,
    formats: Sequence[str] | None = None,
    **page: Unpack[PageOptions],
) -> tuple[Path, ...]:
    """Write the formats named (those of FILES, when None) and return the files, in the order of FILES, ON_REQUEST last.

    Raises GraphError for an unknown format or a folder that cannot be written.
    """
    known = {**FILES, **ON_REQUEST}
    unknown = sorted(set(formats or ()) - known.keys())
    if unknown:
        raise GraphError(f"no format {', '.join(unknown)}; there are {', '.join(known)}")
    claim_folder(directory)
    chosen = [f for f in known if (f in FILES if formats is None else f in formats)]
    if graph.report is None:
        chosen = [f for f in chosen if f != "report"]
    return tuple(_write(graph, directory, format_, page) for format_ in chosen)


def claim_folder(directory: Path) -> None:
    """Make the folder when it is missing and see that files can be made in it. Raises GraphError."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe = directory / f".probe.{os.getpid()}.part"
        probe.touch(exist_ok=False)
        probe.unlink()
    except OSError as error:
        raise GraphError(f"{directory}: cannot be written into: {error.strerror or error}") from error


def _write(graph: "Graph", directory: Path, format_: str, page: PageOptions) -> Path:
    """Write one format. Exporters are imported here, so that one that is not asked for costs nothing."""
    from kg.exporters.gexf import write_gexf
    from kg.exporters.graphml import write_graphml
    from kg.exporters.turtle import write_core_turtle, write_trig, write_turtle

    path = directory / {**FILES, **ON_REQUEST}[format_]
    match format_:
        case "turtle":
            write_turtle(graph, path)
        case "core":
            write_core_turtle(graph, path)
        case "trig":
            write_trig(graph, path)
        case "graphml":
            write_graphml(graph, path)
        case "gexf":
            write_gexf(graph, path)
        case "html":
            graph.to_html(path, **page)
        case _:
            write_report(graph, path)
    return path


def write_report(graph: "Graph", path: Path) -> None:
    """What was read, what was not and why, as JSON (report.json)."""
    text = json.dumps(graph.report, ensure_ascii=False, indent=2)
    write_atomically(path, (text + "\n").encode("utf-8", errors="backslashreplace"))
