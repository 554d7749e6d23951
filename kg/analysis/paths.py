"""How two actors are connected: from event to event, each with the sentence that says so."""

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.sparql import Iri
from kg.why import find_one

if TYPE_CHECKING:
    from kg.store import Graph

MOST_PATHS: Final = 10
"""Paths of the same length are very many in a dense network."""
_TIES: Final = """
SELECT DISTINCT ?event ?actor WHERE {
  ?event a sem:Event ; sem:hasActor ?actor ; kg:status ?status .
  FILTER(?status IN (kg:Occurred, kg:Ongoing, kg:Planned))
} ORDER BY ?event ?actor"""
_LABEL: Final = "SELECT ?thing ?label { ?thing rdfs:label ?label } ORDER BY ?label LIMIT 1"
_TOLD: Final = """
SELECT ?event ?label ?status ?day ?sentence ?outlet WHERE {
  ?event rdfs:label ?label ; kg:status ?state .
  OPTIONAL { ?event sem:hasBeginTimeStamp ?day }
  OPTIONAL {
    ?event prov:wasDerivedFrom ?evidence .
    ?evidence schema:text ?sentence ; schema:isPartOf ?article .
    OPTIONAL { ?article schema:publisher/rdfs:label ?outlet }
  }
  BIND(STRAFTER(STR(?state), "#") AS ?status)
} ORDER BY ?evidence LIMIT 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one actor to another by an event in which both take part, with one of the sentences behind it."""

    start: str
    end: str
    event: str
    iri: str  # of the event
    status: str
    day: str | None
    sentence: str | None
    outlet: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Steps from the first actor to the second."""

    steps: tuple[Step, ...]


def shortest_paths(graph: "Graph", source: str, target: str, limit: int = 3) -> tuple[Path, ...]:
    """Up to `limit` (at most MOST_PATHS) shortest paths over common events that are not denied or merely possible.

    Actors are given by name or IRI. Empty when nothing connects them. Raises QueryError for a name that means nothing
    or several things, and for an actor of no event.
    """
    import networkx

    network: networkx.Graph[str] = networkx.Graph()
    for row in graph.select(_TIES):
        network.add_edge(row["actor"], row["event"])
    ends = [find_one(graph, name) for name in (source, target)]
    for name, iri in zip((source, target), ends, strict=True):
        if iri not in network:
            raise QueryError(f"{name!r} takes part in no event")
    if not networkx.has_path(network, *ends):
        return ()
    nodes = islice(networkx.all_shortest_paths(network, *ends), min(limit, MOST_PATHS))
    return tuple(Path(steps=_steps(graph, path)) for path in nodes)


def _steps(graph: "Graph", path: list[str]) -> tuple[Step, ...]:
    """A path has actors and events in turn."""
    labels = [graph.select(_LABEL, {"thing": Iri(actor)})[0].get("label", actor) for actor in path[::2]]
    steps = []
    for (start, end), event in zip(pairwise(labels), path[1::2], strict=True):
        told = graph.select(_TOLD, {"event": Iri(event)})[0]
        steps.append(
            Step(
                start=start,
                end=end,
                event=told["label"],
                iri=event,
                status=told["status"],
                day=told.get("day"),
                sentence=told.get("sentence"),
                outlet=told.get("outlet"),
            )
        )
    return tuple(steps)
