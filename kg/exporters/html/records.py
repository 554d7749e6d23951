"""What the page holds, as plain records. Indexes are positions in the tuples of `Contents`."""

from dataclasses import dataclass, fields, is_dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PageArticle:
    """An article that was read."""

    headline: str
    outlet: str
    date: str | None = None  # as shown: "3 July 2025"
    day: str | None = None  # ISO, for sorting
    url: str | None = None  # http or https only
    copy_of: int | None = None
    topics: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSentence:
    """A sentence that is evidence for something in the page."""

    article: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNode:
    """An actor, an event or a topic. `id` is its place in `Contents.nodes`, which is ordered by importance."""

    id: int
    iri: str
    kind: str  # key of text.json's "kinds"
    label: str
    type: str  # class in words: "Phone call", "City"
    drawn_label: str
    salience: float  # log2 of mentions and of neighbours: 0 for something named once and connected to nothing
    mentions: int
    names: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()  # (text, http or https URL)
    posts: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()
    status: str | None = None  # key of text.json's "statuses"; events only
    day: str | None = None  # ISO first day, for sorting
    last: str | None = None  # ISO last day, when it is another
    when: str | None = None  # as shown: "3 July 2025"
    dates: tuple[str, ...] = ()  # as shown: all that sources give, when they disagree
    confidence: int | None = None  # per cent, that it is an event of its class; events only
    sources: int | None = None  # independent ones of the same
    conflict: bool = False  # a fact about it has kg:conflictsWith


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEdge:
    """Direct triples between two nodes, `source` being their subject."""

    source: int
    target: int
    roles: tuple[str, ...]  # keys of text.json's "roles"
    status: str | None = None  # of the event at either end
    conflict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFact:
    """A kg:Fact about a node. `value` says its object in words; `object` is that node, if it is one."""

    subject: int
    role: str
    value: str
    object: int | None = None
    sentences: tuple[int, ...] = ()
    more_sentences: int = 0  # evidence beyond what the page holds
    confidence: int | None = None  # per cent
    rejected: bool = False
    sources: int | None = None
    attributed_to: int | None = None
    conflicts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStatement:
    """Something that somebody said."""

    text: str
    verbatim: bool = False
    speaker: int | None = None
    relayed_by: int | None = None
    addressee: int | None = None
    about: tuple[int, ...] = ()
    said_in: int | None = None
    sentences: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything in the page."""

    title: str
    coverage: str  # "12 articles from 5 outlets, 1–20 Jul 2025"
    articles: tuple[PageArticle, ...]
    sentences: tuple[PageSentence, ...]
    nodes: tuple[PageNode, ...]
    edges: tuple[PageEdge, ...]
    facts: tuple[PageFact, ...]
    statements: tuple[PageStatement, ...]
    left_out: int = 0  # nodes of the graph beyond the page's bound


def plain(value: Any) -> Any:
    """`value` as JSON types; a record's fields that are as they are unless told are left out."""
    if is_dataclass(value):
        pairs = ((f, getattr(value, f.name)) for f in fields(value))
        return {f.name: plain(v) for f, v in pairs if v != f.default}
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    return value
