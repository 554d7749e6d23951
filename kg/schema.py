"""The event classes of ontology/newskg.ttl as the event stage uses them: triggers, slots, labels."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.model import LOCALITIES
from kg.ontology_files import ontology_path
from kg.vocab import KG, RDFS, SCHEMA

_SUBCLASS: Final = ox.NamedNode(f"{RDFS}subClassOf")


PLACE = "Place"
UNDERGOER = "undergoer"
"""Position of who "suffered an attack" or "faces sanctions" (lexicon/supports.tsv): one of UNDERGOING."""
HOST, GUEST = "host", "guest"
"""Positions in "received her for a visit": both take part in an event of equals, of others the guest is the subject."""
UNDERGOING = ("object", "to", "on", "against", "of", "into")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Words that name an event. Guards are sets of lemmas; an empty set does not guard."""

    event_type: str
    lemmas: tuple[str, ...]
    pos: str  # NOUN or VERB
    near: frozenset[str]
    unless_near: frozenset[str]
    theme: frozenset[str]
    unless_theme: frozenset[str]
    doer: frozenset[str]
    unless_doer: frozenset[str]
    unless_governor: frozenset[str]
    next_is: frozenset[str]
    unless_next: frozenset[str]
    unless_previous: frozenset[str]
    slots: tuple["Slot", ...]  # of these words alone, before those of the class
    min_actors: int
    actor_class: str | None
    anaphor: bool
    filled: frozenset[str]  # positions of which one must hold an actor (of `actor_class`); none needs one if empty
    place: str | None  # "required" or "excluded": whether a place must or may not be named


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """What a syntactic position or preposition beside a trigger fills, perhaps only for one class of actor."""

    position: str
    role: str
    actor_class: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClass:
    """A leaf class of event."""

    name: str
    label: str
    symmetric: bool
    slots: tuple["Slot", ...]  # those that ask for a class of actor first
    ancestors: tuple[str, ...]  # IRIs, nearest first

    def role_at(self, position: str, actor_type: str, trigger: Trigger) -> str | None:
        """The role that an actor of this class fills beside the trigger; the most specific slot decides."""
        if position == "author" and self.symmetric:
            return None
        if position == UNDERGOER and not self.symmetric:
            found = (self._role(place, actor_type, trigger) for place in UNDERGOING)
            return next((role for role in found if role not in {None, "agent"}), None)
        if position == HOST and not self.symmetric:
            return None
        as_subject = position in {"author", UNDERGOER, HOST, GUEST}
        return self._role("subject" if as_subject else position, actor_type, trigger)

    def _role(self, position: str, actor_type: str, trigger: Trigger) -> str | None:
        for slot in (*trigger.slots, *self.slots):
            if slot.position == position and _is_a(actor_type, slot.actor_class):
                return slot.role
        return None


