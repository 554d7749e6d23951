"""Numbers that stand with events: ordinals, tolls, prisoners, money, durations."""

from decimal import Decimal

import pytest
from building import events_of, time_at, values_of

from kg.events.attributes import casualties, money
from kg.model import Amount


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The strike killed 12 people.", [("killed", 12)]),
        ("At least twenty-six people were killed.", [("killed", 26)]),
        ("Four civilians died and 1,200 others were injured.", [("killed", 4), ("wounded", 1200)]),
        ("The death toll rose to 300.", [("killed", 300)]),
        ("One person is killed and six others are hurt.", [("killed", 1), ("wounded", 6)]),
        ("At least 40 people have died in floods.", [("killed", 40)]),
        ("Two men were shot dead, 41 migrants drowned.", [("killed", 2)]),
        ("The famine killed 1.5 million people.", [("killed", 1_500_000)]),
        ("On 2 July the singer died; in 2020 many people died.", []),
        ("The death toll in the flooding caused by a storm in the Eastern Cape increases to 57.", [("killed", 57)]),
        ("The number of deaths caused by the roof's collapse has since risen to at least 221.", [("killed", 221)]),
        ("The toll rises to 40 while the injury count increases to 1,205.", [("killed", 40), ("wounded", 1205)]),
        ("The death toll is not known. Prices rose to 300.", []),
        ("The attack wounded about 30 soldiers.", [("wounded", 30)]),
        ("The six mine workers were killed, two Houthi fighters were badly wounded.", [("killed", 6), ("wounded", 2)]),
        ("After two days the people were killed.", []),
        ("In two towns where soldiers are killed, all mourn.", []),
        ("At least 40 people, including two medics, were killed.", [("killed", 40)]),
        ("Some people were killed.", []),
        ("Dozens were wounded.", []),
        ("Troops number 12.", []),
    ],
)
def test_events_attributes_count_the_dead_and_wounded(text: str, expected: list[tuple[str, int]]) -> None:
    assert list(casualties(text)) == expected


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$2.5 billion", "2500000000", "USD"),
        ("€500 million", "500000000", "EUR"),
        ("£40m", "40000000", "GBP"),
        ("A$1,000", "1000", "AUD"),
        ("3 billion euros", "3000000000", "EUR"),
        ("$75", "75", "USD"),
        ("two billion kronor", "2000000000", "SEK"),
        ("1.5 million Swiss francs", "1500000", "CHF"),
    ],
)
def test_events_attributes_read_money(text: str, value: str, currency: str) -> None:
    assert money(f"It cost {text} then.") == Amount(value=Decimal(value), currency=currency)


def test_events_attributes_read_no_money_where_there_is_none() -> None:
    assert money("It cost 500 lives.") is None


def test_events_attributes_give_aid_its_amount_and_meetings_none() -> None:
    [aid] = events_of("US sent/VERB/send military/ADJ aid of $ 500 million to Ukraine .")
    [meeting] = events_of("Trump met/VERB/meet Putin over $ 500 million .")
    assert values_of(aid, "amount") == [Amount(value=Decimal(500_000_000), currency="USD")]
    assert values_of(meeting, "amount") == []


@pytest.mark.parametrize(
    ("words", "number"),
    [("sixth/ADJ", 6), ("6th/ADJ", 6), ("22nd/ADJ", 22), ("sixth/ADJ publicly/ADV acknowledged/VERB/acknowledge", 6)],
)
def test_events_attributes_read_ordinals_before_the_noun(words: str, number: int) -> None:
    [event] = events_of(f"Trump and Putin held/VERB/hold their {words} phone call .")
    assert values_of(event, "ordinal") == [number]


def test_events_attributes_take_no_ordinal_across_a_verb() -> None:
    [event] = events_of("The first/ADJ lady saw/VERB/see Trump hold/VERB a phone call with Putin .")
    assert values_of(event, "ordinal") == []


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Qatar sent/VERB/send 30 generators/NOUN/generator to Ukraine .", [30]),
        ("Qatar sent/VERB/send 2 million/NUM vaccines/NOUN/vaccine to Ukraine .", [2_000_000]),
        ("Qatar sent/VERB/send 30 tonnes/NOUN/tonne of food/NOUN to Ukraine .", []),
    ],
)
def test_events_attributes_count_what_is_given(line: str, count: list[int]) -> None:
    [event] = events_of(line)
    assert values_of(event, "count") == count


def test_events_attributes_count_exchanged_prisoners() -> None:
    [event] = events_of("Russia and Ukraine exchanged/VERB/exchange 1,200 prisoners/NOUN/prisoner .")
    assert values_of(event, "count") == [1200]


def test_events_attributes_give_a_call_the_duration_beside_it() -> None:
    [event] = events_of(
        "Trump and Putin held/VERB/hold a phone call for nearly/ADV an hour .",
        times=lambda doc: [time_at(doc, "nearly an hour", None, duration="PT1H")],
    )
    assert values_of(event, "duration") == ["PT1H"]


def test_events_attributes_give_no_duration_where_two_compete() -> None:
    [event] = events_of(
        "Trump held/VERB/hold a phone call of an hour with Putin after two hours/NOUN .",
        times=lambda doc: [
            time_at(doc, "an hour", None, duration="PT1H"),
            time_at(doc, "two hours", None, duration="PT2H"),
        ],
    )
    assert values_of(event, "duration") == []


STRIKE = "Israel struck/VERB/strike Iran ."
TOLL = "At least/ADJ 12 people were killed/VERB/kill and 30 wounded/VERB/wound ."


def test_events_attributes_take_the_toll_from_the_next_sentence() -> None:
    [event] = events_of(STRIKE, TOLL)
    assert (values_of(event, "killed"), values_of(event, "wounded")) == ([12], [30])
    assert {a.sentence for a in event.assertions if a.property == "killed"} == {1}


def test_events_attributes_take_no_toll_from_further_on() -> None:
    strike, _ = events_of(STRIKE, "Trump met/VERB/meet Putin .", TOLL)
    assert values_of(strike, "killed") == []


def test_events_attributes_take_no_toll_for_what_is_only_feared() -> None:
    [event] = events_of("Israel could strike/VERB Iran .", TOLL)
    assert values_of(event, "killed") == []
