"""The only place where articles meet: a pure function of the set of readings."""

from kg.resolution.across import article_id, first_of, resolve_across_documents
from kg.resolution.model import Article, Entity, Event, Evidence, Fact, Post, Rank, Reference, Resolution, Statement

__all__ = [
    "Article",
    "Entity",
    "Event",
    "Evidence",
    "Fact",
    "Post",
    "Rank",
    "Reference",
    "Resolution",
    "Statement",
    "article_id",
    "first_of",
    "resolve_across_documents",
]
