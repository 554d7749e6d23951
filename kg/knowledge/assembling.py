"""From merged things and terms to the rows of the file: ids to line numbers, weights to priors."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from kg.errors import KnowledgeError
from kg.knowledge.facts import Ref
from kg.knowledge.merging import Merged
from kg.knowledge.names import NameKind, name_shape, normalize_name, plain_text
from kg.knowledge.packing import KINDS, NEVER_ALONE, PER_MILLE, Packed
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
PLAIN_WORD: Final = 3  # times in lower case in the portal: then "Target" or "Time" alone may be just the word
INSTITUTION: Final = 0.9  # prior from which a plain word with a capital is taken for one institution
_SURE: Final = frozenset({"Country", "AdministrativeArea", "City"})
LONGEST_KEY: Final = 80  # characters; longer names are official forms that no article writes
SHORTEST_KEY: Final = 2
LOWEST_PRIOR: Final = 2  # thousandths: a bearer of a common surname that the linker would never choose is left out
MOST_BEARERS: Final = 40
HIGHEST_SHARE: Final = 0.95  # of a metonym; leaves something to the other senses
COMMON_SURNAME: Final = 0.4  # highest prior of a surname that is also a plain word ("He", "Park"): not found alone


def pack(merged: Sequence[Merged], terms: Sequence[Term], leaders: Iterable[Ref], words: Mapping[str, int]) -> Packed:
    """All rows, sorted. `leaders` are the ids of persons in high office, `words` plain words of running text."""
    leaders = frozenset(leaders)
    place = {one.id: index for index, one in enumerate(merged)}
    if len(place) < len(merged):
        twice = sorted(name for name, count in Counter(one.id for one in merged).items() if count > 1)
        raise KnowledgeError(f"two things with one id, join them: {', '.join(twice)}")
    types = sorted({one.type for one in merged})
    sources = sorted({one.source for one in merged} | {term.source for term in terms})
    names, priors = _names(merged, words)
    entries = [
        [
            one.id,
            one.name,
            types.index(one.type),
            shorten(one.wikidata, one.id),
            shorten(one.wikipedia, one.name.replace(" ", "_")),
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


def shorten(value: str | None, usual: str) -> str | int:
    """An identifier as rows have it: 0 for none, 1 for the usual one."""
    return 0 if value is None else 1 if value == usual else value


def _names(merged: Sequence[Merged], words: Mapping[str, int]) -> tuple[list[list[Any]], dict[int, int]]:
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
        row = _bearers(bearers[key], key in words)
        if row:
            sure = any(merged[index].type in _SURE for index, _, _ in row) or _is_one_institution(row, merged)
            plain = shapes[key] == {"C"} and words.get(key, 0) >= PLAIN_WORD and not sure
            rows.append([key, NEVER_ALONE if plain else join_shapes(key, shapes[key]), row])
        for index, _, prior in row:
            if key == normalize_name(merged[index].name):
                priors[index] = max(priors.get(index, 0), prior)
    return rows, priors


def _is_one_institution(row: list[list[int]], merged: Sequence[Merged]) -> bool:
    """Does the word with a capital nearly always mean one institution ("Senate"), not many ("Police")?"""
    return bool(row) and merged[row[0][0]].type == "GovernmentOrganization" and row[0][2] >= INSTITUTION * PER_MILLE


def _bearers(by_entry: Mapping[int, Mapping[NameKind, float]], common: bool) -> list[list[int]]:
    """[entry, kind, prior] of each bearer of one name; it bears the name in the way that weighs most."""
    chosen = []
    shares = []
    for index, kinds in by_entry.items():
        kinds = dict(kinds)
        share = kinds.pop(NameKind.METONYM, 0.0)
        if not kinds:
            shares.append((index, min(share, HIGHEST_SHARE)))
            continue
        if kinds.keys() & {NameKind.NAME, NameKind.ALIAS}:
            kinds.pop(NameKind.DEMONYM, None)
        kind = min(kinds, key=lambda kind: (-kinds[kind], KINDS.index(kind)))
        chosen.append((index, kind, sum(kinds.values())))
    rest = sum(weight for _, _, weight in chosen) or 1.0
    left = 1.0 - min(sum(share for _, share in shares), HIGHEST_SHARE)
    chosen += [(index, NameKind.METONYM, rest * share / left) for index, share in shares]
    unknown = min(UNKNOWN[kind] for _, kind, _ in chosen)
    total = sum(weight for _, _, weight in chosen) + unknown
    row = [[index, KINDS.index(kind), round(PER_MILLE * weight / total)] for index, kind, weight in chosen]
    for bearer in row:
        if common and bearer[1] == KINDS.index(NameKind.SURNAME):
            bearer[2] = min(bearer[2], round(PER_MILLE * COMMON_SURNAME))
    row.sort(key=lambda bearer: (-bearer[2], bearer[0]))
    return [bearer for bearer in row[:MOST_BEARERS] if bearer[2] >= LOWEST_PRIOR]


def join_shapes(key: str, shapes: set[str]) -> int | str:
    """The cell of a name's row for the shapes in which it is known."""
    count = len(plain_text(key).split())
    known = sorted(shape for shape in shapes if len(shape) == count and set(shape) - set("ld"))
    return 0 if not known or known == ["C" * count] else "|".join(known)


def split_shapes(key: str, cell: int | str) -> set[str]:
    """What `join_shapes` made `cell` of; nothing for a plain word."""
    if cell == NEVER_ALONE:
        return set()
    return set(str(cell).split("|")) if cell else {"C" * len(key.split())}
