"""Which entry a chain means, what stays without one, and the posts and places stated beside names."""

import math
from dataclasses import replace
from datetime import date

import pytest
from building import SmallKnowledge, chain, entry, make_doc, office
from building import actor as named

from kg.knowledge import NameKind
from kg.lexicon import read_rows
from kg.linking import link_entities, state_relations
from kg.linking.confidence import WEIGHTS, probability
from kg.model import Actor, Chain, Mention, MentionKind, RelationType

KNOWN = SmallKnowledge(
    entry("Q7747", "Vladimir Putin"),
    entry("Q30", "United States", "Country"),
    entry("Q230", "Georgia", "Country"),
    entry("Q1428", "Georgia (state)", "AdministrativeArea", country="Q30"),
    entry("Q1", "Washington", "Person"),
    entry("Q61", "Washington, D.C.", "City", country="Q30"),
    entry("Q99", "California", "AdministrativeArea", country="Q30"),
    entry("Q9630", "Labour Party", "PoliticalParty", country="Q145"),
    entry("Q190219", "Labour Party (Norway)", "PoliticalParty", country="Q20"),
    entry("Q145", "United Kingdom", "Country"),
    entry("Q801", "Israel", "Country"),
    entry("Q789", "Department of State", "GovernmentOrganization", country="Q30"),
    entry("Q112", "Department of Defense", "GovernmentOrganization", country="Q30"),
    entry("Q37", "Knesset", "GovernmentOrganization", country="Q801"),
    entry("Q928", "Philippines", "Country"),
    entry("w/Senate_PH", "Senate of the Philippines", "GovernmentOrganization", country="Q928"),
    entry("Q66096", "United States Senate", "GovernmentOrganization", country="Q30"),
    names=[
        ("Putin", "Q7747", NameKind.SURNAME, 0.9),
        ("Labour Party", "Q190219", NameKind.NAME, 0.3),
        ("Miller", "Q1", NameKind.SURNAME, 0.3),
        ("Washington", "Q61", NameKind.NAME, 0.5),
        ("Georgia", "Q1428", NameKind.NAME, 0.85),
        ("Russian leader", "Q7747", NameKind.ALIAS, 0.9),
        ("State Department", "Q789", NameKind.ALIAS, 0.93),
        ("Philippine", "Q928", NameKind.DEMONYM, 0.99),
        ("American", "Q30", NameKind.DEMONYM, 0.99),
        ("Senate", "Q66096", NameKind.ALIAS, 0.93),
        ("Pentagon", "Q112", NameKind.ALIAS, 0.67),
        ("Pentagon", "Q30", NameKind.METONYM, 0.29),
    ],
)


def mention(text: str, label: str, *, begin: int = 0, kind: MentionKind = MentionKind.NAME, **more: object) -> Mention:
    candidates = tuple(candidate.id for candidate in KNOWN.candidates(text))
    fields = {"candidates": candidates, "sentence": 0, **more}
    return Mention(begin=begin, end=begin + len(text), text=text, kind=kind, label=label, **fields)


def linked(*chains: tuple[Mention, ...]) -> tuple[Actor, ...]:
    return link_entities([Chain(mentions=mentions) for mentions in chains], KNOWN)


def test_linking_gives_an_actor_the_entry_s_id_type_and_name() -> None:
    [actor] = linked((mention("Vladimir Putin", "PER"), mention("Putin", "PER", begin=30)))
    assert (actor.key, actor.knowledge_id, actor.type, actor.name) == ("Q7747", "Q7747", "Person", "Vladimir Putin")
    assert actor.aliases == ("Putin",)
    assert 0.5 <= actor.confidence <= 0.99


@pytest.mark.parametrize(("label", "expected"), [("PER", "Q1"), ("LOC", "Q61")])
def test_linking_lets_the_label_decide(label: str, expected: str) -> None:
    [actor] = linked((mention("Washington", label),))
    assert actor.knowledge_id == expected


