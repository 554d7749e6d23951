"""The page's view "Ask": the graph inside the page, asked in SPARQL by an engine inside the page."""

import csv
import gzip
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from hostile import HOSTILE
from html_browser import (
    click,
    complaints,
    find,
    needs_browser,
    one,
    open_page,
    open_view,
    screen,
    script,
    settled,
    taken_away,
    text_of,
    texts_of,
    until,
    wait,
)
from html_pages import SAMPLE, SampleGraph, hostile_turtle
from measure_seeds import build_seeds
from selenium.webdriver.common.keys import Keys

from kg.errors import QueryError
from kg.exporters.answers import as_csv, read_answer
from kg.exporters.html import rdf, render_html
from kg.exporters.html.asking import engine, offered
from kg.exporters.html.wording import ASSETS
from kg.named_queries import NamedQuery, Parameter, named_queries
from kg.store import Graph

Rows = tuple[list[str], set[tuple[tuple[str, ...], ...]]]

VALUES = {"date": "2025-07-01", "number": "0.9"}  # for a parameter of that kind; else a text
NAME = "Donald Trump"
BREAKING_OUT = '" } ?x ?y ?z . # \\" <b>'
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FILL = """
const field = document.querySelector(arguments[0]);
field.value = arguments[1];
field.dispatchEvent(new Event(field.tagName === "SELECT" ? "change" : "input"));
"""
TICKS = """
const done = arguments[0];
let n = 0;
const tick = () => { n += 1; if (n < 20) requestAnimationFrame(tick); else done(n); };
tick();
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build_seeds().graph


@pytest.fixture(scope="module")
def samples(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("samples"), graph)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(tmp_path_factory.mktemp("small"), SampleGraph(SAMPLE.read_text(encoding="utf-8")))


@pytest.fixture
def asking(browser: Any, small: str) -> Iterator[Any]:
    """The small page with the view open; nothing was fetched and nothing complained in the end."""
    open_page(browser, small)
    open_view(browser, "ask")
    yield browser
    assert complaints(browser) == []


def written(folder: Path, graph: Any) -> str:
    path = folder / "graph.html"
    path.write_text(render_html(graph), encoding="utf-8")
    return path.as_uri()


def ask(browser: Any, query: str) -> None:
    """Run a query of one's own and wait for its answer or a complaint."""
    script(browser, FILL, "#ask-query", query)
    run(browser)


def run(browser: Any) -> None:
    click(browser, "#ask-run")
    idle = "return document.getElementById('ask-view').getAttribute('aria-busy')"
    until(browser, lambda: script(browser, idle) == "false", "the question is not answered")


def choose(browser: Any, query: NamedQuery, values: Mapping[str, str]) -> None:
    """Run a named query as a reader does."""
    script(browser, FILL, "#ask-choice", query.name)
    for name, value in values.items():
        script(browser, FILL, f"#ask-parameters input[name={name}]", value)
    run(browser)
    assert text_of(browser, "#ask-complaint") == ""


def comparable(text: str) -> Rows:
    """A CSV's columns and rows. Engines join the values of GROUP_CONCAT in any order."""
    columns, *rows = csv.reader(io.StringIO(text))
    plain = [[re.sub(r"^'(?=[=+\-@])", "", cell) for cell in row] for row in rows]
    return columns, {tuple(tuple(sorted(cell.split(", "))) for cell in row) for row in plain}


def in_page(browser: Any) -> Rows:
    path = taken_away(browser, "#ask-take")  # the browser names the file before it fills it
    return comparable(until(browser, lambda: path.read_text(encoding="utf-8"), "an empty file"))


def by_library(graph: Graph, query: NamedQuery, values: Mapping[str, str]) -> Rows:
    hidden = {parameter.name for parameter in query.parameters}
    return comparable(as_csv(read_answer(query.run(graph, dict(values)), hide=hidden)))


def value_of(parameter: Parameter) -> str:
    return VALUES.get(getattr(parameter, "kind", None) or "", NAME)


def policy_of(page: str) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert found
    return found[1].replace("&#39;", "'")


def test_html_sparql_policy_lets_a_page_with_the_engine_compile_it_and_no_more() -> None:
    graph = SampleGraph(SAMPLE.read_text(encoding="utf-8"))
    with_engine, without = policy_of(render_html(graph)), policy_of(render_html(graph, sparql=False))
    assert "'wasm-unsafe-eval'" in with_engine
    assert "worker-src blob:;" in with_engine
    assert "'unsafe-" not in with_engine
    assert "wasm" not in without
    assert "worker" not in without


