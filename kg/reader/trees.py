"""The best dependency tree for arc scores: Chu & Liu 1965, Edmonds 1967, with one root (Zmigrod et al. 2020,
https://aclanthology.org/2020.emnlp-main.390, section 3: a penalty on root arcs that no other arcs can outweigh).
"""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]

ROOT = -1
"""Head of a sentence's root."""


def best_tree(scores: Scores, root: Scores) -> Heads:
    """Head of each word, `ROOT` for exactly one.

    Args:
        scores: [n, n], row = dependent, column = head; the diagonal does not count.
        root: [n], how well each word suits as root.
    """
    size = len(root)
    arcs = np.empty((size + 1, size + 1))
    arcs[1:, 1:], arcs[1:, 0], arcs[0] = scores, root, -np.inf
    np.fill_diagonal(arcs, -np.inf)
    heads = arcs.argmax(axis=1)
    if np.count_nonzero(heads[1:] == 0) != 1 or _cycle(heads) is not None:
        finite = arcs[1:][np.isfinite(arcs[1:])]
        arcs[1:, 0] -= (finite.max() - finite.min() + 1.0) * (size + 1)
        heads = _arborescence(arcs)
    found: Heads = heads[1:] - 1
    return found


def _cycle(heads: Heads) -> NDArray[np.int64] | None:
    """The nodes of some cycle; node 0 is the root and its own head."""
    above = heads
    for _ in range(len(heads).bit_length()):  # twice as far up each time
        above = above[above]
    if not above.any():
        return None
    state = np.zeros(len(heads), dtype=np.int8)
    parents = heads.tolist()
    for start in range(1, len(parents)):
        path, node = list[int](), start
        while node and not state[node]:
            state[node] = 1
            path.append(node)
            node = parents[node]
        if node and state[node] == 1:
            return np.array(path[path.index(node) :])
        state[path] = 2
    return None


def _arborescence(arcs: NDArray[np.float64]) -> Heads:
    """Heads of the best tree under node 0; each cycle is contracted to one node, solved, and opened again."""
    heads: Heads = arcs.argmax(axis=1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    outside = np.ones(len(arcs), dtype=bool)
    outside[cycle] = False
    rest = np.flatnonzero(outside)  # the root first
    gain = arcs[cycle] - arcs[cycle, heads[cycle]][:, None]  # what an arc into the cycle wins over the one it breaks
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    small[:-1, :-1] = arcs[np.ix_(rest, rest)]
    leaving, entering = arcs[np.ix_(rest, cycle)], gain[:, rest]
    small[:-1, -1], small[-1, :-1] = leaving.max(axis=1), entering.max(axis=0)
    small[0] = -np.inf
    solved = _arborescence(small)
    result = heads.copy()
    for place, node in enumerate(rest[1:], 1):
        head = solved[place]
        result[node] = cycle[leaving[place].argmax()] if head == len(rest) else rest[head]
    source = solved[-1]
    result[cycle[entering[:, source].argmax()]] = rest[source]
    return result
