"""Event classes are data: a class added to the ontology's file is found in texts without any code."""

from pathlib import Path

import pytest
from building import events_of, roles_of

from kg.errors import OntologyError
from kg.ontology_files import ontology_path
from kg.schema import EventSchema, load_event_schema

STRIKE_OF_WORKERS = """
kg:Walkout a owl:Class ; rdfs:subClassOf plover:PROTEST ;
    rdfs:label "Walkout"@en ; kg:eventLabel "Walkout"@en ;
    kg:slot [ kg:position "subject", "possessor", "by" ; kg:fills kg:agent ] ,
            [ kg:position "over", "object" ; kg:fills kg:target ] ,
            [ kg:position "in" ; kg:actorClass schema:Country ; kg:fills kg:target ] ;
    kg:trigger
        [ kg:lemma "walk out", "down tool" ; kg:pos "VERB" ; kg:minActors 1 ;
          kg:slot [ kg:position "on" ; kg:fills kg:recipient ] ] ,
        [ kg:lemma "walkout" ; kg:pos "NOUN" ; kg:minActors 1 ; kg:near "worker", "staff" ; kg:unlessPrevious "no" ] ,
        [ kg:lemma "down" ; kg:pos "VERB" ; kg:theme kg:Gear ; kg:minActors 1 ] ,
        [ kg:lemma "stoppage" ; kg:pos "NOUN" ; kg:anaphor true ] .
kg:Gear a kg:WordList ; kg:lemma "hammer", "spade" .
"""


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> EventSchema:
    path: Path = tmp_path_factory.mktemp("ontology") / "newskg.ttl"
    path.write_text(ontology_path("newskg.ttl").read_text(encoding="utf-8") + STRIKE_OF_WORKERS, encoding="utf-8")
    return load_event_schema(path)


def test_schema_has_a_class_that_the_user_added(extended: EventSchema) -> None:
    added = extended.classes["Walkout"]
    assert (added.label, added.symmetric) == ("Walkout", False)
    assert added.ancestors[0].endswith("plover#PROTEST")
    assert set(extended.classes) - set(load_event_schema().classes) == {"Walkout"}


@pytest.mark.parametrize(
    ("line", "roles"),
    [
        ("Ushakov walked/VERB/walk out/ADP on Lavrov .", {("agent", "ushakov"), ("recipient", "lavrov")}),
        ("Rubio ’s walkout over Iran surprised/VERB/surprise the staff .", {("agent", "rubio"), ("target", "iran")}),
        ("A walkout by Rubio in Iran angered/VERB/anger staff .", {("agent", "rubio"), ("target", "iran")}),
        ("A walkout by Rubio in Geneva angered/VERB/anger staff .", {("agent", "rubio")}),
        ("Ushakov downed/VERB/down his hammer .", {("agent", "ushakov")}),
    ],
    ids=["trigger-slot", "noun", "actor-class", "other-actor-class", "theme"],
)
def test_schema_of_the_user_finds_events_in_text(extended: EventSchema, line: str, roles: set[tuple[str, str]]) -> None:
    [event] = events_of(line, schema=extended)
    assert event.type == "Walkout"
    assert roles_of(event) == roles
    assert events_of(line) == ()


def test_schema_of_the_user_finds_anaphors(extended: EventSchema) -> None:
    [event] = events_of(
        "Ushakov walked/VERB/walk out/ADP on Lavrov .", "The stoppage ended/VERB/end .", schema=extended
    )
    assert event.words == ("stoppage", "walk out")


@pytest.mark.parametrize(
    "line",
    [
        "Rubio ’s walkout over Iran surprised/VERB/surprise Trump .",  # near
        "There was no walkout by Rubio among staff .",  # unlessPrevious
        "The walkout surprised/VERB/surprise the staff .",  # minActors
        "Rubio walked/VERB/walk in/ADP on Lavrov .",  # lemma
        "Rubio downed/VERB/down his glass .",  # theme
    ],
)
def test_schema_guards_of_the_user_hold(extended: EventSchema, line: str) -> None:
    assert events_of(line, schema=extended) == ()


def test_schema_puts_longer_and_plainer_triggers_first() -> None:
    triggers = load_event_schema().triggers["talk"]
    lengths = [max(len(lemma.split()) for lemma in trigger.lemmas) for trigger in triggers]
    assert lengths == sorted(lengths, reverse=True)
    assert triggers[-1].anaphor or not any(trigger.anaphor for trigger in triggers)


def test_schema_slots_for_a_class_of_actor_go_first() -> None:
    vote = load_event_schema().classes["LegislativeVote"]
    general = [slot.actor_class is None for slot in vote.slots]
    assert general == sorted(general)
    trigger = next(t for t in load_event_schema().triggers["adopt"] if t.event_type == "LegislativeVote")
    assert vote.role_at("object", "Legislation", trigger) == "target"
    assert vote.role_at("object", "GovernmentOrganization", trigger) == "agent"


def test_schema_authors_are_agents_but_no_parties() -> None:
    schema = load_event_schema()
    attack = next(t for t in schema.triggers["attack"] if t.pos == "NOUN")
    truce = schema.triggers["truce"][0]
    assert schema.classes["Attack"].role_at("author", "Country", attack) == "agent"
    assert schema.classes["Ceasefire"].role_at("author", "Country", truce) is None
    assert schema.classes["Attack"].role_at("amid", "Country", attack) is None


def test_schema_refuses_what_is_no_turtle(tmp_path: Path) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("kg:Attack kg:trigger [", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"broken\.ttl"):
        load_event_schema(path)
    with pytest.raises(OntologyError, match="cannot be read"):
        load_event_schema(tmp_path / "missing.ttl")


def test_schema_refuses_a_slot_without_a_role(tmp_path: Path) -> None:
    path = tmp_path / "newskg.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/newskg/ns#> .\n"
        'kg:Odd kg:slot [ kg:position "subject" ] ; kg:trigger [ kg:lemma "odd" ] .\n',
        encoding="utf-8",
    )
    with pytest.raises(OntologyError, match="kg:Odd"):
        load_event_schema(path)


def test_schema_refuses_a_word_list_without_words(tmp_path: Path) -> None:
    path = tmp_path / "newskg.ttl"
    path.write_text(
        '@prefix kg: <https://w3id.org/newskg/ns#> .\nkg:Odd kg:trigger [ kg:lemma "odd" ; kg:theme kg:Misspelt ] .\n',
        encoding="utf-8",
    )
    with pytest.raises(OntologyError, match="Misspelt"):
        load_event_schema(path)
