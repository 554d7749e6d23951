"""Which events of different articles are the same, and what all articles together say of each.

Similarity alone would join two different calls, so identity needs vetoes: ordinals, dates, places, swapped actors.
Events are blocked by class; within a block the most similar clusters join first, and a cluster joins only if no pair
of its members is vetoed (complete linkage on the vetoes). One article never holds the same event twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from kg.lexicon import read_words
from kg.model import HAPPENED, LOCALITIES, ActorRef, DateRange, EventMention, Status
from kg.resolution.decisions import NONE, Decisions, Verdict
from kg.resolution.entities import Entities
from kg.resolution.model import Article, Evidence, FactValue, Reference
from kg.resolution.support import Claim

NEWS_WINDOW = timedelta(days=4)  # how long after an event articles still report it without a date
SLIP = timedelta(days=1)  # two outlets' dates of one event differ by a time zone, or a mistake
EXPECTED_WINDOW = timedelta(days=14)  # how far ahead articles announce an event without a date
RELAXED_TYPES = frozenset({"Conflict"})  # a war goes on for years: dates do not separate its mentions
ANY_TIME = DateRange(begin=date.min, end=date.max)
ROLES = ("participant", "agent", "target", "recipient", "mediator")
MIN_SCORE = 1.0  # one role or place wholly shared; dates and numbers alone never join two events


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One article's event, actors resolved to entities."""

    article: str  # id
    event: EventMention
    published: date | None
    roles: tuple[tuple[str, str], ...]
    dates: tuple[DateRange, ...]
    statuses: frozenset[Status]
    places: tuple[tuple[str, str], ...]  # (type, entity id), without countries, which contain the others
    numbers: tuple[tuple[str, FactValue], ...]
    filled: Mapping[str, frozenset[str]]  # the actors of each role, without places smaller than a country
    decided: frozenset[tuple[int, int]] = frozenset()  # the decisions about it, with its side of each

    def actors(self, role: str) -> frozenset[str]:
        """Entity ids that fill a role, without places: "on Kyiv" and "on Ukraine" may be the same target."""
        return self.filled.get(role, frozenset())

    def number(self, name: str) -> frozenset[FactValue]:
        """Values of a number that the article gives."""
        return frozenset(value for key, value in self.numbers if key == name) if self.numbers else frozenset()


def cluster_events(
    articles: Iterable[Article], entities: Entities, decisions: Decisions = NONE
) -> list[list[Candidate]]:
    """Clusters of candidates, one an event of the world, in a fixed order."""
    blocks: dict[str, list[Candidate]] = defaultdict(list)
    for article in articles:
        for event in article.reading.events:
            blocks[event.type].append(candidate(article, event, entities, decisions))
    return [cluster for _, block in sorted(blocks.items()) for cluster in _cluster(block, decisions)]


def claims_of(cluster: Sequence[Candidate], entities: Entities) -> Iterator[Claim]:
    """What the articles say of the event, as claims with evidence."""
    for candidate in cluster:
        for sentence in candidate.event.sentences:
            yield Claim(
                property="type",
                value=candidate.event.type,
                evidence=Evidence(article=candidate.article, sentence=sentence),
                confidence=candidate.event.confidence,
            )
        for assertion in candidate.event.assertions:
            value: FactValue = assertion.value
            if isinstance(assertion.value, ActorRef):
                value = Reference(id=entities.id_of(candidate.article, assertion.value.key))
            speaker = assertion.attributed_to
            yield Claim(
                property=assertion.property,
                value=value,
                evidence=Evidence(article=candidate.article, sentence=assertion.sentence),
                confidence=assertion.confidence,
                attributed_to=entities.id_of(candidate.article, speaker) if speaker else None,
            )


