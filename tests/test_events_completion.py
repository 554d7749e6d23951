"""The other side of a war, from what the article tells elsewhere."""

from building import events_of, roles_of, values_of

from kg.model import Status

INVASION = "Russia invaded/VERB/invade Ukraine ."


def test_events_completion_adds_the_opponent_to_a_truce() -> None:
    events = events_of(INVASION, "Russia accepted/VERB/accept a truce .")
    truce = next(event for event in events if event.type == "Ceasefire")
    assert roles_of(truce) == {("participant", "russia"), ("participant", "ukraine")}


def test_events_completion_adds_nobody_where_a_country_has_two_opponents() -> None:
    events = events_of(INVASION, "Russia attacked/VERB/attack Israel .", "Russia accepted/VERB/accept a truce .")
    truce = next(event for event in events if event.type == "Ceasefire")
    assert roles_of(truce) == {("participant", "russia")}


def test_events_completion_leaves_other_classes_alone() -> None:
    events = events_of(INVASION, "Russia began/VERB/begin talks/NOUN/talk .")
    talks = next(event for event in events if event.type == "Negotiation")
    assert roles_of(talks) == {("participant", "russia")}


def test_events_completion_tells_a_war_that_is_over() -> None:
    events = events_of(INVASION, "Trump left/VERB/leave after twelve days/NOUN/day of war with Iran .")
    war = next(event for event in events if event.type == "Conflict")
    assert values_of(war, "status") == [Status.OCCURRED]
