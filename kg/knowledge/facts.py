"""What the sources of the knowledge base tell, before it is put together.

A `Ref` names a thing as one source knows it: "Q7747", "w/Vladimir_Putin", or "n/Q159/…" for a name that has neither.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.knowledge.names import NameKind

Ref = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name of a thing; `weight` says how much this source saw it used so (a count, or a guess on that scale).

    Of a metonym it is the share (0–1) of all uses of the name that mean this thing, whatever else bears the name.
    """

    text: str
    kind: NameKind
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What one source says about one thing. `refs` are its identifiers, at least one; `type` is None if not told.

    `trust` orders sources that disagree about name and type (higher wins).
    """

    refs: tuple[Ref, ...]
    source: str
    trust: int
    name: str | None = None
    type: str | None = None
    country: Ref | None = None
    names: tuple[Named, ...] = ()
    leader: bool = False
    gender: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A post that a person holds or held. `seen` are the days on which news called the person so.

    A list that leaves a term open tells nothing of the days after `known_until`, when it was written.
    """

    person: Ref
    title: str
    body: Ref
    source: str
    begin: date | None = None
    end: date | None = None
    top: bool = False
    seen: tuple[date, ...] = ()
    known_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Harvest:
    """All that one source gives."""

    things: tuple[Thing, ...] = ()
    held: tuple[Held, ...] = ()


def gathered(harvests: Iterable[Harvest]) -> Harvest:
    """Several harvests as one, in order."""
    harvests = tuple(harvests)
    return Harvest(
        things=tuple(thing for harvest in harvests for thing in harvest.things),
        held=tuple(held for harvest in harvests for held in harvest.held),
    )


def wiki_ref(title: str) -> Ref:
    """The ref of an English Wikipedia title, with spaces or underscores."""
    return "w/" + title.strip().replace(" ", "_")
