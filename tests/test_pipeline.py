"""The whole way: what `kg.build` returns and reports, and that one bad article never stops the others."""

from pathlib import Path
from typing import Any

import networkx
import pytest
import rdflib
from pyoxigraph import QuerySolutions

import kg
from kg import parallel, pipeline
from kg.documents import Problem, ProblemKind
from kg.errors import GraphError, ReaderError
from kg.model import Document
from kg.pipeline import Progress
from kg.store import Graph

SENTENCE = (
    "President Vladimir Putin and President Donald Trump spoke by phone on 3 July 2025, the ministers of both said."
)
NAMES = ("a", "b", "c")


@pytest.fixture
def articles(tmp_path: Path) -> list[Path]:
    for name in NAMES:
        text = (
            f"---\ndate: 2025-07-04\npublisher: The {name.upper()}\n---\nLeaders speak, report {name}\n\n{SENTENCE}\n"
        )
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return [tmp_path / f"{name}.txt" for name in NAMES]


def identifiers(graph: Graph) -> list[str]:
    assert graph.report is not None
    return [Path(one["identifier"]).stem for one in graph.report["read"]]


def test_pipeline_returns_a_graph_in_every_form(articles: list[Path], tmp_path: Path) -> None:
    graph = kg.build(articles)
    assert isinstance(graph, Graph)
    assert isinstance(graph.to_rdflib(), rdflib.Graph)
    assert len(graph.to_rdflib()) == len(graph)
    network = graph.to_networkx()
    assert isinstance(network, networkx.MultiDiGraph)
    assert "Vladimir Putin" in {label for _, label in network.nodes(data="label")}
    rows = graph.query('SELECT ?e { ?e a kg:PhoneCall ; kg:participant/rdfs:label "Vladimir Putin"@en }')
    assert isinstance(rows, QuerySolutions)
    assert len(list(rows)) == 1  # three articles, one call
    written = graph.save(tmp_path / "out")
    assert {path.name for path in written} == {
        "graph.ttl", "graph.trig", "graph-core.ttl", "graph.html", "graph.graphml", "report.json"
    }  # fmt: skip
    assert kg.load(tmp_path / "out").triples() == graph.triples()


def test_pipeline_takes_a_single_path(articles: list[Path]) -> None:
    assert identifiers(kg.build(str(articles[0]))) == ["a"]  # type: ignore[arg-type]
    assert identifiers(kg.build(articles[0])) == ["a"]  # type: ignore[arg-type]
    assert identifiers(kg.build([articles[0].parent])) == ["a", "b", "c"]


def test_pipeline_reports_what_was_read(articles: list[Path], tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    report = kg.build([tmp_path]).report
    assert report is not None
    assert set(report) == {"newskg", "read", "problems", "counts", "seconds"}
    assert report["newskg"] == kg.__version__
    assert report["read"][0] == {
        "identifier": str(articles[0]),
        "title": "Leaders speak, report a",
        "publisher": "The A",
        "published": "2025-07-04",
        "sentences": 2,
        "events": report["read"][0]["events"],
        "quotes": report["read"][0]["quotes"],
    }
    assert report["read"][0]["events"] >= 1
    assert report["problems"] == [
        {"identifier": str(tmp_path / "empty.txt"), "kind": "empty", "reason": "the input is empty", "fatal": True}
    ]
    assert report["counts"]["PhoneCall"] == 1
    assert report["counts"]["Person"] == 2
    assert 0 not in report["counts"].values()
    assert set(report["seconds"]) == {"documents", "reading", "resolution", "graph"}


@pytest.mark.parametrize("error", [ValueError("odd\nword"), RecursionError("deep"), MemoryError()])
def test_pipeline_reports_an_article_on_which_a_stage_fails(
    articles: list[Path], monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    annotate = pipeline.annotate

    def failing(document: Document, nlp: Any) -> Any:
        if document.identifier.endswith("b.txt"):
            raise error
        return annotate(document, nlp)

    monkeypatch.setattr(pipeline, "annotate", failing)
    graph = kg.build(articles)
    assert identifiers(graph) == ["a", "c"]
    assert graph.report is not None
    (problem,) = graph.report["problems"]
    assert problem["identifier"] == str(articles[1])
    assert problem["fatal"]
    assert type(error).__name__ in problem["reason"]
    assert len(graph.select("SELECT ?e { ?e a kg:PhoneCall }")) == 1


def test_pipeline_reports_a_file_on_which_a_parser_fails(articles: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    compose = kg.documents.compose

    def failing(draft: Any, on_problem: Any) -> Any:
        if draft.identifier.endswith("b.txt"):
            raise AssertionError("a parser's own")
        return compose(draft, on_problem)

    monkeypatch.setattr("kg.documents.compose", failing)
    graph = kg.build(articles)
    assert identifiers(graph) == ["a", "c"]
    assert graph.report is not None
    assert [problem["reason"] for problem in graph.report["problems"]] == [
        "reading failed: AssertionError: a parser's own"
    ]


def test_pipeline_of_nothing_is_an_empty_graph_with_a_report(tmp_path: Path) -> None:
    graph = kg.build([tmp_path / "missing.txt"])
    assert graph.report is not None
    assert graph.report["read"] == []
    assert [problem["kind"] for problem in graph.report["problems"]] == [ProblemKind.UNREADABLE.value]
    assert graph.select("SELECT ?e { ?e a sem:Event }") == []


def test_pipeline_respects_the_base_and_refuses_what_is_none(articles: list[Path]) -> None:
    graph = kg.build(articles[:1], base="https://example.org/data/")
    (row,) = graph.select('SELECT ?p { ?p rdfs:label "Vladimir Putin"@en ; a schema:Person }')
    assert row["p"] == "https://example.org/data/entity/vladimir-putin"
    for base in ("data/", "https://example.org/a#", "https://example.org/a b/"):
        with pytest.raises(GraphError, match="not an absolute IRI"):
            kg.build(articles[:1], base=base)


def test_pipeline_names_a_reader_that_is_not_installed(articles: list[Path]) -> None:
    with pytest.raises(ReaderError, match="no_such_reader"):
        kg.build(articles, reader="no_such_reader")


def test_pipeline_tells_how_far_it_has_come(articles: list[Path]) -> None:
    seen: list[Progress] = []
    pipeline.build(articles, progress=seen.append)
    assert [(p.stage, p.done) for p in seen if p.stage == "reading"] == [("reading", n) for n in (1, 2, 3)]
    assert {p.total for p in seen if p.stage == "reading"} == {3}


def test_pipeline_problem_names_the_input_and_whether_it_was_read() -> None:
    problem = Problem(identifier="a", kind=ProblemKind.EMPTY, reason="empty", fatal=True)
    assert str(problem) == "a: not read: empty"
    assert parallel.Outcome(identifier="a", reading=None, error="x").error == "x"
