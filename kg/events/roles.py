"""Which roles the actors around a trigger fill: by position, as the ontology's slots say, and what overrides these."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace

from spacy.tokens import Doc, Span

from kg.clauses import Argument, Clauses
from kg.events.draft import AID, PAIR
from kg.events.places import UNKNOWN
from kg.events.triggers import Match
from kg.lexicon import read_words
from kg.model import LOCALITIES, NOT_ACTING
from kg.schema import GUEST, HOST, UNDERGOER, EventClass

ACTING_ROLES = frozenset({"participant", "agent", "recipient", "mediator"})
NEAR_POSITIONS = frozenset(
    {"subject", "author", UNDERGOER, HOST, GUEST, "group", "object", "possessor", "modifier", "between", "with", "by"}
)
MEDIATING = frozenset({"mediate", "broker", "facilitate", "chair"})
ARRANGING = MEDIATING | {"negotiate", "secure", "arrange", "propose", "host"}
BROKERED = frozenset({"brokered", "mediated", "facilitated", "sponsored"})
BACKED = frozenset({"backed", "proposed", "drafted", "hosted", "supported"})
MEDIATED = frozenset({"Negotiation", "Agreement", "Ceasefire", "PrisonerExchange", "Meeting"})
PLACED = frozenset(
    {"Arrest", "Attack", "Casualty", "Conflict", "Disaster", "Displacement", "Election", "HumanitarianAid", "Protest"}
    | {"Investigation", "LegalProceeding"}
)
"""Events that a place makes one, without a named actor."""
ONE_SIDED = frozenset({"agent", "target"})
APPOINTMENT, MEETING = "Appointment", "Meeting"
VOTED = frozenset({"Election"})
PERSON = "Person"
WHERE, FROM = "in", "from"
GROUP = "group"
OF_STATES = frozenset({"Negotiation", "Ceasefire"})
"""Classes whose parties are states where one of them is named as a state."""
HYPHENS = frozenset({"-", "–", "‑"})
PARTICIPLE_REACH = 4
"""Tokens from "brokered" to the noun: "U.S.-brokered indirect peace talks"."""
HELP = AID | {"AidSuspension"}
TOWARD = frozenset({"to", "into", "for", "object"})  # a place may be helped: "aid to Gaza"
MODIFIER = "modifier"
STRUCK_THERE = frozenset({"Disaster"})  # "the ferry sank in the Red Sea": both are struck


class Roles:
    """The roles of one article's events.

    `types` are the schema.org classes of its actors, `lands` the countries for which persons act, by key.
    """

    def __init__(
        self,
        doc: Doc,
        spans: Sequence[Span],
        clauses: Clauses,
        types: Mapping[str, str],
        lands: Mapping[str, str],
    ) -> None:
        self.doc = doc
        self.spans = spans
        self.clauses = clauses
        self.types = types
        self.lands = lands

    def of(self, arguments: Sequence[Argument], event_class: EventClass, match: Match) -> Iterator[tuple[str, str]]:
        """(role, actor key) pairs, mediators first; an actor has one role, that of its nearest position."""
        mediated = event_class.name in MEDIATED
        mediators = dict.fromkeys(self._mediators(arguments, match)) if mediated else {}
        yield from (("mediator", actor) for actor in mediators)
        taken = set(mediators) | (set(self._named_before(match, BACKED)) if mediated else set())
        before = len(taken)
        filled: dict[str, int] = {}  # the group that filled a role first
        groups: dict[str, int] = {}  # a role is filled by one prepositional group, the nearest
        for argument in sorted(arguments, key=lambda argument: event_class.symmetric and argument.position == WHERE):
            role = event_class.role_at(argument.position, self.types[argument.actor], match.trigger)
            if role is None or argument.actor in taken or self._barred(role, argument, event_class, match, filled):
                continue
            if event_class.symmetric and argument.position == WHERE and len(taken) - before >= PAIR:
                continue  # "the two agreed to a truce in Malaysia"
            prepositional = argument.position not in NEAR_POSITIONS
            if prepositional and groups.setdefault(role, argument.group) != argument.group:
                continue
            taken.add(argument.actor)
            filled.setdefault(role, argument.group)
            yield role, argument.actor

    def _barred(
        self, role: str, argument: Argument, event_class: EventClass, match: Match, filled: Mapping[str, int]
    ) -> bool:
        """Whether an actor does not fill the role though its position does."""
        kind, position = self.types[argument.actor], argument.position
        voting = event_class.name in VOTED and position in {"modifier", "possessor"}  # "the Ohio election"
        helped = role == "recipient" and event_class.name in HELP and kind in LOCALITIES and position in TOWARD
        if role in ACTING_ROLES and kind in NOT_ACTING and not voting and not helped:
            return True
        if role == "agent" and kind == "Country" and self._is_individual(argument):
            return True  # "an attack by a Syrian man"
        if role == "target" and kind == "Country" and event_class.name == APPOINTMENT:
            return True  # "appointed a Belgian diplomat"
        if position == "object" and match.lemma.split()[0] in read_words("verbs.tsv", "topical"):
            return True  # "discussed Taiwan by phone"
        if position == FROM and role == "agent" and role in filled:
            return True  # "fired by the Houthis from Yemen"
        if position == MODIFIER and kind == "Thing" and argument.actor.startswith(UNKNOWN):
            return True  # "a Mw 6.9 earthquake"
        if position != WHERE or role not in ONE_SIDED or event_class.name in STRUCK_THERE:
            return False
        # "Russia struck Odesa in Ukraine", "police arrested three men in Sweden"
        acting = role == "agent" and any(child.dep_ == "nsubj" for child in self.doc[match.start].children)
        return acting or filled.get(role, argument.group) != argument.group

    def _is_individual(self, argument: Argument) -> bool:
        return self.doc[argument.group].head.lemma_ in read_words("nouns.tsv", "individual")

    def _mediators(self, arguments: Sequence[Argument], match: Match) -> Iterator[str]:
        """ "talks mediated by Qatar", "Fidan, who chaired the talks", "Qatar negotiated a truce between the two"."""
        span, noun = self.spans[match.sentence], self.doc[match.start : match.end].root
        yield from self._named_before(match, BROKERED)
        for token in span:
            if token.lemma_ in MEDIATING and token.i + 1 < span.end and self.doc[token.i + 1].lower_ == "by":
                yield from self.clauses.governed_by(token.i + 1, span)
        if noun.dep_ == "obj" and noun.head.lemma_ in MEDIATING:
            yield from (actor for ref in self.clauses.subject(noun.head.i, span) for actor in ref.actors)
        between = {argument.actor for argument in arguments if argument.position == "between"}
        if len(between) >= PAIR and (noun.head.lemma_ in ARRANGING or "mediation" in match.lemma):
            yield from (a.actor for a in arguments if a.position in {"subject", "author"} and a.actor not in between)

    def _named_before(self, match: Match, participles: Set[str]) -> Iterator[str]:
        """ "U.S.-brokered peace talks": who is named before one of the participles that stand before the noun."""
        floor = self.spans[match.sentence].start
        for i in range(max(floor + 2, match.start - PARTICIPLE_REACH), match.start):
            ref = self.clauses.at.get(i - 2)
            if ref is not None and self.doc[i - 1].text in HYPHENS and self.doc[i].lower_ in participles:
                yield from ref.actors

    def for_countries(self, arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
        """What "the two leaders welcomed" without saying whose it is, is their countries' cooperation or talks."""
        lands = [self.lands.get(argument.actor) for argument in arguments if argument.position == GROUP]
        if None in lands or len(set(lands)) < PAIR:
            return arguments
        return tuple(replace(a, actor=self.lands[a.actor]) if a.position == GROUP else a for a in arguments)

    def between_states(
        self, roles: tuple[tuple[str, str], ...], event_class: EventClass
    ) -> tuple[tuple[str, str], ...]:
        """Who is "willing to resume talks with Ukraine" is so for his country: a state talks with a state."""
        if event_class.name not in OF_STATES:
            return roles
        states = {actor for role, actor in roles if role == "participant" and self.types[actor] == "Country"}
        acting = {actor: self.lands.get(actor, actor) for _, actor in roles}
        if not states or any(land in states for actor, land in acting.items() if actor != land):
            return roles
        return tuple(dict.fromkeys((role, acting[actor] if role == "participant" else actor) for role, actor in roles))

    def officials(self, arguments: Sequence[Argument], event_type: str) -> frozenset[str]:
        """Countries for which a person without a name stands: "his Polish counterpart", "Poland's foreign minister"."""
        lands = (one for one in arguments if self.types[one.actor] == "Country")
        return frozenset(one.actor for one in lands if self._is_post(one, event_type))

    def _is_post(self, argument: Argument, event_type: str) -> bool:
        ref = self.clauses.at.get(argument.group)
        holder = self.doc[ref.start : ref.end].root.head if ref is not None else self.doc[argument.group]
        several = event_type != MEETING and "Number=Plur" in holder.morph  # they meet, and make no call
        return holder.lemma_ in read_words("titles.tsv", "head") and not several

    def counted(
        self,
        roles: Sequence[tuple[str, str]],
        match: Match,
        *,
        places: Set[str | None],
        officials: Set[str] = frozenset(),
    ) -> int:
        """How many actors count for the trigger's minimum; the places of an attack or an arrest are one together.

        `officials` are countries that count as persons do.
        """
        wanted = match.trigger.actor_class
        parties = {actor for role, actor in roles if role != "mediator"}
        placed = bool(places) and match.trigger.event_type in PLACED
        if placed:
            parties -= places
        persons = officials if wanted == PERSON else frozenset[str]()
        return placed + sum(wanted is None or self.types[actor] == wanted or actor in persons for actor in parties)

    def in_words(self, roles: Sequence[tuple[str, str]]) -> bool:
        """ "Trump attacked Clinton": whether a known person does it, and to nobody but persons."""
        agents = [actor for role, actor in roles if role == "agent"]
        known = bool(agents) and not any(actor.startswith(UNKNOWN) for actor in agents)
        return known and all(self.types[actor] == PERSON for _, actor in roles)
