"""How much of what a careful reader finds in seeds/ (seeds_expected.toml) the graph of them has.

    python tests/measure_seeds.py [--show]

Also run by the evaluation gate; needs nothing beside the project.
"""

import argparse
import calendar
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import kg
from kg.store import Graph

SEEDS = Path(__file__).parent.parent / "seeds"
EXPECTED = Path(__file__).with_name("seeds_expected.toml")
ROLES = ("participant", "agent", "target", "recipient", "mediator")
KEY_WORDS = 6  # of a quotation: enough to know it again


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemEvent:
    """An event of the graph with names instead of IRIs."""

    iri: str
    type: str
    actors: frozenset[str]
    roles: frozenset[tuple[str, str]]
    begin: str | None
    end: str | None
    status: frozenset[str]
    places: frozenset[str]
    articles: frozenset[str]


class SeedsGraph:
    """The graph of seeds/, and which of its events each expected one is."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.expected: dict[str, Any] = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
        self.articles = {a["id"]: self._article_iri(a) for a in self.expected["article"]}
        self.events = list(self._events())
        self.told_status = self._told_status()
        self.matches = {a["id"]: self._match(a) for a in self.expected["article"]}

    def _article_iri(self, article: dict[str, Any]) -> str:
        found = self.graph.select(
            "SELECT ?a ?t ?i { ?a a schema:NewsArticle ; dcterms:identifier ?i . OPTIONAL { ?a schema:headline ?t } }"
        )
        for row in found:
            if row.get("t") == article.get("title") or (not article.get("title") and article["file"] in row["i"]):
                return row["a"]
        for row in found:
            if article["file"] in row["i"]:
                return row["a"]
        raise LookupError(f"{article['id']} is not in the graph")

    def _events(self) -> Iterator[SystemEvent]:
        values: dict[str, dict[str, set[str]]] = {}
        query = (
            "SELECT ?e ?p ?v { ?e a sem:Event ; ?p ?o . OPTIONAL { ?o rdfs:label ?l } BIND(COALESCE(?l, ?o) AS ?v) "
            "FILTER(?p != prov:wasDerivedFrom) }"
        )
        for row in self.graph.select(query):
            values.setdefault(row["e"], {}).setdefault(re.split(r"[#/]", row["p"])[-1], set()).add(row["v"])
        for iri, found in sorted(values.items()):
            roles = frozenset((role, name) for role in ROLES for name in found.get(role, ()))
            leaves = sorted(t.rsplit("#", 1)[1] for t in found["type"] if "newskg/ns#" in t)
            yield SystemEvent(
                iri=iri,
                type=next((t for t in leaves if t not in {"GovernanceEvent", "OtherEvent"}), ""),
                actors=frozenset(name for _, name in roles),
                roles=roles,
                begin=min(found.get("hasBeginTimeStamp", ()), default=None),
                end=max(found.get("hasEndTimeStamp", ()), default=None),
                status=frozenset(s.rsplit("#", 1)[1] for s in found.get("status", ())),
                places=frozenset(found.get("hasPlace", ())),
                articles=frozenset(found.get("mentionedIn", ())),
            )

    def _told_status(self) -> dict[tuple[str, str], set[str]]:
        """(event, article) → the statuses that the article itself gives, preferred or not."""
        told: dict[tuple[str, str], set[str]] = {}
        query = (
            "SELECT DISTINCT ?e ?a ?s { ?f rdf:predicate kg:status ; rdf:subject ?e ; rdf:object ?s ; "
            "prov:wasDerivedFrom/schema:isPartOf ?a }"
        )
        for row in self.graph.select(query):
            told.setdefault((row["e"], row["a"]), set()).add(row["s"].rsplit("#", 1)[1])
        return told

    def _match(self, article: dict[str, Any]) -> dict[str, SystemEvent]:
        """One to one: expected events of an article to the graph's events told in it."""
        iri = self.articles[article["id"]]
        pairs = []
        for event in article.get("event", ()):
            for candidate in self.events:
                if iri in candidate.articles and candidate.type == event["class"]:
                    score = self._score(event, candidate)
                    if score > 0:
                        pairs.append((-score, event["key"], candidate.iri, candidate))
        found: dict[str, SystemEvent] = {}
        used: set[str] = set()
        for _, key, name, candidate in sorted(pairs, key=lambda pair: pair[:3]):
            if key not in found and name not in used:
                found[key] = candidate
                used.add(name)
        return found

    def _score(self, event: dict[str, Any], candidate: SystemEvent) -> float:
        actors = {name for role in ROLES for name in event.get(role, ())}
        shared = len(actors & candidate.actors)
        overlap = 2 * shared / (len(actors) + len(candidate.actors)) if actors or candidate.actors else 0.0
        overlap += 0.5 * sum((role, name) in candidate.roles for role in ROLES for name in event.get(role, ()))
        first, last = days(event.get("date"))
        if first and candidate.begin and candidate.end:
            if candidate.end < first or (last and last < candidate.begin):
                overlap -= 0.3
            else:
                overlap += 0.5
        placed = event.get("place") in candidate.places
        return overlap + 0.3 * placed if shared or placed else 0.0


def days(value: Any) -> tuple[str | None, str | None]:
    """First and last day of an expected date: a day, a month, a year, or two of them."""
    if not value:
        return None, None
    first, _, last = str(value).partition("/")
    last = last or first
    year, month = len("2025"), len("2025-07")
    begin = first + {year: "-01-01", month: "-01"}.get(len(first), "")
    if len(last) == month:
        return begin, f"{last}-{calendar.monthrange(int(last[:4]), int(last[5:]))[1]}"
    return begin, f"{last}-12-31" if len(last) == year else last


