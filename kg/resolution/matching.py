"""Whether two articles tell of the same event: what speaks against it, and how much for it.

Similarity alone would join two different calls, so what differs comes first: ordinals, dates, places, swapped actors. A
country alone, or one side of two, proves nothing: two strikes by one army are two events unless something else is the
same.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final

from kg.lexicon import read_words
from kg.model import HAPPENED, DateRange, Status
from kg.resolution.candidates import NUMBERS, ROLES, Candidate
from kg.resolution.support import TOLLS

SLIP: Final = timedelta(days=1)
"""Two outlets' dates of one event differ by a time zone, or a mistake."""
SERIES: Final = timedelta(days=45)
"""How far ahead the next of a series is announced."""
RELAXED_TYPES: Final = frozenset({"Conflict"})
"""A war goes on for years: dates do not separate its mentions."""
ONCE: Final = frozenset({"Invasion", "Election", "Appointment", "Resignation"})
"""Classes of which one actor does not see two within days."""
DAILY: Final = frozenset({"Attack", "Release", "Protest", "Casualty", "TerritorialCapture", "Mobilization"})
"""Classes of which the same actors see another one tomorrow."""
DEEDS: Final = frozenset({"Sanction", "Tariff", "MilitaryAid", "EconomicAid", "HumanitarianAid", "LegislativeVote"})
"""Classes of which the same actors see another one next week."""
ENOUGH: Final = 2
"""Things that must be the same."""
DATED: Final = timedelta(days=31)
"""A longer range is no date that two articles can agree on."""
ALIKE: Final = 0.4
"""Share of the words of the shorter account that make two accounts one story. These shares were set on 105 pairs of
news items that had been joined (`tests/measure_resolution.py days`), judged one by one."""
LIKE_DAYS: Final = 0.15
"""The same of accounts that give the same day."""
LIKE_PLACES: Final = 0.2
"""The same of accounts that give the same place smaller than a town."""
LIKE_WARS: Final = 0.25
"""The same of wars of which one party is named."""
LIKE_DEEDS: Final = 0.3
"""The same of DEEDS told on different days."""
SIDE: Final = ("agent", "target", "recipient")
NEAR: Final = 0.6
"""Share of the larger toll that outlets still report of the same attack."""


def similarity(a: Candidate, b: Candidate) -> float:
    """0 for a pair that is vetoed or has too little in common; else how much both share."""
    if veto(a, b) is not None or not is_enough(a, b):
        return 0.0
    score = 0.0
    for role in ROLES:
        mine, theirs = a.actors(role), b.actors(role)
        if mine and theirs:
            score += len(mine & theirs) / min(len(mine), len(theirs))
    score += shares_place(a, b)
    score += 0.5 * _share_dates(a, b)
    return score + sum(0.5 for name in NUMBERS if a.number(name) & b.number(name))


def shares_actor(a: Candidate, b: Candidate) -> bool:
    """Whether an actor has the same role in both."""
    return any(a.actors(role) & b.actors(role) for role in ROLES)


def shares_place(a: Candidate, b: Candidate) -> bool:
    """Whether both are put at the same place."""
    return any(place in b.places for place in a.places) if a.places else False


def is_enough(a: Candidate, b: Candidate) -> bool:
    """Whether what both have in common can be the mark of one event."""
    place = shares_place(a, b)
    if not place and not shares_actor(a, b):
        return False
    apart, alike = _days_apart(a, b), _alike(a, b)
    if a.event.type in RELAXED_TYPES:  # a country may be at war twice
        return place or _in_common(a, b) >= ENOUGH or alike >= LIKE_WARS
    if a.event.type in ONCE:
        return True
    if a.event.type in DAILY and apart >= 1:
        if _share_dates(a, b, SLIP):
            return alike >= LIKE_DAYS
        if apart > 1 and a.actors("agent") and b.actors("agent"):  # an army is at the same place again
            return False
        specific = any(kind == "Place" and (kind, name) in b.places for kind, name in a.places)
        return place and alike >= (LIKE_PLACES if specific else ALIKE)
    if a.event.type in DEEDS and apart > 1 and alike < LIKE_DEEDS and not (place or _share_dates(a, b, SLIP)):
        return False
    if _in_common(a, b) + (alike >= ALIKE) >= ENOUGH:
        return True
    if place and not (a.actors("agent") and b.actors("agent")):
        return True
    return apart <= 1 and bool(set(a.event.words) & set(b.event.words))


def _in_common(a: Candidate, b: Candidate) -> int:
    """Things that are the same: participants, sides, place, day, numbers."""
    targets = (a.actors("target") & b.actors("target")) | (a.actors("recipient") & b.actors("recipient"))
    sides = bool(a.actors("agent") & b.actors("agent")) + bool(targets)
    numbers = sum(bool(a.number(name) & b.number(name)) for name in NUMBERS)
    return (
        len(a.actors("participant") & b.actors("participant"))
        + sides
        + shares_place(a, b)
        + _share_dates(a, b, DATED)
        + numbers
    )


