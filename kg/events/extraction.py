"""From triggers to events: arguments into roles, status, date, place and numbers; then one event a real event."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import accumulate, filterfalse, pairwise
from types import MappingProxyType

from spacy.tokens import Doc, Span, Token

from kg.clauses import Argument, Clauses, is_infinitive
from kg.events.agreed import without_agreeing
from kg.events.assertions import event_of
from kg.events.attributes import LETHAL, ORDINAL_REACH, attributes_of, casualties
from kg.events.collective import with_collective
from kg.events.completion import complete_parties
from kg.events.dates import attach_dates, times_by_sentence
from kg.events.draft import AID, Draft
from kg.events.gapping import with_gapped
from kg.events.merging import merge_drafts
from kg.events.narrative import carry_days
from kg.events.places import PLACE_PREPOSITIONS, UNKNOWN, Places
from kg.events.roles import Roles
from kg.events.series import cause_of, left_out
from kg.events.since import date_since
from kg.events.status import event_status
from kg.events.triggers import Match, match_triggers
from kg.events.venues import carry_places
from kg.lexicon import read_words
from kg.model import (
    HAPPENED,
    LOCALITIES,
    NAME_KINDS,
    Actor,
    EventMention,
    Quote,
    Sentence,
    TimeExpression,
)
from kg.quotation import speakers_at
from kg.schema import EventSchema, Trigger

HURTING = frozenset({"kill", "injure", "wound"})
WAR = "Conflict"
SHOOTING = frozenset({"shoot", "stab"})
FORMER = frozenset({"previous", "earlier", "past", "prior", "former"})
LATER = frozenset({"next", "another", "future", "further"})
BODIES = ("Organization", "Party", "Corporation")
PURPOSES = frozenset({"advcl", "acl"})
DEFINITE = frozenset({"the", "this", "that", "these", "their", "his", "her", "its", "both"})


def extract_events(
    doc: Doc,
    sentences: Sequence[Sentence],
    spans: Sequence[Span],
    actors: Sequence[Actor],
    times: Sequence[TimeExpression],
    quotes: Sequence[Quote],
    schema: EventSchema,
    published: date | None,
    lands: Mapping[str, str] = MappingProxyType({}),
) -> tuple[EventMention, ...]:
    """The events of one article.

    `spans` are the sentences as token spans; `quotes` tell whose claim an event is, `lands` for which country of
    the article a person acts (actor keys).
    """
    actors = with_collective(doc, sentences, actors, quotes, lands)
    extractor = _Extractor(doc, sentences, spans, actors, times, quotes, schema, lands)
    drafts = tuple(draft for index in range(len(spans)) for draft in extractor.drafts(index))
    drafts = attach_dates(doc, drafts, times, published)
    drafts = carry_days(doc, sentences, drafts, times, _named(actors), published)
    drafts = carry_places(doc, drafts)
    groups = complete_parties(merge_drafts(drafts, lands), extractor.types, lands)
    groups = date_since(doc, groups, published)
    return tuple(event_of(number, group) for number, group in enumerate(groups))


def _named(actors: Iterable[Actor]) -> dict[int, frozenset[str]]:
    """Keys of the actors that each sentence names."""
    named: dict[int, set[str]] = {}
    for actor in actors:
        for mention in actor.mentions:
            named.setdefault(mention.sentence, set()).add(actor.key)
    return {sentence: frozenset(keys) for sentence, keys in named.items()}


class _Extractor:
    def __init__(
        self,
        doc: Doc,
        sentences: Sequence[Sentence],
        spans: Sequence[Span],
        actors: Sequence[Actor],
        times: Sequence[TimeExpression],
        quotes: Sequence[Quote],
        schema: EventSchema,
        lands: Mapping[str, str],
    ) -> None:
        self.doc = doc
        self.sentences = sentences
        self.spans = spans
        self.types = {actor.key: actor.type for actor in actors}
        self.clauses = Clauses(doc, spans, actors)
        self.paragraphs = _paragraphs(doc, spans)
        self.times = times_by_sentence(times)
        self.places = Places(doc, self.clauses, self.types, times)
        self.roles = Roles(doc, spans, self.clauses, self.types, lands)
        # Of those who say it together the first claims it.
        self.claims = speakers_at([token.idx for token in doc], reversed(quotes))
        self.schema = schema
        self.lands = lands
        self.lethal: Draft | None = None  # the last event told of that may have a toll
        self.numbered: Draft | None = None  # the last event told of that is one of a series

    def drafts(self, index: int) -> Iterator[Draft]:
        """The sentence's trigger places, each under the first reading whose guards and arguments hold."""
        lethal: Draft | None = None
        places = match_triggers(self.doc, self.spans[index], index, self.schema)
        readings = (next(filter(None, map(self._draft, filterfalse(self._in_a_name, place))), None) for place in places)
        found = without_agreeing(self.doc, [draft for draft in readings if draft is not None])
        found.extend(self._left_out(index, found))
        causes = [draft for draft in found if draft.type in LETHAL - {"Casualty"} and draft.status in HAPPENED]
        causing, outcomes = list[Draft](), list[Draft]()  # "killed him in an airstrike": the airstrike comes first
        for draft in map(self._purposed, found, accumulate(found, _types_so_far, initial=frozenset[str]())):
            if not self._counts_victims(draft, causes, index):
                lethal = draft if draft.type in LETHAL else lethal
                outcome = self._outcome(draft, causes)
                (causing if outcome is draft else outcomes).append(outcome)
        for draft in (*causing, *outcomes):
            for one in self._distributed(draft):
                yield from with_gapped(self.doc, one, self.clauses, self.types, self.times[index])
        if lethal is None and self.lethal is not None and index - self.lethal.sentence <= 1:
            yield from self._toll(index, self.lethal)
        self.lethal = lethal or self.lethal

    def _left_out(self, index: int, found: Sequence[Draft]) -> Iterator[Draft]:
        """ "And the second on 2 June": another of the series that this or the sentence before speaks of."""
        span = self.spans[index]
        taken = [range(draft.start - ORDINAL_REACH, draft.end) for draft in found]
        self.numbered = next((d for d in reversed(found) if d.attribute("ordinal") is not None), self.numbered)
        if self.numbered is None or index - self.numbered.sentence > 1:
            return
        for i, number in left_out(self.doc, span, taken):
            arguments = self.clauses.arguments(i, i + 1, verb=False)
            word, kind = self.doc[i : i + 1], self.numbered.type
            place = self.places.place(arguments, (), span, word, event_type=kind, close=True)
            yield replace(
                self.numbered,
                start=i,
                end=i + 1,
                begin_char=word.start_char,
                end_char=word.end_char,
                sentence=index,
                paragraph=self.paragraphs[index],
                roles=(),
                status=event_status(
                    self.doc, span, i, i + 1, event_type=kind, verb=False, kind=self.sentences[index].kind
                ),
                definite=True,
                anaphor=True,
                place=place,
                place_type=self.types[place] if place is not None else None,
                former=False,
                attributes=(("ordinal", number),),
                attributed_to=self.claims.get(i),
            )

    def _in_a_name(self, match: Match) -> bool:
        """Whether a capitalized word is part of a name and no event.

        So in a person's post ("CEO of the Refugee Council Enver Solomon") and inside the name of a body ("Popular
        Mobilization Forces"); at its end it may be one of several parties ("U.S.-China Economic and Trade Meeting").
        """
        for i in range(match.start, match.end):
            ref = self.clauses.at.get(i)
            if ref is None or not self.doc[i].text[0].isupper() or ref.mention.kind not in NAME_KINDS:
                continue
            known = any(self.types[key].endswith(BODIES) and not key.startswith(UNKNOWN) for key in ref.actors)
            ends = match.end == ref.end and self.schema.classes[match.trigger.event_type].symmetric
            if known or ref.mention.label in {"PER", "LOC"} or (ref.mention.label == "ORG" and not ends):
                return True
        return False

    def _counts_victims(self, draft: Draft, causes: Sequence[Draft], index: int) -> bool:
        """ "At least 23 people were wounded": no event of its own beside, or right behind, what wounded them."""
        if draft.type != "Casualty":
            others = [cause for cause in causes if cause.type != "Attack" and draft.lemma in HURTING]
            return self._by(draft, others)  # "the war killed 900 people"
        before = self.lethal
        causes = [cause for cause in causes if cause.type != WAR or self._by(draft, [cause])]
        return bool(causes) or (before is not None and before.type != "Casualty" and index - before.sentence <= 1)

    def _by(self, draft: Draft, causes: Iterable[Draft]) -> bool:
        subjects = [child.i for child in self.doc[draft.start].lefts if child.dep_ == "nsubj"]
        return any(cause.start <= i < cause.end for cause in causes for i in subjects)

    def _purposed(self, draft: Draft, before: Set[str]) -> Draft:
        """ "Is allocating aid to provide shelter": the purpose of what is done is no second event of its class."""
        verb = self.doc[draft.start]
        purpose = verb.dep_ in PURPOSES and is_infinitive(verb)
        return replace(draft, anaphor=True) if purpose and draft.type in before else draft

    def _outcome(self, draft: Draft, causes: Sequence[Draft]) -> Draft:
        """ "30 people were killed in the strike": what the attack of the same sentence did, and no second attack.

        Nor are "strikes targeting Iran" two.
        """
        aimed = draft.lemma == "target" and self.doc[draft.start].dep_ in {"acl", "advcl"}
        hurt = draft.type == "Attack" and (draft.lemma in HURTING | SHOOTING or aimed)
        same = HURTING | {draft.lemma} | (SHOOTING if draft.lemma in SHOOTING else set())
        attacks = [cause for cause in causes if cause.type == "Attack" and cause.lemma not in same]
        if not hurt or not attacks:
            return draft
        place = None if any(attack.place for attack in attacks) else draft.place
        if aimed:
            return replace(draft, anaphor=True, place=place)
        roles = tuple(pair for pair in draft.roles if pair[1] != draft.place and self.types[pair[1]] not in LOCALITIES)
        return replace(draft, anaphor=True, roles=roles, place=place)

    def _toll(self, index: int, event: Draft) -> Iterator[Draft]:
        """ "Four people were killed": the dead and wounded of the event that the sentence before told of."""
        span = self.spans[index]
        numbers = tuple(casualties(span.text))
        if numbers and event.status in HAPPENED:
            told = replace(event, sentence=index, start=span.start, end=span.start + 1, roles=(), attributes=numbers)
            begin = span.start_char
            yield replace(
                told, begin_char=begin, end_char=begin + len(span[0].text), anaphor=True, date=None, place=None
            )

    def _distributed(self, draft: Draft) -> Iterator[Draft]:
        """ "Macron spoke with both Putin and Zelenskyy": one call with each."""
        both = next((t.i for t in self.doc[draft.end : draft.end + 3] if t.lower_ == "both"), None)
        parties = [actor for role, actor in draft.roles if role == "participant"]
        partners = self.clauses.governed_by(both, self.spans[draft.sentence]) if both is not None else ()
        if not draft.symmetric or len(set(partners) & set(parties)) < 2:
            yield draft
            return
        for partner in partners:
            roles = tuple(pair for pair in draft.roles if pair[1] == partner or pair[1] not in partners)
            yield replace(draft, roles=roles)

    def _draft(self, match: Match) -> Draft | None:
        event_class = self.schema.classes[match.trigger.event_type]
        span = self.spans[match.sentence]
        verb = match.trigger.pos == "VERB"
        arguments = self.roles.for_countries(self.clauses.arguments(match.start, match.end, verb=verb))
        officials = self.roles.officials(arguments, event_class.name)
        if match.trigger.filled and not self._filled(arguments, match.trigger, officials):
            return None
        roles = tuple(dict.fromkeys(self.roles.of(arguments, event_class, match)))
        roles = self.roles.between_states(roles, event_class)
        if match.lemma in read_words("rhetorical.txt") and self.roles.in_words(roles):
            return None
        trigger = self.doc[match.start : match.end]
        place = self.places.place(arguments, roles, span, trigger, event_type=event_class.name)
        places = {argument.actor for argument in arguments if argument.position in PLACE_PREPOSITIONS} | {place}
        located = places - {None} if place is not None else set()
        counted = self.roles.counted(roles, match, places=located, officials=officials)
        few = not match.trigger.anaphor and counted < match.trigger.min_actors
        if few and match.trigger.min_actors == 1 and not self._definite(match.start):
            few = not any(role == "mediator" for role, _ in roles)  # "U.S.-brokered talks in Abu Dhabi"
        if match.trigger.place is not None:
            own = self.places.place(arguments, roles, span, trigger, event_type=event_class.name, close=True)
            if (match.trigger.place == "required") != (own is not None):
                return None
        before = {token.lower_ for token in self.doc[max(0, match.start - 3) : match.start]}
        former, later = bool(before & FORMER), not verb and bool(before & LATER)
        definite = former or self._definite(match.start)
        attributes = tuple(attributes_of(self.doc, span, match.start, event_class.name, self.times[match.sentence]))
        one_of_several = former or any(name == "ordinal" for name, _ in attributes)
        orphan = (
            few and event_class.name in AID and bool(match.trigger.theme) and _is_passive(trigger.root)
        )  # "500 generators are being delivered"
        if few and not orphan and (verb or (place is not None and not one_of_several) or not definite):
            return None  # "the conflict in the Middle East" points back to nothing
        cause = None if verb else cause_of(trigger.root)
        status = event_status(
            self.doc,
            span,
            match.start,
            match.end,
            event_type=event_class.name,
            verb=verb,
            kind=self.sentences[match.sentence].kind,
        )
        return Draft(
            type=event_class.name,
            symmetric=event_class.symmetric,
            start=match.start,
            end=match.end,
            begin_char=trigger.start_char,
            end_char=trigger.end_char,
            sentence=match.sentence,
            paragraph=self.paragraphs[match.sentence],
            lemma=match.lemma,
            roles=roles,
            status=status,
            definite=definite,
            anaphor=match.trigger.anaphor or (few and not orphan),
            place=place,
            place_type=self.types[place] if place is not None else None,
            former=former,
            later=later,
            attributes=attributes,
            attributed_to=self.claims.get(match.start),
            outcome_of=cause.i if cause is not None else None,
        )

    def _filled(self, arguments: Iterable[Argument], trigger: Trigger, officials: Set[str]) -> bool:
        wanted = trigger.actor_class
        filling = (a.actor for a in arguments if a.position in trigger.filled)
        return any(wanted is None or self.types[one] == wanted or one in officials for one in filling)

    def _definite(self, start: int) -> bool:
        before = self.doc[max(0, start - 4) : start]
        return any(token.lower_ in DEFINITE and token.dep_ != "mark" for token in before)


def _is_passive(word: Token) -> bool:
    return word.pos_ == "VERB" and any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in word.lefts)


def _types_so_far(types: frozenset[str], draft: Draft) -> frozenset[str]:
    return types | {draft.type}


def _paragraphs(doc: Doc, spans: Sequence[Span]) -> tuple[int, ...]:
    """The number of each sentence's paragraph: a line of its own in the stored text."""
    text = doc.text  # spaCy puts it together anew at each access
    broken = ("\n" in text[one.end_char : other.start_char] for one, other in pairwise(spans))
    return tuple(accumulate(broken, initial=0))
