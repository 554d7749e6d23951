"""The graph as one HTML file that opens from disk with the network off: picture, search, tables and evidence."""

from typing import Final, Unpack

from markupsafe import escape

from kg.exporters.html.contents import gather
from kg.exporters.html.page import page
from kg.exporters.html.rdf import page_graph
from kg.exporters.html.source import GraphLike
from kg.exporters.options import PageOptions

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


def render_html(graph: GraphLike, **options: Unpack[PageOptions]) -> Page:
    """The page; all of the graph can be found by search, whether it is drawn or not.

    Raises ValueError when the limit is not from 1 to 1,500.
    """
    limit = options.get("limit")
    drawn = OPENING_NODES if limit is None else limit
    if not 1 <= drawn <= MOST_OPENING_NODES:
        raise ValueError(f"limit must be from 1 to {MOST_OPENING_NODES:,}, not {drawn:,}")
    contents = gather(graph, title=options.get("title"))
    return Page(page(contents, page_graph(graph), limit=drawn, sparql=options.get("sparql", True)))
