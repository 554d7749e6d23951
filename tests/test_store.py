import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, parse, serialize
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from sample_graph import CALL, SAMPLE, hostile, sample

from kg.errors import GraphError, QueryError
from kg.sparql import Iri
from kg.store import Graph
from kg.vocab import BASE, KG

EVENT_COUNT = "SELECT (COUNT(?e) AS ?n) WHERE { ?e a sem:Event }"


def test_store_counts_a_triple_of_two_graphs_once() -> None:
    graph = sample()
    # "The Daily" stands in the default graph and in its article's graph.
    rows = graph.select('SELECT ?p WHERE { ?s rdfs:label "The Daily"@en }')
    assert len(rows) == 1
    assert len(graph) == len(graph.triples()) < len(graph.quads())


def test_store_answers_alike_from_trig_and_turtle(tmp_path: Path) -> None:
    graph = sample()
    graph.save(tmp_path, ["turtle", "trig"])
    from_turtle, from_trig = Graph.load(tmp_path / "graph.ttl"), Graph.load(tmp_path / "graph.trig")
    assert from_turtle.triples() == from_trig.triples() == graph.triples()
    assert from_turtle.select(EVENT_COUNT) == from_trig.select(EVENT_COUNT) == [{"n": "3"}]


def test_store_query_gives_each_form_of_answer() -> None:
    graph = sample()
    assert isinstance(graph.query("SELECT * { ?s a kg:PhoneCall }"), QuerySolutions)
    assert isinstance(graph.query("ASK { ?s a kg:PhoneCall }"), QueryBoolean)
    assert isinstance(graph.query("CONSTRUCT WHERE { ?s a kg:PhoneCall }"), QueryTriples)


def test_store_query_takes_the_querys_own_prefixes() -> None:
    assert sample().select("PREFIX kg: <http://other/> SELECT ?s { ?s a kg:PhoneCall }") == []


def test_store_query_sees_an_articles_graph() -> None:
    rows = sample().select("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?e kg:mentionedIn ?g } } ORDER BY ?g")
    assert [row["g"] for row in rows] == [f"{BASE}article/daily-call-00000001", f"{BASE}article/wire-call-00000002"]


def test_store_bindings_are_terms_not_text() -> None:
    graph = sample()
    attack = '" } INSERT'
    assert graph.select("SELECT ?s ?x { ?s rdfs:label ?l FILTER(STR(?l) = ?x) }", {"x": attack}) == []
    rows = graph.select("SELECT ?x ?class { ?x a ?class }", {"x": Iri(CALL)})
    assert {row["x"] for row in rows} == {CALL}
    with pytest.raises(QueryError):
        graph.select("SELECT ?x { ?x a ?y }", {"x": Iri("no iri > at all")})


def test_store_load_reads_a_build_folder_with_its_report(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "graph.trig")
    (tmp_path / "report.json").write_text('{"newskg": "1"}', encoding="utf-8")
    assert Graph.load(tmp_path).report == {"newskg": "1"}
    (tmp_path / "report.json").write_text("[]", encoding="utf-8")
    with pytest.raises(GraphError, match=r"report\.json"):
        Graph.load(tmp_path)


@pytest.mark.parametrize("suffix", [".nt", ".nq"])
def test_store_load_reads_the_line_formats(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"graph{suffix}"
    if suffix == ".nt":
        path.write_bytes(serialize(sample().triples(), format=RdfFormat.N_TRIPLES) or b"")
    else:
        path.write_bytes(serialize(sample().quads(), format=RdfFormat.N_QUADS) or b"")
    assert Graph.load(path).triples() == sample().triples()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"<a:b> <a:c> 1 .\n<a:b> <a:c> .\n", "line 2, column 13: "),
        ("a.ttl", b"<a:b> <a:c> '\xff' .", r"line 1.*UTF-8"),
        ("a.nt", b'\n\n<http://x y> <a:c> "x" .', "line 3"),
        ("a.txt", b"hello", "not a graph; expected a build folder"),
        ("missing.ttl", None, "no such file"),
    ],
)
def test_store_load_says_what_is_wrong_and_where(
    tmp_path: Path, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(GraphError, match=message) as caught:
        Graph.load(tmp_path / name)
    assert str(caught.value).startswith(str(tmp_path / name))
    assert "\n" not in str(caught.value)


def test_store_load_of_a_folder_without_a_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"graph\.trig or graph\.ttl"):
        Graph.load(tmp_path)


