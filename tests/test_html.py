"""The HTML page as text: what is in it, that nothing in it can run, and that it is the same every time."""

import base64
import hashlib
import json
import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from hostile import HOSTILE
from html_pages import SAMPLE, SampleGraph, hostile_turtle

from kg.exporters.html import render_html
from kg.exporters.html.contents import gather
from kg.exporters.html.layout import Box, place
from kg.exporters.html.nodes import web_address
from kg.exporters.html.wording import class_name, day_range, duration_words, legible


class Scripts(HTMLParser):
    """The scripts, styles, links and metadata of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, dict[str, str | None], str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append((*self.tags[-1], data) if self.tags else ("", {}, data))


@pytest.fixture(scope="module")
def sample() -> SampleGraph:
    return SampleGraph(SAMPLE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def hostile_page() -> str:
    return render_html(SampleGraph(hostile_turtle()), title=HOSTILE["end of script"])


def embedded(page: str, name: str) -> Any:
    match = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert match
    return json.loads(match[1])


def test_html_holds_everything_the_sample_says(sample: SampleGraph) -> None:
    contents = gather(sample)
    assert contents.coverage == "4 articles from 3 outlets, 2–5 Jul 2025"
    kinds = [node.kind for node in contents.nodes]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "person": 5, "country": 4, "organization": 3, "place": 2, "thing": 1, "event": 8, "topic": 2
    }  # fmt: skip
    call = next(node for node in contents.nodes if node.iri.endswith("/call"))
    assert (call.type, call.drawn_label, call.status, call.conflict) == (
        "Phone call", "Phone call\n3 Jul 2025", "Occurred", True
    )  # fmt: skip
    assert [contents.sentences[s].article for s in call.sentences] == [1, 2]
    putin = next(node for node in contents.nodes if node.label == "Vladimir Putin")
    assert putin.type == "Person"
    assert putin.posts == ("President of Russia",)
    assert putin.links == (("Wikidata", "http://www.wikidata.org/entity/Q7747"),)


def test_html_disagreeing_dates_become_two_facts_that_point_at_each_other(sample: SampleGraph) -> None:
    contents = gather(sample)
    dates = {fact.value: fact for fact in contents.facts if fact.role == "date"}
    assert set(dates) == {"3 July 2025", "2 July 2025"}
    assert dates["2 July 2025"].rejected
    assert not dates["3 July 2025"].rejected
    assert dates["3 July 2025"].conflicts == (contents.facts.index(dates["2 July 2025"]),)
    assert dates["2 July 2025"].attributed_to is not None


def test_html_says_each_role_once_and_most_precisely(sample: SampleGraph) -> None:
    contents = gather(sample)
    assert all("hasActor" not in edge.roles for edge in contents.edges)
    pause = next(node.id for node in contents.nodes if node.type == "Aid suspension")
    roles = {contents.nodes[e.target].label: e.roles for e in contents.edges if e.source == pause}
    assert roles["Pentagon"] == ("agent",)
    assert roles["Ukraine"] == ("target",)
    assert "hasActor" not in {fact.role for fact in contents.facts}


def test_html_limit_bounds_the_picture_and_not_the_search(sample: SampleGraph) -> None:
    page = render_html(sample, limit=6)
    nodes = embedded(page, "contents")["nodes"]
    opening = [nodes[node["id"]]["kind"] for node in embedded(page, "opening")["nodes"]]
    assert sum(kind != "topic" for kind in opening) <= 6, "topics are hidden at first and come on top"
    assert len(nodes) == 25
    with pytest.raises(ValueError, match="limit"):
        render_html(sample, limit=0)


def test_html_of_an_empty_graph_is_a_page() -> None:
    page = render_html(SampleGraph(""), title="Nothing yet")
    assert "<title>Nothing yet</title>" in page
    assert embedded(page, "opening")["nodes"] == []


def test_html_same_graph_gives_same_bytes_and_is_small(sample: SampleGraph) -> None:
    page = render_html(sample)
    assert page == render_html(SampleGraph(SAMPLE.read_text(encoding="utf-8")))
    assert len(render_html(sample, sparql=False).encode()) < 1_500_000


def test_html_hostile_text_stays_text(hostile_page: str) -> None:
    parser = Scripts()
    parser.feed(hostile_page)
    tags = [tag for tag, _ in parser.tags]
    kinds = [attributes.get("type") for tag, attributes in parser.tags if tag == "script"]
    assert kinds.count(None) == 2, "vis-network and our own code"
    assert {*kinds} == {None, "application/json", "text/plain"}
    assert "img" not in tags
    assert "a" not in tags
    for tag, attributes in parser.tags:
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        assert tag != "script" or "src" not in attributes
        assert tag != "link" or attributes["href"] == "data:,"
    assert "javascript:" not in json.dumps(embedded(hostile_page, "contents")["nodes"][0].get("links", []))
    assert all(len(node["label"]) <= 300 for node in embedded(hostile_page, "contents")["nodes"])
    assert "\u202e" not in json.dumps(embedded(hostile_page, "contents")["nodes"], ensure_ascii=False)


def test_html_policy_admits_only_the_pages_own_scripts(hostile_page: str) -> None:
    parser = Scripts()
    parser.feed(hostile_page)
    policy = next(a["content"] for t, a in parser.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert "http" not in policy
    for kind, tag in (("script-src", "script"), ("style-src", "style")):
        texts = [text for t, attributes, text in parser.texts if t == tag and "type" not in attributes and text.strip()]
        digests = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
        allowed = next(part for part in policy.split("; ") if part.startswith(kind))
        assert {f"'sha256-{digest}'" for digest in digests} <= {*allowed.split()}
        assert all(re.fullmatch(r"'sha256-[\w+/=]+'|'wasm-unsafe-eval'", word) for word in allowed.split()[1:])


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("https://a.example/x?y=1#z", True),
        ("http://a.example", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt://a.example/%0aalert(1)", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("https://a.example/ b", False),
        ("http://[::1", False),
        ("//a.example", False),
        ("https://a.example/" + "x" * 3000, False),
        (None, False),
    ],
)
def test_html_links_only_web_addresses(text: str | None, allowed: bool) -> None:
    assert web_address(text) == (text if allowed else None)


@pytest.mark.parametrize(
    ("begin", "end", "shown"),
    [
        (date(2025, 7, 3), date(2025, 7, 3), "3 Jul 2025"),
        (date(2025, 7, 3), None, "3 Jul 2025"),
        (date(2025, 8, 15), date(2025, 8, 16), "15–16 Aug 2025"),
        (date(2025, 7, 30), date(2025, 8, 2), "30 Jul – 2 Aug 2025"),
        (date(2024, 12, 30), date(2025, 1, 2), "30 Dec 2024 – 2 Jan 2025"),
        (date(2025, 2, 1), date(2025, 2, 28), "Feb 2025"),
        (date(2025, 4, 1), date(2025, 6, 30), "Apr 2025 – Jun 2025"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(9999, 12, 1), date(9999, 12, 31), "Dec 9999"),
        (None, None, None),
    ],
)
def test_html_writes_dates_as_people_do(begin: date | None, end: date | None, shown: str | None) -> None:
    assert day_range(begin, end, short=True) == shown


def test_html_wording() -> None:
    assert class_name("https://w3id.org/newskg/ns#AidSuspension") == "Aid suspension"
    assert duration_words("PT1H30M") == "1 hour 30 minutes"
    assert duration_words("an hour") == "an hour"
    assert legible(" a\u202eb\n c\ud800 ", 10) == "ab c"
    assert legible("x" * 10_000, 5) == "xxxx…"


def test_html_layout_keeps_boxes_apart_and_repeats_itself() -> None:
    boxes = [Box(80, 30)] * 60
    edges = [(n, n // 3) for n in range(1, 50)] + [(50 + n, 50) for n in range(1, 8)]
    positions = place(boxes, edges)
    assert positions == place(boxes, edges)
    for i, (x, y) in enumerate(positions):
        for a, b in positions[:i]:
            assert abs(x - a) >= 80 or abs(y - b) >= 30
    assert place([], []) == []
    assert place([Box(10, 10)], []) == [(round((10 + 12) / 2), round((10 + 12) / 2))]
