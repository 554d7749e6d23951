"""The network's rows to annotations: sentences, trees, names and semantic roles.

Rows are words. What needs two words (arcs, relations, roles) is scored here, sentence by sentence; see
`kg.training.network` for the formulas.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.reader.trees import ROOT, best_tree

Floats = NDArray[np.float32]
Rows = Mapping[str, Floats]
"""Outputs of the network by name, a row a word."""

OUTSIDE = 0
"""Index of the tag O; odd indices are B-, the even one behind each is its I-."""

NO_ROLE = 0
"""Index of the role of a word that is no argument; real roles follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairWeights:
    """Weights [width, labels] and biases [labels] that turn products of two words' vectors into scores."""

    relation: Floats
    relation_bias: Floats
    role: Floats
    role_bias: Floats

    @classmethod
    def read(cls, path: Path) -> "PairWeights":
        """Weights from an .npz file that has these four arrays."""
        with np.load(path) as arrays:
            return cls(**{name: arrays[name].astype(np.float32) for name in cls.__dataclass_fields__})


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """A predicate and its arguments as (word, index of the role)."""

    predicate: int
    arguments: tuple[tuple[int, int], ...]


def tree_of(rows: Rows, weights: PairWeights, begin: int, end: int, root_relation: int) -> tuple[list[int], list[int]]:
    """Heads (counted in the sentence, `ROOT` once) and relation indices of the words [begin, end)."""
    dependents, heads = rows["arc_dependent"][begin:end], rows["arc_head"][begin:end]
    scores = dependents @ heads.T + rows["arc_prior"][begin:end]
    tree = best_tree(scores, rows["arc_root"][begin:end])
    products = rows["relation_dependent"][begin:end] * rows["relation_head"][begin:end][tree]
    labels = products @ weights.relation + weights.relation_bias
    labels[:, root_relation] = -np.inf  # only the root's
    relations = labels.argmax(axis=1)
    relations[tree == ROOT] = root_relation
    return tree.tolist(), relations.tolist()


def roles_of(
    rows: Rows, weights: PairWeights, begin: int, end: int, predicates: Sequence[int] | None = None
) -> list[Roles]:
    """The predicates among the words [begin, end) and their arguments, both counted in the sentence.

    `predicates` gives them where they are known. A word has one role of a predicate at most.
    """
    if predicates is None:
        predicates = np.flatnonzero(rows["predicates"][begin:end] > 0).tolist()
    found = list[Roles]()
    for predicate in predicates:
        products = rows["role_argument"][begin:end] * rows["role_predicate"][begin + predicate]
        best = (products @ weights.role + weights.role_bias).argmax(axis=1)
        best[predicate] = NO_ROLE
        arguments = tuple((int(word), int(best[word])) for word in np.flatnonzero(best != NO_ROLE))
        found.append(Roles(predicate=predicate, arguments=arguments))
    return found


def names_of(scores: Floats) -> list[tuple[int, int, int]]:
    """Names in a sentence's tag scores [n, T] as (begin, end, index of B-): the best valid IOB2 sequence."""
    tags = scores.argmax(axis=1)
    if not tags.any():
        return []
    before = np.concatenate([[OUTSIDE], tags[:-1]])
    inside = (tags > OUTSIDE) & (tags % 2 == 0)
    if np.any(inside & (before != tags) & (before != tags - 1)):
        tags = _viterbi(scores)
    names, begin = list[tuple[int, int, int]](), -1
    for index, tag in enumerate([*tags.tolist(), OUTSIDE]):
        if begin >= 0 and (tag == OUTSIDE or tag % 2 == 1):
            names.append((begin, index, int(tags[begin])))
            begin = -1
        if tag % 2 == 1:
            begin = index
    return names


def _viterbi(scores: Floats) -> NDArray[np.int64]:
    """The best sequence in which I-X follows only B-X or I-X."""
    size, count = scores.shape
    allowed = np.zeros((count, count), dtype=np.float32)
    for inside in range(2, count, 2):
        allowed[:, inside] = -np.inf
        allowed[[inside - 1, inside], inside] = 0.0
    best = scores[0] + allowed[OUTSIDE]
    back = np.zeros((size, count), dtype=np.int64)
    for index in range(1, size):
        paths = best[:, None] + allowed
        back[index] = paths.argmax(axis=0)
        best = paths.max(axis=0) + scores[index]
    tags = np.empty(size, dtype=np.int64)
    tags[-1] = best.argmax()
    for index in range(size - 1, 0, -1):
        tags[index - 1] = back[index, tags[index]]
    return tags