def _is_a(actor_type: str, wanted: str | None) -> bool:
    """Whether an actor is of the class that a slot asks for; a city is a place."""
    return wanted is None or actor_type.endswith(wanted) or (wanted == PLACE and actor_type in LOCALITIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSchema:
    """All event classes, and their triggers by first lemma."""

    classes: dict[str, EventClass]
    triggers: dict[str, tuple[Trigger, ...]]


@cache
def load_event_schema(path: Path | None = None) -> EventSchema:
    """Reads the packaged ontology, or `path`; OntologyError if it is not Turtle or a slot names no role."""
    path = path or ontology_path("newskg.ttl")
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    except (SyntaxError, OSError) as error:
        raise OntologyError(f"{path}: cannot be read as Turtle: {error}") from error
    classes: dict[str, EventClass] = {}
    triggers: dict[str, list[Trigger]] = {}
    subjects = {q.subject for q in store.quads_for_pattern(None, ox.NamedNode(f"{KG}trigger"), None)}
    for node in sorted((s for s in subjects if isinstance(s, ox.NamedNode)), key=lambda s: s.value):
        event_class = _event_class(store, node)
        classes[event_class.name] = event_class
        for trigger in _triggers(store, node, event_class.name):
            for first in {lemma.split()[0] for lemma in trigger.lemmas}:
                triggers.setdefault(first, []).append(trigger)
    order = {first: tuple(sorted(found, key=_longest_first)) for first, found in sorted(triggers.items())}
    return EventSchema(classes=classes, triggers=order)


def _longest_first(trigger: Trigger) -> tuple[int, bool, str, tuple[str, ...]]:
    return (-max(len(lemma.split()) for lemma in trigger.lemmas), trigger.anaphor, trigger.event_type, trigger.lemmas)


def _event_class(store: ox.Store, node: ox.NamedNode) -> EventClass:
    name = node.value.removeprefix(KG)
    labels = _words(store, node, "eventLabel")
    return EventClass(
        name=name,
        label=min(labels) if labels else name,
        symmetric=any(word == "true" for word in _words(store, node, "symmetric")),
        slots=_slots(store, node, name),
        ancestors=tuple(_ancestors(store, node)),
    )


def _slots(store: ox.Store, node: ox.NamedNode | ox.BlankNode, name: str) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    for slot in _objects(store, node, "slot"):
        roles = [role.value for role in _objects(store, slot, "fills") if isinstance(role, ox.NamedNode)]
        if len(roles) != 1:
            raise OntologyError(f"kg:{name}: each kg:slot needs exactly one kg:fills")
        role, kind = roles[0].removeprefix(KG), _class(store, slot)
        slots.extend(Slot(position=word, role=role, actor_class=kind) for word in _words(store, slot, "position"))
    return tuple(sorted(slots, key=lambda slot: (slot.actor_class is None, slot.position, slot.role)))


def _ancestors(store: ox.Store, node: ox.NamedNode) -> Iterator[str]:
    seen: set[str] = set()
    frontier = [node]
    while frontier:
        parents = sorted(
            {
                quad.object.value
                for child in frontier
                for quad in store.quads_for_pattern(child, _SUBCLASS, None)
                if isinstance(quad.object, ox.NamedNode)
            }
            - seen
        )
        seen.update(parents)
        yield from parents
        frontier = [ox.NamedNode(parent) for parent in parents]


def _triggers(store: ox.Store, node: ox.NamedNode, event_type: str) -> Iterator[Trigger]:
    for trigger in _objects(store, node, "trigger"):
        counts = _words(store, trigger, "minActors")
        yield Trigger(
            event_type=event_type,
            lemmas=tuple(sorted(_words(store, trigger, "lemma"))),
            pos=next(iter(_words(store, trigger, "pos")), "NOUN"),
            near=_words(store, trigger, "near"),
            unless_near=_words(store, trigger, "unlessNear"),
            theme=_words(store, trigger, "theme"),
            unless_theme=_words(store, trigger, "unlessTheme"),
            doer=_words(store, trigger, "doer"),
            unless_doer=_words(store, trigger, "unlessDoer"),
            unless_governor=_words(store, trigger, "unlessGovernor"),
            next_is=_words(store, trigger, "nextIs"),
            unless_next=_words(store, trigger, "unlessNext"),
            unless_previous=_words(store, trigger, "unlessPrevious"),
            slots=_slots(store, trigger, event_type),
            min_actors=int(next(iter(counts), "0")),
            actor_class=_class(store, trigger),
            anaphor="true" in _words(store, trigger, "anaphor"),
            filled=_words(store, trigger, "filled"),
            place=next(iter(_words(store, trigger, "place")), None),
        )


def _class(store: ox.Store, node: ox.NamedNode | ox.BlankNode) -> str | None:
    kinds = [kind.value for kind in _objects(store, node, "actorClass") if isinstance(kind, ox.NamedNode)]
    return kinds[0].removeprefix(SCHEMA) if kinds else None


def _objects(store: ox.Store, node: ox.NamedNode | ox.BlankNode, name: str) -> list[ox.NamedNode | ox.BlankNode]:
    quads = store.quads_for_pattern(node, ox.NamedNode(f"{KG}{name}"), None)
    return [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode | ox.BlankNode)]


def _words(store: ox.Store, node: ox.NamedNode | ox.BlankNode, name: str) -> frozenset[str]:
    """Literals of a property, and the lemmas of the word lists that it names."""
    words: set[str] = set()
    for quad in store.quads_for_pattern(node, ox.NamedNode(f"{KG}{name}"), None):
        words |= _listed(store, quad.object) if isinstance(quad.object, ox.NamedNode) else _literal(quad.object)
    return frozenset(words)


def _listed(store: ox.Store, word_list: ox.NamedNode) -> set[str]:
    quads = store.quads_for_pattern(word_list, ox.NamedNode(f"{KG}lemma"), None)
    words = set().union(*(_literal(quad.object) for quad in quads))
    if not words:
        raise OntologyError(f"{word_list.value} is used as a word list but has no kg:lemma")
    return words


def _literal(term: object) -> set[str]:
    return {term.value} if isinstance(term, ox.Literal) else set()
