"""How fast the page's overview of the whole graph is, in headless Chromium without a network.

    python tests/measure_overview.py            # planted graphs of 2,000, 10,000 and 50,000 nodes
    python tests/measure_overview.py GRAPH.ttl  # or a folder that `kg build` made

Prints, for each page: seconds of the processor to compute the places; from navigation to the working view; from the
click on the tab to the first overview; JavaScript of a frame while panning and while zooming (performance.now() around
sigma's render, from `beforeRender` to the end of `afterRender`; 60 frames or 20 seconds each: median and worst); of a
filter's change; and the JS heap after a garbage collection, before and after. The browser draws on the processor
(SwiftShader): drawing itself is not in these times.
"""

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from html_browser import start_browser

from kg.exporters.html.islands import islands
from kg.exporters.html.page import page
from kg.exporters.html.rdf import PageGraph
from kg.exporters.html.records import Contents, PageEdge, PageNode
from kg.vocab import BASE

SIZES = ((2_000, 8_000), (10_000, 40_000), (50_000, 200_000))
KINDS = ("event", "person", "event", "organization", "place", "country", "thing")
PATIENCE = 120  # seconds
FRAMES = """
const done = arguments[arguments.length - 1], kind = arguments[0], times = [];
const {renderer} = document.getElementById("whole"), camera = renderer.getCamera();
const last = performance.now() + 20000;
let begun = 0, count = 0;
const begin = () => { begun = performance.now(); }, end = () => times.push(performance.now() - begun);
renderer.prependListener("beforeRender", begin);
renderer.on("afterRender", end);
const step = () => {
  count += 1;
  if (count > 60 || performance.now() > last) {
    renderer.off("beforeRender", begin);
    renderer.off("afterRender", end);
    times.sort((a, b) => a - b);
    done([times[Math.floor(times.length / 2)], times[times.length - 1], times.length]);
    return;
  }
  const turn = count / 10;
  camera.setState(kind === "pan" ? {x: 0.5 + 0.1 * Math.sin(turn), y: 0.5 + 0.1 * Math.cos(turn), ratio: 0.6}
    : {x: 0.5, y: 0.5, ratio: Math.pow(0.93, count)});
  requestAnimationFrame(step);
};
requestAnimationFrame(step);
"""
OPENING = """
const done = arguments[arguments.length - 1], begun = performance.now(), stage = document.getElementById("whole");
const look = () => (stage.dataset.ready ? done(performance.now() - begun) : requestAnimationFrame(look));
document.getElementById("overview-tab").click();
look();
"""
FILTER = """
const done = arguments[arguments.length - 1], begun = performance.now();
document.getElementById("whole").renderer.once("afterRender", () => done(performance.now() - begun));
document.querySelector("#kinds input[name=person]").click();
"""


def planted(nodes: int, edges: int) -> Contents:
    """A graph of communities of some 250 nodes with hubs, a seventh of its edges between communities."""
    chance = np.random.default_rng(0)
    community = np.sort(chance.integers(0, max(2, nodes // 250), nodes))
    first, last = np.searchsorted(community, community), np.searchsorted(community, community, side="right")
    source = chance.integers(0, nodes, edges)
    target = first[source] + ((last - first)[source] * chance.random(edges) ** 3).astype(int)
    far = chance.random(edges) < 1 / 7
    target[far] = chance.integers(0, nodes, int(far.sum()))
    pairs = sorted({(int(a), int(b)) for a, b in zip(source, target, strict=True) if a != b})
    degree = np.bincount(np.array(pairs).ravel(), minlength=nodes)
    number = np.empty(nodes, dtype=int)
    number[np.argsort(-degree, kind="stable")] = np.arange(nodes)  # ids are in order of importance
    names = [f"{KINDS[old % len(KINDS)].capitalize()} {old}" for old in np.argsort(number)]
    saliences = np.log2(1 + np.sort(degree)[::-1])
    records = tuple(
        PageNode(
            id=new,
            iri=f"https://example.org/{new}",
            kind=name.split()[0].lower(),
            label=name,
            type="Meeting",
            drawn_label=name,
            salience=float(salience),
            mentions=1,
            status="Occurred" if name.startswith("Event") else None,
        )
        for new, (name, salience) in enumerate(zip(names, saliences, strict=True))
    )
    ties = tuple(PageEdge(source=int(number[a]), target=int(number[b]), roles=("participant",)) for a, b in pairs)
    return Contents(
        title="Planted", coverage="", articles=(), sentences=(), nodes=records, edges=ties, facts=(), statements=()
    )


def measure(browser: Any, name: str, html: str, seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "graph.html"
        path.write_text(html, encoding="utf-8")
        begun = time.perf_counter()
        browser.get(path.as_uri())
        while not browser.execute_script("return document.documentElement.dataset.ready"):
            time.sleep(0.01)
        ready = time.perf_counter() - begun
        before = heap(browser)
        opening = browser.execute_async_script(OPENING)
        pan, zoom = (frames(browser, kind) for kind in ("pan", "zoom"))
        filtering = browser.execute_async_script(FILTER)
        print(
            f"{name}: {len(html) / 1e6:.1f} MB, places {seconds:.1f} s, working view {ready:.2f} s,"
            f" overview {opening:.0f} ms, pan {pan},"
            f" zoom {zoom}, filter {filtering:.0f} ms,"
            f" heap {before:.0f} → {heap(browser):.0f} MB",
            flush=True,
        )


def frames(browser: Any, kind: str) -> str:
    """Time on the clock, and of the processor: the latter is what an otherwise busy machine leaves as it is."""
    before = script_seconds(browser)
    median, worst, count = browser.execute_async_script(FRAMES, kind)
    own = 1000 * (script_seconds(browser) - before) / max(1, count)
    return f"{median:.1f} ms (worst {worst:.1f} of {count}; mean of the processor {own:.1f})"


def script_seconds(browser: Any) -> float:
    """Seconds of the processor that the page's thread has spent in JavaScript."""
    metrics = browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "ScriptDuration"))


def heap(browser: Any) -> float:
    """Used JS heap in MB after a garbage collection."""
    browser.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    return float(browser.execute_cdp_cmd("Runtime.getHeapUsage", {})["usedSize"]) / 1e6


def timed_places(contents: Contents) -> float:
    begun = time.process_time()
    loose = [node.id for node in contents.nodes if node.kind == "topic"]
    islands([n.salience for n in contents.nodes], [(e.source, e.target) for e in contents.edges], loose=loose)
    return time.process_time() - begun


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        browser = start_browser(Path(folder))
        browser.set_script_timeout(PATIENCE)
        browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        try:
            if len(sys.argv) > 1:
                from kg.exporters.html.contents import gather
                from kg.exporters.html.rdf import page_graph
                from kg.store import Graph

                graph = Graph.load(Path(sys.argv[1]))
                contents = gather(graph)
                measure(
                    browser,
                    sys.argv[1],
                    page(contents, page_graph(graph), limit=300, sparql=False),
                    timed_places(contents),
                )
                return
            for nodes, edges in SIZES:
                contents = planted(nodes, edges)
                html = page(
                    contents, PageGraph(turtle=b"", base=BASE, triples=0, scope="none"), limit=300, sparql=False
                )
                measure(browser, f"{nodes:,} nodes, {len(contents.edges):,} edges", html, timed_places(contents))
        finally:
            browser.quit()


if __name__ == "__main__":
    main()
