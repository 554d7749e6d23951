"""Near-duplicate articles: wire reprints count as one source.

A reprint shares most shingles of the shorter text. Articles that have no shingle in common are never compared.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from kg.model import Reading

CONTAINMENT = 0.5  # of the shorter article's shingles; two own reports of one event share under 0.1 on the samples
WIRE_CONTAINMENT = 0.2  # where both name the same agency: an outlet has shortened and reworded its report
COMMON = 8  # a shingle in more articles than this is compared with their earliest only: reprints stay linear

Indexes = npt.NDArray[np.int64]


def copies(readings: Sequence[Reading]) -> dict[int, int]:
    """{index of a reprint: index of the article it repeats}; the earliest of a group is the original."""
    shingles = [np.frombuffer(reading.shingles, dtype="<u8") for reading in readings]
    order = sorted(range(len(readings)), key=lambda i: _age(readings[i]))
    rank = {index: place for place, index in enumerate(order)}
    original: dict[int, int] = {}
    for a, b, count in _shared([shingles[index] for index in order]):
        first, later = order[a], order[b]
        one, other = readings[first].document.agency, readings[later].document.agency
        needed = WIRE_CONTAINMENT if one is not None and one == other else CONTAINMENT
        if count >= needed * min(len(shingles[first]), len(shingles[later])):
            root = original.get(first, first)
            if root != later:
                original[later] = min(root, original.get(later, root), key=lambda i: rank[i])
    return {index: _root(index, original) for index in original}


def _shared(shingles: Sequence[npt.NDArray[np.uint64]]) -> Iterator[tuple[int, int, int]]:
    """Pairs of articles and how many shingles both have; the first of a pair stands before the second."""
    if not shingles:
        return
    owners = np.repeat(np.arange(len(shingles)), [len(found) for found in shingles])
    hashes = np.concatenate(shingles)
    by_hash = np.argsort(hashes, kind="stable")  # so that the owners of a shingle stay in order
    hashes, owners = hashes[by_hash], owners[by_hash]
    starts = np.flatnonzero(np.concatenate([np.ones(1, bool), hashes[1:] != hashes[:-1]])) if len(hashes) else owners
    lengths = np.diff(np.append(starts, len(hashes)))
    found = [np.empty((0, 2), np.int64)]
    for length in np.unique(lengths[lengths > 1]):
        holders = owners[starts[lengths == length][:, None] + np.arange(length)]
        found.append(_pairs(holders))
    pairs, counts = np.unique(np.concatenate(found), axis=0, return_counts=True)
    yield from zip(*pairs.T.tolist(), counts.tolist(), strict=True)


def _pairs(holders: Indexes) -> Indexes:
    """Pairs of the holders [shingles, articles] of each shingle; of many, those with the earliest alone."""
    many = holders.shape[1]
    first, second = np.triu_indices(many, k=1) if many <= COMMON else (np.zeros(many - 1, int), np.arange(1, many))
    return np.stack([holders[:, first].ravel(), holders[:, second].ravel()], axis=1)


def _root(index: int, original: dict[int, int]) -> int:
    """The end of a chain of copies; each step goes to an earlier article."""
    while index in original:
        index = original[index]
    return index


def _age(reading: Reading) -> tuple[str, str]:
    published = reading.document.published
    return (published.isoformat() if published else "9999", reading.document.sha256)
