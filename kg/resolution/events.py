"""Which events of different articles are the same.

Events are blocked by class; within a block the most similar clusters join first, and a cluster joins only if no pair
of its members is vetoed (complete linkage on the vetoes). One article never holds the same event twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Final

from kg.model import DateRange, Verdict
from kg.resolution.candidates import Candidate, candidate
from kg.resolution.decisions import NONE, Decisions
from kg.resolution.entities import Entities
from kg.resolution.matching import RELAXED_TYPES, similarity, veto
from kg.resolution.model import Article

ANY_TIME: Final = DateRange(begin=date.min, end=date.max)
MIN_SCORE: Final = 1.0
"""One role or place wholly shared; dates and numbers alone never join two events."""


def cluster_events(
    articles: Iterable[Article], entities: Entities, decisions: Decisions = NONE
) -> list[list[Candidate]]:
    """Clusters of candidates, one an event of the world, in a fixed order."""
    blocks: dict[str, list[Candidate]] = defaultdict(list)
    for article in articles:
        for event in article.reading.events:
            blocks[event.type].append(candidate(article, event, entities, decisions))
    return [cluster for _, block in sorted(blocks.items()) for cluster in _cluster(block, decisions)]


def _cluster(block: Sequence[Candidate], decisions: Decisions) -> list[list[Candidate]]:
    home = list(range(len(block)))  # of each candidate, the first of its cluster
    members = [[n] for n in home]
    apart: list[set[int]] = [set() for _ in home]  # clusters that a pair of members keeps away; it stays so
    same, different = _decided(block, decisions)
    pairs = sorted(
        ((-score, a, b) for a, b in _comparable(block) if (score := similarity(block[a], block[b])) >= MIN_SCORE)
    )
    one_with = defaultdict[int, list[int]](list)  # what people have decided to be the same event
    for a, b in same:
        one_with[a].append(b)
        one_with[b].append(a)

    def _apart(x: int, y: int) -> bool:
        """Whether a pair is vetoed, and each that was decided to be the same as one of them too."""
        pairs = chain([(x, y)], ((x, n) for n in one_with.get(y, ())), ((n, y) for n in one_with.get(x, ())))
        return all(veto(block[first], block[second]) is not None for first, second in pairs)

    for a, b in [*same, *((a, b) for _, a, b in pairs)]:
        left, right = sorted((home[a], home[b]))
        if left == right or ((a, b) not in same and right in apart[left]):
            continue
        if (a, b) not in same and any(
            (min(x, y), max(x, y)) in different or _apart(x, y) for x in members[left] for y in members[right]
        ):
            apart[left].add(right)
            apart[right].add(left)
            continue
        for n in members[right]:
            home[n] = left
        members[left] += members[right]
        for other in apart[right]:
            apart[other].discard(right)
            apart[other].add(left)
        apart[left] |= apart[right] - {left}
    return [[block[n] for n in members[first]] for first in dict.fromkeys(home)]


def _decided(
    block: Sequence[Candidate], decisions: Decisions
) -> tuple[dict[tuple[int, int], None], set[tuple[int, int]]]:
    """Pairs of places that people have decided to be one event, and to be two; the later decision counts."""
    sides = defaultdict[tuple[int, int], list[int]](list)
    for place, told in enumerate(block):
        for side in told.decided:
            sides[side].append(place)
    verdicts: dict[tuple[int, int], Verdict] = {}
    for number in sorted({number for number, _ in sides}):
        for one in sides.get((number, 0), ()):
            for other in sides.get((number, 1), ()):
                if one != other:
                    verdicts[min(one, other), max(one, other)] = decisions.all[number].verdict
    same = dict.fromkeys(sorted(pair for pair, verdict in verdicts.items() if verdict is Verdict.SAME))
    return same, {pair for pair, verdict in verdicts.items() if verdict is Verdict.DIFFERENT}


def _comparable(block: Sequence[Candidate]) -> set[tuple[int, int]]:
    """Pairs that share a role's actor or a place, and whose times meet or whose ordinals agree: all others are vetoed.

    Those with one actor are swept in the order of time, so that a name that is always in the news costs little.
    """
    sharing: dict[object, list[tuple[date, date, int]]] = defaultdict(list)
    for n, told in enumerate(block):
        keys = [*((role, a) for role, actors in told.filled.items() for a in actors), *told.places]
        window = ANY_TIME if told.event.type in RELAXED_TYPES else told.window
        for key in keys:
            if window is not None:
                sharing[key].append((window.begin, window.end, n))
            for ordinal in told.number("ordinal"):
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
