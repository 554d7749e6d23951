"""Accessibility of the page by axe-core's rules: nothing serious or critical, whatever is open."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from html_browser import (
    choose,
    click,
    find,
    media,
    needs_browser,
    one,
    open_page,
    open_view,
    press,
    screen,
    script,
    search,
    settled,
    still,
)
from selenium.webdriver.common.keys import Keys

axe_core_python = pytest.importorskip(
    "axe_core_python", reason="axe-core is not installed: pip install axe-core-python"
)
AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")  # MPL-2.0, Deque Systems
BAD = ("serious", "critical")
RUN = "axe.run(document, {resultTypes: ['violations']}).then(({violations}) => arguments[0](violations));"

pytestmark = needs_browser


def violations(browser: Any) -> list[str]:
    """Rule, impact and the first elements of everything serious or critical."""
    browser.set_script_timeout(60)
    if not script(browser, "return typeof window.axe === 'object'"):
        script(browser, AXE)
    return [
        f"{found['id']} ({found['impact']}): {[node['html'][:120] for node in found['nodes'][:3]]}"
        for found in browser.execute_async_script(RUN)
        if found["impact"] in BAD
    ]


def overview(browser: Any) -> None:
    """As it opens."""


def event(browser: Any) -> None:
    choose(browser, "phone call 3 july")
    script(browser, "document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def actor(browser: Any) -> None:
    choose(browser, "putin")
    script(browser, "document.querySelectorAll('details').forEach((part) => { part.open = true; })")


def path(browser: Any) -> None:
    choose(browser, "donald")
    search(browser, "ukr", "#path-to", "#path-results")
    one(browser, "#path-to").send_keys(Keys.ENTER)


def results(browser: Any) -> None:
    search(browser, "call")


def no_results(browser: Any) -> None:
    search(browser, "nobody at all")


def narrowed(browser: Any) -> None:
    script(browser, "document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    one(browser, "#to").send_keys(Keys.HOME)
    click(browser, "#filters input[name=person]")
    settled(browser)


def help_open(browser: Any) -> None:
    press(browser, "?")
    assert find(browser, "#help[open]")


def line(browser: Any) -> None:
    base = "https://w3id.org/newskg/id"
    address = f"{browser.current_url.split('#')[0]}#at={base}/event/pause&to={base}/entity/pentagon"
    open_page(browser, address)


LIGHT = (overview, event, actor, path, results, no_results, narrowed, help_open, line)
DARK = (overview, event, results, narrowed, help_open)


def test_html_browser_access_is_really_judged(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    script(browser, "document.getElementById('help-button').removeAttribute('aria-label')")
    script(browser, "const b = document.getElementById('help-button'); b.title = ''; b.textContent = ''")
    assert any("button-name" in found for found in violations(browser))


@pytest.mark.parametrize(
    ("opened", "scheme"),
    [*((one_of, "light") for one_of in LIGHT), *((one_of, "dark") for one_of in DARK)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_html_browser_access_of_panels_and_dialogs(
    browser: Any, sample_page: str, opened: Callable[[Any], None], scheme: str
) -> None:
    with media(browser, prefers_color_scheme=scheme):
        open_page(browser, sample_page)
        opened(browser)
        still(browser)
        assert violations(browser) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_html_browser_access_of_every_view(browser: Any, sample_page: str, scheme: str) -> None:
    with media(browser, prefers_color_scheme=scheme):
        open_page(browser, sample_page)
        choose(browser, "putin")
        for view in [tab.get_attribute("data-view") for tab in find(browser, "[role=tab]")]:
            open_view(browser, view)
            assert violations(browser) == [], view


@pytest.mark.parametrize("opened", [overview, actor, results, help_open], ids=lambda opened: opened.__name__)
def test_html_browser_access_of_a_narrow_screen(browser: Any, sample_page: str, opened: Callable[[Any], None]) -> None:
    with screen(browser, 360, 740, mobile=True):
        open_page(browser, sample_page)
        opened(browser)
        assert violations(browser) == []
