"""Who has to do with whom.

Actors are joined when they take part in the same event; the more such events, the heavier the tie. Denied events and
mere possibilities join nobody.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import networkx

    from kg.store import Graph

LARGEST_GATHERING: Final = 50
"""Actors of one event that are joined pairwise; a longer list names an audience, not contacts."""

_TIES: Final = """
SELECT DISTINCT ?event ?actor ?label WHERE {
  ?event a sem:Event ; sem:hasActor ?actor ; kg:status ?status . ?actor rdfs:label ?label .
  FILTER(?status IN (kg:Occurred, kg:Ongoing, kg:Planned))
} ORDER BY ?event ?actor ?label"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contacts:
    """The weighted `network` of actors by IRI, their `labels`, and in how many `events` each takes part."""

    network: "networkx.Graph[str]"
    labels: dict[str, str]
    events: Counter[str]


def find_contacts(graph: "Graph") -> Contacts:
    """The network of actors; nodes are in the order of their IRIs."""
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
    events = Counter(actor for together in actors.values() for actor in together)
    return Contacts(network=network, labels=labels, events=events)
