"""Positions around a trigger: who is subject, object, possessor, modifier, or stands behind a preposition."""

from dataclasses import replace

import pytest
from building import actor, cast, make_doc

from kg.clauses import Clauses
from kg.model import Actor, Mention, MentionKind


def positions(line: str, trigger: str, *, verb: bool = False) -> set[tuple[str, str]]:
    """(position, actor) pairs around the token `trigger`."""
    doc, _, spans = make_doc(line)
    at = next(token.i for token in doc if token.text == trigger)
    found = Clauses(doc, spans, cast(doc)).arguments(at, at + 1, verb=verb)
    return {(argument.position, argument.actor) for argument in found}


@pytest.mark.parametrize(
    ("line", "trigger", "expected"),
    [
        ("Trump phoned/VERB/phone Putin .", "phoned", {("subject", "trump"), ("object", "putin")}),
        ("Iran was struck/VERB/strike by Israel .", "struck", {("object", "iran"), ("by", "israel")}),
        ("Trump plans/VERB/plan to meet/VERB Putin .", "meet", {("subject", "trump"), ("object", "putin")}),
        (
            "Trump phoned/VERB/phone Putin and met/VERB/meet Macron .",
            "met",
            {("subject", "trump"), ("object", "macron")},
        ),
        (
            "Trump , Macron and Putin met/VERB/meet .",
            "met",
            {("subject", "trump"), ("subject", "macron"), ("subject", "putin")},
        ),
        (
            "Zelenskyy , who visited/VERB/visit Israel , met/VERB/meet Macron .",
            "met",
            {("subject", "zelenskyy"), ("object", "macron")},
        ),
        (
            "Israel hit/VERB/hit dozens of Iranian sites .",
            "hit",
            {("subject", "israel"), ("object", "iran")},
        ),
    ],
    ids=["active", "passive", "control", "coordinated-verbs", "coordinated-names", "insertion", "of-object"],
)
def test_clauses_find_subject_and_object_of_verbs(line: str, trigger: str, expected: set[tuple[str, str]]) -> None:
    assert positions(line, trigger, verb=True) == expected


def test_clauses_take_no_name_behind_a_preposition_for_the_subject() -> None:
    assert positions("Lavrov of Russia met/VERB/meet Rubio .", "met", verb=True) == {
        ("subject", "lavrov"),
        ("object", "rubio"),
    }


def test_clauses_take_no_subject_across_a_colon() -> None:
    assert ("subject", "trump") not in positions("Trump : sirens/NOUN met/VERB/meet Putin .", "met", verb=True)


def test_clauses_give_a_relative_clause_its_own_subject() -> None:
    found = positions("Trump said/VERB/say that people were killed/VERB/kill .", "killed", verb=True)
    assert found == set()


@pytest.mark.parametrize(
    ("line", "trigger", "expected"),
    [
        ("Trump ’s call ended/VERB/end .", "call", {("possessor", "trump")}),
        ("An Israeli air strike shook/VERB/shake it .", "strike", {("modifier", "israel")}),
        ("The Trump – Putin call ended/VERB/end .", "call", {("modifier", "trump"), ("modifier", "putin")}),
        (
            "It followed/VERB/follow US and Russian talks .",
            "talks",
            {("modifier", "us"), ("modifier", "russia")},
        ),
        (
            "Trump and Putin ended/VERB/end their sixth/ADJ call .",
            "call",
            {("possessor", "trump"), ("possessor", "putin")},
        ),
    ],
    ids=["possessor", "modifier", "pair-with-dash", "pair-with-and", "their"],
)
def test_clauses_find_names_before_nouns(line: str, trigger: str, expected: set[tuple[str, str]]) -> None:
    assert positions(line, trigger) == expected


def test_clauses_read_a_possessive_pronoun_as_possessor() -> None:
    doc, _, spans = make_doc("Trump ended/VERB/end his visit .")
    trump = actor(doc, "Trump", also={"his": MentionKind.PRONOUN})
    found = Clauses(doc, spans, [trump]).arguments(3, 4, verb=False)
    assert [(argument.position, argument.actor) for argument in found] == [("possessor", "trump")]


@pytest.mark.parametrize(
    ("verb", "position"),
    [("held/VERB/hold", "subject"), ("announced/VERB/announce", "author")],
    ids=["takes-part", "acts"],
)
def test_clauses_tell_what_the_subject_of_a_light_verb_is(verb: str, position: str) -> None:
    assert positions(f"Trump {verb} new/ADJ talks .", "talks") == {(position, "trump")}


def test_clauses_join_a_finite_verb_to_no_infinitive() -> None:
    doc, _, spans = make_doc(
        "Trump accused/VERB/accuse Putin of breaking/VERB/break promises and demands/VERB/demand peace ."
    )
    breaking, demands = doc[4], doc[7]
    breaking.set_morph("VerbForm=Ger")
    demands.head, demands.dep_ = breaking, "conj"
    demands.set_morph("VerbForm=Fin")
    actors = (actor(doc, "Trump"), actor(doc, "Putin"))
    assert [ref.actors for ref in Clauses(doc, spans, actors).subject(demands.i, spans[0])] == [("trump",)]


