"""Near-duplicate articles: wire reprints count as one source.

Shingles of five words (Broder 1997); a reprint shares most shingles of the shorter text. Candidates come from an
inverted index, so that articles without a shingle in common are never compared.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.model import BlockKind, Reading

SHINGLE = 5  # words
CONTAINMENT = 0.5  # of the shorter article's shingles; two own reports of one event share under 0.1 on the samples
COMMON = 50  # a shingle in more articles than this says nothing


def copies(readings: Sequence[Reading]) -> dict[int, int]:
    """{index of a reprint: index of the article it repeats}; the earliest of a group is the original."""
    shingles = [_shingles(reading) for reading in readings]
    places: dict[int, list[int]] = defaultdict(list)
    for index, found in enumerate(shingles):
        for shingle in found:
            places[shingle].append(index)
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in places.values():
        if 2 <= len(indexes) <= COMMON:
            shared.update((a, b) for n, a in enumerate(indexes) for b in indexes[n + 1 :])
    original: dict[int, int] = {}
    order = sorted(range(len(readings)), key=lambda i: _age(readings[i]))
    rank = {index: place for place, index in enumerate(order)}
    for (a, b), count in sorted(shared.items()):
        smaller = min(len(shingles[a]), len(shingles[b]))
        if count >= CONTAINMENT * smaller:
            first, later = sorted((a, b), key=lambda i: rank[i])
            root = original.get(first, first)
            if root != later:
                original[later] = min(root, original.get(later, root), key=lambda i: rank[i])
    return original


def _age(reading: Reading) -> tuple[str, str]:
    published = reading.document.published
    return (published.isoformat() if published else "9999", reading.document.sha256)


def _shingles(reading: Reading) -> set[int]:
    text = " ".join(s.text for s in reading.sentences if s.kind is not BlockKind.CLUTTER)
    words = re.findall(r"\w+", text.casefold())
    return {_stable_hash(words[i : i + SHINGLE]) for i in range(max(0, len(words) - SHINGLE + 1))}


def _stable_hash(words: list[str]) -> int:
    value = 0
    for char in " ".join(words).encode("utf-8"):
        value = (value * 1099511628211 ^ char) & 0xFFFFFFFFFFFFFFFF  # FNV-1: Python's hash() changes by run
    return value
