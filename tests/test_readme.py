"""What the README says to type works, and its figures are those of the committed floors."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import kg

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme") / "build"
    kg.build([ROOT / "seeds"]).save(folder)
    return folder


@pytest.mark.parametrize("line", re.findall(r"^\.venv/bin/kg (.*?)(?: +#.*)?$", README, re.M))
def test_readme_commands_answer(line: str, built: Path) -> None:
    words = [str(built) if word == "build" else word for word in shlex.split(line)]
    command = [sys.executable, "-c", "from kg.cli import main; main()", *words]
    if words[0] == "serve":
        served(command)
        return
    environment = {**os.environ, "BROWSER": "true"}  # a browser that opens everything at once
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > (0 if words[0] in ("view", "validate") else 2)


def served(command: list[str]) -> None:
    """What goes on until it is stopped says where it listens, and ends when it is asked to."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        try:
            assert any("http://127.0.0.1" in line for line in iter(running.stdout.readline, ""))
        finally:
            running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) == 0


def test_readme_python_runs(built: Path) -> None:
    printed = ""
    for code in re.findall(r"```python\n(.*?)```", README, re.S):
        code = code.replace('graph.save("build")', f"graph.save({str(built)!r})")
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        printed += done.stdout
    assert "Meeting: NATO (2026)" in printed
    assert "('struck', 'strike', 'root', 'struck')" in printed


def test_readme_query_answers(built: Path) -> None:
    (query,) = re.findall(r"```sparql\n(.*?)```", README, re.S)
    days = {row.get("day") for row in kg.load(built).select(query)}
    assert "2025-07-03" in days


def test_readme_disagreements_are_the_real_output(built: Path) -> None:
    shown = re.findall(r"^(Phone call|Attack): .*$", README, re.M)
    rows = kg.load(built).select(
        "SELECT ?l { ?f kg:conflictsWith ?g ; rdf:subject/rdfs:label ?l } GROUP BY ?l",
    )
    labels = {row["l"] for row in rows}
    named = re.findall(r"^((?:Phone call|Attack): .*?\)) {2,}", README, re.M)
    assert len(shown) == len(named) and set(named) <= labels


def test_readme_figures_are_not_better_than_the_floors() -> None:
    floors = json.loads((ROOT / "tests" / "floors.json").read_text(encoding="utf-8"))
    single, seeds = floors["single"], floors["seeds"]
    said = {line.split("|")[1].strip(): re.findall(r"\d\.\d\d", line) for line in README.splitlines() if "|" in line}
    assert float(said["entities, F1; salient ones recalled"][0]) <= single["entities.f"] + 0.005
    assert float(said["posts held, F1"][0]) <= single["posts.f"] + 0.005
    status = [float(figure) for figure in said["status of found events"]]
    assert status[0] <= single["event_status_accuracy"] + 0.005 and status[1] <= seeds["status_accuracy"] + 0.005
    for row, measure in (("day of found events", "date_accuracy"), ("place of found events", "place_accuracy")):
        alone, samples = (float(figure) for figure in said[row])
        assert alone <= single[f"event_{measure}"] + 0.005 and samples <= seeds[measure] + 0.005
