"""Measures what stores and writers do with a graph of about a million triples.

    python tests/measure_stores.py make DIR [--readings 3400]     graph.ttl and graph.trig of synthetic readings
    python tests/measure_stores.py writer DIR [--rdflib]          seconds of our Turtle beside other writers
    python tests/measure_stores.py push DIR                       triples a second to the Oxigraph server and Virtuoso

`make` needs what `measure_resolution.py scale` needs: its readings (resolution_scale.py says how they are made of the
White House's readouts and the current-events portal) are resolved and written as `kg build` writes a graph. The same
number of readings gives the same bytes.

`writer` writes graph.ttl's triples from memory: pyoxigraph's own serializer (no prefixes, no order), ours, and with
--rdflib rdflib's, which takes minutes. `push` sends graph.trig with each protocol, and in one request, as the
server itself is loaded. Seconds are of the clock, the best of TIMES.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from pyoxigraph import DefaultGraph, RdfFormat, Store
from resolution_scale import _load, scaled
from stores_engines import GRAPH, HTTP, MEDIA_TYPES, oxigraph_server, virtuoso_server

from kg.exporters.formats import Format, open_source, written
from kg.exporters.turtle import write_turtle
from kg.graph import to_quads
from kg.pipeline import load_knowledge
from kg.provenance import describe_run
from kg.pushing import Push, push
from kg.pushing.batches import Protocol
from kg.pushing.endpoint import PASSWORD, USER
from kg.resolution import resolve_across_documents
from kg.schema import load_event_schema
from kg.store import Graph
from kg.vocab import BASE

TIMES = 3
N_QUADS_HEADERS = {"Content-Type": MEDIA_TYPES[Format.NQ]}
READINGS = 3400  # give a little over a million distinct triples


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="what", required=True)
    making = commands.add_parser("make", help="make the graph")
    making.add_argument("folder", type=Path, metavar="DIR")
    making.add_argument("--readings", type=int, default=READINGS, help=f"so many readings (default: {READINGS})")
    making.add_argument("--data", type=Path, default=Path("../shared/data"))
    making.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "newskg-resolution")
    writing = commands.add_parser("writer", help="seconds of Turtle writers")
    writing.add_argument("folder", type=Path, metavar="DIR")
    writing.add_argument("--rdflib", action="store_true", help="rdflib's writer too")
    pushing = commands.add_parser("push", help="triples a second to real stores")
    pushing.add_argument("folder", type=Path, metavar="DIR")
    args = parser.parse_args()
    if args.what == "make":
        print(json.dumps(make(args.folder, args.readings, args.data, args.cache)))
    elif args.what == "writer":
        print(json.dumps(measure_writer(args.folder / "graph.ttl", args.rdflib)))
    else:
        print(json.dumps(measure_push(args.folder / "graph.trig")))


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


def measure_writer(path: Path, with_rdflib: bool) -> dict[str, float]:
    """Seconds of each writer, and the two ratios of the aims."""
    graph = Graph.load(path)
    store = Store()
    store.bulk_load(path=str(path), format=RdfFormat.TURTLE)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.ttl"
        plain = _best(lambda: store.dump(str(out), RdfFormat.TURTLE, from_graph=DefaultGraph()))
        ours = _best(lambda: write_turtle(graph, out))
        figures = {"triples": len(graph), "pyoxigraph s": plain, "ours s": ours, "ours/pyoxigraph": ours / plain}
        if with_rdflib:
            import rdflib

            theirs = graph.to_rdflib()
            began = time.perf_counter()
            theirs.serialize(out, format="turtle")
            seconds = time.perf_counter() - began
            figures |= {f"rdflib {rdflib.__version__} s": seconds, "rdflib/ours": seconds / ours}
    return {name: round(value, 2) for name, value in figures.items()}


def measure_push(path: Path) -> dict[str, float]:
    """Triples a second by protocol; "in one request" is the server's own bulk rate."""
    figures: dict[str, float] = {}
    source = open_source(path)
    whole = b"".join(written(source, Format.NQ))
    quads = whole.count(b"\n")
    known = {USER: "dba", PASSWORD: "dba"}
    with tempfile.TemporaryDirectory() as folder, patch.dict(os.environ):
        journal = Path(folder) / "journal.json"
        for protocol, where in (
            (Protocol.QUADS, "store"),
            (Protocol.GRAPH_STORE, "store"),
            (Protocol.UPDATE, "update"),
        ):
            with oxigraph_server() as url:
                to = Push(url=f"{url}/{where}", protocol=protocol)
                figures[f"oxigraph {protocol}/s"] = quads / _seconds(lambda to=to: push(source, to, journal))
        with oxigraph_server() as url:
            seconds = _seconds(lambda: HTTP.request("POST", f"{url}/store", body=whole, headers=N_QUADS_HEADERS))
            figures["oxigraph in one request/s"] = quads / seconds
        os.environ |= known
        with virtuoso_server(buffers=100_000) as virtuoso:
            to = Push(url=f"{virtuoso.http}/sparql-graph-crud-auth", protocol=Protocol.GRAPH_STORE, default_graph=GRAPH)
            figures["virtuoso graph-store/s"] = quads / _seconds(lambda: push(source, to, journal))
        with virtuoso_server(buffers=100_000) as virtuoso:
            figures["virtuoso's own loader/s"] = quads / _seconds(lambda: virtuoso.load(path, Format.TRIG))
    return {"quads": quads, **{name: round(value) for name, value in figures.items()}}


def _seconds(done: Callable[[], object]) -> float:
    began = time.perf_counter()
    done()
    return time.perf_counter() - began


def _best(done: Callable[[], object]) -> float:
    return min(_seconds(done) for _ in range(TIMES))


if __name__ == "__main__":
    main()
