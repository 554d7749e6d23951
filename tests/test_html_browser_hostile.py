"""Hostile names, titles, addresses and quotations in a real browser: nothing runs, nothing is asked for, all fits."""

import json
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hostile import HOSTILE
from html_browser import (
    complaints,
    find,
    needs_browser,
    one,
    open_page,
    open_view,
    screen,
    script,
    search,
    settled,
    taken_away,
    text_of,
    wait,
)
from html_pages import hostile_turtle, page_at
from typer.testing import CliRunner

from kg.cli import app

pytestmark = needs_browser

TITLE = f"{HOSTILE['end of title']} {HOSTILE['image handler']} {HOSTILE['very long word']}"
OPEN_PANELS = """
const [ids, done] = arguments;
const {nodes} = JSON.parse(document.getElementById("contents").textContent);
const panel = document.getElementById("panel");
const links = new Set(), wide = [];
const next = async () => {
  for (const id of ids) {
    const moved = new Promise((go) => addEventListener("hashchange", go, {once: true}));
    location.hash = `at=${encodeURIComponent(nodes[id].iri)}`;
    await Promise.race([moved, new Promise((go) => setTimeout(go, 2000))]);
    for (let turn = 0; panel.getAttribute("aria-busy") !== "false"; turn += 1) {
      if (turn > 400) { wide.push(`${id}: never there`); break; }
      await new Promise((go) => setTimeout(go, 5));
    }
    panel.querySelectorAll("details").forEach((part) => { part.open = true; });
    panel.querySelectorAll("section > .more").forEach((more) => more.click());
    panel.querySelectorAll("a").forEach((link) => links.add(link.href));
    if (!panel.innerText.trim()) wide.push(`${id}: empty`);
    const reach = Math.max(panel.scrollWidth - panel.clientWidth, document.documentElement.scrollWidth - innerWidth);
    if (reach > 0) wide.push(`${nodes[id].label.slice(0, 30)}: ${reach}`);
  }
};
next().catch((error) => wide.push(String(error))).then(() => done({links: [...links], wide}));
"""
FOREIGN = """
const ours = new Set(["SCRIPT", "STYLE", "META", "LINK", "TITLE"]);
return [...document.querySelectorAll("*")].filter((element) => ["IMG", "IFRAME", "OBJECT", "EMBED", "VIDEO", "AUDIO",
    "FORM", "BASE", "TEXTAREA", "SELECT", "TEMPLATE", "MATH", "MARQUEE", "XSS"].includes(element.tagName.toUpperCase())
  || (ours.has(element.tagName) && element.closest("body") && element.tagName !== "SCRIPT")
  || [...element.attributes].some(({name, value}) => name.startsWith("on") || /^\\s*(javascript|data|vbscript):/i
    .test(["href", "src", "action", "xlink:href"].includes(name) && element.tagName !== "LINK" ? value : "")))
  .filter((element) => !element.id.startsWith("ask-"))  // the fields for questions
  .map((element) => element.outerHTML.slice(0, 100));
"""


def nothing_runs(browser: Any) -> None:
    """No text became code, and the page asked for nothing."""
    assert script(browser, "return typeof window.__pwned") == "undefined"
    assert script(browser, FOREIGN) == []
    assert script(browser, "return Object.keys(Object.prototype)") == []
    running = script(browser, "return [...document.scripts].filter((one) => !one.type).map((one) => one.textContent)")
    assert len(running) <= 4, "vis-network, our own code, and what draws the overview once that is open"
    assert not any("__pwned" in text for text in running)
    assert complaints(browser) == []


