"""Decisions made by name (`kg decide`): from what people call things to what a file of decisions calls them."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import DecisionError
from kg.exporters.atomic import write_atomically
from kg.model import Verdict
from kg.resolution.decisions import (
    NONE,
    DecidedEntity,
    DecidedEvent,
    Decision,
    read_decisions,
    write_decisions,
)
from kg.sparql import Iri
from kg.why import describe, event_class, find_one

if TYPE_CHECKING:
    from kg.store import Graph

IN: Final = " @ "
"""Between a thing and the article in which it is meant."""
_NAMED_IN: Final = "SELECT ?thing ?article { ?thing kg:mentionedIn ?article } LIMIT 1"
_TOLD: Final = """SELECT DISTINCT ?thing ?article ?begin ?end {
  ?thing prov:wasDerivedFrom ?sentence . ?sentence schema:isPartOf ?article ; nif:beginIndex ?begin ; nif:endIndex ?end
} ORDER BY ?article ?begin"""


def decide(graph: "Graph", verdict: Verdict, names: tuple[str, ...]) -> Decision:
    """The decision about things of the graph, each named by label or IRI, perhaps as it stands in one article.

    "Phone call: A – B (3 July 2025) @ article/northern-wire-…" is the call as that article tells of it. Raises
    QueryError for a name that is unknown or ambiguous, DecisionError where there is nothing to decide.
    """
    things = tuple(_thing(graph, name) for name in names)
    if len(things) != (1 if verdict is Verdict.WRONG_LINK else 2):
        raise DecisionError(f"{verdict} takes {'one entity' if verdict is Verdict.WRONG_LINK else 'two things'}")
    kinds = {type(thing) for thing in things}
    if len(kinds) > 1 or (verdict is Verdict.WRONG_LINK and DecidedEvent in kinds):
        wanted = "an entity" if verdict is Verdict.WRONG_LINK else "two events or two entities"
        raise DecisionError(f"{verdict} takes {wanted}, not {' and '.join(map(repr, names))}")
    if len({thing.type for thing in things if isinstance(thing, DecidedEvent)}) > 1:
        raise DecisionError(f"{' and '.join(map(repr, names))} are of two classes: they are two events in any case")
    if len(things) == 2 and things[0] == things[1]:
        hint = f"; name articles: {names[0]!r}{IN}ARTICLE" if verdict is Verdict.DIFFERENT else ""
        raise DecisionError(f"both names mean the same thing{hint}")
    return Decision(verdict=verdict, things=things)


def add_decision(path: Path, decision: Decision) -> bool:
    """Write the decision into the file, in place of what it contradicts; False when it stands there already."""
    before = read_decisions(path).all if path.is_file() else NONE.all
    if decision in before:
        return False
    kept = [one for one in before if set(one.things) != set(decision.things)]
    if kept == list(before) and path.is_file():  # what people have written between the decisions stays
        text = path.read_text(encoding="utf-8").rstrip("\n") + "\n" + write_decisions([decision], head="")
    else:
        text = write_decisions([*kept, decision])
    write_atomically(path, text.encode("utf-8"))
    return True


def _thing(graph: "Graph", name: str) -> DecidedEvent | DecidedEntity:
    plain, _, where = name.partition(IN)
    iri = find_one(graph, plain)
    thing = describe(graph, iri)
    within = find_one(graph, where) if where else None
    if within is not None and not graph.select(_NAMED_IN, {"thing": Iri(iri), "article": Iri(within)}):
        raise DecisionError(f"{where!r} is no article that names {plain!r}")
    leaf = event_class(thing)
    if leaf is not None:
        told = tuple(
            f"{row['article'].removeprefix(graph.base)}#char={row['begin']},{row['end']}"
            for row in graph.select(_TOLD, {"thing": Iri(iri)})
            if within in (None, row["article"])
        )
        return DecidedEvent(type=leaf, told=told, name=thing.label)
    if not iri.startswith(f"{graph.base}entity/"):
        raise DecisionError(f"{plain!r} is neither an event nor a person, a place or an organization")
    articles = (within.removeprefix(graph.base),) if within else ()
    return DecidedEntity(id=iri.removeprefix(graph.base), articles=articles, name=thing.label)
