"""What an article is about: names, cues, events and actors of a concept, the title above all."""

from pathlib import Path

import pytest
from building import Told, make_reading

from kg.errors import OntologyError
from kg.model import Actor, BlockKind, EventMention, Quote, Sentence, TopicAssignment
from kg.topic_scheme import Topic, load_topics, plain_phrase
from kg.topics import MAX_TOPICS, assign_topics, event_topics, quote_topics


def topic(slug: str, *names: str, cues: tuple[str, ...] = (), events: str = "", actors: str = "") -> Topic:
    return Topic(
        slug=slug,
        label=slug,
        names=names,
        cues=cues,
        event_types=frozenset(events.split()),
        actors=frozenset(actors.split()),
    )


def sentences(*texts: str, titled: bool = False) -> tuple[Sentence, ...]:
    found, begin = [], 0
    for number, text in enumerate(texts):
        kind = BlockKind.TITLE if titled and number == 0 else BlockKind.PARAGRAPH
        found.append(Sentence(begin=begin, end=begin + len(text), text=text, kind=kind))
        begin += len(text) + 1
    return tuple(found)


def country(id: str) -> Actor:
    return Actor(key=id, type="Country", name=id, knowledge_id=id)


def call() -> EventMention:
    return make_reading(Told()).events[0]


TRADE = topic("trade", "trade war", cues=("tariff", "import duty"))


def test_topics_are_found_by_name_in_the_title() -> None:
    [found] = assign_topics(sentences("A trade war begins", "Prices rise.", titled=True), (), (), [TRADE])
    assert (found.topic, found.sentences) == ("trade", (0,))
    assert 0 < found.confidence < 1


def test_topics_need_more_than_one_cue_in_the_body() -> None:
    assert assign_topics(sentences("One tariff rose."), (), (), [TRADE]) == ()
    assert assign_topics(sentences("A tariff and a trade war.", "The trade war goes on."), (), (), [TRADE]) != ()


@pytest.mark.parametrize("text", ["TRADE WARS loom", "The Trade War looms", "A trade war’s end"])
def test_topics_ignore_case_and_plural(text: str) -> None:
    assert [found.topic for found in assign_topics(sentences(text, titled=True), (), (), [TRADE])] == ["trade"]


def test_topics_ignore_phrases_inside_other_words() -> None:
    assert assign_topics(sentences("Their fleet trade warily", titled=True), (), (), [TRADE]) == ()


def test_topics_with_actors_need_all_of_them() -> None:
    war = topic("war", "war", actors="Q159 Q212")
    text = sentences("The war goes on", titled=True)
    assert assign_topics(text, [country("Q159")], (), [war]) == ()
    assert [found.topic for found in assign_topics(text, [country("Q159"), country("Q212")], (), [war])] == ["war"]


def test_topics_are_not_told_by_actors_alone() -> None:
    ties = topic("ties", "bilateral ties", cues=("embassy",), actors="Q159 Q212")
    assert assign_topics(sentences("Rain fell."), [country("Q159"), country("Q212")], (), [ties]) == ()


def test_topics_are_told_by_events_of_their_classes() -> None:
    diplomacy = topic("diplomacy", "telephone diplomacy", events="PhoneCall")
    [found] = assign_topics(sentences("They spoke of telephone diplomacy."), (), [call()], [diplomacy])
    assert found.sentences == (0,)
    assert event_topics([found], [call()], [diplomacy]) == (("e0", "diplomacy"),)
    assert event_topics([found], [call()], [topic("diplomacy", "x", events="Attack")]) == ()


def test_topics_are_few_and_the_best_come_first() -> None:
    many = [topic(f"t{n}", f"matter {n}") for n in range(MAX_TOPICS + 3)]
    title = " ".join(f"matter {n}." for n in range(len(many)))
    found = assign_topics(sentences(title, "On matter 7 again.", titled=True), (), (), many)
    assert len(found) == MAX_TOPICS
    assert found[0].topic == "t7"
    assert found[0].confidence >= found[-1].confidence


def test_topics_of_a_quote_are_those_of_its_article_that_it_names() -> None:
    text = "This trade war is bad for us"
    quote = Quote(begin=0, end=len(text), text=text, verbatim=True, sentences=(0,), speaker=None)
    war = topic("war", "war")
    assigned = TopicAssignment(topic="trade", confidence=0.8, sentences=(0,))
    assert quote_topics(quote, [assigned], [TRADE, war]) == ("trade",)


def test_topics_compare_phrases_without_typography() -> None:
    assert plain_phrase("Israel–Hamas WAR’s end — now") == "israel-hamas war's end - now"


def test_topics_of_the_packaged_scheme_can_be_found_by_something() -> None:
    scheme = load_topics()
    assert [t.slug for t in scheme] == sorted(t.slug for t in scheme)
    assert all(t.names and all(name == plain_phrase(name) for name in t.names) for t in scheme)


def test_topics_of_a_user_s_file_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "topics.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/newskg/ns#> . @prefix topic: <https://w3id.org/newskg/topic/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix wd: <http://www.wikidata.org/entity/> .\n"
        'topic:fishing a skos:Concept ; skos:prefLabel "Fishing rights"@en ; skos:altLabel "Fisheries–quota"@en ;\n'
        '    kg:cue "trawler" ; kg:cueEvent kg:Agreement ; kg:cueActor wd:Q189 .\n',
        encoding="utf-8",
    )
    [found] = load_topics(path)
    assert found == Topic(
        slug="fishing",
        label="Fishing rights",
        names=("fisheries-quota", "fishing rights"),
        cues=("trawler",),
        event_types=frozenset({"Agreement"}),
        actors=frozenset({"Q189"}),
    )


def test_topics_of_a_broken_file_are_an_error(tmp_path: Path) -> None:
    path = tmp_path / "topics.ttl"
    path.write_text("topic:fishing a", encoding="utf-8")
    with pytest.raises(OntologyError, match=r"topics\.ttl"):
        load_topics(path)
