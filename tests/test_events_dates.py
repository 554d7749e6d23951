"""Which time dates which event of its sentence, and which dates none."""

from datetime import date

import pytest
from building import events_of, time_at, values_of

from kg.model import DateRange, Status

FRIDAY, MONDAY, AFTER = date(2025, 8, 15), date(2025, 8, 18), date(2025, 8, 20)


def day(value: date) -> DateRange:
    return DateRange(begin=value, end=value)


def test_events_date_is_the_time_in_their_clause() -> None:
    [event] = events_of("Trump met/VERB/meet Putin on Friday .", times=lambda doc: [time_at(doc, "Friday", FRIDAY)])
    assert values_of(event, "date") == [day(FRIDAY)]


def test_events_dates_go_to_the_nearest_trigger() -> None:
    first, second = events_of(
        "Trump met/VERB/meet Putin on Friday , and Macron met/VERB/meet Merz on Monday .",
        times=lambda doc: [time_at(doc, "Friday", FRIDAY), time_at(doc, "Monday", MONDAY)],
    )
    assert (values_of(first, "date"), values_of(second, "date")) == ([day(FRIDAY)], [day(MONDAY)])


def test_events_dates_stay_in_their_clause() -> None:
    meeting, visit = events_of(
        "Trump met/VERB/meet Putin after Macron visited/VERB/visit Ukraine on Friday .",
        times=lambda doc: [time_at(doc, "Friday", FRIDAY)],
    )
    assert (values_of(meeting, "date"), values_of(visit, "date")) == ([], [day(FRIDAY)])


@pytest.mark.parametrize("word", ["since", "until", "before", "by", "after"])
def test_events_dates_are_not_what_only_bounds(word: str) -> None:
    [event] = events_of(
        f"Trump met/VERB/meet Putin {word}/ADP Friday .", times=lambda doc: [time_at(doc, "Friday", FRIDAY)]
    )
    assert values_of(event, "date") == []


def test_events_dates_are_not_part_of_a_document_s_name() -> None:
    [event] = events_of(
        "Trump met/VERB/meet Putin about Executive Order 14257 of Friday .",
        times=lambda doc: [time_at(doc, "Friday", FRIDAY)],
    )
    assert values_of(event, "date") == []


def test_events_dates_stand_behind_a_duration_but_not_behind_a_distance() -> None:
    def dates(line: str, between: str) -> list[object]:
        [event] = events_of(line, times=lambda doc: [time_at(doc, between, None), time_at(doc, "Friday", FRIDAY)])
        return values_of(event, "date")

    assert dates("Trump met/VERB/meet Putin for two hours on Friday .", "two hours") == [day(FRIDAY)]
    assert dates("On Friday , a day after Trump met/VERB/meet Putin , nobody spoke .", "a day") == []


def test_events_dates_are_never_guessed_from_an_open_time() -> None:
    [event] = events_of("Trump met/VERB/meet Putin recently/ADV .", times=lambda doc: [time_at(doc, "recently", None)])
    assert values_of(event, "date") == []


def test_events_dates_are_not_the_year_that_an_ordinal_counts_in() -> None:
    [event] = events_of(
        "Trump and Putin held/VERB/hold their sixth/ADJ phone call this year .",
        times=lambda doc: [time_at(doc, "this year", date(2025, 1, 1), date(2025, 12, 31))],
    )
    assert values_of(event, "ordinal") == [6]
    assert values_of(event, "date") == []


def test_events_dates_beside_a_war_only() -> None:
    [event] = events_of(
        "The war between Russia and Ukraine was on the agenda of the council in late/ADJ sittings on Friday .",
        times=lambda doc: [time_at(doc, "Friday", FRIDAY)],
    )
    assert event.type == "Conflict"
    assert values_of(event, "date") == []


