"""The HTML page in a real browser, from disk, without a network."""

import json
import shutil
import time
from collections.abc import Iterator
from typing import Any

import pytest
from html_pages import HOSTILE, SAMPLE, SampleGraph, hostile_turtle

from kg.exporters.html import write_html

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed: pip install selenium")
from selenium.webdriver.chrome.options import Options  # noqa: E402 - after the check that it is there
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no browser: apt-get install chromium chromium-driver"
)
ARGUMENTS = (
    "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update --window-size=1400,900"
    " --host-resolver-rules=MAP*~NOTFOUND"
)  # without a name service nothing outside can be reached
PATIENCE = 10  # seconds for the page to do as it is told
OPEN_EVERYTHING = """
const links = new Set();
for (let row = 0; row < document.querySelectorAll("#rows .node").length; row += 1) {
  document.querySelectorAll("#rows .node")[row].click();
  document.querySelectorAll("#panel details").forEach((part) => { part.open = true; });
  document.querySelectorAll("#panel a").forEach((link) => links.add(link.href));
}
return [...links];
"""
LOCAL = ("file:", "data:", "chrome:", "about:")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    options = Options()
    options.binary_location = CHROMIUM
    for argument in ARGUMENTS.split():
        options.add_argument(argument.replace("MAP*~", "MAP * ~"))
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "graph.html"
    write_html(SampleGraph(SAMPLE.read_text(encoding="utf-8")), path, limit=12)
    return path.as_uri()


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("hostile") / "graph.html"
    write_html(SampleGraph(hostile_turtle()), path, title=HOSTILE[1])
    return path.as_uri()


def open_page(browser: Any, address: str) -> None:
    """The page, freshly loaded; what the browser did before is forgotten."""
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(address)


def complaints(browser: Any) -> list[str]:
    """Console messages and requests that leave the machine, since `open_page`."""
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    requests = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    return [entry["message"] for entry in browser.get_log("browser")] + [
        url for url in requests if not url.startswith(LOCAL)
    ]


def find(browser: Any, selector: str) -> list[Any]:
    return list(browser.find_elements(By.CSS_SELECTOR, selector))


def text_of(browser: Any, selector: str) -> str:
    found = find(browser, selector)
    return str(found[0].get_property("innerText")) if found else ""


def wait(browser: Any, selector: str, text: str) -> None:
    WebDriverWait(browser, PATIENCE).until(lambda b: text in text_of(b, selector), f"{text!r} not in {selector}")


def search(browser: Any, query: str) -> list[str]:
    field = find(browser, "#query")[0]
    field.clear()
    field.send_keys(query)
    return [str(option.get_property("innerText")) for option in find(browser, "#results [role=option]")]


def test_html_browser_opens_with_a_picture_and_without_a_request(browser: Any, sample_page: str) -> None:
    started = time.monotonic()
    open_page(browser, sample_page)
    wait(browser, "#drawn", "of 25 drawn")
    assert time.monotonic() - started < PATIENCE
    assert text_of(browser, "#coverage") == "4 articles from 3 outlets, 2–5 Jul 2025"
    canvas = "const c = document.querySelector('#picture canvas'); return new Set(c.getContext('2d')"
    colours = browser.execute_script(f"{canvas}.getImageData(0, 0, c.width, c.height).data).size")
    assert colours > 10, "the picture is empty"
    assert complaints(browser) == []


