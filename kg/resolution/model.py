"""What resolution makes of all readings: entities, posts, events, statements, and the facts about them.

Ids are paths under the base IRI ("event/2025-07-03-phone-call-…"). Everything is in the order of ids, so that the order
of the input does not show, and names articles by their ids, so that an article more changes nothing that it does not
tell of.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kg.model import DateRange, Reading, Value


class Rank(StrEnum):
    """Local names of the VOCABULARY.md individuals."""

    PREFERRED = "Preferred"
    NORMAL = "Normal"
    REJECTED = "Rejected"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Evidence:
    """A sentence, by its number in an article."""

    article: str  # id
    sentence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A reading with its id; `copy_of` is the id of the article that it repeats."""

    id: str
    reading: Reading
    copy_of: str | None = None
    agency: str | None = None  # id of the entity whose report it passes on, or that its original passes on

    @property
    def source(self) -> str:
        """What counts as one source: an agency, however many outlets carry it; of reprints what they repeat."""
        return self.agency or self.copy_of or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An entity, post, event or statement as the object of a fact."""

    id: str


FactValue = Reference | DateRange | Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One property value with its support. Asserted in the graph unless rejected."""

    subject: str
    property: str
    value: FactValue
    evidence: tuple[Evidence, ...]
    confidence: float
    rank: Rank
    source_count: int
    attributed_to: str | None = None
    conflicts: tuple[FactValue, ...] = ()  # values of the same property that contradict this one


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, country, place, organization or other thing, over all articles."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...]
    wikidata: str | None
    wikipedia: str | None
    own_iri: str | None = None  # that the user gave it
    leader: bool
    articles: tuple[str, ...]  # ids
    mention_count: int
    identity: tuple[Fact, ...] = ()  # that it is what the knowledge base describes, with how sure that is


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A title in a country or organization."""

    id: str
    title: str
    label: str
    body: str | None  # entity id


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One real-world event with all that the articles say of it."""

    id: str
    type: str
    label: str
    articles: tuple[str, ...]  # ids
    evidence: tuple[Evidence, ...]
    facts: tuple[Fact, ...]
    topics: tuple[str, ...]
    replaces: tuple[str, ...] = ()  # ids that it has had, or would have, in a graph of fewer articles
    untouched: bool = False  # it is told of as in the last resolution, and nothing but id, evidence and topics is here


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody said, once, however many articles carry it."""

    id: str
    text: str
    verbatim: bool
    articles: tuple[str, ...]  # ids
    evidence: tuple[Evidence, ...]
    facts: tuple[Fact, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The resolved graph before it becomes triples."""

    articles: Mapping[str, Article]
    entities: Mapping[str, Entity]
    posts: Mapping[str, Post]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    facts: tuple[Fact, ...]  # about entities: posts held, places contained
