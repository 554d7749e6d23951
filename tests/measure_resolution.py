"""Measures kg.resolution: which events of several articles are made one.

    python tests/measure_resolution.py readouts --data ../shared/data [--show]    calls and meetings of the White House
    python tests/measure_resolution.py shared --data ../shared/data [--show]      the annotated articles and seeds/
    python tests/measure_resolution.py scale [--sizes 1000,10000] [--profile]     seconds and memory of many readings
    python tests/measure_resolution.py store [--sizes 1000,10000]                 seconds to add an article to a store
    python tests/measure_resolution.py days [--count 60] [--seed 1] [--show]      a story on consecutive days

`readouts` counts pairs of documents (resolution_gold.py says which are the same and which are different) whose main
events are one. A document's main event is the one of the title's class with both principals. "same" is the share of
pairs that should be one and are, of those in which both documents were read so; "same, all" of all pairs; "apart" is
the share of pairs that should stay apart and do; "clusters of several" counts events of the graph that are the main
events of two calls or meetings, whoever held them.

What follows is described in resolution_shared.py, resolution_scale.py, resolution_store.py and resolution_days.py.
Readings are kept in --cache until something that reading depends on changes.
"""

import argparse
import json
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from resolution_clusters import Clusters, cluster
from resolution_days import measure_days
from resolution_gold import Pair, Told, readouts_gold
from resolution_readings import read_once
from resolution_scale import measure_scale
from resolution_shared import measure_shared
from resolution_store import measure_store

from kg.model import ActorRef, DateRange, EventMention, Reading

SIZES = "1000,2000,5000,10000"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["readouts", "shared", "scale", "store", "days"])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "newskg-resolution")
    parser.add_argument("--show", action="store_true", help="list the errors one by one")
    parser.add_argument("--sizes", default=SIZES, help=f"numbers of readings for scale and store (default: {SIZES})")
    parser.add_argument("--profile", action="store_true", help="where the largest size of scale spends its time")
    parser.add_argument("--count", type=int, default=60, help="merges that days prints (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="another sample of merges (default: 1)")
    args = parser.parse_args()
    if args.what == "readouts":
        measure_readouts(args.data, args.cache, args.show)
    elif args.what == "shared":
        measure_shared(args.data.parent / "eval", args.show)
    elif args.what == "scale":
        measure_scale(args.data, args.cache, [int(size) for size in args.sizes.split(",")], args.profile)
    elif args.what == "store":
        measure_store(args.data, args.cache, [int(size) for size in args.sizes.split(",")])
    else:
        measure_days(args.data, args.cache, args.count, args.seed, args.show)


def measure_readouts(data: Path, cache: Path, show: bool) -> None:
    """Shares of pairs that are one event, or two, as they should be."""
    gold = readouts_gold(data)
    clusters = cluster(read_once("readouts", gold.documents, cache))
    readings = {a.reading.document.identifier: a.reading for a in clusters.articles.values()}
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for pair in gold.pairs:
        one, other = (events_of(told, readings) for told in (pair.one, pair.other))
        if pair.same:
            outlet = pair.other.identifier.rpartition("#")[2]
            verdict = _joined(pair, one[:1], other[:1], clusters)
            counts.update([f"same {outlet} {verdict}", f"same {verdict}"])
        else:
            verdict = _apart(pair, one, other, clusters)
            counts[f"different {verdict}"] += 1
        if verdict in {"apart", "joined"} and (verdict == "apart") == pair.same:
            reason = _reason(pair, one, other, clusters)
            reasons[reason] += 1
            if show:
                print(f"{'SAME' if pair.same else 'DIFFERENT'} {verdict} | {pair.other.identifier} | {reason}")
                for told, events in ((pair.one, one), (pair.other, other)):
                    for event in events[:1]:
                        text = " ".join(readings[told.identifier].document.text[:150].split())
                        candidate = clusters.candidate(told.identifier, event)
                        print(f"    {told.day} {clusters.describe(candidate)} | {text}")
        elif show and verdict == "not read" and pair.same:
            missing = [told.identifier for told, events in ((pair.one, one), (pair.other, other)) if not events]
            print(f"SAME not read | {pair.one.kind} {pair.one.people} | {' '.join(missing)}")
    counts["clusters of several"] = _mixed(gold.pairs, readings, clusters, show)
    print(json.dumps(dict(sorted(counts.items()))))
    print(json.dumps(dict(reasons.most_common())))
    print(json.dumps(_shares(counts)))


def events_of(told: Told, readings: dict[str, Reading]) -> list[EventMention]:
    """The document's events of the key's class with both principals, those on the key's day first."""
    reading = readings[told.identifier]
    names = {actor.key: " / ".join([actor.name, *actor.aliases]).lower() for actor in reading.actors}
    found: list[tuple[bool, int, EventMention]] = []
    for event in reading.events:
        people = [names[a.value.key] for a in event.assertions if isinstance(a.value, ActorRef)]
        days = [a.value for a in event.assertions if isinstance(a.value, DateRange)]
        if event.type == told.kind and all(any(p.lower() in name for name in people) for p in told.people):
            found.append((not any(d.begin <= told.day <= d.end for d in days), event.sentences[0], event))
    return [event for *_, event in sorted(found, key=lambda each: each[:2])]


def _mixed(pairs: Sequence[Pair], readings: dict[str, Reading], clusters: Clusters, show: bool) -> int:
    """Events of the graph that are the main events of several calls or meetings, whoever held them."""
    keys: dict[int, set[str]] = defaultdict(set)
    for told in {told for pair in pairs for told in (pair.one, pair.other)}:
        for event in events_of(told, readings)[:1]:
            keys[clusters.home[told.identifier, event.id]].add(told.source)
    mixed = [sorted(sources) for sources in keys.values() if len(sources) > 1]
    for sources in sorted(mixed) if show else ():
        print("ONE EVENT OF SEVERAL |", *sources)
    return len(mixed)


def _joined(pair: Pair, one: list[EventMention], other: list[EventMention], clusters: Clusters) -> str:
    if not one or not other:
        return "not read"
    same = clusters.same((pair.one.identifier, one[0]), (pair.other.identifier, other[0]))
    return "joined" if same else "apart"


def _apart(pair: Pair, one: list[EventMention], other: list[EventMention], clusters: Clusters) -> str:
    if not one or not other:
        return "not read"
    mine, theirs = pair.one.identifier, pair.other.identifier
    return "joined" if clusters.same((mine, one[0]), (theirs, other[0])) else "apart"


def _reason(pair: Pair, one: list[EventMention], other: list[EventMention], clusters: Clusters) -> str:
    if not pair.same:
        return "joined though different"
    mine = clusters.candidate(pair.one.identifier, one[0])
    theirs = clusters.candidate(pair.other.identifier, other[0])
    return clusters.why(mine, theirs).partition(" (")[0]


def _shares(counts: Counter[str]) -> dict[str, float]:
    joined, apart = counts["same joined"], counts["same apart"]
    kept, merged = counts["different apart"], counts["different joined"]
    return {
        "same": round(joined / (joined + apart), 3),
        "same, all": round(joined / (joined + apart + counts["same not read"]), 3),
        "apart": round(kept / (kept + merged), 4),
    }


if __name__ == "__main__":
    main()
