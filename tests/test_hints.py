import pytest
from sample_graph import sample

from kg.hints import hints


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("SELECT * { ?e kg:particpant ?x }", "kg:particpant is in neither the graph nor its ontology; did you mean "),
        ("SELECT * { ?e rdfs:lable ?x }", "did you mean rdfs:label?"),
        ("SELECT * { ?e <http://schema.org/headline> ?x }", "did you mean schema:headline?"),
        ("SELECT * { ?e sem:hasActors ?x }", "did you mean sem:hasActor?"),
        ("PREFIX ns: <https://w3id.org/newskg/ns#> SELECT * { ?e ns:statuss ?x }", "did you mean kg:status?"),
        ("SELECT * { entity:nobody ?p ?x }", "entity:nobody is in neither the graph nor its ontology"),
    ],
)
def test_hints_name_what_nothing_bears(query: str, hint: str) -> None:
    (found,) = hints(query, sample())
    assert hint in found


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?e a kg:PhoneCall ; kg:participant ?x }",
        "SELECT * { ?e a kg:Disaster ; schema:about topic:diplomacy }",  # in the ontology, though not in this graph
        "SELECT * { ?e ?p ?o FILTER(?o < 3 && ?o > 1 || xsd:date(?o) = ?o) }",
        "SELECT * { ?e rdfs:label 'kg:nothing <http://schema.org/x>' } # kg:nothing",
        "SELECT * { ?e <http://elsewhere.example/p> ?o . GRAPH <http://g.example/> { ?e ?p ?o } }",
        "not SPARQL { kg: :: <>",
    ],
)
def test_hints_are_silent_about_what_is_known(query: str) -> None:
    assert hints(query, sample()) == ()


def test_hints_pass_over_services() -> None:
    url = "https://w3id.org/newskg/ns#service"
    assert hints(f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}", sample(), [url]) == ()
