"""`measure_resolution.py days`: items of the current-events portal, each an article of its day, in one graph.

Precision is for a reader to judge: a fixed sample of the merges of two events of different days is printed with both
items. The sample takes one pair of an event that was merged, so that one long story does not fill it.

Recall has a proxy. Two items of different days within WINDOW tell of one story when they stand under the same heading
of a page that is named after a single event ("2026 Binaliw landslide": a year and a noun of SINGLE), and have events of
one class. Not all of them are the same event (a rescue after a landslide), so the share is a lower bound; what keeps
the others apart is counted by reason.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from random import Random

from resolution_clusters import Clusters, cluster
from resolution_items import NewsItem, news_items
from resolution_readings import read_once

from kg.model import EventMention
from kg.resolution.candidates import Candidate
from kg.resolution.matching import similarity

WINDOW = timedelta(days=4)
SINGLE = re.compile(
    r"\b(?:19|20)\d\d\b.* (?:landslide|crash|fire|explosion|earthquake|bombing|attack|shooting|stabbing|assassination|"
    r"summit|election|referendum|floods|derailment|collision|wildfires|massacre|coup|disaster|collapse|hijacking|eruption)$"
)
Told = tuple[NewsItem, EventMention]


def measure_days(data: Path, cache: Path, count: int, seed: int, show: bool) -> None:
    """Print the figures and the sample, and with `show` the pairs of the proxy that were kept apart."""
    items = news_items(data)
    clusters = cluster(read_once("items", [item.document for item in items], cache))
    by_name = {item.document.identifier: item for item in items}
    merges = [pair for members in clusters.clusters if (pair := _across_days(members))]
    mentions = sum(len(members) for members in clusters.clusters)
    spans = Counter(len({c.published for c in members}) for members in clusters.clusters)
    print(json.dumps({"items": len(items), "event mentions": mentions, "events": len(clusters.clusters)}))
    print(json.dumps({"merged across days": len(merges), "days of an event": dict(sorted(spans.items()))}))
    print(json.dumps({"classes of merges": dict(Counter(a.event.type for a, _ in merges).most_common())}))
    _measure_stories(items, clusters, show)
    for number, (one, other) in enumerate(Random(seed).sample(merges, min(count, len(merges))), 1):
        print(f"\n{number}. score {similarity(one, other):.2f}")
        for candidate in (one, other):
            item = by_name[clusters.identifier(candidate)]
            words = [item.document.text[begin:end] for begin, end in candidate.event.triggers]
            print(f"   {item.day} {words} {item.document.text}")
            print(f"      {clusters.describe(candidate)}")


def _across_days(members: tuple[Candidate, ...]) -> tuple[Candidate, Candidate] | None:
    """The two of an event's mentions that are the first of different days, in the order of time."""
    ordered = sorted(members, key=lambda c: (c.published is None, c.published, c.article, c.event.id))
    later = (c for c in ordered if c.published != ordered[0].published)
    other = next(later, None)
    return (ordered[0], other) if other is not None else None


def _measure_stories(items: list[NewsItem], clusters: Clusters, show: bool) -> None:
    events = {a.reading.document.identifier: a.reading.events for a in clusters.articles.values()}
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for page, one, other in _stories(items):
        mine, theirs = events[one.document.identifier], events[other.document.identifier]
        alike = [(a, b) for a in mine for b in theirs if a.type == b.type]
        counts["pairs"] += 1
        if not alike:
            counts["without a class in common"] += 1
            continue
        names = one.document.identifier, other.document.identifier
        if any(clusters.same((names[0], a), (names[1], b)) for a, b in alike):
            counts["merged"] += 1
            continue
        candidates = [(clusters.candidate(names[0], a), clusters.candidate(names[1], b)) for a, b in alike]
        whys = sorted(clusters.why(a, b).partition(" (")[0] for a, b in candidates)
        reasons[whys[0]] += 1
        if show:
            print(f"KEPT APART under {page} | {' / '.join(whys)}")
            for item, candidate in ((one, candidates[0][0]), (other, candidates[0][1])):
                print(f"    {item.day} {item.document.text[:200]}")
                print(f"        {clusters.describe(candidate)}")
    comparable = counts["pairs"] - counts["without a class in common"]
    print(json.dumps({**counts, "merged of comparable": round(counts["merged"] / comparable, 3)}))
    print(json.dumps(dict(reasons.most_common())))


def _stories(items: list[NewsItem]) -> Iterator[tuple[str, NewsItem, NewsItem]]:
    """(page, item, item of another day) under the nearest heading that names a single event."""
    told: dict[str, list[NewsItem]] = defaultdict(list)
    for item in items:
        for page in item.headings[-1:]:
            if SINGLE.search(page.replace("_", " ")):
                told[page].append(item)
    for page, members in sorted(told.items()):
        for one, other in combinations(members, 2):
            if timedelta(0) < abs(other.day - one.day) <= WINDOW:
                yield page, one, other
