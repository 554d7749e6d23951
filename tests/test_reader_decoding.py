"""From the network's rows to names, trees and roles; the rows are made by hand."""

import itertools
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from annotating import label

from kg.reader import decoding
from kg.reader.decoding import NO_ROLE, OUTSIDE, Labellers, Roles, names_of, relations_of, roles_of, trees_of
from kg.reader.trees import ROOT

TAGS = 5  # O, B-X, I-X, B-Y, I-Y
ROOT_RELATION = 1
RELATIONS, ROLES, WIDTH = 3, 3, 4


def valid(tags: tuple[int, ...]) -> bool:
    return all(
        tag == OUTSIDE or tag % 2 == 1 or before in {tag, tag - 1}
        for before, tag in itertools.pairwise((OUTSIDE, *tags))
    )


def spans(tags: tuple[int, ...]) -> list[tuple[int, int, int]]:
    """Names of valid tags."""
    begins = [index for index, tag in enumerate(tags) if tag % 2 == 1]
    ends = [next((j for j in range(i + 1, len(tags)) if tags[j] != tags[i] + 1), len(tags)) for i in begins]
    return [(begin, end, tags[begin]) for begin, end in zip(begins, ends, strict=True)]


@pytest.mark.parametrize("seed", range(40))
def test_reader_decoding_finds_the_best_valid_names(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(1 + seed % 5, TAGS)).astype(np.float32)
    sequences = filter(valid, itertools.product(range(TAGS), repeat=len(scores)))
    best = max(sequences, key=lambda tags: float(scores[np.arange(len(tags)), tags].sum()))
    assert names_of(scores) == spans(best)


def scores_of(*tags: int) -> np.ndarray:
    """Scores in which these tags are the best by far."""
    scores = np.zeros((len(tags), TAGS), dtype=np.float32)
    scores[np.arange(len(tags)), tags] = 9.0
    return scores


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ((0, 0), []),
        ((1, 2, 2), [(0, 3, 1)]),
        ((1, 1, 2), [(0, 1, 1), (1, 3, 1)]),
        ((1, 3, 0, 3), [(0, 1, 1), (1, 2, 3), (3, 4, 3)]),
        ((0, 1, 2, 0), [(1, 3, 1)]),
    ],
    ids=["none", "one", "two-of-a-label", "two-labels", "inside"],
)
def test_reader_decoding_takes_valid_names_as_they_are(
    tags: tuple[int, ...], expected: list[tuple[int, int, int]]
) -> None:
    assert names_of(scores_of(*tags)) == expected


def test_reader_decoding_of_no_words_has_no_names() -> None:
    assert names_of(np.zeros((0, TAGS), dtype=np.float32)) == []


@pytest.mark.parametrize(
    ("better", "expected"),
    [((0, 1), [(0, 2, 1)]), ((1, 0), []), ((1, 1), [(1, 2, 1)]), ((1, 3), [(1, 2, 3)])],
    ids=["begins-before", "is-no-name", "begins-here", "begins-here-with-another-label"],
)
def test_reader_decoding_repairs_a_name_that_never_begins(
    better: tuple[int, int], expected: list[tuple[int, int, int]]
) -> None:
    scores = scores_of(0, 2)
    scores[better] = 8.5
    assert names_of(scores) == expected


def rows_of(size: int) -> dict[str, np.ndarray]:
    """Rows of zeros in which word i's head would be scored by the i-th unit vector."""
    vectors = np.eye(size, dtype=np.float32)
    return {
        "arc_dependent": np.zeros((size, size), dtype=np.float32),
        "arc_head": vectors,
        "arc_prior": np.zeros(size, dtype=np.float32),
        "arc_root": np.zeros(size, dtype=np.float32),
        "relation_dependent": np.ones((size, WIDTH), dtype=np.float32),
        "relation_head": np.ones((size, WIDTH), dtype=np.float32),
        "role_argument": np.ones((size, WIDTH), dtype=np.float32),
        "role_predicate": np.ones((size, WIDTH), dtype=np.float32),
        "predicates": np.full(size, -1.0, dtype=np.float32),
    }


LABELLERS = Labellers(
    relation=partial(label, [i for i in range(RELATIONS) if i != ROOT_RELATION]),
    role=partial(label, range(ROLES)),
    root=ROOT_RELATION,
    core=frozenset(),
)


def tree_of(rows: dict[str, np.ndarray], *sentences: tuple[int, int]) -> tuple[list[int], list[int]]:
    """Heads and relations."""
    heads = trees_of(rows, sentences)
    return heads.tolist(), relations_of(rows, heads, LABELLERS).tolist()


def hang(rows: dict[str, np.ndarray], heads: list[int]) -> None:
    """Make `heads` the best tree."""
    for word, head in enumerate(heads):
        if head == ROOT:
            rows["arc_root"][word] = 9.0
        else:
            rows["arc_dependent"][word, head] = 9.0


