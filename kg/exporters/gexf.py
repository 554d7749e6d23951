"""GEXF 1.2 for Gephi: layer 1 as `Graph.to_networkx` gives it, with events on Gephi's timeline."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from kg.exporters.atomic import write_atomically
from kg.exporters.graphml import with_edge_ids

if TYPE_CHECKING:
    from kg.store import Graph

_CLOCK: Final = "lastmodifieddate"


def write_gexf(graph: "Graph", path: Path) -> None:
    """Nodes and edges with their attributes (graph.gexf); `start` and `end` are an event's first and last day."""
    from networkx.readwrite.gexf import GEXFWriter

    network = with_edge_ids(graph.to_networkx())
    for _, described in network.nodes(data=True):
        if "begin" in described:
            # GEXF's own words for a node's span: what has none is always there.
            described["start"] = described["begin"]
    for number, (_, _, described) in enumerate(network.edges(data=True)):
        described["id"] = str(number)
    writer = GEXFWriter(prettyprint=True)
    writer.add_graph(network)
    for element in writer.xml.iter():
        element.attrib.pop(_CLOCK, None)  # the same graph gives the same bytes on any day
    content = BytesIO()
    ElementTree.indent(writer.xml)
    ElementTree.ElementTree(writer.xml).write(content, encoding="utf-8", xml_declaration=True)
    write_atomically(path, content.getvalue() + b"\n")