def test_store_keeps_a_users_base(tmp_path: Path) -> None:
    base = "https://news.example/kg/"
    text = serialize(sample().triples(), format=RdfFormat.N_TRIPLES) or b""
    quads = parse(text.replace(BASE.encode(), base.encode()), format=RdfFormat.N_TRIPLES)
    Graph(quads, base=base).save(tmp_path, ["turtle"])
    assert "@prefix entity: <https://news.example/kg/entity/> ." in (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    assert Graph.load(tmp_path).base == base


def test_store_core_has_no_evidence() -> None:
    core = sample().core_triples()
    text = " ".join(str(triple) for triple in core)
    assert core
    assert "ns#Fact" not in text
    assert "ns#Sentence" not in text
    assert "#char=" not in text
    assert set(core) < set(sample().triples())


def test_store_quads_put_the_default_graph_first_and_are_sorted() -> None:
    quads = sample().quads()
    names = [quad.graph_name for quad in quads]
    assert names[0] == DefaultGraph()
    assert names == sorted(names, key=lambda n: "" if n == DefaultGraph() else str(n))
    assert Graph(reversed(quads)).quads() == quads


def test_store_save_knows_its_formats(tmp_path: Path) -> None:
    graph = sample()
    with pytest.raises(GraphError, match="no format docx; there are turtle, trig"):
        graph.save(tmp_path, ["docx"])
    graph.report = {"newskg": "1", "read": ["ü"]}
    assert [p.name for p in graph.save(tmp_path, ["report", "core"])] == ["graph-core.ttl", "report.json"]
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == graph.report
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(GraphError, match="cannot be written into"):
        graph.save(tmp_path / "file", ["turtle"])


def test_store_save_leaves_nothing_but_its_files(tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("keep", encoding="utf-8")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "graph.ttl").symlink_to(outside)
    sample().save(folder, ["turtle", "trig", "core", "graphml"])
    assert outside.read_text(encoding="utf-8") == "keep"
    assert sorted(p.name for p in folder.iterdir()) == ["graph-core.ttl", "graph.graphml", "graph.trig", "graph.ttl"]


def test_store_to_rdflib_keeps_every_term() -> None:
    import rdflib

    copy = hostile().to_rdflib()
    assert len(copy) == len(hostile())
    labels = {str(o) for o in copy.objects(None, rdflib.RDFS.label)}
    assert labels == {row["l"] for row in hostile().select("SELECT ?l { ?s rdfs:label ?l }")}
    dates = {o.n3() for o in sample().to_rdflib().objects(None, rdflib.URIRef("https://schema.org/datePublished"))}
    assert '"2025-07-03"^^<http://www.w3.org/2001/XMLSchema#date>' in dates


def test_store_to_rdflib_is_live_and_shows_the_articles_graphs() -> None:
    import rdflib

    graph = sample()
    dataset = graph.to_rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    assert len(dataset) == len(dataset.default_graph) == len(graph)
    articles = {str(named.identifier) for named in dataset.graphs()} - {str(DATASET_DEFAULT_GRAPH_ID)}
    assert articles == {row["a"] for row in graph.select("SELECT ?a { ?a a schema:NewsArticle }")}
    (count,) = dataset.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(count.n) == len(graph)
    (row,) = dataset.query("SELECT ?l { ?e a kg:PhoneCall ; rdfs:label ?l }")
    assert str(row.l).startswith("Phone call")
    kg = rdflib.Namespace("https://w3id.org/newskg/ns#")
    assert (None, rdflib.RDF.type, kg.PhoneCall) in dataset
    article = rdflib.URIRef(f"{BASE}article/daily-call-00000001")
    assert rdflib.Literal("daily.txt") in set(dataset.objects(article, rdflib.DCTERMS.identifier))
    names = dataset.query("SELECT ?n { ?a dcterms:identifier ?n }")
    assert {row.n for row in names} == {rdflib.Literal("daily.txt"), rdflib.Literal("wire.txt")}
    built = dataset.query("CONSTRUCT WHERE { ?a dcterms:identifier ?n }").graph
    assert (article, rdflib.DCTERMS.identifier, rdflib.Literal("daily.txt")) in built
    dataset.default_graph.add((kg.x, rdflib.RDF.type, kg.Disaster))
    assert graph.select("SELECT ?x { ?x a kg:Disaster }") == [{"x": str(kg.x)}]


def test_store_loads_the_merged_file_of_a_folder_when_that_is_enough(tmp_path: Path) -> None:
    sample().save(tmp_path, ["turtle", "trig"])
    merged = Graph.load(tmp_path, merged=True)
    assert merged.triples() == Graph.load(tmp_path).triples()
    assert merged.select("SELECT ?g { GRAPH ?g { ?s ?p ?o } }") == []


def test_store_writes_a_database_that_answers_alike(tmp_path: Path) -> None:
    sample().write_database(tmp_path / "db")
    database = Store.read_only(str(tmp_path / "db"))
    assert len([*database.quads_for_pattern(None, None, None, DefaultGraph())]) == len(sample())
    assert len([*database.named_graphs()]) == 2
    with pytest.raises(GraphError, match="cannot be written"):
        sample().write_database(tmp_path / "db" / "CURRENT")


def test_store_knows_what_it_mentions() -> None:
    assert sample().mentions(CALL)
    assert sample().mentions(f"{KG}participant")
    assert not sample().mentions(f"{KG}particpant")
    assert not sample().mentions("no iri")


def test_store_to_networkx_is_layer_one_with_attributes() -> None:
    network = sample().to_networkx()
    call = network.nodes[CALL]
    assert (call["type"], call["class"], call["status"], call["begin"]) == (
        "event",
        "PhoneCall",
        "Occurred",
        "2025-07-03",
    )
    assert network.nodes[f"{BASE}entity/donald-trump"]["class"] == "Person"
    assert network.nodes["https://w3id.org/newskg/topic/diplomacy"]["label"] == "diplomacy"
    edges = {key for _, target, key in network.out_edges(CALL, keys=True) if target.endswith("donald-trump")}
    assert edges == {"kg:participant"}  # sem:hasActor says less
    assert not [node for node in network if "#char=" in node or "/fact/" in node]
