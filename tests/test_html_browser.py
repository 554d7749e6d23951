"""The HTML page in a real browser, from disk, without a network: picture, search, filters, timeline, panels, paths."""

from pathlib import Path
from typing import Any

import pytest
from html_browser import (
    choose,
    click,
    complaints,
    find,
    needs_browser,
    one,
    open_page,
    open_view,
    press,
    script,
    search,
    settled,
    still,
    text_of,
    texts_of,
    until,
    wait,
)
from html_pages import PAIR, page_at
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

pytestmark = needs_browser


@pytest.fixture(scope="module")
def pair_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    return page_at(tmp_path_factory.mktemp("pair") / "graph.html", PAIR)


def drawn(browser: Any) -> int:
    """How many things the picture shows."""
    words = text_of(browser, "#drawn").split()
    return int(words[1] if words[0] == "All" else words[0])


def listed(browser: Any) -> list[str]:
    """What the table of events names."""
    open_view(browser, "events")
    return texts_of(browser, "#events-view tbody td:nth-child(2) .node")


def test_html_browser_opens_with_a_picture_and_without_a_request(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    wait(browser, "#drawn", "of 25 drawn")
    assert text_of(browser, "#coverage") == "4 articles from 3 outlets, 2–5 Jul 2025"
    assert text_of(browser, "h1") == "Two presidents"
    still(browser)
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


def test_html_browser_search_is_walked_with_the_arrows(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    options = search(browser, "call")
    assert len(options) > 1
    field = one(browser, "#query")
    field.send_keys(Keys.ARROW_DOWN)
    assert field.get_attribute("aria-activedescendant") == "results-1"
    assert field.get_attribute("aria-expanded") == "true"
    field.send_keys(Keys.ENTER)
    settled(browser)
    assert text_of(browser, "#panel h2") in options[1]
    search(browser, "call")
    field.send_keys(Keys.ESCAPE)
    assert find(browser, "#results:not([hidden])") == []


def test_html_browser_filters_by_kind_and_status_hide_and_show(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    before = drawn(browser)
    click(browser, "#filters input[name=person]")
    assert drawn(browser) < before
    assert text_of(browser, "#clear-filters") == "Clear 1 filter"
    events = listed(browser)
    click(browser, "#filters input[name=Planned]")
    assert len(listed(browser)) == len(events) - 2
    open_view(browser, "actors")
    assert "Vladimir Putin" not in texts_of(browser, "#actors-view .node")
    # asking for a hidden thing by name brings its kind back
    choose(browser, "putin")
    assert one(browser, "#filters input[name=person]").is_selected()
    click(browser, "#clear-filters")
    assert drawn(browser) == before
    assert complaints(browser) == []


@pytest.mark.parametrize(
    ("make", "events"),
    [
        ("Phone call", {"call", "planned-call", "macron"}),
        ("arms deliveries", {"pause"}),
        ("Harbour Post", {"call", "planned-call", "pause", "macron", "nato"}),
    ],
)
def test_html_browser_filter_by_type_topic_and_outlet(
    browser: Any, sample_page: str, make: str, events: set[str]
) -> None:
    open_page(browser, sample_page)
    everything = listed(browser)
    code = """
    document.querySelectorAll("#filters details").forEach((part) => { part.open = true; });
    [...document.querySelectorAll("#filters label")].find((label) => label.innerText.includes(arguments[0])).click();
    """
    script(browser, code, make)
    names = {"call": "Phone call between Donald Trump and Vladimir Putin, 3 July 2025",
             "planned-call": "Phone call between Donald Trump and Volodymyr Zelenskyy",
             "macron": "Emmanuel Macron calls Vladimir Putin", "pause": "Pentagon pauses arms for Ukraine",
             "nato": "NATO ministers meet in The Hague"}  # fmt: skip
    assert {name for name in listed(browser) if name in everything} >= {names[event] for event in events}
    assert len(texts_of(browser, "#events-view tbody tr")) == len(events)
    assert text_of(browser, "#clear-filters") == "Clear 1 filter"
    click(browser, "#clear-filters")
    assert listed(browser) == everything
    assert complaints(browser) == []


def test_html_browser_filter_by_confidence_and_sources(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    script(browser, "document.querySelectorAll('#filters details').forEach((part) => { part.open = true; })")
    slider = one(browser, "#confidence")
    slider.send_keys(*[Keys.ARROW_RIGHT] * 14)
    assert text_of(browser, "#confidence-value") == "70 %"
    assert len(listed(browser)) == 2, "95 % and 80 % are left"
    slider.send_keys(Keys.HOME)
    assert len(listed(browser)) == 8
    sources = one(browser, "#sources")
    sources.send_keys(Keys.ARROW_UP)
    assert len(listed(browser)) == 1
    assert complaints(browser) == []


def test_html_browser_timeline_sliders_narrow_picture_and_tables(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    assert text_of(browser, "#days").startswith("1 Jul 2025 –")
    assert text_of(browser, "#undated") == "and 4 without a day"
    before = drawn(browser)
    latest = one(browser, "#to")
    latest.send_keys(Keys.HOME)
    settled(browser)
    assert "1 event" in text_of(browser, "#days")
    assert listed(browser) == ["Emmanuel Macron calls Vladimir Putin"]
    open_view(browser, "picture")
    assert drawn(browser) < before
    first = one(browser, "#from")
    first.send_keys(Keys.ARROW_RIGHT)
    assert first.get_attribute("aria-valuetext") == "2 Jul 2025"
    assert script(browser, "return Number(arguments[0].value) <= Number(arguments[1].value)", first, latest)
    click(browser, "#all-days")
    assert len(listed(browser)) == 8
    assert complaints(browser) == []


def test_html_browser_timeline_brush_narrows_too(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    bars = one(browser, "#bars")
    width = bars.size["width"]
    # the pointer begins at the left edge and stops amid the first days
    ActionChains(browser).move_to_element_with_offset(bars, -width // 2 + 1, 0).click_and_hold().move_by_offset(
        width // 12, 0
    ).release().perform()
    settled(browser)
    assert not find(browser, "#all-days[hidden]")
    assert 1 <= len(listed(browser)) < 4
    assert complaints(browser) == []


def test_html_browser_expand_collapse_hide_pin_focus(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    before = drawn(browser)
    choose(browser, "nato")
    click(browser, "#add")
    settled(browser)
    assert drawn(browser) == before + 1
    click(browser, "#expand")
    settled(browser)
    grown = drawn(browser)
    assert grown > before + 1
    click(browser, "#pin")
    settled(browser)
    assert text_of(browser, "#pin") == "Unpin"
    choose(browser, "nato ministers")
    click(browser, "#collapse")
    settled(browser)
    assert drawn(browser) < grown
    click(browser, "#hide")
    settled(browser)
    wait(browser, "#panel h2", "Overview")
    choose(browser, "putin")
    click(browser, "#focus")
    settled(browser)
    assert drawn(browser) < before
    assert text_of(browser, "#focus") == "Everything again"
    click(browser, "#focus")
    settled(browser)
    click(browser, "#reset")
    settled(browser)
    assert drawn(browser) == before
    assert complaints(browser) == []


def test_html_browser_keeps_the_focus_on_a_button_of_the_panel(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "putin")
    one(browser, "#pin").send_keys(Keys.ENTER)
    settled(browser)
    assert browser.switch_to.active_element.get_attribute("id") == "pin"


def test_html_browser_click_in_the_picture_opens_the_panel(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    click(browser, "#central .node")
    settled(browser)
    name = text_of(browser, "#panel h2")
    still(browser)  # the list moves the picture to the node: it stands in the middle, where a click must find it again
    click(browser, "#close")
    wait(browser, "#panel h2", "Overview")
    still(browser)
    one(browser, "#picture canvas").click()
    wait(browser, "#panel h2", name)
    ActionChains(browser).double_click(one(browser, "#picture canvas")).perform()
    settled(browser)
    assert find(browser, "#expand") == [], "a double click adds its neighbours"
    assert complaints(browser) == []


def test_html_browser_click_on_a_line_shows_its_facts(browser: Any, pair_page: str) -> None:
    open_page(browser, pair_page)
    still(browser)
    one(browser, "#picture canvas").click()  # two things: the line between them runs through the middle
    wait(browser, "#panel h2", "The meeting – Ann")
    assert "Ann met the others." in text_of(browser, "#facts")
    assert text_of(browser, "#panel .kind").startswith("participant")
    assert texts_of(browser, "#facts mark") == ["Ann"]
    assert complaints(browser) == []


def test_html_browser_drag_moves_a_thing_and_arrange_leaves_what_is_pinned(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "putin")
    still(browser)
    ActionChains(browser).drag_and_drop_by_offset(one(browser, "#picture canvas"), 120, 60).perform()
    click(browser, "#pin")
    settled(browser)
    pin = "return new URLSearchParams(location.hash.slice(1)).get('pin')"
    held = until(browser, lambda: script(browser, pin))
    click(browser, "#arrange")
    still(browser)
    press(browser, Keys.TAB)
    assert script(browser, pin) == held
    assert complaints(browser) == []


def test_html_browser_event_panel_shows_sentences_and_both_sides(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "phone call 3 july")
    wait(browser, "#evidence", "spoke by phone on 3 July")
    assert "Harbour Post" in text_of(browser, "#evidence")
    assert {"Donald Trump", "Vladimir Putin"} <= set(texts_of(browser, "#evidence mark"))
    assert "2 July 2025" in text_of(browser, "#disagreement")
    assert "according to Yuri Ushakov" in text_of(browser, "#disagreement")
    assert len(find(browser, "#disagreement .side")) == 2
    assert "will not give up its aims" in text_of(browser, "#panel")
    links = {link.get_attribute("href"): link.get_attribute("rel") for link in find(browser, "#panel a")}
    assert links == {"https://harbour.example/one": "noopener noreferrer"}
    assert complaints(browser) == []


def test_html_browser_actor_panel_shows_posts_life_line_and_statements(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "putin")
    assert "President of Russia" in text_of(browser, "#panel dl")
    assert "in articles of 4 July 2025" in text_of(browser, "#panel dl")
    assert "Wikidata" in text_of(browser, "#panel .links")
    assert "2 dated events" in one(browser, ".lifeline").get_attribute("aria-label")
    assert "will not give up its aims" in text_of(browser, "#said")
    assert "to Donald Trump" in text_of(browser, "#said")
    script(browser, "document.querySelectorAll('#said details').forEach((part) => { part.open = true; })")
    assert "according to Ushakov" in text_of(browser, "#said .evidence")
    find(browser, ".lifeline .dot")[0].click()
    wait(browser, "#panel h2", "Emmanuel Macron calls Vladimir Putin")
    assert complaints(browser) == []


def test_html_browser_path_between_two_and_who_is_between(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "macron")
    while text_of(browser, "#panel h2") != "Emmanuel Macron":
        click(browser, "#panel .node")
        settled(browser)
    assert search(browser, "zelensk", "#path-to", "#path-results")
    one(browser, "#path-to").send_keys(Keys.ENTER)
    steps = texts_of(browser, "#path-answer .path .node")
    assert steps == [
        "Emmanuel Macron",
        "Emmanuel Macron calls Vladimir Putin",
        "Vladimir Putin",
        "Phone call between Donald Trump and Vladimir Putin, 3 July 2025",
        "Ukraine",
        "Volodymyr Zelenskyy",
    ]
    assert "Nobody has to do with both." in text_of(browser, "#path-answer")
    search(browser, "trump", "#path-to", "#path-results")
    one(browser, "#path-to").send_keys(Keys.ENTER)
    assert texts_of(browser, "#path-answer .rows .node") == ["Vladimir Putin"]
    click(browser, "#path-answer > .more")
    assert text_of(browser, "#path-answer") == ""
    assert complaints(browser) == []


def test_html_browser_says_when_nothing_connects_two(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "nato")
    search(browser, "putin", "#path-to", "#path-results")
    one(browser, "#path-to").send_keys(Keys.ENTER)
    assert "Nothing that is shown connects them." in text_of(browser, "#path-answer")
    assert complaints(browser) == []


def test_html_browser_of_an_empty_graph_is_a_page(browser: Any, tmp_path: Path) -> None:
    open_page(browser, page_at(tmp_path / "empty.html", ""))
    for view in [tab.get_attribute("data-view") for tab in find(browser, "[role=tab]")]:
        open_view(browser, view)
    assert search(browser, "x") == []
    assert complaints(browser) == []
