"""The graph as one HTML file that opens from disk with the network off: picture, search and evidence."""

from pathlib import Path
from typing import Final

from kg.exporters.atomic import write_atomically
from kg.exporters.html.contents import gather
from kg.exporters.html.page import page
from kg.exporters.html.rdf import page_graph
from kg.exporters.html.source import GraphLike

__all__ = ["GraphLike", "render_html", "write_html"]

OPENING_NODES: Final = 300  # beyond about this many any picture is a hairball


def render_html(graph: GraphLike, *, title: str | None = None, limit: int = OPENING_NODES) -> str:
    """The page as text. `limit` is how many nodes are drawn when it opens; all can be found by search.

    Raises ValueError when `limit` is not positive.
    """
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")
    return page(gather(graph, title=title), page_graph(graph), limit=limit)


def write_html(graph: GraphLike, path: Path, *, title: str | None = None, limit: int = OPENING_NODES) -> None:
    """Write the page to `path` in UTF-8. Raises GraphError when it cannot be written."""
    write_atomically(path, render_html(graph, title=title, limit=limit).encode("utf-8"))
