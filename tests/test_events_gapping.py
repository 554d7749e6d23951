"""One trigger with several places and times tells of several events."""

from datetime import date

from building import events_of, time_at, values_of
from spacy.tokens import Doc

from kg.model import DateRange, TimeExpression

MONDAY, FRIDAY = date(2025, 8, 11), date(2025, 8, 15)


def times(doc: Doc) -> list[TimeExpression]:
    days = {"Monday": MONDAY, "Friday": FRIDAY}
    return [time_at(doc, name, day) for name, day in days.items() if name in doc.text]


def test_gapping_gives_each_place_with_its_time_an_event() -> None:
    events = events_of("Trump met/VERB/meet Putin in Geneva on Monday and in Istanbul on Friday .", times=times)
    assert [(values_of(event, "place"), values_of(event, "date")) for event in events] == [
        (["geneva"], [DateRange(begin=MONDAY, end=MONDAY)]),
        (["istanbul"], [DateRange(begin=FRIDAY, end=FRIDAY)]),
    ]


def test_gapping_makes_one_event_of_places_without_times() -> None:
    assert len(events_of("Trump met/VERB/meet Putin in Geneva and in Istanbul .")) == 1
    assert len(events_of("Trump met/VERB/meet Putin in Geneva and Istanbul on Friday .", times=times)) == 1
