"""Where an event took place: what stands with it, what it struck, what names it; never what is merely spoken of."""

import pytest
from building import events_of, values_of

PLACES = [
    ("Trump met/VERB/meet Putin at Camp in Geneva .", ["geneva"]),
    (
        "New/ADJ talks/NOUN/talk between Russia and Ukraine , suggested/VERB/suggest for Istanbul , failed/VERB/fail .",
        ["istanbul"],
    ),
    ("Russia attacked/VERB/attack Ukraine .", ["ukraine"]),
    ("Russia attacked/VERB/attack Ukraine in Kyiv .", ["kyiv"]),
    ("US imposed/VERB/impose sanctions/NOUN/sanction on Tehran .", []),
    ("US imposed/VERB/impose sanctions/NOUN/sanction on Iran .", []),
    ("Trump phoned/VERB/phone Putin about the war in Ukraine .", []),
    ("Macron visited/VERB/visit Kyiv .", ["kyiv"]),
    ("Friends of Trump in Geneva met/VERB/meet Putin .", ["geneva"]),
    ("Friends of Trump said/VERB/say in Geneva that Trump met/VERB/meet Putin .", []),
    ("Macron enacted/VERB/enact a law on a bank in Geneva .", []),
    ("Israel attacked/VERB/attack a base in Iranian territory .", ["iran"]),
    ("A landslide/NOUN destroyed/VERB/destroy many/ADJ homes/NOUN/home in Geneva .", ["geneva"]),
    (
        "An earthquake/NOUN in Geneva forced/VERB/force the evacuation/NOUN of many/ADJ people/NOUN .",
        ["geneva", "geneva"],
    ),
    ("Two people/NOUN died/VERB/die in Tehran when Israeli jets/NOUN/jet bombed/VERB/bomb a bank .", ["tehran"]),
    ("A boat sank/VERB/sink off Tehran .", ["tehran"]),
    ("Iran attacked/VERB/attack a/DET ship/NOUN off the/DET coast/NOUN of Israel .", ["israel"]),
    (
        "The talks/NOUN/talk between Russia and Ukraine began/VERB/begin in May/PROPN , "
        "when/SCONJ a/DET mayor/NOUN in Geneva spoke/VERB/speak .",
        [],
    ),
    ("Russia and Ukraine hold/VERB/hold talks/NOUN/talk , a/DET spokesman/NOUN in Geneva said/VERB/say .", []),
    ("After the talks/NOUN/talk between Russia and Ukraine , a/DET crowd/NOUN gathered/VERB/gather in Geneva .", []),
    ("A Russian court/NOUN sentenced/VERB/sentence Macron .", ["russia"]),
    ("Macron was arrested/VERB/arrest by Russian police/NOUN .", ["russia"]),
    ("Macron is in Geneva to meet/VERB Putin .", ["geneva"]),
    ("Russia sent/VERB/send troops/NOUN/troops to Iran .", ["iran"]),
    ("Russia attacked/VERB/attack a base/NOUN west/ADV of Kyiv .", ["kyiv"]),
    ("After talks/NOUN/talk in Geneva , Macron flew/VERB/fly to Kyiv .", ["kyiv"]),
    ("Russian shelling/NOUN killed/VERB/kill two/NUM people/NOUN in the Ukrainian town/NOUN of Kyiv .", ["kyiv"]),
    ("Israel killed/VERB/kill two/NUM Iranian/ADJ tourists/NOUN/tourist .", []),
    ("The case on which Trump and Putin met/VERB/meet was/AUX/be of a bank in Geneva .", []),
]


@pytest.mark.parametrize(("line", "place"), PLACES, ids=[line.replace("/", "|") for line, _ in PLACES])
def test_places_are_those_of_the_event(line: str, place: list[str]) -> None:
    events = [event for event in events_of(line) if event.type != "Conflict"]
    assert [one for event in events for one in values_of(event, "place")] == place


def test_places_of_a_war_on_a_country_are_that_country() -> None:
    [event] = events_of("Russia 's war/NOUN against Ukraine cost/VERB/cost many/ADJ lives/NOUN/life .")
    assert values_of(event, "place") == ["ukraine"]
