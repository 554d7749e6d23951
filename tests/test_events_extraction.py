"""Triggers, roles and claims of events; the sentences are annotated by hand."""

import pytest
from building import events_of, roles_of, values_of

from kg.model import Quote, Status

CALL = {("participant", "trump"), ("participant", "putin")}


@pytest.mark.parametrize(
    ("line", "event_type", "roles"),
    [
        ("Trump phoned/VERB/phone Putin .", "PhoneCall", CALL),
        ("Trump spoke/VERB/speak with Putin .", "PhoneCall", CALL),
        ("Trump spoke/VERB/speak with Putin in Alaska .", "Meeting", CALL),
        (
            "Lavrov spoke/VERB/speak with his Iranian/ADJ counterpart .",
            "PhoneCall",
            {("participant", "lavrov"), ("participant", "iran")},
        ),
        ("The Trump – Putin call lasted/VERB/last an hour .", "PhoneCall", CALL),
        ("Trump held/VERB/hold a phone call with Putin .", "PhoneCall", CALL),
        ("An Israeli strike shook/VERB/shake Tehran .", "Attack", {("agent", "israel"), ("target", "tehran")}),
        ("Iran was struck/VERB/strike by Israel .", "Attack", {("agent", "israel"), ("target", "iran")}),
        (
            "US imposed/VERB/impose sanctions/NOUN/sanction on Russia .",
            "Sanction",
            {("agent", "us"), ("target", "russia")},
        ),
        ("Macron visited/VERB/visit Ukraine .", "Visit", {("agent", "macron"), ("target", "ukraine")}),
        (
            "US lifted/VERB/lift sanctions/NOUN/sanction on Iran .",
            "SanctionRelief",
            {("agent", "us"), ("target", "iran")},
        ),
    ],
)
def test_events_fill_the_roles_of_their_class(line: str, event_type: str, roles: set[tuple[str, str]]) -> None:
    [event] = events_of(line)
    assert event.type == event_type
    assert roles_of(event) == roles


def test_events_are_anchored_at_their_trigger() -> None:
    line = "Trump phoned/VERB/phone Putin ."
    [event] = events_of(line)
    assert event.triggers == ((6, 12),)
    assert event.words == ("phone",)
    assert event.sentences == (0,)


def test_events_take_the_subject_of_an_announcement_for_no_party() -> None:
    [event] = events_of("Trump announced/VERB/announce a truce between Israel and Iran .")
    assert roles_of(event) == {("participant", "israel"), ("participant", "iran")}


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        (
            "Iran rejected/VERB/reject talks/NOUN/talk with US .",
            {("participant", "iran"), ("participant", "us")},
        ),
        ("Qatar rejected/VERB/reject sanctions/NOUN/sanction on Iran .", {("target", "iran")}),
        ("Trump cancelled/VERB/cancel a meeting with Putin .", {("participant", "trump"), ("participant", "putin")}),
        ("Iran dismissed/VERB/dismiss an appeal from Trump .", set()),
        ("Israel gave/VERB/give Macron asylum .", {("agent", "israel"), ("recipient", "macron")}),
        (
            "Protests/NOUN/protest against the abuse/NOUN of rights/NOUN by Iran grew/VERB .",
            {("target", "iran")},
        ),
        (
            "Qatar launched/VERB/launch a mediation effort/NOUN between Russia and Ukraine .",
            {("mediator", "qatar"), ("participant", "russia"), ("participant", "ukraine")},
        ),
        (
            "Macron was arrested/VERB/arrest and questioned/VERB/question by Israel .",
            {("target", "macron"), ("agent", "israel")},
        ),
        (
            "Iran attacked/VERB/attack Kyiv in retaliation/NOUN for strikes/NOUN/strike by Israel .",
            {("agent", "iran"), ("target", "kyiv"), ("agent", "israel")},
        ),
        (
            "Macron watched/VERB/watch missiles/NOUN/missile fired/VERB/fire by Iran from Ukraine at Israel .",
            {("agent", "iran"), ("target", "israel")},
        ),
        (
            "Israel attacked/VERB/attack a base of forces loyal/ADJ to Putin .",
            {("agent", "israel"), ("target", "putin")},
        ),
        (
            "Israel carried/VERB/carry out/ADP strikes/NOUN/strike targeting/VERB/target bases of Iran .",
            {("agent", "israel"), ("target", "iran")},
        ),
        ("Macron fears/VERB/fear an Iran - style/NOUN civil/ADJ war/NOUN in Israel .", {("participant", "israel")}),
        ("Iran faces/VERB/face sanctions/NOUN/sanction from US .", {("target", "iran"), ("agent", "us")}),
        ("Sanctions/NOUN/sanction faced/VERB/face by Iran hurt/VERB .", {("target", "iran")}),
        (
            "Israel received/VERB/receive military/ADJ aid from US .",
            {("recipient", "israel"), ("agent", "us")},
        ),
        (
            "Putin received/VERB/receive a phone/NOUN call/NOUN from Trump .",
            {("participant", "putin"), ("participant", "trump")},
        ),
    ],
    ids=[
        "equals",
        "no-author",
        "cancelled",
        "uttered",
        "asylum",
        "against-what-they-do",
        "mediator",
        "joined-passives",
        "another-s-doing",
        "by-and-from",
        "loyal",
        "targeting",
        "likeness",
        "undergoer",
        "undergoer-behind",
        "receiver",
        "called",
    ],
)
def test_events_know_what_the_subject_of_a_verb_over_them_has_to_do_with_them(
    line: str, roles: set[tuple[str, str]]
) -> None:
    found = events_of(line)
    assert {pair for event in found for pair in roles_of(event)} == roles


