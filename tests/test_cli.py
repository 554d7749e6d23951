import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode
from sample_graph import CALL, SAMPLE, sample

from kg.cli import main
from kg.errors import InputError
from kg.store import Graph
from kg.validation import ValidationReport, Violation

READ = {
    "identifier": "a.txt",
    "title": "A",
    "publisher": None,
    "published": None,
    "sentences": 1,
    "events": 1,
    "quotes": 0,
}
EMPTY = {"identifier": "b\n.txt", "kind": "InputError", "reason": "empty \x1b[31mfile", "fatal": True}


@dataclass
class Run:
    """What a run of the command gave."""

    code: int
    out: str
    err: str


Kg = Callable[..., Run]


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Kg:
    """Runs `kg` in this process."""

    def run(*arguments: str) -> Run:
        monkeypatch.setattr(sys, "argv", ["kg", *arguments])
        # A closed pipe is to end the command, not the tests.
        monkeypatch.setattr("signal.signal", lambda *_: None)
        with pytest.raises(SystemExit) as end:
            main()
        captured = capsys.readouterr()
        code = end.value.code
        return Run(code=code if isinstance(code, int) else 0, out=captured.out, err=captured.err)

    return run


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Puts a pipeline in place that gives the sample graph; returns what it was called with."""

    def install(read: Sequence[Mapping[str, Any]], problems: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
        called: dict[str, Any] = {}

        def build(inputs: Sequence[str], **options: Any) -> Graph:
            called.update(options, inputs=list(inputs))
            report = {"newskg": "0", "read": read, "problems": problems, "counts": {"PhoneCall": 1, "Person": 3}}
            return Graph(sample().quads(), report={**report, "seconds": {"read": 0.1}})

        module = ModuleType("kg.pipeline")
        module.build = build  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "kg.pipeline", module)
        return called

    return install


def test_cli_build_writes_all_files_and_says_how_to_look(kg: Kg, pipeline: Any, tmp_path: Path) -> None:
    called = pipeline([READ])
    run = kg("build", "a.txt", "dir", "--out", str(tmp_path / "new out"), "--workers", "2", "--reader", "x")
    assert run.code == 0, run.err
    assert run.err == ""
    written = {path.name for path in (tmp_path / "new out").iterdir()}
    assert written == {"graph.ttl", "graph.trig", "graph-core.ttl", "graph.html", "graph.graphml", "report.json"}
    assert called["inputs"] == ["a.txt", "dir"]
    assert (called["workers"], called["reader"], called["stdin"], called["progress"]) == (2, "x", None, None)
    assert "Read 1 article:" in run.out
    assert "open it in a browser" in run.out
    assert f"kg query '{tmp_path / 'new out'}' leader-contacts" in run.out


def test_cli_build_names_what_was_not_read_and_says_so_by_its_exit_code(kg: Kg, pipeline: Any, tmp_path: Path) -> None:
    mere_warning = {"identifier": "c.txt", "kind": "Warning", "reason": "no date", "fatal": False}
    pipeline([READ], [EMPTY, mere_warning])
    run = kg("build", "a.txt", "b.txt", "--out", str(tmp_path), "--quiet", "--no-html")
    assert run.code == 1
    assert run.out == ""
    assert run.err == "kg: b .txt: empty [31mfile\n"
    assert (tmp_path / "graph.ttl").exists()
    assert not (tmp_path / "graph.html").exists()


@pytest.mark.parametrize(("options", "engine"), [((), True), (("--no-html-sparql",), False)])
def test_cli_build_puts_the_sparql_engine_into_the_page_unless_told(
    kg: Kg, pipeline: Any, tmp_path: Path, options: tuple[str, ...], engine: bool
) -> None:
    pipeline([READ])
    assert kg("build", "a.txt", "--out", str(tmp_path), *options).code == 0
    assert ('id="sparql"' in (tmp_path / "graph.html").read_text(encoding="utf-8")) == engine


def test_cli_build_of_nothing_readable_writes_only_the_report(kg: Kg, pipeline: Any, tmp_path: Path) -> None:
    pipeline([], [EMPTY])
    run = kg("build", "b.txt", "--out", str(tmp_path))
    assert run.code == 2
    assert "nothing could be read" in run.err
    assert [path.name for path in tmp_path.iterdir()] == ["report.json"]
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["problems"] == [EMPTY]


def test_cli_build_prints_json(kg: Kg, pipeline: Any, tmp_path: Path) -> None:
    pipeline([READ])
    report = json.loads(kg("build", "a.txt", "--out", str(tmp_path), "--json", "--no-html").out)
    assert report["read"] == [READ]
    assert str(tmp_path / "graph.ttl") in report["files"]


def test_cli_build_reads_stdin_when_asked(kg: Kg, pipeline: Any, tmp_path: Path, monkeypatch: Any) -> None:
    called = pipeline([READ])
    (tmp_path / "in").write_text("text", encoding="utf-8")
    with (tmp_path / "in").open(encoding="utf-8") as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        kg("build", "-", "--out", str(tmp_path / "out"), "--no-html")
        assert called["stdin"] is stream.buffer


@pytest.mark.parametrize(
    "arguments",
    [
        ["build"],
        ["build", "a.txt"],
        ["build", "a.txt", "--out", "{file}"],
        ["build", "a.txt", "--out", "{tmp}", "--base", "no iri"],
        ["build", "a.txt", "--out", "{tmp}", "--workers", "-1"],
        ["query"],
        ["query", "{sample}"],
        ["query", "{sample}", "x", "-f", "y"],
        ["query", "{sample}", "-f", "{tmp}/missing.rq"],
        ["query", "{sample}", "posts", "--param", "novalue"],
        ["query", "{sample}", "posts", "--actor"],
        ["query", "{sample}", "posts", "too much"],
        ["query", "{sample}", "posts", "-x"],
        ["query", "{sample}", "ASK {{}}", "--actor", "Putin"],
        ["query", "posts", "--timeout", "-1"],
        ["query", "{file}", "posts"],
        ["query", "{tmp}/missing.ttl", "posts"],
        ["query", "{tmp}", "posts"],
        ["stats", "{tmp}/missing"],
        ["why", "{sample}"],
        ["validate", "{tmp}/missing"],
        ["nonsense"],
    ],
)
def test_cli_wrong_usage_is_told_without_a_traceback(
    kg: Kg, pipeline: Any, tmp_path: Path, arguments: list[str]
) -> None:
    pipeline([READ])
    (tmp_path / "file").write_text("hello", encoding="utf-8")
    places = {"tmp": str(tmp_path), "file": str(tmp_path / "file"), "sample": str(SAMPLE)}
    run = kg(*(argument.format(**places) for argument in arguments))
    assert run.code == 2
    assert run.err
    assert "Traceback" not in run.err


def test_cli_errors_of_the_library_are_one_line(kg: Kg, pipeline: Any, tmp_path: Path, monkeypatch: Any) -> None:
    pipeline([READ])

    def fail(inputs: Sequence[str], **options: Any) -> Graph:
        raise InputError("x.txt", "broken\nin two")

    monkeypatch.setattr(sys.modules["kg.pipeline"], "build", fail)
    run = kg("build", "x.txt", "--out", str(tmp_path))
    assert (run.code, run.err) == (2, "kg: x.txt: broken in two\n")


def test_cli_query_table_csv_json_turtle(kg: Kg) -> None:
    question = "SELECT ?l ?n { ?e a kg:PhoneCall ; rdfs:label ?l ; kg:ordinal ?n }"
    assert "Phone call: Donald Trump" in kg("query", str(SAMPLE), question).out
    csv = kg("query", str(SAMPLE), question, "--format", "csv").out
    assert csv.splitlines() == ["l,n", '"Phone call: Donald Trump, Vladimir Putin, 2025-07-03",6']
    answer = json.loads(kg("query", str(SAMPLE), question, "--json").out)
    assert answer["head"]["vars"] == ["l", "n"]
    assert answer["results"]["bindings"][0]["n"]["datatype"].endswith("#integer")
    assert answer["results"]["bindings"][0]["l"]["xml:lang"] == "en"
    construct = "CONSTRUCT WHERE { ?e a kg:PhoneCall ; kg:ordinal ?n }"
    turtle = kg("query", str(SAMPLE), construct, "--format", "turtle").out
    assert "kg:ordinal 6 ." in turtle
    assert "ordinal" in kg("query", str(SAMPLE), construct).out
    assert len(json.loads(kg("query", str(SAMPLE), construct, "--json").out)["results"]["bindings"]) == 2
    refused = kg("query", str(SAMPLE), question, "--format", "turtle")
    assert (refused.code, refused.err.count("\n")) == (1, 1)


@pytest.mark.parametrize(("form", "expected"), [("table", "yes"), ("csv", "yes"), ("json", '"boolean": true')])
def test_cli_query_ask(kg: Kg, form: str, expected: str) -> None:
    assert expected in kg("query", str(SAMPLE), "ASK { ?e a kg:PhoneCall }", "--format", form).out


def test_cli_query_by_name_hides_parameters(kg: Kg) -> None:
    run = kg("query", str(SAMPLE), "posts", "--param", "name=trump", "--format", "csv")
    assert run.out.splitlines() == ["holder,post,in", "Donald Trump,President of the United States,United States"]
    empty = kg("query", str(SAMPLE), "posts", "--param", "name=nobody")
    assert (empty.code, empty.err) == (0, "kg: no rows\n")


def test_cli_query_takes_parameters_as_options_and_build_for_the_graph(
    kg: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    without = kg("query", "posts")
    assert (without.code, without.out) == (2, "")
    assert "no folder 'build' here" in without.err
    sample().save(tmp_path / "build", ["turtle", "trig"])
    expected = ["holder,post,in", "Donald Trump,President of the United States,United States"]
    for words in (["posts", "--actor", "Trump"], ["build", "posts", "--actor=Trump"], ["--actor", "Trump", "posts"]):
        assert kg("query", *words, "--format", "csv").out.splitlines() == expected
    assert kg("query", "posts", "--actor", "trum").err == "kg: no rows\n"
    unknown = kg("query", "posts", "--actr", "Trump")
    assert (unknown.code, unknown.out) == (1, "")
    assert "it has --name, --actor" in unknown.err
    assert "2025-07-01" in kg("query", "leader-contacts", "--since", "July").err
    graphs = kg("query", "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", "--format", "csv").out
    assert len(graphs.splitlines()) == 3


def test_cli_query_warns_of_names_that_nothing_bears(kg: Kg) -> None:
    run = kg("query", str(SAMPLE), "ASK { ?e a kg:PhoneCal ; kg:participant ?x }")
    assert (run.code, run.out.split()) == (0, ["answer", "──────", "no"])
    assert run.err == "kg: kg:PhoneCal is in neither the graph nor its ontology; did you mean kg:PhoneCall?\n"


def test_cli_query_shows_a_query_for_other_stores(kg: Kg) -> None:
    text = kg("query", "--show", "leader-contacts", "--actor", 'a "b"').out
    assert text.startswith("PREFIX kg: <https://w3id.org/newskg/ns#>\n")
    assert 'VALUES ?actor { "a \\"b\\"" }' in text


def test_cli_query_explains_how_it_answers(kg: Kg) -> None:
    steps = kg("query", str(SAMPLE), "leader-contacts", "--explain").out
    assert "QuadPattern(?event rdf:type" in steps
    assert re.search(r"Sort\(.*→ 1 row, 0\.\d+ s", steps)
    assert kg("query", str(SAMPLE), "SELECT nothing", "--explain").code == 1
    assert "QuadPattern" in kg("query", str(SAMPLE), "CONSTRUCT WHERE { ?s a kg:PhoneCall }", "--explain").out


def test_cli_query_stops_at_its_time_limit(tmp_path: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    done = shell(f"kg query {SAMPLE} '{endless}' --timeout 0.5")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "kg: stopped after 0.5 seconds; ask for less, or give more time with --timeout\n"


def test_cli_query_asks_an_allowed_service_and_no_other(kg: Kg) -> None:
    class Endpoint(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer = {"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "far"}}]}}
            content = json.dumps(answer).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/sparql"
    question = f"SELECT ?x {{ SERVICE <{url}> {{ ?s ?p ?x }} }}"
    try:
        run = kg("query", str(SAMPLE), question, "--allow-service", url, "--format", "csv")
        assert (run.out.split(), run.err) == (["x", "far"], "")
        other = kg("query", str(SAMPLE), question, "--allow-service", "http://127.0.0.1:9/")
        assert (other.code, other.out) == (1, "")
        assert "only <http://127.0.0.1:9/> is allowed" in other.err
        variable = question.replace(f"<{url}>", "?there")
        assert kg("query", str(SAMPLE), variable, "--allow-service", url).code == 1
    finally:
        server.shutdown()
        server.server_close()


def test_cli_query_from_a_file_with_a_limit(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("SELECT ?s { ?s a ?c } ORDER BY ?s", encoding="utf-8")
    run = kg("query", str(SAMPLE), "-f", str(tmp_path / "q.rq"), "--limit", "2", "--format", "csv")
    assert len(run.out.splitlines()) == 3
    assert "only the first 2" in run.err


@pytest.mark.parametrize("arguments", [["query", "--list"], ["query", "anything", "--list"]])
def test_cli_query_list_needs_no_graph(kg: Kg, arguments: list[str]) -> None:
    run = kg(*arguments)
    assert run.code == 0
    assert "leader-contacts" in run.out
    assert "--actor" in run.out


@pytest.mark.parametrize(
    "question", ["nonesuch", "SELECT nothing", "SELECT * { ?s a foo:b }", "SELECT * { SERVICE <a:b> {} }"]
)
def test_cli_query_unknown_or_broken_is_one_line(kg: Kg, question: str) -> None:
    run = kg("query", str(SAMPLE), question)
    assert (run.code, run.out, run.err.count("\n")) == (1, "", 1)


def test_cli_stats_for_people_and_machines(kg: Kg) -> None:
    assert "Vladimir Putin" in kg("stats", str(SAMPLE)).out
    stats = json.loads(kg("stats", str(SAMPLE), "--json", "--top", "1").out)
    assert stats["counts"]["events"] == 3
    assert [actor["label"] for actor in stats["most_central"]] == ["Vladimir Putin"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["central", "{sample}", "--top", "1"], "Vladimir Putin"),
        (["communities", "{sample}"], "Donald Trump, Ukraine"),
        (["contacts", "{sample}", "--actor", "Putin"], "2025-07"),
        (["together", "{sample}"], "Yuri Ushakov"),
        (
            ["path", "{sample}", "Donald Trump", "Ukraine"],
            "“Trump and Putin held their sixth call today.”  (The Daily)",
        ),
    ],
)
def test_cli_analyze_prints_tables_and_json(kg: Kg, arguments: list[str], expected: str) -> None:
    words = [word.format(sample=SAMPLE) for word in arguments]
    run = kg("analyze", *words)
    assert (run.code, run.err) == (0, "")
    assert expected in run.out
    assert json.loads(kg("analyze", *words, "--json").out)


def test_cli_analyze_says_when_there_is_nothing(kg: Kg) -> None:
    assert kg("analyze", "brokers", str(SAMPLE)).err == "kg: no rows\n"
    assert kg("analyze", "path", str(SAMPLE), "Donald Trump", "Iran").code == 1
    assert kg("analyze", "contacts", str(SAMPLE), "--actor", "Nobody").err == "kg: no rows\n"


def test_cli_why_prints_facts_and_sentences(kg: Kg) -> None:
    run = kg("why", str(SAMPLE), CALL)
    assert run.code == 0
    assert "hasBeginTimeStamp — 2025-07-02  [rejected, confidence 0.60, sources disagree]" in run.out
    assert "“Trump and Putin held their sixth call today.”  (The Daily, 2025-07-03, characters 18–60)" in run.out
    assert json.loads(kg("why", str(SAMPLE), "putin", "--json").out)["thing"]["label"] == "Vladimir Putin"
    assert kg("why", str(SAMPLE), CALL, "--limit", "1").out.count("more facts") == 1


def test_cli_why_ambiguous_or_unknown(kg: Kg) -> None:
    ambiguous = kg("why", str(SAMPLE), "the")
    assert ambiguous.code == 1
    assert "entity/the-daily" in ambiguous.out
    unknown = kg("why", str(SAMPLE), "Putinn")
    assert (unknown.code, unknown.err.count("\n")) == (1, 1)


def reported(*violations: Violation) -> ValidationReport:
    return ValidationReport(violations=violations, engine="sparql", triples=1)


def test_cli_validate_prints_violations(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    fault = Violation(
        severity="Violation",
        node=NamedNode(CALL),
        route=None,
        found=Literal("x\x1b[31m"),
        message="needs a status",
        shape="http://x/s#Status",
        constraint="MinCount",
    )
    faults = [replace(fault, node=NamedNode(f"{CALL}{n}")) for n in range(5)]
    monkeypatch.setattr("kg.validation.validate", lambda graph, **options: reported(*faults))
    run = kg("validate", str(SAMPLE))
    assert run.code == 1
    assert run.out.count("needs a status") == 1
    assert "Status, 5 nodes" in run.out
    assert "and 2 more (--all)" in run.out
    assert "\x1b" not in run.out
    assert f"{CALL}4" in kg("validate", str(SAMPLE), "--all").out
    whole = json.loads(kg("validate", str(SAMPLE), "--json").out)
    assert whole["violations"][0]["message"] == "needs a status"
    assert "sh:ValidationReport" in kg("validate", str(SAMPLE), "--format", "turtle").out
    monkeypatch.setattr("kg.validation.validate", lambda graph, **options: reported())
    assert kg("validate", str(SAMPLE)).code == 0


def test_cli_validate_takes_shapes_and_engine(kg: Kg, tmp_path: Path) -> None:
    shapes = tmp_path / "mine.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/newskg/ns#> .\n"
        '<http://x/S> sh:targetClass kg:PhoneCall ; sh:closed true ; sh:message "closed" .',
        encoding="utf-8",
    )
    run = kg("validate", str(SAMPLE), "--shapes", str(shapes))
    assert run.code == 1
    assert "checked by pySHACL" in run.err
    assert "sh:closed" in run.err
    refused = kg("validate", str(SAMPLE), "--shapes", str(shapes), "--engine", "sparql")
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    missing = kg("validate", str(SAMPLE), "--shapes", str(tmp_path / "none.ttl"))
    assert (missing.code, missing.err.count("\n")) == (2, 1)


def test_cli_version_is_the_packages(kg: Kg) -> None:
    import tomllib

    import kg as package

    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert kg("--version").out == f"newskg {project['version']}\n" == f"newskg {package.__version__}\n"


@pytest.mark.parametrize("command", [[], ["build"], ["query"], ["serve"], ["validate"], ["stats"], ["why"]])
def test_cli_help_gives_examples_and_exit_codes(kg: Kg, command: list[str]) -> None:
    run = kg(*command, "--help")
    assert run.code == 0
    assert "Exit codes" in run.out
    assert not command or f"kg {command[0]} " in run.out.split("Examples")[1]


def shell(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a shell line in which `kg` is this package's command."""
    command = f'kg() {{ "{sys.executable}" -c "from kg.cli import main; main()" "$@"; }}; {line}'
    return subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def test_cli_starts_quickly_and_loads_nothing_heavy() -> None:
    code = (
        "import sys, kg, kg.cli; print([m for m in ('spacy', 'rdflib', 'pyoxigraph', 'networkx') if m in sys.modules])"
    )
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert time.monotonic() - started < 5  # 0.3 s alone on a core; slack for a busy machine


