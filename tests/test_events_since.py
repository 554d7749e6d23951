"""Times that an event of the article gives to another."""

from datetime import date

from building import events_of, time_at, values_of
from spacy.tokens import Doc

from kg.model import DateRange, TimeExpression

DAY = date(2022, 2, 24)
PUBLISHED = date(2026, 1, 29)
INVASION = "Russia invaded/VERB/invade Ukraine on Thursday ."


def times(doc: Doc) -> tuple[TimeExpression, ...]:
    return (time_at(doc, "Thursday", DAY),)


def test_events_since_a_dated_one_last_until_the_article() -> None:
    told = "Since the invasion of Ukraine , Russia has attacked/VERB/attack Kyiv ."
    events = events_of(INVASION, told, times=times, published=PUBLISHED)
    attack = next(event for event in events if event.type == "Attack")
    assert values_of(attack, "date") == [DateRange(begin=DAY, end=PUBLISHED)]


def test_events_since_a_dated_one_that_happen_once_have_no_day_of_it() -> None:
    told = "Since the invasion of Ukraine , Trump has phoned/VERB/phone Putin ."
    events = events_of(INVASION, told, times=times, published=PUBLISHED)
    call = next(event for event in events if event.type == "PhoneCall")
    assert values_of(call, "date") == []


def test_events_since_a_dated_one_are_undated_without_the_article_s_day() -> None:
    told = "Since the invasion of Ukraine , Russia has attacked/VERB/attack Kyiv ."
    events = events_of(INVASION, told, times=times)
    attack = next(event for event in events if event.type == "Attack")
    assert values_of(attack, "date") == []
