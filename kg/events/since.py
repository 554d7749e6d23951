"""Times that an event of the article gives to another: "since the invasion, €3 billion has been provided".

What has been done since a dated event is dated from its first day to the day of the article.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token

from kg.events.draft import Draft, Group
from kg.events.telling import STEPS
from kg.model import HAPPENED, DateRange

SINCE = "since"
MOST_EVENTS = 10  # of a sentence that are looked at
ADDING_UP = frozenset(
    {
        "HumanitarianAid",
        "EconomicAid",
        "MilitaryAid",
        "Displacement",
        "Casualty",
        "Attack",
        "Arrest",
        "Protest",
        "Sanction",
    }
)
"""What is told of as a sum; "the sixth call since he took office" is on one day."""


def date_since(doc: Doc, groups: Sequence[Group], published: date | None) -> tuple[Group, ...]:
    """Groups of drafts, one an event, with such times. Without an article's date there are none."""
    if published is None:
        return tuple(groups)
    begun = {draft.start: day for group in groups if (day := _first_day(group)) is not None for draft in group}
    by_sentence: dict[int, list[int]] = {}
    for group in groups:
        for draft in group:
            if draft.start in begun:
                by_sentence.setdefault(draft.sentence, []).append(draft.start)
    return tuple(tuple(_dated(doc, group, by_sentence, begun, published)) for group in groups)


def _first_day(group: Group) -> date | None:
    """Of the time that is told most exactly."""
    days = [draft.date for draft in group if draft.date is not None]
    happened = all(draft.status in HAPPENED for draft in group)
    return min(days, key=lambda day: (day.end - day.begin, day.begin)).begin if days and happened else None


def _dated(
    doc: Doc, group: Group, by_sentence: dict[int, list[int]], begun: dict[int, date], published: date
) -> Iterator[Draft]:
    adds_up = group[0].type in ADDING_UP and group[0].status in HAPPENED
    undated = adds_up and all(draft.date is None for draft in group)
    for draft in group:
        days = (
            begun[start]
            for start in (by_sentence.get(draft.sentence, [])[:MOST_EVENTS] if undated else ())
            if begun[start] <= published and _lies_since(doc[draft.start], doc[start])
        )
        first = next(days, None)
        yield replace(draft, date=DateRange(begin=first, end=published)) if first is not None else draft


def _lies_since(trigger: Token, other: Token) -> bool:
    """Whether "since" opens the phrase of the other trigger, in the clause or the phrase of this one."""
    phrase = _phrase(other)
    if phrase is None or phrase == trigger:
        return False
    above = [trigger]
    while len(above) <= STEPS and above[-1].head != above[-1]:
        above.append(above[-1].head)
    return phrase.head in above


def _phrase(token: Token) -> Token | None:
    """The head of the phrase with "since" before it."""
    for _ in range(STEPS):
        if any(child.lower_ == SINCE and child.dep_ in {"case", "mark"} for child in token.lefts):
            return token
        if token.head == token or token.pos_ not in {"NOUN", "PROPN"}:
            return None
        token = token.head
    return None
