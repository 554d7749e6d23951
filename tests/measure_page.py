"""How fast the HTML page is in headless Chromium with the network off: `python tests/measure_page.py`.

Prints, for the sample articles (`--samples FOLDER`, which `kg build seeds --out FOLDER` wrote) and for made graphs of
2,000, 10,000 and 50,000 things, each aim and the value measured. The first usable picture is counted from the start of
the navigation until the page is ready and its canvas has been painted; a frame is the JavaScript time of one animation
frame in which vis-network draws while the reader pans and zooms; the heap is taken after a garbage
collection. Medians of three openings.
"""

import argparse
import random
import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from html_browser import complaints, open_page, script, settled, start_browser
from html_pages import SampleGraph

from kg.exporters.html import render_html
from kg.store import Graph

OPENINGS: Final = 3
SIZES: Final = {2_000: 1.5, 10_000: 3.0, 50_000: 6.0}  # things → seconds to the first usable picture
MOST_DRAWN: Final = 1_500  # of the working view
QUERIES: Final = ("anna", "meeting 3", "ober", "group 12", "phone call anna", "zzz")
EVENT_CLASSES: Final = ("Meeting", "PhoneCall", "Ceasefire", "AidSuspension", "Conflict")
STATUSES: Final = (*["Occurred"] * 6, "Ongoing", "Planned", "Possible", "Denied")
SYLLABLES: Final = ("ka", "no", "ber", "mi", "lo", "ta", "ran", "vi", "sel", "do", "an", "ru", "ger", "pe", "os")
HEAD: Final = """
@prefix kg: <https://w3id.org/newskg/ns#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix schema: <https://schema.org/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix a: <https://w3id.org/newskg/id/article/> .
@prefix e: <https://w3id.org/newskg/id/entity/> .
@prefix ev: <https://w3id.org/newskg/id/event/> .
@prefix f: <https://w3id.org/newskg/id/fact/> .
@prefix st: <https://w3id.org/newskg/id/statement/> .
"""
FRAMES: Final = """
const container = document.getElementById("picture");
const canvas = container.querySelector("canvas");
const done = arguments[0];
// vis-network draws inside of requestAnimationFrame: the time that its callbacks take is the frame's
const spent = [];
const original = window.requestAnimationFrame;
window.requestAnimationFrame = (callback) => original((time) => {
  const begin = performance.now();
  callback(time);
  const took = performance.now() - begin;
  if (took > 0.5) spent.push(took);
});
const box = canvas.getBoundingClientRect();
const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
const wait = () => new Promise((go) => original(() => original(go)));
const wheel = (deltaY) => canvas.dispatchEvent(new WheelEvent("wheel", {deltaY, clientX: x, clientY: y, bubbles: true,
  cancelable: true}));
const run = async () => {
  for (let turn = 0; turn < 10; turn += 1) { wheel(-100); await wait(); }
  for (let turn = 0; turn < 10; turn += 1) { wheel(100); await wait(); }
  const zoomed = spent.splice(0);
  container.focus();
  for (let turn = 0; turn < 30; turn += 1) {
    const key = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"][turn % 4];
    container.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
    await wait();
  }
  window.requestAnimationFrame = original;
  done({zoomed, panned: spent});
};
run();
"""
SEARCH: Final = """
const field = document.getElementById("query");
return arguments[0].map((query) => {
  field.value = query;
  const begin = performance.now();
  field.dispatchEvent(new Event("input"));
  return performance.now() - begin;
});
"""
PAINTED: Final = """
const done = arguments[0];
const look = () => {
  const canvas = document.querySelector("#picture canvas");
  const ready = document.documentElement.dataset.ready && canvas && canvas.width > 0
    && canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
  if (ready) done(performance.now()); else requestAnimationFrame(look);
};
look();
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Of one page; times in seconds but for frames and searches, in milliseconds."""

    megabytes: float
    opening: float
    heap: float  # megabytes
    complaints: int
    search: float  # the slowest of QUERIES
    drawn: str
    zoom: float
    pan: float


def made_graph(things: int) -> str:
    """Turtle of `things` actors and events; a few actors take part in most events, most in one."""
    return HEAD + "".join(_blocks(things, random.Random(things)))


