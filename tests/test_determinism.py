"""Same input, same bytes: in any order of arguments, with any number of processes, under any hash seed, twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.parallel import DOCUMENTS_A_WORKER

COUNT = 100
"""Articles: enough that two processes do read (kg/parallel.py)."""
NAMES = ("Vladimir Putin", "Donald Trump", "Emmanuel Macron", "Anna Meier", "Volodymyr Zelenskyy", "Ilya Orlov")
PLACES = ("Geneva", "Istanbul", "Paris", "Washington", "Ankara")
SAME = ("graph.ttl", "graph.trig", "graph-core.ttl", "graph.graphml", "graph.html")


def article(number: int) -> str:
    """A small article whose events some others tell too, on another day or with another number."""
    first, second = NAMES[number % 6], NAMES[(number // 6 + number + 1) % 6]
    first, second = (first, second) if first != second else (first, NAMES[(number + 1) % 6])
    place, day = PLACES[number % 5], 1 + number % 9
    return (
        f"---\ndate: 2025-07-{day + 1:02d}\npublisher: The Paper {number % 7}\n---\n"
        f"{first} meets {second} in {place}, report {number}\n\n"
        f"{first} met {second} in {place} on {day} July 2025, officials said. The two also spoke by phone on Monday. "
        f"“We will go on with this work until it is done,” {second} said.\n\n"
        f"At least {number % 4 + 2} people were killed when Russia attacked Kyiv on Tuesday, the mayor said.\n"
    )


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("articles")
    paths = [folder / f"{number:03d}.txt" for number in range(COUNT)]
    for number, path in enumerate(paths):
        path.write_text(article(number), encoding="utf-8")
    return [str(path) for path in paths]


def built(inputs: list[str], out: Path, *, workers: int, seed: int) -> dict[str, bytes]:
    """The files that `kg build` writes in a process of its own."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "build", *inputs, "--out", str(out), "--quiet"]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = subprocess.run(
        [*command, "--workers", str(workers)], capture_output=True, text=True, check=False, env=environment
    )
    assert (done.returncode, done.stderr) == (0, "")
    return {name: (out / name).read_bytes() for name in SAME}


def test_determinism_of_order_processes_and_hash_seed(articles: list[str], tmp_path: Path) -> None:
    assert COUNT // DOCUMENTS_A_WORKER >= 2
    first = built(articles, tmp_path / "first", workers=1, seed=1)
    mixed = [*articles[1::2], *reversed(articles[::2])]
    other = built(mixed, tmp_path / "other", workers=2, seed=2)
    for name in SAME:
        assert first[name] == other[name], name


def test_determinism_in_one_process_and_of_a_folder(articles: list[str], tmp_path: Path) -> None:
    few = articles[:12]
    runs = []
    for number, inputs in enumerate((few, few[::-1], [*few, *few])):
        kg.build(inputs).save(tmp_path / str(number))
        runs.append({name: (tmp_path / str(number) / name).read_bytes() for name in SAME})
    assert runs[0] == runs[1] == runs[2]


def test_determinism_of_reading_what_was_written(articles: list[str], tmp_path: Path) -> None:
    kg.build(articles[:6]).save(tmp_path / "built")
    kg.load(tmp_path / "built").save(tmp_path / "again")
    for name in SAME:
        assert (tmp_path / "built" / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name
