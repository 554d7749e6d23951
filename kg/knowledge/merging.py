"""Things that share a ref become one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
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
    things, joins = tuple(things), tuple(joins)
    unions = Unions()
    for thing in things:
        for ref in thing.refs:
            unions.unite(thing.refs[0], ref)
    for one, other in joins:
        unions.unite(one, other)
    groups: dict[Ref, list[Thing]] = defaultdict(list)
    for thing in things:
        groups[unions.root(thing.refs[0])].append(thing)
    joined: dict[Ref, set[Ref]] = defaultdict(set)
    for ref in (ref for pair in joins for ref in pair):
        joined[unions.root(ref)].add(ref)
    merged = (_merged(group, joined[root]) for root, group in groups.items())
    return sorted((one for one in merged if one is not None), key=lambda one: one.id)


def _merged(group: list[Thing], joined: Collection[Ref]) -> Merged | None:
    named = sorted((thing for thing in group if thing.name), key=lambda thing: (-thing.trust, thing.source, thing.refs))
    if not named:
        return None
    names: dict[str, dict[NameKind, float]] = defaultdict(lambda: defaultdict(float))
    for thing in group:
        for name in thing.names:
            counts = names[name.text]
            if name.kind is NameKind.METONYM:  # a share, not a count
                counts[name.kind] = max(counts[name.kind], name.weight)
            else:
                counts[name.kind] += name.weight
    wikidata = _best_id(group)
    wikipedia = _best_title(group, joined)
    others = sorted({ref for thing in group for ref in thing.refs} | set(joined))
    best = wikidata or (f"w/{wikipedia}" if wikipedia else others[0])
    main = named[0].name
    assert main is not None
    if wikipedia and wikipedia.isupper() and "_" not in wikipedia:
        main = wikipedia  # NATO, EFTA: an encyclopedia names a body by its acronym where nearly everybody does
    kind = next((thing.type for thing in named if thing.type), "Thing")
    # What stands beside a country in the news (a visitor's land, a neighbour) is not where it lies.
    tellers = named[:1] if kind == "Country" else named
    return Merged(
        refs=(best, *(ref for ref in others if ref != best)),
        wikidata=wikidata,
        wikipedia=wikipedia,
        name=main,
        type=kind,
        country=next((thing.country for thing in tellers if thing.country), None),
        names=names,
        gender=next((thing.gender for thing in named if thing.gender), None),
        source=named[0].source,
        sources=frozenset(thing.source for thing in group),
    )


def _best_id(group: list[Thing]) -> str | None:
    """That of the most trusted source; among its own the oldest, which is the one that other ids redirect to."""
    found = [(-thing.trust, int(ref[1:]), ref) for thing in group for ref in thing.refs if ref.startswith("Q")]
    return min(found)[2] if found else None


def _best_title(group: list[Thing], joined: Collection[Ref]) -> str | None:
    """That of the most trusted source, among equals the one that is linked most; else one that a join brought."""
    found = [
        (-thing.trust, -sum(name.weight for name in thing.names), ref.removeprefix("w/"))
        for thing in group
        for ref in thing.refs
        if ref.startswith("w/")
    ]
    brought = [ref.removeprefix("w/") for ref in joined if ref.startswith("w/")]
    return min(found)[2] if found else min(brought, default=None)
