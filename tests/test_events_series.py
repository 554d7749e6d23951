"""Events of a series that leave their noun out, what came of them, and parties that stand elsewhere in the article."""

from datetime import date

import pytest
from building import roles_of, values_of

from kg.model import Block, BlockKind, DateRange, Document, EventMention, Status
from kg.pipeline import Tools, read_article

RUSSIA, UKRAINE, ISRAEL, IRAN, AMERICA = "Q159", "Q212", "Q801", "Q794", "Q30"
BOTH = {("participant", RUSSIA), ("participant", UKRAINE)}


@pytest.fixture(scope="module")
def tools() -> Tools:
    return Tools.load()


def events(tools: Tools, text: str, event_type: str, published: date = date(2025, 8, 16)) -> list[EventMention]:
    blocks = (Block(begin=0, end=len(text), kind=BlockKind.PARAGRAPH),)
    reading = read_article(Document(identifier="x", text=text, blocks=blocks, published=published), tools)
    return [event for event in reading.events if event.type == event_type]


def test_events_series_second_stands_for_the_round_that_it_numbers(tools: Tools) -> None:
    text = (
        "Russia and Ukraine last negotiated on 23 July, when the third round of talks was held in Istanbul. "
        "Like the first round on 16 May and the second on 2 June, it led to an exchange of prisoners."
    )
    found = events(tools, text, "Negotiation")
    days = {values_of(event, "ordinal")[0]: values_of(event, "date") for event in found}
    assert days == {
        3: [DateRange(begin=date(2025, 7, 23), end=date(2025, 7, 23))],
        1: [DateRange(begin=date(2025, 5, 16), end=date(2025, 5, 16))],
        2: [DateRange(begin=date(2025, 6, 2), end=date(2025, 6, 2))],
    }
    assert all(roles_of(event) == BOTH for event in found)


def test_events_series_needs_one_that_is_numbered_before(tools: Tools) -> None:
    text = "Russia and Ukraine held peace talks in Istanbul. The second took the floor on 2 June."
    assert len(events(tools, text, "Negotiation")) == 1


def test_events_series_outcome_is_between_the_parties_of_its_cause(tools: Tools) -> None:
    text = (
        "Russia and Ukraine held a second round of talks in Istanbul. The first round had led to an exchange of 1,000 "
        "prisoners for 1,000, the biggest of the war, which was completed in three stages between 23 and 25 May."
    )
    (exchange,) = events(tools, text, "PrisonerExchange", date(2025, 6, 3))
    assert roles_of(exchange) == BOTH
    assert values_of(exchange, "date") == [DateRange(begin=date(2025, 5, 23), end=date(2025, 5, 25))]
    assert values_of(exchange, "ordinal") == []


def test_events_series_war_is_that_of_its_truce_and_over_when_it_holds(tools: Tools) -> None:
    truce = "A ceasefire between Israel and Iran came into force on Tuesday. Hospitals said 610 people died in the war."
    (war,) = events(tools, truce, "Conflict", date(2025, 6, 25))
    assert roles_of(war) == {("participant", ISRAEL), ("participant", IRAN)}
    assert values_of(war, "status") == [Status.OCCURRED]
    assert events(tools, "Hospitals said that 610 people had died in the war.", "Conflict") == []


def test_events_series_stop_of_aid_is_to_the_one_who_gets_it(tools: Tools) -> None:
    text = "The United States is sending arms to Ukraine again. Washington halted part of its deliveries a week ago."
    (stop,) = events(tools, text, "AidSuspension", date(2025, 7, 9))
    assert roles_of(stop) == {("agent", AMERICA), ("recipient", UKRAINE)}
