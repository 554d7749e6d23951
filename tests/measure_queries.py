"""What questions cost: loading in `kg query` against bare pyoxigraph, and each named query, on one graph file.

    python tests/measure_queries.py GRAPH.ttl [ROUNDS]

Prints the seconds of loading (the best of so many rounds, the two in turn) and their ratio, then for each named query
the seconds of its best round, those of the processor in it (less disturbed by other work), and the rows; without a
value for any parameter, and with one for each that can be read off the graph.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Store

from kg.graph_files import FORMATS
from kg.named_queries import NamedQuery, named_queries
from kg.store import Graph

VALUES = {
    "actor": "SELECT (STR(?l) AS ?v) { ?x a kg:Leader ; rdfs:label ?l ; kg:mentionCount ?n } ORDER BY DESC(?n) LIMIT 1",
    "about": "SELECT (STR(?l) AS ?v) { ?s a kg:Statement ; schema:about/rdfs:label ?l } LIMIT 1",
    "since": "SELECT (STR(MAX(?d)) AS ?v) { ?x sem:hasBeginTimeStamp ?d }",
    "event": "SELECT (STR(?e) AS ?v) { ?e a sem:Event } LIMIT 1",
    "topic": 'SELECT (STR(?l) AS ?v) { ?t a skos:Concept ; skos:prefLabel ?l FILTER(LANG(?l) = "en") } LIMIT 1',
}
LIKE = {"name": "actor", "sender": "actor", "target": "actor", "recipient": "actor", "side": "actor"}
LIKE |= {"until": "since", "after": "since"}


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def processor_seconds(work: Callable[[], object]) -> tuple[float, float]:
    begin = time.process_time()
    passed = seconds(work)
    return passed, time.process_time() - begin


def bare(path: Path) -> None:
    Store().bulk_load(path=str(path), format=FORMATS[path.suffix])


def measure_loading(path: Path, rounds: int) -> None:
    times = [(seconds(lambda: bare(path)), seconds(lambda: Graph.load(path, merged=True))) for _ in range(rounds)]
    alone, ours = (min(column) for column in zip(*times, strict=True))
    print(f"loading: pyoxigraph {alone:.2f} s, newskg {ours:.2f} s, ratio {ours / alone:.2f}")


def measure_query(graph: Graph, query: NamedQuery, values: dict[str, str], rounds: int) -> tuple[float, float]:
    rows = 0

    def ask() -> None:
        nonlocal rows
        rows = sum(1 for _ in query.run(graph, values))  # type: ignore[union-attr]

    passed, worked = (min(times) for times in zip(*(processor_seconds(ask) for _ in range(rounds)), strict=True))
    given = ", ".join(f"{name}={value[:30]}" for name, value in values.items())
    print(f"{passed:7.3f} s  {worked:7.3f} s {rows:8,} rows  {query.name}  {given}")
    return passed, worked


def main() -> None:
    path, rounds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    measure_loading(path, rounds)
    graph = Graph.load(path, merged=True)
    known = {name: graph.select(query)[0].get("v", "") for name, query in VALUES.items()} | {"below": "0.7"}
    costs = []
    for query in named_queries().values():
        costs.append(measure_query(graph, query, {}, rounds))
        for parameter in query.parameters:
            value = known[LIKE.get(parameter.name, parameter.name)]
            costs.append(measure_query(graph, query, {parameter.name: value}, rounds))
    passed, worked = (max(column) for column in zip(*costs, strict=True))
    print(f"slowest: {passed:.3f} s, of the processor {worked:.3f} s")


if __name__ == "__main__":
    main()
