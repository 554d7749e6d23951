import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sample_graph import SAMPLE, sample

from kg.errors import ServerError
from kg.serving import program as program_module
from kg.serving.front import MAX_BODY
from kg.serving.page import query_page
from kg.serving.program import explain, program
from kg.serving.server import running_server

ASK = "/query?" + urlencode({"query": "ASK { ?s ?p ?o }"})
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
STARTED = re.compile(r"page      (http://\S+)/\nendpoint  (\S+)")


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """`kg serve` in a process of its own; gives its origin."""
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", *arguments, "--no-open"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )
    try:
        assert process.stdout is not None
        page = process.stdout.readline()
        if not page:
            yield "", process
            return
        yield page.split()[1].rstrip("/"), process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with serving(str(SAMPLE), "--port", "0") as (started, _):
        yield started


def ask(
    origin: str, method: str, path: str, body: str | bytes | None = None, **headers: str
) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection(origin.removeprefix("http://"), timeout=20)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.headers), answer.read().decode()
    finally:
        connection.close()


def test_serving_answers_the_protocol_in_its_three_forms(origin: str) -> None:
    form = "application/x-www-form-urlencoded"
    expected = ["n", str(len(sample()))]
    query = urlencode({"query": COUNT})
    assert ask(origin, "GET", f"/query?{query}", Accept="text/csv")[2].split() == expected
    assert ask(origin, "POST", "/query", query, Accept="text/csv", Content_Type=form)[2].split() == expected
    alone = ask(origin, "POST", "/sparql", COUNT, Accept="text/csv", Content_Type="application/sparql-query")
    assert alone[2].split() == expected
    status, headers, answer = ask(origin, "GET", ASK, Accept="application/sparql-results+json")
    assert (status, headers["Content-Type"]) == (200, "application/sparql-results+json")
    assert json.loads(answer)["boolean"] is True
    status, _, complaint = ask(origin, "GET", "/query?query=SELECT+nothing")
    assert status == 400
    assert "1:15" in complaint


def test_serving_counts_each_triple_once_and_has_the_articles_graphs(origin: str) -> None:
    """The default graph is the union; a triple of two articles is one."""
    sparql_wrapper = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper comes with the extra dev")
    client = sparql_wrapper.SPARQLWrapper(f"{origin}/query", returnFormat=sparql_wrapper.JSON)
    for method in (sparql_wrapper.GET, sparql_wrapper.POST):
        client.setMethod(method)
        client.setQuery(COUNT)
        assert client.queryAndConvert()["results"]["bindings"][0]["n"]["value"] == str(len(sample()))
        client.setQuery("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
        assert len(client.queryAndConvert()["results"]["bindings"]) == 2


def test_serving_is_a_store_to_rdflib(origin: str) -> None:
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    graph = rdflib.Graph(SPARQLStore(f"{origin}/query"))
    assert len(graph) == len(sample())
    kg = rdflib.Namespace("https://w3id.org/newskg/ns#")
    (call,) = graph.subjects(rdflib.RDF.type, kg.PhoneCall)
    assert graph.value(call, kg.ordinal) == rdflib.Literal(6)
    (row,) = graph.query(
        "SELECT ?l WHERE { ?e a kg:PhoneCall ; rdfs:label ?l }", initNs={"kg": kg, "rdfs": rdflib.RDFS}
    )
    assert str(row[0]) == "Phone call: Donald Trump, Vladimir Putin, 2025-07-03"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "", "127.0.0.1.evil.example"])
def test_serving_refuses_names_that_are_not_this_machines(origin: str, host: str) -> None:
    assert ask(origin, "GET", ASK, Host=host)[0] == 403
    assert ask(origin, "GET", "/", Host=host)[0] == 403


def test_serving_refuses_pages_of_other_sites(origin: str) -> None:
    assert ask(origin, "GET", ASK, Origin="http://evil.example")[0] == 403
    assert ask(origin, "POST", "/query", "query=ASK{}", Origin="null")[0] == 403
    status, headers, _ = ask(origin, "GET", ASK, Origin=origin)
    assert status == 200
    assert not [name for name in headers if name.lower().startswith("access-control")]
    assert ask(origin, "OPTIONS", "/query")[0] == 501