def _blocks(things: int, chance: random.Random) -> Iterator[str]:
    events = things * 6 // 10
    actors, articles = things - events, max(2, things // 12)
    for number in range(articles):
        day = date(2025, 1, 1) + timedelta(days=number % 200)
        yield (
            f'a:a{number} a schema:NewsArticle ; schema:headline "{_sentence(chance, 8)}"@en ;'
            f' schema:datePublished "{day}"^^xsd:date ; schema:publisher e:outlet{number % 25} .\n'
        )
    for number in range(25):
        yield f'e:outlet{number} a schema:Organization ; rdfs:label "The {_word(chance).title()} Post"@en .\n'
    for number in range(actors):
        kind = chance.choices(("Person", "Organization", "Country", "Place"), (60, 25, 3, 12))[0]
        name = (
            f"{_word(chance).title()} {_word(chance).title()}" if kind == "Person" else f"{_word(chance).title()} group"
        )
        yield (
            f'e:e{number} a schema:{kind} ; rdfs:label "{name} {number}"@en ; skos:altLabel "{name.split()[0]}"@en ;'
            f" kg:mentionCount {1 + actors // (number + 1)} ; kg:mentionedIn a:a{number % articles} .\n"
        )
    ranks = [1 / (number + 1) for number in range(actors)]
    for number in range(events):
        article, leaf = chance.randrange(articles), chance.choice(EVENT_CLASSES)
        day = date(2025, 1, 1) + timedelta(days=chance.randrange(200))
        # whoever is important, and somebody of his own, so that everything hangs together
        members = {*chance.choices(range(actors), ranks, k=2), number % actors}
        who = ", ".join(f"e:e{member}" for member in sorted(members))
        sentence = f"<https://w3id.org/newskg/id/article/a{article}#char={number},{number + 80}>"
        yield (
            f'{sentence} a kg:Sentence ; schema:isPartOf a:a{article} ; schema:text "{_sentence(chance, 22)}" .\n'
            f'ev:v{number} a sem:Event, kg:{leaf} ; rdfs:label "{leaf} {number}: {_sentence(chance, 6)}"@en ;'
            f" kg:status kg:{chance.choice(STATUSES)} ; kg:participant {who} ; kg:mentionedIn a:a{article} ;"
            f' sem:hasBeginTimeStamp "{day}"^^xsd:date ; sem:hasEndTimeStamp "{day}"^^xsd:date ;'
            f" prov:wasDerivedFrom {sentence} .\n"
        )
        for member in sorted(members):
            yield (
                f"f:f{number}-{member} a kg:Fact ; rdf:subject ev:v{number} ; rdf:predicate kg:participant ;"
                f" rdf:object e:e{member} ; kg:confidence 0.{chance.randrange(50, 99)} ; kg:rank kg:Preferred ;"
                f" kg:sourceCount {chance.randrange(1, 5)} ; prov:wasDerivedFrom {sentence} .\n"
            )
        if number % 3 == 0:
            yield (
                f'st:s{number} a kg:Statement ; kg:speaker e:e{min(members)} ; schema:text "{_sentence(chance, 14)}" ;'
                f" kg:mentionedIn a:a{article} ; prov:wasDerivedFrom {sentence} .\n"
            )


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(SYLLABLES, k=chance.randrange(2, 4)))


def _sentence(chance: random.Random, words: int) -> str:
    return " ".join(_word(chance) for _ in range(words))


def measured(browser: Any, path: Path) -> Measures:
    """One page in a browser that has opened nothing else in this tab."""
    openings = []
    for _ in range(OPENINGS):
        browser.get("about:blank")
        browser.set_script_timeout(120)
        browser.get(path.as_uri())
        openings.append(browser.execute_async_script(PAINTED) / 1000)
    open_page(browser, path.as_uri())
    settled(browser)
    browser.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    heap = browser.execute_cdp_cmd("Runtime.getHeapUsage", {})["usedSize"]
    searches = script(browser, SEARCH, QUERIES)
    frames = browser.execute_async_script(FRAMES)
    return Measures(
        megabytes=path.stat().st_size / 1e6,
        opening=statistics.median(openings),
        heap=heap / 1e6,
        complaints=len(complaints(browser)),
        search=max(searches[1:]),
        drawn=str(script(browser, "return document.getElementById('drawn').textContent")),
        zoom=statistics.median(frames["zoomed"] or [0.0]),
        pan=statistics.median(frames["panned"] or [0.0]),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, help="a folder that `kg build seeds` wrote")
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="things in the made graphs")
    parser.add_argument("--keep", type=Path, help="a folder for the pages, to look at them")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        browser = start_browser(Path(scratch))
        try:
            print("| page | measure | value | aim |\n|---|---|---|---|")
            if chosen.samples:
                page = folder / "samples.html"
                page.write_text(render_html(Graph.load(chosen.samples), sparql=False), encoding="utf-8")
                report("samples", measured(browser, page), opening=1.0, megabytes=1.5)
            for things in chosen.sizes:
                page = folder / f"{things}.html"
                graph = SampleGraph(made_graph(things))
                page.write_text(render_html(graph, sparql=False), encoding="utf-8")
                report(f"{things:,} things", measured(browser, page), opening=SIZES.get(things))
            full = folder / "full.html"
            graph = SampleGraph(made_graph(min(SIZES)))
            full.write_text(render_html(graph, limit=MOST_DRAWN, sparql=False), encoding="utf-8")
            report("working view at its limit", measured(browser, full), opening=None)
        finally:
            browser.quit()


def report(name: str, found: Measures, *, opening: float | None, megabytes: float | None = None) -> None:
    """The rows of one page."""
    print(row(name, "size without the SPARQL engine, MB", found.megabytes, megabytes))
    print(row(name, "first usable picture, s", found.opening, opening))
    print(row(name, "JavaScript heap, MB", found.heap, 200.0))
    print(row(name, "search answer, slowest of 5, ms", found.search, 50.0))
    print(row(name, f"zoom frame, median, ms ({found.drawn.split(';')[0]})", found.zoom, 33.0))
    print(row(name, "pan frame, median, ms", found.pan, 33.0))
    print(row(name, "messages and requests", found.complaints, 0))


def row(name: str, measure: str, value: float, aim: float | None) -> str:
    shown = f"{value:.2f}" if value < 10 else f"{value:,.0f}"
    return f"| {name} | {measure} | {shown} | {'' if aim is None else f'≤ {aim:g}'} |"


if __name__ == "__main__":
    main()
