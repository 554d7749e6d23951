"""What stands around a token range of a sentence; used by every stage that asks who does what."""

from kg.clauses.phrases import Reference
from kg.clauses.positions import Argument, Clauses

__all__ = ["Argument", "Clauses", "Reference"]
