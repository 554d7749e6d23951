import pytest
from pyoxigraph import Literal, NamedNode, Quad
from sample_graph import sample

from kg.analysis import (
    brokers,
    co_occurrence,
    communities,
    contact_matrix,
    most_central,
    shortest_paths,
    summarize,
)
from kg.analysis.centrality import EXACT_BETWEENNESS
from kg.errors import QueryError
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


def iri(name: str) -> str:
    return f"{BASE}entity/{name}"


def two_triangles() -> Graph:
    """Ann, Bob and Cyd meet in pairs, so do Dan, Eve and Fay; one meeting of Cyd and Dan links them. Gus met nobody."""
    quads = []
    pairs = ("ann bob", "ann cyd", "bob cyd", "cyd dan", "dan eve", "dan fay", "eve fay", "gus gus")
    for pair in pairs:
        event = NamedNode(f"{BASE}event/{pair.replace(' ', '-')}")
        quads.append(Quad(event, NamedNode(f"{RDF}type"), NamedNode(f"{SEM}Event")))
        quads.append(Quad(event, NamedNode(f"{KG}status"), NamedNode(f"{KG}Occurred")))
        quads.append(Quad(event, NamedNode(f"{RDFS}label"), Literal(f"Meeting: {pair}")))
        for name in pair.split():
            quads.append(Quad(event, NamedNode(f"{SEM}hasActor"), NamedNode(iri(name))))
            quads.append(Quad(NamedNode(iri(name)), NamedNode(f"{RDFS}label"), Literal(name.title())))
    return Graph(quads)


def test_analysis_finds_blocs() -> None:
    one, other = communities(two_triangles())
    assert [label for _, label in one.members] == ["Cyd", "Ann", "Bob"]  # Cyd takes part in three events
    assert [label for _, label in other.members] == ["Dan", "Eve", "Fay"]
    assert [(bloc.name, bloc.inside, bloc.across) for bloc in (one, other)] == [("Cyd", 3, 1), ("Dan", 3, 1)]
    assert communities(Graph(())) == ()


def test_analysis_finds_who_links_blocs() -> None:
    found = brokers(two_triangles())
    assert [(b.label, b.bloc, b.blocs, b.ties, b.across) for b in found] == [
        ("Cyd", "Cyd", 1, 3, 1),
        ("Dan", "Dan", 1, 3, 1),
    ]
    assert found[0].participation == pytest.approx(1 - (4 / 9 + 1 / 9))


def test_analysis_takes_blocs_of_the_user() -> None:
    """Ann's ties lead to two blocs that are not hers; Dan is in none, so his ties do not count."""
    (ann, *rest) = brokers(two_triangles(), {iri("ann"): "A", iri("bob"): "B", iri("cyd"): "C", iri("eve"): "E"})
    assert (ann.label, ann.blocs, ann.across, ann.participation) == ("Ann", 2, 2, 0.5)
    assert [broker.label for broker in rest] == ["Bob", "Cyd"]


def test_analysis_counts_contacts_by_month() -> None:
    matrix = contact_matrix(sample())
    assert matrix.months == ("2025-07",)
    assert matrix.pairs == (("Donald Trump", "Vladimir Putin"),)
    assert matrix.counts == ((1,),)
    assert contact_matrix(sample(), "Putin") == matrix
    assert contact_matrix(sample(), "Yuri Ushakov").pairs == ()


def test_analysis_counts_company() -> None:
    """Both articles name Trump and Putin; only The Wire's names Ushakov."""
    found = [(c.a, c.b, c.articles, c.share) for c in co_occurrence(sample())]
    assert found == [
        ("Donald Trump", "Vladimir Putin", 2, 1.0),
        ("Donald Trump", "Yuri Ushakov", 1, 0.5),
        ("Vladimir Putin", "Yuri Ushakov", 1, 0.5),
    ]
    assert len(co_occurrence(sample(), 1)) == 1


def test_analysis_explains_paths() -> None:
    (path,) = shortest_paths(two_triangles(), "Ann", iri("fay"))
    assert [(step.start, step.end, step.event) for step in path.steps] == [
        ("Ann", "Cyd", "Meeting: ann cyd"),
        ("Cyd", "Dan", "Meeting: cyd dan"),
        ("Dan", "Fay", "Meeting: dan fay"),
    ]
    (call,) = shortest_paths(sample(), "Donald Trump", "Vladimir Putin")
    (step,) = call.steps
    assert (step.status, step.day, step.outlet) == ("Occurred", "2025-07-03", "The Daily")
    assert step.sentence == "Trump and Putin held their sixth call today."


def test_analysis_tells_when_there_is_no_path() -> None:
    assert shortest_paths(two_triangles(), "Ann", "Gus") == ()
    with pytest.raises(QueryError, match="takes part in no event"):
        shortest_paths(sample(), "Yuri Ushakov", "Vladimir Putin")
    with pytest.raises(QueryError, match="nothing in the graph is called"):
        shortest_paths(two_triangles(), "Ann", "Nobody")
