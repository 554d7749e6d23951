"""The types that stages exchange. Offsets are Unicode code points in `Document.text`, half-open.

A `Reading` is one article read once; it knows nothing of other articles. What resolution makes of all
readings is a `Resolution`. Stages import these types and never each other.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

# ── documents ────────────────────────────────────────────────────────────────────────────────────


class BlockKind(StrEnum):
    """What a block of an article's text is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CLUTTER = "clutter"  # bylines, tag lines, share buttons, author biographies: not read as news


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of text without a line break inside."""

    begin: int
    end: int
    kind: BlockKind

    def __post_init__(self) -> None:
        if not 0 <= self.begin < self.end:
            raise ValueError(f"block [{self.begin}, {self.end}) is empty or negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as it came in. `text` is NFC, holds the title first, and is never changed afterwards.

    Every line of `text` that is not blank is one block; blocks are in order and do not overlap.
    """

    identifier: str  # the path or URL as given
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    published: date | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None  # BCP 47, lower case
    agency: str | None = None  # the news agency that a byline or a dateline names, or that publishes it

    def __post_init__(self) -> None:
        end = 0
        for block in self.blocks:
            if block.begin < end or block.end > len(self.text):
                raise ValueError(f"block [{block.begin}, {block.end}) overlaps or leaves the text")
            end = block.end

    @property
    def sha256(self) -> str:
        """Hex digest of the stored text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()


# ── one article's reading ────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """`document.text[begin:end] == text`, without white space at either end."""

    begin: int
    end: int
    text: str
    kind: BlockKind


class MentionKind(StrEnum):
    """How a thing is referred to."""

    NAME = "name"  # "Vladimir Putin"
    DEMONYM = "demonym"  # "Russian", "Ukrainians"
    ROLE = "role"  # "the Russian president"
    PRONOUN = "pronoun"  # "he"
    NOMINAL = "nominal"  # "the alliance"


NAME_KINDS = frozenset({MentionKind.NAME, MentionKind.DEMONYM})
"""Mentions that say by themselves whom they mean."""

FIRST_PERSON = "first"
"""Label of "I", "me" and "my", whose bearer is known once quotations have speakers."""

GENDERS = frozenset({"m", "f"})
"""Labels of "he" and "she"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that refers to something. `label` is the tagger's: PER, ORG, LOC, NORP, MISC.

    A pronoun has the label of `lexicon/pronouns.tsv`, a nominal its noun.
    """

    begin: int
    end: int
    text: str
    kind: MentionKind
    label: str
    sentence: int  # index into Reading.sentences
    title: str | None = None  # the post that stands with a person's name, or that a role mention names: "President"
    lead: int | None = None  # where the title begins, when it stands in front of the name
    body: int | None = None  # `begin` of the mention that names the post's country or organization
    candidates: tuple[str, ...] = ()  # knowledge-base ids that bear this name, best first
    holder: str | None = None  # knowledge-base id of who holds the post beside the name, if the name agrees
    antecedent: int | None = None  # offset of what "it" takes up, as the tree suggests, or of whom a post stands behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The mentions of one article that refer to the same thing, in text order."""

    mentions: tuple[Mention, ...]

    def __post_init__(self) -> None:
        if not self.mentions:
            raise ValueError("a chain has at least one mention")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """First and last day, both included."""

    begin: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.begin:
            raise ValueError(f"date range ends {self.end} before it begins {self.begin}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeExpression:
    """A time named in the text. `range` is None where the text (and the article's date) cannot tell.

    `duration` is an ISO 8601 duration for "for nearly an hour"; such an expression has no range.
    """

    begin: int
    end: int
    text: str
    sentence: int
    range: DateRange | None = None
    duration: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Something named in one article, with all its mentions. Not yet an `Entity` of the graph."""

    key: str  # unique in the article: the knowledge-base id, or "nil/<type>/<slug>"
    type: str  # local name of a schema.org class: Person, Country, Place, Organization, Legislation, …
    name: str
    aliases: tuple[str, ...] = ()
    knowledge_id: str | None = None
    confidence: float = 1.0  # that the entry is meant (calibrated); without an entry of no meaning
    mentions: tuple[Mention, ...] = ()

    def with_mentions(self, more: Iterable[Mention]) -> "Actor":
        """The actor with more mentions, all in text order."""
        mentions = sorted((*self.mentions, *more), key=lambda mention: (mention.begin, mention.end))
        return replace(self, mentions=tuple(mentions))


class RelationType(StrEnum):
    """What the text says about an actor apart from events."""

    POST = "post"  # person holds a post (title) in a country or body
    MEMBER_OF = "member_of"
    REPRESENTS = "represents"
    CONTAINED_IN = "contained_in"
    PART_OF = "part_of"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A stated fact about an actor."""

    type: RelationType
    subject: str  # actor key
    object: str | None  # actor key
    title: str | None = None  # of a post
    sentence: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRef:
    """An actor as the value of an assertion."""

    key: str


class Status(StrEnum):
    """Did it happen? Local names of the VOCABULARY.md individuals."""

    OCCURRED = "Occurred"
    ONGOING = "Ongoing"
    PLANNED = "Planned"
    POSSIBLE = "Possible"
    DENIED = "Denied"


HAPPENED = frozenset({Status.OCCURRED, Status.ONGOING})
LOCALITIES = frozenset({"Place", "City", "AdministrativeArea"})
"""Types of actors that are places, apart from countries, which also act."""
NOT_ACTING = LOCALITIES | {"Thing", "Event", "Product", "Legislation"}
"""Types of actors that neither do nor say anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum of money; `currency` is ISO 4217."""

    value: Decimal
    currency: str


Value = ActorRef | DateRange | Status | Amount | int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """One property of an event, as one sentence gives it.

    `property` is a local name of VOCABULARY.md: participant, agent, target, recipient, mediator, place, date,
    status, ordinal, duration, killed, wounded, count, amount, about.
    """

    property: str
    value: Value
    sentence: int
    confidence: float
    attributed_to: str | None = None  # actor key, when somebody in the article says it


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMention:
    """One real-world event as one article tells it, all its mentions in the article together."""

    id: str  # unique in the article
    type: str  # local name of a leaf class
    triggers: tuple[tuple[int, int], ...]  # offsets
    words: tuple[str, ...]  # lower-case lemmas of the triggers
    sentences: tuple[int, ...]
    assertions: tuple[Assertion, ...]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody said. `document.text[begin:end] == text`; `verbatim` when it stood in quotation marks."""

    begin: int
    end: int
    text: str
    verbatim: bool
    sentences: tuple[int, ...]
    speaker: str | None  # actor key
    relayed_by: str | None = None
    addressee: str | None = None
    cue: str | None = None  # "said"
    act: str | None = None  # PLOVER's category of what is done by saying it: "THREATEN"
    about: tuple[str, ...] = ()  # actor keys
    events: tuple[str, ...] = ()  # event ids: what it is about besides
    topics: tuple[str, ...] = ()  # topic slugs
    said_in: str | None = None  # event id
    claimed: bool = True  # False where the speaker judges what is given: "condemned the attack"
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicAssignment:
    """A concept of ontology/topics.ttl that the article is about."""

    topic: str  # slug
    confidence: float
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One article read once: immutable, picklable, independent of every other article."""

    document: Document
    sentences: tuple[Sentence, ...]
    actors: tuple[Actor, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[EventMention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    topics: tuple[TopicAssignment, ...] = ()
    event_topics: tuple[tuple[str, str], ...] = field(default=())  # (event id, topic slug)
    shingles: bytes = b""  # what the text is recognised by (kg/shingles.py)


# ── decisions ────────────────────────────────────────────────────────────────────────────────────


class Verdict(StrEnum):
    """What can be decided."""

    SAME = "same"
    DIFFERENT = "different"
    WRONG_LINK = "wrong-link"
