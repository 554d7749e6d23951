"""What all tests share. In CI nothing may be skipped: what a test needs is installed there."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless Chromium without a network, for all tests of the HTML page."""
    from html_browser import start_browser  # selenium is there for developers only

    driver = start_browser(tmp_path_factory.mktemp("chromium"))
    yield driver
    driver.quit()


@pytest.fixture(autouse=True, scope="session")
def closed_pipes_end_no_test() -> Iterator[None]:
    """A command that prints lets a closed pipe end its process (`kg … | head`); here it would end the tests.

    For the whole session, since fixtures that tests share run commands too.
    """
    real = signal.signal

    def but_for_pipes(number: int, handler: Any) -> Any:
        return None if number == getattr(signal, "SIGPIPE", None) else real(number, handler)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("signal.signal", but_for_pipes)
        yield


@pytest.fixture(scope="session")
def sample_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of the sample's page, which draws 12 of its 25 things at first."""
    from html_pages import page_at, sample_turtle  # not needed by most tests

    path = tmp_path_factory.mktemp("page") / "graph.html"
    return page_at(path, sample_turtle(), title="Two presidents", limit=12)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name what CI skipped, before the summary line."""
    for report in terminalreporter.stats.get("skipped", []) if os.environ.get("CI") else []:
        terminalreporter.write_line(f"skipped in CI: {report.nodeid}: {report.longrepr}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped test fails the run in CI."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and exitstatus == 0 and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
