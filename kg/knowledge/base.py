"""The knowledge base of actors at run time: who bears a name, who holds an office on a day."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from kg.errors import KnowledgeError
from kg.knowledge.additions import BY_NAME, OWN_IRI, read_additions, thing_ref
from kg.knowledge.names import NameKind, fits_shape, normalize_name, shaped_words
from kg.knowledge.naming import PARTICLES
from kg.knowledge.overlay import lay_over
from kg.knowledge.packing import KINDS, NEVER_ALONE, PER_MILLE, Packed, read_packed
from kg.knowledge.titles import LEADER, same_title

PACKAGED: Final = Path(__file__).parent / "actors.jsonl.gz"
USABLE_SURNAME: Final = 0.5  # a surname is found in running text when it means one person at least this often
FORMAL_NAME: Final = re.compile(
    r"(?:(?:\w+ )?republic|kingdom|state|commonwealth|principality|emirate|sultanate|city|town|municipality|province|"
    r"region) of (?:the )?(.+)|(.+) (?:special administrative region|autonomous region)"
)
OWN_NAMES: Final = frozenset({NameKind.NAME, NameKind.ALIAS})
NAMESAKES: Final = 2  # people with a first name that tell of what gender it is,
NEARLY_ALL: Final = 0.95  # and how many of them have to have it
PLACES: Final = frozenset({"Country", "AdministrativeArea", "City", "Place"})
INSIDE_NAMES: Final = frozenset("-–,'’/")  # tokens without letters that a name may have inside
LONGEST_NAME: Final = 12  # tokens; longer known names are official forms that running text does not use whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something in the world that news writes about."""

    id: str  # Wikidata id, else "w/" + English Wikipedia title; of what a user adds also an IRI, or "user/" + slug
    name: str
    type: str  # local name of a schema.org class
    wikidata: str | None
    wikipedia: str | None  # English title with underscores
    country: str | None  # id of a Country entry
    prior: float  # 0–1: how often news means this by its main name
    leader: bool
    gender: str | None
    source: str

    @property
    def iri(self) -> str | None:
        """The IRI that a user gave it, where it has no other id."""
        return self.id if self.id.startswith(OWN_IRI) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A post held for a time; `begin` and `end` are None where the sources do not tell."""

    person: str
    title: str
    body: str  # Entry id of a country or organization
    begin: date | None
    end: date | None
    top: bool  # its holder leads the country or the organization
    source: str

    def held_on(self, day: date) -> bool:
        """On the day of a change both the old and the new holder hold the office."""
        return (self.begin is None or self.begin <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What a name may mean; `prior` is 0–1 and leaves room for namesakes that the base does not know."""

    id: str
    kind: NameKind
    prior: float