def test_html_sparql_can_be_left_out() -> None:
    graph = SampleGraph(SAMPLE.read_text(encoding="utf-8"))
    page = render_html(graph, sparql=False)
    assert len(page) < 1_000_000 < len(render_html(graph)) - len(page)
    assert 'id="ask-tab"' not in page
    assert 'id="sparql"' not in page


def test_html_sparql_engine_is_the_one_that_was_reviewed() -> None:
    readme = (ASSETS / "vendor" / "README.md").read_text(encoding="utf-8")
    webassembly = gzip.decompress((ASSETS / "vendor" / "oxigraph.wasm.gz").read_bytes())
    for content in ((ASSETS / "vendor" / "oxigraph.js").read_bytes(), webassembly):
        assert f"`{hashlib.sha256(content).hexdigest()}`" in readme
    assert len(engine()[0]) < 2_000_000


def test_html_sparql_offers_every_named_query() -> None:
    graph = rdf.PageGraph(turtle=b"", base="https://w3id.org/newskg/id/", triples=0, scope="none")
    assert [query["name"] for query in offered(graph)["queries"]] == list(named_queries())


@needs_browser
def test_html_sparql_loads_nothing_before_the_view_is_opened(browser: Any, small: str) -> None:
    open_page(browser, small)
    assert find(browser, "#ask-query") == []
    open_view(browser, "ask")
    wait(browser, "#ask-said", "Ready.")
    assert re.search(r"the whole graph, [\d,]+ triples", text_of(browser, "#asked-graph"))
    assert complaints(browser) == []


@needs_browser
def test_html_sparql_named_queries_answer_as_the_library_does(browser: Any, graph: Graph, samples: str) -> None:
    open_page(browser, samples)
    open_view(browser, "ask")
    assert len(find(browser, "#ask-choice option")) == len(named_queries()) + 1
    answered = 0
    for query in named_queries().values():
        choose(browser, query, {})
        columns, rows = by_library(graph, query, {})
        assert in_page(browser) == (columns, rows), query.name
        answered += bool(rows)
        for parameter in query.parameters:
            values = {parameter.name: value_of(parameter)}
            choose(browser, query, values)
            assert in_page(browser) == by_library(graph, query, values), (query.name, values)
            assert len(rows) >= len(by_library(graph, query, values)[1]) or getattr(parameter, "kind", None)
    assert answered > len(named_queries()) / 2
    assert complaints(browser) == []


@needs_browser
def test_html_sparql_a_parameter_is_a_literal_whatever_it_holds(browser: Any, small: str) -> None:
    open_page(browser, small)
    open_view(browser, "ask")
    for query in named_queries().values():
        for parameter in (p for p in query.parameters if not getattr(p, "kind", None)):
            choose(browser, query, {parameter.name: f"x{BREAKING_OUT}"})
            before = one(browser, "#ask-query").get_property("value")
            assert before.count('\\" } ?x') == 1, "the value stands in the query once, escaped"
            script(browser, FILL, f"#ask-parameters input[name={parameter.name}]", "")
            assert BREAKING_OUT[-3:] not in one(browser, "#ask-query").get_property("value")
    assert complaints(browser) == []


@needs_browser
def test_html_sparql_a_cell_leads_to_its_node(asking: Any) -> None:
    ask(asking, 'SELECT ?who ?label { ?who a schema:Person ; rdfs:label ?label FILTER(?label = "Vladimir Putin"@en) }')
    assert text_of(asking, "#ask-said").startswith("1 row in ")
    by_iri, by_name = find(asking, "#ask-answer td .node")
    by_iri.click()
    settled(asking)
    wait(asking, "#panel h2", "Vladimir Putin")
    click(asking, "#close")
    settled(asking)
    wait(asking, "#panel h2", "Overview")
    by_name.click()
    settled(asking)
    wait(asking, "#panel h2", "Vladimir Putin")


@needs_browser
def test_html_sparql_other_iris_are_shortened_and_only_sites_are_links(asking: Any) -> None:
    ask(asking, "SELECT * { VALUES ?x { kg:Meeting <https://a.example/b> <javascript:alert(1)> wd:Q1 } }")
    assert "unknown prefix" in text_of(asking, "#ask-complaint"), "as in kg query, wd is not declared"
    ask(asking, "SELECT * { VALUES ?x { kg:Meeting <https://a.example/b> <javascript:alert(1)> kg:\\/x } }")
    assert sorted(texts_of(asking, "#ask-answer td")) == [
        "https://a.example/b",
        "https://w3id.org/newskg/ns#/x",
        "javascript:alert(1)",
        "kg:Meeting",
    ]
    assert [link.get_attribute("href") for link in find(asking, "#ask-answer a")] == ["https://a.example/b"]


