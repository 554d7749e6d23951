"""What `kg` makes of bad inputs, as a table: `python tests/bad_inputs.py > docs/bad-inputs.md`.

The files are made in a temporary folder; nothing is fetched. `tests/test_bad_inputs.py` asserts the same outcomes. With
words as arguments only the cases whose names hold one of them are run.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bad_cases import ARTICLE, CASES, GOOD, OUT, Case
from bad_outputs import faults_of_folder

NOBODY: Final = 65534  # the user without rights on Linux
READ: Final = "nothing: it is read"
KILOBYTES: Final = 1024  # of ru_maxrss in a megabyte
LONGEST_SAID: Final = 160  # characters of the table
BOXES: Final = str.maketrans(dict.fromkeys("│╭─╮╰╯", " "))  # of typer's messages
LAUNCHER: Final = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[2:]).returncode
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""
"""A small process between: a child's largest size would else count that of the process which forked it."""
HEAD: Final = """# What bad inputs give

Each input was given to `kg build` together with a good article, in a process of its own; times are of a 2-core machine
with other work on it, and about 2 s and 200 MB of each are the start. Exit codes: 0 all well, 1 some input was not read
(the graph is written all the same), 2 wrong usage. After each run every file was read by rdflib, Oxigraph and rapper,
the graph was validated, the page was searched for anything that could run, and the files beside the output folder were
compared with what they had been. Made by `python tests/bad_inputs.py`; `tests/test_bad_inputs.py` keeps it true.

| input | articles read | exit | what is said | s | MB |
|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run gave; `memory` is the largest resident size in MB, None where it was not measured."""

    code: int
    out: str
    err: str
    seconds: float = 0.0
    memory: float | None = None


# ── running and judging ──────────────────────────────────────────────────────────────────────────


def run_apart(arguments: Sequence[str], *, as_nobody: bool = False) -> Outcome:
    """Run `kg` in a process of its own and measure it."""
    inner = [str(Path(__file__).resolve()), "--as-nobody"] if as_nobody else ["-c", "from kg.cli import main; main()"]
    with tempfile.NamedTemporaryFile("r") as size:
        command = [sys.executable, "-S", "-c", LAUNCHER, size.name, sys.executable, *inner, *arguments]
        began = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
        seconds = time.perf_counter() - began
        memory = int(size.read()) / KILOBYTES
    return Outcome(code=done.returncode, out=done.stdout, err=done.stderr, seconds=seconds, memory=memory)


def faults(case: Case, outcome: Outcome, folder: Path, before: dict[str, bytes]) -> list[str]:
    """What is not as it must be; `before` are the files of the folder before the run."""
    found = [] if outcome.code == case.code else [f"exit code {outcome.code}, not {case.code}"]
    if "Traceback" in outcome.err + outcome.out:
        found.append("a traceback")
    if case.says not in told(outcome, folder):
        found.append(f"does not say {case.says!r}")
    if snapshot(folder) != before:
        found.append("files outside the output folder were changed")
    if case.articles is None:
        return found
    read = report(folder).get("read", [])
    if len(read) != case.articles or not any(one["identifier"].endswith(GOOD) for one in read):
        found.append(f"read {[one['identifier'] for one in read]}")
    if "root:x:" in (folder / OUT / "graph.ttl").read_text(encoding="utf-8"):
        found.append("a file of the machine stands in the graph")
    return found + faults_of_folder(folder / OUT)


def snapshot(folder: Path) -> dict[str, bytes]:
    """Files of a folder without those of the output folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and OUT not in path.relative_to(folder).parts)
    return {str(path): path.read_bytes() if os.access(path, os.R_OK) else b"" for path in files}


def report(folder: Path) -> dict[str, Any]:
    """The build's report.json, or nothing."""
    path = folder / OUT / "report.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def told(outcome: Outcome, folder: Path) -> str:
    """What the command complained of, else what the report warns of: whole, boxes of typer taken apart."""
    lines = " ".join(outcome.err.translate(BOXES).split())
    lines = lines[max(lines.find("Invalid value"), 0) :]
    warnings = " ".join(f"{p['identifier']}: {p['reason']}" for p in report(folder).get("problems", []))
    return (lines or warnings).replace(f"{folder}/", "")


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def main() -> int:
    """Run all cases and print the table; 1 when one is not as expected."""
    chosen = sys.argv[1:]
    rows, wrong = [], 0
    for case in CASES:
        if chosen and not any(word in case.name for word in chosen):
            continue
        folder = Path(tempfile.mkdtemp(prefix="kg-bad-"))
        try:
            folder.chmod(0o755)
            arguments = case.make(folder)
            before = snapshot(folder)
            outcome = run_apart(arguments, as_nobody=case.as_nobody)
            wrongs = faults(case, outcome, folder, before)
            rows.append(row(case, outcome, folder))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        for fault in wrongs:
            print(f"{case.name}: {fault}\n{outcome.err[-1500:]}", file=sys.stderr)
        wrong += bool(wrongs)
    print(HEAD)
    print("\n".join(rows))
    return 1 if wrong else 0


def row(case: Case, outcome: Outcome, folder: Path) -> str:
    """One line of the table."""
    said = told(outcome, folder).removeprefix("kg: ") or READ
    said = "".join(c if c.isprintable() else "\ufffd" for c in said).replace("|", "\\|").replace("<", "&lt;")
    said = said if len(said) <= LONGEST_SAID else f"{said[:LONGEST_SAID]}…"
    read = "–" if case.articles is None else f"{case.articles - 1} + good"
    name = case.name.replace("<", "&lt;")
    return f"| {name} | {read} | {outcome.code} | {said} | {outcome.seconds:.1f} | {outcome.memory or 0:.0f} |"


def run_as_nobody() -> None:
    """`kg` without rights. Everything is imported before, since root's Python may be out of nobody's reach."""
    import kg
    from kg.cli import main as command

    with tempfile.TemporaryDirectory() as place:
        (Path(place) / GOOD).write_text(ARTICLE, encoding="utf-8")
        kg.build([Path(place) / GOOD]).save(place)
    sys.argv = ["kg", *sys.argv[2:]]
    if os.geteuid() == 0:
        os.seteuid(NOBODY)
    command()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--as-nobody"]:
        run_as_nobody()
    else:
        sys.exit(main())
