"""Labels and ids of resolved events: what a person would call them, stable while their content is."""

from collections.abc import Sequence
from datetime import date

from kg.model import DateRange
from kg.naming import slug
from kg.resolution.model import Entity, Fact, Rank, Reference

MAX_NAMED = 3  # actors in a label
# Not strftime("%B"), which speaks the language of whatever program has imported us.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ROLE_ORDER = ("agent", "participant", "target", "recipient", "mediator")


def event_label(
    class_label: str, facts: Sequence[Fact], when: DateRange | None, entities: dict[str, Entity], *, symmetric: bool
) -> str:
    """ "Phone call: Donald Trump – Vladimir Putin (3 July 2025)"."""
    first = _names(facts, entities, ("participant",) if symmetric else ("agent",))
    second = _names(facts, entities, ("target", "recipient"))
    text = " – ".join(first) if symmetric else ", ".join(first)
    if second:
        text = f"{text} → {', '.join(second)}".strip() if text else ", ".join(second)
    label = f"{class_label}: {text}" if text else class_label
    return f"{label} ({spoken_range(when)})" if when else label


def event_slug(class_label: str, facts: Sequence[Fact], entities: dict[str, Entity]) -> str:
    """ "phone-call-donald-trump-vladimir-putin"."""
    return "-".join([slug(class_label), *(slug(name) for name in _names(facts, entities, ROLE_ORDER))])


def stamp(when: DateRange | None, published: date | None) -> str:
    """ "2025-07-03", "2025-07", "2025"; what has no date takes the month of its article: "ca-2025-07"."""
    if when is not None:
        return _stamp(when)
    return f"ca-{published:%Y-%m}" if published else "undated"


def preferred_date(facts: Sequence[Fact]) -> DateRange | None:
    """The best-supported date."""
    return next((f.value for f in facts if isinstance(f.value, DateRange) and f.rank is Rank.PREFERRED), None)


def _names(facts: Sequence[Fact], entities: dict[str, Entity], roles: Sequence[str]) -> list[str]:
    found = [
        (roles.index(fact.property), entities[fact.value.id].name)
        for fact in facts
        if fact.property in roles and isinstance(fact.value, Reference) and fact.rank is not Rank.REJECTED
    ]
    names = list(dict.fromkeys(name for _, name in sorted(found)))
    return names[:MAX_NAMED]


def _stamp(when: DateRange) -> str:
    if when.begin == when.end:
        return when.begin.isoformat()
    if when.begin.day == 1 and when.begin.month == when.end.month and when.begin.year == when.end.year:
        return f"{when.begin:%Y-%m}"
    return f"{when.begin:%Y}" if _is_year(when) else when.begin.isoformat()


def _is_year(when: DateRange) -> bool:
    return when.begin == date(when.begin.year, 1, 1) and when.end == date(when.begin.year, 12, 31)


def spoken_range(when: DateRange) -> str:
    """ "3 July 2025", "July 2025", "24 June 2025 – 25 June 2025"."""
    day = f"{when.begin.day} {_month(when.begin)}"
    if when.begin == when.end:
        return day
    if _is_year(when):
        return f"{when.begin:%Y}"
    if len(_stamp(when)) == len("2025-07"):
        return _month(when.begin)
    return f"{day} – {when.end.day} {_month(when.end)}"


def _month(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"
