"""The HTML page in a real browser, from disk, without a network: what a reader does with it."""

from typing import Any

import pytest
from html_browser import choose, complaints, find, needs_browser, open_page, script, search, text_of, wait
from html_pages import SAMPLE, SampleGraph

from kg.exporters.html import write_html

pytestmark = needs_browser


@pytest.fixture(scope="module")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_html(SampleGraph(SAMPLE.read_text(encoding="utf-8")), path, limit=12)
    return path.as_uri()


def test_html_browser_opens_with_a_picture_and_without_a_request(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    wait(browser, "#drawn", "of 25 drawn")
    assert text_of(browser, "#coverage") == "4 articles from 3 outlets, 2–5 Jul 2025"
    canvas = "const c = document.querySelector('#picture canvas'); return new Set(c.getContext('2d')"
    colours = script(browser, f"{canvas}.getImageData(0, 0, c.width, c.height).data).size")
    assert colours > 10, "the picture is empty"
    assert complaints(browser) == []


def test_html_browser_search_finds_what_is_not_drawn_and_by_other_names(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    assert any("Patriot" in option and "not drawn" in option for option in search(browser, "patr"))
    found = search(browser, "зеленськ")
    assert any("Volodymyr Zelenskyy" in option and "Зеленський" in option for option in found)
    assert search(browser, "no such name") == []
    assert "Nothing has that name" in text_of(browser, "#results")
    assert len(search(browser, "phone call 2 july")) == 1, "the day that one source gives"
    choose(browser, "phone call 3 july")
    wait(browser, "#panel h2", "Phone call between Donald Trump and Vladimir Putin")
    assert find(browser, "#results:not([hidden])") == []
    assert complaints(browser) == []
