"""What stands out in a graph: its size, and who is central in it.

Actors are joined when they take part in the same event; the more such events, the heavier the tie. Denied events and
mere possibilities join nobody.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx

    from kg.store import Graph

EXACT_BETWEENNESS: Final = 500
"""Up to so many actors betweenness is exact (about a second); beyond, it is estimated from as many sources."""
SAMPLED_SOURCES: Final = 100
"""Sources of the estimate: 19 s at 30,000 nodes (GROUND.md)."""
SAMPLING_SEED: Final = 0
LARGEST_GATHERING: Final = 50
"""Actors of one event that are joined pairwise; a longer list names an audience, not contacts."""

_TIES: Final = """
SELECT DISTINCT ?event ?actor ?label WHERE {
  ?event a sem:Event ; sem:hasActor ?actor ; kg:status ?status . ?actor rdfs:label ?label .
  FILTER(?status IN (kg:Occurred, kg:Ongoing, kg:Planned))
} ORDER BY ?event ?actor ?label"""

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
class CentralActor:
    """How central one actor is. `pagerank` sums to 1 over all actors; `betweenness` is between 0 and 1."""

    iri: str
    label: str
    events: int
    neighbours: int
    pagerank: float
    betweenness: float


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


def most_central(graph: "Graph", limit: int | None = None) -> tuple[CentralActor, ...]:
    """Actors by PageRank on the network of common events (Brin and Page 1998), best first.

    Betweenness is Brandes' (2001), estimated from a fixed sample of sources in large networks (Brandes and Pich 2007).
    """
    import networkx

    network, labels, events = _contacts(graph)
    if not labels:
        return ()
    ranks = networkx.pagerank(network, weight="weight")
    sources = None if len(network) <= EXACT_BETWEENNESS else SAMPLED_SOURCES
    between = networkx.betweenness_centrality(network, k=sources, seed=SAMPLING_SEED)
    actors = (
        CentralActor(
            iri=iri,
            label=labels[iri],
            events=events[iri],
            neighbours=network.degree(iri),
            pagerank=ranks[iri],
            betweenness=between[iri],
        )
        for iri in network
    )
    # Rounded before comparing: the last bits of a float are no reason for an order.
    return tuple(sorted(actors, key=lambda a: (-round(a.pagerank, 9), -a.events, a.label, a.iri))[:limit])


def _contacts(graph: "Graph") -> tuple["networkx.Graph[str]", dict[str, str], Counter[str]]:
    """The weighted network of actors, their labels, and in how many events each takes part."""
    import networkx

    labels: dict[str, str] = {}
    actors: defaultdict[str, list[str]] = defaultdict(list)
    for row in graph.select(_TIES):
        labels.setdefault(row["actor"], row["label"])
        if row["actor"] not in actors[row["event"]]:
            actors[row["event"]].append(row["actor"])
    network: networkx.Graph[str] = networkx.Graph()
    network.add_nodes_from(sorted(labels))
    for together in actors.values():
        for one, other in combinations(together[:LARGEST_GATHERING], 2):
            weight = network.get_edge_data(one, other, {"weight": 0})["weight"]
            network.add_edge(one, other, weight=weight + 1)
    return network, labels, Counter(actor for together in actors.values() for actor in together)
