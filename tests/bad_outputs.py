"""Is a written build folder sound? Every file must be read by independent readers, and nothing in the page may run."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

import pyoxigraph
import rdflib

from kg.graph_files import FOLDER_GRAPHS, FORMATS
from kg.store import Graph
from kg.validation import validate

TURTLES: Final = {"graph.ttl": "turtle", "graph-core.ttl": "turtle", "graph.trig": "trig"}
FILES: Final = {*TURTLES, "graph.html", "graph.graphml", "report.json"}


def faults_of_folder(folder: Path) -> list[str]:
    """What is wrong with the files of a build, one line each. `rapper` is asked too where it is installed."""
    if not folder.is_dir():
        return ["there is no output folder"]
    names = {path.name for path in folder.iterdir()}
    found = [] if names == FILES else [f"the folder holds {sorted(names)}"]
    for name in sorted(TURTLES.keys() & names):
        found += _turtle_faults(folder / name)
    for name, check in (("graph.graphml", ElementTree.parse), ("report.json", _json)):
        try:
            check(folder / name)
        except (ElementTree.ParseError, ValueError, OSError) as error:
            found.append(f"{name}: {error}")
    if "graph.html" in names:
        found += page_faults((folder / "graph.html").read_text(encoding="utf-8"))
    if not names & set(FOLDER_GRAPHS):
        return found
    violations = validate(Graph.load(folder)).violations
    return found + [f"shape: {one.message} at {one.focus}: {one.value}" for one in violations]


def _json(path: Path) -> object:
    return json.loads(path.read_text(encoding="utf-8"))


def _turtle_faults(path: Path) -> list[str]:
    found = []
    try:
        mine = list(rdflib.Dataset().parse(str(path), format=TURTLES[path.name]).quads())
        theirs = list(pyoxigraph.parse(path=str(path), format=FORMATS[path.suffix]))
        if len(mine) != len(theirs):
            found.append(f"{path.name}: rdflib reads {len(mine)} quads, Oxigraph {len(theirs)}")
    except Exception as error:  # whatever a foreign parser raises is what we want to know
        found.append(f"{path.name}: {type(error).__name__}: {error}")
    if shutil.which("rapper"):
        command = ["rapper", "--quiet", "--count", "--input", TURTLES[path.name], str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            found.append(f"{path.name}: rapper: {done.stderr[:300]}")
    return found


class _Page(HTMLParser):
    """What of a page could run."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[tuple[str | None, str]] = []
        self.policy = ""
        self.suspicious: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "script":
            self.scripts.append((named.get("type"), ""))
        if named.get("http-equiv") == "Content-Security-Policy":
            self.policy = named.get("content") or ""
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().lower().startswith("javascript:"):
                self.suspicious.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            kind, text = self.scripts[-1]
            self.scripts[-1] = (kind, text + data)


def page_faults(page: str) -> list[str]:
    """Scripts that the page's own policy does not name, handlers in attributes, JSON that a parser could leave."""
    parser = _Page()
    parser.feed(page)
    found = parser.suspicious
    code = [text for kind, text in parser.scripts if kind is None]
    inert = [text for kind, text in parser.scripts if kind == "application/json"]
    if len(code) != 2 or len(inert) != 2:
        found.append(f"graph.html: {len(code)} scripts and {len(inert)} inert ones")
    for text in code:
        digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
        if f"'sha256-{digest}'" not in parser.policy:
            found.append(f"graph.html: a script that the policy does not name: {text[:80]}")
    packed = [text for kind, text in parser.scripts if kind == "text/plain"]
    if not packed or not all(re.fullmatch(r"[A-Za-z0-9+/=\s]*", text) for text in packed):
        found.append("graph.html: something else than base64 where it carries what is packed")
    policy = parser.policy.replace("'wasm-unsafe-eval'", "")  # lets WebAssembly be compiled, and no text be run
    if not re.search(r"script-src 'sha256-[^;]+;", policy) or "unsafe" in policy:
        found.append(f"graph.html: policy {parser.policy}")
    if any(set("<>&") & set(text) for text in inert):
        found.append("graph.html: markup in its JSON")
    return found
