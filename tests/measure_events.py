"""Measure events on texts that the triggers were not tuned on.

    python tests/measure_events.py plover --shared ../shared [--show]       category and actors of plover_gold_dev
    python tests/measure_events.py coverage --shared ../shared              portal items with an event, by month
    python tests/measure_events.py items --shared ../shared [--seed 2]      50 items of the kept-out month, to be judged

`plover` reads each row as an article of one paragraph, and takes from it one thing that was done: the statement that
demands, rejects, threatens, disapproves or supports, where there is one, else the event with most actors, the earliest
of those with equally many. Category: the statement's, or that of the event's class; an event that is only planned or
possible is what PLOVER calls AGREE (helpful classes) or THREATEN (harmful ones); FIGHT counts as ASSAULT, as the
ontology has no FIGHT. "any" asks whether one of the row's statements and events has the category. Spans: share of
rows with a named actor in which some actor overlaps in words with the answer. Sources are speakers, agents and
participants; targets are whom a statement is said to or about, and all but agents of an event. Rows count as wrong
where nothing is found.

`coverage` and `items` read the news items of the current-events portal. Triggers were written while looking at other
months than KEPT_OUT.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from json import loads
from pathlib import Path
from random import Random
from typing import Any

from building import as_document

from kg.knowledge.sources.portal import read_items
from kg.model import ActorRef, EventMention, Reading, Status
from kg.pipeline import Tools, read_article
from kg.schema import EventSchema

KEPT_OUT = "2026-06"
SAMPLE = 50
SHORTEST = 60  # characters of an item that tells something
CITED = re.compile(r"\s*(?:\[?\([^()]{2,40}\)\]?(?:\([^()]*\))?\s*)+$")  # "(Reuters)" at an item's end
HELPFUL = frozenset({"AGREE", "COOPERATE", "AID", "CONSULT", "CONCEDE", "RETREAT"})
HARMFUL = frozenset({"ASSAULT", "SANCTION", "COERCE", "MOBILIZE"})
SAME = {"FIGHT": "ASSAULT"}
SOURCES = frozenset({"agent", "participant", "mediator"})
TARGETS = frozenset({"target", "recipient", "participant"})
UNREAL = frozenset({Status.PLANNED, Status.POSSIBLE})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["plover", "coverage", "items"])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--show", action="store_true", help="list what is not right")
    parser.add_argument("--seed", type=int, default=1, help="another sample of items (default: 1)")
    args = parser.parse_args()
    data = args.shared / "data"
    if args.what == "plover":
        measure_plover(data, args.show)
    elif args.what == "coverage":
        measure_coverage(data)
    else:
        print_items(data, args.seed)


def read(text: str, day: date | None, tools: Tools) -> Reading:
    """One paragraph as an article."""
    return read_article(as_document("measured", text, published=day), tools)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A statement or an event as PLOVER codes it; sources and targets are actor keys."""

    category: str
    sources: frozenset[str]
    targets: frozenset[str]


def measure_plover(data: Path, show: bool) -> None:
    """Shares of rows with the right category, source and target."""
    rows = loads((data / "eval" / "plover_gold_dev.json").read_text(encoding="utf-8"))
    tools = Tools.load()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    confusion: Counter[tuple[str, str]] = Counter()
    for row in rows:
        reading = read(" ".join(row["text"].strip("{} ").split()), None, tools)
        deeds = [*said(reading), *done(reading, tools.schema)]
        main = deeds[0] if deeds else Deed(category="none", sources=frozenset(), targets=frozenset())
        wanted = SAME.get(row["event"], row["event"])
        asked.update(["category", "any"])
        right["category"] += main.category == wanted
        right["any"] += any(deed.category == wanted for deed in deeds)
        confusion[wanted, main.category] += 1
        for name, keys in (("source", main.sources), ("target", main.targets)):
            actors = [actor["actorText"] for actor in row.get(name) or []]
            if actors:
                asked[name] += 1
                right[name] += overlap(actors, words_of(reading, keys))
        if show and main.category != wanted:
            print(f"{wanted:12} {main.category:12} {row['text']}")
    print({name: round(right[name] / asked[name], 3) for name in ("category", "any", "source", "target")}, dict(asked))
    for (wanted, got), count in sorted(confusion.items(), key=lambda item: (-item[1], item[0])):
        print(f"{wanted:12} {got:12} {count}")


