"""The graph inside the page: whole, its first layer, or nothing, by how much a browser holds."""

import pyoxigraph as ox
import pytest
import rdflib
from html_pages import SAMPLE, SampleGraph

from kg.exporters.html import rdf
from kg.exporters.html.rdf import page_graph
from kg.vocab import KG, PROV, RDF

TEXT = SAMPLE.read_text(encoding="utf-8")
TYPE = rdflib.URIRef(f"{RDF}type")


def read(turtle: bytes) -> rdflib.Graph:
    """As another library reads it."""
    graph = rdflib.Graph()
    graph.parse(data=turtle, format="turtle")
    return graph


def test_html_rdf_of_a_usual_graph_is_the_whole_graph() -> None:
    graph = page_graph(SampleGraph(TEXT))
    assert graph.scope == "whole"
    assert set(read(graph.turtle)) == set(read(TEXT.encode()))
    assert graph.triples == len(read(TEXT.encode()))


def test_html_rdf_of_a_larger_graph_is_its_first_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdf, "MOST_TRIPLES", 100)
    graph = page_graph(SampleGraph(TEXT))
    assert graph.scope == "core"
    found, whole = read(graph.turtle), read(TEXT.encode())
    assert set(found) < set(whole)
    assert graph.triples == len(found)
    assert not set(found.subjects(TYPE, rdflib.URIRef(f"{KG}Fact")))
    assert not set(found.subjects(TYPE, rdflib.URIRef(f"{KG}Sentence")))
    assert not list(found.triples((None, rdflib.URIRef(f"{PROV}wasDerivedFrom"), None)))
    for kind in ("Leader", "PhoneCall", "Statement"):
        cls = rdflib.URIRef(f"{KG}{kind}")
        assert set(found.subjects(TYPE, cls)) == set(whole.subjects(TYPE, cls)) != set()


def test_html_rdf_of_a_graph_that_is_too_large_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdf, "MOST_TRIPLES", 10)
    monkeypatch.setattr(rdf, "MOST_CORE_TRIPLES", 10)
    graph = page_graph(SampleGraph(TEXT))
    assert (graph.scope, graph.turtle, graph.triples) == ("none", b"", 0)


def test_html_rdf_counts_a_triple_of_several_graphs_once() -> None:
    graph = SampleGraph(TEXT)
    triple = next(iter(graph.store)).triple
    graph.store.add(ox.Quad(*triple, ox.NamedNode("https://w3id.org/newskg/id/graph/again")))
    assert page_graph(graph) == page_graph(SampleGraph(TEXT))