def candidate(article: Article, event: EventMention, entities: Entities, decisions: Decisions = NONE) -> Candidate:
    """An event of an article, ready to be compared."""

    def entity(value: object) -> str:
        return entities.id_of(article.id, value.key) if isinstance(value, ActorRef) else ""

    assertions = event.assertions
    roles = tuple(sorted({(a.property, entity(a.value)) for a in assertions if a.property in ROLES}))
    kinds = entities.by_id
    local = frozenset(actor for _, actor in roles if kinds[actor].type in LOCALITIES)
    told = frozenset(entity(a.value) for a in assertions if a.property == "place")
    return Candidate(
        article=article.id,
        event=event,
        published=article.reading.document.published,
        roles=roles,
        dates=tuple(dict.fromkeys(a.value for a in assertions if isinstance(a.value, DateRange))),
        statuses=frozenset(a.value for a in assertions if isinstance(a.value, Status)),
        places=tuple(sorted((kinds[p].type, p) for p in local | told if kinds[p].type in LOCALITIES)),
        filled={role: frozenset(a for name, a in roles if name == role) - local for role, _ in roles},
        numbers=tuple((a.property, a.value) for a in assertions if a.property in {"ordinal", "count", "amount"}),
        decided=decisions.sides_of(article, event),
    )


def _cluster(block: Sequence[Candidate], decisions: Decisions) -> list[list[Candidate]]:
    clusters = [[candidate] for candidate in block]
    pairs = sorted(
        ((-score, a, b) for a, b in _comparable(block) if (score := similarity(block[a], block[b])) >= MIN_SCORE)
    )
    home = {n: clusters[n] for n in range(len(block))}
    decided = [n for n, candidate in enumerate(block) if candidate.decided]
    same = {
        (a, b)
        for a, b in combinations(decided, 2)
        if decisions.decided(block[a].decided, block[b].decided, Verdict.SAME)
    }
    for a, b in [*sorted(same), *((a, b) for _, a, b in pairs)]:
        left, right = home[a], home[b]
        if left is right or ((a, b) not in same and _kept_apart(left, right, decisions)):
            continue
        left.extend(right)
        for n, cluster in home.items():
            if cluster is right:
                home[n] = left
    unique = {id(cluster): cluster for cluster in home.values()}
    return list(unique.values())


def _kept_apart(left: Sequence[Candidate], right: Sequence[Candidate], decisions: Decisions) -> bool:
    """Whether a pair of members is vetoed, or was decided to be two events."""
    return any(
        veto(x, y) is not None or decisions.decided(x.decided, y.decided, Verdict.DIFFERENT)
        for x in left
        for y in right
    )


def _comparable(block: Sequence[Candidate]) -> set[tuple[int, int]]:
    """Pairs that share a role's actor or a place, and whose times meet or whose ordinals agree: all others are vetoed.

    Those with one actor are swept in the order of time, so that a name that is always in the news costs little.
    """
    sharing: dict[object, list[tuple[date, date, int]]] = defaultdict(list)
    for n, candidate in enumerate(block):
        keys = [*((role, a) for role, actors in candidate.filled.items() for a in actors), *candidate.places]
        window = ANY_TIME if candidate.event.type in RELAXED_TYPES else _window(candidate)
        for key in keys:
            if window is not None:
                sharing[key].append((window.begin, window.end, n))
            for ordinal in candidate.number("ordinal"):
                sharing[key, ordinal].append((ANY_TIME.begin, ANY_TIME.end, n))
    pairs: set[tuple[int, int]] = set()
    for members in sharing.values():
        members.sort()
        for place, (_, end, n) in enumerate(members):
            for begin, _, other in members[place + 1 :]:
                if begin > end:
                    break
                pairs.add((min(n, other), max(n, other)))
    return pairs


def similarity(a: Candidate, b: Candidate) -> float:
    """0 for a vetoed pair; else shared actors, with dates, ordinals and numbers that agree counted on top."""
    if veto(a, b) is not None:
        return 0.0
    score = 0.0
    for role in ROLES:
        mine, theirs = a.actors(role), b.actors(role)
        if mine and theirs:
            shared = len(mine & theirs) / min(len(mine), len(theirs))
            if shared == 0.0:
                return 0.0
            score += shared
    score += bool(set(a.places) & set(b.places))
    score += 0.5 * any(_overlap(x, y) for x in a.dates for y in b.dates)
    score += sum(0.5 for name in ("ordinal", "count", "amount") if a.number(name) & b.number(name))
    return score


