"""Positions of the opening view: computed once, so that the page opens as a finished picture.

Communities (Louvain, Blondel et al. 2008) are drawn apart; inside and between them distances follow the graph's
(stress majorization, Gansner, Koren and North 2004); boxes with their labels are then pushed off each other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import networkx as nx
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

SEED: Final = 0
EDGE_LENGTH: Final = 120.0  # canvas units between the centres of neighbours; a label is about as wide
COMMUNITY_GAP: Final = 1.8  # edges between communities are this much longer
FILLED: Final = 0.2  # part of a component's area that its boxes take: denser hides the lines, thinner the labels
STRESS_ROUNDS: Final = 150  # the picture of 300 nodes no longer changes visibly after about 100
OVERLAP_ROUNDS: Final = 200
ROUNDS_BEFORE_GROWTH: Final = 10  # boxes that still push each other in circles get more room
GROWTH: Final = 1.04
PADDING: Final = 12.0  # canvas units kept free around a box
COMPONENT_GAP: Final = 90.0
ASPECT: Final = 1.3  # width to height of a usual window's canvas


@dataclass(frozen=True, slots=True)
class Box:
    """Room that a node and its label take, in canvas units."""

    width: float
    height: float


def place(boxes: Sequence[Box], edges: Sequence[tuple[int, int]], loose: Collection[int] = ()) -> list[tuple[int, int]]:
    """Centre of every box, in order, in whole canvas units; `edges` are pairs of indexes into `boxes`.

    `loose` boxes do not shape the picture: they go amid their neighbours when the others have their places.
    Deterministic. About 0.5 s for 300 boxes and 10 s for 1,500.
    """
    if not boxes:
        return []
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(boxes)))
    graph.add_edges_from(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}))
    firm = graph.subgraph(sorted(set(graph) - {node for node in loose if graph.degree[node] > 0}))
    sizes = np.array([(box.width, box.height) for box in boxes], dtype=np.float64) + PADDING
    components = sorted((sorted(c) for c in nx.connected_components(firm)), key=lambda c: (-len(c), c[0]))
    positions = np.zeros((len(boxes), 2))
    for members in components:
        positions[members] = _spread(_condensed(_by_stress(firm, members), sizes[members]), sizes[members])
    _pack(positions, sizes, components)
    late = sorted(set(graph) - set(firm))
    for node in late:
        around = [n for n in graph.neighbors(node) if n in firm] or components[0]
        positions[node] = positions[around].mean(axis=0)
    if late:
        positions = _spread(positions, sizes)
    return [(round(x), round(y)) for x, y in positions.tolist()]


def _by_stress(graph: "nx.Graph[int]", members: list[int]) -> Array:
    """Positions of one component, wide rather than tall."""
    count = len(members)
    if count == 1:
        return np.zeros((1, 2))
    part: nx.Graph[int] = nx.Graph()
    part.add_nodes_from(members)
    part.add_edges_from(graph.edges(members))
    community = _communities(part)
    for left, right in part.edges:
        near = community[left] == community[right]
        # hubs get longer edges, else their neighbours cannot stand around them
        crowd = 1 + np.log2(max(part.degree[left], part.degree[right])) / 4
        part.edges[left, right]["length"] = EDGE_LENGTH * crowd * (1.0 if near else COMMUNITY_GAP)
    distances = _distances(part, members)
    positions = _majorize(distances, _start(distances))
    return _turned_wide(positions)


def _communities(part: "nx.Graph[int]") -> dict[int, int]:
    groups = nx.community.louvain_communities(part, seed=SEED)
    return {node: number for number, group in enumerate(sorted(groups, key=min)) for node in group}


def _distances(part: "nx.Graph[int]", members: list[int]) -> Array:
    matrix: Array = nx.floyd_warshall_numpy(part, nodelist=members, weight="length")
    return np.asarray(matrix, dtype=np.float64)


def _start(distances: Array) -> Array:
    """Classical scaling: the two strongest directions of the distance matrix."""
    count = len(distances)
    centring = np.eye(count) - 1.0 / count
    _, vectors = np.linalg.eigh(-0.5 * centring @ (distances**2) @ centring)
    directions = vectors[:, -2:][:, ::-1]
    # an eigenvector's sign is the solver's choice: fix it, so that the same graph gives the same picture
    largest = directions[np.abs(directions).argmax(axis=0), np.arange(directions.shape[1])]
    directions = directions * np.where(largest < 0, -1.0, 1.0)
    spread = np.asarray(directions * distances.mean() * np.sqrt(count), dtype=np.float64)
    if spread.shape[1] == 1:
        spread = np.hstack([spread, np.zeros((count, 1))])
    # nodes with the same neighbours would start, and stay, on one spot
    return spread + np.random.default_rng(SEED).normal(scale=EDGE_LENGTH / 4, size=(count, 2))


def _majorize(distances: Array, positions: Array) -> Array:
    """SMACOF with weights 1/d²: pairs that are near in the graph matter most."""
    count = len(distances)
    safe = distances + np.eye(count)
    weights = 1.0 / safe**2 * (1 - np.eye(count))
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1.0 / count) - 1.0 / count
    for _ in range(STRESS_ROUNDS):
        gaps = np.hypot(*(positions[:, None, :] - positions[None, :, :]).transpose(2, 0, 1))
        ratio = weights * distances / np.maximum(gaps, 1e-9)
        np.fill_diagonal(ratio, 0.0)
        positions = inverse @ (ratio.sum(axis=1)[:, None] * positions - ratio @ positions)
    return positions


def _turned_wide(positions: Array) -> Array:
    """Turned so that the longest direction lies flat."""
    centred = positions - positions.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    axes = axes * np.where(axes[np.arange(2), np.abs(axes).argmax(axis=1)] < 0, -1.0, 1.0)[:, None]
    return np.asarray(centred @ axes.T, dtype=np.float64)


def _condensed(positions: Array, sizes: Array) -> Array:
    """Scaled so that the boxes fill the wanted part of the area."""
    extent = np.ptp(positions, axis=0) + sizes.max(axis=0)
    wanted = float(sizes.prod(axis=1).sum()) / FILLED
    scale: float = min(1.0, (wanted / float(extent.prod())) ** 0.5)
    return positions * scale


def _spread(positions: Array, sizes: Array) -> Array:
    """Boxes that overlap are pushed apart, each pair along the direction that needs the shorter way."""
    positions = positions.copy()
    reach = (sizes[:, None, :] + sizes[None, :, :]) / 2
    for turn in range(OVERLAP_ROUNDS):
        gaps = positions[:, None, :] - positions[None, :, :]
        overlap = reach - np.abs(gaps)
        left, right = np.nonzero(np.triu((overlap > 0).all(axis=2), k=1))
        if not len(left):
            break
        for axis in (0, 1):
            mine = overlap[left, right, axis] <= overlap[left, right, 1 - axis]
            first, second = left[mine], right[mine]
            # equal coordinates: the earlier box goes to the left or up
            push = np.where(gaps[first, second, axis] > 0, 0.5, -0.5) * overlap[first, second, axis]
            np.add.at(positions[:, axis], first, push)
            np.add.at(positions[:, axis], second, -push)
        if turn % ROUNDS_BEFORE_GROWTH == ROUNDS_BEFORE_GROWTH - 1:
            positions *= GROWTH
    return positions


def _pack(positions: Array, sizes: Array, components: list[list[int]]) -> None:
    """Components side by side in rows below the largest, in place; the whole is about as wide as a window."""
    boxes = []
    for members in components:
        low = (positions[members] - sizes[members] / 2).min(axis=0)
        positions[members] -= low
        boxes.append((positions[members] + sizes[members] / 2).max(axis=0) + COMPONENT_GAP)
    area = sum(float(box[0] * box[1]) for box in boxes)
    width = max(float(boxes[0][0]), (area * ASPECT) ** 0.5)
    left = top = row = 0.0
    for members, box in zip(components, boxes, strict=True):
        if left > 0 and left + box[0] > width:
            left, top, row = 0.0, top + row, 0.0
        positions[members] += (left, top)
        left, row = left + float(box[0]), max(row, float(box[1]))
