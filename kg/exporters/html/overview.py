"""What the page carries for the overview of the whole graph: places of all nodes, and the code that draws them.

sigma.js with graphology draws 10,000 nodes in a millisecond where vis-network needs half a second. Both are packed, and
run when the overview is opened first: a page costs nothing for what is not looked at.
"""

from collections.abc import Collection
from typing import Final

from markupsafe import Markup

from kg.exporters.html.islands import islands
from kg.exporters.html.packing import pack
from kg.exporters.html.records import Contents
from kg.exporters.html.vendor import vendored

NEARLY_ALL: Final = 0.9  # of the connected nodes
VIEW: Final = "overview"  # key of text.json's "views"
LIBRARIES: Final = ("graphology", "sigma")  # of assets/vendor, in the order in which they run


def is_worth_it(contents: Contents, drawn: Collection[int], hidden: Collection[str]) -> bool:
    """Whether the graph has clearly more to show than the `drawn` nodes; those of a kind in `hidden` do not count.

    Of a graph that is drawn nearly in full an overview would be a second picture of the same, without shapes and
    arrows. What is not connected with anything does not count either: no picture says more of it than a table.
    """
    connected = {end for edge in contents.edges for end in (edge.source, edge.target)}
    countable = [node for node in connected if contents.nodes[node].kind not in hidden]
    return sum(node in drawn for node in countable) < NEARLY_ALL * len(countable)


def overview_parts(contents: Contents, hidden: Collection[str]) -> dict[str, tuple[Markup, ...]]:
    """Name → chunks of base64 gzip: "places" as little-endian pairs of int16 by node, and each library as "NAME-code".

    Nodes of a kind in `hidden` do not shape the picture.
    """
    loose = [node.id for node in contents.nodes if node.kind in hidden]
    pairs = [(edge.source, edge.target) for edge in contents.edges]
    places = islands([node.salience for node in contents.nodes], pairs, loose=loose)
    scripts = {f"{name}-code": (pack(vendored(name).encode("utf-8")),) for name in LIBRARIES}
    return {"places": (pack(places.astype("<i2").tobytes()),), **scripts}
