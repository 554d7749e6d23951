"""One article's event, ready to be compared with those of other articles."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.lexicon import read_words
from kg.model import HAPPENED, LOCALITIES, ActorRef, DateRange, EventMention, Status
from kg.resolution.decisions import NONE, Decisions
from kg.resolution.entities import Entities
from kg.resolution.model import Article, Evidence, FactValue, Reference
from kg.resolution.support import Claim

ROLES: Final = ("participant", "agent", "target", "recipient", "mediator")
NUMBERS: Final = ("ordinal", "count", "amount", "killed", "wounded")
NEWS_WINDOW: Final = timedelta(days=4)
"""How long after an event articles still report it without a date."""
LASTING: Final = frozenset({"AidSuspension"})
"""Classes of what goes on after it was done: of a stop articles tell as long as it lasts."""
LASTING_WINDOW: Final = timedelta(days=14)
"""How long after it was done articles still report it without a date."""
EXPECTED_WINDOW: Final = timedelta(days=14)
"""How far ahead articles announce an event without a date."""
SHORTEST_WORD: Final = 4
"""Letters; shorter words tell little of what a sentence is about."""
PERSONAL: Final = frozenset(
    {
        *("PhoneCall", "Meeting", "Visit", "Appointment", "Resignation", "Election", "LegislativeVote"),
        *("LegalProceeding", "Investigation", "Arrest", "Casualty"),
    }
)
"""Classes in which a leader or a body is not the country."""
_WORD: Final = re.compile(r"[^\W\d_]+|\d[\d,.]*\d|\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One article's event, actors resolved to entities."""

    article: str  # id
    event: EventMention
    published: date | None
    roles: tuple[tuple[str, str], ...]
    dates: tuple[DateRange, ...]
    window: DateRange | None  # when it can have been: its dates, else the days that news reports on
    statuses: frozenset[Status]
    places: tuple[tuple[str, str], ...]  # (type, entity id), without countries, which contain the others
    numbers: tuple[tuple[str, FactValue], ...]
    filled: Mapping[str, frozenset[str]]  # the actors of each role, without smaller places
    said: frozenset[str] = frozenset()  # the words of the sentences that tell of it, but for short ones
    multilateral: bool = False  # a trigger tells of more than two parties
    decided: frozenset[tuple[int, int]] = frozenset()  # the decisions about it, with its side of each

    def actors(self, role: str) -> frozenset[str]:
        """Entity ids that fill a role, without places: "on Kyiv" and "on Ukraine" may be the same target."""
        return self.filled.get(role, frozenset())

    def number(self, name: str) -> frozenset[FactValue]:
        """Values of a number that the article gives."""
        return frozenset(value for key, value in self.numbers if key == name) if self.numbers else frozenset()


def candidate(article: Article, event: EventMention, entities: Entities, decisions: Decisions = NONE) -> Candidate:
    """An event of an article, ready to be compared."""

    def entity(value: object) -> str:
        return entities.id_of(article.id, value.key) if isinstance(value, ActorRef) else ""

    assertions = event.assertions
    roles = tuple(sorted({(a.property, entity(a.value)) for a in assertions if a.property in ROLES}))
    kinds = entities.by_id
    local = frozenset(actor for _, actor in roles if kinds[actor].type in LOCALITIES)
    told = frozenset(entity(a.value) for a in assertions if a.property == "place")
    published = article.reading.document.published
    dates = tuple(dict.fromkeys(a.value for a in assertions if isinstance(a.value, DateRange)))
    statuses = frozenset(a.value for a in assertions if isinstance(a.value, Status))
    return Candidate(
        article=article.id,
        event=event,
        published=published,
        roles=roles,
        dates=dates,
        window=window(dates, published, happened=bool(statuses & HAPPENED), event_type=event.type),
        statuses=statuses,
        places=tuple(sorted((kinds[p].type, p) for p in local | told if kinds[p].type in LOCALITIES)),
        filled=filled_roles(event.type, roles, local, entities.lands),
        numbers=tuple((a.property, a.value) for a in assertions if a.property in NUMBERS),
        said=words_of(article.reading.sentences[n].text for n in event.sentences),
        multilateral=any(word.split()[0] in read_words("multilateral.txt") for word in event.words),
        decided=decisions.sides_of(article, event),
    )


def filled_roles(
    event_type: str, roles: Sequence[tuple[str, str]], places: Set[str], lands: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """The actors of each role but for places; countries for their leaders and armies where states act."""
    named = lands if event_type not in PERSONAL else {}
    return {
        role: frozenset(named.get(actor, actor) for name, actor in roles if name == role and actor not in places)
        for role, _ in roles
    }


def window(dates: Sequence[DateRange], published: date | None, *, happened: bool, event_type: str) -> DateRange | None:
    """When an event can have been: its dates, else the days that news reports on around the article's date."""
    if dates:
        return DateRange(begin=min(d.begin for d in dates), end=max(d.end for d in dates))
    if published is None:
        return None
    ahead = timedelta(0) if happened else EXPECTED_WINDOW
    behind = LASTING_WINDOW if event_type in LASTING else NEWS_WINDOW
    return DateRange(begin=published - behind, end=published + ahead)


def words_of(sentences: Iterable[str]) -> frozenset[str]:
    """Words and numbers, in lower case, that say what sentences are about."""
    found = (word.casefold() for sentence in sentences for word in _WORD.findall(sentence))
    return frozenset(word for word in found if len(word) >= SHORTEST_WORD or word[0].isdigit())


def claims_of(cluster: Sequence[Candidate], entities: Entities) -> Iterator[Claim]:
    """What the articles say of the event, as claims with evidence."""
    for told in cluster:
        for sentence in told.event.sentences:
            yield Claim(
                property="type",
                value=told.event.type,
                evidence=Evidence(article=told.article, sentence=sentence),
                confidence=told.event.confidence,
            )
        for assertion in told.event.assertions:
            value: FactValue = assertion.value
            if isinstance(assertion.value, ActorRef):
                value = Reference(id=entities.id_of(told.article, assertion.value.key))
            speaker = assertion.attributed_to
            yield Claim(
                property=assertion.property,
                value=value,
                evidence=Evidence(article=told.article, sentence=assertion.sentence),
                confidence=assertion.confidence,
                attributed_to=entities.id_of(told.article, speaker) if speaker else None,
            )
