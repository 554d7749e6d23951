"""What happened, is planned, or was denied, in one article: events with actors, status, date and place.

Triggers and slots are data in ontology/newskg.ttl; this package finds them and what stands around them.
"""

from kg.events.extraction import extract_events

__all__ = ["extract_events"]
