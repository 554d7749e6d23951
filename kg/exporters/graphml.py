"""GraphML for Gephi, Cytoscape, yEd: layer 1 as `Graph.to_networkx` gives it."""

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.exporters.atomic import write_atomically

if TYPE_CHECKING:
    import networkx

    from kg.store import Graph

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters outside the `Char` production of XML 1.0, 2.2."""


def write_graphml(graph: "Graph", path: Path) -> None:
    """Nodes and edges with their attributes as strings and numbers (graph.graphml)."""
    import networkx

    content = BytesIO()
    # The pure Python writer: lxml's, where installed, would write other bytes.
    networkx.readwrite.graphml.write_graphml_xml(with_edge_ids(graph.to_networkx()), content, prettyprint=True)
    write_atomically(path, content.getvalue() + b"\n")


def with_edge_ids(network: "networkx.MultiDiGraph[str]") -> "networkx.MultiDiGraph[str]":
    """A copy whose edge keys, which become GraphML ids, are unique in the file (Gephi merges equal ids).

    Characters that XML forbids are left out.
    """
    import networkx

    copy: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node, attributes in network.nodes(data=True):
        copy.add_node(node, **_without_controls(attributes))
    for number, (subject, target, attributes) in enumerate(network.edges(data=True)):
        copy.add_edge(subject, target, key=f"e{number}", **_without_controls(attributes))
    return copy


def _without_controls(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """`attributes` without the characters that XML forbids."""
    return {name: _NOT_XML.sub("", value) if isinstance(value, str) else value for name, value in attributes.items()}
