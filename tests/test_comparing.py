"""`kg why A B`: what speaks for and against two events being one."""

from datetime import date

import pytest
from building import SmallKnowledge, Told, make_reading

from kg.comparing import compare
from kg.errors import QueryError
from kg.graph import to_quads
from kg.model import Reading
from kg.resolution import resolve_across_documents
from kg.schema import load_event_schema
from kg.store import Graph

CALL = "event/2025-07-{:02}-phone-call-donald-trump-vladimir-putin"


def graph(*readings: Reading) -> Graph:
    schema = load_event_schema()
    return Graph(to_quads(resolve_across_documents(readings, SmallKnowledge(), schema), schema))  # type: ignore[arg-type]


def test_compare_says_what_keeps_two_events_apart() -> None:
    found = compare(
        graph(
            make_reading(Told(day=date(2025, 7, 3), numbers={"ordinal": 5}), name="a", text="One text."),
            make_reading(Told(day=date(2025, 7, 9), numbers={"ordinal": 6}), name="b", published=date(2025, 7, 9)),
        ),
        CALL.format(3),
        CALL.format(9),
    )
    assert not found.is_one
    (pair,) = found.comparisons
    assert (pair.first, pair.second) == ("Outlet a of 2025-07-04", "Outlet b of 2025-07-09")
    assert pair.agreed == ("participant Donald Trump, Vladimir Putin", "status Occurred")
    assert pair.against == ("their ordinals differ", "their dates exclude each other")


def test_compare_says_what_joined_accounts_agree_on() -> None:
    readings = [make_reading(Told(day=date(2025, 7, 3)), name=name, text=f"Text {name}.") for name in "abc"]
    found = compare(graph(*readings), CALL.format(3), "Phone call: Donald Trump – Vladimir Putin (3 July 2025)")
    assert found.is_one
    assert [pair.second for pair in found.comparisons] == ["Outlet b of 2025-07-04", "Outlet c of 2025-07-04"]
    assert all("date 3 July 2025" in pair.agreed and not pair.against for pair in found.comparisons)


def test_compare_finds_an_event_by_a_name_that_it_had() -> None:
    told = graph(make_reading(Told(), name="a", text="One text."), make_reading(Told(day=date(2025, 7, 3)), name="b"))
    found = compare(told, "event/ca-2025-07-phone-call-donald-trump-vladimir-putin", CALL.format(3))
    assert found.is_one


def test_compare_is_about_events() -> None:
    with pytest.raises(QueryError, match="'Donald Trump' is no event"):
        compare(graph(make_reading(Told())), "Donald Trump", "Vladimir Putin")
