from pathlib import Path
from xml.etree import ElementTree

import networkx
from pyoxigraph import Literal, NamedNode, Quad
from sample_graph import CALL, hostile, sample

from kg.exporters.graphml import write_graphml
from kg.store import Graph
from kg.vocab import SCHEMA

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


def test_graphml_round_trips_nodes_and_edges(tmp_path: Path) -> None:
    write_graphml(sample(), tmp_path / "g.graphml")
    read = networkx.read_graphml(tmp_path / "g.graphml", force_multigraph=True)
    made = sample().to_networkx()
    assert set(read.nodes) == set(made.nodes)
    assert read.nodes[CALL] == made.nodes[CALL]
    assert sorted((s, t, a["predicate"]) for s, t, a in read.edges(data=True)) == sorted(
        (s, t, a["predicate"]) for s, t, a in made.edges(data=True)
    )


def test_graphml_edge_ids_are_unique(tmp_path: Path) -> None:
    write_graphml(sample(), tmp_path / "g.graphml")
    ids = [edge.get("id") for edge in ElementTree.parse(tmp_path / "g.graphml").iter(f"{NAMESPACE}edge")]
    assert len(ids) == len(set(ids)) > 0


def test_graphml_leaves_out_what_xml_forbids(tmp_path: Path) -> None:
    noncharacter = Quad(
        NamedNode("https://w3id.org/newskg/id/entity/hostile-0"), NamedNode(f"{SCHEMA}text"), Literal("not\ufffe one")
    )
    write_graphml(Graph([*hostile().quads(), noncharacter]), tmp_path / "g.graphml")
    ElementTree.parse(tmp_path / "g.graphml")
    content = (tmp_path / "g.graphml").read_text(encoding="utf-8")
    assert "[31mred" in content
    assert not set("\x00\x07\x0c\x1b\ufffe") & set(content)
