"""Things that share a ref become one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.knowledge.facts import Ref, Thing
from kg.knowledge.names import NameKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One thing as all sources together tell it. `names` maps a text to its kinds and their weights."""

    refs: tuple[Ref, ...]  # the best identifier first
    wikidata: str | None
    wikipedia: str | None
    name: str
    type: str
    country: Ref | None
    names: Mapping[str, Mapping[NameKind, float]]
    gender: str | None
    source: str
    sources: frozenset[str]

    @property
    def id(self) -> Ref:
        """The Wikidata id where known, else "w/" and the Wikipedia title."""
        return self.refs[0]

    @property
    def weight(self) -> float:
        """How much all sources together saw of it."""
        return sum(sum(kinds.values()) for kinds in self.names.values())


class Unions:
    """Disjoint sets of refs."""

    def __init__(self) -> None:
        self._parents: dict[Ref, Ref] = {}

    def root(self, ref: Ref) -> Ref:
        """The representative of the set that `ref` is in."""
        parent = self._parents.setdefault(ref, ref)
        while parent != self._parents[parent]:
            parent = self._parents[parent]
        self._parents[ref] = parent
        return parent

    def unite(self, one: Ref, other: Ref) -> None:
        """Make the sets of both one."""
        first, second = sorted((self.root(one), self.root(other)))
        self._parents[second] = first


def merge(things: Iterable[Thing], joins: Iterable[tuple[Ref, Ref]] = ()) -> list[Merged]:
    """Unite things by their refs and by `joins`; groups that no source names are dropped. Sorted by id."""
    things = tuple(things)
    unions = Unions()
    for thing in things:
        for ref in thing.refs:
            unions.unite(thing.refs[0], ref)
    for one, other in joins:
        unions.unite(one, other)
    groups: dict[Ref, list[Thing]] = defaultdict(list)
    for thing in things:
        groups[unions.root(thing.refs[0])].append(thing)
    merged = (_merged(group) for group in groups.values())
    return sorted((one for one in merged if one is not None), key=lambda one: one.id)


def _merged(group: list[Thing]) -> Merged | None:
    named = sorted((thing for thing in group if thing.name), key=lambda thing: (-thing.trust, thing.source, thing.refs))
    if not named:
        return None
    names: dict[str, Counter[NameKind]] = defaultdict(Counter)
    for thing in group:
        for name in thing.names:
            names[name.text][name.kind] += name.weight
    wikidata = _best_id(group)
    wikipedia = _best_title(group)
    others = sorted({ref for thing in group for ref in thing.refs})
    best = wikidata or (f"w/{wikipedia}" if wikipedia else others[0])
    name = named[0].name
    assert name is not None
    return Merged(
        refs=(best, *(ref for ref in others if ref != best)),
        wikidata=wikidata,
        wikipedia=wikipedia,
        name=name,
        type=next((thing.type for thing in named if thing.type), "Thing"),
        country=next((thing.country for thing in named if thing.country), None),
        names=names,
        gender=next((thing.gender for thing in named if thing.gender), None),
        source=named[0].source,
        sources=frozenset(thing.source for thing in group),
    )


def _best_id(group: list[Thing]) -> str | None:
    """That of the most trusted source; among its own the oldest, which is the one that other ids redirect to."""
    found = [(-thing.trust, int(ref[1:]), ref) for thing in group for ref in thing.refs if ref.startswith("Q")]
    return min(found)[2] if found else None


def _best_title(group: list[Thing]) -> str | None:
    """That of the most trusted source; among equals the one that is linked most."""
    found = [
        (-thing.trust, -sum(name.weight for name in thing.names), ref.removeprefix("w/"))
        for thing in group
        for ref in thing.refs
        if ref.startswith("w/")
    ]
    return min(found)[2] if found else None
