"""Graphs for the tests of the HTML page: the hand-written sample, alone and with hostile text everywhere."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox
from hostile import HOSTILE

from kg.exporters.html import render_html

SAMPLE = Path(__file__).parent / "html_sample.ttl"


class SampleGraph:
    """A store that answers over all its graphs."""

    def __init__(self, turtle: str) -> None:
        self.store = ox.Store()
        self.store.load(turtle, format=ox.RdfFormat.TURTLE)

    def query(self, sparql: str, /) -> Any:
        return self.store.query(sparql, use_default_graph_as_union=True)


def page_at(path: Path, turtle: str, *, title: str | None = None, limit: int | None = None) -> str:
    """Write a graph's page to `path`; gives its address."""
    path.write_text(render_html(SampleGraph(turtle), title=title, limit=limit), encoding="utf-8")
    return path.as_uri()


def sample_turtle() -> str:
    """The hand-written sample, and how sure it is of three of its events."""
    lines = [SAMPLE.read_text(encoding="utf-8")]
    for event, leaf, confidence, sources in (
        ("call", "PhoneCall", 0.95, 2),
        ("planned-call", "PhoneCall", 0.8, 1),
        ("macron", "PhoneCall", 0.6, 1),
    ):
        lines.append(
            f"f:type-{event} a kg:Fact ; rdf:subject ev:{event} ; rdf:predicate rdf:type ; rdf:object kg:{leaf} ;"
            f" kg:confidence {confidence} ; kg:rank kg:Preferred ; kg:sourceCount {sources} ;"
            " prov:wasDerivedFrom <https://w3id.org/newskg/id/article/harbour-one#char=45,120> ."
        )
    return "\n".join(lines)


PAIR = """
@prefix kg: <https://w3id.org/newskg/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix x: <https://w3id.org/newskg/id/> .

x:article a schema:NewsArticle ; schema:headline "Ann speaks"@en .
<https://w3id.org/newskg/id/article#char=0,20> a kg:Sentence ; schema:isPartOf x:article ;
  schema:text "Ann met the others." .
x:ann a schema:Person ; rdfs:label "Ann"@en ; kg:mentionedIn x:article .
x:talk a sem:Event, kg:Meeting ; rdfs:label "The meeting"@en ; kg:status kg:Occurred ; kg:participant x:ann ;
  kg:mentionedIn x:article .
x:fact a kg:Fact ; rdf:subject x:talk ; rdf:predicate kg:participant ; rdf:object x:ann ; kg:confidence 0.9 ;
  kg:rank kg:Preferred ; kg:sourceCount 1 ; prov:wasDerivedFrom <https://w3id.org/newskg/id/article#char=0,20> .
"""  # two things with one line between them


def hostile_turtle() -> str:
    """The sample with every hostile text as name, type, event, sentence, statement, headline, outlet and address."""
    lines = [SAMPLE.read_text(encoding="utf-8")]
    for number, text in enumerate(HOSTILE.values()):
        literal = str(ox.Literal(storable(text), language="en"))
        plain = str(ox.Literal(storable(text)))
        article = f"<https://w3id.org/newskg/id/article/hostile-{number}>"
        sentence = f"<https://w3id.org/newskg/id/article/hostile-{number}#char={number},9999>"
        lines.append(
            f"{article} a schema:NewsArticle ; schema:headline {literal} ; schema:publisher e:outlet{number} ;"
            f" schema:url {plain} ; schema:datePublished {plain} ."
            f"e:outlet{number} a schema:Organization ; rdfs:label {literal} ."
            f"{sentence} a kg:Sentence ; schema:text {literal} ; schema:isPartOf {article} ."
            f"e:h{number} a schema:Person ; rdfs:label {literal} ; skos:altLabel {literal}, {plain} ;"
            f" kg:mentionCount {plain} ; schema:sameAs <javascript:window.__pwned=1> ; schema:url {plain} ;"
            f" org:holds p:h{number} ; kg:mentionedIn {article} ."
            f"p:h{number} a org:Post ; rdfs:label {literal} ."
            f"ev:h{number} a sem:Event, kg:Meeting ; rdfs:label {literal} ; kg:participant e:h{number}, e:russia ;"
            f" sem:hasBeginTimeStamp {plain} ; kg:status kg:Occurred ; kg:mentionedIn {article} ;"
            f" prov:wasDerivedFrom {sentence} ."
            f"st:h{number} a kg:Statement, schema:Quotation ; kg:speaker e:h{number} ; kg:addressee e:h{number} ;"
            f" schema:about e:russia ; schema:text {literal} ; prov:wasDerivedFrom {sentence} ."
            f"f:h{number} a kg:Fact ; rdf:subject ev:h{number} ; rdf:predicate kg:constructor ; rdf:object {plain} ;"
            f" kg:confidence {plain} ; kg:conflictsWith f:i{number} ; prov:wasDerivedFrom {sentence} ."
            f"f:i{number} a kg:Fact ; rdf:subject ev:h{number} ; rdf:predicate kg:toString ; rdf:object {plain} ."
            f"f:j{number} a kg:Fact ; rdf:subject e:h{number} ; rdf:predicate org:holds ; rdf:object p:h{number} ."
        )
    return "\n".join(lines)


def storable(text: str) -> str:
    """`text` without the lone surrogates, which no RDF literal can hold."""
    return text.encode("utf-8", errors="replace").decode("utf-8")
