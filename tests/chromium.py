"""A headless Chromium without a network, for tests and measurements of the HTML page."""

import json
import shutil
from typing import Any

BINARY, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
ARGUMENTS = (
    "--headless=new --no-sandbox --disable-dev-shm-usage --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update --window-size=1400,900"
    " --host-resolver-rules=MAP*~NOTFOUND"
)  # without a name service nothing outside can be reached
WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")  # drawn by the processor
NO_WEBGL = ("--disable-gpu", "--disable-3d-apis")
LOCAL = ("file:", "data:", "chrome:", "about:", "blob:")


def chromium(profile: str, arguments: tuple[str, ...]) -> Any:
    """A selenium driver that keeps its browser's console and requests."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = BINARY
    for argument in (*ARGUMENTS.split(), *arguments, f"--user-data-dir={profile}"):
        options.add_argument(argument.replace("MAP*~", "MAP * ~"))
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service(DRIVER))


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