class KnowledgeBase:
    """Read only. Entries are made from their rows when asked for."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self._rows: dict[str, int] = {row[0]: index for index, row in enumerate(packed.entries)}
        self._names: dict[str, list[Any]] = {row[0]: row for row in packed.names}
        self._keys: list[str] = [row[0] for row in packed.names]  # sorted, for prefixes
        self._by_person: dict[int, list[list[Any]]] = {}
        self._by_body: dict[int, list[list[Any]]] = {}
        for row in packed.offices:
            self._by_person.setdefault(row[0], []).append(row)
            self._by_body.setdefault(row[2], []).append(row)

    @classmethod
    def load(cls, path: str | Path | None = None, additions: Sequence[str | Path] = ()) -> "KnowledgeBase":
        """The base in the file at `path`, or the packaged one, with what CSV and Turtle files add to it or correct.

        Raises KnowledgeError if one cannot be read.
        """
        packed = read_packed(Path(path) if path is not None else PACKAGED)
        for file in additions:
            packed = lay_over(packed, read_additions(Path(file)))
        return cls(packed)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def entry(self, entry_id: str) -> Entry:
        """The entry with that id. Raises KnowledgeError for an id that the base does not hold."""
        index = self._rows.get(entry_id)
        if index is None:
            raise KnowledgeError(f"no entry {entry_id!r} in the knowledge base")
        _, name, kind, wikidata, wikipedia, country, prior, leader, gender, source = self._packed.entries[index]
        return Entry(
            id=entry_id,
            name=name,
            type=self._packed.types[kind],
            wikidata=(entry_id if wikidata == 1 else wikidata) or None,
            wikipedia=(name.replace(" ", "_") if wikipedia == 1 else wikipedia) or None,
            country=self._packed.entries[country][0] if country >= 0 else None,
            prior=prior / PER_MILLE,
            leader=bool(leader),
            gender=gender or None,
            source=self._packed.sources[source],
        )

    def gender_of(self, first_name: str) -> str | None:
        """The gender ("m", "f") of nearly all people of the base with that first name; None where it tells little."""
        name = normalize_name(first_name)
        return None if name in PARTICLES else self._first_names.get(name)

    @cached_property
    def _first_names(self) -> dict[str, str]:
        borne: dict[str, Counter[str]] = defaultdict(Counter)
        for _, name, *_, gender, _ in self._packed.entries:
            first, _, rest = name.partition(" ")
            if gender and rest:
                borne[normalize_name(first)][gender] += 1
        told = ((name, *found.most_common(1)[0], found.total()) for name, found in borne.items())
        return {name: gender for name, gender, n, total in told if total >= NAMESAKES and n >= NEARLY_ALL * total}

    # ── names ────────────────────────────────────────────────────────────────────────────────────

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Everything that bears `name`, best first; capitals do not matter here.

        A formal name that is not listed ("Republic of Türkiye") is its short name's, if that is a place.
        """
        key = normalize_name(name)
        row = self._names.get(key)
        if row is None:
            formal = FORMAL_NAME.fullmatch(key)
            found = self.candidates(formal[1] or formal[2]) if formal else ()
            return tuple(one for one in found if one.kind in OWN_NAMES and self.entry(one.id).type in PLACES)
        return tuple(
            Candidate(id=self._packed.entries[index][0], kind=KINDS[kind], prior=prior / PER_MILLE)
            for index, kind, prior in row[2]
        )

    def names_of(self, entry_id: str) -> tuple[tuple[str, Candidate], ...]:
        """Every name under which an entry is known, as `normalize_name` writes it, the likeliest first."""
        index = self._rows.get(entry_id, -1)
        found = [
            (row[0], Candidate(id=entry_id, kind=KINDS[kind], prior=prior / PER_MILLE))
            for row in self._packed.names
            for bearer, kind, prior in row[2]
            if bearer == index
        ]
        return tuple(sorted(found, key=lambda one: (KINDS.index(one[1].kind), -one[1].prior, one[0])))

    def search(self, name: str) -> Iterator[Candidate]:
        """Who bears `name`, then who bears a name that holds all its words; each entry once, the likeliest first."""
        seen = set[str]()
        words = normalize_name(name).split()
        partly = [
            candidate
            for row in self._packed.names
            if words and set(words) <= set(row[0].split())
            for candidate in self.candidates(row[0])
        ]
        for candidate in (*self.candidates(name), *sorted(partly, key=lambda one: (-one.prior, one.id))):
            if candidate.id not in seen:
                seen.add(candidate.id)
                yield candidate

    def find(self, thing: str) -> str | None:
        """The id of what is given by id, English Wikipedia title or address, or a name that only one thing bears."""
        ref = thing_ref(thing)
        if ref in self._rows:
            return ref
        title = ref.removeprefix("w/").removeprefix(BY_NAME).replace(" ", "_")
        titled = [entry_id for entry_id in self._rows if self.entry(entry_id).wikipedia == title]
        bearers = titled or [one.id for one in self.candidates(thing) if one.kind is not NameKind.METONYM]
        return bearers[0] if len(bearers) == 1 else None

    def longest_match(self, words: Sequence[str], start: int) -> int:
        """How many tokens from `start` on are the longest known name there; 0 if none.

        Capitals count ("Turkey", never "turkey"), unless all of `words` is in capitals as headlines are. A surname
        alone is found only when it nearly always means one prominent person.
        """
        headline = _all_capitals(words)
        run: list[tuple[str, str]] = []
        best = 0
        for end in range(start, min(len(words), start + LONGEST_NAME)):
            shaped = shaped_words(words[end])
            if not shaped and (not run or words[end] not in INSIDE_NAMES):
                break
            if not run and shaped[0][0] == "the":
                break
            if end > start and _is_initial(words[end]) and _is_initial(words[end - 1]):
                run[-1] = (run[-1][0] + shaped[0][0], "U")  # "J." "D." is one word, as in "J.D."
            else:
                run.extend(shaped)
            key = " ".join(word for word, _ in run)
            if shaped and self._is_seen(key, run, headline):
                best = end - start + 1
            if not self._begins_name(key):
                break
        return best

    def _is_seen(self, key: str, run: list[tuple[str, str]], headline: bool) -> bool:
        row = self._names.get(key)
        if row is None or row[1] == NEVER_ALONE or not _usable(row[2]):
            return False
        seen = "".join(shape for _, shape in run)
        if headline and set(seen) <= {"U", "C", "d"}:
            return True
        lengths = tuple(len(word) for word, _ in run)
        known = row[1] or "C" * len(run)
        return any(fits_shape(seen, shape, lengths) for shape in known.split("|"))

    def _begins_name(self, key: str) -> bool:
        place = bisect_left(self._keys, key + " ")
        return place < len(self._keys) and self._keys[place].startswith(key + " ")

    # ── offices ──────────────────────────────────────────────────────────────────────────────────

    def holders(self, title: str, body: str, on: date | None = None) -> tuple[Office, ...]:
        """Who holds the office `title` of `body` on that day; at any time when no day is given.

        `title` is compared by meaning ("PM" = "premier" = "prime minister"); "leader" is whoever leads the country.
        """
        rows = self._by_body.get(self._rows.get(body, -1), [])
        leader = title.casefold() == LEADER
        meant = (row for row in rows if (row[6] if leader and _has_top(rows) else same_title(title, row[1])))
        return tuple(sorted(self._offices(meant, on), key=_latest_first))

    def posts_in(self, body: str, on: date | None = None) -> tuple[Office, ...]:
        """All posts of a country or organization and who holds them on that day, or held them, the newest first."""
        return tuple(sorted(self._offices(self._by_body.get(self._rows.get(body, -1), []), on), key=_latest_first))

    def offices(self, person: str, on: date | None = None) -> tuple[Office, ...]:
        """What a person holds on that day, or ever held as far as the base knows."""
        return tuple(self._offices(self._by_person.get(self._rows.get(person, -1), []), on))

    def _offices(self, rows: Iterable[list[Any]], on: date | None) -> Iterator[Office]:
        """The rows' offices that are held on that day; all of them when no day is given."""
        offices = (self._office(row) for row in rows)
        return (office for office in offices if on is None or office.held_on(on))

    def _office(self, row: list[Any]) -> Office:
        person, title, body, begin, end, source, top = row
        return Office(
            person=self._packed.entries[person][0],
            title=title,
            body=self._packed.entries[body][0],
            begin=date.fromisoformat(begin) if begin else None,
            end=date.fromisoformat(end) if end else None,
            top=bool(top),
            source=self._packed.sources[source],
        )


def _has_top(rows: Sequence[list[Any]]) -> bool:
    return any(row[6] for row in rows)


def _latest_first(office: Office) -> tuple[int, str]:
    return (-office.begin.toordinal() if office.begin else 0, office.person)


def _all_capitals(words: Sequence[str]) -> bool:
    """A headline in capitals: at least two words with letters, none with a lower-case letter."""
    lettered = 0
    for word in words:
        if word.isalpha() or any(c.isalpha() for c in word):
            if not word.isupper() and word not in {"'s", "’s"}:
                return False
            lettered += 1
    return lettered > 1


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word[0].isupper() and word[1] == "."


def _usable(bearers: list[list[int]]) -> bool:
    surname = KINDS.index(NameKind.SURNAME)
    return any(kind != surname or prior >= USABLE_SURNAME * PER_MILLE for _, kind, prior in bearers)