def test_events_killed_with_their_kin_are_no_kin_s() -> None:
    [event] = events_of("Israel attacked/VERB/attack Lavrov and Putin ’s wife/NOUN .")
    assert roles_of(event) == {("agent", "israel"), ("target", "lavrov")}


@pytest.mark.parametrize(
    ("line", "agents"),
    [
        ("An Iranian man attacked/VERB/attack Kyiv .", []),
        ("An Iranian drone/NOUN attacked/VERB/attack Kyiv .", ["iran"]),
    ],
)
def test_events_of_one_person_are_not_done_by_a_country(line: str, agents: list[str]) -> None:
    [event] = events_of(line)
    assert values_of(event, "agent") == agents


@pytest.mark.parametrize(
    ("line", "types"),
    [
        ("A storm struck/VERB/strike Geneva .", {"Disaster"}),
        ("Israel struck/VERB/strike Geneva .", {"Attack"}),
    ],
)
def test_events_know_by_who_does_it_what_strikes(line: str, types: set[str]) -> None:
    assert {event.type for event in events_of(line)} == types


@pytest.mark.parametrize(
    ("line", "events"),
    [
        ("Trump attacked/VERB/attack Macron over the war/NOUN .", 0),
        ("Trump attacked/VERB/attack Iran over the war/NOUN .", 1),
        ("Iran attacked/VERB/attack Trump over the war/NOUN .", 1),
    ],
    ids=["in-words", "a-country", "by-a-country"],
)
def test_events_take_no_attack_of_a_person_on_persons_for_one_with_weapons(line: str, events: int) -> None:
    assert len([event for event in events_of(line) if event.type == "Attack"]) == events


def test_events_take_the_subject_of_an_authored_act_for_its_agent() -> None:
    [event] = events_of("Israel carried/VERB/carry out/ADP an attack on Iran .")
    assert roles_of(event) == {("agent", "israel"), ("target", "iran")}


@pytest.mark.parametrize(
    "line",
    [
        "Talks/NOUN/talk between Israel and Iran mediated/VERB/mediate by Qatar ended/VERB/end .",
        "Talks/NOUN/talk mediated/VERB/mediate by Qatar between Israel and Iran resumed/VERB/resume .",
    ],
)
def test_events_name_the_mediator_apart_from_the_parties(line: str) -> None:
    [event] = events_of(line)
    assert roles_of(event) == {("participant", "israel"), ("participant", "iran"), ("mediator", "qatar")}


def test_events_with_both_partners_are_one_call_each() -> None:
    events = events_of("Macron spoke/VERB/speak with both Putin and Zelenskyy .")
    assert [roles_of(event) for event in events] == [
        {("participant", "macron"), ("participant", "putin")},
        {("participant", "macron"), ("participant", "zelenskyy")},
    ]


