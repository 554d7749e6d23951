from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad
from sample_graph import CALL, sample

from kg.errors import QueryError
from kg.named_queries import named_queries, named_query
from kg.sparql import Iri
from kg.store import Graph

EXPECTED = {
    "attacks-casualties": {"what": "Attack: Iran", "against": "Iran", "killed": "3", "status": "Denied"},
    "denied-or-possible": {"status": "denied", "what": "Attack: Iran"},
    "disagreements": {"property": "hasBeginTimeStamp", "value1": "2025-07-03", "value2": "2025-07-02"},
    "events-by-month": {"month": "2025-07", "class": "PhoneCall", "events": "1"},
    "events-by-topic": {"topic": "diplomacy", "status": "Occurred", "events": "1"},
    "leader-contacts": {"day": "2025-07-03", "kind": "call", "a": "Donald Trump", "b": "Vladimir Putin"},
    "most-central": {"who": "Vladimir Putin", "events": "2", "others": "2"},
    "planned": {"what": "Negotiation: Ukraine, Vladimir Putin", "who": "Ukraine, Vladimir Putin"},
    "posts": {"holder": "Donald Trump", "post": "President of the United States", "in": "United States"},
    "sources": {"published": "2025-07-02", "outlet": "The Wire", "headline": "They spoke", "events": "1"},
    "statements-about": {"subject": "Ukraine", "speaker": "Vladimir Putin"},
    "what-did-they-say": {"speaker": "Vladimir Putin", "relayed_by": "Yuri Ushakov", "outlet": "The Wire"},
    "who-met-whom": {"a": "Donald Trump", "b": "Vladimir Putin", "contacts": "1", "first": "2025-07-03"},
    "why-event": {"sentence": "Trump and Putin held their sixth call today.", "outlet": "The Daily", "begin": "18"},
}


def rows(name: str, parameters: dict[str, str] | None = None) -> list[dict[str, Any]]:
    answer: Any = named_query(name).run(sample(), parameters)
    names = [variable.value for variable in answer.variables]
    return [{n: row[n].value for n in names if row[n] is not None} for row in answer]


@pytest.mark.parametrize("name", EXPECTED)
def test_named_queries_answer_the_sample(name: str) -> None:
    first = rows(name)[0]
    assert {key: first.get(key) for key in EXPECTED[name]} == EXPECTED[name]


@pytest.mark.parametrize("name", named_queries())
def test_named_queries_say_what_they_answer(name: str) -> None:
    query = named_query(name)
    assert query.answers.endswith("?")
    for parameter in query.parameters:
        assert query.text.count(f"VALUES ?{parameter.name} {{ UNDEF }}") == 1
    assert query.text.count("UNDEF") == len(query.parameters)


def test_named_queries_narrow_by_parameter() -> None:
    assert len(rows("what-did-they-say", {"name": "PUTIN"})) == 1
    assert rows("what-did-they-say", {"name": "Macron"}) == []
    assert len(rows("leader-contacts", {"name": "trump"})) == 1
    assert rows("leader-contacts", {"name": "Zelenskyy"}) == []
    assert len(rows("statements-about", {"name": "ukraine"})) == 1
    assert rows("statements-about", {"name": "Iran"}) == []
    assert rows("posts", {"name": "Putin"}) == []
    assert rows("planned", {"after": "2025-07-01"}) == []  # its day is not known


def test_named_queries_count_undated_contacts_beside_dated_ones() -> None:
    insert = f"""CONSTRUCT {{ <{CALL}-b> a sem:Event, kg:PhoneCall ; sem:hasActor ?a ; kg:status kg:Occurred }}
        WHERE {{ <{CALL}> sem:hasActor ?a }}"""
    another: Any = sample().query(insert)
    graph = Graph([*sample().quads(), *(Quad(t.subject, t.predicate, t.object) for t in another)])
    answer: Any = named_query("who-met-whom").run(graph)
    (row,) = answer
    assert [row[name].value for name in ("contacts", "first", "last")] == ["2", "2025-07-03", "2025-07-03"]


def test_named_queries_find_an_event_by_label_and_iri() -> None:
    assert len(rows("why-event", {"event": "phone call"})) == len(rows("why-event", {"event": Iri(CALL)})) == 2
    assert len(rows("why-event", {"event": CALL})) == 2
    assert rows("why-event", {"event": "nothing"}) == []


@pytest.mark.parametrize("value", ['"', "\\", '") } DROP ALL #', "\n", "', ''"])
def test_named_queries_bind_hostile_values_as_literals(value: str) -> None:
    assert rows("what-did-they-say", {"name": f"x{value}"}) == []


def test_named_queries_refuse_what_they_do_not_know() -> None:
    with pytest.raises(QueryError, match="did you mean leader-contacts"):
        named_query("leader-contact")
    with pytest.raises(QueryError, match="no parameter 'speaker'; it has --name, --actor"):
        named_query("posts").run(sample(), {"speaker": "x"})
    with pytest.raises(QueryError, match="it has none"):
        named_query("disagreements").run(sample(), {"speaker": "x"})


def test_named_queries_check_dates_and_numbers() -> None:
    assert len(rows("leader-contacts", {"since": "2025-07-03", "until": "2025-07-03"})) == 1
    assert rows("leader-contacts", {"since": "2025-07-04"}) == []
    assert rows("leader-contacts", {"until": "2025-07-02"}) == []
    assert rows("low-confidence", {"below": "0.6"}) == []  # what is rejected is not told
    assert len(rows("low-confidence", {"below": "0.91"})) == 1
    for parameter, value in (("since", "yesterday"), ("until", "2025-13-01")):
        with pytest.raises(QueryError, match="is no date"):
            named_query("leader-contacts").filled_in({parameter: value})
    for value in ("much", "NaN", "1 . }"):
        with pytest.raises(QueryError, match="is no number"):
            named_query("low-confidence").filled_in({"below": value})


def test_named_queries_do_not_search_a_value_for_parameters() -> None:
    text = named_query("leader-contacts").filled_in({"actor": "VALUES ?since { UNDEF }", "since": "2025-07-01"})
    assert 'VALUES ?actor { "VALUES ?since { UNDEF }" }' in text
    assert rows("leader-contacts", {"actor": "VALUES ?since { UNDEF }", "since": "2025-07-01"}) == []


@given(st.text(max_size=40))
def test_named_queries_keep_any_value_as_it_is(value: str) -> None:
    text = named_query("posts").filled_in({"actor": value})
    (literal,) = (line for line in text.split("\n") if line.startswith("  VALUES ?actor"))
    answer: Any = Graph(()).query(f"SELECT ?actor {{ {literal} }}")
    assert [row["actor"].value for row in answer] == [value]


def test_named_queries_and_commands_do_not_share_options() -> None:
    own = {option.removeprefix("--") for option in ("--list", "--show", "--explain", "--format", "--param", "--limit")}
    own |= {"file", "timeout", "allow-service", "json", "help"}
    for query in named_queries().values():
        assert own.isdisjoint(parameter.name for parameter in query.parameters)