def test_events_that_begin_after_the_article_are_planned() -> None:
    [event] = events_of(
        "Trump meets/VERB/meet Putin on Monday .",
        times=lambda doc: [time_at(doc, "Monday", MONDAY)],
        published=FRIDAY,
    )
    assert values_of(event, "status") == [Status.PLANNED]
    [told] = events_of(
        "Trump meets/VERB/meet Putin on Monday .",
        times=lambda doc: [time_at(doc, "Monday", MONDAY)],
        published=AFTER,
    )
    assert values_of(told, "status") == [Status.OCCURRED]


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("Since Friday Russia has attacked/VERB/attack Ukraine .", [DateRange(begin=FRIDAY, end=AFTER)]),
        ("Since Friday Russia attacked/VERB/attack Ukraine .", []),
        ("On Friday Macron said/VERB/say that Trump met/VERB/meet Putin .", []),
        ("Macron , who met/VERB/meet Putin , left/VERB/leave on Friday .", []),
        ("The fighting began/VERB/begin on Friday , when Russia attacked/VERB/attack Ukraine .", [day(FRIDAY)]),
        ("After talks , on Friday , Russia attacked/VERB/attack Ukraine .", [day(FRIDAY)]),
        ("Trump met/VERB/meet Putin before Friday 's vote .", []),
        ("Russia attacked/VERB/attack Ukraine by firing/VERB/fire rockets/NOUN/rocket on Friday .", [day(FRIDAY)]),
    ],
    ids=["since", "bounded", "reporting-day", "relative-clause", "when", "governor", "of-a-noun", "means"],
)
def test_events_dates_stand_in_the_clause_of_their_event(line: str, dates: list[DateRange]) -> None:
    words, last = ("Since Friday", AFTER) if "Since" in line else ("Friday", FRIDAY)
    [event, *_] = events_of(line, times=lambda doc: [time_at(doc, words, FRIDAY, last)], published=AFTER)
    assert values_of(event, "date") == dates


def test_events_dates_are_no_decades() -> None:
    [event] = events_of(
        "Trump met/VERB/meet Putin in the 2020s .",
        times=lambda doc: [time_at(doc, "the 2020s", date(2020, 1, 1), date(2029, 12, 31))],
    )
    assert values_of(event, "date") == []


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("An attack on Israel was announced/VERB/announce on Friday .", []),
        ("Sanctions/NOUN/sanction on Iran were announced/VERB/announce on Friday .", [day(FRIDAY)]),
    ],
)
def test_events_dates_are_when_something_was_announced_only_of_what_saying_does(line: str, dates: list[object]) -> None:
    [event] = events_of(line, times=lambda doc: [time_at(doc, "Friday", FRIDAY)])
    assert values_of(event, "date") == dates


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("At its meeting on Friday , US imposed/VERB/impose sanctions/NOUN/sanction on Iran .", [day(FRIDAY)]),
        ("Macron travels/VERB/travel on Friday for a summit/NOUN with Putin .", [day(FRIDAY)]),
    ],
)
def test_events_dates_are_those_of_the_occasion(line: str, dates: list[object]) -> None:
    event = events_of(line, times=lambda doc: [time_at(doc, "Friday", FRIDAY)])[-1]
    assert values_of(event, "date") == dates


@pytest.mark.parametrize(("verb", "dates"), [("was/AUX", 0), ("will/AUX be/AUX", 1)])
def test_events_dates_of_one_of_a_series_are_long_only_where_it_is_planned(verb: str, dates: int) -> None:
    [event] = events_of(
        f"A second/ADJ summit/NOUN of Trump and Putin {verb} held/VERB/hold in 2026 .",
        times=lambda doc: [time_at(doc, "2026", date(2026, 1, 1), date(2026, 12, 31))],
    )
    assert len(values_of(event, "date")) == dates


def test_events_dates_end_a_week_of_what_has_happened_at_the_article_s_day() -> None:
    line = "Trump has/AUX met/VERB/meet Putin this week ."
    monday, sunday = date(2025, 6, 30), date(2025, 7, 6)
    [event] = events_of(
        line,
        times=lambda doc: [time_at(doc, "this week", monday, sunday)],
        published=date(2025, 7, 3),
    )
    assert values_of(event, "date") == [DateRange(begin=monday, end=date(2025, 7, 3))]
