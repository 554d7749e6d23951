"""Who said what, in one article."""

from kg.quotes.attribution import attribute_quotes, claims_of
from kg.quotes.placing import place_in_events

__all__ = ["attribute_quotes", "claims_of", "place_in_events"]
