"""What stands around a token range of a sentence; used by every stage that asks who does what."""

from kg.clauses.phrases import INSIDE
from kg.clauses.positions import Argument, Clauses
from kg.clauses.references import Reference, span_of
from kg.clauses.themes import doers, governor, themes
from kg.clauses.tokens import MOST_CHILDREN, has_case, has_features, is_infinitive, is_misjoined

__all__ = [
    "INSIDE",
    "MOST_CHILDREN",
    "Argument",
    "Clauses",
    "Reference",
    "doers",
    "governor",
    "has_case",
    "has_features",
    "is_infinitive",
    "is_misjoined",
    "span_of",
    "themes",
]
