"""The knowledge base of actors: names, Wikidata ids, offices with dates, demonyms and metonyms."""

from kg.knowledge.additions import KnowledgeFile
from kg.knowledge.base import Candidate, Entry, KnowledgeBase, Office
from kg.knowledge.names import NameKind, normalize_name

__all__ = ["Candidate", "Entry", "KnowledgeBase", "KnowledgeFile", "NameKind", "Office", "normalize_name"]