def test_linking_prefers_what_lies_in_a_country_that_the_article_names() -> None:
    [alone] = linked((mention("Georgia", "LOC"),))
    beside, _ = linked((mention("Georgia", "LOC"),), (mention("United States", "LOC", begin=20),))
    assert (alone.knowledge_id, beside.knowledge_id) == ("Q230", "Q1428")


def test_linking_takes_a_common_name_of_a_party_only_where_its_country_is_named() -> None:
    [alone] = linked((mention("Labour Party", "MISC"),))
    assert (alone.knowledge_id, alone.type) == (None, "PoliticalParty")
    party, _ = linked((mention("Labour Party", "MISC"),), (mention("United Kingdom", "LOC", begin=20),))
    assert party.knowledge_id == "Q9630"
    [knesset] = linked((mention("Knesset", "ORG"),))
    assert knesset.knowledge_id == "Q37"  # no other country has one


@pytest.mark.parametrize("name", ["State Department", "Pentagon"])
def test_linking_takes_a_common_name_that_nobody_but_one_bears(name: str) -> None:
    """ "Pentagon" is else only the country whose ministry it is."""
    [actor] = linked((mention(name, "ORG"),))
    assert actor.type == "GovernmentOrganization"
    assert actor.knowledge_id is not None


def test_linking_is_less_sure_of_a_place_that_the_text_puts_elsewhere() -> None:
    """ "Valencia, Philippines" is not the one in Spain that the base knows."""

    def confidence(larger: str) -> float:
        place = mention("Washington", "LOC")
        return linked((place,), (mention(larger, "LOC", begin=place.end + len(", ")),))[0].confidence

    assert confidence("United States") > confidence("Georgia")


def test_linking_makes_no_unsure_link() -> None:
    names = [("Newtown", "Q61", NameKind.ALIAS, 0.1)]
    rare = SmallKnowledge(*KNOWN.entries.values(), names=names)
    [actor] = link_entities([Chain(mentions=(mention("Newtown", "LOC"),))], rare)
    assert (actor.knowledge_id, actor.type, actor.name) == (None, "Place", "Newtown")


@pytest.mark.parametrize(("owner", "expected"), [("Israel", "Q37"), ("Georgia", None)])
def test_linking_takes_no_body_that_the_text_calls_another_country_s(owner: str, expected: str | None) -> None:
    body = mention("Knesset", "ORG", begin=len(f"{owner}’s "))
    assert linked((mention(owner, "LOC"),), (body,))[1].knowledge_id == expected


def test_linking_is_less_sure_of_one_of_several() -> None:
    [only], [first] = linked((mention("California", "LOC"),)), linked((mention("Georgia", "LOC"),))
    assert only.confidence > first.confidence


def test_linking_takes_the_holder_of_the_post_beside_the_name() -> None:
    [actor] = linked((mention("Vlad Putin", "PER", holder="Q7747", candidates=("Q7747",)),))
    assert actor.knowledge_id == "Q7747"


def test_linking_finds_a_person_without_the_names_between() -> None:
    [actor] = linked((mention("Vladimir Vladimirovich Putin", "PER"),))
    assert actor.knowledge_id == "Q7747"


def test_linking_trusts_no_rare_surname() -> None:
    [actor] = linked((mention("Miller", "PER"),))
    assert actor.knowledge_id is None


def test_linking_keeps_unknown_names_without_a_link() -> None:
    [actor] = linked((mention("José Ñandú", "PER"), mention("Ñandú", "PER", begin=30)))
    assert (actor.key, actor.type, actor.name) == ("nil/person/jose-nandu", "Person", "José Ñandú")
    assert actor.knowledge_id is None
    assert actor.aliases == ("Ñandú",)