@pytest.mark.parametrize(
    ("method", "path", "body", "kind", "status"),
    [
        ("POST", "/update", "update=DROP+ALL", "application/x-www-form-urlencoded", 404),
        ("PUT", "/store?default", "", "text/turtle", 501),
        ("GET", "/store?default", None, "", 404),
        ("GET", "/query", None, "", 400),
        ("POST", "/query", "ASK{}", "text/plain", 415),
        ("POST", "/query", "x=1", "application/x-www-form-urlencoded", 400),
        ("POST", "/query", b"\xff", "application/sparql-query", 400),
        ("POST", "/query", "SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "application/sparql-query", 400),
        ("POST", "/query?query=SELECT*{SERVICE<http://h/>{}}", "ASK{}", "application/sparql-query", 400),
        ("POST", "/query", "ASK" + "{" * 10_000 + "}" * 10_000, "application/sparql-query", 400),
        ("POST", "/query", "#" * (MAX_BODY + 1), "application/sparql-query", 413),
    ],
)
def test_serving_refuses_what_it_does_not_do(
    origin: str, method: str, path: str, body: str | bytes | None, kind: str, status: int
) -> None:
    assert ask(origin, method, path, body, Content_Type=kind)[0] == status
    assert ask(origin, "GET", ASK)[0] == 200  # and it lives on


def test_serving_page_is_whole_and_escapes_its_title(origin: str) -> None:
    status, headers, page = ask(origin, "GET", "/")
    assert status == 200
    assert page.encode() == query_page(str(SAMPLE), sample().base)[0]
    assert re.findall(r"""\b(?:src|href)=.{6}""", page) == ['href="data:']
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    hostile, _ = query_page("</title><script>alert(1)</script>", sample().base)
    assert b"<script>alert" not in hostile


def test_serving_page_asks_in_a_browser(origin: str) -> None:
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("needs chromium and chromedriver")
    from selenium import webdriver
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait

    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=shutil.which("chromedriver"))
    with webdriver.Chrome(options=options, service=service) as browser:
        browser.get(origin)
        browser.find_element(By.NAME, "actor").send_keys('Trump"\\')
        text = browser.find_element(By.ID, "query")
        assert r'VALUES ?actor { "Trump\"\\" }' in text.get_property("value")
        browser.find_element(By.NAME, "actor").clear()
        browser.find_element(By.NAME, "actor").send_keys("Trump")
        text.send_keys(Keys.CONTROL, Keys.ENTER)
        status = browser.find_element(By.ID, "status")
        WebDriverWait(browser, 10).until(lambda _: status.text.startswith("1 row in"))
        assert "Vladimir Putin" in browser.find_element(By.ID, "answer").text
        browser.find_element(By.CSS_SELECTOR, "td button").click()
        WebDriverWait(browser, 10).until(lambda _: "kg:ordinal" in browser.find_element(By.ID, "answer").text)
        text.clear()
        text.send_keys('SELECT ("<img src=x onerror=alert(1)>" AS ?x) {}', Keys.CONTROL, Keys.ENTER)
        WebDriverWait(browser, 10).until(lambda _: "<img" in browser.find_element(By.ID, "answer").text)
        text.clear()
        text.send_keys("SELECT nothing", Keys.CONTROL, Keys.ENTER)
        WebDriverWait(browser, 10).until(lambda _: "error at 1:15" in status.text)
        faults = [entry["message"] for entry in browser.get_log("browser")]
    assert [fault for fault in faults if "400" not in fault] == []  # the browser notes the refused query


def test_serving_ends_cleanly_and_takes_its_copy_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for end in (signal.SIGINT, signal.SIGTERM):
        with serving(str(SAMPLE), "--port", "0") as (started, process):
            assert ask(started, "GET", ASK)[0] == 200
            assert len(list(tmp_path.iterdir())) == 1
            process.send_signal(end)
            _, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (0, "kg: ended\n")
        assert list(tmp_path.iterdir()) == []
        with pytest.raises(OSError):
            ask(started, "GET", ASK)