def test_events_in_one_insertion_and_its_sentence_have_one_subject() -> None:
    events = events_of("Trump , who visited/VERB/visit Israel , met/VERB/meet Putin .")
    assert [(event.type, roles_of(event)) for event in events] == [
        ("Visit", {("agent", "trump"), ("target", "israel")}),
        ("Meeting", CALL),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Merz called/VERB/call for unity with Macron .",  # the word after: another meaning
        "Talks/NOUN/talk failed/VERB/fail .",  # nobody talks
        "Trump met/VERB/meet expectations/NOUN/expectation of Macron .",
        "Israel struck/VERB/strike a chord/NOUN .",
        "A trade/NOUN war between US and Russia looms/VERB/loom .",
        "Fighting in Ukraine is terrible/ADJ for prisoners/NOUN/prisoner of war .",
        "The meeting was long/ADJ .",  # points back to nothing
    ],
)
def test_events_are_none_where_a_guard_or_an_actor_is_missing(line: str) -> None:
    assert [event for event in events_of(line) if event.type not in {"Conflict"}] == []


def test_events_read_the_longest_trigger_first() -> None:
    [event] = events_of("Russia and Ukraine held/VERB/hold a round of talks/NOUN/talk .")
    assert event.words == ("round of talk",)


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Trump met/VERB/meet Putin in Geneva .", ["geneva"]),
        ("In Istanbul , Lavrov met/VERB/meet Rubio .", ["istanbul"]),
        ("Israel struck/VERB/strike Tehran .", ["tehran"]),
        ("Trump met/VERB/meet Putin .", []),
    ],
    ids=["preposition", "head-of-sentence", "target", "none"],
)
def test_events_have_the_place_that_stands_with_them(line: str, place: list[str]) -> None:
    [event] = events_of(line)
    assert values_of(event, "place") == place


def test_events_take_no_place_for_a_party() -> None:
    [event] = events_of("Trump and Putin held/VERB/hold a meeting with Geneva .")
    assert roles_of(event) == CALL


def test_events_inside_a_statement_are_its_speaker_s_claim() -> None:
    line = "Lavrov said/VERB/say that Ukraine attacked/VERB/attack Russia ."
    text = "Ukraine attacked Russia"
    quote = Quote(begin=17, end=17 + len(text), text=text, verbatim=False, sentences=(0,), speaker="lavrov")
    [event] = events_of(line, quotes=[quote])
    assert {assertion.attributed_to for assertion in event.assertions} == {"lavrov"}
    [told] = events_of(line)
    assert {assertion.attributed_to for assertion in told.assertions} == {None}


def test_events_told_again_are_surer() -> None:
    [once] = events_of("Trump met/VERB/meet Putin .")
    [twice] = events_of("Trump met/VERB/meet Putin .", "The meeting ended/VERB/end late/ADV .")
    assert once.confidence < twice.confidence < 1


def test_events_say_the_same_twice() -> None:
    lines = ("Trump met/VERB/meet Putin , Macron and Merz .", "Israel struck/VERB/strike Iran .")
    assert events_of(*lines) == events_of(*lines)


def test_events_assert_their_status_once_however_often_words_point_back() -> None:
    [event] = events_of("Trump met/VERB/meet Putin .", "The meeting ended/VERB/end .", "The meeting was long/ADJ .")
    assert [a.sentence for a in event.assertions if a.property == "status"] == [0]
    assert values_of(event, "status") == [Status.OCCURRED]


def test_events_take_the_particle_behind_the_object() -> None:
    [event] = events_of("Russia pulled/VERB/pull its troops/NOUN/troops out/ADP .")
    assert event.type == "Withdrawal"
    assert ("agent", "russia") in roles_of(event)


@pytest.mark.parametrize(
    "line",
    [
        "The wounded/VERB/wound soldiers/NOUN/soldier praised/VERB/praise Macron .",  # a pre-nominal participle
        "Israel ’s attack planners/NOUN/planner live/VERB/live in Iran .",  # people, not an attack
    ],
)
def test_events_are_none_where_words_only_describe(line: str) -> None:
    assert events_of(line) == ()


def test_events_join_what_an_attack_did() -> None:
    [event] = events_of("Macron was killed/VERB/kill in an Israeli strike on Tehran .")
    assert event.words == ("kill", "strike")
    assert ("agent", "israel") in roles_of(event)
    assert ("target", "macron") in roles_of(event)


