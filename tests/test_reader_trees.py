"""The best dependency tree: exactly one root, no cycle, and no tree with a higher score."""

import math

import networkx as nx
import numpy as np
import pytest

from kg.reader.trees import ROOT, best_tree

CASES = 80
LARGEST = 9  # words, for the comparison with networkx


def random_scores(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Scores of 1 to 9 words; every third case is of small integers, so that many trees tie or have several roots."""
    random = np.random.default_rng(seed)
    size = 1 + seed % LARGEST
    scores, root = random.normal(size=(size, size)) * 5, random.normal(size=size) * 5
    if seed % 3 == 0:
        scores, root = scores.round(), root.round() + 10
    return scores.astype(np.float32), root.astype(np.float32)


def score_of(heads: np.ndarray, scores: np.ndarray, root: np.ndarray) -> float:
    """What a tree is worth."""
    return math.fsum(root[word] if head == ROOT else scores[word, head] for word, head in enumerate(heads.tolist()))


def best_score(scores: np.ndarray, root: np.ndarray) -> float:
    """The best tree's score by networkx, under each word as the root in turn."""
    best = -math.inf
    for top in range(len(root)):
        graph = nx.DiGraph()
        graph.add_edge(ROOT, top, weight=float(root[top]))
        for word in set(range(len(root))) - {top}:
            graph.add_weighted_edges_from(
                (head, word, float(scores[word, head])) for head in range(len(root)) if head != word
            )
        tree = nx.maximum_spanning_arborescence(graph)
        best = max(best, math.fsum(weight for _, _, weight in tree.edges(data="weight")))
    return best


def check_tree(heads: np.ndarray) -> None:
    """One root, and every word reaches it."""
    parents = heads.tolist()
    assert parents.count(ROOT) == 1
    assert all(ROOT <= head < len(parents) and head != word for word, head in enumerate(parents))
    reached = {ROOT}
    for start in range(len(parents)):
        path, node = list[int](), start
        while node not in reached:
            assert node not in path
            path.append(node)
            node = parents[node]
        reached.update(path)


@pytest.mark.parametrize("seed", range(CASES))
def test_reader_trees_are_the_best_ones(seed: int) -> None:
    scores, root = random_scores(seed)
    heads = best_tree(scores, root)
    check_tree(heads)
    assert score_of(heads, scores, root) == pytest.approx(best_score(scores, root), abs=1e-4)


def test_reader_trees_of_one_word_are_its_root() -> None:
    assert best_tree(np.array([[7.0]]), np.array([-3.0])).tolist() == [ROOT]


@pytest.mark.parametrize(
    ("root", "expected"), [([1, 0], [ROOT, 0]), ([0, 1], [1, ROOT])], ids=["first-is-root", "second-is-root"]
)
def test_reader_trees_of_two_words(root: list[float], expected: list[int]) -> None:
    assert best_tree(np.zeros((2, 2), dtype=np.float32), np.array(root, dtype=np.float32)).tolist() == expected


def test_reader_trees_have_one_root_where_every_word_would_be_one() -> None:
    heads = best_tree(np.zeros((6, 6), dtype=np.float32), np.full(6, 1000.0, dtype=np.float32))
    check_tree(heads)


def test_reader_trees_do_not_look_at_the_diagonal() -> None:
    scores, root = random_scores(7)
    expected = best_tree(scores, root).tolist()
    np.fill_diagonal(scores, 1e6)
    assert best_tree(scores, root).tolist() == expected


def test_reader_trees_leave_their_scores_as_they_were() -> None:
    scores, root = random_scores(8)
    before = scores.copy(), root.copy()
    best_tree(scores, root)
    assert np.array_equal(scores, before[0])
    assert np.array_equal(root, before[1])


def test_reader_trees_of_300_words() -> None:
    random = np.random.default_rng(0)
    check_tree(best_tree(random.normal(size=(300, 300)), random.normal(size=300)))


def test_reader_trees_of_300_words_whose_cycles_nest() -> None:
    size = 300
    scores, root = np.full((size, size), -1e3), np.full(size, -1e4)
    scores[0] = -np.arange(size)  # the cycle of the words before n is best entered from n …
    scores[np.arange(1, size), np.arange(size - 1)] = 10.0  # … whose best head is n - 1
    heads = best_tree(scores, root)
    check_tree(heads)
    assert score_of(heads, scores, root) == -1e4 + 10.0 * (size - 1)
