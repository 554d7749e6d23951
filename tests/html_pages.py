"""Graphs for the tests of the HTML page: the hand-written sample, alone and with hostile text everywhere."""

from pathlib import Path
from typing import Any

import pyoxigraph as ox

SAMPLE = Path(__file__).parent / "html_sample.ttl"
HOSTILE = (
    '<img src=x onerror="window.__pwned=1">',
    "</script><script>window.__pwned=1</script>",
    "<!--<script>",
    '<a href="javascript:window.__pwned=1">x</a>',
    "{{ 7*7 }}{% raw %}",
    "\u202eevil\u2066 \u2028 \u2029",
    "A" * 10_000,
)


class SampleGraph:
    """A store that answers over all its graphs."""

    def __init__(self, turtle: str) -> None:
        self.store = ox.Store()
        self.store.load(turtle, format=ox.RdfFormat.TURTLE)

    def query(self, sparql: str, /) -> Any:
        return self.store.query(sparql, use_default_graph_as_union=True)


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
    lines = [SAMPLE.read_text(encoding="utf-8")]
    for number, text in enumerate(HOSTILE):
        literal = str(ox.Literal(text, language="en"))
        lines.append(
            f"e:h{number} a schema:Person ; rdfs:label {literal} ; skos:altLabel {literal} ; kg:mentionCount 50 ;"
            " schema:sameAs <javascript:window.__pwned=1> ;"
            " kg:mentionedIn <https://w3id.org/newskg/id/article/harbour-one> ."
            f"ev:h{number} a sem:Event, kg:Meeting ; rdfs:label {literal} ; kg:participant e:h{number}, e:russia ;"
            " kg:status kg:Occurred ; kg:mentionedIn <https://w3id.org/newskg/id/article/harbour-one> ;"
            f" prov:wasDerivedFrom <https://w3id.org/newskg/id/article/harbour-one#char={number},9999> ."
            f"<https://w3id.org/newskg/id/article/harbour-one#char={number},9999> a kg:Sentence ;"
            f" schema:text {literal} ; schema:isPartOf <https://w3id.org/newskg/id/article/harbour-one> ."
            f"st:h{number} a kg:Statement ; kg:speaker e:h{number} ; schema:text {literal} ."
        )
    return "\n".join(lines)