def look_at_everything(browser: Any, address: str) -> None:
    """Open every view, list, filter and answer of a page, and its panels, of the events each third."""
    open_page(browser, address)
    browser.set_script_timeout(60)
    ids = [node["id"] for node in embedded(browser)["nodes"] if node["kind"] != "event" or node["id"] % 3 == 0]
    seen = browser.execute_async_script(OPEN_PANELS, ids)
    assert seen["wide"] == []
    assert all(link.startswith(("https://", "http://")) for link in seen["links"])
    script(browser, "document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    script(browser, "document.querySelectorAll('fieldset .more').forEach((more) => more.click())")
    for view in [tab.get_attribute("data-view") for tab in find(browser, "[role=tab]")]:
        open_view(browser, view)
        script(browser, "document.querySelectorAll('.view > .more').forEach((more) => more.click())")
        settled(browser)
        assert script(browser, "return document.documentElement.scrollWidth") <= 1400, view
    for query in ("img", "script", "href", "7*7", "aaaa", "evil", "proto", "(a+)+$", "\\"):
        search(browser, query)
    rdflib.Graph().parse(taken_away(browser, "#turtle"), format="turtle")


def embedded(browser: Any) -> Any:
    """What the page holds at once."""
    return json.loads(one(browser, "#contents").get_property("textContent"))


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_at(tmp_path_factory.mktemp("hostile") / "graph.html", hostile_turtle(), title=TITLE, limit=40)


@pytest.fixture(scope="module")
def built_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The corpus through `kg build`: as titles, texts, outlets, addresses, authors and quotations of articles."""
    folder = tmp_path_factory.mktemp("articles")
    records, longest = [], 3_000  # characters of a text, so that reading takes seconds
    for name, text in HOSTILE.items():
        quoted = text[:longest]
        body = (
            f"President Vladimir Putin met {quoted} and Recep Tayyip Erdogan in Istanbul on Thursday.\n\n"
            f'"{quoted} will not accept the plan," President Volodymyr Zelenskyy told {quoted} in Kyiv.'
        )
        record = {"title": text, "text": body, "publisher": text, "author": [text], "url": text, "date": "2025-07-03"}
        records.append(record | {"url": f"https://evil.example/{name}?{text}"} if len(records) % 2 else record)
    # a JSON file may hold lone surrogates as escapes
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="ascii")
    for number, record in enumerate(records[::9]):
        head = {key: record[key] for key in ("title", "publisher", "date", "url")}
        front = f"---\n{json.dumps(head)}\n---\n\n{record['text']}\n"
        (folder / f"front{number}.md").write_text(front, encoding="utf-8", errors="replace")
        page = f"<html><head><title>{record['title']}</title></head><body><h1>{record['title']}</h1>"
        paragraphs = "".join(f"<p>{part}</p>" for part in record["text"].split("\n\n"))
        (folder / f"page{number}.html").write_text(page + paragraphs, encoding="utf-8", errors="replace")
    out = folder / "out"
    arguments = ["build", str(folder), "--out", str(out), "--quiet", "--workers", "1", "--title", TITLE]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code in (0, 1), result.output  # some texts are not worth reading, and that is said
    assert result.exception is None or isinstance(result.exception, SystemExit)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert len(report["read"]) > len(HOSTILE) / 2, report["problems"]
    rdflib.Graph().parse(out / "graph.ttl", format="turtle")
    return (out / "graph.html").as_uri()


def test_html_browser_corpus_is_large_enough() -> None:
    assert len(HOSTILE) >= 60
    assert len(set(HOSTILE.values())) == len(HOSTILE)


def test_html_browser_hostile_graph_never_runs(browser: Any, hostile_page: str) -> None:
    look_at_everything(browser, hostile_page)
    assert len(embedded(browser)["nodes"]) > 2 * len(HOSTILE)
    nothing_runs(browser)


def test_html_browser_hostile_articles_never_run(browser: Any, built_page: str) -> None:
    look_at_everything(browser, built_page)
    nothing_runs(browser)


def test_html_browser_hostile_text_leaves_narrow_screens_whole(browser: Any, hostile_page: str) -> None:
    with screen(browser, 360, 740, mobile=True):
        open_page(browser, hostile_page)
        wait(browser, "#drawn", "drawn")
        worst = [
            n["id"]
            for n in embedded(browser)["nodes"]
            if n["label"].startswith(("AAAA", "漢", "<b>", "word", "e\u0301"))
        ]
        assert len(worst) >= 8
        seen = browser.execute_async_script(OPEN_PANELS, worst)
        assert seen["wide"] == []
        for view in [tab.get_attribute("data-view") for tab in find(browser, "[role=tab]")]:
            open_view(browser, view)
            assert script(browser, "return document.documentElement.scrollWidth") == 360, view
        script(browser, "document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        assert script(browser, "return document.documentElement.scrollWidth") == 360
        assert one(browser, "header").size["height"] < 200, "a long title leaves room for the page"
    nothing_runs(browser)


def test_html_browser_hostile_title_is_only_a_title(browser: Any, hostile_page: str, tmp_path: Path) -> None:
    for name in ("end of title", "comment and script", "prototype", "null", "right-to-left override", "only spaces"):
        open_page(browser, page_at(tmp_path / "titled.html", "", title=HOSTILE[name]))
        assert text_of(browser, "h1")
        nothing_runs(browser)