def said(reading: Reading) -> list[Deed]:
    """What somebody does by saying something, in text order."""
    acts = sorted((quote for quote in reading.quotes if quote.act and quote.speaker), key=lambda quote: quote.begin)
    return [
        Deed(
            category=quote.act or "",
            sources=frozenset({quote.speaker or ""}),
            targets=frozenset({quote.addressee} if quote.addressee else quote.about),
        )
        for quote in acts
    ]


def done(reading: Reading, schema: EventSchema) -> list[Deed]:
    """The events, those with most actors first, the earliest of those with equally many."""
    deeds: list[tuple[int, int, Deed]] = []
    for event in reading.events:
        pairs = {(a.property, a.value.key) for a in event.assertions if isinstance(a.value, ActorRef)}
        deed = Deed(
            category=category(event, schema),
            sources=frozenset(key for name, key in pairs if name in SOURCES),
            targets=frozenset(key for name, key in pairs if name in TARGETS),
        )
        deeds.append((-len({key for _, key in pairs}), event.triggers[0][0], deed))
    return [deed for _, _, deed in sorted(deeds, key=lambda each: each[:2])]


def category(event: EventMention, schema: EventSchema) -> str:
    """The event's PLOVER category; see the module's docstring."""
    ancestors = (iri.rpartition("#")[2] for iri in schema.classes[event.type].ancestors)
    found = next((name for name in ancestors if name.isupper()), "other")
    status = next((a.value for a in event.assertions if isinstance(a.value, Status)), None)
    if status in UNREAL and found in HELPFUL:
        return "AGREE"
    return "THREATEN" if status in UNREAL and found in HARMFUL else found


def words_of(reading: Reading, keys: frozenset[str]) -> list[str]:
    """Names and mentions of actors."""
    actors = [actor for actor in reading.actors if actor.key in keys]
    return [name for actor in actors for name in (actor.name, *(m.text for m in actor.mentions))]


def overlap(wanted: list[str], found: list[str]) -> bool:
    """Whether one of the answer's words with a capital stands in a name that was found."""
    words = {word for text in wanted for word in re.findall(r"[A-Z][\w.]*", text)}
    return any(words & set(re.findall(r"[A-Z][\w.]*", text)) for text in found)


def news_items(data: Path) -> Iterator[tuple[date, str]]:
    """Day and text of the portal's items that tell something."""
    for item in read_items(data / "current-events"):
        text = CITED.sub("", item.text).strip()
        if not item.heading and len(text) >= SHORTEST:
            yield item.day, text


def measure_coverage(data: Path) -> None:
    """Share of items with an event, by month."""
    tools = Tools.load()
    items: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for day, text in news_items(data):
        month = f"{day:%Y-%m}"
        items[month] += 1
        told[month] += bool(read(text, day, tools).events)
    for month in sorted(items):
        print(f"{month}  {told[month] / items[month]:.3f} of {items[month]}{'  kept out' if month == KEPT_OUT else ''}")
    others = [month for month in items if month != KEPT_OUT]
    print(f"others   {sum(told[m] for m in others) / sum(items[m] for m in others):.3f}")


def print_items(data: Path, seed: int) -> None:
    """A fixed sample of the kept-out month with the events that were found."""
    items = [(day, text) for day, text in news_items(data) if f"{day:%Y-%m}" == KEPT_OUT]
    tools = Tools.load()
    for number, (day, text) in enumerate(Random(seed).sample(items, SAMPLE), start=1):
        reading = read(text, day, tools)
        names = {actor.key: actor.name for actor in reading.actors}
        print(f"{number}. {day} {text}")
        for event in reading.events:
            print("     ", event.type, [text[begin:end] for begin, end in event.triggers], describe(event, names))


def describe(event: EventMention, names: dict[str, str]) -> list[Any]:
    """(property, value) pairs of an event, names for actors."""
    pairs = (
        (a.property, names[a.value.key] if isinstance(a.value, ActorRef) else str(a.value)) for a in event.assertions
    )
    return list(dict.fromkeys(pairs))


if __name__ == "__main__":
    main()