def test_reader_decoding_trees_have_the_root_relation_only_at_the_root() -> None:
    rows = rows_of(4)
    hang(rows, [1, 2, ROOT, 2])
    rows["relation_dependent"][:, ROOT_RELATION] = 50.0  # every word would be the root
    rows["relation_dependent"][3, 2] = 40.0
    heads, relations = tree_of(rows, (0, 4))
    assert heads == [1, 2, ROOT, 2]
    assert relations[2] == ROOT_RELATION
    assert relations.count(ROOT_RELATION) == 1
    assert relations[3] == 2


def test_reader_decoding_relations_come_from_both_words() -> None:
    rows = rows_of(3)
    hang(rows, [1, ROOT, 1])
    rows["relation_dependent"][0] = [1, 0, 2, 0]
    rows["relation_dependent"][2] = [1, 0, 2, 0]
    rows["relation_head"][1] = [5, 0, 2, 0]
    assert tree_of(rows, (0, 3))[1] == [0, ROOT_RELATION, 0]
    rows["relation_head"][1] = [3, 0, 2, 0]
    assert tree_of(rows, (0, 3))[1] == [2, ROOT_RELATION, 2]


def test_reader_decoding_trees_see_their_sentence_only() -> None:
    rows = rows_of(5)
    hang(rows, [ROOT, 0, 4, ROOT, 0])
    rows["arc_dependent"][4, 3] = 5.0  # 4 hangs on 0 of the sentence before, or else on 3
    heads, _ = tree_of(rows, (0, 2), (2, 5))
    assert heads == [ROOT, 0, 4, ROOT, 3]


def test_reader_decoding_prefers_heads_with_a_high_prior() -> None:
    rows = rows_of(3)
    rows["arc_prior"][2] = 1.0
    rows["arc_root"][2] = 1.0
    assert tree_of(rows, (0, 3))[0] == [2, 2, ROOT]


def with_roles() -> dict[str, np.ndarray]:
    """Words 1 and 4 are predicates; word 0 has role 1, word 2 role 2 and the predicates themselves role 1 by score."""
    rows = rows_of(5)
    rows["role_argument"][:] = [1, 0, 0, 0]
    rows["role_argument"][[0, 1, 4]] = [0, 1, 0, 0]
    rows["role_argument"][2] = [0, 0, 1, 0]
    rows["predicates"][[1, 4]] = 1.0
    return rows


def test_reader_decoding_roles_stay_in_their_sentence() -> None:
    assert roles_of(with_roles(), [(0, 3), (3, 5)], LABELLERS) == [
        Roles(predicate=1, arguments=((0, 1), (2, 2))),
        Roles(predicate=4, arguments=()),
    ]
    assert roles_of(with_roles(), [(0, 2), (2, 5)], LABELLERS) == [
        Roles(predicate=1, arguments=((0, 1),)),
        Roles(predicate=4, arguments=((2, 2),)),
    ]


def test_reader_decoding_roles_of_given_predicates() -> None:
    sentences = [(0, 3), (3, 5)]
    assert roles_of(with_roles(), sentences, LABELLERS, [2]) == [Roles(predicate=2, arguments=((0, 1), (1, 1)))]
    assert roles_of(with_roles(), sentences, LABELLERS, []) == []


def test_reader_decoding_a_core_role_is_the_most_probable_word_s() -> None:
    rows = rows_of(4)
    rows["predicates"][3] = 1.0
    rows["role_argument"][:] = [[0, 0.7, 0, 0], [0, 0.8, 0, 0], [0, 0, 0.5, 0], [0, 0, 0, 0]]
    labellers = replace(LABELLERS, core={1})
    assert roles_of(rows, [(0, 4)], labellers) == [Roles(predicate=3, arguments=((1, 1), (2, 2)))]
    rows["role_argument"][:2] = [[0, 0, 0.7, 0], [0, 0, 0.8, 0]]
    assert roles_of(rows, [(0, 4)], labellers) == [Roles(predicate=3, arguments=((0, 2), (1, 2), (2, 2)))]


def test_reader_decoding_of_no_predicates_has_no_roles() -> None:
    rows = with_roles()
    rows["predicates"][:] = 0.0
    assert roles_of(rows, [(0, 5)], LABELLERS) == []


def test_reader_decoding_scores_many_pairs_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = list[int]()

    def role(products: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        sizes.append(len(products))
        return LABELLERS.role(products)

    whole = roles_of(with_roles(), [(0, 5)], LABELLERS)
    monkeypatch.setattr(decoding, "PAIRS_AT_ONCE", 4)
    assert roles_of(with_roles(), [(0, 5)], replace(LABELLERS, role=role)) == whole
    assert sizes == [4, 4, 2]
    assert NO_ROLE == 0