@pytest.mark.parametrize(
    ("label", "kind"), [("PER", "Person"), ("LOC", "Place"), ("ORG", "Organization"), ("MISC", "Thing")]
)
def test_linking_types_unknown_names_by_their_label(label: str, kind: str) -> None:
    [actor] = linked((mention("Zyxwvut Qwert", label),))
    assert (actor.type, actor.key) == (kind, f"nil/{kind.lower()}/zyxwvut-qwert")


def test_linking_keys_names_in_any_script() -> None:
    [first] = linked((mention("Путин Иванович", "PER"),))
    [second] = linked((mention("Сергей Иванов", "PER"),))
    assert first.key != second.key


@pytest.mark.parametrize(
    "lost",
    [
        mention("Kurdish", "NORP", kind=MentionKind.DEMONYM),
        mention("Summit", "MISC"),
        mention("he", "m", kind=MentionKind.PRONOUN),
    ],
    ids=["adjective", "plain-word", "pronoun"],
)
def test_linking_makes_nobody_of_what_names_nobody(lost: Mention) -> None:
    assert linked((lost,)) == ()


def test_linking_knows_a_role_s_holder() -> None:
    role = mention("the president", "PER", kind=MentionKind.ROLE, candidates=("Q7747",), title="president")
    [actor] = linked((role,))
    assert actor.knowledge_id == "Q7747"


def test_linking_joins_chains_of_one_entry() -> None:
    [actor] = linked((mention("Vladimir Putin", "PER"),), (mention("Russian leader", "PER", begin=40),))
    assert [m.begin for m in actor.mentions] == [0, 40]
    assert actor.aliases == ("Russian leader",)


def test_linking_orders_actors_by_first_mention() -> None:
    doc, _, _ = make_doc("Rubio met/VERB/meet Lavrov .")
    actors = link_entities([chain(named(doc, "Rubio")), chain(named(doc, "Lavrov"))], KNOWN)
    assert [actor.name for actor in actors] == ["Rubio", "Lavrov"]


def test_linking_states_the_post_beside_a_name() -> None:
    doc, _, _ = make_doc("Russian President Putin left/VERB/leave .")
    russia = named(doc, "Russian", "Country", key="Q159", label="NORP")
    putin = named(doc, "Putin")
    titled = replace(putin, mentions=(replace(putin.mentions[0], title="President", body=0),))
    post, represents = state_relations(doc, [russia, titled], KNOWN)
    assert (post.type, post.subject, post.object, post.title) == (RelationType.POST, "putin", "Q159", "President")
    assert (represents.type, represents.subject, represents.object) == (RelationType.REPRESENTS, "putin", "Q159")


def test_linking_states_no_post_of_a_bare_role() -> None:
    doc, _, _ = make_doc("The president left/VERB/leave .")
    role = mention("The president", "PER", kind=MentionKind.ROLE, candidates=("Q7747",), title="president")
    assert state_relations(doc, linked((role,)), KNOWN) == ()


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("He left/VERB/leave Woodside , California .", [("woodside", "california")]),
        ("He left/VERB/leave Woodside for California .", []),
        ("He left/VERB/leave California , Woodside .", []),
    ],
)
def test_linking_states_where_a_place_lies(line: str, stated: list[tuple[str, str]]) -> None:
    doc, _, _ = make_doc(line)
    types = {"Woodside": "City", "California": "AdministrativeArea"}
    places = [named(doc, name, kind, label="LOC") for name, kind in types.items()]
    found = state_relations(doc, places, KNOWN)
    assert [(r.subject, r.object) for r in found] == stated
    assert {r.type for r in found} <= {RelationType.CONTAINED_IN}


def test_linking_puts_no_country_inside_what_follows_it() -> None:
    doc, _, _ = make_doc("He left/VERB/leave Iran , Tehran .")
    places = [named(doc, "Iran", "Country", label="LOC"), named(doc, "Tehran", "City", label="LOC")]
    assert state_relations(doc, places, KNOWN) == ()


