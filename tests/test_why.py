import pytest
from pyoxigraph import Literal, NamedNode, Quad
from sample_graph import CALL, sample

from kg.errors import QueryError
from kg.store import Graph
from kg.vocab import BASE, RDFS
from kg.why import explain


@pytest.mark.parametrize(
    "name",
    [
        CALL,
        f"<{CALL}>",
        CALL.removeprefix(BASE),
        CALL.replace(f"{BASE}event/", "event:"),
        "phone call: donald trump, vladimir putin, 2025-07-03",
        "call Putin",
    ],
)
def test_why_finds_a_thing_by_iri_label_and_words(name: str) -> None:
    thing = explain(sample(), name).thing
    assert thing is not None
    assert thing.iri == CALL
    assert "PhoneCall" in thing.classes


def test_why_prefers_the_label_and_the_other_name_to_mere_words() -> None:
    thing = explain(sample(), "putin").thing
    assert thing is not None
    assert thing.label == "Vladimir Putin"


def test_why_gives_facts_with_their_sentences() -> None:
    explanation = explain(sample(), CALL)
    dates = [fact for fact in explanation.facts if fact.predicate == "hasBeginTimeStamp"]
    assert [(fact.object, fact.rank) for fact in dates] == [("2025-07-03", "Preferred"), ("2025-07-02", "Rejected")]
    assert dates[0].conflicts == (dates[1].iri,)
    assert dates[0].confidence == pytest.approx(0.9)
    (sentence,) = dates[0].evidence
    assert (sentence.outlet, sentence.begin, sentence.end) == ("The Daily", 18, 60)
    assert explanation.facts[-1].rank == "Rejected"
    assert len(explanation.evidence) == 2


def test_why_explains_an_entity_through_the_facts_that_name_it() -> None:
    (fact,) = explain(sample(), "Donald Trump").facts
    assert (fact.predicate, fact.object, fact.source_count) == ("participant", "Donald Trump", 2)


def test_why_explains_a_fact_a_sentence_and_an_article() -> None:
    graph = sample()
    assert [fact.iri for fact in explain(graph, "fact:00000000000000f2").facts] == [f"{BASE}fact/00000000000000f2"]
    sentence = explain(graph, f"{BASE}article/wire-call-00000002#char=12,55")
    assert sentence.evidence[0].text.startswith("The two presidents")
    assert len(explain(graph, "A [call] is held").facts) == 2


def test_why_gives_candidates_for_an_ambiguous_name() -> None:
    twins = [NamedNode(f"{BASE}entity/springfield-{state}") for state in ("illinois", "ohio")]
    graph = Graph(Quad(town, NamedNode(f"{RDFS}label"), Literal("Springfield")) for town in twins)
    explanation = explain(graph, "springfield")
    assert explanation.thing is None
    assert [candidate.iri for candidate in explanation.candidates] == [town.value for town in twins]


@pytest.mark.parametrize("name", ["Vladimir Puttin", "", "   ", "<>", 'x" y', "no:such", "?", "\\"])
def test_why_of_an_unknown_name_suggests(name: str) -> None:
    with pytest.raises(QueryError) as caught:
        explain(sample(), name)
    if name == "Vladimir Puttin":
        assert "did you mean 'Vladimir Putin'" in str(caught.value)
