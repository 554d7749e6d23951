"""The graph as one HTML file that opens from disk with the network off: picture, search, tables and evidence."""

from typing import Final

from markupsafe import escape

from kg.exporters.html.contents import gather
from kg.exporters.html.page import page
from kg.exporters.html.rdf import page_graph
from kg.exporters.html.source import GraphLike

__all__ = ["OPENING_NODES", "GraphLike", "Page", "render_html"]

OPENING_NODES: Final = 300  # beyond about this many any picture is a hairball
MOST_OPENING_NODES: Final = 1_500  # vis-network stays fluid up to here; view.js has the same bound
FRAME: Final = (
    '<iframe style="width:100%;height:80vh;border:1px solid #ccc" title="newskg" srcdoc="{page}" '
    'sandbox="allow-scripts allow-downloads allow-popups allow-modals"></iframe>'
)


class Page(str):
    """The text of an HTML file; a notebook shows it inline, in a frame that nothing leaves."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return FRAME.format(page=escape(str(self)))


def render_html(
    graph: GraphLike, *, title: str | None = None, limit: int | None = None, sparql: bool = True
) -> Page:
    """The page. `limit` is how many nodes are drawn when it opens, 300 unless told; all can be found by search.

    `sparql` puts a SPARQL engine into it (2 MB), so that it can be asked like `kg query`.

    Raises ValueError when `limit` is not from 1 to 1,500.
    """
    drawn = OPENING_NODES if limit is None else limit
    if not 1 <= drawn <= MOST_OPENING_NODES:
        raise ValueError(f"limit must be from 1 to {MOST_OPENING_NODES:,}, not {drawn:,}")
    return Page(page(gather(graph, title=title), page_graph(graph), limit=drawn, sparql=sparql))
