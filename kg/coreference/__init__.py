"""Which mentions of one article refer to the same thing."""

from kg.coreference.sieve import resolve_coreference
from kg.coreference.speakers import resolve_first_person

__all__ = ["resolve_coreference", "resolve_first_person"]
