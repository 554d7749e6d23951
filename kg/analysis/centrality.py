"""Who is central."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.network import find_contacts

if TYPE_CHECKING:
    from kg.store import Graph

EXACT_BETWEENNESS: Final = 500
"""Up to so many actors betweenness is exact (about a second); beyond, it is estimated from as many sources."""
SAMPLED_SOURCES: Final = 100
"""Sources of the estimate: 19 s at 30,000 nodes (GROUND.md)."""
SAMPLING_SEED: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CentralActor:
    """How central one actor is. `pagerank` sums to 1 over all actors; `betweenness` is between 0 and 1."""

    iri: str
    label: str
    events: int
    neighbours: int
    pagerank: float
    betweenness: float


def most_central(graph: "Graph", limit: int | None = None) -> tuple[CentralActor, ...]:
    """Actors by PageRank on the network of common events (Brin and Page 1998), best first.

    Betweenness is Brandes' (2001), estimated from a fixed sample of sources in large networks (Brandes and Pich 2007).
    """
    import networkx

    contacts = find_contacts(graph)
    network = contacts.network
    if not len(network):
        return ()
    ranks = networkx.pagerank(network, weight="weight")
    sources = None if len(network) <= EXACT_BETWEENNESS else SAMPLED_SOURCES
    between = networkx.betweenness_centrality(network, k=sources, seed=SAMPLING_SEED)
    actors = (
        CentralActor(
            iri=iri,
            label=contacts.labels[iri],
            events=contacts.events[iri],
            neighbours=network.degree(iri),
            pagerank=ranks[iri],
            betweenness=between[iri],
        )
        for iri in network
    )
    # Rounded before comparing: the last bits of a float are no reason for an order.
    return tuple(sorted(actors, key=lambda a: (-round(a.pagerank, 9), -a.events, a.label, a.iri))[:limit])