def test_clauses_prefer_a_party_s_own_name_to_its_leader_s() -> None:
    doc, _, spans = make_doc("Trump ’s Herald party/NOUN won/VERB/win .")
    actors = (actor(doc, "Trump"), actor(doc, "Herald", "Organization", label="ORG"))
    assert [ref.actors for ref in Clauses(doc, spans, actors).subject(4, spans[0])] == [("herald",)]


def test_clauses_know_the_agent_of_a_passive_light_verb() -> None:
    assert ("by", "israel") in positions("The strike was carried/VERB/carry out/ADP by Israel .", "strike")


def test_clauses_name_prepositional_groups_by_their_preposition() -> None:
    assert positions("The call between Trump and Putin about Ukraine ended/VERB/end .", "call") == {
        ("between", "trump"),
        ("between", "putin"),
        ("about", "ukraine"),
    }


def test_clauses_end_prepositional_groups_with_the_clause() -> None:
    assert positions("The call with Putin , which angered/VERB/anger allies of Ukraine , ended/VERB/end .", "call") == {
        ("with", "putin")
    }


def test_clauses_keep_a_participle_s_agent_from_the_noun() -> None:
    found = positions("Talks mediated/VERB/mediate by Qatar between Israel and Iran ended/VERB/end .", "Talks")
    assert found == {("between", "israel"), ("between", "iran")}


def test_clauses_do_not_locate_by_demonym() -> None:
    assert positions("Sirens in Israeli towns/NOUN rang/VERB/ring .", "Sirens") == set()


def test_clauses_read_names_after_a_comma_as_apposition_unless_listed() -> None:
    alone = positions("Trump met/VERB/meet Putin , Russia .", "met", verb=True)
    listed = positions("Trump met/VERB/meet Putin , Macron and Merz .", "met", verb=True)
    assert {name for place, name in alone if place == "object"} == {"putin"}
    assert {name for place, name in listed if place == "object"} == {"putin", "macron", "merz"}


def test_clauses_read_a_pronoun_and_names_as_one_list() -> None:
    line = "He and Macron , Merz and Putin spoke/VERB/speak ."
    doc, _, spans = make_doc(line)
    he = actor(doc, "Trump", key="trump", also={"He": MentionKind.PRONOUN}, label="m")
    found = Clauses(doc, spans, [he, *cast(doc)]).arguments(7, 8, verb=True)
    assert {"trump", "macron", "merz", "putin"} <= {argument.actor for argument in found}


def test_clauses_find_the_place_of_counted_talks() -> None:
    line = "There were rounds/NOUN/round of talks that took/VERB/take place/NOUN in Israel ."
    assert ("in", "israel") in positions(line, "talks")


def test_clauses_let_one_mention_stand_for_several_actors() -> None:
    doc, _, spans = make_doc("Both/DET leaders met/VERB/meet .")
    both = {"Both leaders": MentionKind.ROLE}
    actors = [actor(doc, name, also=both) for name in ("Trump", "Putin")]
    found = Clauses(doc, spans, actors).arguments(2, 3, verb=True)
    assert {argument.actor for argument in found} == {"trump", "putin"}


def test_clauses_take_the_country_of_a_post_for_nobody() -> None:
    doc, _, spans = make_doc("Russian President Putin met/VERB/meet Trump .")
    russia, trump = actor(doc, "Russian", "Country"), actor(doc, "Trump")
    putin = actor(doc, "Putin")
    titled = type(putin.mentions[0])(
        begin=putin.mentions[0].begin,
        end=putin.mentions[0].end,
        text="Putin",
        kind=MentionKind.NAME,
        label="PER",
        sentence=0,
        title="President",
        body=0,
    )
    putin = type(putin)(key="putin", type="Person", name="Putin", mentions=(titled,))
    found = Clauses(doc, spans, [russia, putin, trump]).arguments(3, 4, verb=True)
    assert {argument.actor for argument in found} == {"putin", "trump"}


def test_clauses_find_who_is_called_by_country_and_post_alone() -> None:
    doc, _, spans = make_doc("Macron met/VERB/meet Iran 's president in Geneva .")
    iran, macron = actor(doc, "Iran", "Country", label="LOC"), actor(doc, "Macron")
    text, begin = "Iran's president", len("Macron met ")
    end = begin + len(text)
    kind = MentionKind.ROLE
    role = Mention(begin=begin, end=end, text=text, kind=kind, label="PER", sentence=0, title="president", body=begin)
    pezeshkian = Actor(key="pezeshkian", type="Person", name="Masoud Pezeshkian", mentions=(role,))
    found = Clauses(doc, spans, [iran, macron, pezeshkian]).arguments(1, 2, verb=True)
    assert {(a.position, a.actor) for a in found} == {("subject", "macron"), ("object", "pezeshkian")}


