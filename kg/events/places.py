"""Where an event took place: the place that stands with its trigger, at the head of its sentence, or that it struck."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from spacy.tokens import Doc, Span, Token

from kg.clauses import MOST_CHILDREN, Argument, Clauses, has_case, is_infinitive, span_of
from kg.clauses.phrases import SUBJECTS
from kg.clauses.placing import PLACING
from kg.clauses.positions import PLACE_REACH
from kg.events.series import cause_of
from kg.events.telling import telling_verb
from kg.lexicon import read_words
from kg.model import LOCALITIES, TimeExpression

PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "outside", "off", "across"})
HELD = "place"  # of "took place", whose noun has no place of its own
PLACES = LOCALITIES | {"Country"}
UNKNOWN = "nil/"  # begin of the keys of actors that the base does not know
ARRANGED = frozenset({"Meeting", "Negotiation", "Visit"})  # "a third round suggested for Istanbul"
STRIKING = frozenset({"Attack", "Invasion", "TerritorialCapture"})  # happen in the country that they strike
OF_COUNTRIES = frozenset({"Election"})  # "Poland's presidential election"
SEATED = frozenset({"LegislativeVote", "LegalProceeding", "Arrest", "Investigation"})
"""What courts, parliaments and the police do at home where nothing else is said."""
BEFORE = frozenset({"modifier", "possessor"})
OWNERS = frozenset({"amod", "compound", "nmod:poss", "nmod"})
TOWARDS = frozenset({"to", "into", "around"})
AT_TARGETS = STRIKING | {"Visit", "Casualty", "Disaster", "Displacement", "Withdrawal", "Mobilization"}
NAMED_BY_PLACE = frozenset({"Election", "Protest", "Disaster", "Attack"})
NEAR_ONLY = frozenset(
    {"Conflict", "LegislativeVote", "Sanction", "SanctionRelief", "Tariff", "DiplomaticRupture"}
    | {"Investigation", "LegalProceeding"}
)  # told of a place, they are not at it
BURDENS = frozenset({"Sanction", "Tariff"})  # "hit Russia", and are not there
DEFENDING = frozenset({"intercept", "down", "shoot"})  # what is shot down over another country
HURTING = frozenset(
    {"kill", "injure", "wound", "murder", "assassinate", "stab", "abduct", "kidnap", "execute", "behead"}
)
"""Those to whom it is done may be abroad: "two French tourists were killed"."""
TAKEN_UP = frozenset({"Invasion"})  # "following the invasion, the EU gave aid in Ukraine"
WITHOUT_PLACE = frozenset({"PhoneCall"})  # a call links two places; what stands behind is what it was about


class Places:
    """The places of one article's events; `types` are the schema.org classes of its actors by key."""

    def __init__(self, doc: Doc, clauses: Clauses, types: Mapping[str, str], times: Sequence[TimeExpression]) -> None:
        self.doc = doc
        self.clauses = clauses
        self.types = types
        spans = ((time.begin, span_of(doc, time.begin, time.end)) for time in times)
        self.timed = {token.i for begin, span in spans for token in span if begin <= token.idx}

    def place(
        self,
        arguments: Sequence[Argument],
        roles: Sequence[tuple[str, str]],
        span: Span,
        trigger: Span,
        *,
        event_type: str,
        close: bool = False,
    ) -> str | None:
        """The place named with the event; with `close`, only where it belongs to no other word."""
        seat = self._place_of_subject(trigger.root) if event_type in SEATED and not close else None
        end, near = trigger.end, close or event_type in NEAR_ONLY
        prepositions = PLACE_PREPOSITIONS | {"for"} if event_type in ARRANGED else PLACE_PREPOSITIONS
        located = [
            argument.actor
            for argument in arguments
            if argument.group - end <= PLACE_REACH
            and argument.position in prepositions
            and self.types[argument.actor] in (LOCALITIES if argument.position == "for" else PLACES)
            and not self._inside_noun(argument, end)
            and not (event_type in BURDENS and ("target", argument.actor) in roles)
        ]
        targets = [actor for role, actor in roles if role == "target"] if event_type in AT_TARGETS else []
        struck = next((actor for actor in targets if self.types[actor] in LOCALITIES), None)
        if struck is not None and event_type == "Visit":
            return struck  # "after talks in Moscow, he flew to Kyiv"
        if located:
            return min(located, key=lambda actor: (self.types[actor] == "Country", actor.startswith(UNKNOWN)))
        named = self._named_with(arguments, event_type) if event_type in NAMED_BY_PLACE else None
        named = self._suffering(arguments) if event_type == "Conflict" else named
        named = self._moved_to(arguments, end) if event_type == "Mobilization" else named
        if named is not None:
            return named
        found = struck or self._opening_place(span) or seat or self._place_behind(span, end, event_type, close=near)
        if found is None and event_type in STRIKING | {"Visit"} and trigger.root.lemma_ not in DEFENDING | HURTING:
            country = next((actor for actor in targets if self.types[actor] == "Country"), None)
            return country or self._place_of_harm(trigger.root)
        found = found or (None if near else self._place_of_subject(trigger.root) or self._being_there(trigger.root))
        return found or (self._seat(trigger.root) if event_type in SEATED and not close else None)

    def _named_with(self, arguments: Iterable[Argument], event_type: str) -> str | None:
        """ "The Hong Kong election", "the Paris protests"."""
        kinds = PLACES if event_type in OF_COUNTRIES else LOCALITIES
        before = (argument for argument in arguments if argument.position in BEFORE)
        found = (argument.actor for argument in before if self.types[argument.actor] in kinds)
        held = (argument.actor for argument in arguments if argument.position == "subject")
        states = (actor for actor in held if event_type in OF_COUNTRIES and self.types[actor] == "Country")
        return next(found, None) or next(states, None)  # "Germany holds an election"

    def _moved_to(self, arguments: Iterable[Argument], end: int) -> str | None:
        """ "Sent troops to Greenland", "drills around Taiwan"."""
        near = (argument for argument in arguments if argument.position in TOWARDS and argument.group > end - 1)
        return next((a.actor for a in near if a.group - end <= PLACE_REACH and self.types[a.actor] in PLACES), None)

    def _being_there(self, trigger: Token) -> str | None:
        """ "Rubio is in Brussels to meet Sybiha", "was in Ankara for talks"."""
        there = trigger.head
        comes = trigger.dep_ == "advcl" and is_infinitive(trigger)
        comes = comes or (trigger.dep_ in {"obl", "nmod"} and has_case(trigger, {"for"}))
        ref = self.clauses.at.get(there.i) if comes and has_case(there, PLACE_PREPOSITIONS) else None
        return next((actor for actor in ref.actors if self.types[actor] in PLACES), None) if ref is not None else None

    def _seat(self, trigger: Token) -> str | None:
        """ "A Turkish court sentenced the mayor", "the ruling of the Turkish court": at home."""
        for acting in islice(trigger.children, MOST_CHILDREN):
            does = acting.dep_ in {"nsubj", "obl:agent"} if trigger.pos_ == "VERB" else has_case(acting, {"by", "of"})
            body = does and acting.lemma_.lower() in read_words("nouns.tsv", "seated")
            for owner in islice(acting.children, MOST_CHILDREN) if body else ():
                ref = self.clauses.at.get(owner.i) if owner.dep_ in OWNERS else None
                for actor in ref.actors if ref is not None else ():
                    if self.types[actor] == "Country":
                        return actor
        return None

    def _suffering(self, arguments: Sequence[Argument]) -> str | None:
        """ "Russia's war against Ukraine" is in Ukraine."""
        waged = any(argument.position in BEFORE for argument in arguments)
        against = (argument.actor for argument in arguments if argument.position in {"against", "on"})
        return next((actor for actor in against if waged and self.types[actor] == "Country"), None)

    def _place_of_subject(self, trigger: Token) -> str | None:
        """ "Ministers in Berlin agreed": those who act are where the event is."""
        verb = telling_verb(trigger) or (trigger.head if cause_of(trigger) is not None else None)
        for subject in islice(verb.lefts if verb is not None else (), MOST_CHILDREN):
            for noun in islice(subject.rights if subject.dep_ in SUBJECTS else (), MOST_CHILDREN):
                placed = noun.dep_ == "nmod" and any(child.lower_ in PLACING for child in noun.lefts)
                ref = self.clauses.at.get(noun.i) if placed else None
                for actor in ref.actors if ref is not None else ():
                    if self.types[actor] in PLACES:
                        return actor
        return None

    def _place_of_harm(self, trigger: Token) -> str | None:
        """ "Two people were killed in Kherson when Russian forces shelled a bus stop"."""
        verb = trigger if trigger.pos_ == "VERB" else trigger.head
        harm = verb.head.head if verb.head.dep_ == "conj" else verb.head
        if verb.dep_ != "advcl" or harm.lemma_ not in read_words("verbs.tsv", "harming"):
            return None
        placed = (word for word in islice(harm.rights, MOST_CHILDREN) if has_case(word, PLACING))
        refs = (ref for word in placed if (ref := self.clauses.at.get(word.i)) is not None)
        return next((actor for ref in refs for actor in ref.actors if self.types[actor] in PLACES), None)

    def _place_behind(self, span: Span, end: int, event_type: str, *, close: bool) -> str | None:
        if close or event_type in WITHOUT_PLACE:
            return None
        found = self.clauses.located(end, span, whole=event_type in TAKEN_UP)
        return next((actor for actor in found if self.types[actor] in PLACES), None)

    def _inside_noun(self, argument: Argument, end: int) -> bool:
        """ "spoke about the war in Gaza": the preposition follows a noun that is no name and no time."""
        i = argument.group - 1
        while i >= end and self.doc[i].pos_ in {"DET", "ADJ"}:
            i -= 1
        noun = self.doc[i - 1]
        if i - 1 < end or noun.pos_ != "NOUN" or noun.lower_ == HELD or noun.i in self.clauses.at:
            return False  # "took place in Geneva"
        return noun.i not in self.timed

    def _opening_place(self, span: Span) -> str | None:
        """ "In Istanbul, …" at the head of the sentence; the narrowest place of "in the Iranian province of Gilan"."""
        actors = self.clauses.opening(span) or self.clauses.there(span)
        localities = [actor for actor in actors if self.types[actor] in LOCALITIES]
        countries = [actor for actor in actors if self.types[actor] == "Country"]
        return next(iter(localities or countries), None)
