import pytest
from pyoxigraph import Literal, NamedNode, Quad
from sample_graph import sample

from kg.analysis import EXACT_BETWEENNESS, most_central, summarize
from kg.store import Graph
from kg.vocab import BASE, KG, RDF, RDFS, SEM


def test_analysis_ranks_the_actor_of_most_events_first() -> None:
    central = most_central(sample())
    assert [actor.label for actor in central] == ["Vladimir Putin", "Donald Trump", "Ukraine"]
    assert (central[0].events, central[0].neighbours, central[0].betweenness) == (2, 2, 1.0)
    assert sum(actor.pagerank for actor in central) == pytest.approx(1)
    assert len(most_central(sample(), 1)) == 1


def test_analysis_leaves_denied_events_out() -> None:
    assert "Iran" not in {actor.label for actor in most_central(sample())}


def test_analysis_of_an_empty_graph() -> None:
    assert most_central(Graph(())) == ()
    summary = summarize(Graph(()))
    assert summary.triples == 0
    assert set(summary.counts.values()) == {0}
    assert summary.events_by_class == {}
    assert summary.first_day is None


def test_analysis_summarizes_the_sample() -> None:
    summary = summarize(sample())
    expected = {"articles": 2, "outlets": 2, "entities": 3, "events": 3, "statements": 1, "sentences": 2, "facts": 3}
    assert {name: summary.counts[name] for name in expected} == expected
    assert summary.counts["disagreements"] == 1
    assert summary.events_by_class == {"Attack": 1, "Negotiation": 1, "PhoneCall": 1}
    assert (summary.first_day, summary.last_day) == ("2025-07-03", "2025-07-03")


def test_analysis_estimates_large_networks_the_same_each_time() -> None:
    quads = []
    for number in range(EXACT_BETWEENNESS + 10):
        event, actor = NamedNode(f"{BASE}event/{number}"), NamedNode(f"{BASE}entity/{number}")
        quads.append(Quad(event, NamedNode(f"{RDF}type"), NamedNode(f"{SEM}Event")))
        quads.append(Quad(event, NamedNode(f"{KG}status"), NamedNode(f"{KG}Occurred")))
        quads.append(Quad(event, NamedNode(f"{SEM}hasActor"), actor))
        quads.append(Quad(event, NamedNode(f"{SEM}hasActor"), NamedNode(f"{BASE}entity/0")))
        quads.append(Quad(actor, NamedNode(f"{RDFS}label"), Literal(f"actor {number}")))
    first = most_central(Graph(quads))
    assert first[0].label == "actor 0"
    assert first == most_central(Graph(reversed(quads)))
