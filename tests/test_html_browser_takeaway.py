"""The page's tables, and the files that a reader takes away: CSV, PNG, SVG, Turtle, print."""

import base64
import csv
import io
import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import rdflib
from html_browser import (
    choose,
    click,
    complaints,
    find,
    media,
    needs_browser,
    one,
    open_page,
    open_view,
    script,
    settled,
    still,
    taken_away,
    text_of,
    texts_of,
    until,
    wait,
)
from html_pages import sample_turtle
from selenium.webdriver.common.keys import Keys

from kg.vocab import KG, RDF

pytestmark = needs_browser

ENTITY = "https://w3id.org/newskg/id/entity/"
SVG = "{http://www.w3.org/2000/svg}"


def column(browser: Any, view: str, number: int) -> list[str]:
    """A column of a table as shown; the first is 1."""
    return texts_of(browser, f"#{view}-view tbody td:nth-child({number})")


def test_html_browser_table_sorts_searches_and_opens_the_panel(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    open_view(browser, "events")
    assert column(browser, "events", 1)[0] == "August 2025"
    assert column(browser, "events", 1)[-1] == "no date"
    heading = find(browser, "#events-view th .sort")[0]
    heading.click()
    settled(browser)
    assert column(browser, "events", 1)[0] == "1 July 2025"
    assert find(browser, "#events-view th")[0].get_attribute("aria-sort") == "ascending"
    field = one(browser, "#events-view input[type=search]")
    field.send_keys("trump")
    assert len(column(browser, "events", 1)) == 2
    assert "2 rows" in text_of(browser, "#events-view .table-tools")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(Keys.DELETE)
    assert len(column(browser, "events", 1)) == 8
    find(browser, "#events-view tbody .node")[0].click()
    settled(browser)
    wait(browser, "#panel h2", "Emmanuel Macron calls Vladimir Putin")
    assert len(find(browser, "#events-view tr.chosen")) == 1
    assert complaints(browser) == []


def test_html_browser_tables_can_be_narrowed_to_what_is_chosen(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "putin")
    rows = {}
    for view in ("events", "statements", "actors", "disagreements"):
        open_view(browser, view)
        click(browser, f"#{view}-view input[type=checkbox]")
        settled(browser)
        rows[view] = len(find(browser, f"#{view}-view tbody tr"))
    # his two calls; his statement; himself, Trump, Macron and what the calls are about; the call's day
    assert (rows["events"], rows["statements"], rows["disagreements"]) == (2, 1, 1)
    assert {"Vladimir Putin", "Donald Trump", "Emmanuel Macron"} <= set(texts_of(browser, "#actors-view td .node"))
    assert "NATO" not in texts_of(browser, "#actors-view td .node")
    assert complaints(browser) == []


def test_html_browser_disagreements_and_sources_have_their_tables(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    open_view(browser, "disagreements")
    assert column(browser, "disagreements", 2) == ["date"]
    assert "3 July 2025" in text_of(browser, "#disagreements-view .preferred")
    assert "2 July 2025" in text_of(browser, "#disagreements-view .values")
    open_view(browser, "sources")
    assert column(browser, "sources", 5)[0] == "copy of Harbour Post"
    assert len(column(browser, "sources", 1)) == 4
    assert complaints(browser) == []


def test_html_browser_csv_holds_the_rows_of_the_table(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    open_view(browser, "events")
    path = taken_away(browser, "#events-view .table-tools .more")
    assert path.name == "events.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [row["Event"] for row in rows] == column(browser, "events", 2)
    call = next(row for row in rows if row["Event"].startswith("Phone call between Donald Trump and Vladimir"))
    assert (call["Day"], call["Kind"], call["Status"], call["Sources"], call["Confidence"]) == (
        "2025-07-03", "Phone call", "happened", "2", "95"
    )  # fmt: skip
    assert set(call["Who"].split(", ")) == {"Vladimir Putin", "Donald Trump"}
    assert complaints(browser) == []


def pixels(path: Path) -> tuple[int, int, int]:
    """Width, height and number of different rows of a PNG, its checksums verified."""
    content = path.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    at, drawing, size = 8, b"", (0, 0)
    while at < len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        body = content[at + 8 : at + 8 + length]
        assert zlib.crc32(name + body) == struct.unpack(">I", content[at + 8 + length : at + 12 + length])[0]
        if name == b"IHDR":
            size = struct.unpack(">II", body[:8])
        drawing += body if name == b"IDAT" else b""
        at += 12 + length
    raw = zlib.decompress(drawing)
    stride = len(raw) // size[1]
    return size[0], size[1], len({raw[row * stride : (row + 1) * stride] for row in range(size[1])})


def test_html_browser_saves_the_picture_as_png(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    still(browser)
    path = taken_away(browser, "#png")
    assert path.name == "two-presidents.png"
    canvas = script(browser, "const c = document.querySelector('#picture canvas'); return [c.width, c.height]")
    width, height, rows = pixels(path)
    assert [width, height] == canvas
    assert rows > 100, "the picture is empty"
    assert complaints(browser) == []


def test_html_browser_saves_the_picture_as_svg(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "trump")
    still(browser)
    path = taken_away(browser, "#svg")
    tree = ElementTree.parse(path).getroot()
    assert tree.tag == f"{SVG}svg"
    words = " ".join("".join(text.itertext()) for text in tree.iter(f"{SVG}text"))
    for name in ("Donald Trump", "Vladimir Putin", "Ukraine", "Phone call"):
        assert name in words
    shapes = sum(1 for tag in ("circle", "rect", "polygon") for _ in tree.iter(f"{SVG}{tag}"))
    assert shapes > int(text_of(browser, "#drawn").split()[0])
    assert len(list(tree.iter(f"{SVG}line"))) > 5
    assert complaints(browser) == []


def test_html_browser_svg_has_the_names_of_what_is_out_of_sight(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "trump")
    for _ in range(8):
        click(browser, "#zoom-in")
    still(browser)
    tree = ElementTree.parse(taken_away(browser, "#svg")).getroot()
    words = {"".join(text.itertext()) for text in tree.iter(f"{SVG}text")}
    beside = """
    const {nodes} = JSON.parse(document.getElementById("contents").textContent);
    return JSON.parse(document.getElementById("opening").textContent).nodes.map(({id}) => nodes[id])
      .filter(({kind}) => !["event", "topic"].includes(kind)).map((node) => node.drawn_label)
    """
    assert set(script(browser, beside)) <= words


def test_html_browser_svg_of_nothing_is_an_svg(browser: Any, sample_page: str) -> None:
    open_page(browser, f"{sample_page}#kinds=person.country.organization.place.thing.event.topic")
    assert text_of(browser, "#drawn").startswith("0 of")
    tree = ElementTree.parse(taken_away(browser, "#svg")).getroot()
    assert "Infinity" not in tree.attrib["viewBox"]
    assert complaints(browser) == []


def test_html_browser_turtle_of_what_is_drawn_holds_that_and_its_facts(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    click(browser, "#filters input[name=country]")
    path = taken_away(browser, "#turtle")
    assert path.name == "two-presidents.ttl"
    taken, whole = rdflib.Graph(), rdflib.Graph()
    taken.parse(path, format="turtle")
    whole.parse(data=sample_turtle(), format="turtle")
    assert set(taken) <= set(whole), "nothing is invented"
    nodes = {rdflib.URIRef(iri) for iri in script(browser, IRIS)}
    there = {subject for subject in taken.subjects() if subject in nodes}
    assert len(there) == int(text_of(browser, "#drawn").split()[0])
    assert rdflib.URIRef(f"{ENTITY}vladimir-putin") in there
    assert rdflib.URIRef(f"{ENTITY}russia") not in set(taken.all_nodes()), "filtered away"
    assert {node for node in taken.all_nodes() if node in nodes} <= there, "no link to a thing that is not there"
    kept = set(taken.subjects(rdflib.URIRef(f"{RDF}type"), rdflib.URIRef(f"{KG}Fact")))
    assert {taken.value(fact, rdflib.URIRef(f"{RDF}subject")) for fact in kept} <= there
    expected = {
        fact
        for fact, _, subject in whole.triples((None, rdflib.URIRef(f"{RDF}subject"), None))
        if subject in there and ((o := whole.value(fact, rdflib.URIRef(f"{RDF}object"))) not in nodes or o in there)
    }
    assert kept == expected
    # the sentences behind the facts, and the articles that they are in, came along
    prov = rdflib.URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")
    for sentence in taken.objects(None, prov):
        article = taken.value(sentence, rdflib.URIRef("https://schema.org/isPartOf"))
        assert (article, rdflib.URIRef("https://schema.org/headline"), None) in taken
    facts = {fact for fact in taken.all_nodes() if str(fact).startswith("https://w3id.org/newskg/id/fact/")}
    assert facts <= set(taken.subjects()), "no fact is named that is not there"
    assert complaints(browser) == []


IRIS = "return JSON.parse(document.getElementById('contents').textContent).nodes.map((node) => node.iri)"


def test_html_browser_copies_a_link_or_says_where_it_is(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "putin")
    script(browser, "document.getElementById('taking').open = true")
    click(browser, "#link")
    until(browser, lambda: text_of(browser, "#link") in ("Link copied", "The address bar has the link"))
    assert complaints(browser) == []


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="no pdftotext: apt-get install poppler-utils")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_html_browser_prints_what_is_open(browser: Any, sample_page: str, tmp_path: Path, scheme: str) -> None:
    with media(browser, prefers_color_scheme=scheme):
        open_page(browser, sample_page)
        choose(browser, "phone call 3 july")
        still(browser)
        printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    path = tmp_path / "page.pdf"
    path.write_bytes(base64.b64decode(printed["data"]))
    words = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    for part in ("Two presidents", "spoke by phone on 3 July", "The sources disagree", "will not give up its aims"):
        assert part in " ".join(words.split())
    for part in ("What is shown", "Arrange anew", "Search people"):
        assert part not in words, "what only a screen can use stays away"
    subprocess.run(["pdftoppm", "-r", "50", "-png", path, tmp_path / "sheet"], check=True)
    sheets = sorted(tmp_path.glob("sheet*.png"))
    assert 1 <= len(sheets) <= 3
