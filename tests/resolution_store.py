"""`measure_resolution.py store`: what it costs to add one article to a store on disk, and to take it out again.

The readings are those of `scale`. A store is filled with all but one of them, then that one comes and goes: seconds of
the clock, of `kg.collection.Collection.update` alone, because reading one article costs the same in any store. Filling
and what follows are measured in processes of their own; MB is the most memory that the second one held.
"""

import json
import math
import pickle
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from resolution_scale import _load, scaled

from kg.collection import Collection
from kg.growth import BATCH, GROWTH
from kg.model import Reading
from kg.pipeline import load_knowledge
from kg.provenance import describe_run
from kg.resolution import article_id
from kg.schema import load_event_schema
from kg.vocab import BASE

SETTINGS = {"base": BASE, "reader": "newskg_reader"}
TIMES = 3  # the article comes and goes; the middle one of three is told


def measure_store(data: Path, cache: Path, sizes: list[int]) -> None:
    """Print seconds of each size, and the power of the size by which they grow from the one before."""
    before: dict[str, float] | None = None
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            now: dict[str, float] = {}
            for step in ("fill", "grow"):
                command = [sys.executable, __file__, step, str(scaled(data, cache, size)), f"{folder}/store"]
                now |= json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        growth = {}
        if before is not None:
            more = math.log(now["articles"] / before["articles"])
            growth = {f"{k} grows by": round(math.log(now[k] / before[k]) / more, 2) for k in ("add s", "remove s")}
        print(json.dumps({**now, **growth}), flush=True)
        before = now


def _change(folder: Path, **what: object) -> float:
    knowledge, schema = load_knowledge(), load_event_schema()
    run = describe_run("newskg", "newskg_reader", BASE)
    began = time.perf_counter()
    with Collection(folder) as store:
        store.update(knowledge=knowledge, schema=schema, run=run, settings=SETTINGS, **what)  # type: ignore[arg-type]
    return time.perf_counter() - began


def _last(kept: Path) -> Reading:
    with kept.open("rb") as file:
        while file.peek(1):
            reading: Reading = pickle.load(file)
    return reading


def _fill(kept: Path, folder: Path) -> dict[str, float]:
    """All readings but the last one."""
    readings = _load(kept)[:-1]
    filled, place = 0.0, 0
    while place < len(readings):
        size = max(BATCH, place // GROWTH)
        filled += _change(folder, add=readings[place : place + size])
        place += size
    files = {stat.st_ino: stat.st_size for stat in (path.stat() for path in folder.rglob("*") if path.is_file())}
    on_disk = sum(files.values())  # the copy for questions is links to the same files
    return {"articles": len(readings), "fill s": round(filled, 1), "MB on disk": on_disk // 2**20}


def _grow(last: Reading, folder: Path) -> dict[str, float]:
    """The last reading comes and goes."""
    added, removed = [], []
    for _ in range(TIMES):
        added.append(_change(folder, add=[last]))
        removed.append(_change(folder, drop=[article_id(last.document)]))
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    middle = TIMES // 2
    return {
        "add s": round(sorted(added)[middle], 2),
        "remove s": round(sorted(removed)[middle], 2),
        "MB": int(peak[1]) // 1024 if peak else 0,
    }


if __name__ == "__main__":
    step, source, store_folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    print(json.dumps(_fill(source, store_folder) if step == "fill" else _grow(_last(source), store_folder)))
