"""How much a graph holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.store import Graph

_COUNTS: Final[dict[str, str]] = {
    "articles": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a schema:NewsArticle }",
    "copies": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x kg:copyOf ?of }",
    "outlets": "SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE { ?x a schema:NewsArticle ; schema:publisher ?o }",
    "entities": (
        "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x kg:mentionedIn ?a"
        " MINUS { ?x a sem:Event } MINUS { ?x a kg:Statement } }"
    ),
    "events": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a sem:Event }",
    "statements": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a kg:Statement }",
    "sentences": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a kg:Sentence }",
    "facts": "SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a kg:Fact }",
    "disagreements": ("SELECT (COUNT(*) AS ?n) WHERE { ?a kg:conflictsWith ?b FILTER(STR(?a) < STR(?b)) }"),
}
_BY_CLASS: Final = """
SELECT ?name (COUNT(DISTINCT ?x) AS ?n) WHERE {
  ?x a sem:Event, ?class . FILTER(STRSTARTS(STR(?class), STR(kg:)) && ?class NOT IN (kg:OtherEvent, kg:GovernanceEvent))
  BIND(STRAFTER(STR(?class), "#") AS ?name)
} GROUP BY ?name ORDER BY DESC(?n) ?name"""
_BY_STATUS: Final = """
SELECT ?name (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x kg:status ?s BIND(STRAFTER(STR(?s), "#") AS ?name) }
GROUP BY ?name ORDER BY DESC(?n) ?name"""
_SPAN: Final = """
SELECT (MIN(?b) AS ?first) (MAX(?e) AS ?last) WHERE { ?x sem:hasBeginTimeStamp ?b ; sem:hasEndTimeStamp ?e }"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The size of a graph. `counts` names articles, copies, outlets, entities, events, statements, and so on."""

    triples: int
    counts: Mapping[str, int]
    events_by_class: Mapping[str, int]
    events_by_status: Mapping[str, int]
    first_day: str | None
    last_day: str | None


def summarize(graph: "Graph") -> Summary:
    """Count what the graph holds."""
    span = (graph.select(_SPAN) or [{}])[0]
    return Summary(
        triples=len(graph),
        counts={name: int(graph.select(query)[0]["n"]) for name, query in _COUNTS.items()},
        events_by_class={row["name"]: int(row["n"]) for row in graph.select(_BY_CLASS) if "name" in row},
        events_by_status={row["name"]: int(row["n"]) for row in graph.select(_BY_STATUS) if "name" in row},
        first_day=span.get("first"),
        last_day=span.get("last"),
    )
