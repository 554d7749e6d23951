"""How large the page is with its SPARQL engine, and how fast it answers beside `kg query`.

    python tests/measure_ask.py GRAPH [GRAPH ...]      a JSON object a graph: folders or files as `kg query` takes them

Seconds in headless Chromium: `opened` from opening the tab until the engine has the graph, `answered` from there until
the first answer is on the screen, both of one run. Of each named query, the best of `ROUNDS`: `engine` in the page's
engine, `shown` until the rows are on the screen, `library` in `Graph.query` with its answer written as CSV. Memory in
MB: the resident set of the page's process, and the part that its own script holds; the engine is a worker in it.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path
from typing import Any

from html_browser import one, open_page, script, start_browser, text_of
from selenium.webdriver.support.ui import WebDriverWait

from kg.exporters.answers import as_csv, read_answer
from kg.exporters.html import render_html
from kg.named_queries import named_queries
from kg.store import Graph

ROUNDS = 3
PATIENCE = 120  # seconds
ASK = """
const [name, done] = arguments;
const view = document.getElementById("ask-view");
const choice = document.getElementById("ask-choice");
choice.value = name;
choice.dispatchEvent(new Event("change"));
const begun = performance.now();
document.getElementById("ask-run").click();
const look = () => {
  if (view.getAttribute("aria-busy") === "true") { setTimeout(look, 2); return; }
  done([performance.now() - begun, document.getElementById("ask-said").textContent]);
};
look();
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graphs", nargs="+", type=Path, metavar="GRAPH")
    for path in parser.parse_args().graphs:
        print(json.dumps({"graph": str(path), **measured(path)}, indent=1))


def measured(path: Path) -> dict[str, Any]:
    graph = Graph.load(path)
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "graph.html"
        page.write_text(render_html(graph), encoding="utf-8")
        browser = start_browser(Path(folder))
        browser.set_script_timeout(PATIENCE)
        try:
            in_page = _in_page(browser, page.as_uri())
        finally:
            browser.quit()
        sizes = {"MB": page.stat().st_size / 1e6, "MB without": len(render_html(graph, sparql=False).encode()) / 1e6}
    queries = {
        name: {**answer, "library": round(min(_by_library(graph, name) for _ in range(ROUNDS)), 3)}
        for name, answer in in_page.pop("queries").items()
    }
    return {"triples": len(graph), **{name: round(size, 2) for name, size in sizes.items()}, **in_page, **queries}


def _in_page(browser: Any, address: str) -> dict[str, Any]:
    open_page(browser, address)
    before = _memory(browser)
    began = time.perf_counter()
    one(browser, "#ask-tab").click()
    WebDriverWait(browser, PATIENCE, 0.01).until(lambda b: text_of(b, "#ask-said") == "Ready.")
    opened = time.perf_counter() - began
    first = browser.execute_async_script(ASK, next(iter(named_queries())))
    loaded = _memory(browser)
    answers = {}
    for name in named_queries():
        rounds = [browser.execute_async_script(ASK, name)]
        said = rounds[0][1]
        if " in " not in said:
            answers[name] = {"complaint": text_of(browser, "#ask-complaint")}
            continue
        rounds += [browser.execute_async_script(ASK, name) for _ in range(ROUNDS - 1)]
        seconds = min(float(said.split(" in ")[1].split()[0]) for _, said in rounds)
        shown = round(min(whole for whole, _ in rounds) / 1000, 3)
        answers[name] = {"rows": said.split()[0], "engine": seconds, "shown": shown}
    return {
        "note": text_of(browser, "#asked-graph"),
        "opened": round(opened, 2),
        "answered": round(first[0] / 1000, 3),
        "memory before, loaded, after all": [before, loaded, _memory(browser)],
        "queries": answers,
    }


def _memory(browser: Any) -> dict[str, int]:
    """Resident set of the largest page process of this browser, and the heap of the page's own script, in MB."""
    profile = browser.capabilities["chrome"]["userDataDir"]
    sizes = [0]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_text(encoding="utf-8")
            resident = (folder / "statm").read_text(encoding="ascii").split()[1]
        except OSError:  # it has ended
            continue
        if "--type=renderer" in command and profile in command:
            sizes.append(int(resident) * 4096)
    heap = script(browser, "return performance.memory.usedJSHeapSize")
    return {"process": round(max(sizes) / 1e6), "script": round(heap / 1e6)}


def _by_library(graph: Graph, name: str) -> float:
    began = time.perf_counter()
    as_csv(read_answer(named_queries()[name].run(graph)))
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
