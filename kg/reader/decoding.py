"""The network's rows to annotations: sentences, trees, names and semantic roles.

Rows are words. What needs two words (arcs, relations, roles) is scored here, sentence by sentence; see
`kg.training.network` for the formulas.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.reader.labels import CORE_ROLES, Labels
from kg.reader.trees import ROOT, best_tree

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Rows = Mapping[str, Floats]
"""Outputs of the network by name, a row a word."""

Sentences = Sequence[tuple[int, int]]
"""Rows [begin, end) of sentences."""

Labeller = Callable[[Floats], tuple[Ints, Floats]]
"""Products [n, width] of two words' vectors → index of the best label [n] and its probability [n]."""

OUTSIDE = 0
"""Index of the tag O; odd indices are B-, the even one behind each is its I-."""

NO_ROLE = 0
"""Index of the role of a word that is no argument; real roles follow."""

PAIRS_AT_ONCE = 4096
"""Pairs of words that are scored together, so that memory stays bounded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labellers:
    """What says the best label of each of some pairs of words, and its probability.

    Attributes:
        relation: of a dependent and its head; never `root`, which only the root has.
        role: of a predicate and a word of its sentence.
        root: index of the relation of the root.
        core: indices of the roles of which a predicate has each at most once.
    """

    relation: Labeller
    role: Labeller
    root: int
    core: Set[int]

    @classmethod
    def of(cls, labels: Labels, relation: Labeller, role: Labeller) -> "Labellers":
        """Labellers whose answers are indices of `labels`."""
        core = frozenset(index for index, name in enumerate(labels.roles) if name in CORE_ROLES)
        return cls(relation=relation, role=role, root=labels.relations.index("root"), core=core)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roles:
    """A predicate and its arguments as (word, index of the role)."""

    predicate: int
    arguments: tuple[tuple[int, int], ...]


def trees_of(rows: Rows, sentences: Sentences) -> Ints:
    """Head of each row, `ROOT` once in each sentence; the sentences follow each other and are all the rows."""
    heads = [np.empty(0, dtype=np.int64)]
    for begin, end in sentences:
        # einsum, not @: BLAS would start threads, which for so little work cost more than they do.
        scores = np.einsum("ik,jk->ij", rows["arc_dependent"][begin:end], rows["arc_head"][begin:end])
        tree = best_tree(scores + rows["arc_prior"][begin:end], rows["arc_root"][begin:end])
        heads.append(np.where(tree == ROOT, ROOT, tree + begin))
    return np.concatenate(heads)


def relations_of(rows: Rows, heads: Ints, labellers: Labellers) -> Ints:
    """Index of the relation of each row to its head."""
    relations, _ = labellers.relation(rows["relation_dependent"] * rows["relation_head"][heads])
    return np.where(heads == ROOT, labellers.root, relations)


def roles_of(
    rows: Rows, sentences: Sentences, labellers: Labellers, predicates: Sequence[int] | None = None
) -> list[Roles]:
    """The predicates and their arguments in their sentences; `predicates` gives the rows of those if they are known.

    A word has one role of a predicate at most; of the words with one core role the most probable has it.
    """
    if predicates is None:
        predicates = np.flatnonzero(rows["predicates"] > 0).tolist()
    if not predicates:
        return []
    begins, ends = np.array(sentences).T
    places = np.searchsorted(begins, predicates, side="right") - 1
    sizes = (ends - begins)[places]
    governors = np.repeat(predicates, sizes)
    words = np.concatenate([np.arange(begins[place], ends[place]) for place in places])
    parts = [
        labellers.role(rows["role_argument"][words[part]] * rows["role_predicate"][governors[part]])
        for part in (slice(cut, cut + PAIRS_AT_ONCE) for cut in range(0, len(words), PAIRS_AT_ONCE))
    ]
    roles, probabilities = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
    taken = np.flatnonzero((roles != NO_ROLE) & (words != governors))
    taken = taken[np.argsort(-probabilities[taken], kind="stable")]
    arguments: dict[int, list[tuple[int, int]]] = {predicate: [] for predicate in predicates}
    filled = set[tuple[int, int]]()
    for predicate, word, role in zip(*(values[taken].tolist() for values in (governors, words, roles)), strict=True):
        if (predicate, role) not in filled:
            arguments[predicate].append((word, role))
        if role in labellers.core:
            filled.add((predicate, role))
    return [Roles(predicate=predicate, arguments=tuple(sorted(found))) for predicate, found in arguments.items()]


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
