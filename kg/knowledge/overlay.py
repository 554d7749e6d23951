"""Facts of the user's laid over the rows of a knowledge base: they win over what the base says of the same thing."""

from collections.abc import Iterable
from typing import Any, Final

from kg.errors import KnowledgeError
from kg.knowledge.additions import BY_NAME
from kg.knowledge.assembling import HIGHEST_SHARE, join_shapes, shorten, split_shapes
from kg.knowledge.facts import Harvest, Held, Named, Ref, Thing
from kg.knowledge.names import NameKind, name_shape, normalize_name
from kg.knowledge.packing import KINDS, PER_MILLE, Packed
from kg.knowledge.tenure import LEADING, SINGLE
from kg.knowledge.titles import canonical_title
from kg.naming import slug

SURNAME_SHARE: Final = 0.4
"""Prior of a surname: under `USABLE_SURNAME`, so that it is found after the full name and not alone."""

_OWN_NAMES: Final = frozenset({KINDS.index(kind) for kind in (NameKind.NAME, NameKind.ALIAS, NameKind.ACRONYM)})
_ID, _NAME, _TYPE, _WIKIDATA, _WIKIPEDIA, _COUNTRY, _PRIOR, _LEADER, _GENDER, _SOURCE = range(10)  # of an entry's row


def lay_over(packed: Packed, added: Harvest) -> Packed:
    """`packed` with `added`; what `packed` holds is not changed. Raises KnowledgeError where a name means nothing."""
    return _Overlay(packed).add(added)


