"""From merged things and terms to the rows of the file: ids to line numbers, weights to priors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kg.knowledge.facts import Ref
from kg.knowledge.merging import Merged
from kg.knowledge.names import NameKind, name_shape, normalize_name, plain_text
from kg.knowledge.packing import KINDS, PER_MILLE, Packed
from kg.knowledge.tenure import Term

# Weight of all bearers of a name that the base does not know. Full names of persons and places are rarely shared with
# somebody else in the news, surnames often.
UNKNOWN: Final[Mapping[NameKind, float]] = {
    NameKind.NAME: 0.3,
    NameKind.ALIAS: 0.4,
    NameKind.ACRONYM: 0.5,
    NameKind.DEMONYM: 0.5,
    NameKind.METONYM: 0.3,
    NameKind.SURNAME: 3.0,
}
LONGEST_KEY: Final = 80  # characters; longer names are official forms that no article writes
SHORTEST_KEY: Final = 2
LOWEST_PRIOR: Final = 2  # thousandths: a bearer of a common surname that the linker would never choose is left out
MOST_BEARERS: Final = 40


def pack(merged: Sequence[Merged], terms: Sequence[Term], leaders: Iterable[Ref]) -> Packed:
    """All rows, sorted. `leaders` are the ids of persons in high office."""
    leaders = frozenset(leaders)
    place = {one.id: index for index, one in enumerate(merged)}
    types = sorted({one.type for one in merged})
    sources = sorted({one.source for one in merged} | {term.source for term in terms})
    names, priors = _names(merged)
    entries = [
        [
            one.id,
            one.name,
            types.index(one.type),
            _short(one.wikidata, one.id),
            _short(one.wikipedia, one.name.replace(" ", "_")),
            place.get(one.country or "", -1),
            priors.get(index, 0),
            int(one.id in leaders),
            one.gender or 0,
            sources.index(one.source),
        ]
        for index, one in enumerate(merged)
    ]
    offices = [
        [
            place[term.person],
            term.title,
            place[term.body],
            term.begin.isoformat() if term.begin else 0,
            term.end.isoformat() if term.end else 0,
            int(term.top),
            sources.index(term.source),
        ]
        for term in terms
    ]
    return Packed(types=types, sources=sources, entries=entries, names=names, offices=_office_rows(offices))


def _office_rows(offices: list[list[Any]]) -> list[list[Any]]:
    return sorted(([p, t, b, begin, end, source, top] for p, t, b, begin, end, top, source in offices), key=str)


def _short(value: str | None, usual: str) -> str | int:
    return 0 if value is None else 1 if value == usual else value


def _names(merged: Sequence[Merged]) -> tuple[list[list[Any]], dict[int, int]]:
    """The rows of names, and the prior of every entry by its main name."""
    bearers: dict[str, dict[int, dict[NameKind, float]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(float)))
    shapes: dict[str, set[str]] = defaultdict(set)
    for index, one in enumerate(merged):
        for text, kinds in one.names.items():
            key = normalize_name(text)
            if not SHORTEST_KEY <= len(key) <= LONGEST_KEY or not any(c.isupper() for c in text):
                continue
            shapes[key].add(name_shape(text))
            for kind, weight in kinds.items():
                bearers[key][index][kind] += weight
    rows: list[list[Any]] = []
    priors: dict[int, int] = {}
    for key in sorted(bearers):
        row = _bearers(bearers[key])
        if row:
            rows.append([key, _shapes(key, shapes[key]), row])
        for index, _, prior in row:
            if key == normalize_name(merged[index].name):
                priors[index] = max(priors.get(index, 0), prior)
    return rows, priors


def _bearers(by_entry: Mapping[int, Mapping[NameKind, float]]) -> list[list[int]]:
    """[entry, kind, prior] of each bearer of one name; it bears the name in the way that weighs most."""
    chosen = []
    for index, kinds in by_entry.items():
        kind = min(kinds, key=lambda kind: (-kinds[kind], KINDS.index(kind)))
        chosen.append((index, kind, sum(kinds.values())))
    unknown = min(UNKNOWN[kind] for _, kind, _ in chosen)
    total = sum(weight for _, _, weight in chosen) + unknown
    row = [[index, KINDS.index(kind), round(PER_MILLE * weight / total)] for index, kind, weight in chosen]
    row.sort(key=lambda bearer: (-bearer[2], bearer[0]))
    return [bearer for bearer in row[:MOST_BEARERS] if bearer[2] >= LOWEST_PRIOR]


def _shapes(key: str, shapes: set[str]) -> int | str:
    count = len(plain_text(key).split())
    known = sorted(shape for shape in shapes if len(shape) == count and set(shape) - set("ld"))
    return 0 if not known or known == ["C" * count] else "|".join(known)
