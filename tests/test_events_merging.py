"""Which triggers of one article name one event: anaphors join, ordinals, dates, places and roles veto."""

import time
from datetime import date

import pytest
from building import events_of, roles_of, time_at, values_of

from kg.events.draft import Draft
from kg.events.merging import merge_drafts
from kg.model import BlockKind, Status

MET = "Trump met/VERB/meet Putin"
PARTIES = {("participant", "russia"), ("participant", "ukraine")}


@pytest.mark.parametrize(
    "second",
    [
        "Putin met/VERB/meet Trump .",
        "The meeting lasted/VERB/last long/ADV .",
        "Their meeting lasted/VERB/last long/ADV .",
        "The gathering with Putin lasted/VERB/last long/ADV .",
        "Trump met/VERB/meet Putin , Macron and Merz .",
    ],
    ids=["same", "the", "their", "anaphor-with-actor", "more-parties"],
)
def test_events_merging_joins_what_tells_of_one_meeting(second: str) -> None:
    [event] = events_of(f"{MET} .", second)
    assert event.sentences == (0, 1)


def test_events_merging_leaves_out_an_anaphor_without_antecedent() -> None:
    assert events_of("The meeting lasted/VERB/last long/ADV .") == ()


def test_events_merging_looks_back_only_so_far() -> None:
    between = ["Rain fell/VERB/fall ."] * 13
    [event] = events_of(f"{MET} .", *between, "The gathering lasted/VERB/last long/ADV .")
    assert event.sentences == (0,)


def test_events_merging_keeps_an_anaphor_to_its_class() -> None:
    call, meeting = events_of("Trump phoned/VERB/phone Macron .", f"{MET} .", "The call lasted/VERB/last long/ADV .")
    assert (call.sentences, meeting.sentences) == ((0, 2), (1,))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{MET} .", "Trump met/VERB/meet Macron ."),
        (f"{MET} .", "Trump will meet/VERB Putin ."),
        (f"{MET} in Geneva .", f"{MET} in Istanbul ."),
        ("Israel struck/VERB/strike Iran .", "Iran struck/VERB/strike Israel ."),
        ("Israel struck/VERB/strike Iran .", "Israel struck/VERB/strike Ukraine ."),
        (
            "Trump and Putin held/VERB/hold their fifth/ADJ phone call .",
            "Trump and Putin held/VERB/hold their sixth/ADJ phone call .",
        ),
        (
            "US sent/VERB/send military/ADJ aid of $ 500 million to Ukraine .",
            "US sent/VERB/send military/ADJ aid of $ 900 million to Ukraine .",
        ),
        (
            "Russia and Ukraine exchanged/VERB/exchange 300 prisoners/NOUN/prisoner .",
            "Russia and Ukraine exchanged/VERB/exchange 1,200 prisoners/NOUN/prisoner .",
        ),
    ],
    ids=["partner", "status", "place", "swapped", "target", "ordinal", "amount", "count"],
)
def test_events_merging_is_vetoed(first: str, second: str) -> None:
    assert [event.sentences for event in events_of(first, second)] == [(0,), (1,)]


def test_events_merging_is_vetoed_by_dates_apart() -> None:
    events = events_of(
        f"{MET} on Friday .",
        f"{MET} on Monday .",
        times=lambda doc: [time_at(doc, "Friday", date(2025, 8, 15)), time_at(doc, "Monday", date(2025, 8, 18))],
    )
    assert len(events) == 2


def test_events_merging_keeps_what_goes_on_apart_from_one_act_of_it() -> None:
    events = events_of(
        "Since 2022 US has been sending/VERB/send arms to Ukraine .",
        "On Friday US sent/VERB/send arms to Ukraine .",
        times=lambda doc: [
            time_at(doc, "Since 2022", date(2022, 1, 1), date(2025, 8, 18)),
            time_at(doc, "Friday", date(2025, 8, 15)),
        ],
        published=date(2025, 8, 18),
    )
    assert [(event.type, event.sentences) for event in events] == [("MilitaryAid", (0,)), ("MilitaryAid", (1,))]


def test_events_merging_takes_a_placed_and_dated_one_for_another_of_the_series() -> None:
    meeting, other = events_of(
        "Trump and Putin held/VERB/hold a meeting in Geneva .",
        "The meeting in Istanbul on Friday was shorter/ADJ .",
        times=lambda doc: [time_at(doc, "Friday", date(2025, 8, 15))],
    )
    assert roles_of(meeting) == roles_of(other)
    assert (values_of(meeting, "place"), values_of(other, "place")) == (["geneva"], ["istanbul"])


def test_events_merging_lets_a_city_lie_in_a_region() -> None:
    [event] = events_of(f"{MET} in Alaska .", f"{MET} in Geneva .")
    assert values_of(event, "place") == ["alaska", "geneva"]


def test_events_merging_lets_a_war_be_one_at_all_its_dates() -> None:
    war = "The war between Russia and Ukraine"
    [event] = events_of(
        f"{war} in 2022 shocked/VERB/shock all .",
        f"{war} in 2025 goes/VERB/go on .",
        times=lambda doc: [
            time_at(doc, "2022", date(2022, 1, 1), date(2022, 12, 31)),
            time_at(doc, "2025", date(2025, 1, 1), date(2025, 12, 31)),
        ],
    )
    assert event.sentences == (0, 1)


