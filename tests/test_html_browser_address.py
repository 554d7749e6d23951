"""Links into the page and Back; the keyboard; screens from 360 px to 4K, dark, and without motion."""

from collections.abc import Iterator
from typing import Any

import pytest
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
    press,
    screen,
    script,
    settled,
    still,
    text_of,
    texts_of,
    until,
    wait,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.actions.wheel_input import ScrollOrigin
from selenium.webdriver.common.keys import Keys

pytestmark = needs_browser

VIEW = "return document.querySelector('#picture canvas').toDataURL()"


@pytest.fixture
def fresh_tab(browser: Any) -> Iterator[Any]:
    """Opens an address in a tab of its own, which is closed at the end."""
    home = browser.current_window_handle

    def opened(address: str) -> None:
        browser.switch_to.new_window("tab")
        open_page(browser, address)

    yield opened
    if browser.current_window_handle != home:
        browser.close()
        browser.switch_to.window(home)


def address(browser: Any) -> str:
    """The page's address when it has caught up with the last change."""
    script(browser, "return new Promise((done) => setTimeout(done, 400))")
    return str(browser.current_url)


def state(browser: Any) -> dict[str, Any]:
    """What a link must bring back."""
    boxes = "return [...document.querySelectorAll('#filters input[type=checkbox]')].map((b) => b.name + b.checked)"
    return {
        "title": text_of(browser, "#panel h2"),
        "open": one(browser, "[role=tab][aria-selected=true]").get_attribute("id"),
        "boxes": script(browser, boxes),
        "days": text_of(browser, "#days"),
        "clear": text_of(browser, "#clear-filters"),
        "drawn": text_of(browser, "#drawn"),
    }


def test_html_browser_link_brings_everything_back_in_a_fresh_tab(
    browser: Any, sample_page: str, fresh_tab: Any
) -> None:
    open_page(browser, sample_page)
    choose(browser, "nato")
    click(browser, "#add")
    click(browser, "#expand")
    click(browser, "#pin")
    choose(browser, "france")
    click(browser, "#add")
    choose(browser, "ukraine")
    click(browser, "#hide")
    for name in ("thing", "topic", "Denied"):
        click(browser, f"#filters input[name={name}]")
    one(browser, "#to").send_keys(Keys.ARROW_LEFT)
    choose(browser, "nato")
    open_view(browser, "events")
    before, link = state(browser), address(browser)
    fresh_tab(link)
    assert state(browser) == before
    assert text_of(browser, "#pin") == "Unpin"
    assert find(browser, "tr.chosen") == [] or "NATO" in text_of(browser, "tr.chosen")
    assert complaints(browser) == []


def test_html_browser_link_holds_that_topics_are_shown(browser: Any, sample_page: str, fresh_tab: Any) -> None:
    open_page(browser, sample_page)
    click(browser, "#filters input[name=topic]")
    before, link = state(browser), address(browser)
    fresh_tab(link)
    assert state(browser) == before
    assert find(browser, "#clear-filters:not([hidden])") == []