def _alike(a: Candidate, b: Candidate) -> float:
    """The share of the shorter account's words that stand in the other one."""
    return len(a.said & b.said) / max(1, min(len(a.said), len(b.said)))


def _share_dates(a: Candidate, b: Candidate, longest: timedelta = timedelta.max) -> bool:
    """Whether dates of both meet, of those that are no longer ranges than this."""
    return any(_overlap(x, y) for x in a.dates for y in b.dates if max(x.end - x.begin, y.end - y.begin) <= longest)


def _days_apart(a: Candidate, b: Candidate) -> float:
    return abs((a.published - b.published).days) if a.published and b.published else float("inf")


def veto(a: Candidate, b: Candidate) -> str | None:
    """Why two candidates cannot be the same event, or None."""
    return next(vetoes(a, b), None)


def vetoes(a: Candidate, b: Candidate) -> Iterator[str]:
    """All that speaks against two candidates being the same event."""
    return (reason for reason, holds in VETOES if holds(a, b))


def _ordinals_differ(a: Candidate, b: Candidate) -> bool:
    mine, theirs = a.number("ordinal"), b.number("ordinal")
    return bool(mine and theirs and not mine & theirs)


def _actors_differ(a: Candidate, b: Candidate) -> bool:
    """Calls and talks need both sides the same; one-sided events need each filled role to agree."""
    mine, theirs = a.actors("participant"), b.actors("participant")
    if mine or theirs:
        shared = mine & theirs
        return not (len(shared) >= 2 or (shared and (mine == theirs)) or (shared and shared in (mine, theirs)))
    return any(a.actors(role) and b.actors(role) and not a.actors(role) & b.actors(role) for role in SIDE)


def _places_differ(a: Candidate, b: Candidate) -> bool:
    """A city may lie in a region: only places of one type exclude each other."""
    shared = {kind for kind, _ in a.places} & {kind for kind, _ in b.places}
    return bool(shared) and not shares_place(a, b)


def _swapped(a: Candidate, b: Candidate) -> bool:
    return bool(a.actors("agent") & b.actors("target") or a.actors("target") & b.actors("agent"))


def _dates_exclude(a: Candidate, b: Candidate) -> bool:
    if a.event.type in RELAXED_TYPES:
        return False
    if a.dates and b.dates:
        if _share_dates(a, b):
            return False
        near = any(x.begin - SLIP <= y.end and y.begin - SLIP <= x.end for x in a.dates for y in b.dates)
        return not (near and bool(a.number("ordinal") & b.number("ordinal")))
    mine, theirs = a.window, b.window
    if mine is None or theirs is None:
        # Without the year of one of them, only a numbered event is surely the same.
        return not a.number("ordinal") & b.number("ordinal")
    if _overlap(mine, theirs):
        return False
    near = mine.begin - SERIES <= theirs.end and theirs.begin - SERIES <= mine.end
    return not (near and _same_number(a, b))


def _tolls_differ(a: Candidate, b: Candidate) -> bool:
    """Reports of different days with far different tolls, neither of which says that it has grown: two attacks."""
    if (a.dates and b.dates) or _days_apart(a, b) < 1 or (a.said | b.said) & read_words("updates.txt"):
        return False
    near = NEAR if _days_apart(a, b) <= 1 else 1.0
    return any(
        max(mine) < near * min(theirs) or max(theirs) < near * min(mine)
        for name in TOLLS
        if (mine := _counts(a, name)) and (theirs := _counts(b, name))
    )


def _counts(told: Candidate, name: str) -> list[int]:
    return [value for value in told.number(name) if isinstance(value, int)]


def _planned_elsewhere(a: Candidate, b: Candidate) -> bool:
    happened = bool(a.statuses & HAPPENED), bool(b.statuses & HAPPENED)
    if happened[0] == happened[1] or Status.DENIED in a.statuses | b.statuses:
        return False
    if a.dates and b.dates:
        return not _share_dates(a, b)
    plan, fact = (b, a) if happened[0] else (a, b)
    if plan.published is None or not fact.dates or plan.window is None or fact.window is None:
        return True
    return fact.window.end < plan.published or not (_overlap(plan.window, fact.window) or _same_number(a, b))


def _same_number(a: Candidate, b: Candidate) -> bool:
    """Whether both are the same of a series, at the same place."""
    return bool(a.number("ordinal") & b.number("ordinal")) and shares_place(a, b)


def _overlap(a: DateRange, b: DateRange) -> bool:
    return a.begin <= b.end and b.begin <= a.end


VETOES: Final[tuple[tuple[str, Callable[[Candidate, Candidate], bool]], ...]] = (
    ("both stand in one article", lambda a, b: a.article == b.article),
    ("their ordinals differ", _ordinals_differ),
    ("their actors differ", _actors_differ),
    ("their actors are swapped", _swapped),
    ("their dates exclude each other", _dates_exclude),
    ("their places differ", _places_differ),
    ("one of them has more than two parties", lambda a, b: a.multilateral != b.multilateral),
    ("their tolls differ", _tolls_differ),
    ("one happened and the other is planned for another time", _planned_elsewhere),
)