def test_events_merging_makes_the_first_round_an_event_of_the_same_parties() -> None:
    second, first = events_of(
        "Russia and Ukraine held/VERB/hold a second/ADJ round of talks/NOUN/talk in Istanbul .",
        "The first/ADJ round took/VERB/take place in Geneva .",
    )
    assert roles_of(first) == roles_of(second) == PARTIES
    assert (values_of(first, "ordinal"), values_of(second, "ordinal")) == ([1], [2])
    assert values_of(first, "place") == ["geneva"]


def test_events_merging_keeps_previous_rounds_from_the_planned_one() -> None:
    planned, previous = events_of(
        "Russia and Ukraine will hold/VERB a third/ADJ round of talks/NOUN/talk .",
        "Previous/ADJ rounds/NOUN/round took/VERB/take place in Istanbul .",
    )
    assert values_of(planned, "status") == [Status.PLANNED]
    assert values_of(previous, "status") == [Status.OCCURRED]
    assert roles_of(previous) == PARTIES


def test_events_merging_gives_a_bare_headline_to_the_event_below() -> None:
    [event] = events_of(
        "Ceasefire holds/VERB/hold", "Israel and Iran agreed/VERB/agree a ceasefire .", kind=BlockKind.TITLE
    )
    assert event.sentences == (0, 1)


def test_events_merging_gives_a_first_sentence_with_a_place_alone_to_the_event_there() -> None:
    first = "Many/ADJ were/AUX killed/VERB/kill in a shooting in Tehran ."
    assert len(events_of(first, "Israel bombed/VERB/bomb a bank in Tehran .")) == 1
    assert len(events_of(first, "Israel bombed/VERB/bomb a bank in Kyiv .")) == 2


def test_events_merging_gives_aid_that_names_nobody_the_usual_parties() -> None:
    first = "Qatar gave/VERB/give 5 million/NUM euros/NOUN/euro to Ukraine ."
    then = "Also 40 tents/NOUN/tent were/AUX delivered/VERB/deliver on Sunday ."
    money, tents = events_of(first, then)
    assert roles_of(tents) == roles_of(money) == {("agent", "qatar"), ("recipient", "ukraine")}
    assert (values_of(tents, "count"), values_of(tents, "amount")) == ([40], [])
    assert events_of(then) == ()


def test_events_merging_drops_what_names_nobody() -> None:
    assert events_of("Ceasefire holds/VERB/hold", kind=BlockKind.TITLE) == ()


def test_events_merging_needs_linear_time_where_a_text_repeats_itself() -> None:
    def seconds(times: int) -> float:
        drafts = [
            Draft(
                type="Meeting",
                symmetric=True,
                start=n,
                end=n + 1,
                begin_char=n,
                end_char=n + 1,
                sentence=n,
                paragraph=0,
                lemma="meet",
                roles=(("participant", "trump"), ("participant", "putin")),
                status=Status.OCCURRED,
                definite=False,
                anaphor=False,
            )
            for n in range(times)
        ]
        begin = time.process_time()
        [event] = merge_drafts(drafts)
        assert len(event) == times
        return time.process_time() - begin

    # Four times the drafts may take eight times the time (a slow machine), not sixteen (each against every other).
    assert seconds(4000) < max(8 * seconds(1000), 0.5)


def test_events_merging_keeps_the_next_round_apart() -> None:
    first, second = events_of(
        "Talks/NOUN/talk between Russia and Ukraine ended/VERB/end .",
        "The next round of talks/NOUN/talk will/AUX begin/VERB/begin soon/ADV .",
    )
    assert [values_of(event, "status") for event in (first, second)] == [[Status.OCCURRED], [Status.PLANNED]]
    assert roles_of(second) == PARTIES


def test_events_merging_knows_the_prisoners_of_both_sides_from_those_of_each() -> None:
    [event] = events_of(
        "Russia exchanged/VERB/exchange 314 prisoners/NOUN/prisoner with Ukraine .",
        "Russia and Ukraine exchanged/VERB/exchange 157 prisoners/NOUN/prisoner each .",
    )
    assert values_of(event, "count") == [314]


def test_events_merging_takes_ministers_who_sign_for_their_countries() -> None:
    lands = {"putin": "russia", "zelenskyy": "ukraine"}
    [event] = events_of(
        "Russia and Ukraine signed/VERB/sign a treaty .",
        "The treaty was/AUX signed/VERB/sign by Putin and Zelenskyy .",
        lands=lands,
    )
    assert event.sentences == (0, 1)


def test_events_merging_knows_the_pact_of_a_truce() -> None:
    [event] = events_of(
        "A ceasefire between Russia and Ukraine began/VERB/begin .",
        "The pact was/AUX signed/VERB/sign by Putin and Zelenskyy .",
        lands={"putin": "russia", "zelenskyy": "ukraine"},
    )
    assert (event.type, event.sentences) == ("Ceasefire", (0, 1))


def test_events_merging_keeps_talks_at_a_place_though_nobody_is_named() -> None:
    [talks] = events_of("The talks/NOUN/talk in Geneva failed/VERB/fail .")
    assert (talks.type, roles_of(talks), values_of(talks, "place")) == ("Negotiation", set(), ["geneva"])


def test_events_merging_takes_who_agreed_during_a_meeting_for_its_parties() -> None:
    line = "Macron and Merz accepted/VERB/accept a plan/NOUN during/ADP a meeting in Geneva ."
    [meeting] = events_of(line)
    assert roles_of(meeting) == {("participant", "macron"), ("participant", "merz")}
