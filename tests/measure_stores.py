"""Measures what stores and writers do with a graph of about a million triples.

    python tests/measure_stores.py make DIR [--readings 3400]     graph.ttl and graph.trig of synthetic readings

`make` needs what `measure_resolution.py scale` needs: its readings (resolution_scale.py says how they are made of the
White House's readouts and the current-events portal) are resolved and written as `kg build` writes a graph. The same
number of readings gives the same bytes.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

from resolution_scale import _load, scaled

from kg.graph import to_quads
from kg.pipeline import load_knowledge
from kg.provenance import describe_run
from kg.resolution import resolve_across_documents
from kg.schema import load_event_schema
from kg.store import Graph
from kg.vocab import BASE

READINGS = 3400  # give a little over a million distinct triples


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="what", required=True)
    making = commands.add_parser("make", help="make the graph")
    making.add_argument("folder", type=Path, metavar="DIR")
    making.add_argument("--readings", type=int, default=READINGS, help=f"so many readings (default: {READINGS})")
    making.add_argument("--data", type=Path, default=Path("../shared/data"))
    making.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "newskg-resolution")
    args = parser.parse_args()
    print(json.dumps(make(args.folder, args.readings, args.data, args.cache)))


def make(folder: Path, size: int, data: Path, cache: Path) -> dict[str, float]:
    """Write graph.ttl and graph.trig, each whole or not at all, and say how large they are."""
    began = time.perf_counter()
    readings, schema = _load(scaled(data, cache, size)), load_event_schema()
    resolution = resolve_across_documents(readings, load_knowledge(), schema)
    graph = Graph(to_quads(resolution, schema, BASE, describe_run("newskg", "newskg_reader", BASE)))
    written = graph.save(folder, ["turtle", "trig"])
    return {
        "readings": len(readings),
        "events": len(resolution.events),
        "triples": len(graph),
        "quads": len(graph.quads()),
        **{f"{path.name} MB": round(path.stat().st_size / 1e6, 1) for path in written},
        "s": round(time.perf_counter() - began, 1),
    }


if __name__ == "__main__":
    main()
