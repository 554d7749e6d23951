"""Which entry of the knowledge base each chain means, how sure that is, and what the text states about it."""

from kg.linking.actors import link_entities
from kg.linking.relations import lands_of, state_relations

__all__ = ["lands_of", "link_entities", "state_relations"]