class _Overlay:
    def __init__(self, packed: Packed) -> None:
        self.types, self.sources = list(packed.types), list(packed.sources)
        self.entries = [list(row) for row in packed.entries]
        self.names = {row[0]: row for row in packed.names}  # rows are replaced, never changed
        self.offices = [list(row) for row in packed.offices]
        self.places: dict[Ref, int] = {row[_ID]: index for index, row in enumerate(self.entries)}
        for index, row in enumerate(self.entries):
            for ref in (_wikidata(row), f"w/{_wikipedia(row)}"):
                self.places.setdefault(ref or "", index)

    def add(self, added: Harvest) -> Packed:
        for thing in added.things:
            self._add_thing(thing)
        for thing in added.things:
            self._add_country(thing)
        for held in added.held:
            self._add_office(held)
        return Packed(
            types=self.types,
            sources=self.sources,
            entries=self.entries,
            names=[self.names[key] for key in sorted(self.names)],
            offices=self.offices,
        )

    def _add_thing(self, thing: Thing) -> None:
        place = next((self.places[ref] for ref in thing.refs if ref in self.places), None)
        if place is None and thing.refs[0].startswith(BY_NAME):
            place = self._by_name(thing.refs[0], {thing.type} if thing.type else None, main=True)
        if place is None:
            place = self._new_entry(thing)
        row = self.entries[place]
        wikidata = next((ref for ref in thing.refs if ref[:1] == "Q"), _wikidata(row))
        wikipedia = next((ref[2:] for ref in thing.refs if ref[:2] == "w/"), _wikipedia(row))
        row[_NAME] = thing.name or row[_NAME]
        row[_WIKIDATA], row[_WIKIPEDIA] = shorten(wikidata, row[_ID]), shorten(wikipedia, _titled(row))
        row[_TYPE] = _index(self.types, thing.type) if thing.type else row[_TYPE]
        row[_GENDER] = thing.gender or row[_GENDER]
        row[_SOURCE] = _index(self.sources, thing.source)
        for ref in thing.refs:
            self.places[ref] = place
        for named in thing.names:
            self._add_name(place, named)
        row[_PRIOR] = max(row[_PRIOR], round(PER_MILLE * HIGHEST_SHARE))

    def _new_entry(self, thing: Thing) -> int:
        if thing.type is None:
            raise KnowledgeError(f"{thing.source}: {thing.name!r} is new and needs a type")
        ref = thing.refs[0]
        identifier = ref if not ref.startswith(BY_NAME) else f"user/{slug(ref.removeprefix(BY_NAME), longest=None)}"
        row: list[Any] = [identifier, thing.name, 0, 0, 0, -1, 0, 0, 0, 0]
        self.entries.append(row)
        self.places[identifier] = len(self.entries) - 1
        return len(self.entries) - 1

    def _add_country(self, thing: Thing) -> None:
        if thing.country is not None:
            row = self.entries[self.places[thing.refs[0]]]
            row[_COUNTRY] = self._known(thing.country, thing.source)

    def _add_name(self, place: int, named: Named) -> None:
        key = normalize_name(named.text)
        known = self.names.get(key, [key, 0, []])
        shapes = {name_shape(named.text)} | (split_shapes(key, known[1]) if key in self.names else set())
        share = SURNAME_SHARE if named.kind is NameKind.SURNAME else HIGHEST_SHARE
        before = next((bearer for bearer in known[2] if bearer[0] == place), None)
        if before is not None and before[2] >= share * PER_MILLE:
            return
        others = [[bearer, kind, round(prior * (1 - share))] for bearer, kind, prior in known[2] if bearer != place]
        bearers = [*others, [place, KINDS.index(named.kind), round(PER_MILLE * share)]]
        bearers.sort(key=lambda bearer: (-bearer[2], bearer[0]))
        self.names[key] = [key, join_shapes(key, shapes), bearers]

    def _add_office(self, held: Held) -> None:
        """A post that one person holds at a time ends for whoever held it when the new term begins."""
        person, body = self._known(held.person, held.source), self._known(held.body, held.source)
        title = canonical_title(held.title)
        begin, end = (day.isoformat() if day else 0 for day in (held.begin, held.end))
        same = [row for row in self.offices if row[2] == body and row[1] == title]
        if title in SINGLE and held.begin is not None:
            for row in same:
                if row[0] != person and (not row[3] or row[3] < begin) and (not row[4] or row[4] > begin):
                    row[4] = begin
        tops = {row[1] for row in self.offices if row[2] == body and row[6]}
        top = int(title in tops or (not tops and title in LEADING))
        self.offices = [row for row in self.offices if not (row in same and row[0] == person and row[3] == begin)]
        self.offices.append([person, title, body, begin, end, _index(self.sources, held.source), top])
        if title in SINGLE or top:
            self.entries[person][_LEADER] = 1

    def _known(self, ref: Ref, source: str) -> int:
        place = self.places.get(ref)
        if place is None and ref.startswith(BY_NAME):
            place = self._by_name(ref, None)
        if place is None:
            raise KnowledgeError(f"{source}: nothing is called {ref.removeprefix(BY_NAME)!r}; add it, or give its id")
        return place

    def _by_name(self, ref: Ref, types: Iterable[str] | None, *, main: bool = False) -> int | None:
        """The likeliest bearer of a name; with `main`, only by its main name."""
        key = normalize_name(ref.removeprefix(BY_NAME))
        for place, kind, _ in self.names.get(key, [key, 0, []])[2]:
            row = self.entries[place]
            fits = types is None or self.types[row[_TYPE]] in types
            if kind in _OWN_NAMES and fits and (not main or normalize_name(row[_NAME]) == key):
                return int(place)
        return None


def _wikidata(row: list[Any]) -> str | None:
    return (row[_ID] if row[_WIKIDATA] == 1 else row[_WIKIDATA]) or None


def _wikipedia(row: list[Any]) -> str | None:
    return (_titled(row) if row[_WIKIPEDIA] == 1 else row[_WIKIPEDIA]) or None


def _titled(row: list[Any]) -> str:
    return str(row[_NAME]).replace(" ", "_")


def _index(values: list[str], value: str) -> int:
    if value not in values:
        values.append(value)
    return values.index(value)