def test_events_count_the_place_of_an_arrest() -> None:
    [event] = events_of("Four people/NOUN/person were arrested/VERB/arrest in Tehran .")
    assert (event.type, values_of(event, "place")) == ("Arrest", ["tehran"])


def test_events_make_one_election_of_a_paragraph() -> None:
    told = ("Trump was elected/VERB/elect .", "Macron was re-elected/VERB/re-elect .")
    assert len(events_of(*told)) == 1
    assert len(events_of(*told, apart="\n")) == 2


def test_events_let_several_act_through_a_pronoun() -> None:
    events = events_of("Trump and Putin left/VERB/leave Alaska .", "They agreed/VERB/agree to meet/VERB/meet .")
    assert all(roles_of(event) == CALL for event in events)
    assert events


def test_events_of_two_leaders_without_parties_are_their_countries() -> None:
    lands = {"trump": "us", "putin": "russia"}
    told = "Trump and Putin welcomed/VERB/welcome the resumption of cooperation ."
    [event] = events_of("The US and Russia are far apart .", told, lands=lands)
    assert roles_of(event) == {("participant", "us"), ("participant", "russia")}


def test_events_of_measures_are_none_where_a_verb_ends_them() -> None:
    assert [event.type for event in events_of("US suspended/VERB/suspend tariffs/NOUN/tariff on Iran .")] == [
        "SanctionRelief"
    ]


def test_events_take_those_who_hold_somebody_for_the_country_where_it_is() -> None:
    [event] = events_of("Macron was detained/VERB/detain in Iran .")
    assert roles_of(event) == {("target", "macron"), ("agent", "iran")}
    [event] = events_of("Police detained/VERB/detain Macron in Iran .")
    assert roles_of(event) == {("target", "macron")}


def test_events_are_where_they_strike() -> None:
    [event] = events_of("An earthquake hit/VERB/hit Tehran .")
    assert (event.type, values_of(event, "place")) == ("Disaster", ["tehran"])


def test_events_give_we_to_the_country_of_the_speaker() -> None:
    line = "Trump said/VERB/say : “ We signed/VERB/sign an agreement with Iran . ”"
    begin = line.replace("/VERB/say", "").index("“")
    quote = Quote(begin=begin, end=200, text="We signed", verbatim=True, speaker="trump", sentences=(0,))
    events = events_of(line, "The US waits/VERB/wait .", quotes=[quote], lands={"trump": "us"})
    assert roles_of(events[0]) == {("participant", "us"), ("participant", "iran")}


def test_events_between_two_are_mediated_by_who_negotiates_them() -> None:
    events = events_of("Qatar negotiated/VERB/negotiate a truce between Israel and Iran .")
    [truce] = [event for event in events if event.type == "Ceasefire"]
    assert roles_of(truce) == {("participant", "israel"), ("participant", "iran"), ("mediator", "qatar")}


def test_events_do_not_tell_a_purpose_twice() -> None:
    line = "Iran launched/VERB/launch an attack on Israel to strike/VERB/strike Russia ."
    assert len(events_of(line)) == 1