def test_serving_listens_on_loopback_alone(origin: str) -> None:
    assert origin.startswith("http://127.0.0.1:")
    addresses = Path("/proc/net/tcp")
    if not addresses.exists():
        pytest.skip("needs /proc/net/tcp")
    port = f"{int(origin.rpartition(':')[2]):04X}"
    listening = [line.split()[1] for line in addresses.read_text("ascii").splitlines()[1:] if line.split()[3] == "0A"]
    assert [place for place in listening if place.endswith(f":{port}")] == [f"0100007F:{port}"]
    refused = subprocess.run(
        [
            sys.executable,
            "-c",
            "from kg.cli import main; main()",
            "serve",
            str(SAMPLE),
            "--host",
            "0.0.0.0",
            "--writable",
        ],
        capture_output=True,
        text=True,
    )
    assert refused.returncode == 2
    assert "may only read" in refused.stderr


def test_serving_takes_updates_only_when_asked_and_only_into_its_copy(tmp_path: Path) -> None:
    file = tmp_path / "news.trig"
    shutil.copy(SAMPLE, file)
    before = file.read_bytes()
    kind = "application/sparql-update"
    insert = "INSERT DATA { <http://x/s> <http://x/p> 1 }"
    with serving(str(file), "--port", "0", "--writable") as (started, _):
        assert ask(started, "POST", "/update", insert, Content_Type=kind, Origin="http://evil.example")[0] == 403
        assert ask(started, "GET", "/update?" + urlencode({"update": insert}))[0] == 400
        assert ask(started, "POST", "/update", insert, Content_Type=kind)[0] == 204
        question = "/query?" + urlencode({"query": "ASK { <http://x/s> <http://x/p> 1 }"})
        assert "true" in ask(started, "GET", question, Accept="application/sparql-results+json")[2]
    assert file.read_bytes() == before


def test_serving_gives_up_a_query_in_time(tmp_path: Path) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with serving(str(SAMPLE), "--port", "0", "--timeout", "1") as (started, _):
        begin = time.monotonic()
        status, _, answer = ask(started, "GET", "/query?" + urlencode({"query": endless}), Accept="text/csv")
        assert (status, answer) == (504, "given up: the query took too long\n")
        assert 0.9 < time.monotonic() - begin < 15
        assert ask(started, "GET", ASK)[0] == 200


def test_serving_a_store_lets_its_writer_go_on(tmp_path: Path) -> None:
    import kg

    store = tmp_path / "news"
    (tmp_path / "a.txt").write_text("Donald Trump met Vladimir Putin in Alaska on 15 August 2025.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Emmanuel Macron called Keir Starmer on 3 July 2025.\n", encoding="utf-8")
    kg.add([tmp_path / "a.txt"], store=store)
    meetings = "/query?" + urlencode({"query": "SELECT ?e { ?e a <https://w3id.org/newskg/ns#Meeting> }"})
    with serving(str(store), "--port", "0") as (started, _):
        first = ask(started, "GET", meetings, Accept="text/csv")[2]
        assert len(first.split()) == 2
        kg.add([tmp_path / "b.txt"], store=store)
        for _ in range(2):  # a copy for readers is taken away two changes later
            kg.remove([str(tmp_path / "a.txt")], store=store)
            kg.add([tmp_path / "a.txt"], store=store)
        kg.remove([str(tmp_path / "a.txt")], store=store)
        assert ask(started, "GET", meetings, Accept="text/csv")[2] == first
    assert len(kg.load(store)) > 0


def test_serving_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = running_server(tmp_path / "missing", writable=False, seconds=1)
    with pytest.raises(ServerError, match="ended at once"):
        server.__enter__()
    monkeypatch.setattr(program_module.shutil, "which", lambda *_, **__: None)
    with pytest.raises(ServerError, match="pip install oxigraph"):
        program()


def test_serving_explains_with_real_counts(tmp_path: Path) -> None:
    sample().write_database(tmp_path / "db")
    query = "SELECT ?e { ?e a <https://w3id.org/newskg/ns#PhoneCall> }"
    first, second = explain(tmp_path / "db", query, sample().prefixes(), seconds=20)
    assert re.fullmatch(r"Project\(\?e\)  → 1 row, \d\.\d{4} s", first)
    assert re.fullmatch(r"  QuadPattern\(\?e rdf:type kg:PhoneCall\)  → 1 row, \d\.\d{4} s", second)
