"""Positions of all nodes for the overview: communities as islands, each hub amid what hangs on it.

Start: pivot MDS (Brandes and Pich 2007). Then forces: edges attract by LinLog (Noack 2009), which draws communities
apart; repulsion acts between all pairs through a grid and a Fourier transform (particle mesh; Hockney and Eastwood
1988), so that a round takes time in proportion to nodes and edges. At last nodes that lie on each other are pushed
apart.

Tried on a graph of a million triples and left: linear and logarithmic springs (the leaves of hubs become rays, and
communities run into each other), pivot MDS alone (everything in one corner).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.fft import irfft2, rfft2
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

Array = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.int64]

SEED: Final = 0
PIVOTS: Final = 40  # more of them change nothing that the rounds leave standing
JITTER: Final = 0.05  # of the spread: leaves of one hub start on one spot
ROUNDS: Final = 250  # islands no longer change their neighbours after about 200
ROUNDS_OF_MANY: Final = 120  # of graphs of more than MANY nodes: what a minute of patience would add is not seen
MANY: Final = 30_000
GRID: Final = 128  # cells to a side; repulsion within a cell is left to the last rounds
FIRST_STEP: Final = 0.15  # of the picture's spread that a node may move in a round; falls to LAST_STEP
LAST_STEP: Final = 0.002
HEAVINESS: Final = (
    0.75  # repulsion grows with degree to this power: at 1 hubs leave their islands, at 0.5 islands touch
)
GRAVITY: Final = 0.15  # holds the picture together
# On what is not in the largest component: at 0.15 it stands in a far ring, at 0.6 in a lump amid the islands.
GRAVITY_OF_REST: Final = 0.18
ASPECT: Final = 1.3  # width to height of a usual window's canvas
EDGE_SOFTNESS: Final = 1e-3  # of the spread: shorter edges pull less
RADIUS: Final = (0.5, 1.2)  # room of the least and the most salient node, where nodes stand 1 apart
ROOM: Final = 4.8  # area for a node before nodes are pushed apart, as a square of that unit; the rest is sea
SPACING_ROUNDS: Final = 40
NEAR: Final = 8  # nodes that one is pushed off in a round
ALONE_GAP: Final = 4.0  # between the picture and the rows of what has no edge
REACH: Final = 32_767  # of a 16-bit number


def islands(
    saliences: Sequence[float], edges: Sequence[tuple[int, int]], *, loose: Collection[int] = ()
) -> npt.NDArray[np.int16]:
    """Place of every node, shape (nodes, 2), y upwards, the longer side from -32767 to 32767.

    `edges` are pairs of node numbers. `loose` nodes (topics) do not shape the picture: they go amid their neighbours.
    What has no edge stands in rows below. Deterministic. 10,000 nodes with 40,000 edges take some 3 s, 50,000 with
    200,000 some 11 s.
    """
    count = len(saliences)
    weight = np.asarray(saliences, dtype=np.float64) / (max(saliences, default=0.0) or 1.0)
    radius = RADIUS[0] + weight**2 * (RADIUS[1] - RADIUS[0])
    pairs = _pairs(edges)
    is_loose = np.zeros(count, dtype=bool)
    is_loose[list(loose)] = True
    firm = pairs[~is_loose[pairs].any(axis=1)]
    tied = np.unique(firm)
    positions = np.zeros((count, 2))
    if len(tied):
        ties = _Ties.of(len(tied), np.searchsorted(tied, firm))
        positions[tied] = _spaced(_to_unit(_by_forces(_start(ties), ties)), radius[tied])
    late = np.flatnonzero(is_loose)
    amid = _amid(late, positions, pairs[is_loose[pairs].any(axis=1)], tied)
    positions[late] = _spaced(amid, radius[late])
    alone = np.setdiff1d(np.arange(count), np.union1d(tied, late))
    positions[alone] = _rows(len(alone), positions[np.union1d(tied, late)])
    return _whole(positions)


@dataclass(frozen=True, slots=True)
class _Ties:
    """A graph without loops, double edges and nodes without an edge."""

    pairs: Indexes  # shape (edges, 2), first < second
    matrix: "coo_array"  # adjacency, symmetric
    degree: Array
    component: Indexes

    @classmethod
    def of(cls, count: int, pairs: Indexes) -> "_Ties":
        ends = np.concatenate([pairs, pairs[:, ::-1]])
        matrix = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count)).tocsr()
        degree = np.bincount(ends[:, 0], minlength=count).astype(np.float64)
        return cls(pairs, matrix, degree, connected_components(matrix, directed=False)[1])


def _pairs(edges: Sequence[tuple[int, int]]) -> Indexes:
    pairs = np.sort(np.asarray(edges, dtype=np.int64).reshape(-1, 2), axis=1)
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)


def _start(ties: _Ties) -> Array:
    """Pivot MDS of every component; the components in a ring around the largest."""
    members = np.split(np.argsort(ties.component, kind="stable"), np.cumsum(np.bincount(ties.component))[:-1])
    members.sort(key=lambda nodes: (-len(nodes), nodes[0]))
    count = len(ties.degree)
    chance = np.random.default_rng(SEED)
    positions = np.zeros((count, 2))
    for rank, nodes in enumerate(members):
        placed = _pivot_mds(ties.matrix[nodes][:, nodes]) if len(nodes) > 2 else np.zeros((len(nodes), 2))
        angle = 2 * np.pi * rank / max(1, len(members) - 1)
        away = 0.0 if rank == 0 else 1.0 + (len(nodes) / count) ** 0.5
        positions[nodes] = placed * (len(nodes) / count) ** 0.5 + away * np.array([np.cos(angle), np.sin(angle)])
    return positions + chance.normal(scale=JITTER, size=positions.shape)


def _pivot_mds(matrix: "coo_array") -> Array:
    """Two coordinates of a connected graph by distances to pivots far from each other; their mean square is 1."""
    count = matrix.shape[0]
    pivot = int(np.diff(matrix.indptr).argmax())
    nearest = np.full(count, np.inf)
    columns = []
    for _ in range(min(PIVOTS, count)):
        columns.append(dijkstra(matrix, directed=False, indices=pivot, unweighted=True))
        nearest = np.minimum(nearest, columns[-1])
        pivot = int(nearest.argmax())
    squares = np.array(columns).T ** 2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean())
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, :-3:-1]
    # an eigenvector's sign is the solver's choice: fix it, so that the same graph gives the same picture
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])] < 0, -1.0, 1.0)
    placed = centred @ axes
    return np.asarray(placed / max(float(np.sqrt((placed**2).sum(axis=1).mean())), 1e-9), dtype=np.float64)


def _by_forces(positions: Array, ties: _Ties) -> Array:
    """LinLog: an edge pulls with the same force however long it is; steps get smaller from round to round."""
    mass = ties.degree**HEAVINESS
    push = 2 * len(ties.pairs) / mass.sum() ** 2  # both forces are in balance when the picture's spread is about 1
    is_rest = ties.component != np.bincount(ties.component).argmax()
    pull_inwards = np.outer(np.where(is_rest, GRAVITY_OF_REST, GRAVITY) * mass, [1 / ASPECT, ASPECT])
    left, right = ties.pairs.T
    rounds = ROUNDS if len(positions) <= MANY else ROUNDS_OF_MANY
    for turn in range(rounds):
        gaps = positions[right] - positions[left]
        pulls = gaps / (np.hypot(*gaps.T) + EDGE_SOFTNESS)[:, None]
        force = push * mass[:, None] * _repulsion(positions, mass) - pull_inwards * positions
        for axis in (0, 1):
            force[:, axis] += np.bincount(left, pulls[:, axis], len(positions))
            force[:, axis] -= np.bincount(right, pulls[:, axis], len(positions))
        moves = force / ties.degree[:, None]
        longest = FIRST_STEP * (1 - turn / rounds) + LAST_STEP
        positions = positions + moves * (longest / np.maximum(np.hypot(*moves.T), 1.0))[:, None]
        positions -= positions.mean(axis=0)
    return positions


def _repulsion(positions: Array, mass: Array) -> Array:
    """Sum of mass / distance away from all others, by convolution on a grid; no force within a cell."""
    low = positions.min(axis=0)
    cell = max(float(np.ptp(positions, axis=0).max()), 1e-9) * (1 + 1e-9) / (GRID - 1)
    at = (positions - low) / cell
    corner = np.minimum(at.astype(np.int64), GRID - 2)
    part = at - corner
    shares = [  # bilinear: index of the grid point, and a node's share in it
        (
            (corner[:, 0] + right) * GRID + corner[:, 1] + up,
            np.abs(1 - right - part[:, 0]) * np.abs(1 - up - part[:, 1]),
        )
        for right in (0, 1)
        for up in (0, 1)
    ]
    density = sum(np.bincount(point, share * mass, GRID * GRID) for point, share in shares)
    spectrum = rfft2(np.reshape(density, (GRID, GRID)), (2 * GRID, 2 * GRID))
    offset = np.fft.fftfreq(2 * GRID, 1 / (2 * GRID)) * cell
    across, up = np.meshgrid(offset, offset, indexing="ij")
    squares = across**2 + up**2 + cell**2
    fields = (
        irfft2(spectrum * rfft2(axis / squares), (2 * GRID, 2 * GRID))[:GRID, :GRID].ravel() for axis in (across, up)
    )
    return np.stack([sum(share * field[point] for point, share in shares) for field in fields], axis=1)


def _to_unit(positions: Array) -> Array:
    """Scaled so that nodes have ROOM, far outliers aside."""
    extent = np.quantile(positions, 0.98, axis=0) - np.quantile(positions, 0.02, axis=0)
    area = max(float(extent.prod()), 1e-9)
    return np.asarray(positions * (len(positions) * ROOM / area) ** 0.5, dtype=np.float64)


def _spaced(positions: Array, radius: Array) -> Array:
    """Nodes that are too near to each other pushed apart; the larger moves less, so that hubs keep the middle."""
    near = min(NEAR, len(positions) - 1)
    if near < 1:
        return positions
    positions = positions.copy()
    for _ in range(SPACING_ROUNDS):
        distance, other = cKDTree(positions).query(positions, k=near + 1)
        mine = np.repeat(np.arange(len(positions)), near)
        other, distance = other[:, 1:].ravel(), distance[:, 1:].ravel()
        overlap = radius[mine] + radius[other] - distance
        close = overlap > 1e-3
        if not close.any():
            break
        mine, other = mine[close], other[close]
        share = radius[other] ** 2 / (radius[mine] ** 2 + radius[other] ** 2)
        push = (overlap[close] * share / np.maximum(distance[close], 1e-9))[:, None] * (
            positions[mine] - positions[other]
        )
        for axis in (0, 1):
            positions[:, axis] += 0.6 * np.bincount(mine, push[:, axis], len(positions))
    return positions


def _amid(late: Indexes, positions: Array, pairs: Indexes, tied: Indexes) -> Array:
    """Mean place of each late node's neighbours; of one without any that is placed, the middle."""
    count = len(positions)
    ends = np.concatenate([pairs, pairs[:, ::-1]])
    ends = ends[np.isin(ends[:, 1], tied)]
    around = np.maximum(np.bincount(ends[:, 0], minlength=count), 1)
    sums = [np.bincount(ends[:, 0], positions[ends[:, 1], axis], count) for axis in (0, 1)]
    chance = np.random.default_rng(SEED)  # two with the same neighbours
    return (np.stack(sums, axis=1) / around[:, None])[late] + chance.normal(scale=JITTER, size=(len(late), 2))


def _rows(count: int, others: Array) -> Array:
    """Places in rows below the others, as wide as these are."""
    if not count:
        return np.zeros((0, 2))
    low = others.min(axis=0) if len(others) else np.zeros(2)
    width = float(np.ptp(others[:, 0])) if len(others) else 0.0
    across = int(max(width, (count * ASPECT) ** 0.5)) + 1
    row, column = np.divmod(np.arange(count), across)
    return np.stack([low[0] + column, low[1] - ALONE_GAP - row], axis=1)


def _whole(positions: Array) -> npt.NDArray[np.int16]:
    if not len(positions):
        return np.zeros((0, 2), dtype=np.int16)
    low, high = positions.min(axis=0), positions.max(axis=0)
    half = max(float((high - low).max()) / 2, 1e-9)
    scaled: Array = np.rint((positions - (low + high) / 2) / half * REACH)
    return scaled.astype(np.int16)
