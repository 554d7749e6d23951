"""The best dependency tree for arc scores: Chu & Liu 1965, Edmonds 1967, with one root (Zmigrod et al. 2020,
https://aclanthology.org/2020.emnlp-main.390, section 3: a penalty on root arcs that no other arcs can outweigh).
"""

from dataclasses import dataclass

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
    if np.count_nonzero(heads[1:] == 0) != 1 or _cyclic(heads):
        finite = arcs[1:][np.isfinite(arcs[1:])]
        arcs[1:, 0] -= (finite.max() - finite.min() + 1.0) * (size + 1)
        heads = _arborescence(arcs)
    found: Heads = heads[1:] - 1
    return found


def _cyclic(heads: Heads) -> bool:
    """Whether some nodes do not hang under node 0, which is its own head."""
    for _ in range(len(heads).bit_length()):  # twice as far up each time
        heads = heads[heads]
    return bool(heads.any())


@dataclass(frozen=True, slots=True)
class _Contraction:
    """A cycle that became its first node: which of its nodes each other node would enter, or leave from."""

    nodes: NDArray[np.int64]
    heads: Heads
    entered: NDArray[np.int64]
    left: NDArray[np.int64]


def _arborescence(arcs: NDArray[np.float64]) -> Heads:
    """Heads of the best tree under node 0; cycles are contracted in `arcs`, which is lost, and opened again."""
    heads: Heads = arcs.argmax(axis=1)
    heads[0] = 0
    contractions = list[_Contraction]()
    safe = np.zeros(len(arcs), dtype=bool)  # hangs under node 0 already, or stands for nothing any more
    safe[0] = True
    for start in range(1, len(arcs)):
        path, node = list[int](), start
        while not safe[node]:
            if node in path:
                cycle = np.array(path[path.index(node) :])
                del path[path.index(node) :]
                contractions.append(_contract(arcs, heads, cycle))
                safe[cycle[1:]] = True
                node = int(cycle[0])
            path.append(node)
            node = int(heads[node])
        safe[path] = True
    for contraction in reversed(contractions):
        first, source = contraction.nodes[0], heads[contraction.nodes[0]]
        below = np.flatnonzero(heads == first)
        heads[below] = contraction.left[below]
        heads[contraction.nodes] = contraction.heads
        heads[contraction.entered[source]] = source
    return heads


def _contract(arcs: NDArray[np.float64], heads: Heads, cycle: NDArray[np.int64]) -> _Contraction:
    """Make the first node of `cycle` stand for all of it in `arcs` and `heads`."""
    first = cycle[0]
    before = heads[cycle]
    gain = arcs[cycle] - arcs[cycle, before][:, None]  # what an arc into the cycle wins over the one it breaks
    leaving = arcs[:, cycle]
    contraction = _Contraction(cycle, before, cycle[gain.argmax(axis=0)], cycle[leaving.argmax(axis=1)])
    arcs[cycle], arcs[:, cycle] = -np.inf, -np.inf
    arcs[first], arcs[:, first] = gain.max(axis=0), leaving.max(axis=1)
    arcs[first, cycle], arcs[cycle, first] = -np.inf, -np.inf
    inside = np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    heads[inside[heads]] = first
    heads[first] = arcs[first].argmax()
    return contraction
