"""How sure a link is: a logistic model whose few weights were fitted on days of news kept apart.

The weights stand in `kg/lexicon/link_confidence.tsv` with the command that makes them; the curve on other days is in
`docs/knowledge.md`.
"""

import math
from collections.abc import Mapping
from functools import cache
from typing import Final

from kg.lexicon import read_rows

WEIGHTS: Final = "link_confidence.tsv"
BIAS: Final = "bias"
SUREST: Final = 0.99  # nothing is certain
LEAST_SURE: Final = 0.01


def probability(evidence: Mapping[str, float]) -> float:
    """The calibrated confidence of a link, 0.01 to 0.99."""
    weights = _weights()
    strength = weights.get(BIAS, 0.0) + sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return round(min(SUREST, max(LEAST_SURE, 1.0 / (1.0 + math.exp(-strength)))), 3)


@cache
def _weights() -> Mapping[str, float]:
    return {row[0]: float(row[1]) for row in read_rows(WEIGHTS)}
