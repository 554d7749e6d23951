"""The other side of a war, from what the article tells elsewhere."""

from dataclasses import replace

from building import cast, events_of, roles_of, values_of
from spacy.tokens import Doc

from kg.knowledge.conflicts import opponents_of
from kg.model import Actor, Status

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


def test_events_completion_takes_the_partner_of_a_country_for_who_takes_measures_against_it() -> None:
    [_, sanction] = events_of(
        "US met/VERB/meet with Iran in Geneva .",
        "Sanctions/NOUN/sanction against Iran remain/VERB/remain .",
    )
    assert roles_of(sanction) == {("agent", "us"), ("target", "iran")}


def test_events_completion_leaves_a_measure_to_nobody_among_several_partners() -> None:
    events = events_of(
        "US met/VERB/meet with Iran in Geneva .",
        "Qatar met/VERB/meet with Iran in Geneva .",
        "Sanctions/NOUN/sanction against Iran remain/VERB/remain .",
    )
    assert [roles_of(event) for event in events if event.type == "Sanction"] == [{("target", "iran")}]


def test_events_completion_knows_who_is_at_war_with_whom_where_the_article_names_both() -> None:
    assert opponents_of("Q212") == {"Q159"}

    def actors(doc: Doc) -> list[Actor]:
        return [replace(one, key={"ukraine": "Q212", "russia": "Q159"}.get(one.key, one.key)) for one in cast(doc)]

    [named] = events_of("The war/NOUN/war in Ukraine went/VERB/go on .", "Russia was/AUX silent/ADJ .", actors=actors)
    assert roles_of(named) == {("participant", "Q212"), ("participant", "Q159")}
    [alone] = events_of("The war/NOUN/war in Ukraine went/VERB/go on .", actors=actors)
    assert roles_of(alone) == {("participant", "Q212")}


def test_events_completion_places_what_is_delivered_at_its_receiver() -> None:
    [event] = events_of("US delivered/VERB/deliver 500 generators/NOUN/generator to Ukraine .")
    assert values_of(event, "place") == ["ukraine"]
