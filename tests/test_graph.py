"""What stands in the graph for a hand-made resolution: VOCABULARY.md's promises, one by one."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from building import SmallKnowledge, Told, entry, make_reading
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Triple, parse

from kg.graph import to_quads
from kg.model import Actor, Amount, DateRange, Mention, MentionKind, Quote, Reading, Status
from kg.resolution import Event, Evidence, Fact, Rank, Resolution, resolve_across_documents
from kg.resolution.model import Article, FactValue
from kg.schema import load_event_schema
from kg.store import Graph
from kg.validation import validate
from kg.vocab import BASE, XSD

DAY = date(2025, 7, 3)
HOSTILE = 'A "quoted" \\ text </script> with {braces} and <http://evil> . Done…'
CANONICAL = {
    f"{XSD}integer": r"0|-?[1-9]\d*",
    f"{XSD}decimal": r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?",
    f"{XSD}date": r"\d{4}-\d{2}-\d{2}",
    f"{XSD}duration": r"P[0-9DTHMSWY]+",
    f"{XSD}string": r"(?s:.*)",
}


class NoKnowledge:
    def entry(self, entry_id: str) -> None:
        raise KeyError(entry_id)


def graph_of(*readings: Reading, base: str = BASE) -> Graph:
    readings = tuple(replace(reading, actors=tuple(map(mentioned, reading.actors))) for reading in readings)
    resolution = resolve_across_documents(readings, NoKnowledge(), load_event_schema())  # type: ignore[arg-type]
    return Graph(to_quads(resolution, load_event_schema(), base), base=base)


def mentioned(actor: Actor) -> Actor:
    """The actor with a mention, which every actor of a real reading has."""
    mention = Mention(begin=0, end=4, text=actor.name, kind=MentionKind.NAME, label="PER", sentence=0)
    return replace(actor, mentions=(mention,))


def said(text: str, speaker: str = "Vladimir Putin") -> Quote:
    return Quote(begin=0, end=len(text), text=text, verbatim=True, sentences=(0,), speaker=speaker)


def disagreeing() -> Graph:
    """One call that two articles put on the third of July and one on the second, with odd words all over."""
    days = (date(2025, 7, 2), DAY, DAY)
    readings = [
        make_reading(
            Told(day=day, numbers={"ordinal": 6, "duration": "PT1H"}),
            Told(type="EconomicAid", roles=(("agent", "Ж."), ("recipient", "Xi Ö. ")), numbers={"amount": AMOUNT}),
            name=f"{number}.",
            text=f"Text {number} . {HOSTILE}",
            quotes=[said("We will not abandon these goals.")],
        )
        for number, day in enumerate(days)
    ]
    return graph_of(*readings)


AMOUNT = Amount(value=Decimal("1.530E8"), currency="USD")


@pytest.fixture(scope="module")
def graph() -> Graph:
    return disagreeing()


def iris(graph: Graph) -> set[str]:
    return {term.value for triple in graph.triples() for term in triple if isinstance(term, NamedNode)}


def test_graph_turtle_is_the_union_of_trig(graph: Graph, tmp_path: Path) -> None:
    graph.save(tmp_path, ["turtle", "trig"])
    turtle = {quad.triple for quad in parse(path=str(tmp_path / "graph.ttl"), format=RdfFormat.TURTLE)}
    trig = list(parse(path=str(tmp_path / "graph.trig"), format=RdfFormat.TRIG))
    assert turtle == {quad.triple for quad in trig} == set(graph.triples())
    named = {quad.graph_name for quad in trig} - {DefaultGraph()}
    assert {name.value for name in named} == {row["a"] for row in graph.select("SELECT ?a { ?a a schema:NewsArticle }")}


def test_graph_every_fact_has_evidence_that_is_a_slice_of_its_article(graph: Graph) -> None:
    facts = {row["f"] for row in graph.select("SELECT ?f { ?f a kg:Fact }")}
    rows = graph.select(
        "SELECT ?f ?text ?begin ?end ?path { ?f a kg:Fact ; prov:wasDerivedFrom ?s . ?s schema:text ?text ; "
        "nif:beginIndex ?begin ; nif:endIndex ?end ; schema:isPartOf/dcterms:identifier ?path }"
    )
    assert facts == {row["f"] for row in rows} != set()
    for row in rows:
        whole = f"Text {row['path'][0]} . {HOSTILE}"
        assert whole[int(row["begin"]) : int(row["end"])] == row["text"]


def test_graph_every_direct_triple_has_a_fact(graph: Graph) -> None:
    told = "{ ?s a sem:Event } UNION { ?s a kg:Statement }"
    properties = "kg:participant kg:agent kg:recipient kg:status kg:ordinal sem:hasBeginTimeStamp kg:speaker kg:amount"
    rows = graph.select(
        f"SELECT ?s ?p ?f {{ {told} VALUES ?p {{ {properties} }} ?s ?p ?o "
        "OPTIONAL { ?f rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:confidence ?c ; kg:sourceCount ?n } }"
    )
    assert {row["p"].rsplit("#")[-1].rsplit("/")[-1] for row in rows} >= {"participant", "status", "speaker", "amount"}
    assert all("f" in row for row in rows)


def test_graph_rejected_values_are_facts_and_not_asserted(graph: Graph) -> None:
    rows = graph.select(
        "SELECT ?s ?p ?o { ?f kg:rank kg:Rejected ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }"
    )
    assert {row["o"] for row in rows} == {"2025-07-02"}
    days = graph.select("SELECT ?d { ?e a kg:PhoneCall ; sem:hasBeginTimeStamp|sem:hasEndTimeStamp ?d }")
    assert {row["d"] for row in days} == {"2025-07-03"}


def test_graph_conflicts_point_both_ways(graph: Graph) -> None:
    pairs = {(row["a"], row["b"]) for row in graph.select("SELECT ?a ?b { ?a kg:conflictsWith ?b }")}
    assert len(pairs) == 4  # first and last day, both ways
    assert pairs == {(b, a) for a, b in pairs}


def test_graph_conflicts_point_both_ways_where_values_share_a_triple() -> None:
    first, longer, other = (
        DateRange(begin=date(2025, 7, a), end=date(2025, 7, b)) for a, b in ((3, 3), (3, 5), (1, 1))
    )
    graph = Graph(
        to_quads(
            resolution_of(
                dated(first, Rank.PREFERRED), dated(longer, Rank.REJECTED, other), dated(other, Rank.REJECTED, longer)
            ),
            load_event_schema(),
        )
    )
    pairs = {(row["a"], row["b"]) for row in graph.select("SELECT ?a ?b { ?a kg:conflictsWith ?b }")}
    assert pairs == {(b, a) for a, b in pairs} != set()


def dated(value: FactValue, rank: Rank, *conflicts: FactValue) -> Fact:
    return Fact(
        subject="event/e",
        property="date",
        value=value,
        evidence=(Evidence(article="article/a", sentence=0),),
        confidence=0.8,
        rank=rank,
        source_count=1,
        conflicts=conflicts,
    )


def resolution_of(*facts: Fact) -> Resolution:
    evidence = (Evidence(article="article/a", sentence=0),)
    return Resolution(
        articles={"article/a": Article(id="article/a", reading=make_reading(Told()))},
        entities={},
        posts={},
        events=(
            Event(
                id="event/e",
                type="PhoneCall",
                label="A call",
                articles=("article/a",),
                evidence=evidence,
                facts=facts,
                topics=(),
            ),
        ),
        statements=(),
        facts=(),
    )


def test_graph_literals_are_canonical(graph: Graph) -> None:
    literals = [triple.object for triple in graph.triples() if isinstance(triple.object, Literal)]
    assert {literal.datatype.value for literal in literals} >= {f"{XSD}{n}" for n in ("integer", "decimal", "date")}
    for literal in literals:
        if literal.language is not None:
            assert literal.language == literal.language.lower()
        else:
            assert re.fullmatch(CANONICAL[literal.datatype.value], literal.value), literal
    (row,) = graph.select("SELECT DISTINCT ?a ?c { ?e kg:amount ?a ; schema:currency ?c }")
    assert (row["a"], row["c"]) == ("153000000", "USD")


def test_graph_names_end_in_a_letter_or_a_digit(graph: Graph) -> None:
    own = [iri for iri in iris(graph) if iri.startswith(BASE)]
    assert {iri.removeprefix(BASE).split("/")[0] for iri in own} >= {"article", "entity", "event", "fact", "statement"}
    for iri in own:
        assert re.fullmatch(r"[a-z]+/[a-z0-9-]*[a-z0-9](?:#char=\d+,\d+)?", iri.removeprefix(BASE)), iri


def test_graph_turtle_writes_articles_in_full(graph: Graph, tmp_path: Path) -> None:
    graph.save(tmp_path, ["turtle"])
    text = (tmp_path / "graph.ttl").read_text(encoding="utf-8")
    articles = graph.select("SELECT ?a { ?a a schema:NewsArticle }")
    assert len(articles) == 3
    for row in articles:
        assert text.count(f"\n<{row['a']}> a schema:NewsArticle") == 1
    assert "article:" not in text


def test_graph_keeps_the_shapes(graph: Graph) -> None:
    assert validate(graph).violations == ()


def test_graph_respects_the_base() -> None:
    base = "https://example.org/my/data/"
    graph = graph_of(make_reading(Told(day=DAY), quotes=[said("We will not abandon these goals.")]), base=base)
    assert not [iri for iri in iris(graph) if iri.startswith(BASE)]
    assert {f"{base}entity/donald-trump", f"{base}event/2025-07-03-phone-call-donald-trump-vladimir-putin"} <= iris(
        graph
    )
    assert graph.prefixes()["entity"] == f"{base}entity/"
    assert validate(graph).conforms


def test_graph_text_comes_back_unchanged(graph: Graph, tmp_path: Path) -> None:
    graph.save(tmp_path, ["trig"])
    texts = {row["t"] for row in Graph.load(tmp_path).select("SELECT ?t { ?s a kg:Sentence ; schema:text ?t }")}
    assert texts == {f"Text {number} . {HOSTILE}" for number in range(3)}


def test_graph_status_of_a_planned_event_is_no_occurrence() -> None:
    graph = graph_of(make_reading(Told(status=Status.PLANNED)))
    assert [row["s"].rsplit("#")[-1] for row in graph.select("SELECT ?s { ?e kg:status ?s }")] == ["Planned"]


def test_graph_of_nothing_is_empty() -> None:
    triples: list[Triple] = graph_of().triples()
    assert triples == []


def test_graph_says_how_sure_the_link_of_an_entity_is() -> None:
    known = entry("Q22686", "Donald Trump")
    knowledge = SmallKnowledge(replace(known, wikidata="Q22686", wikipedia="Donald_Trump"))
    schema = load_event_schema()
    reading = make_reading(Told(roles=(("participant", "Donald Trump"), ("participant", "Vladimir Putin"))))
    trump, putin = map(mentioned, reading.actors)
    linked = replace(trump, knowledge_id="Q22686", confidence=0.87)
    told = replace(reading, actors=(linked, putin))
    resolution = resolve_across_documents([told], knowledge, schema)  # type: ignore[arg-type]
    graph = Graph(to_quads(resolution, schema, BASE), base=BASE)
    rows = graph.query(
        "SELECT ?label ?same ?sure ?sentence WHERE { ?fact rdf:predicate schema:sameAs ; rdf:object ?same ;"
        " rdf:subject/rdfs:label ?label ; kg:confidence ?sure ; prov:wasDerivedFrom/schema:text ?sentence }"
    )
    [(label, same, sure, sentence)] = [tuple(term.value for term in row) for row in rows]
    assert (label, sure) == ("Donald Trump", "0.87")
    assert same == "http://www.wikidata.org/entity/Q22686"
    assert sentence == reading.sentences[0].text
