"""The two articles that the project began with, as found: page clutter, no metadata (issue 2, "what to show", 2)."""

import shutil
import subprocess
from pathlib import Path

import pytest

import kg
from kg.store import Graph
from kg.validation import validate

ARTICLES = Path(__file__).parent.parent.parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not ARTICLES.is_dir(), reason="needs ../shared/seeds beside the project")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return kg.build([ARTICLES])


def test_shared_seeds_tell_of_one_sixth_call(graph: Graph) -> None:
    rows = graph.select(
        "SELECT ?e ?n ?day (COUNT(DISTINCT ?a) AS ?articles) { ?e a kg:PhoneCall ; "
        'kg:participant/rdfs:label "Donald Trump"@en, "Vladimir Putin"@en ; kg:mentionedIn ?a . '
        "OPTIONAL { ?e kg:ordinal ?n } "
        "OPTIONAL { ?e sem:hasBeginTimeStamp ?day } } GROUP BY ?e ?n ?day"
    )
    assert [(row["n"], row["day"], row["articles"]) for row in rows] == [("6", "2025-07-02", "2")]


def test_shared_seeds_date_the_call_by_the_one_article_that_gives_a_year(graph: Graph) -> None:
    rows = graph.select(
        "SELECT DISTINCT ?a { ?f rdf:predicate sem:hasBeginTimeStamp ; rdf:subject ?e ; prov:wasDerivedFrom ?s . "
        "?e a kg:PhoneCall ; kg:ordinal 6 . ?s schema:isPartOf/dcterms:identifier ?a }"
    )
    assert len(rows) == 1 and "000_" in rows[0]["a"]


def test_shared_seeds_plan_the_call_with_zelenskyy_and_pause_arms(graph: Graph) -> None:
    planned = graph.select(
        'SELECT ?s { ?e a kg:PhoneCall ; kg:participant/rdfs:label "Donald Trump"@en, "Volodymyr Zelenskyy"@en ; '
        "kg:status ?s }"
    )
    assert [row["s"].rsplit("#", 1)[1] for row in planned] == ["Planned"]
    assert graph.select("SELECT ?e { ?e a kg:AidSuspension ; kg:status kg:Occurred }")


def test_shared_seeds_have_macrons_two_calls(graph: Graph) -> None:
    rows = graph.select(
        'SELECT ?l { ?e a kg:PhoneCall ; kg:participant ?m, ?x . ?m rdfs:label "Emmanuel Macron"@en . ?x rdfs:label ?l '
        "FILTER(?m != ?x) } ORDER BY ?l"
    )
    assert [row["l"] for row in rows] == ["Vladimir Putin", "Volodymyr Zelenskyy"]


def test_shared_seeds_relay_putins_sentence(graph: Graph) -> None:
    rows = graph.select(
        'SELECT ?l { ?s a schema:Quotation ; schema:text ?t ; kg:speaker/rdfs:label "Vladimir Putin"@en ; '
        'kg:relayedBy/rdfs:label ?l FILTER(STRSTARTS(?t, "We will not abandon")) }'
    )
    assert [row["l"] for row in rows] == ["Yuri Ushakov"]


def test_shared_seeds_have_no_ceasefire_that_occurred(graph: Graph) -> None:
    assert not graph.select("SELECT ?e { ?e a kg:Ceasefire ; kg:status kg:Occurred }")


def test_shared_seeds_validate_and_load_elsewhere(graph: Graph, tmp_path: Path) -> None:
    assert validate(graph).conforms
    graph.save(tmp_path, ["turtle"])
    if shutil.which("rapper") is None:
        pytest.skip("rapper (Debian's raptor2-utils) is not installed")
    command = ["rapper", "-q", "-c", "-i", "turtle", str(tmp_path / "graph.ttl")]
    assert subprocess.run(command, capture_output=True).returncode == 0