@pytest.mark.parametrize(
    ("line", "types"),
    [
        ("A court ordered/VERB/order Trump to pay/VERB .", ["LegalProceeding"]),
        ("Rubio ordered/VERB/order Trump to pay/VERB before a court .", []),  # who orders is no court
        ("A court reached/VERB/reach a verdict against Trump .", ["LegalProceeding"]),
        ("Iran reached/VERB/reach a verdict on the flag .", []),
        ("An explosion ripped/VERB/rip through a shipyard in Tehran .", ["Disaster"]),
        ("A bus lost/VERB/lose control and crashed/VERB/crash in Tehran .", ["Disaster"]),
        ("Refugees/NOUN/refugee crossed/VERB/cross the border into Iran .", ["Displacement"]),
        ("Macron crossed/VERB/cross the border into Iran .", []),
        ("Russian/ADJ troops/NOUN/troops left/VERB/leave Kyiv .", ["Withdrawal"]),
        ("Macron left/VERB/leave Kyiv .", []),
        ("US ordered/VERB/order 20 tanks/NOUN/tank and ships/NOUN/ship from Israel .", ["Transaction"]),
        ("Qatar pledged/VERB/pledge 5 million/NUM euros/NOUN/euro in military/ADJ aid to Ukraine .", ["MilitaryAid"]),
        ("Qatar pledged/VERB/pledge 5 million/NUM euros/NOUN/euro to Ukraine .", ["EconomicAid"]),
        ("The rebels/NOUN/rebel sank/VERB/sink a ship off Iran .", ["Attack"]),
        ("A ship sank/VERB/sink off Iran .", ["Disaster"]),
        ("Ukraine and Russia fought/VERB/fight a war .", ["Conflict"]),
        ("War/NOUN maniacs/NOUN/maniac of Iran made/VERB/make a threat .", []),
        ("Trump helped/VERB/help flood/NOUN victims/NOUN/victim in Iran .", []),
        ("Israel suspended/VERB/suspend food/NOUN distribution/NOUN in Iran .", ["AidSuspension"]),
        ("Residents/NOUN/resident of Kyiv were ordered/VERB/order to evacuate/VERB .", ["Displacement"]),
        ("Ukraine pulled/VERB/pull its troops/NOUN/troops out/ADV of Kyiv .", ["Withdrawal"]),
        ("US imposed/VERB/impose export/NOUN curbs/NOUN/curb on Iran .", ["Sanction"]),
        ("Iran took/VERB/take control of a council in Israel .", []),
        ("Iran seized/VERB/seize a tanker off an island of Qatar .", []),
        ("Investors/NOUN/investor fled/VERB/flee Iranian bonds/NOUN/bond .", []),
        ("Refugees/NOUN/refugee streamed/VERB/stream into Iran .", ["Displacement"]),
        ("A flood of imports/NOUN/import from Iran worries/VERB/worry Israel .", []),
        ("Many/ADJ were/AUX killed/VERB/kill when a boat sank/VERB/sink in Tehran .", ["Disaster"]),
        ("Forty migrants/NOUN/migrant were rescued/VERB/rescue in Alaska .", ["HumanitarianAid"]),
        ("The civil/ADJ war/NOUN in Iran killed/VERB/kill 900 people/NOUN .", ["Conflict"]),
        ("Two men/NOUN/man were shot/VERB/shoot dead/ADJ in a shooting/NOUN in Tehran .", ["Attack"]),
    ],
)
def test_events_ask_who_does_it_and_where(line: str, types: list[str]) -> None:
    assert [event.type for event in events_of(line)] == types


@pytest.mark.parametrize(
    ("line", "role", "actors"),
    [
        ("Qatar delivered/VERB/deliver food/NOUN to Kyiv .", "recipient", ["kyiv"]),
        ("Ukraine received/VERB/receive missiles/NOUN/missile from US .", "recipient", ["ukraine"]),
        ("New/ADJ sanctions/NOUN/sanction target/VERB/target Russian banks/NOUN/bank .", "target", ["russia"]),
        ("Kyiv fell/VERB/fall to Russian forces/NOUN/forces .", "agent", ["russia"]),
        ("The tariff/NOUN applies/VERB/apply to goods/NOUN/good from Iran .", "target", ["iran"]),
        (
            "Qatar pledged/VERB/pledge 5 million/NUM dollars/NOUN/dollar to rebuild/VERB Tehran .",
            "recipient",
            ["tehran"],
        ),
        ("US doubled/VERB/double tariffs/NOUN/tariff on goods/NOUN/good from Iran .", "agent", ["us"]),
        ("A boat sank/VERB/sink off the Israeli coast/NOUN .", "target", ["israel"]),
    ],
)
def test_events_find_whom_aid_and_pressure_are_for(line: str, role: str, actors: list[str]) -> None:
    [event] = events_of(line)
    assert values_of(event, role) == actors


def test_events_give_an_arrest_s_possessor_its_part() -> None:
    [event] = events_of("Trump ’s arrest surprised/VERB/surprise the staff .")
    assert roles_of(event) == {("target", "trump")}


def test_events_join_whom_an_attack_killed_though_they_are_named_before_it() -> None:
    _, attack = events_of(
        "Trump phoned/VERB/phone Macron .",
        "The army of Israel killed/VERB/kill Lavrov in an airstrike/NOUN in Tehran .",
    )
    assert attack.words == ("airstrike", "kill")
    assert {("agent", "israel"), ("target", "lavrov")} <= roles_of(attack)