def veto(a: Candidate, b: Candidate) -> str | None:
    """Why two candidates cannot be the same event, or None."""
    return next(vetoes(a, b), None)


def vetoes(a: Candidate, b: Candidate) -> Iterator[str]:
    """All that speaks against two candidates being the same event."""
    return (reason for reason, holds in VETOES if holds(a, b))


def _ordinals_differ(a: Candidate, b: Candidate) -> bool:
    mine, theirs = a.number("ordinal"), b.number("ordinal")
    return bool(mine and theirs and not mine & theirs)


def _actors_differ(a: Candidate, b: Candidate) -> bool:
    """Calls and talks need both sides the same; one-sided events need each filled role to agree."""
    mine, theirs = a.actors("participant"), b.actors("participant")
    if mine or theirs:
        shared = mine & theirs
        return not (len(shared) >= 2 or (shared and (mine == theirs)) or (shared and shared in (mine, theirs)))
    filled = [role for role in ("agent", "target", "recipient") if a.actors(role) and b.actors(role)]
    return not (filled or set(a.places) & set(b.places)) or any(not a.actors(role) & b.actors(role) for role in filled)


def _multilateral(candidate: Candidate) -> bool:
    return any(word.split()[0] in read_words("multilateral.txt") for word in candidate.event.words)


def _places_differ(a: Candidate, b: Candidate) -> bool:
    """A city may lie in a region: only places of one type exclude each other."""
    shared = {kind for kind, _ in a.places} & {kind for kind, _ in b.places}
    return bool(shared) and not any(place in b.places for place in a.places)


def _swapped(a: Candidate, b: Candidate) -> bool:
    return bool(a.actors("agent") & b.actors("target") or a.actors("target") & b.actors("agent"))


def _dates_exclude(a: Candidate, b: Candidate) -> bool:
    if a.event.type in RELAXED_TYPES:
        return False
    if a.dates and b.dates:
        if any(_overlap(x, y) for x in a.dates for y in b.dates):
            return False
        near = any(x.begin - SLIP <= y.end and y.begin - SLIP <= x.end for x in a.dates for y in b.dates)
        return not (near and bool(a.number("ordinal") & b.number("ordinal")))
    mine, theirs = _window(a), _window(b)
    if mine is None or theirs is None:
        # Without the year of one of them, only a numbered event is surely the same.
        return not a.number("ordinal") & b.number("ordinal")
    return not _overlap(mine, theirs)


def _window(candidate: Candidate) -> DateRange | None:
    """When the event can have been: its dates, else the days that news reports on around the article's date."""
    if candidate.dates:
        return DateRange(begin=min(d.begin for d in candidate.dates), end=max(d.end for d in candidate.dates))
    if candidate.published is None:
        return None
    if candidate.statuses & HAPPENED:
        return DateRange(begin=candidate.published - NEWS_WINDOW, end=candidate.published)
    return DateRange(begin=candidate.published - NEWS_WINDOW, end=candidate.published + EXPECTED_WINDOW)


def _planned_elsewhere(a: Candidate, b: Candidate) -> bool:
    happened = bool(a.statuses & HAPPENED), bool(b.statuses & HAPPENED)
    if happened[0] == happened[1] or Status.DENIED in a.statuses | b.statuses:
        return False
    if a.dates and b.dates:
        return not any(_overlap(x, y) for x in a.dates for y in b.dates)
    return True


def _overlap(a: DateRange, b: DateRange) -> bool:
    return a.begin <= b.end and b.begin <= a.end


VETOES: tuple[tuple[str, Callable[[Candidate, Candidate], bool]], ...] = (
    ("both stand in one article", lambda a, b: a.article == b.article),
    ("their ordinals differ", _ordinals_differ),
    ("their actors differ", _actors_differ),
    ("their actors are swapped", _swapped),
    ("their dates exclude each other", _dates_exclude),
    ("their places differ", _places_differ),
    ("one of them has more than two parties", lambda a, b: _multilateral(a) != _multilateral(b)),
    ("one happened and the other is planned for another time", _planned_elsewhere),
)