def measure(seeds: SeedsGraph, show: bool = False) -> dict[str, float]:
    """Shares of what is expected that the graph has."""

    def say(*words: object) -> None:
        if show:
            print("  ", *words)

    n = {"events": 0, "found": 0, "status": 0, "dated": 0, "date": 0, "placed": 0, "place": 0, "roles": 0, "role": 0}
    for article in seeds.expected["article"]:
        for event in article.get("event", ()):
            n["events"] += 1
            hit = seeds.matches[article["id"]].get(event["key"])
            if hit is None:
                say("missed", article["id"], event["class"], event["key"])
                continue
            n["found"] += 1
            told = seeds.told_status.get((hit.iri, seeds.articles[article["id"]]), set())
            good = event["status"] in told
            n["status"] += good
            if not good:
                say("status", event["key"], event["status"], sorted(told), article["id"])
            if event.get("date"):
                n["dated"] += 1
                first, last = days(event["date"])
                good = (hit.begin, hit.end) == (first, last)
                n["date"] += good
                if not good:
                    say("date", event["key"], event["date"], hit.begin, hit.end, article["id"])
            if event.get("place"):
                n["placed"] += 1
                n["place"] += event["place"] in hit.places
                if event["place"] not in hit.places:
                    say("place", event["key"], event["place"], "has", sorted(hit.places), article["id"])
            wanted = {(role, name) for role in ROLES for name in event.get(role, ())}
            n["roles"] += len(wanted)
            n["role"] += len(wanted & hit.roles)
            if wanted - hit.roles:
                say("roles", event["key"], sorted(wanted - hit.roles), "has", sorted(hit.roles))
    quotes = quotations(seeds, say)
    return {
        "event_recall": ratio(n["found"], n["events"]),
        "status_accuracy": ratio(n["status"], n["found"]),
        "date_accuracy": ratio(n["date"], n["dated"]),
        "place_accuracy": ratio(n["place"], n["placed"]),
        "role_recall": ratio(n["role"], n["roles"]),
        "merged_events": merged(seeds, say),
        "merged_status": merged_status(seeds, say),
        "quotes_end_to_end": quotes,
        "disagreements_shown": disagreements(seeds, say),
    }


def merged(seeds: SeedsGraph, say: Any) -> float:
    """Share of events in several articles whose found mentions are all one event of the graph."""
    wanted = found = 0
    for event in seeds.expected["event"]:
        nodes = [m[event["key"]].iri for m in seeds.matches.values() if event["key"] in m]
        if len(nodes) > 1:
            wanted += 1
            found += len(set(nodes)) == 1
            if len(set(nodes)) > 1:
                say("not merged", event["key"], sorted({node.rsplit("/", 1)[1] for node in nodes}))
    return ratio(found, wanted)


def merged_status(seeds: SeedsGraph, say: Any) -> float:
    """Share of found events in several articles of which the graph gives the status that all articles together tell.

    A plan that a later article tells as done has happened; what each article says itself is `status_accuracy`.
    """
    wanted = right = 0
    for event in seeds.expected["event"]:
        found = [m[event["key"]] for m in seeds.matches.values() if event["key"] in m]
        if found and "status" in event:
            wanted += 1
            status = set.union(*(set(hit.status) for hit in found))
            right += status == {event["status"]}
            if status != {event["status"]}:
                say("merged status", event["key"], event["status"], sorted(status))
    return ratio(right, wanted)


def quotations(seeds: SeedsGraph, say: Any) -> float:
    """Share of direct quotations with the right speaker."""
    rows = seeds.graph.select("SELECT ?t ?l { ?s a schema:Quotation ; schema:text ?t ; kg:speaker/rdfs:label ?l }")
    wanted = found = 0
    for article in seeds.expected["article"]:
        for quote in article.get("quote", ()):
            wanted += 1
            key = " ".join(re.findall(r"\w+", quote["text"].lower())[:KEY_WORDS])
            said = {row["l"] for row in rows if key in " ".join(re.findall(r"\w+", row["t"].lower()))}
            good = quote["speaker"] in said
            found += good
            if not good:
                say("quote", quote["speaker"], "has", sorted(said), "|", quote["text"][:60])
    return ratio(found, wanted)


def disagreements(seeds: SeedsGraph, say: Any) -> float:
    """Share of the expected disagreements whose values stand side by side with kg:conflictsWith."""
    rows = seeds.graph.select(
        "SELECT ?s ?p ?v1 ?v2 { ?f kg:conflictsWith ?g ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?v1 . "
        "?g rdf:object ?v2 }"
    )
    names = {"date": "hasBeginTimeStamp"}
    found = 0
    for item in seeds.expected["disagreement"]:
        nodes = {m[item["event"]].iri for m in seeds.matches.values() if item["event"] in m}
        values = {str(value["value"]) for value in item["values"]}
        name = names.get(item["property"], item["property"])
        shown = {r["v1"] for r in rows if r["s"] in nodes and re.split(r"[#/]", r["p"])[-1] == name}
        good = values <= shown
        found += good
        if not good:
            say("disagreement", item["event"], item["property"], sorted(values), "shown", sorted(shown))
    return ratio(found, len(seeds.expected["disagreement"]))


def ratio(part: int, whole: int) -> float:
    """Rounded to what floors are written with."""
    return round(part / whole, 3) if whole else 0.0


@cache
def build_seeds() -> SeedsGraph:
    """The graph of seeds/ as `make demo` builds it, once a process."""
    return SeedsGraph(kg.build([SEEDS]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="list what is missed or wrong")
    print(json.dumps(measure(build_seeds(), parser.parse_args().show), indent=1))
