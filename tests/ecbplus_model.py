"""How likely two mentions are one event, and the clusters that follow: logistic regression twice, average linkage.

The first regression looks at a pair alone. The second sees its features again with what the first said of the pair
and of both mentions with all others: two that were found alike to the same third ones are probably one event.

The product does not use it: that a pool tells of two stories is true of ECB+ and not of news (measure_ecbplus.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from ecbplus_pairs import Floats, WordTable, cosines
from scipy.cluster.hierarchy import fcluster, linkage

BIAS = "bias"
LEAST_LIKELY = 0.35
"""Two clusters join while the mean probability of their pairs is above this. Tried on ECB+: 0.3, 0.35, 0.4, 0.45, which
differ by less than a point; on other texts a higher one joins less that is not the same."""
NEVER = 1e-4  # keeps log odds finite


@dataclass(frozen=True, slots=True, kw_only=True)
class PairModel:
    """Weights of both regressions by feature, and what is known of words."""

    first: Mapping[str, float]
    second: Mapping[str, float]
    words: WordTable

    def probabilities(self, features: Mapping[str, Floats], size: int) -> Floats:
        """Of every pair of `size` mentions, as the two regressions say."""
        if size < 2:
            return np.zeros(0)
        once = logistic(self.first, features)
        return logistic(self.second, {**features, **company(once, size)})


def joined(probabilities: Floats, size: int, least: float = LEAST_LIKELY) -> list[list[int]]:
    """Average-linkage clusters of `size` mentions."""
    if size < 2:
        return [[0]] if size else []
    numbers = fcluster(linkage(1 - probabilities, "average"), 1 - least, "distance")
    clusters: dict[int, list[int]] = {}
    for index, number in enumerate(numbers.tolist()):
        clusters.setdefault(number, []).append(index)
    return list(clusters.values())


def company(probabilities: Floats, size: int) -> dict[str, Floats]:
    """What a first opinion of all pairs says of each pair.

    same company: cosine of both mentions' probabilities with all; through a third: the best of the lesser probability
    by which each is the same as a third; a better match: how much likelier the better-matched of both is to be
    another one.
    """
    pairs = np.triu_indices(size, 1)
    table = np.zeros((size, size))
    table[pairs] = probabilities
    table += table.T
    through = np.zeros((size, size))
    for index in range(size):
        lesser = np.minimum(table[index][None, :], table)
        lesser[:, index] = 0
        np.fill_diagonal(lesser, 0)
        through[index] = lesser.max(axis=1)
    best = table.max(axis=1)
    better = np.maximum(best[:, None], best[None, :]) - table
    return {
        "same company": cosines(table + np.eye(size))[pairs],
        "through a third": through[pairs],
        "a better match": better[pairs],
        "first opinion": np.log(probabilities + NEVER) - np.log(1 - probabilities + NEVER),
        "first probability": probabilities,
    }


def logistic(weights: Mapping[str, float], features: Mapping[str, Floats]) -> Floats:
    """Probability of each pair."""
    odds = sum((weight * features[name] for name, weight in weights.items() if name != BIAS), np.float64(0))
    return 1 / (1 + np.exp(-np.clip(odds + weights[BIAS], -30, 30)))
