"""What people have decided holds against everything else, and what they decided wrongly is told them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from building import SmallKnowledge, Told, entry, make_reading

from kg.deciding import add_decision, decide
from kg.errors import DecisionError, QueryError
from kg.graph import to_quads
from kg.model import Reading, Verdict
from kg.resolution import Resolution, article_id, resolve_across_documents
from kg.resolution.decisions import (
    DecidedEntity,
    DecidedEvent,
    Decision,
    Decisions,
    read_decisions,
    write_decisions,
)
from kg.schema import load_event_schema
from kg.store import Graph
from kg.vocab import BASE

SCHEMA = load_event_schema()


def resolve(*readings: Reading, decisions: Decisions, knowledge: SmallKnowledge | None = None) -> Resolution:
    return resolve_across_documents(readings, knowledge or SmallKnowledge(), SCHEMA, decisions)  # type: ignore[arg-type]


def told_by(reading: Reading) -> DecidedEvent:
    sentence = reading.sentences[0]
    return DecidedEvent(
        type="PhoneCall", told=(f"{article_id(reading.document)}#char={sentence.begin},{sentence.end}",), name="A call"
    )


def decided(verdict: Verdict, *things: DecidedEvent | DecidedEntity) -> Decisions:
    return Decisions((Decision(verdict=verdict, things=things),))


A = make_reading(Told(day=date(2025, 7, 3)), name="a", text="One text.")
B = make_reading(Told(day=date(2025, 7, 3)), name="b", text="Another text.")
C = make_reading(Told(day=date(2025, 7, 9)), name="c", text="A third text.")


def test_decisions_join_events_that_are_vetoed() -> None:
    assert len(resolve(A, C, decisions=Decisions()).events) == 2
    (event,) = resolve(A, C, decisions=decided(Verdict.SAME, told_by(A), told_by(C))).events
    assert len(event.articles) == 2


def test_decisions_keep_events_apart_that_agree() -> None:
    assert len(resolve(A, B, decisions=Decisions()).events) == 1
    apart = resolve(A, B, decisions=decided(Verdict.DIFFERENT, told_by(A), told_by(B))).events
    assert len({event.id for event in apart}) == 2


def test_decisions_hold_when_articles_come_and_go() -> None:
    decisions = decided(Verdict.SAME, told_by(A), told_by(C))
    assert len(resolve(B, C, decisions=decisions).events) == 2
    assert len(resolve(A, B, C, decisions=decisions).events) == 1


def test_decisions_take_a_wrong_link_away_from_one_article_or_from_all() -> None:
    knowledge = SmallKnowledge(entry("Q1", "Donald Trump", "Person"))
    linked = [replace(r, actors=(replace(r.actors[0], knowledge_id="Q1"), *r.actors[1:])) for r in (A, B)]
    name = "entity/donald-trump"
    assert name in resolve(*linked, decisions=Decisions(), knowledge=knowledge).entities
    where = DecidedEntity(id=name, articles=(article_id(A.document),))
    one = resolve(*linked, decisions=decided(Verdict.WRONG_LINK, where), knowledge=knowledge).entities
    assert sorted(id for id in one if "trump" in id) != [name]
    none = resolve(*linked, decisions=decided(Verdict.WRONG_LINK, DecidedEntity(id=name)), knowledge=knowledge)
    assert [bool(entity.identity) for entity in none.entities.values()] == [False, False]


def test_decisions_join_and_part_entities() -> None:
    both = decided(Verdict.SAME, DecidedEntity(id="entity/donald-trump"), DecidedEntity(id="entity/vladimir-putin"))
    assert list(resolve(A, decisions=both).entities) == ["entity/donald-trump"]
    one, other = (DecidedEntity(id="entity/donald-trump", articles=(article_id(r.document),)) for r in (A, B))
    parted = resolve(A, B, decisions=decided(Verdict.DIFFERENT, one, other)).entities
    assert len([id for id in parted if "trump" in id]) == 2


def test_decisions_that_contradict_each_other_leave_the_last_word_to_the_later_one() -> None:
    same = Decision(verdict=Verdict.SAME, things=(told_by(A), told_by(C)))
    apart = Decision(verdict=Verdict.DIFFERENT, things=(told_by(C), replace(told_by(A), name="The call, joined")))
    assert len(resolve(A, C, decisions=Decisions((same, apart))).events) == 2
    assert len(resolve(A, C, decisions=Decisions((apart, same))).events) == 1


def test_decisions_join_more_than_two_entities() -> None:
    three = make_reading(Told(roles=(*Told().roles, ("participant", "Xi Jinping"))))
    names = [DecidedEntity(id=f"entity/{name}") for name in ("donald-trump", "vladimir-putin", "xi-jinping")]
    pairs = Decisions(
        tuple(Decision(verdict=Verdict.SAME, things=pair) for pair in (tuple(names[:2]), tuple(names[1:])))
    )
    assert len(resolve(three, decisions=pairs).entities) == 1


def test_decisions_file_gives_back_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "decisions.yaml"
    first = Decision(verdict=Verdict.SAME, things=(told_by(A), told_by(C)))
    assert add_decision(path, first)
    assert not add_decision(path, first)
    other = Decision(verdict=Verdict.WRONG_LINK, things=(DecidedEntity(id="entity/georgia", name="Georgia"),))
    add_decision(path, other)
    assert read_decisions(path).all == (first, other)
    against = Decision(verdict=Verdict.DIFFERENT, things=(told_by(A), told_by(C)))
    add_decision(path, against)  # takes the place of what it contradicts
    assert read_decisions(path).all == (other, against)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("same: 1", "expected a list"),
        ("- 5", "expected one of same, different, wrong-link"),
        ("- equal: []", "'equal' is none of"),
        ("- same: [{entity: entity/a}]", "same takes two events or two entities"),
        ("- same: [{entity: entity/a}, {event: PhoneCall, told: []}]", "same takes two events or two entities"),
        ("- wrong-link: [{event: PhoneCall, told: []}]", "only an entity has a link"),
        ("- same: [{event: PhoneCall, told: [x]}, {entity: entity/a}]", "'x' is no sentence"),
        ("- same: [{entity: entity/a, articles: 3}, {entity: entity/b}]", "expected a list of texts"),
        ("- same: [", "cannot be read"),
        ("- wrong-link: [{entity: entity/a, article: [article/x]}]", "'article' says nothing about a thing"),
        ("- wrong-link: [{entity: null}]", "is no entity"),
        ("- wrong-link: [{entity: entity/a, articles: [x]}]", "'x' is no article"),
        ("[" * 4000, "cannot be read"),
    ],
)
def test_decisions_file_says_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "decisions.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DecisionError, match=complaint):
        read_decisions(path)


def graph(*readings: Reading) -> Graph:
    resolution = resolve(*readings, decisions=Decisions())
    return Graph(to_quads(resolution, SCHEMA), base=BASE)


def test_decide_finds_what_names_mean() -> None:
    built = graph(A, C)
    label = "Phone call: Donald Trump – Vladimir Putin ({} July 2025)"
    decision = decide(built, Verdict.SAME, (label.format(3), "event/2025-07-09-phone-call-donald-trump-vladimir-putin"))
    assert [thing.told for thing in decision.things] == [told_by(A).told, told_by(C).told]  # type: ignore[union-attr]
    assert len(resolve(A, C, decisions=Decisions((decision,))).events) == 1
    assert read_back(decision) == decision


def read_back(decision: Decision) -> Decision:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "d.yaml"
        path.write_text(write_decisions([decision]), encoding="utf-8")
        return read_decisions(path).all[0]


def test_decide_parts_one_event_by_articles() -> None:
    built = graph(A, B)
    name = "Phone call: Donald Trump – Vladimir Putin (3 July 2025) @ {}"
    decision = decide(
        built, Verdict.DIFFERENT, (name.format(article_id(A.document)), name.format(article_id(B.document)))
    )
    assert len(resolve(A, B, decisions=Decisions((decision,))).events) == 2


@pytest.mark.parametrize(
    ("verdict", "names", "complaint"),
    [
        (Verdict.SAME, ("Donald Trump",), "same takes two things"),
        (
            Verdict.SAME,
            ("Donald Trump", "event/2025-07-03-phone-call-donald-trump-vladimir-putin"),
            "two events or two",
        ),
        (Verdict.DIFFERENT, ("Donald Trump", "Donald Trump"), "both names mean the same thing; name articles"),
        (Verdict.WRONG_LINK, ("event/2025-07-03-phone-call-donald-trump-vladimir-putin",), "takes an entity"),
    ],
)
def test_decide_refuses_what_makes_no_sense(verdict: Verdict, names: tuple[str, ...], complaint: str) -> None:
    with pytest.raises(DecisionError, match=complaint):
        decide(graph(A), verdict, names)


def test_decide_knows_no_strangers() -> None:
    with pytest.raises(QueryError, match="nothing in the graph is called"):
        decide(graph(A), Verdict.WRONG_LINK, ("Nobody",))