def test_linking_reads_its_weights_from_the_file_and_is_never_certain() -> None:
    weights = {row[0]: float(row[1]) for row in read_rows(WEIGHTS)}
    assert probability({}) == pytest.approx(1 / (1 + math.exp(-weights["bias"])), abs=0.001)
    assert probability({"prior": 100.0}) == 0.99
    assert probability({"prior": -100.0}) == 0.01
    assert set(weights) >= {"prior", "margin", "alone", "land named", "other land beside"}


def belonging(line: str, **types: str) -> list[tuple[str, str, str]]:
    """What the line says of these names (with their types): (relation, who belongs, to what)."""
    doc, _, _ = make_doc(line)
    labels = {"Person": "PER", "Country": "LOC", "City": "LOC", "AdministrativeArea": "LOC"}
    actors = []
    for name, kind in types.items():
        known = name if name in {"Q801", "Q37", "Q61"} else None
        text = KNOWN.entry(name).name if known else name
        one = named(doc, text, kind, key=name, label=labels.get(kind, "ORG"))
        actors.append(replace(one, knowledge_id=known))
    found = state_relations(doc, actors, KNOWN)
    return [(r.type.value, r.subject, r.object or "") for r in found]


@pytest.mark.parametrize(
    ("line", "types", "stated"),
    [
        (
            "Chan of the Greens won/VERB .",
            {"Chan": "Person", "Greens": "PoliticalParty"},
            ("member_of", "Chan", "Greens"),
        ),
        ("Greens ’s Chan won/VERB .", {"Chan": "Person", "Greens": "PoliticalParty"}, ("member_of", "Chan", "Greens")),
        ("Chan ( Greens ) won/VERB .", {"Chan": "Person", "Greens": "PoliticalParty"}, ("member_of", "Chan", "Greens")),
        (
            "Audi , a unit of Volkswagen , grew/VERB .",
            {"Audi": "Corporation", "Volkswagen": "Corporation"},
            ("part_of", "Audi", "Volkswagen"),
        ),
        (
            "Hamas ’s armed/ADJ wing , the Brigades , left/VERB .",
            {"Hamas": "Organization", "Brigades": "Organization"},
            ("part_of", "Brigades", "Hamas"),
        ),
        (
            "Lutsk in western Ukraine fell/VERB .",
            {"Lutsk": "City", "Ukraine": "Country"},
            ("contained_in", "Lutsk", "Ukraine"),
        ),
        (
            "Iran ’s port city of Abbas fell/VERB .",
            {"Abbas": "City", "Iran": "Country"},
            ("contained_in", "Abbas", "Iran"),
        ),
        (
            "Oslo , the capital of Norway , grew/VERB .",
            {"Oslo": "City", "Norway": "Country"},
            ("contained_in", "Oslo", "Norway"),
        ),
        (
            "Acme , based in Oslo , grew/VERB .",
            {"Acme": "Corporation", "Oslo": "City"},
            ("contained_in", "Acme", "Oslo"),
        ),
        ("Oslo - based Acme grew/VERB .", {"Acme": "Corporation", "Oslo": "City"}, ("contained_in", "Acme", "Oslo")),
        (
            "Turkey ’s Crescent left/VERB .",
            {"Crescent": "Organization", "Turkey": "Country"},
            ("contained_in", "Crescent", "Turkey"),
        ),
        (
            "Israel ’s Knesset voted/VERB .",
            {"Q37": "GovernmentOrganization", "Q801": "Country"},
            ("contained_in", "Q37", "Q801"),
        ),
    ],
)
def test_linking_states_what_belongs_where(line: str, types: dict[str, str], stated: tuple[str, str, str]) -> None:
    assert belonging(line, **types) == [stated]