def test_clauses_read_all_names_that_a_noun_calls_so() -> None:
    line = "The leaders/NOUN/leader Trump of Russia , Macron of Ukraine and Merz of Iran were elected/VERB/elect ."
    assert positions(line, "elected", verb=True) == {("object", "trump"), ("object", "macron"), ("object", "merz")}


def test_clauses_know_who_is_accused_of_doing_it() -> None:
    line = "Trump accused/VERB/accuse Putin of attacking/VERB/attack Kyiv ."
    assert ("subject", "putin") in positions(line, "attacking", verb=True)


@pytest.mark.parametrize(
    ("line", "trigger", "expected"),
    [
        ("US hit/VERB/hit Iran with sanctions/NOUN/sanction .", "sanctions", {("subject", "us"), ("object", "iran")}),
        ("Israel responded/VERB/respond with strikes/NOUN/strike .", "strikes", {("subject", "israel")}),
        ("Iran was/AUX hit/VERB/hit by tariffs/NOUN/tariff .", "tariffs", {("object", "iran")}),
    ],
)
def test_clauses_know_who_does_what_with_it(line: str, trigger: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= positions(line, trigger, verb=False)


def test_clauses_read_for_whom_something_is_given_to_help() -> None:
    line = "Qatar gave/VERB/give 5 million/NUM euros/NOUN/euro to help/VERB Ukraine repair/VERB its grid ."
    assert ("for", "ukraine") in positions(line, "gave", verb=True)


def test_clauses_take_what_leaves_a_country_for_no_part_of_it() -> None:
    line = "US announced/VERB/announce the withdrawal of troops/NOUN/troops from Iran ."
    assert ("of", "iran") not in positions(line, "withdrawal", verb=False)


@pytest.mark.parametrize(
    ("line", "doer"),
    [
        ("US sanctioned/VERB/sanction Iran for selling/VERB/sell drones/NOUN/drone .", "iran"),
        ("US punished/VERB/punish Iran by freezing/VERB/freeze assets/NOUN/asset .", "us"),
    ],
)
def test_clauses_know_for_whose_doing_somebody_is_punished(line: str, doer: str) -> None:
    verb = "selling" if "selling" in line else "freezing"
    assert ("subject", doer) in positions(line, verb, verb=True)


def test_clauses_find_a_role_that_begins_with_its_country() -> None:
    doc, _, spans = make_doc("Macron met/VERB/meet Iran 's president .")
    country = actor(doc, "Iran", "Country", label="LOC")
    begin = country.mentions[0].begin
    president = actor(doc, "Iran's president", key="pezeshkian", also={"Iran's president": MentionKind.ROLE})
    roles = tuple(replace(mention, body=begin) for mention in president.mentions)
    found = Clauses(doc, spans, [actor(doc, "Macron"), country, replace(president, mentions=roles)])
    assert [(one.position, one.actor) for one in found.arguments(1, 2, verb=True)] == [
        ("subject", "macron"),
        ("object", "pezeshkian"),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("US and Iranian officials/NOUN/official met/VERB/meet Macron .", {"us", "iran"}),
        ("Officials/NOUN/official from Qatar and Iran met/VERB/meet Macron .", {"qatar", "iran"}),
    ],
)
def test_clauses_read_names_of_one_list_whatever_they_name(line: str, expected: set[str]) -> None:
    subjects = {name for position, name in positions(line, "met", verb=True) if position == "subject"}
    assert subjects == expected


def test_clauses_end_a_list_with_the_name_behind_and() -> None:
    found = positions("Macron visited/VERB/visit Kyiv and Geneva , Alaska .", "visited", verb=True)
    assert ("object", "geneva") in found
    assert ("object", "alaska") not in found


def test_clauses_share_the_passive_with_the_second_participle() -> None:
    line = "Lavrov was arrested/VERB/arrest by Ukraine and sentenced/VERB/sentence in Kyiv ."
    assert ("object", "lavrov") in positions(line, "sentenced", verb=True)


def test_clauses_give_a_headline_s_infinitive_the_name_before_it() -> None:
    line = "Trump to host/VERB Putin in Alaska next/ADJ month , foreign/ADJ ministry says/VERB/say ."
    assert ("subject", "trump") in positions(line, "host", verb=True)
    assert ("subject", "trump") not in positions(line, "says", verb=True)


def test_clauses_find_whose_office_somebody_is_elected_to() -> None:
    found = positions("Macron was elected/VERB/elect president of Ukraine .", "elected", verb=True)
    assert {("object", "macron"), ("office", "ukraine")} <= found


def test_clauses_take_two_names_in_a_row_for_two_persons() -> None:
    found = positions("Russia 's Putin , Ukraine 's Zelenskyy agree/VERB to talk/VERB", "agree", verb=True)
    assert {name for position, name in found if position == "subject"} == {"putin", "zelenskyy"}
