"""A real browser for the tests of the HTML page: headless Chromium, from disk, with the network off."""

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed: pip install selenium")
from selenium.webdriver.chrome.options import Options  # noqa: E402 - after the check that it is there
from selenium.webdriver.chrome.service import Service  # noqa: E402
from selenium.webdriver.common.by import By  # noqa: E402
from selenium.webdriver.common.keys import Keys  # noqa: E402
from selenium.webdriver.support.ui import WebDriverWait  # noqa: E402

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no browser: apt-get install chromium chromium-driver"
)
ARGUMENTS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-ipc-flooding-protection",  # a test goes through more addresses a second than a reader could
    "--window-size=1400,900",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # without a name service nothing outside can be reached
)
WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")  # drawn by the processor, and without a warning
NO_WEBGL = ("--disable-gpu", "--disable-3d-apis")
PATIENCE = 10  # seconds for the page to do as it is told
LOCAL = ("file:", "data:", "blob:", "chrome:", "about:")  # addresses of requests that stay on the machine


def start_browser(folder: Path, graphics: tuple[str, ...] = WEBGL) -> Any:
    """A browser that keeps its profile and its `downloads` under `folder`."""
    options = Options()
    options.binary_location = CHROMIUM
    for argument in (*ARGUMENTS, *graphics, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver: Any = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.downloads = folder / "downloads"
    driver.downloads.mkdir()
    behaviour = {"behavior": "allow", "downloadPath": str(driver.downloads)}
    driver.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    return driver


def open_page(browser: Any, address: str) -> None:
    """The page, freshly loaded and ready for use; what the browser did before is forgotten."""
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(address)
    until(browser, lambda: script(browser, "return document.documentElement.dataset.ready") == "true", "not ready")
    settled(browser)


def settled(browser: Any) -> None:
    """Wait until the panel and the open view have what they load."""
    busy = "return document.querySelector('#panel[aria-busy=true], .view:not([hidden])[aria-busy=true]') === null"
    until(browser, lambda: script(browser, busy), "still busy")


def complaints(browser: Any) -> list[str]:
    """Console messages and requests that leave the machine, since `open_page`."""
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    requests = [e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"]
    outside = [url for url in requests if not url.startswith(LOCAL)]
    return [entry["message"] for entry in browser.get_log("browser")] + outside


def script(browser: Any, code: str, *arguments: Any) -> Any:
    """The value that `code` returns in the page."""
    return browser.execute_script(code, *arguments)


def until(browser: Any, condition: Any, message: str = "") -> Any:
    """What `condition()` gives, as soon as it is true."""
    return WebDriverWait(browser, PATIENCE, poll_frequency=0.05).until(lambda _: condition(), message)


def find(browser: Any, selector: str) -> list[Any]:
    """All elements that a CSS selector matches."""
    return list(browser.find_elements(By.CSS_SELECTOR, selector))


def one(browser: Any, selector: str) -> Any:
    """The first element that a CSS selector matches, as soon as there is one."""
    return until(browser, lambda: next(iter(find(browser, selector)), None), f"no {selector}")


def click(browser: Any, selector: str) -> None:
    """Click the first match, scrolled into view."""
    element = one(browser, selector)
    script(browser, "arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def text_of(browser: Any, selector: str) -> str:
    """The shown text of the first match; nothing without one."""
    found = find(browser, selector)
    return str(found[0].get_property("innerText")) if found else ""


def texts_of(browser: Any, selector: str) -> list[str]:
    """The shown text of every match."""
    code = "return Array.from(document.querySelectorAll(arguments[0]), (element) => element.innerText.trim())"
    return list(script(browser, code, selector))


def wait(browser: Any, selector: str, text: str) -> None:
    """Wait until the first match of `selector` shows `text`."""
    until(browser, lambda: text in text_of(browser, selector), f"{text!r} not in {selector}")


def search(browser: Any, query: str, field: str = "#query", results: str = "#results") -> list[str]:
    """The results offered for `query`."""
    box = one(browser, field)
    box.clear()
    box.send_keys(query)
    return texts_of(browser, f"{results} [role=option]:not([aria-disabled])")


def choose(browser: Any, query: str) -> None:
    """Choose the first result for `query`; its panel is open afterwards."""
    search(browser, query)
    one(browser, "#query").send_keys(Keys.ENTER)
    settled(browser)


def open_view(browser: Any, name: str) -> None:
    """Open a tab and wait for what it loads."""
    click(browser, f"#{name}-tab")
    settled(browser)


def press(browser: Any, *keys: str) -> None:
    """Keys for whatever has the focus."""
    for key in keys:
        browser.switch_to.active_element.send_keys(key)


def taken_away(browser: Any, selector: str) -> Path:
    """The file that a click on `selector` saves."""
    for old in browser.downloads.iterdir():
        old.unlink()
    script(browser, "document.querySelector(arguments[0]).click()", selector)

    def finished() -> Path | None:
        files = [path for path in browser.downloads.iterdir() if not path.name.endswith((".crdownload", ".tmp"))]
        return files[0] if files and not files[0].name.startswith(".") else None

    found: Path = until(browser, finished, f"{selector} saves nothing")
    return found


@contextmanager
def screen(browser: Any, width: int, height: int, *, mobile: bool = False) -> Iterator[None]:
    """A screen of another size, in CSS pixels."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@contextmanager
def media(browser: Any, **features: str) -> Iterator[None]:
    """Media features as the page sees them, for example `prefers_color_scheme="dark"`."""
    pairs = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": pairs})
    try:
        yield
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def still(browser: Any) -> None:
    """Wait until the picture no longer moves."""
    view = "return document.querySelector('#picture canvas').toDataURL()"
    last = None
    for _ in range(40):
        now = script(browser, view)
        if now == last:
            return
        last = now
        time.sleep(0.1)
    raise AssertionError("the picture does not come to rest")