@needs_browser
def test_html_sparql_shows_every_column_of_a_query_of_ones_own(asking: Any) -> None:
    named = next(query for query in named_queries().values() if query.parameters)
    script(asking, FILL, "#ask-choice", named.name)
    assert len(find(asking, "#ask-parameters input")) == len(named.parameters)
    column = named.parameters[0].name
    ask(asking, f'SELECT ("x" AS ?{column}) {{}}')
    assert texts_of(asking, "#ask-answer th") == [column]
    assert find(asking, "#ask-parameters input") == []
    assert one(asking, "#ask-choice").get_property("value") == ""


@needs_browser
def test_html_sparql_runs_with_control_and_enter_and_sorts(asking: Any) -> None:
    script(asking, FILL, "#ask-query", "SELECT ?n { VALUES ?n { 10 9 2 } }")
    one(asking, "#ask-query").send_keys(Keys.CONTROL, Keys.ENTER)
    wait(asking, "#ask-said", "3 rows")
    click(asking, "#ask-answer th button")
    assert texts_of(asking, "#ask-answer td") == ["2", "9", "10"]
    click(asking, "#ask-answer th button")
    assert texts_of(asking, "#ask-answer td") == ["10", "9", "2"]
    assert one(asking, "#ask-answer th").get_attribute("aria-sort") == "descending"


@needs_browser
def test_html_sparql_answers_ask_and_construct(asking: Any) -> None:
    ask(asking, "ASK { ?who a schema:Person }")
    assert text_of(asking, "#ask-answer") == "Yes"
    ask(asking, "# a comment { before it\nPREFIX x: <https://select.example/> ASK { ?who a x:Nothing }")
    assert text_of(asking, "#ask-answer") == "No"
    ask(asking, "CONSTRUCT { ?who a kg:Found } { ?who a schema:Country }")
    assert "<https://w3id.org/newskg/ns#Found>" in text_of(asking, "#ask-answer pre")
    saved = taken_away(asking, "#ask-take")
    assert saved.suffix == ".ttl"
    assert Graph.load(saved).select("SELECT (COUNT(*) AS ?n) { ?who a kg:Found }")[0]["n"] > "1"
    ask(asking, "DESCRIBE ?who { ?who a schema:Country }")
    assert "schema.org/Country" in text_of(asking, "#ask-answer pre")


@needs_browser
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT ?s { SERVICE <https://a.example/> { ?s ?p ?o } }", "SERVICE is refused"),
        ("SELECT ?s { service # x\n silent ?there { ?s ?p ?o } }", "SERVICE is refused"),
        ("LOAD <https://a.example/>", "LOAD is refused"),
        ("PREFIX a: <b> # c\n DROP ALL", "DROP is refused"),
        ("  ", "Write a query"),
        ("SELECT * {" + "{" * 300 + "}" * 300 + "}", "at most 200 are read"),
        ("#" * 100_001, "at most 100,000 are read"),
    ],
)
def test_html_sparql_refuses_in_words(asking: Any, query: str, said: str) -> None:
    ask(asking, query)
    assert said in text_of(asking, "#ask-complaint")
    assert not one(asking, "#ask-answer").is_displayed()
    ask(asking, "ASK {}")
    assert text_of(asking, "#ask-complaint") == ""


@needs_browser
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s {\n  ?s foo ?o\n}",
        "SELECT ?s { ?s foo:x ?o }",
        "SELECT ?s WHERE { ?s a kg:Event\n",
        "SELECT ?s {\n\n ?s a kg:Event }\nLIMIT few",
        "SELECT ?s { ?s a kg:Event } LIMIT",
        "SELEKT * {}",
    ],
)
def test_html_sparql_tells_the_place_of_a_mistake_as_kg_query_does(asking: Any, query: str) -> None:
    with pytest.raises(QueryError) as told:
        Graph(()).query(query)
    place = re.search(r"line (\d+), column (\d+)", str(told.value))
    assert place
    ask(asking, query)
    assert place[0] in text_of(asking, "#ask-complaint")
    line, column = int(place[1]), int(place[2])
    start = sum(len(row) + 1 for row in query.split("\n")[: line - 1]) + column - 1
    assert one(asking, "#ask-query").get_property("selectionStart") == min(start, len(query))
    assert script(asking, "return document.activeElement.id") == "ask-query"


@needs_browser
def test_html_sparql_asks_for_a_resource_named_service(asking: Any) -> None:
    ask(asking, 'SELECT ("service" AS ?service) { BIND(kg:service AS ?x) }')
    assert texts_of(asking, "#ask-answer td") == ["service"]


