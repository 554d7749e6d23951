"""What events are called: the day that is best supported, and who was in it as one article tells it.

That article is the earliest of those that name both sides, so that a further article moves the name only when the
event's identity changes: another day is better supported, or both sides are named for the first time. What the event
would be called in a graph of some of its articles stays as what the name replaces: who built such a graph finds it.
"""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from kg.model import DateRange
from kg.naming import digest, slug
from kg.resolution.candidates import Candidate, claims_of
from kg.resolution.entities import Entities
from kg.resolution.labels import event_label, event_slug, preferred_date, stamp
from kg.resolution.model import Article, Fact
from kg.resolution.support import facts_about
from kg.schema import EventClass

MOST_NAMES = 100
"""Other names of one event that are kept."""
SIDES = (frozenset({"agent", "participant"}), frozenset({"target", "recipient", "participant"}))
"""The roles that one-sided and two-sided classes name their parties by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How one article tells of an event."""

    mark: str  # tells it apart from an event of the same name
    facts: tuple[Fact, ...]
    published: date | None
    order: tuple[bool, date, str]  # both sides named, the earliest article


def accounts(
    cluster: Sequence[Candidate],
    facts: tuple[Fact, ...],
    articles: Mapping[str, Article],
    entities: Entities,
    event_class: EventClass,
) -> list[Account]:
    """One account an article: those that name both sides first, the earliest first. `facts` are those of all."""
    alone = len(cluster) == 1
    told = (
        _account(c, facts if alone else facts_about("", claims_of([c], entities), articles), articles, event_class)
        for c in cluster
    )
    return sorted(told, key=lambda account: account.order)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What an event is called."""

    id: str  # "event/2025-07-03-phone-call-donald-trump-vladimir-putin"
    mark: str
    label: str  # "Phone call: Donald Trump – Vladimir Putin (3 July 2025)"
    others: frozenset[str]  # ids that it would have in graphs of some of its articles


def name_of(told: Sequence[Account], day: DateRange | None, entities: Entities, event_class: EventClass) -> Name:
    """The name of an event of which `told`, in order, tell, and which was on `day`, as all of them together say."""
    published = min((account.published for account in told if account.published), default=None)
    days = {stamp(preferred_date(account.facts), account.published) for account in told}
    slugs = [event_slug(event_class.label, account.facts, entities.by_id) for account in told]
    return Name(
        id=_id(stamp(day, published), slugs[0]),
        mark=told[0].mark,
        label=event_label(event_class.label, told[0].facts, day, entities.by_id, symmetric=event_class.symmetric),
        others=_others(stamp(day, published), slugs, days),
    )


def _others(start: str, slugs: Sequence[str], days: Set[str]) -> frozenset[str]:
    """Ids by every day and every account; of very many only those that share one of both with the event's own."""
    rests = dict.fromkeys(slugs)
    if len(days) * len(rests) <= MOST_NAMES:
        return frozenset(_id(day, rest) for day in days for rest in rests)
    near = [*((start, rest) for rest in rests), *((day, slugs[0]) for day in sorted(days))]
    return frozenset(_id(*pair) for pair in near[:MOST_NAMES])


def distinct_ids(names: Sequence[Name]) -> list[tuple[str, tuple[str, ...]]]:
    """The id of each event and the ids that it replaces.

    Of several events with one name each is told apart: none keeps an id that another article could move.
    """
    bearers = Counter(name.id for name in names)
    ids = [name.id if bearers[name.id] == 1 else f"{name.id}-{name.mark}" for name in names]
    taken = set(ids)
    return [(own, tuple(sorted(name.others - taken))) for own, name in zip(ids, names, strict=True)]


def _id(start: str, rest: str) -> str:
    return f"event/{slug(f'{start}-{rest}')}"


def _account(
    candidate: Candidate, facts: tuple[Fact, ...], articles: Mapping[str, Article], event_class: EventClass
) -> Account:
    sides = [sum(fact.property in roles for fact in facts) for roles in SIDES]
    complete = sides[0] > 1 if event_class.symmetric else all(sides)
    article = articles[candidate.article]
    return Account(
        mark=digest(f"{candidate.article}#{candidate.event.id}", length=8),
        facts=facts,
        published=article.reading.document.published,
        order=(not complete, article.reading.document.published or date.max, article.id),
    )
