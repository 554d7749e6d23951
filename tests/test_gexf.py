from pathlib import Path
from xml.etree import ElementTree

import networkx
from sample_graph import CALL, hostile, sample

from kg.exporters.gexf import write_gexf

NAMESPACE = "{http://www.gexf.net/1.2draft}"


def test_gexf_round_trips_nodes_and_edges(tmp_path: Path) -> None:
    write_gexf(sample(), tmp_path / "g.gexf")
    read = networkx.read_gexf(tmp_path / "g.gexf")
    made = sample().to_networkx()
    assert set(read.nodes) == set(made.nodes)
    assert read.number_of_edges() == made.number_of_edges()
    assert (read.nodes[CALL]["label"], read.nodes[CALL]["start"]) == (made.nodes[CALL]["label"], "2025-07-03")
    assert read.nodes[CALL]["class"] == "PhoneCall"


def test_gexf_edge_ids_are_unique_and_no_clock_is_in_it(tmp_path: Path) -> None:
    write_gexf(sample(), tmp_path / "g.gexf")
    ids = [edge.get("id") for edge in ElementTree.parse(tmp_path / "g.gexf").iter(f"{NAMESPACE}edge")]
    assert len(ids) == len(set(ids)) > 0
    assert "lastmodified" not in (tmp_path / "g.gexf").read_text(encoding="utf-8")


def test_gexf_takes_hostile_labels(tmp_path: Path) -> None:
    write_gexf(hostile(), tmp_path / "g.gexf")
    assert networkx.read_gexf(tmp_path / "g.gexf").number_of_nodes() == hostile().to_networkx().number_of_nodes()


def test_gexf_is_written_only_when_named(tmp_path: Path) -> None:
    assert [path.name for path in sample().save(tmp_path, ["gexf", "core"])] == ["graph-core.ttl", "graph.gexf"]
    assert "graph.gexf" not in {path.name for path in sample().save(tmp_path / "all")}
