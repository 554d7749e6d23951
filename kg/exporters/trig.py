"""TriG: the merged answer first, then each article's contribution under the article's IRI."""

from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from kg.exporters.atomic import write_atomically
from kg.exporters.turtle import serialize_neatly

if TYPE_CHECKING:
    from kg.store import Graph


def write_trig(graph: "Graph", path: Path) -> None:
    """The dataset as built (graph.trig): the default graph, then the named graphs by IRI, each sorted."""
    write_atomically(path, serialize_neatly(graph.quads(), RdfFormat.TRIG, graph.prefixes()))