def test_cli_ends_quietly_when_the_reader_stops() -> None:
    done = shell(f"kg query {SAMPLE} 'SELECT * {{ ?a ?b ?c . ?d ?e ?f }}' --format csv | head -1")
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


@pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "ascii"}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_cli_prints_in_any_environment(environment: dict[str, str]) -> None:
    done = shell(f"kg why {SAMPLE} putin && kg stats {SAMPLE}", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout


# ── knowledge ────────────────────────────────────────────────────────────────────────────────────


def test_knowledge_search_lists_bearers(kg: Kg) -> None:
    found = json.loads(kg("knowledge", "search", "Zelenskiy", "--json").out)
    assert found[0]["name"] == "Volodymyr Zelenskyy"
    partly = kg("knowledge", "search", "foreign ministry", "--limit", "2").out
    assert len(partly.splitlines()) == 4


def test_knowledge_search_of_nobody(kg: Kg) -> None:
    run = kg("knowledge", "search", "Xqzzy")
    assert (run.code, run.out) == (1, "")
    assert "Xqzzy" in run.err


def test_knowledge_show_gives_posts_of_a_day(kg: Kg) -> None:
    text = kg("knowledge", "show", "Russia", "--on", "2025-07-03").out
    assert "http://www.wikidata.org/entity/Q159" in text
    assert re.search(r"President +Vladimir Putin +2012-05-07", text)
    whole = json.loads(kg("knowledge", "show", "Q7747", "--json").out)
    assert {"title": "President", "body": "Q159"}.items() <= whole["holds"][0].items()


def test_knowledge_show_of_no_one_thing(kg: Kg) -> None:
    run = kg("knowledge", "show", "Springfield or so")
    assert run.code == 1
    assert "kg knowledge search" in run.err


def test_knowledge_reads_files_of_the_user(kg: Kg, tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("name,type\nUtopian Alliance,Organization\n", encoding="utf-8")
    assert "mine.csv" in kg("knowledge", "show", "Utopian Alliance", "--knowledge", str(file)).out
    file.write_text("name,type\nUtopian Alliance,Club\n", encoding="utf-8")
    run = kg("knowledge", "show", "Utopian Alliance", "--knowledge", str(file))
    assert run.code == 2
    assert "mine.csv:2" in run.err


def test_knowledge_refresh_that_cannot_reach_the_endpoint(kg: Kg, tmp_path: Path) -> None:
    run = kg("knowledge", "refresh", "--out", str(tmp_path / "x.csv"), "--endpoint", "http://127.0.0.1:9/sparql")
    assert run.code == 2
    assert "http://127.0.0.1:9/sparql" in run.err
    assert not list(tmp_path.iterdir())
