"""What is exported is loaded, counted and asked in every engine that is here (tests/stores_engines.py)."""

import re
from pathlib import Path
from typing import Any

import pytest
from measure_seeds import build_seeds
from pyoxigraph import Literal, QueryResultsFormat
from stores_engines import ENGINES, PROLOGUE, Engine, solutions, triples

from kg.exporters.formats import SUFFIXES, Format, written
from kg.named_queries import named_queries
from kg.store import Graph

READERS = [(engine, format_) for engine in ENGINES if engine.read for format_ in Format if format_ in engine.reads]
ANSWERERS = [engine for engine in ENGINES if engine.answering]
QUERIES = {name: PROLOGUE + query.text for name, query in named_queries().items()}
JOINED = re.compile(r"GROUP_CONCAT\(.*?\bAS \?(\w+)\)")
"""Columns whose parts stand in any order (SPARQL 1.1, 18.5.1.7)."""
SEPARATOR = ", "


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build_seeds().graph


@pytest.fixture(scope="module")
def exports(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> dict[Format, Path]:
    """The sample articles' graph in every format."""
    folder = tmp_path_factory.mktemp("exports")
    paths = {format_: folder / f"graph{suffix}" for suffix, format_ in SUFFIXES.items()}
    for format_, path in paths.items():
        path.write_bytes(b"".join(written(graph, format_)))
    return paths


def or_skip(engine: Engine) -> None:
    missing = engine.needs()
    if missing:
        pytest.skip(missing)


@pytest.mark.parametrize(("engine", "format_"), READERS, ids=[f"{e.name}-{f}" for e, f in READERS])
def test_engines_read_the_same_graph(
    engine: Engine, format_: Format, graph: Graph, exports: dict[Format, Path]
) -> None:
    """No node is blank, so that two graphs are isomorphic when their triples are the same."""
    or_skip(engine)
    assert engine.read is not None
    read = list(engine.read(exports[format_], format_))
    assert len(triples(read)) == len(graph)
    if format_ in engine.respells:
        return
    ours, theirs = triples(graph.quads(), without=engine.converts), triples(read, without=engine.converts)
    # a few of them: pytest takes minutes over the difference of two large sets
    assert (sorted(ours - theirs)[:3], sorted(theirs - ours)[:3]) == ([], [])


@pytest.mark.parametrize("engine", ANSWERERS, ids=[engine.name for engine in ANSWERERS])
def test_engines_answer_the_named_queries_alike(engine: Engine, graph: Graph, exports: dict[Format, Path]) -> None:
    or_skip(engine)
    assert engine.answering is not None
    asked = {
        name: text
        for name, text in QUERIES.items()
        if not any(re.search(pattern, text) for pattern, _ in engine.misreads)
    }
    assert asked
    answers = engine.answering(exports[Format.TURTLE], list(asked.values()))
    for (name, text), answer in zip(asked.items(), answers, strict=True):
        ours = graph.query(text).serialize(format=QueryResultsFormat.JSON)
        assert ours is not None
        assert rows(text, answer) == rows(text, ours), f"{engine.name}: {name}"


def rows(query: str, answer: bytes) -> set[tuple[str, ...]]:
    """The distinct rows of an answer, as N-Triples terms; what is joined in any order is put in one."""
    joined = bool(JOINED.search(query))
    return {tuple(_cell(term, joined) for term in row) for row in solutions(answer)}


def _cell(term: Any, joined: bool) -> str:
    if joined and term is None:
        return str(Literal(""))  # nothing to join: an empty text (18.5.1.7), or, in Oxigraph, no value
    if joined and isinstance(term, Literal) and SEPARATOR in term.value:
        return SEPARATOR.join(sorted(term.value.split(SEPARATOR)))
    return str(term)


def test_engines_every_named_query_has_an_answer_in_the_sample(graph: Graph) -> None:
    """Else the engines would agree on nothing."""
    answered = {name for name, text in QUERIES.items() if graph.select(text)}
    assert len(answered) >= len(QUERIES) * 2 // 3