@pytest.mark.parametrize(
    "line",
    [
        "Iran expressed/VERB/express openness/NOUN to talks/NOUN/talk with Israel .",
        "Iran is open/ADJ to talks/NOUN/talk with Israel .",
        "Iran led/VERB/lead a delegation/NOUN to talks/NOUN/talk with Israel .",
    ],
)
def test_events_make_a_party_of_who_is_open_to_talks_and_leads_a_team_to_them(line: str) -> None:
    [event] = events_of(line)
    assert roles_of(event) == {("participant", "iran"), ("participant", "israel")}


def test_events_between_a_leader_and_a_state_are_those_of_states() -> None:
    lines = "Russia waits/VERB/wait .", "Putin resumed/VERB/resume talks/NOUN/talk with Ukraine ."
    [event] = events_of(*lines, lands={"putin": "russia"})
    assert roles_of(event) == {("participant", "russia"), ("participant", "ukraine")}
    lines = "Russia waits/VERB/wait .", "Putin resumed/VERB/resume talks/NOUN/talk with Macron ."
    [event] = events_of(*lines, lands={"putin": "russia"})
    assert roles_of(event) == {("participant", "putin"), ("participant", "macron")}


@pytest.mark.parametrize(
    "line",
    [
        "After a meeting with Putin in Alaska Trump announced/VERB/announce new measures/NOUN .",
        "Trump said/VERB/say after a meeting with Putin that the war/NOUN would end/VERB .",
        "At a briefing/NOUN following a meeting with Putin , Trump announced/VERB/announce new measures/NOUN .",
    ],
)
def test_events_take_who_acts_after_a_meeting_with_somebody_for_the_other_party(line: str) -> None:
    assert ("Meeting", CALL) in [(event.type, roles_of(event)) for event in events_of(line)]


def test_events_take_who_brokered_talks_for_their_mediator_and_who_backed_them_for_no_party() -> None:
    parties = {("participant", "russia"), ("participant", "ukraine")}
    [brokered] = events_of("US - brokered/VERB/broker talks/NOUN/talk between Russia and Ukraine ended/VERB/end .")
    assert roles_of(brokered) == parties | {("mediator", "us")}
    [backed] = events_of("US - backed/VERB/back talks/NOUN/talk between Russia and Ukraine ended/VERB/end .")
    assert roles_of(backed) == parties


def test_events_of_capturing_a_person_are_arrests() -> None:
    [person] = events_of("Israel captured/VERB/capture Macron .")
    [city] = events_of("Israel captured/VERB/capture Tehran .")
    assert (person.type, city.type) == ("Arrest", "TerritorialCapture")


def test_events_at_somebody_s_request_are_not_in_his_country() -> None:
    [event] = events_of("Trump will/AUX meet/VERB/meet Putin at the request/NOUN/request of Qatar .")
    assert values_of(event, "place") == []


@pytest.mark.parametrize(
    "line",
    ["Russia and Ukraine fought/VERB/fight a war for years .", "Russia has/AUX been/AUX/be at war with Ukraine ."],
)
def test_events_know_who_fights_a_war(line: str) -> None:
    assert [roles_of(event) for event in events_of(line)] == [{("participant", "russia"), ("participant", "ukraine")}]


def test_events_of_harm_are_not_done_by_whom_it_befalls() -> None:
    events = events_of("Macron was/AUX struck/VERB/strike by a drone , killing/VERB/kill one guard/NOUN .")
    assert all(role != "agent" for event in events for role, _ in roles_of(event))


def test_events_agreed_on_are_no_agreements_besides() -> None:
    [event] = events_of("Russia and Ukraine signed/VERB/sign a ceasefire agreement .")
    assert event.type == "Ceasefire"


def test_events_on_the_anniversary_of_an_invasion_are_not_done_by_who_marks_it() -> None:
    day = "on the anniversary/NOUN/anniversary of the invasion/NOUN/invasion of Ukraine by Russia"
    line = f"US approved/VERB/approve measures/NOUN {day} ."
    assert [roles_of(event) for event in events_of(line)] == [{("agent", "russia"), ("target", "ukraine")}]


