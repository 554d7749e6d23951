"""`kg push` to real stores: the Oxigraph server and Virtuoso as processes of their own."""

from pathlib import Path

import pytest
from measure_seeds import build_seeds
from pyoxigraph import RdfFormat, parse
from stores_engines import ENGINES, GRAPH, HTTP, MEDIA_TYPES, Virtuoso, oxigraph_server, triples, virtuoso_server
from typer.testing import CliRunner

from kg.cli import app
from kg.exporters.formats import Format
from kg.pushing.endpoint import PASSWORD, USER
from kg.store import Graph

RUN = CliRunner()
UPDATE_TYPE = "application/sparql-update"
NEEDS = {engine.name: engine.needs for engine in ENGINES}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build_seeds().graph


@pytest.fixture(scope="module")
def trig(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    (path,) = graph.save(tmp_path_factory.mktemp("graph"), ["trig"])
    return path


def kg_push(*words: str | Path, **environment: str) -> str:
    done = RUN.invoke(app, ["push", *map(str, words)], env=environment)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.output


@pytest.mark.skipif(NEEDS["oxigraph-server"]() is not None, reason="the Oxigraph server is not installed")
def test_pushing_to_oxigraph_gives_it_the_dataset(graph: Graph, trig: Path) -> None:
    with oxigraph_server() as url:
        ways = [("/store",), ("/store", "--protocol", "graph-store"), ("/update",)]
        for path, *options in [*ways, *((*way, "--replace") for way in (("/store",), ("/update",)))]:
            kg_push(trig, "--to", url + path, *options)
            assert set(_oxigraph_quads(url)) == set(graph.quads())
            if "--replace" not in options:
                kg_push(trig, "--to", url + path, *options)  # twice is once
                HTTP.request("POST", f"{url}/update", body=b"CLEAR ALL", headers={"Content-Type": UPDATE_TYPE})


@pytest.mark.skipif(NEEDS["oxigraph-server"]() is not None, reason="the Oxigraph server is not installed")
def test_pushing_with_replace_empties_what_was_there(graph: Graph, trig: Path) -> None:
    article = next(str(quad.graph_name) for quad in graph.quads() if str(quad.graph_name) != "DEFAULT")
    strange = f"INSERT DATA {{ <a:b> <a:c> <a:d> . GRAPH {article} {{ <a:b> <a:c> <a:d> }} }}"
    for path in ("/store", "/update"):
        with oxigraph_server() as url:
            HTTP.request("POST", f"{url}/update", body=strange.encode(), headers={"Content-Type": UPDATE_TYPE})
            kg_push(trig, "--to", url + path, "--batch", "500", "--replace")
            assert set(_oxigraph_quads(url)) == set(graph.quads())


def _oxigraph_quads(url: str) -> list[object]:
    got = HTTP.request("GET", f"{url}/store", headers={"Accept": MEDIA_TYPES[Format.NQ]})
    return list(parse(got.data, RdfFormat.N_QUADS))


@pytest.mark.skipif(NEEDS["virtuoso"]() is not None, reason="virtuoso-opensource is not installed")
def test_pushing_to_virtuoso_gives_it_the_dataset(graph: Graph, trig: Path) -> None:
    """With digest authentication, as Virtuoso asks for; it writes durations in a form of its own."""
    (virtuoso_engine,) = (engine for engine in ENGINES if engine.name == "virtuoso")
    known = {USER: "dba", PASSWORD: "dba"}
    with virtuoso_server() as virtuoso:
        address = f"{virtuoso.http}/sparql-graph-crud-auth"
        for options in ([], ["--replace"]):
            kg_push(trig, "--to", address, "--default-graph", GRAPH, *options, **known)
            there = list(virtuoso.quads())
            assert len(there) == len(graph.quads())
            kept = virtuoso_engine.converts
            assert triples(there, kept) == triples(graph.quads(), kept)
        _says_what_is_missing(virtuoso, trig, known)


def _says_what_is_missing(virtuoso: Virtuoso, trig: Path, known: dict[str, str]) -> None:
    address = f"{virtuoso.http}/sparql-graph-crud-auth"
    done = RUN.invoke(app, ["push", str(trig), "--to", address], env=known)
    assert "--default-graph" in str(done.exception)
    done = RUN.invoke(app, ["push", str(trig), "--to", address], env={**known, PASSWORD: "wrong"})
    assert "answered 401" in str(done.exception)
    assert "wrong" not in str(done.exception)
