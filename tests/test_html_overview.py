"""The page's overview of the whole graph: when a page has it, and what it does in a real browser without a network."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from html_browser import NO_WEBGL, By, WebDriverWait, complaints, needs_browser, open_page, start_browser
from html_pages import SAMPLE, SampleGraph, hostile_turtle
from selenium.webdriver.common.action_chains import ActionChains

from kg.exporters.html import render_html

PATIENCE = 30  # seconds for the page to do as it is told
DRAWN = 12  # of the sample's 25 nodes
SPOT = """
const stage = document.getElementById("whole"), {renderer} = stage, box = stage.getBoundingClientRect();
const {x, y} = renderer.framedGraphToViewport(renderer.getNodeDisplayData(arguments[0]));
return [Math.round(x - box.width / 2), Math.round(y - box.height / 2)];
"""
PAINTED = """
const {renderer} = document.getElementById("whole"), copy = document.createElement("canvas").getContext("2d");
const found = new Set();
renderer.once("afterRender", () => {
  const drawn = renderer.getCanvases().nodes;
  Object.assign(copy.canvas, {width: drawn.width, height: drawn.height});
  copy.drawImage(drawn, 0, 0);
  const pixels = copy.getImageData(0, 0, drawn.width, drawn.height).data.buffer;
  new Uint32Array(pixels).forEach((colour) => found.add(colour));
});
renderer.refresh();
return found.size;
"""
NAMED = """
const names = document.getElementById("whole").renderer.getCanvases().labels;
const copy = document.createElement("canvas").getContext("2d");
Object.assign(copy.canvas, {width: names.width, height: names.height});
copy.drawImage(names, 0, 0);
return copy.getImageData(0, 0, names.width, names.height).data.some((value) => value);
"""
CAMERA = "return document.getElementById('whole').renderer.getCamera().getState()"
LOOK = "return document.getElementById('whole').renderer.getNodeDisplayData(arguments[0])"
HIDDEN = "return document.getElementById('whole').renderer.getNodeDisplayData(arguments[0]).hidden === arguments[1]"
LABELS = "return JSON.parse(document.getElementById('contents').textContent).nodes.map((node) => node.label)"
NOT_DRAWN = """
const opening = JSON.parse(document.getElementById("opening").textContent).nodes.map((node) => String(node.id));
const {renderer} = document.getElementById("whole"), graph = renderer.getGraph();
const isFree = (key) => !renderer.getNodeDisplayData(key).hidden && graph.degree(key) && !opening.includes(key);
return graph.nodes().find(isFree);
"""
LOSE = """
const canvas = document.querySelector("#whole canvas.sigma-nodes");
(canvas.getContext("webgl2") || canvas.getContext("webgl")).getExtension("WEBGL_lose_context").loseContext();
"""


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """The address of a page of the sample, or of the hostile graph, that has an overview."""
    made: dict[str, str] = {}

    def address(name: str) -> str:
        if name not in made:
            turtle = hostile_turtle() if name == "hostile" else SAMPLE.read_text(encoding="utf-8")
            path = tmp_path_factory.mktemp(name) / "graph.html"
            path.write_text(render_html(SampleGraph(turtle), limit=DRAWN), encoding="utf-8")
            made[name] = path.as_uri()
        return made[name]

    return address


def wait(browser: Any, script: str, *arguments: Any) -> Any:
    """What `script` returns, once that is something."""
    return WebDriverWait(browser, PATIENCE).until(lambda b: b.execute_script(script, *arguments), script)


def find(browser: Any, selector: str) -> Any:
    return browser.find_element(By.CSS_SELECTOR, selector)


def open_overview(browser: Any, address: str) -> None:
    open_page(browser, address)
    wait(browser, "return document.documentElement.dataset.ready")
    find(browser, "#overview-tab").click()
    wait(browser, "return document.getElementById('whole').dataset.ready")


def id_of(browser: Any, label: str) -> str:
    return str(browser.execute_script(LABELS).index(label))


def click_at(browser: Any, node: str, *, twice: bool = False) -> None:
    right, down = browser.execute_script(SPOT, node)
    actions = ActionChains(browser).move_to_element_with_offset(find(browser, "#whole"), right, down)
    (actions.double_click() if twice else actions.click()).perform()


def test_html_overview_is_left_out_when_the_picture_has_everything() -> None:
    graph = SampleGraph(SAMPLE.read_text(encoding="utf-8"))
    everything, part = render_html(graph, limit=300), render_html(graph, limit=DRAWN)
    for mark in ('id="overview-tab"', 'id="places"', 'id="sigma-code"'):
        assert mark not in everything
        assert mark in part
    assert len(part) - len(everything) < 120_000, "bytes of the libraries and the places"


def test_html_overview_is_the_same_every_time() -> None:
    graph = SampleGraph(SAMPLE.read_text(encoding="utf-8"))
    assert render_html(graph, limit=DRAWN) == render_html(graph, limit=DRAWN)


def test_html_overview_libraries_keep_their_licences() -> None:
    vendor = Path(render_html.__code__.co_filename).parent / "assets" / "vendor"
    for script in vendor.glob("*.min.js"):
        name = script.name.removesuffix(".min.js")
        assert "Permission is hereby granted" in (vendor / f"{name}.LICENSE.txt").read_text(encoding="utf-8")
        assert script.name in (vendor / "README.md").read_text(encoding="utf-8")


@needs_browser
def test_html_overview_runs_no_library_before_it_is_opened(browser: Any, page_of: Callable[[str], str]) -> None:
    open_page(browser, page_of("sample"))
    wait(browser, "return document.documentElement.dataset.ready")
    assert browser.execute_script("return [typeof Sigma, typeof graphology]") == ["undefined", "undefined"]
    open_overview(browser, page_of("sample"))
    assert browser.execute_script("return typeof Sigma") == "function"
    assert find(browser, "#whole-shown").text.startswith(("24 of 25", "25 of 25", "23 of 25", "22 of 25"))
    assert not find(browser, "#whole-message").is_displayed()
    wait(browser, NAMED)  # from the first drawing on
    assert browser.execute_script(PAINTED) > 5, "colours of the kinds"
    assert complaints(browser) == []


@needs_browser
def test_html_overview_click_chooses_and_double_click_leads_to_the_picture(
    browser: Any, page_of: Callable[[str], str]
) -> None:
    open_overview(browser, page_of("sample"))
    node = id_of(browser, "Vladimir Putin")
    assert not find(browser, "#whole-to-picture").is_enabled()
    click_at(browser, node)
    wait(browser, "return document.querySelector('#panel h2').textContent === 'Vladimir Putin'")
    assert find(browser, "#whole-to-picture").is_enabled()
    find(browser, "#whole-to-picture").click()
    assert find(browser, "#picture-tab").get_attribute("aria-selected") == "true"

    open_overview(browser, page_of("sample"))
    drawn = int(browser.execute_script("return document.getElementById('drawn').textContent").split()[0])
    rare = browser.execute_script(NOT_DRAWN)
    click_at(browser, rare, twice=True)
    assert find(browser, "#picture-tab").get_attribute("aria-selected") == "true"
    assert int(find(browser, "#drawn").text.split()[0]) > drawn
    assert complaints(browser) == []


@needs_browser
def test_html_overview_follows_the_filters(browser: Any, page_of: Callable[[str], str]) -> None:
    open_overview(browser, page_of("sample"))
    node, shown = id_of(browser, "Vladimir Putin"), find(browser, "#whole-shown").text
    find(browser, "#kinds input[name=person]").click()
    wait(browser, HIDDEN, node, True)
    assert int(find(browser, "#whole-shown").text.split()[0]) == int(shown.split()[0]) - 5
    # and what is filtered while another view is open
    find(browser, "#events-tab").click()
    find(browser, "#kinds input[name=person]").click()
    find(browser, "#overview-tab").click()
    wait(browser, HIDDEN, node, False)
    assert find(browser, "#whole-shown").text == shown


@needs_browser
def test_html_overview_obeys_the_keyboard_and_the_buttons(browser: Any, page_of: Callable[[str], str]) -> None:
    open_overview(browser, page_of("sample"))
    still = {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", still)  # and so no waiting for movements
    try:
        stage = find(browser, "#whole")
        assert stage.get_attribute("aria-label").startswith("The whole graph")
        for keys, changed in (("\ue014", "x"), ("\ue015", "y"), ("+", "ratio")):
            before = browser.execute_script(CAMERA)
            stage.send_keys(keys)
            after = browser.execute_script(CAMERA)
            assert {name for name in before if abs(before[name] - after[name]) > 1e-6} == {changed}
        stage.send_keys("0")
        assert browser.execute_script(CAMERA) == {"x": 0.5, "y": 0.5, "angle": 0, "ratio": 1}
        closer, farther = browser.find_elements(By.CSS_SELECTOR, "#whole-tools button")[:2]
        closer.click()
        assert browser.execute_script(CAMERA)["ratio"] < 1
        farther.click()
        assert browser.execute_script(CAMERA)["ratio"] == pytest.approx(1)
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@needs_browser
def test_html_overview_takes_the_colours_of_the_theme(browser: Any, page_of: Callable[[str], str]) -> None:
    open_overview(browser, page_of("sample"))
    node = id_of(browser, "Vladimir Putin")
    light = browser.execute_script(LOOK, node)["color"]
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
    try:
        wait(
            browser,
            f"return document.getElementById('whole').renderer.getNodeDisplayData('{node}').color !== '{light}'",
        )
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@needs_browser
def test_html_overview_draws_again_when_the_browser_takes_it_away(browser: Any, page_of: Callable[[str], str]) -> None:
    open_overview(browser, page_of("sample"))
    browser.execute_script(LOSE)
    wait(browser, "return document.querySelector('#whole-message button')").click()
    wait(browser, "return document.getElementById('whole-message').hidden && document.querySelector('#whole canvas')")
    find(browser, "#kinds input[name=person]").click()
    wait(browser, HIDDEN, id_of(browser, "Vladimir Putin"), True)


@needs_browser
def test_html_overview_hostile_names_never_run(browser: Any, page_of: Callable[[str], str]) -> None:
    open_overview(browser, page_of("hostile"))
    for label in browser.execute_script(LABELS)[:10]:
        right, down = browser.execute_script(SPOT, id_of(browser, label))
        ActionChains(browser).move_to_element_with_offset(find(browser, "#whole"), right, down).perform()
    assert browser.execute_script("return typeof window.__pwned") == "undefined"
    assert (
        browser.execute_script("return document.querySelectorAll('#overview-view img, #overview-view script').length")
        == 0
    )
    assert complaints(browser) == []


@needs_browser
def test_html_overview_narrow_screen_has_no_sideways_scroll(browser: Any, page_of: Callable[[str], str]) -> None:
    metrics = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        open_overview(browser, page_of("sample"))
        assert browser.execute_script("return document.documentElement.scrollWidth") == 360
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@needs_browser
def test_html_overview_says_that_the_browser_has_no_webgl(tmp_path: Path, page_of: Callable[[str], str]) -> None:
    driver = start_browser(tmp_path, NO_WEBGL)
    try:
        open_page(driver, page_of("sample"))
        wait(driver, "return document.documentElement.dataset.ready")
        find(driver, "#overview-tab").click()
        message = wait(
            driver,
            "const {hidden, textContent} = document.getElementById('whole-message'); return !hidden && textContent",
        )
        assert "WebGL" in message
        find(driver, "#whole").send_keys("+0")
        find(driver, "#kinds input[name=person]").click()
        find(driver, "#picture-tab").click()
        assert complaints(driver) == []
    finally:
        driver.quit()