@pytest.mark.parametrize(
    ("line", "event_type", "roles"),
    [
        (
            "Russia and Ukraine are in talks/NOUN/talk .",
            "Negotiation",
            {("participant", "russia"), ("participant", "ukraine")},
        ),
        ("Lavrov is under investigation .", "Investigation", {("target", "lavrov")}),
    ],
)
def test_events_read_what_somebody_is_in_or_under_as_going_on(
    line: str, event_type: str, roles: set[tuple[str, str]]
) -> None:
    [event] = events_of(line)
    assert (event.type, roles_of(event), values_of(event, "status")) == (event_type, roles, [Status.ONGOING])


def test_events_with_two_parties_take_no_third_from_their_place() -> None:
    [event] = events_of("Russia and Ukraine accepted/VERB/accept a truce in Qatar .")
    assert roles_of(event) == {("participant", "russia"), ("participant", "ukraine")}


def test_events_let_a_country_stand_for_who_is_called_by_his_post() -> None:
    [event] = events_of("Macron spoke/VERB/speak with his Iranian counterpart/NOUN .")
    assert (event.type, roles_of(event)) == ("PhoneCall", {("participant", "macron"), ("participant", "iran")})


def test_events_make_the_guest_the_visitor() -> None:
    line = "Macron welcomed/VERB/welcome Putin for a visit/NOUN to Kyiv ."
    visits = [roles_of(event) for event in events_of(line) if event.type == "Visit"]
    assert visits == [{("agent", "putin"), ("target", "kyiv")}]


@pytest.mark.parametrize(
    ("line", "event_type", "roles"),
    [
        (
            "Israel struck/VERB/strike a long/ADJ deal with Iran .",
            "Agreement",
            {("participant", "israel"), ("participant", "iran")},
        ),
        ("Ukrainian ministers/NOUN/minister met/VERB/meet on Friday .", "Meeting", {("participant", "ukraine")}),
        (
            "Macron visited/VERB/visit soldiers/NOUN/soldier in Kyiv .",
            "Visit",
            {("agent", "macron"), ("target", "kyiv")},
        ),
        ("Iran freed/VERB/free a journalist .", "Release", {("agent", "iran")}),
        ("Putin fired/VERB/fire his defence minister .", "Resignation", {("agent", "putin")}),
        ("Lavrov appeared/VERB/appear in court on Friday .", "LegalProceeding", {("target", "lavrov")}),
        ("Putin dismissed/VERB/dismiss the claims/NOUN/claim of the minister .", None, set[tuple[str, str]]()),
    ],
)
def test_events_are_read_though_one_of_those_in_them_has_no_name(
    line: str, event_type: str | None, roles: set[tuple[str, str]]
) -> None:
    events = events_of(line)
    assert [event.type for event in events] == ([event_type] if event_type else [])
    assert all(roles_of(event) == roles for event in events)


def test_events_appoint_no_country() -> None:
    [event] = events_of("Putin appointed/VERB/appoint a Ukrainian diplomat .")
    assert roles_of(event) == {("agent", "putin")}


def test_events_let_several_who_are_called_by_their_posts_meet() -> None:
    [event] = events_of("Xi hosted/VERB/host the foreign/ADJ ministers/NOUN/minister of Russia and Iran .")
    assert roles_of(event) == {("participant", "xi"), ("participant", "russia"), ("participant", "iran")}


def test_events_read_an_order_to_leave_as_a_rupture() -> None:
    [event] = events_of("Iran ordered/VERB/order two Russian diplomats/NOUN/diplomat to leave/VERB .")
    assert (event.type, roles_of(event)) == ("DiplomaticRupture", {("agent", "iran"), ("target", "russia")})


def test_events_take_a_convoy_that_is_attacked_for_no_aid() -> None:
    [event] = events_of("Israel attacked/VERB/attack an aid convoy near Kyiv .")
    assert event.type == "Attack"


def test_events_take_what_was_discussed_for_no_party() -> None:
    [call] = events_of("Trump discussed/VERB/discuss Iran with Putin by phone/NOUN/phone .")
    assert roles_of(call) == CALL


def test_events_in_somebody_s_plan_are_not_done_by_him() -> None:
    plan = "Trump 's plan/NOUN/plan , which provides/VERB/provide for an Israeli withdrawal/NOUN/withdrawal"
    line = f"Iran rejected/VERB/reject {plan} ."
    assert [roles_of(event) for event in events_of(line) if event.type == "Withdrawal"] == [{("agent", "israel")}]