@needs_browser
def test_html_sparql_stops_a_question_while_the_page_lives(browser: Any, samples: str) -> None:
    open_page(browser, samples)
    open_view(browser, "ask")
    script(browser, FILL, "#ask-query", ENDLESS)
    click(browser, "#ask-run")
    wait(browser, "#ask-said", "Asking…")
    assert browser.execute_async_script(TICKS) == 20, "the page draws while the engine works"
    click(browser, "#ask-stop")
    wait(browser, "#ask-said", "Stopped.")
    ask(browser, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert texts_of(browser, "#ask-answer td")[0].isdigit()
    assert complaints(browser) == []


@needs_browser
def test_html_sparql_can_be_stopped_while_it_loads_and_asked_again(browser: Any, samples: str) -> None:
    open_page(browser, samples)
    at_once = "for (const name of ['ask-tab', 'ask-run', 'ask-stop']) document.getElementById(name).click();"
    script(browser, at_once)
    wait(browser, "#ask-said", "Stopped.")
    script(browser, "document.getElementById('ask-run').click(); document.getElementById('ask-run').click();")
    wait(browser, "#ask-said", "rows in")
    assert complaints(browser) == []


@needs_browser
def test_html_sparql_bounds_the_rows_of_an_answer(browser: Any, samples: str) -> None:
    open_page(browser, samples)
    open_view(browser, "ask")
    ask(browser, "SELECT ?a ?b { ?a a schema:Person . ?b ?p ?o }")
    assert "More than 100,000 rows" in text_of(browser, "#ask-said")
    assert len(find(browser, "#ask-answer tbody tr")) == 200
    ask(browser, "SELECT ?s { ?s ?p ?o } LIMIT 7 # and a comment")
    assert text_of(browser, "#ask-said").startswith("7 rows")
    assert complaints(browser) == []


@needs_browser
def test_html_sparql_hostile_text_stays_text(browser: Any, tmp_path: Path) -> None:
    page = written(tmp_path, SampleGraph(hostile_turtle()))
    query = "SELECT ?label { ?s rdfs:label ?label } #" + HOSTILE["image handler"] + HOSTILE["end of script"]
    open_page(browser, f"{page}#{urlencode({'view': 'ask', 'ask': query})}")
    wait(browser, "#ask-said", "rows in")
    assert one(browser, "#ask-query").get_property("value") == query
    labels = texts_of(browser, "#ask-answer td")
    assert sum("__pwned" in label for label in labels) >= 3
    ask(browser, f"SELECT ?label {{ ?s ?p ?o }} !{HOSTILE['image handler']}")
    assert "onerror" in text_of(browser, "#ask-complaint")
    assert find(browser, "#ask-view img, #ask-view script, #ask-view a[href^=javascript]") == []
    assert script(browser, "return window.__pwned") is None
    assert complaints(browser) == []


@needs_browser
def test_html_sparql_a_link_carries_the_query(asking: Any, small: str) -> None:
    query = 'SELECT ("a&b=c #d" AS ?x) { }'
    ask(asking, query)
    until(asking, lambda: "ask=SELECT" in script(asking, "return location.hash"))
    link = script(asking, "return location.href")
    open_page(asking, link)
    wait(asking, "#ask-said", "1 row in ")
    assert one(asking, "#ask-query").get_property("value") == query
    assert texts_of(asking, "#ask-answer td") == ["a&b=c #d"]


@needs_browser
@pytest.mark.parametrize(("most_core", "said"), [(10_000, "without facts and sentences"), (0, "Ask it with kg query")])
def test_html_sparql_of_a_graph_too_large_for_a_page(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most_core: int, said: str
) -> None:
    monkeypatch.setattr(rdf, "MOST_TRIPLES", 0)
    monkeypatch.setattr(rdf, "MOST_CORE_TRIPLES", most_core)
    open_page(browser, written(tmp_path, SampleGraph(SAMPLE.read_text(encoding="utf-8"))))
    open_view(browser, "ask")
    assert said in text_of(browser, "#asked-graph")
    assert bool(find(browser, "#ask-query")) == bool(find(browser, "#sparql")) == bool(most_core)
    assert complaints(browser) == []


@needs_browser
def test_html_sparql_fits_a_telephone_and_names_its_controls(browser: Any, small: str) -> None:
    with screen(browser, 360, 780, mobile=True):
        open_page(browser, small)
        open_view(browser, "ask")
        ask(browser, "SELECT * { ?s ?p ?o }")
        assert script(browser, "return document.documentElement.scrollWidth") <= 360
    for selector in ("#ask-query", "#ask-choice", "#ask-run", "#ask-stop", "#ask-answer"):
        assert one(browser, selector).accessible_name, selector
    assert complaints(browser) == []
