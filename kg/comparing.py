"""Why are two events one, or two? What each article tells of them, compared as resolution compares it."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.knowledge import KnowledgeBase
from kg.model import HAPPENED, LOCALITIES, DateRange, EventMention, Status
from kg.resolution.candidates import NUMBERS, ROLES, Candidate, filled_roles, window, words_of
from kg.resolution.entities import acts_for_land
from kg.resolution.labels import spoken_range
from kg.resolution.matching import is_enough, shares_actor, shares_place, vetoes
from kg.sparql import Iri
from kg.vocab import WIKIDATA, WIKIPEDIA
from kg.why import Thing, describe, event_class, find_one, local_name

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


_MANY: Final = re.compile(r"\b(?:(?:three|four)[- ]way|trilat\w*|quadrilat\w*)\b", re.I)
"""The trigger itself, which multilateral.txt is about, is not in the graph."""
_NAMED: Final = f"""SELECT ?thing ?label (MIN(STR(?iri)) AS ?same) {{  # Wikidata's IRI where there is one
  ?thing schema:sameAs ?iri ; rdfs:label ?label
  FILTER(STRSTARTS(STR(?iri), "{WIKIDATA}") || STRSTARTS(STR(?iri), "{WIKIPEDIA}"))
}} GROUP BY ?thing ?label"""


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
                against=_against(a, b, things),
            )
            for a, b in pairs
        ),
    )


def _against(a: _Account, b: _Account, things: Sequence[Thing]) -> tuple[str, ...]:
    reasons = list(vetoes(a.candidate, b.candidate))
    if things[0].iri == things[1].iri:  # joined by people, or through a third account
        return tuple(reasons)
    if things[0].classes != things[1].classes:
        reasons.insert(0, "they are events of different classes")
    if not reasons and not is_enough(a.candidate, b.candidate):
        shared = shares_actor(a.candidate, b.candidate) or shares_place(a.candidate, b.candidate)
        reasons.append("too little else is the same" if shared else "no actor or place is the same")
    return tuple(reasons or ["another account of one of them, or a decision, keeps them apart"])


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
    leaf = event_class(thing)
    if leaf is None:
        raise QueryError(f"{thing.label!r} is no event: two events can be compared")
    claims = graph.select(_CLAIMS, {"thing": Iri(thing.iri)})
    lands = _lands(graph, claims)
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in claims:
        rows[row["article"]].append(row)
    return [_account(leaf, article, found, lands) for article, found in sorted(rows.items())]


def _lands(graph: "Graph", rows: list[dict[str, str]]) -> dict[str, tuple[str, str]]:
    """The countries (IRI, label) of the graph that its leaders and bodies act for, as resolution takes them."""
    knowledge = KnowledgeBase.load()
    named = graph.select(_NAMED)
    known = {row["thing"]: _knowledge_id(row["same"]) for row in named}
    things = {known[row["thing"]]: (row["thing"], row["label"]) for row in named}
    lands = {}
    for actor in {row["value"] for row in rows} & known.keys():
        entry = knowledge.entry(known[actor]) if known[actor] in knowledge else None
        land = things.get(entry.country or "") if entry is not None and acts_for_land(entry) else None
        if land is not None:
            lands[actor] = land
    return lands


def _knowledge_id(same: str) -> str:
    return same.removeprefix(WIKIDATA) if same.startswith(WIKIDATA) else f"w/{same.removeprefix(WIKIPEDIA)}"


def _account(leaf: str, article: str, rows: list[dict[str, str]], lands: dict[str, tuple[str, str]]) -> _Account:
    values: dict[str, set[str]] = defaultdict(set)
    classes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        values[local_name(row["property"])].add(row["value"])
        classes[row["value"]].add(local_name(row.get("class", "")))
    local = {value for value, kinds in classes.items() if kinds & LOCALITIES}
    roles = tuple((role, value) for role in ROLES for value in sorted(values[role]))
    first = rows[0]
    published = first.get("published")
    dates = tuple(_dates(values))
    statuses = frozenset(Status(local_name(value)) for value in values["status"])
    day = date.fromisoformat(published) if published else None
    told = local & (values["hasPlace"] | {actor for _, actor in roles})
    candidate = Candidate(
        article=article,
        event=EventMention(id="", type=leaf, triggers=(), words=(), sentences=(), assertions=(), confidence=1.0),
        published=day,
        roles=roles,
        dates=dates,
        window=window(dates, day, happened=bool(statuses & HAPPENED), event_type=leaf),
        statuses=statuses,
        places=tuple(sorted((min(classes[place] & LOCALITIES), place) for place in told)),
        numbers=tuple((name, _number(value)) for name in NUMBERS for value in sorted(values[name])),
        said=words_of(row["sentence"] for row in rows),
        multilateral=any(_MANY.search(row["sentence"]) for row in rows),
        filled=filled_roles(leaf, roles, local, {actor: land for actor, (land, _) in lands.items()}),
    )
    source = " of ".join(part for part in (first.get("outlet") or first.get("headline") or article, published) if part)
    names = dict(lands.values()) | {row["value"]: row["label"] for row in rows if "label" in row}
    return _Account(source=source, candidate=candidate, names=names)


def _number(value: str) -> int | str:
    """A count as a number, which is compared with others; a sum of money as it stands."""
    return int(value) if value.isdecimal() else value


def _dates(values: dict[str, set[str]]) -> list[DateRange]:
    """The ranges that an article gives: each first day with the next last day."""
    ends = sorted(date.fromisoformat(day) for day in values["hasEndTimeStamp"])
    begins = sorted(date.fromisoformat(day) for day in values["hasBeginTimeStamp"])
    found = [(begin, next((end for end in ends if end >= begin), None)) for begin in begins]
    return [DateRange(begin=begin, end=end) for begin, end in found if end is not None]
