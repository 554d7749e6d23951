"""What stands around a token range of a sentence; used by every stage that asks who does what."""

from kg.clauses.positions import Argument, Clauses
from kg.clauses.references import Reference

__all__ = ["Argument", "Clauses", "Reference"]