@pytest.mark.parametrize("means", ["wheel", "button", "keyboard"])
def test_html_browser_link_brings_the_view_back(browser: Any, sample_page: str, fresh_tab: Any, means: str) -> None:
    open_page(browser, sample_page)
    still(browser)
    picture = one(browser, "#picture canvas")
    if means == "wheel":
        ActionChains(browser).scroll_from_origin(ScrollOrigin.from_element(picture, 60, 40), 0, -300).perform()
    elif means == "button":
        click(browser, "#zoom-in")
    else:
        script(browser, "document.getElementById('picture').focus()")
        press(browser, "+", Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
    still(browser)
    ActionChains(browser).move_to_element(one(browser, "h1")).perform()
    still(browser)
    link, eye = address(browser), "return new URLSearchParams(location.hash.slice(1)).get('eye')"
    seen = script(browser, eye)
    assert seen
    fresh_tab(link)
    still(browser)
    # what the fresh tab shows, as it says itself after the least change
    click(browser, "#filters input[name=thing]")
    address(browser)
    assert script(browser, eye) == seen


@pytest.mark.parametrize(
    "broken",
    [
        "%E0%A4%A", "at=nobody", "from=never&until=0", "confidence=many&sources=-4", "kinds=nothing", "view=__proto__",
        "eye=1,2", "eye=1,2,-3", "pin=x,y,z", "pin=1", "at=__proto__&to=__proto__", "topics=constructor", "=",
        "statuses=<img src=x onerror=window.__pwned=1>", "from=2025-13-45", "from=99999-01-01", "around=", "=&&&=", "%",
    ],
)  # fmt: skip
def test_html_browser_broken_address_opens_a_page_that_works(browser: Any, sample_page: str, broken: str) -> None:
    open_page(browser, f"{sample_page}#{broken}")
    wait(browser, "#drawn", "drawn")
    assert text_of(browser, "#panel h2") == "Overview"
    assert complaints(browser) == []
    choose(browser, "putin")
    wait(browser, "#panel h2", "Vladimir Putin")
    assert script(browser, "return typeof window.__pwned") == "undefined"


def test_html_browser_address_may_be_the_iri_of_a_thing_and_back_returns(browser: Any, sample_page: str) -> None:
    open_page(browser, f"{sample_page}#https%3A%2F%2Fw3id.org%2Fnewskg%2Fid%2Fentity%2Fnato")
    wait(browser, "#panel h2", "NATO")
    click(browser, "#events .node")
    wait(browser, "#panel h2", "NATO ministers meet in The Hague")
    browser.back()
    wait(browser, "#panel h2", "NATO")
    settled(browser)
    assert text_of(browser, "#panel h2") == "NATO"
    browser.forward()
    wait(browser, "#panel h2", "NATO ministers meet in The Hague")
    assert complaints(browser) == []


def test_html_browser_line_has_an_address(browser: Any, sample_page: str, fresh_tab: Any) -> None:
    open_page(
        browser,
        f"{sample_page}#at=https://w3id.org/newskg/id/event/pause&to=https://w3id.org/newskg/id/entity/pentagon",
    )
    wait(browser, "#panel h2", "Pentagon pauses arms for Ukraine – Pentagon")
    fresh_tab(address(browser))
    wait(browser, "#panel h2", "Pentagon pauses arms for Ukraine – Pentagon")
    assert complaints(browser) == []


def test_html_browser_works_without_a_mouse(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    press(browser, "/")
    assert browser.switch_to.active_element.get_attribute("id") == "query"
    press(browser, "nato", Keys.ENTER)
    wait(browser, "#panel h2", "NATO")
    press(browser, "a")
    settled(browser)
    before = int(text_of(browser, "#drawn").split()[0])
    press(browser, "e")
    settled(browser)
    assert int(text_of(browser, "#drawn").split()[0]) > before
    press(browser, "p")
    until(browser, lambda: text_of(browser, "#pin") == "Unpin")
    press(browser, "f")
    until(browser, lambda: text_of(browser, "#focus") == "Everything again")
    press(browser, "f", "s", "c", "0", "r")
    settled(browser)
    press(browser, "h")
    wait(browser, "#panel h2", "Overview")
    press(browser, str([tab.get_attribute("id") for tab in find(browser, "[role=tab]")].index("events-tab") + 1))
    settled(browser)
    assert one(browser, "#events-tab").get_attribute("aria-selected") == "true"
    press(browser, Keys.ARROW_RIGHT)
    assert one(browser, "#statements-tab").get_attribute("aria-selected") == "true"
    press(browser, Keys.HOME)
    assert one(browser, "#picture-tab").get_attribute("aria-selected") == "true"
    assert complaints(browser) == []


def test_html_browser_keys_work_on_a_ticked_box(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    one(browser, "#filters input[name=person]").send_keys(Keys.SPACE)
    assert text_of(browser, "#clear-filters") == "Clear 1 filter"
    press(browser, "x")
    assert find(browser, "#clear-filters:not([hidden])") == []
    press(browser, "?")
    assert find(browser, "#help[open]")
    press(browser, Keys.ESCAPE)


def test_html_browser_tab_reaches_everything_that_can_be_clicked(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "putin")
    listen = """
    window.reached = [];
    document.addEventListener("focusin", ({target}) => {
      window.reached.push(target.id || target.closest("[id]").id);
    });
    """
    script(browser, f"document.activeElement.blur(); {listen}")
    ActionChains(browser).send_keys(*[Keys.TAB] * 120).perform()
    wanted = {"query", "help-button", "picture-tab", "filters", "kinds", "picture", "fit", "taking", "from", "to"}
    assert wanted | {"close", "pin", "panel", "path-to"} <= set(script(browser, "return window.reached"))
    code = """
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.tabIndex < 0 && element.checkVisibility())
      .filter((element) => getComputedStyle(element).cursor === "pointer")
      .filter((element) => !element.closest("button, a, label, summary, [role=tablist], svg"))
      .map((element) => element.outerHTML.slice(0, 80));
    """
    assert script(browser, code) == []


def test_html_browser_help_is_a_dialog_that_escape_closes(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    press(browser, "?")
    assert find(browser, "#help[open]")
    assert len(texts_of(browser, "#keys dt")) > 10
    press(browser, "2")
    assert one(browser, "#picture-tab").get_attribute("aria-selected") == "true", "keys rest while it is open"
    press(browser, Keys.ESCAPE)
    assert not find(browser, "#help[open]")
    click(browser, "#help-button")
    click(browser, "#help-close")
    assert not find(browser, "#help[open]")
    assert complaints(browser) == []


def test_html_browser_escape_returns_to_the_overview(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    choose(browser, "putin")
    press(browser, Keys.ESCAPE)
    wait(browser, "#panel h2", "Overview")


def test_html_browser_does_not_move_when_motion_is_reduced(browser: Any, sample_page: str) -> None:
    with media(browser, prefers_reduced_motion="reduce"):
        open_page(browser, sample_page)
        still(browser)
        code = """
        document.getElementById("zoom-in").click();
        const shot = () => document.querySelector("#picture canvas").toDataURL();
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
          const first = shot();
          setTimeout(() => done(first === shot()), 400);
        })));
        """
        assert script(browser, code), "one step, no flight"


def test_html_browser_is_dark_when_asked_and_follows_a_change(browser: Any, sample_page: str) -> None:
    paper = "return getComputedStyle(document.body).backgroundColor"
    with media(browser, prefers_color_scheme="dark"):
        open_page(browser, sample_page)
        still(browser)
        dark, drawing = script(browser, paper), script(browser, VIEW)
    still(browser)
    assert dark == "rgb(23, 25, 28)"
    assert script(browser, paper) == "rgb(251, 250, 247)"
    assert script(browser, VIEW) != drawing
    assert complaints(browser) == []


@pytest.mark.parametrize(("width", "height"), [(360, 740), (768, 1024), (1400, 900), (3840, 2160)])
def test_html_browser_fits_every_screen(browser: Any, sample_page: str, width: int, height: int) -> None:
    with screen(browser, width, height, mobile=width < 500):
        open_page(browser, sample_page)
        choose(browser, "phone call 3 july")
        for view in [tab.get_attribute("data-view") for tab in find(browser, "[role=tab]")]:
            open_view(browser, view)
            assert script(browser, "return document.documentElement.scrollWidth") <= width, view
        code = "const box = document.querySelector('#panel h2').getBoundingClientRect(); return [box.left, box.right]"
        left, right = script(browser, code)
        assert left >= 0
        assert right <= width
        assert complaints(browser) == []


def test_html_browser_narrow_screen_shows_the_panel_of_what_was_searched(browser: Any, sample_page: str) -> None:
    with screen(browser, 360, 740, mobile=True):
        open_page(browser, sample_page)
        assert not find(browser, "#filters[open]")
        choose(browser, "putin")
        code = "return document.querySelector('#panel h2').getBoundingClientRect().top"
        until(browser, lambda: 0 < script(browser, code) < 370, "the panel is out of sight")
