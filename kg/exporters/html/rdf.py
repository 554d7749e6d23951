"""The graph itself inside the page, as Turtle: to ask with SPARQL there, and to take parts of it away."""

from dataclasses import dataclass
from typing import Final

from pyoxigraph import Triple

from kg.exporters.html.source import PREFIXES, GraphLike
from kg.exporters.turtle import turtle
from kg.store import triple_key
from kg.vocab import BASE, data_prefixes

MOST_TRIPLES: Final = 250_000  # a browser loads about 60,000 a second into its SPARQL engine
MOST_CORE_TRIPLES: Final = 750_000

WHOLE: Final = "?s ?p ?o"
CORE: Final = """?s ?p ?o . FILTER(?p != prov:wasDerivedFrom)
    MINUS { VALUES ?evidence { kg:Fact kg:Sentence prov:Activity } ?s a ?evidence }
    MINUS { VALUES ?evidence { kg:Fact kg:Sentence prov:Activity } ?o a ?evidence }"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGraph:
    """Turtle, and how much of the graph it is."""

    turtle: bytes
    base: str  # base IRI of the graph's own things
    triples: int
    scope: str  # "whole"; "core", without facts and sentences; "none" when even that is too large


def page_graph(graph: GraphLike) -> PageGraph:
    """As much of the graph as a browser holds well: all of it, layer 1 of VOCABULARY.md, or nothing."""
    base = str(getattr(graph, "base", BASE))
    for scope, pattern, most in (("whole", WHOLE, MOST_TRIPLES), ("core", CORE, MOST_CORE_TRIPLES)):
        triples = _triples(graph, pattern, most)
        if triples is not None:
            text = b"".join(turtle(triples, data_prefixes(base)))
            return PageGraph(turtle=text, base=base, triples=len(triples), scope=scope)
    return PageGraph(turtle=b"", base=base, triples=0, scope="none")


def _triples(graph: GraphLike, pattern: str, most: int) -> list[Triple] | None:
    """The distinct triples in their order; None when there are more than `most`."""
    rows = graph.query(f"{PREFIXES}SELECT DISTINCT ?s ?p ?o WHERE {{ {pattern} }} LIMIT {most + 1}")
    found = [Triple(row["s"], row["p"], row["o"]) for row in rows]
    return sorted(found, key=triple_key) if len(found) <= most else None
