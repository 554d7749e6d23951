"""From assertions of many articles to facts: support, the preferred value, and what contradicts it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.lexicon import read_words
from kg.model import HAPPENED, DateRange, Status
from kg.resolution.model import Article, Evidence, Fact, FactValue, Rank

# Properties with one true value: values compete. Others (roles, places, topics) stand side by side.
FUNCTIONAL = frozenset({"status", "date", "ordinal", "duration", "killed", "wounded", "count", "amount", "speaker"})
CHANGING = frozenset({"killed", "wounded", "count", "status"})
AHEAD = frozenset({Status.PLANNED, Status.POSSIBLE})
TOLLS = ("killed", "wounded")
MANY_VALUES = 20  # of so many days of one war each is set against the best one alone
MAX_CONFIDENCE = 0.99
STATUS_ORDER = (Status.OCCURRED, Status.ONGOING, Status.DENIED, Status.PLANNED, Status.POSSIBLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence's value of a property, ids resolved."""

    property: str
    value: FactValue
    evidence: Evidence
    confidence: float
    attributed_to: str | None = None


def facts_about(subject: str, claims: Iterable[Claim], articles: Mapping[str, Article]) -> tuple[Fact, ...]:
    """One fact a property value, with the number of independent sources among the articles that claim it."""
    grouped: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.property, repr(claim.value)].append(claim)
    by_property: dict[str, list[Fact]] = defaultdict(list)
    for (name, _), members in sorted(grouped.items()):
        by_property[name].append(_fact(subject, members, articles))
    facts: list[Fact] = []
    for name, found in sorted(by_property.items()):
        facts.extend(_ranked(found, articles) if name in FUNCTIONAL else found)
    return tuple(facts)


def tolls_rejected(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts about an event, its dead and wounded rejected where it did not happen as far as the articles tell."""
    status = next((fact.value for fact in facts if fact.property == "status" and fact.rank is Rank.PREFERRED), None)
    if status in HAPPENED:
        return facts
    return tuple(replace(fact, rank=Rank.REJECTED) if fact.property in TOLLS else fact for fact in facts)


def _fact(subject: str, members: Sequence[Claim], articles: Mapping[str, Article]) -> Fact:
    outlets: dict[str, float] = {}
    origins: dict[str, float] = {}  # "according to X" of the same X in several outlets is one source
    for claim in members:
        outlet = articles[claim.evidence.article].source
        origin = claim.attributed_to or outlet
        outlets[outlet] = max(outlets.get(outlet, 0.0), claim.confidence)
        origins[origin] = max(origins.get(origin, 0.0), claim.confidence)
    best = min(outlets, origins, key=len)
    doubt = 1.0
    for confidence in best.values():
        doubt *= 1.0 - confidence
    speakers = {claim.attributed_to for claim in members}
    return Fact(
        subject=subject,
        property=members[0].property,
        value=members[0].value,
        evidence=tuple(sorted({claim.evidence for claim in members})),
        confidence=round(min(MAX_CONFIDENCE, 1.0 - doubt), 2),
        rank=Rank.NORMAL,
        source_count=len(best),
        attributed_to=speakers.pop() if len(speakers) == 1 else None,
    )


def _ranked(facts: list[Fact], articles: Mapping[str, Article]) -> list[Fact]:
    """The best-supported value is preferred, the others are rejected; contradictions are named on both sides.

    A count that has grown since, and a plan that has come true, as a later article says, is no contradiction, and gives
    way to the later one.
    """
    changing = facts if facts[0].property in CHANGING else []
    updates = {
        (id(later), id(earlier))
        for later in changing
        for earlier in changing
        if _has_grown(later, earlier, articles) or _has_come_true(later, earlier, articles)
    }
    outdated = {earlier for _, earlier in updates}
    order = sorted(facts, key=lambda fact: (id(fact) in outdated, _merit(fact)))
    many = len(order) > MANY_VALUES
    return [
        replace(
            fact,
            rank=Rank.PREFERRED if place == 0 else Rank.REJECTED,
            conflicts=tuple(
                other.value
                for other in (order[:1] if many and fact is not order[0] else order)
                if other is not fact
                and contradict(fact, other)
                and not {(id(fact), id(other)), (id(other), id(fact))} & updates
            ),
        )
        for place, fact in enumerate(order)
    ]


def _has_grown(later: Fact, earlier: Fact, articles: Mapping[str, Article]) -> bool:
    """Whether an article that came out after all that give the lower number says that it has grown to the higher."""
    if not isinstance(later.value, int) or not isinstance(earlier.value, int):
        return False
    if later.value <= earlier.value:
        return False
    last = _last_told(earlier, articles)
    return last is not None and any(_tells_growth(place, last, articles) for place in later.evidence)


def _has_come_true(later: Fact, earlier: Fact, articles: Mapping[str, Article]) -> bool:
    """Whether an article that came out after all that tell of a plan says that it has happened."""
    if later.value not in HAPPENED or earlier.value not in AHEAD:
        return False
    last = _last_told(earlier, articles)
    days = (articles[place.article].reading.document.published for place in later.evidence)
    return last is not None and any(day is not None and day > last for day in days)


def _last_told(fact: Fact, articles: Mapping[str, Article]) -> date | None:
    """The day of the last article that says so; None when the day of one is not known."""
    days = [articles[place.article].reading.document.published for place in fact.evidence]
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None


def _tells_growth(place: Evidence, since: date, articles: Mapping[str, Article]) -> bool:
    reading = articles[place.article].reading
    if reading.document.published is None or reading.document.published < since:
        return False
    words = reading.sentences[place.sentence].text.casefold().split()
    return not read_words("updates.txt").isdisjoint(word.strip(".,;:") for word in words)


def _merit(fact: Fact) -> tuple[object, ...]:
    value = fact.value
    precision = (value.end - value.begin).days if isinstance(value, DateRange) else 0
    claimed = fact.attributed_to is not None
    status = STATUS_ORDER.index(value) if isinstance(value, Status) else 0
    return (
        -fact.source_count,
        claimed,
        precision > 1,
        -len(fact.evidence),
        status,
        -fact.confidence,
        precision,
        repr(value),
    )


def contradict(a: Fact, b: Fact) -> bool:
    """Whether two values cannot both be true and come from different articles."""
    if {e.article for e in a.evidence} & {e.article for e in b.evidence}:
        return False
    if isinstance(a.value, DateRange) and isinstance(b.value, DateRange):
        return a.value.end < b.value.begin or b.value.end < a.value.begin
    if isinstance(a.value, Status) and isinstance(b.value, Status):
        return (a.value in HAPPENED) != (b.value in HAPPENED) and Status.DENIED in {a.value, b.value}
    return True
