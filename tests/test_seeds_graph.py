"""The graph of the sample articles: what must hold, whatever figures measure_seeds.py prints."""

import pytest
from measure_seeds import SeedsGraph, build_seeds

from kg.validation import validate


@pytest.fixture(scope="module")
def seeds() -> SeedsGraph:
    return build_seeds()


def test_seeds_graph_validates(seeds: SeedsGraph) -> None:
    assert validate(seeds.graph).conforms


def test_seeds_graph_has_the_call_of_july_once_with_its_disagreement(seeds: SeedsGraph) -> None:
    rows = seeds.graph.select(
        "SELECT DISTINCT ?e ?v1 ?v2 { ?e a kg:PhoneCall ; kg:ordinal 6 . ?f1 rdf:subject ?e ; kg:conflictsWith ?f2 ; "
        "rdf:predicate sem:hasBeginTimeStamp ; rdf:object ?v1 . ?f2 rdf:object ?v2 FILTER(?v1 > ?v2) }"
    )
    assert [(row["v1"], row["v2"]) for row in rows] == [("2025-07-03", "2025-07-02")]


def test_seeds_graph_keeps_apart_what_is_not_the_same(seeds: SeedsGraph) -> None:
    for group in seeds.expected["apart"]:
        nodes: dict[str, set[str]] = {}
        for matches in seeds.matches.values():
            for key in group["keys"]:
                if key in matches:
                    nodes.setdefault(matches[key].iri, set()).add(key)
        assert all(len(keys) == 1 for keys in nodes.values()), (group["why"], nodes)


def test_seeds_graph_says_of_nothing_that_it_occurred_which_did_not(seeds: SeedsGraph) -> None:
    for never in seeds.expected["never_occurred"]:
        actors = frozenset(never.get("participant", never.get("agent", ())))
        for event in seeds.events:
            if event.type == never["class"] and event.actors == actors:
                assert "Occurred" not in event.status, event


def test_seeds_graph_marks_the_reprint(seeds: SeedsGraph) -> None:
    copied = {(row["a"], row["b"]) for row in seeds.graph.select("SELECT ?a ?b { ?a kg:copyOf ?b }")}
    expected = {(seeds.articles[c["copy"]], seeds.articles[c["original"]]) for c in seeds.expected["copy"]}
    assert copied == expected
