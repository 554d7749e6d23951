"""`measure_resolution.py scale`: seconds and memory of resolving many readings, and of writing their quads.

The texts are the readouts and digests of DIGEST items of the current-events portal, read once each. Of N readings
STORIES are different stories: the texts in a fixed random order, and when all are used the same ones again 52 weeks
later (dates read from the text and the article's own date move together, weekdays stay), in other words. The others
are other outlets' tellings of them in other words, of the first ones most often (in proportion to 1/√place), so that a
top story is told some hundred times and most stories once.

Each size is made into a file first and measured in a process of its own, which loads the readings and nothing else.
Seconds are of the processor, which other programs do not lengthen. Memory is the process's largest resident size after
each step; "before" is with readings and knowledge base loaded.
"""

import cProfile
import gc
import json
import math
import pickle
import pstats
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from building import as_document
from resolution_gold import readouts_gold
from resolution_items import news_items
from resolution_readings import WORDINGS, read_once, reading_digest, told_again

from kg.graph import to_quads
from kg.model import Document, Reading
from kg.naming import digest
from kg.pipeline import load_knowledge
from kg.provenance import describe_run
from kg.resolution import resolve_across_documents
from kg.schema import load_event_schema
from kg.vocab import BASE

DIGEST = 4  # items of one day in an article: as many events as a short report has
STORIES = 0.6  # of all readings; the others tell them again
APART = 64  # wordings kept for one year's tellings of a text, before they are the next year's
SEED = 1
MAKERS = ("resolution_scale.py", "resolution_readings.py")  # what the readings of a size depend on besides the texts
HOT_SPOTS = 28  # lines of a profile


def measure_scale(data: Path, cache: Path, sizes: list[int], profile: bool) -> None:
    """Print seconds and MB of each size, and the power of the size by which the seconds grow from the one before."""
    before: dict[str, float] | None = None
    for size in sizes:
        kept = scaled(data, cache, size)
        command = [sys.executable, __file__, str(kept), *(["profile"] if profile and size == sizes[-1] else [])]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        figures, _, hot_spots = output.partition("\n")
        now: dict[str, float] = json.loads(figures)
        growth = {}
        if before is not None:
            more = math.log(now["articles"] / before["articles"])
            growth = {f"{k} grows by": round(math.log(now[k] / before[k]) / more, 2) for k in ("resolve s", "quads s")}
        print(json.dumps({**now, **growth}), flush=True)
        print(hot_spots, end="")
        before = now


def scaled(data: Path, cache: Path, size: int) -> Path:
    """The file of so many readings."""
    makers = (Path(__file__), Path(told_again.__code__.co_filename))
    making = digest(*(path.read_text(encoding="utf-8") for path in makers))
    kept = cache / reading_digest() / f"scale-{size}-{making}.pickles"
    _write(read_once("scale", _texts(data), cache), size, kept)
    return kept


def _texts(data: Path) -> list[Document]:
    """Readouts, and digests of the portal's items of one day, in a fixed random order."""
    readouts = [document for document in readouts_gold(data).documents if document.publisher == "White House"]
    items = [item.document for item in news_items(data)]
    groups = [items[n : n + DIGEST] for n in range(0, len(items), DIGEST)]
    digests = [
        as_document(f"digest-{group[0].identifier}", "\n\n".join(d.text for d in group), published=group[0].published)
        for group in groups
        if len({item.published for item in group}) == 1
    ]
    documents = [replace(d, publisher=d.publisher or "Portal", title=d.identifier) for d in [*readouts, *digests]]
    return Random(SEED).sample(documents, len(documents))


def readings_of(texts: list[Reading], size: int) -> Iterator[Reading]:
    """So many readings, as the module's docstring says."""
    stories = math.ceil(STORIES * size)
    places = [(n % len(texts), n // len(texts)) for n in range(stories)]
    for n, years in places:
        yield told_again(
            texts[n], publisher=texts[n].document.publisher or "", years=years, words=APART * years % WORDINGS
        )
    weights = [1 / math.sqrt(place) for place in range(1, stories + 1)]
    told = [0] * stories
    for place in sorted(Random(SEED).choices(range(stories), weights, k=size - stories)):
        told[place] += 1
        n, years = places[place]
        words = (APART * years + told[place]) % WORDINGS
        yield told_again(texts[n], publisher=f"Outlet {told[place]}", years=years, words=words)


def _write(texts: list[Reading], size: int, kept: Path) -> None:
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(".unfinished")
        with unfinished.open("wb") as file:
            for reading in readings_of(texts, size):
                pickle.dump(reading, file)  # one by one, as a worker process sends them
        unfinished.rename(kept)


def _load(kept: Path) -> list[Reading]:
    readings = []
    with kept.open("rb") as file:
        while file.peek(1):
            readings.append(pickle.load(file))
    return readings


def _peak() -> int:
    """MB. Not getrusage's ru_maxrss, where Linux lets a process begin with what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert peak is not None
    return int(peak[1]) // 1024


def _measure(kept: Path, profiled: bool) -> None:
    """In a process of its own: one line of figures, and the hot spots."""
    readings, knowledge, schema = _load(kept), load_knowledge(), load_event_schema()
    gc.collect()
    figures: dict[str, float] = {"articles": len(readings), "MB before": _peak()}
    profiler = cProfile.Profile()
    began = time.process_time()
    if profiled:
        profiler.enable()
    resolution = resolve_across_documents(readings, knowledge, schema)
    profiler.disable()
    figures |= {"resolve s": round(time.process_time() - began, 2), "MB resolved": _peak()}
    began = time.process_time()
    quads = sum(1 for _ in to_quads(resolution, schema, BASE, describe_run("newskg", "newskg_reader", BASE)))
    figures |= {"quads s": round(time.process_time() - began, 2), "MB quads": _peak(), "quads": quads}
    figures |= {
        "event mentions": sum(len(reading.events) for reading in readings),
        "events": len(resolution.events),
        "events of several": sum(len(event.articles) > 1 for event in resolution.events),
        "most articles of one": max(len(event.articles) for event in resolution.events),
        "copies": sum(article.copy_of is not None for article in resolution.articles.values()),
    }
    print(json.dumps(figures))
    if profiled:
        for order in ("cumulative", "tottime"):
            pstats.Stats(profiler, stream=sys.stdout).strip_dirs().sort_stats(order).print_stats(HOT_SPOTS)


if __name__ == "__main__":
    _measure(Path(sys.argv[1]), "profile" in sys.argv)
