"""Blocs of actors that have more to do with each other than with the rest, and who links the blocs."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.analysis.network import Contacts, find_contacts

if TYPE_CHECKING:
    from kg.store import Graph

SEED: Final = 0
"""Louvain visits the actors in an order that it draws; a fixed seed gives the same blocs every time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A bloc, called after its member of most events. Ties are counted with their weights, each once."""

    name: str
    members: tuple[tuple[str, str], ...]  # IRI and label, by events
    inside: int
    across: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """An actor with ties into other blocs.

    `blocs` is with how many others; `ties` of which `across` lead out of its own bloc. `participation` is 0 when all
    ties stay within one bloc and nears 1 when they are spread evenly over many (Guimerà and Amaral 2005).
    """

    iri: str
    label: str
    bloc: str
    blocs: int
    ties: int
    across: int
    participation: float


def communities(graph: "Graph") -> tuple[Community, ...]:
    """Blocs of two and more actors, the largest first, by Louvain's method (Blondel et al. 2008) on common events.

    28 s at 30,000 actors and 100,000 ties (GROUND.md).
    """
    contacts = find_contacts(graph)
    found = []
    for members in _blocs(contacts):
        inside, touching = 0, 0
        for one, other, tie in contacts.network.edges(members, data=True):
            touching += tie["weight"]
            inside += tie["weight"] if one in members and other in members else 0
        ranked = sorted(members, key=lambda iri: _rank(contacts, iri))
        found.append(
            Community(
                name=contacts.labels[ranked[0]],
                members=tuple((iri, contacts.labels[iri]) for iri in ranked),
                inside=inside,
                across=touching - inside,
            )
        )
    return tuple(sorted(found, key=lambda bloc: (-len(bloc.members), bloc.name, bloc.members)))


def brokers(graph: "Graph", blocs: Mapping[str, str] | None = None) -> tuple[Broker, ...]:
    """Actors with ties into several blocs, those with the most evenly spread ties first.

    `blocs` names the bloc of each actor's IRI; whom it leaves out is in none. Without it the blocs are `communities`.
    """
    contacts = find_contacts(graph)
    if blocs is None:
        blocs = {iri: bloc.name for bloc in communities(graph) for iri, _ in bloc.members}
    found = []
    for iri, own in blocs.items():
        if iri not in contacts.network:
            continue
        ties: defaultdict[str, int] = defaultdict(int)
        for other, tie in contacts.network.adj[iri].items():
            if other in blocs:
                ties[blocs[other]] += tie["weight"]
        total = sum(ties.values())
        across = total - ties[own]
        if across:
            found.append(
                Broker(
                    iri=iri,
                    label=contacts.labels[iri],
                    bloc=own,
                    blocs=sum(1 for bloc, weight in ties.items() if weight and bloc != own),
                    ties=total,
                    across=across,
                    participation=1 - sum((weight / total) ** 2 for weight in ties.values()),
                )
            )
    return tuple(sorted(found, key=lambda b: (-round(b.participation, 9), -b.across, b.label, b.iri)))


def _blocs(contacts: Contacts) -> list[set[str]]:
    from networkx.algorithms.community import louvain_communities

    if not contacts.network.number_of_edges():
        return []
    found = louvain_communities(contacts.network, weight="weight", seed=SEED)
    return [members for members in found if len(members) > 1]


def _rank(contacts: Contacts, iri: str) -> tuple[int, str, str]:
    return -contacts.events[iri], contacts.labels[iri], iri
