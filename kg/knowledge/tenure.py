"""From what each source says of a post to one row a holder, with begin and end as well as they can be told.

A list may leave a term open that ended after it was written, and news tells only on which days somebody was called
president. For posts that one person holds at a time, a holder whose term is open ends where the next one begins.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from kg.knowledge.facts import Held, Ref

# Posts that one person at a time holds in one body.
SINGLE: Final = frozenset(
    {
        "President",
        "Prime Minister",
        "Chancellor",
        "Foreign Minister",
        "Secretary of State",
        "Defense Minister",
        "Finance Minister",
        "Interior Minister",
        "Supreme Leader",
        "King",
        "Emir",
        "Sultan",
        "Emperor",
        "Pope",
        "Secretary-General",
        "Director-General",
        "High Representative",
        "National Security Adviser",
        "Vice President",
        "Attorney General",
        "Queen",
        "Chief of the General Staff",
        "Justice Minister",
        "Health Minister",
    }
)
_TRUST: Final = {"curated": 3, "us-congress": 3, "factbook": 2, "officeholders": 1, "current-events": 0}
LEADING: Final = (
    "Supreme Leader",
    "President",
    "Secretary-General",
    "Director-General",
    "Leader",
    "Prime Minister",
    "Chairman",
)
SIGHTED: Final = "current-events"
LISTS_UNTIL: Final = date(2026, 1, 31)  # until then the factbook and the curated table know who holds a post
_CLOSE: Final = timedelta(days=45)  # terms that begin this close together are one, told by two sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A post of one person, from one source or several."""

    person: Ref
    title: str
    body: Ref
    begin: date | None
    end: date | None
    top: bool
    source: str
    seen: tuple[date, ...]
    known_until: date | None


def terms(held: Iterable[Held]) -> list[Term]:
    """One row a term, sorted by body, title, begin and person. Refs must be canonical already."""
    posts: dict[tuple[Ref, str], list[Held]] = defaultdict(list)
    for one in held:
        posts[one.body, one.title].append(one)
    found: list[Term] = []
    for (body, title), group in sorted(posts.items()):
        tops = any(one.top for one in group) or (title == _leading_title(posts, body))
        rows = [term for person in sorted({one.person for one in group}) for term in _of_person(group, person, tops)]
        found.extend(_shut(row) for row in (_in_sequence(rows) if title in SINGLE else rows))
    return sorted(found, key=lambda t: (t.body, t.title, t.begin or date.min, t.person))


def _leading_title(posts: Mapping[tuple[Ref, str], list[Held]], body: Ref) -> str | None:
    """Where no source tells which post leads the body: the first of these that somebody holds."""
    here = {title: group for (ref, title), group in posts.items() if ref == body}
    if any(one.top for group in here.values() for one in group):
        return None
    held = {title for title, group in here.items() if any(one.end is None for one in group)}
    return next((title for title in LEADING if title in held), None)


def _of_person(group: Sequence[Held], person: Ref, top: bool) -> list[Term]:
    """The terms of one person in one post: those that sources give with dates, closest to each other merged."""
    mine = sorted(
        (one for one in group if one.person == person),
        key=lambda one: (-_TRUST.get(one.source, 0), one.begin or date.min, one.end or date.max),
    )
    seen = tuple(sorted({day for one in mine for day in one.seen}))
    rows: list[Term] = []
    for one in mine:
        if one.seen:
            continue
        same = next((row for row in rows if _same_term(row, one)), None)
        if same is None:
            rows.append(_term(one, top, seen))
        else:
            place = rows.index(same)
            rows[place] = replace(same, begin=_begin(same, one), known_until=_known_until(same, one))
    if not rows and seen:
        rows.append(replace(_term(mine[0], top, seen), begin=seen[0]))
    return rows


def _term(one: Held, top: bool, seen: tuple[date, ...]) -> Term:
    return Term(
        person=one.person,
        title=one.title,
        body=one.body,
        begin=one.begin,
        end=one.end,
        top=top,
        source=one.source,
        seen=seen,
        known_until=one.known_until if one.end is None else None,
    )


def _begin(row: Term, one: Held) -> date | None:
    """The factbook dates presidents from their last election: the earlier begin of an unbroken term is right."""
    if row.begin is None or one.begin is None or row.source == "curated":
        return row.begin or one.begin
    return row.begin if row.begin.year == one.begin.year else min(row.begin, one.begin)


def _known_until(row: Term, one: Held) -> date | None:
    return None if row.known_until is None or one.known_until is None else max(row.known_until, one.known_until)


def _same_term(row: Term, one: Held) -> bool:
    if row.begin is None or one.begin is None or abs(row.begin - one.begin) <= _CLOSE:
        return True
    begins, ends = max(row.begin, one.begin), min(row.end or date.max, one.end or date.max)
    return begins < ends  # overlapping terms of one person are one


def _in_sequence(rows: list[Term]) -> list[Term]:
    """Close open terms where the next begins; drop holders of whom news alone speaks, and against the others."""
    rows = [_shut(row) for row in rows if not _contradicted(row, rows)]
    rows.sort(key=_known_begin)
    closed: list[Term] = []
    for index, row in enumerate(rows):
        later = next((r for r in rows[index + 1 :] if r.person != row.person and r.begin != row.begin), None)
        if later is not None and later.begin is not None and (row.end is None or row.end > later.begin):
            begun = row.begin or date.min
            row = replace(row, end=max(later.begin, begun))
        closed.append(row)
    return closed


def _known_begin(row: Term) -> tuple[date, Ref]:
    """A holder without dates is the newest that the undated lists know, or somebody of long ago whose end is known."""
    return row.begin or (date.min if row.end is not None else LISTS_UNTIL), row.person


def _shut(row: Term) -> Term:
    """An open term of an old list ends with what the list knows, unless news still calls the person so later."""
    if row.end is not None or row.known_until is None or (row.seen and row.seen[-1] > row.known_until):
        return row
    return replace(row, end=max(row.known_until, row.begin or row.known_until))


def _contradicted(row: Term, rows: Sequence[Term]) -> bool:
    if row.source != SIGHTED:
        return False
    first, last = row.seen[0], row.seen[-1]
    for other in rows:
        if other.person == row.person or (other.begin is not None and other.begin > first):
            continue
        if other.end is not None and other.end >= last:
            return True  # the known term of another covers all the days
        if other.end is None and any(day > last for day in other.seen):
            return True  # news goes on calling the other so
        if other.end is None and other.known_until is None and other.source != SIGHTED and first <= LISTS_UNTIL:
            return True  # who holds the post was known when news spoke of somebody else
    return False