@pytest.mark.parametrize(
    ("line", "types"),
    [
        ("Russia bombed/VERB the city of Odesa .", {"Russia": "Country", "Odesa": "City"}),
        ("He saw/VERB Kansas , Utah , Texas .", dict.fromkeys(("Kansas", "Utah", "Texas"), "AdministrativeArea")),
        (
            "He praised/VERB Xinjiang , Tibet and Macau .",
            dict.fromkeys(("Xinjiang", "Tibet", "Macau"), "AdministrativeArea"),
        ),
        ("Chan met/VERB the Greens .", {"Chan": "Person", "Greens": "PoliticalParty"}),
        ("Israel ’s Washington talks began/VERB .", {"Q61": "City", "Q801": "Country"}),
    ],
    ids=["verb", "states", "list", "no-belonging", "elsewhere"],
)
def test_linking_states_no_belonging_that_is_not_said(line: str, types: dict[str, str]) -> None:
    assert belonging(line, **types) == []


IN_OFFICE = SmallKnowledge(
    entry("Q35", "Denmark", "Country"),
    entry("Q29", "Spain", "Country"),
    replace(entry("Q11", "Mette Frederiksen", country="Q35"), leader=True),
    replace(entry("Q12", "Pedro Sánchez", country="Q29"), leader=True),
    entry("Q13", "Linda Sánchez", country="Q30"),
    names=[
        ("Frederiksen", "Q11", NameKind.SURNAME, 0.4),
        ("Sanchez", "Q12", NameKind.SURNAME, 0.07),
        ("Sanchez", "Q13", NameKind.SURNAME, 0.1),
    ],
    offices=[
        office("Q11", "prime minister", "Q35", date(2019, 6, 27)),
        office("Q12", "prime minister", "Q29", date(2018, 6, 2)),
    ],
)


def in_office(*names: tuple[str, str, int], on: date | None = date(2025, 7, 4)) -> list[str | None]:
    """What the names (text, label, begin) of an article of that day are linked to."""
    chains = [
        Chain(mentions=(mention(text, label, begin=begin, candidates=tuple(c.id for c in IN_OFFICE.candidates(text))),))
        for text, label, begin in names
    ]
    return [actor.knowledge_id for actor in link_entities(chains, IN_OFFICE, on)]


def test_linking_takes_a_surname_alone_for_who_is_in_office_that_day() -> None:
    assert in_office(("Frederiksen", "PER", 0)) == ["Q11"]
    assert in_office(("Frederiksen", "PER", 0), on=date(2010, 1, 1)) == [None]
    assert in_office(("Frederiksen", "PER", 0), on=None) == [None]


def test_linking_takes_a_surname_of_several_only_beside_the_country() -> None:
    assert in_office(("Sanchez", "PER", 0)) == [None]
    assert in_office(("Spain", "LOC", 0), ("Sanchez", "PER", 40)) == ["Q29", None]
    assert in_office(("Spain", "LOC", 0), ("Sanchez", "PER", len("Spain's "))) == ["Q29", "Q12"]


def test_linking_tells_a_ministry_apart_from_those_of_other_countries() -> None:
    ministry = entry("Q5", "Ministry of Justice", "GovernmentOrganization", country="Q35")
    base = SmallKnowledge(
        replace(ministry, wikipedia="Ministry_of_Justice_(Denmark)"), entry("Q35", "Denmark", "Country")
    )
    named = [mention("Denmark", "LOC", candidates=("Q35",)), mention("Ministry of Justice", "ORG", begin=10)]
    actors = link_entities([Chain(mentions=(one,)) for one in named], base)
    assert [actor.name for actor in actors] == ["Denmark", "Ministry of Justice (Denmark)"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Philippine Senate", "w/Senate_PH"), ("American Senate", "Q66096"), ("Martian Senate", None)],
)
def test_linking_gives_a_country_s_body_to_that_country(name: str, expected: str | None) -> None:
    [actor] = linked((mention(name, "ORG"),))
    assert actor.knowledge_id == expected


def test_linking_gives_a_short_name_to_no_other_country_s_body() -> None:
    [actor] = linked((mention("Philippine Chamber", "ORG"), mention("Senate", "ORG", begin=40)))
    assert actor.knowledge_id is None
