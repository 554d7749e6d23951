"""Places of the overview's nodes."""

import time
from collections.abc import Sequence

import numpy as np
import pytest

from kg.exporters.html.islands import REACH, islands

Pairs = list[tuple[int, int]]


def planted(communities: int, size: int) -> Pairs:
    """Communities around a hub each, with three edges a node inside and one for every tenth node outside."""
    chance = np.random.default_rng(7)
    pairs: Pairs = []
    for node in range(communities * size):
        hub = node - node % size
        pairs += [(node, hub)] + [(node, hub + int(other)) for other in chance.integers(0, size, 2)]
        if node % 10 == 0:
            pairs.append((node, int(chance.integers(0, communities * size))))
    return pairs


def distances(places: np.ndarray, pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    left, right = np.array(pairs).T
    return np.hypot(*(places[left].astype(float) - places[right].astype(float)).T)


def test_islands_of_communities_stand_apart() -> None:
    communities, size = 12, 60
    places = islands([1.0] * (communities * size), planted(communities, size)).astype(float)
    grouped = places.reshape(communities, size, 2)
    centres = grouped.mean(axis=1)
    to_centre = np.linalg.norm(places[:, None, :] - centres[None, :, :], axis=2)
    own = np.repeat(np.arange(communities), size)
    assert (to_centre.argmin(axis=1) == own).mean() > 0.95
    spread = np.linalg.norm(grouped - centres[:, None, :], axis=2).mean()
    apart = np.linalg.norm(centres[:, None, :] - centres[None, :, :], axis=2)[~np.eye(communities, dtype=bool)].min()
    assert apart > 2 * spread


def test_islands_are_the_same_every_time_and_fill_the_range() -> None:
    pairs = planted(5, 40)
    saliences = [float(1 + node % 7) for node in range(210)]  # the last ten have no edge
    first, second = islands(saliences, pairs), islands(saliences, pairs)
    assert first.tobytes() == second.tobytes()
    assert first.dtype == np.int16
    assert first.shape == (210, 2)
    assert np.ptp(first.astype(int), axis=0).max() == 2 * REACH
    assert len(np.unique(first, axis=0)) == 210, "two nodes on one spot"


def test_islands_hub_stands_amid_what_hangs_on_it() -> None:
    star = [(0, leaf) for leaf in range(1, 200)]
    places = islands([10.0] + [1.0] * 199, star).astype(float)
    assert np.linalg.norm(places[0] - places[1:].mean(axis=0)) < 0.2 * np.ptp(places, axis=0).max()


def test_islands_without_an_edge_stand_in_rows_below() -> None:
    places = islands([1.0] * 60, planted(2, 20)).astype(int)
    assert places[40:, 1].max() < places[:40, 1].min()


def test_islands_loose_nodes_do_not_shape_the_picture() -> None:
    pairs = planted(4, 30)
    topic = 120
    tied = pairs + [(topic, node) for node in range(0, 120, 2)]
    without, with_topic = islands([1.0] * 120, pairs), islands([1.0] * 121, tied, loose=[topic])
    assert (without == with_topic[:120]).all()
    assert np.abs(with_topic[topic].astype(int)).max() < REACH


@pytest.mark.parametrize(
    ("count", "pairs"),
    [
        (0, []),
        (1, []),
        (3, []),
        (2, [(0, 1)]),
        (2, [(0, 0)]),
        (4, [(0, 1), (1, 0), (2, 3)]),
        (3, [(0, 1), (1, 2), (2, 0)]),
    ],
)
def test_islands_of_tiny_graphs_have_places(count: int, pairs: Pairs) -> None:
    places = islands([0.0] * count, pairs)
    assert places.shape == (count, 2)
    assert len(np.unique(places, axis=0)) == count


def test_islands_loose_nodes_alone_have_places() -> None:
    assert islands([1.0, 2.0], [(0, 1)], loose=[0, 1]).shape == (2, 2)


def test_islands_take_seconds_of_ten_thousand_nodes() -> None:
    pairs = planted(40, 250)
    started = time.process_time()
    places = islands([1.0] * 10_000, pairs)
    assert time.process_time() - started < 30, "some 2 s on an idle machine"
    assert np.median(distances(places, pairs)) < REACH / 8
