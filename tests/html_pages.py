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
