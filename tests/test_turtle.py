import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from sample_graph import SAMPLE, hostile, sample

from kg.exporters.turtle import write_core_turtle, write_trig, write_turtle
from kg.store import Graph

GRAPHS = pytest.mark.parametrize("graph", [sample(), hostile(), Graph(())], ids=["sample", "hostile", "empty"])


@GRAPHS
def test_turtle_parses_in_pyoxigraph_to_the_same_triples(graph: Graph, tmp_path: Path) -> None:
    write_turtle(graph, tmp_path / "g.ttl")
    assert {quad.triple for quad in parse(path=tmp_path / "g.ttl")} == set(graph.triples())


@GRAPHS
def test_turtle_parses_in_rdflib_to_the_same_triples(graph: Graph, tmp_path: Path) -> None:
    import rdflib

    write_turtle(graph, tmp_path / "g.ttl")
    read = rdflib.Graph().parse(tmp_path / "g.ttl", format="turtle")
    assert set(read) == set(graph.to_rdflib().triples((None, None, None)))


@pytest.mark.skipif(shutil.which("rapper") is None, reason="raptor2-utils is not installed")
@GRAPHS
def test_turtle_parses_in_rapper_to_as_many_triples(graph: Graph, tmp_path: Path) -> None:
    write_turtle(graph, tmp_path / "g.ttl")
    command = ["rapper", "--quiet", "-i", "turtle", "-o", "ntriples", str(tmp_path / "g.ttl")]
    done = subprocess.run(command, capture_output=True, check=True)
    assert len(set(done.stdout.splitlines())) == len(graph)


@pytest.mark.skipif(shutil.which("rapper") is None, reason="raptor2-utils is not installed")
def test_trig_parses_in_rapper(tmp_path: Path) -> None:
    write_trig(sample(), tmp_path / "g.trig")
    command = ["rapper", "--quiet", "-i", "trig", "-o", "nquads", str(tmp_path / "g.trig")]
    done = subprocess.run(command, capture_output=True, check=True)
    assert len(set(done.stdout.splitlines())) == len(sample().quads())


@GRAPHS
def test_trig_keeps_the_dataset(graph: Graph, tmp_path: Path) -> None:
    write_trig(graph, tmp_path / "g.trig")
    assert set(parse(path=tmp_path / "g.trig")) == set(graph.quads())


def test_turtle_writes_a_subject_once_and_articles_in_full(tmp_path: Path) -> None:
    write_turtle(sample(), tmp_path / "g.ttl")
    lines = (tmp_path / "g.ttl").read_text(encoding="utf-8").splitlines()
    subjects = [line.split()[0] for line in lines if line[:1] not in ("", "\t", "@")]
    assert len(subjects) == len(set(subjects)) == len({t.subject for t in sample().triples()})
    assert "<https://w3id.org/newskg/id/article/daily-call-00000001>" in subjects
    prefixes = [line for line in lines if line.startswith("@prefix")]
    assert prefixes == sorted(prefixes)


def test_turtle_core_is_layer_one(tmp_path: Path) -> None:
    write_core_turtle(sample(), tmp_path / "g.ttl")
    assert {quad.triple for quad in parse(path=tmp_path / "g.ttl")} == set(sample().core_triples())


def test_turtle_and_trig_are_the_same_bytes_in_any_order_and_process(tmp_path: Path) -> None:
    shuffled = Graph(sorted(sample().quads(), key=lambda quad: hash(str(quad)[::-1])))
    write_turtle(sample(), tmp_path / "a.ttl")
    write_turtle(shuffled, tmp_path / "b.ttl")
    code = (
        "import sys; from kg.store import Graph; g = Graph.load(sys.argv[1]); g.save(sys.argv[2], ['turtle', 'trig'])"
    )
    subprocess.run([sys.executable, "-c", code, str(SAMPLE), str(tmp_path)], check=True)
    write_trig(shuffled, tmp_path / "b.trig")
    assert (
        (tmp_path / "a.ttl").read_bytes() == (tmp_path / "b.ttl").read_bytes() == (tmp_path / "graph.ttl").read_bytes()
    )
    assert (tmp_path / "b.trig").read_bytes() == (tmp_path / "graph.trig").read_bytes()


def test_turtle_oxigraph_reads_its_own_format(tmp_path: Path) -> None:
    write_turtle(sample(), tmp_path / "g")
    assert len(list(parse(path=tmp_path / "g", format=RdfFormat.TURTLE))) == len(sample())
