"""`measure_resolution.py store`: what it costs to add one article to a store on disk, and to take it out again.

The readings are those of `scale`. A store is filled with all but one of them, then that one comes and goes: seconds of
the clock, of `kg.collection.Collection.update` alone, because reading one article costs the same in any store. Each
size is measured in a process of its own.
"""

import json
import math
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from resolution_scale import _load, scaled

from kg.collection import Collection
from kg.growth import BATCH, GROWTH
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
        command = [sys.executable, __file__, str(scaled(data, cache, size))]
        now: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        growth = {}
        if before is not None:
            more = math.log(now["articles"] / before["articles"])
            growth = {f"{k} grows by": round(math.log(now[k] / before[k]) / more, 2) for k in ("add s", "remove s")}
        print(json.dumps({**now, **growth}), flush=True)
        before = now


def _measure(kept: Path) -> None:
    readings = _load(kept)
    last = readings.pop()
    folder = Path(tempfile.mkdtemp())
    knowledge, schema = load_knowledge(), load_event_schema()
    run = describe_run("newskg", "newskg_reader", BASE)

    def change(**what: object) -> float:
        began = time.perf_counter()
        with Collection(folder / "store") as store:
            store.update(knowledge=knowledge, schema=schema, run=run, settings=SETTINGS, **what)  # type: ignore[arg-type]
        return time.perf_counter() - began

    filled, place = 0.0, 0
    while place < len(readings):
        size = max(BATCH, place // GROWTH)
        filled += change(add=readings[place : place + size])
        place += size
    figures = {"articles": len(readings), "fill s": round(filled, 1)}
    del readings
    added, removed = [], []
    for _ in range(TIMES):
        added.append(change(add=[last]))
        removed.append(change(drop=[article_id(last.document)]))
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    on_disk = sum(path.stat().st_size for path in (folder / "store").rglob("*") if path.is_file())
    figures |= {
        "add s": round(sorted(added)[TIMES // 2], 2),
        "remove s": round(sorted(removed)[TIMES // 2], 2),
        "MB": int(peak[1]) // 1024 if peak else 0,
        "MB on disk": on_disk // 2**20,
    }
    print(json.dumps(figures))
    shutil.rmtree(folder)


if __name__ == "__main__":
    _measure(Path(sys.argv[1]))
