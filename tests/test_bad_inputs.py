"""Every input of bad_inputs.py in this process: the outcome as in docs/bad-inputs.md, and sound files."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from bad_cases import CASES, GOOD, Case, build
from bad_inputs import Outcome, faults, report, run_apart, snapshot
from bad_outputs import faults_of_folder, page_faults

from kg.cli import main

INSIDE = [case for case in CASES if not case.slow and not case.as_nobody]
WITHOUT_RIGHTS = [case for case in CASES if case.as_nobody]


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every user can reach, which pytest's are not."""
    folder = Path(tempfile.mkdtemp(prefix="kg-bad-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def run_here(arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Outcome:
    monkeypatch.setattr("sys.argv", ["kg", *arguments])
    monkeypatch.setattr("signal.signal", lambda *_: None)  # a closed pipe is to end the command, not the tests
    with pytest.raises(SystemExit) as end:
        main()
    captured = capsys.readouterr()
    code = end.value.code
    return Outcome(code=code if isinstance(code, int) else 0, out=captured.out, err=captured.err)


@pytest.mark.parametrize("case", INSIDE, ids=lambda case: case.name)
def test_bad_inputs_give_what_the_table_says(
    case: Case, place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = list(case.make(place))
    before = snapshot(place)
    outcome = run_here(arguments, capsys, monkeypatch)
    assert faults(case, outcome, place, before) == [], outcome.err


@pytest.mark.skipif(os.name != "posix", reason="file permissions are those of POSIX")
@pytest.mark.parametrize("case", WITHOUT_RIGHTS, ids=lambda case: case.name)
def test_bad_inputs_without_permission(case: Case, place: Path) -> None:
    arguments = list(case.make(place))
    before = snapshot(place)
    outcome = run_apart(arguments, as_nobody=True)
    assert faults(case, outcome, place, before) == [], outcome.err


def test_bad_inputs_all_at_once_leave_the_good_article(
    place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One folder with every bad file that is quick to make."""
    files = place / "articles"
    files.mkdir()
    for number, case in enumerate(INSIDE):
        if case.articles is None:
            continue
        corner = place / f"case-{number}"
        corner.mkdir()
        case.make(corner)
        for path in corner.glob("bad.*"):
            if path.stat().st_size < 1_000_000:
                path.rename(files / f"{number}-{path.name}")
    whole = Case(name="all", make=lambda folder: build(folder, str(files)), code=1, articles=None)
    arguments = list(whole.make(place))
    before = snapshot(place)
    outcome = run_here(arguments, capsys, monkeypatch)
    assert faults(whole, outcome, place, before) == [], outcome.err
    read = [one["identifier"] for one in report(place)["read"]]
    assert str(place / GOOD) in read
    assert len(read) > len(list(files.iterdir())) / 2
    assert faults_of_folder(place / "out") == []


def test_bad_inputs_the_check_of_pages_sees_what_could_run() -> None:
    page = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'sha256-x'; \"><script>alert(1)</script>"
    assert any("does not name" in fault for fault in page_faults(page))
    assert any("onload" in fault for fault in page_faults("<img onload=alert(1)>"))