def test_html_browser_search_finds_what_is_not_drawn_and_by_other_names(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    assert any("Patriot" in option and "not drawn" in option for option in search(browser, "patr"))
    assert any("Volodymyr Zelenskyy" in option for option in search(browser, "зеленськ"))
    assert search(browser, "no such name") == []
    assert "Nothing has that name" in text_of(browser, "#results")
    assert len(search(browser, "phone call 2 july")) == 1, "the day that one source gives"
    assert search(browser, "phone call 3 july")[0].startswith("Phone call")
    find(browser, "#query")[0].send_keys(Keys.ENTER)
    wait(browser, "#panel h2", "Phone call between Donald Trump and Vladimir Putin")
    assert complaints(browser) == []


def test_html_browser_event_panel_shows_sentences_and_both_sides(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    search(browser, "phone call 3 july")
    find(browser, "#query")[0].send_keys(Keys.ENTER)
    wait(browser, "#evidence", "spoke by phone on 3 July")
    assert "Harbour Post" in text_of(browser, "#evidence")
    assert "2 July 2025" in text_of(browser, "#disagreement")
    assert "according to Yuri Ushakov" in text_of(browser, "#disagreement")
    assert "will not give up its aims" in text_of(browser, "#panel")
    links = {link.get_attribute("href"): link.get_attribute("rel") for link in find(browser, "#panel a")}
    assert links == {"https://harbour.example/one": "noopener noreferrer"}


def test_html_browser_click_in_the_picture_opens_the_panel(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    wait(browser, "#drawn", "drawn")
    find(browser, "#rows .node")[0].click()
    name = text_of(browser, "#panel h2")
    # the list moves the picture to the node: it stands in the middle, where a click must find it again
    find(browser, "#close")[0].click()
    wait(browser, "#panel h2", "Overview")
    time.sleep(1)  # the picture's own motion
    find(browser, "#picture canvas")[0].click()
    wait(browser, "#panel h2", name)


def test_html_browser_back_and_address_lead_to_the_same_thing(browser: Any, sample_page: str) -> None:
    open_page(browser, f"{sample_page}#https%3A%2F%2Fw3id.org%2Fnewskg%2Fid%2Fentity%2Fnato")
    wait(browser, "#panel h2", "NATO")
    find(browser, "#events .node")[0].click()
    wait(browser, "#panel h2", "NATO ministers meet in The Hague")
    browser.back()
    wait(browser, "#panel h2", "NATO")


def test_html_browser_adds_what_is_not_drawn(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    before = int(text_of(browser, "#drawn").split()[0])
    search(browser, "patriot")
    find(browser, "#query")[0].send_keys(Keys.ENTER)
    wait(browser, "#panel h2", "Patriot")
    find(browser, "#add")[0].click()
    WebDriverWait(browser, PATIENCE).until(lambda b: int(text_of(b, "#drawn").split()[0]) > before)
    assert complaints(browser) == []


def test_html_browser_legend_filters_the_picture_and_the_list(browser: Any, sample_page: str) -> None:
    open_page(browser, sample_page)
    drawn, listed = int(text_of(browser, "#drawn").split()[0]), len(find(browser, "#rows li"))
    find(browser, "#legend input[name=person]")[0].click()
    assert int(text_of(browser, "#drawn").split()[0]) < drawn
    assert len(find(browser, "#rows li")) == listed - 5
    assert "Vladimir Putin" not in text_of(browser, "#rows").splitlines()
    find(browser, "#legend input[name=Planned]")[0].click()
    assert len(find(browser, "#rows li")) == listed - 7
    # asking for a hidden thing by name brings its kind back
    search(browser, "putin")
    find(browser, "#query")[0].send_keys(Keys.ENTER)
    assert find(browser, "#legend input[name=person]")[0].is_selected()
    assert complaints(browser) == []


def test_html_browser_hostile_text_never_runs(browser: Any, hostile_page: str) -> None:
    open_page(browser, hostile_page)
    wait(browser, "#drawn", "drawn")
    assert text_of(browser, "h1") == HOSTILE[1]
    links = browser.execute_script(OPEN_EVERYTHING)
    assert links
    assert all(link.startswith("http") for link in links)
    for query in ("img", "script", "href", "7*7", "aaaa", "evil"):
        search(browser, query)
    assert browser.execute_script("return typeof window.__pwned") == "undefined"
    assert browser.execute_script("return document.querySelectorAll('img, iframe, svg, object').length") == 0
    assert browser.execute_script("return document.scripts.length") == 4
    assert browser.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    assert complaints(browser) == []


def test_html_browser_narrow_screen_has_no_sideways_scroll(browser: Any, hostile_page: str) -> None:
    metrics = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        open_page(browser, hostile_page)
        wait(browser, "#drawn", "drawn")
        search(browser, "aaaa")
        find(browser, "#query")[0].send_keys(Keys.ENTER)
        wait(browser, "#panel h2", "AAAA")
        assert browser.execute_script("return document.documentElement.scrollWidth") == 360
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
