"""Why are two events one, or two? What each article tells of them, compared as resolution compares it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.lexicon import read_words
from kg.model import HAPPENED, LOCALITIES, DateRange, EventMention, Status
from kg.resolution.candidates import NUMBERS, ROLES, Candidate, window, words_of
from kg.resolution.labels import spoken_range
from kg.resolution.matching import shares_actor, shares_place, vetoes
from kg.schema import load_event_schema
from kg.sparql import Iri
from kg.why import Thing, describe, find_one

if TYPE_CHECKING:
    from kg.store import Graph


_CLAIMS: Final = """SELECT DISTINCT ?thing ?article ?published ?outlet ?headline ?property ?value
    ?label ?class ?sentence {
  ?fact rdf:subject ?thing ; rdf:predicate ?property ; rdf:object ?value ; prov:wasDerivedFrom ?from .
  ?from schema:isPartOf ?article ; schema:text ?sentence .
  OPTIONAL { ?article schema:datePublished ?published } OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:publisher/rdfs:label ?outlet }
  OPTIONAL { ?value rdfs:label ?label ; a ?class }
} ORDER BY ?article ?property ?value"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two articles' accounts: what they agree on, and what speaks against one event."""

    first: str  # the article, for people
    second: str
    agreed: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairExplanation:
    """Why two names mean one event or two."""

    first: Thing
    second: Thing
    comparisons: tuple[Comparison, ...]

    @property
    def is_one(self) -> bool:
        """Whether both are the same event."""
        return self.first.iri == self.second.iri


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    source: str
    candidate: Candidate
    names: dict[str, str]  # labels of actors and places, by IRI


def compare(graph: "Graph", first: str, second: str) -> PairExplanation:
    """What the articles' accounts of two events say for and against their being one.

    Where both are one event, each account is compared with the first. Raises QueryError for what is no event.
    """
    things = [describe(graph, find_one(graph, name)) for name in (first, second)]
    one, other = (_accounts(graph, thing) for thing in things)
    if things[0].iri == things[1].iri:
        pairs = [(one[0], account) for account in one[1:]]
    else:
        pairs = [(a, b) for a in one for b in other]
    return PairExplanation(
        first=things[0],
        second=things[1],
        comparisons=tuple(
            Comparison(
                first=a.source,
                second=b.source,
                agreed=tuple(_agreed(a, b)),
                against=_against(a, b, kind_differs=things[0].classes != things[1].classes),
            )
            for a, b in pairs
        ),
    )


def _against(a: _Account, b: _Account, *, kind_differs: bool) -> tuple[str, ...]:
    reasons = list(vetoes(a.candidate, b.candidate))
    if kind_differs:
        reasons.insert(0, "they are events of different classes")
    if not reasons and not (shares_actor(a.candidate, b.candidate) or shares_place(a.candidate, b.candidate)):
        reasons.append("no actor or place is the same")
    return tuple(reasons)


def _agreed(a: _Account, b: _Account) -> list[str]:
    one, other, names = a.candidate, b.candidate, a.names | b.names
    agreed = []
    for role in ROLES:
        both = sorted(names[actor] for actor in one.actors(role) & other.actors(role))
        if both:
            agreed.append(f"{role} {', '.join(both)}")
    places = sorted(names[place] for _, place in set(one.places) & set(other.places))
    if places:
        agreed.append(f"place {', '.join(places)}")
    days = sorted({spoken_range(x) for x in one.dates for y in other.dates if x == y})
    agreed.extend(f"date {day}" for day in days)
    for name in NUMBERS:
        agreed.extend(f"{name} {value}" for value in sorted(map(str, one.number(name) & other.number(name))))
    agreed.extend(f"status {status}" for status in sorted(one.statuses & other.statuses))
    return agreed


def _accounts(graph: "Graph", thing: Thing) -> list[_Account]:
    """One account an article, in the order of the articles' IRIs."""
    leaf = next(iter(set(thing.classes) & load_event_schema().classes.keys()), None)
    if leaf is None:
        raise QueryError(f"{thing.label!r} is no event: two events can be compared")
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in graph.select(_CLAIMS, {"thing": Iri(thing.iri)}):
        rows[row["article"]].append(row)
    return [_account(leaf, article, found) for article, found in sorted(rows.items())]


def _account(leaf: str, article: str, rows: list[dict[str, str]]) -> _Account:
    values: dict[str, set[str]] = defaultdict(set)
    classes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        values[_local(row["property"])].add(row["value"])
        classes[row["value"]].add(_local(row.get("class", "")))
    local = {value for value, kinds in classes.items() if kinds & LOCALITIES}
    roles = tuple((role, value) for role in ROLES for value in sorted(values[role]))
    first = rows[0]
    published = first.get("published")
    dates = tuple(_dates(values))
    statuses = frozenset(Status(_local(value)) for value in values["status"])
    day = date.fromisoformat(published) if published else None
    told = local & (values["hasPlace"] | {actor for _, actor in roles})
    candidate = Candidate(
        article=article,
        event=EventMention(id="", type=leaf, triggers=(), words=(), sentences=(), assertions=(), confidence=1.0),
        published=day,
        roles=roles,
        dates=dates,
        window=window(dates, day, happened=bool(statuses & HAPPENED)),
        statuses=statuses,
        places=tuple(sorted((min(classes[place] & LOCALITIES), place) for place in told)),
        numbers=tuple((name, value) for name in NUMBERS for value in sorted(values[name])),
        said=words_of(row["sentence"] for row in rows),
        multilateral=_is_multilateral(rows),
        filled={role: frozenset(values[role]) - local for role in ROLES if values[role]},
    )
    source = " of ".join(part for part in (first.get("outlet") or first.get("headline") or article, published) if part)
    names = {row["value"]: row["label"] for row in rows if "label" in row}
    return _Account(source=source, candidate=candidate, names=names)


def _dates(values: dict[str, set[str]]) -> list[DateRange]:
    """The ranges that an article gives: each first day with the next last day."""
    ends = sorted(date.fromisoformat(day) for day in values["hasEndTimeStamp"])
    begins = sorted(date.fromisoformat(day) for day in values["hasBeginTimeStamp"])
    found = [(begin, next((end for end in ends if end >= begin), None)) for begin in begins]
    return [DateRange(begin=begin, end=end) for begin, end in found if end is not None]


def _is_multilateral(rows: list[dict[str, str]]) -> bool:
    """Whether the sentences tell of more than two parties; the trigger itself is not in the graph."""
    said = {word.strip(".,;:“”") for row in rows for word in row["sentence"].lower().split()}
    return bool(said & read_words("multilateral.txt"))


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
