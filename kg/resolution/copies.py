"""Near-duplicate articles: wire reprints count as one source.

Shingles of five words (Broder 1997); a reprint shares most shingles of the shorter text. Candidates come from an
inverted index, so that articles without a shingle in common are never compared.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.model import Reading

SHINGLE = 5  # words
CONTAINMENT = 0.5  # of the shorter article's shingles; two own reports of one event share under 0.1 on the samples
COMMON = 50  # a shingle in more articles than this is compared with their earliest only: 60 reprints stay linear


def copies(readings: Sequence[Reading]) -> dict[int, int]:
    """{index of a reprint: index of the article it repeats}; the earliest of a group is the original."""
    shingles = [_shingles(reading) for reading in readings]
    places: dict[int, list[int]] = defaultdict(list)
    for index, found in enumerate(shingles):
        for shingle in found:
            places[shingle].append(index)
    order = sorted(range(len(readings)), key=lambda i: _age(readings[i]))
    rank = {index: place for place, index in enumerate(order)}
    shared: Counter[tuple[int, int]] = Counter()
    for indexes in places.values():
        if len(indexes) <= COMMON:
            shared.update((a, b) for n, a in enumerate(indexes) for b in indexes[n + 1 :])
        else:
            first = min(indexes, key=lambda i: rank[i])
            shared.update((min(first, i), max(first, i)) for i in indexes if i != first)
    original: dict[int, int] = {}
    for (a, b), count in sorted(shared.items()):
        smaller = min(len(shingles[a]), len(shingles[b]))
        if count >= CONTAINMENT * smaller:
            first, later = sorted((a, b), key=lambda i: rank[i])
            root = original.get(first, first)
            if root != later:
                original[later] = min(root, original.get(later, root), key=lambda i: rank[i])
    return {index: _root(index, original) for index in original}


def _root(index: int, original: dict[int, int]) -> int:
    """The end of a chain of copies; each step goes to an earlier article."""
    while index in original:
        index = original[index]
    return index


def _age(reading: Reading) -> tuple[str, str]:
    published = reading.document.published
    return (published.isoformat() if published else "9999", reading.document.sha256)


def _shingles(reading: Reading) -> set[int]:
    text = " ".join(sentence.text for sentence in reading.sentences)
    words = re.findall(r"\w+", text.casefold())
    return {_stable_hash(" ".join(words[i : i + SHINGLE])) for i in range(max(0, len(words) - SHINGLE + 1))}


def _stable_hash(shingle: str) -> int:
    """Eight bytes: Python's hash() changes by run, and whole shingles would fill the memory."""
    return int.from_bytes(hashlib.blake2b(shingle.encode("utf-8"), digest_size=8).digest(), "big")
