"""What a push sends, how it goes on after it broke, and whom it tells a password; against a server of our own."""

import base64
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse
from sample_graph import SAMPLE, hostile, sample
from typer.testing import CliRunner

from kg.cli import app
from kg.cli.push import PROTOCOLS
from kg.errors import PushError
from kg.pushing import Push, push
from kg.pushing.batches import N_QUADS, UPDATE, Batch, Protocol, protocol_of
from kg.pushing.endpoint import PASSWORD, TOKEN, UNENCRYPTED, USER, Endpoint, checked_address
from kg.pushing.journal import journal_beside
from kg.store import Graph

RUN = CliRunner()
URL = "http://127.0.0.1:1/"
ONE = Batch(method="POST", query="", type=N_QUADS, body=b"<a:b> <a:c> <a:d> .\n", triples=1)
BEFORE = Quad(NamedNode("a:b"), NamedNode("a:c"), Literal("before"))


class Recorder:
    """A server that keeps what it is sent; `answers` are given first, then 204."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, str], bytes]] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                recorder.requests.append((self.command, self.path, dict(self.headers), body))
                status, headers, text = recorder.answers.pop(0) if recorder.answers else (204, {}, b"")
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(text))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_PUT = do_POST = answer  # noqa: N815 - the names that http.server looks for

            def log_message(self, *_: Any) -> None:
                """Silence."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/data"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    recorder = Recorder()
    yield recorder
    recorder.server.shutdown()
    recorder.server.server_close()


def planned(graph: Graph, protocol: Protocol, **options: Any) -> list[Batch]:
    return list(Push(url=URL, protocol=protocol, **options).batches(graph))


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("graph", [sample(), hostile()], ids=["sample", "hostile"])
@pytest.mark.parametrize("replace", [False, True])
def test_pushing_updates_make_the_dataset(graph: Graph, size: int, replace: bool) -> None:
    store = Store()
    store.add(BEFORE)
    batches = planned(graph, Protocol.UPDATE, batch=size, replace=replace)
    for batch in batches:
        assert batch.type == UPDATE
        assert 0 < batch.triples <= size
        store.update(batch.body.decode())
    assert set(store) - set(graph.quads()) == (set() if replace else {BEFORE})
    assert set(graph.quads()) <= set(store)
    assert sum(batch.triples for batch in batches) == len(graph.quads())


def test_pushing_names_the_graphs_of_the_graph_store() -> None:
    batches = planned(sample(), Protocol.GRAPH_STORE, batch=20, replace=True)
    queries = list(dict.fromkeys(batch.query for batch in batches))
    assert queries[0] == "default"
    assert queries[1] == "graph=https%3A%2F%2Fw3id.org%2Fnewskg%2Fid%2Farticle%2Fdaily-call-00000001"
    for query in queries:
        methods = [batch.method for batch in batches if batch.query == query]
        assert methods == ["PUT"] + ["POST"] * (len(methods) - 1)
    assert {batch.method for batch in planned(sample(), Protocol.GRAPH_STORE)} == {"POST"}
    named = planned(sample(), Protocol.GRAPH_STORE, default_graph="https://example.org/news")
    assert named[0].query == "graph=https%3A%2F%2Fexample.org%2Fnews"


def test_pushing_quads_are_the_dataset() -> None:
    batches = planned(sample(), Protocol.QUADS, batch=10)
    quads = [quad for batch in batches for quad in parse(batch.body, RdfFormat.N_QUADS)]
    assert quads and set(quads) == set(sample().quads())
    with pytest.raises(PushError, match="quads cannot empty a graph"):
        planned(sample(), Protocol.QUADS, replace=True)


def test_pushing_refuses_blank_nodes() -> None:
    with pytest.raises(PushError, match="a blank node cannot be sent in parts"):
        planned(Graph([Quad(BlankNode("x"), NamedNode("a:c"), Literal("y"))]), Protocol.UPDATE)


@pytest.mark.parametrize(
    ("path", "replace", "protocol"),
    [
        ("/store", False, "quads"),
        ("/store", True, "graph-store"),
        ("/update/", False, "update"),
        ("/repositories/x/statements", False, "quads"),
        ("/repositories/x/statements", True, "update"),
        ("/sparql-auth", False, "update"),
        ("/sparql-graph-crud-auth?a=b", False, "graph-store"),
        ("", False, "graph-store"),
    ],
)
def test_pushing_protocol_is_told_by_the_address(path: str, replace: bool, protocol: str) -> None:
    assert protocol_of(f"http://127.0.0.1{path}", replace=replace) == protocol
    assert set(PROTOCOLS) == set(Protocol)


def test_pushing_goes_on_where_it_broke(recorder: Recorder, tmp_path: Path) -> None:
    to = Push(url=recorder.url, protocol=Protocol.QUADS, batch=10)
    journal = tmp_path / "journal.json"
    recorder.answers = [(204, {}, b""), (204, {}, b""), (400, {}, b"<html><body>no &amp; never</body></html>")]
    with pytest.raises(PushError, match=r"answered 400 Bad Request: no & never; 20 triples are there, the same"):
        push(sample(), to, journal)
    assert json.loads(journal.read_text(encoding="utf-8"))["requests"] == 2
    before = len(recorder.requests)
    total = len(sample().quads())
    heard: list[int] = []
    sent = push(sample(), to, journal, heard.append)
    assert (sent.triples, sent.skipped) == (total, 20)
    assert sent.requests == len(recorder.requests) - before
    assert heard[-1] == total
    assert not journal.exists()
    told = [recorder.requests[n][3] for n in (0, 1)] + [request[3] for request in recorder.requests[before:]]
    assert {quad for body in told for quad in parse(body, RdfFormat.N_QUADS)} == set(sample().quads())


def test_pushing_notices_that_the_graph_has_changed(recorder: Recorder, tmp_path: Path) -> None:
    journal = tmp_path / "journal.json"
    to = Push(url=recorder.url, protocol=Protocol.QUADS, batch=10)
    recorder.answers = [(204, {}, b""), (400, {}, b"")]
    with pytest.raises(PushError):
        push(sample(), to, journal)
    with pytest.raises(PushError, match="has changed since the push that broke"):
        push(hostile(), to, journal)
    # With other options there is nothing to go on with.
    assert push(hostile(), Push(url=recorder.url, protocol=Protocol.QUADS), journal).skipped == 0
    journal.write_text("[]", encoding="utf-8")
    with pytest.raises(PushError, match="not the journal of a push"):
        push(sample(), to, journal)


def test_pushing_tries_again_when_the_store_is_busy(recorder: Recorder) -> None:
    recorder.answers = [(503, {}, b""), (502, {"Retry-After": "0"}, b"")]
    with Endpoint(recorder.url, {}, pause=0) as endpoint:
        endpoint.send(ONE)
    assert [request[3] for request in recorder.requests] == [ONE.body] * 3


def test_pushing_follows_no_redirect(recorder: Recorder) -> None:
    recorder.answers = [(307, {"Location": "http://elsewhere/"}, b"")]
    with Endpoint(recorder.url, {}) as endpoint, pytest.raises(PushError, match="sends us to http://elsewhere/"):
        endpoint.send(ONE)


def test_pushing_authenticates_as_the_store_asks(recorder: Recorder) -> None:
    known = {USER: "me", PASSWORD: "secret"}
    with Endpoint(recorder.url, known) as endpoint:
        endpoint.send(ONE)
    expected = base64.b64encode(b"me:secret").decode()
    assert recorder.requests[-1][2]["Authorization"] == f"Basic {expected}"

    challenge = {"WWW-Authenticate": 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'}
    recorder.answers = [(401, challenge, b""), (401, challenge, b"")]
    with Endpoint(recorder.url, known) as endpoint:
        endpoint.send(ONE)
    assert recorder.requests[-1][2]["Authorization"].startswith('Digest username="me", realm="r", nonce="n"')
    assert all("secret" not in str(request) for request in recorder.requests)

    with Endpoint(recorder.url, {TOKEN: "abc"}) as endpoint:
        endpoint.send(ONE)
    assert recorder.requests[-1][2]["Authorization"] == "Bearer abc"


def test_pushing_tells_nobody_a_password_in_the_clear() -> None:
    known = {USER: "me", PASSWORD: "secret"}
    for address in ("http://store.example/x", "http://127.0.0.1.example/x", "http://10.0.0.1/x"):
        with pytest.raises(PushError, match="no password goes over plain http") as caught:
            Endpoint(address, known)
        assert "secret" not in str(caught.value)
        with pytest.raises(PushError, match="no password goes over plain http"):
            Endpoint(address, {TOKEN: "abc"})
    Endpoint("http://store.example/x", {TOKEN: "abc", UNENCRYPTED: "1"})
    with pytest.raises(PushError, match=f"{USER} is set and {PASSWORD} is not"):
        Endpoint("https://store.example/x", {USER: "me"})


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://me:secret@127.0.0.1/x", "a password does not belong into an address"),
        ("file:///etc/passwd", "not an address of an endpoint"),
        ("store", "not an address of an endpoint"),
        ("http://127.0.0.1:99999/x", "no address"),
        ("http://[x/", "no address"),
    ],
)
def test_pushing_refuses_addresses(address: str, message: str) -> None:
    with pytest.raises(PushError, match=message) as caught:
        checked_address(address)
    assert "secret" not in str(caught.value)


def test_pushing_says_that_nobody_listens() -> None:
    with Endpoint(URL, {}, pause=0) as endpoint, pytest.raises(PushError, match=r"cannot be reached: .*refused$"):
        endpoint.send(ONE)


def test_push_dry_run_asks_the_network_nothing(recorder: Recorder) -> None:
    done = RUN.invoke(app, ["push", str(SAMPLE), "--to", recorder.url, "--dry-run", "--replace"])
    assert done.exit_code == 0, done.output
    assert f"Would send {len(sample().quads())} triples in 3 requests" in done.output
    assert "3 graphs would be emptied first." in done.output
    done = RUN.invoke(app, ["push", str(SAMPLE), "--to", recorder.url, "--dry-run", "--json"])
    assert json.loads(done.output)["protocol"] == "graph-store"
    assert recorder.requests == []


def test_push_command_leaves_no_journal(recorder: Recorder, tmp_path: Path) -> None:
    graph = tmp_path / "graph.trig"
    graph.write_bytes(SAMPLE.read_bytes())
    done = RUN.invoke(app, ["push", str(tmp_path), "--to", recorder.url, "--batch", "30"])
    assert f"Sent {len(sample().quads())} triples to {recorder.url} (graph-store)." in done.output
    assert list(tmp_path.iterdir()) == [graph]
    recorder.answers = [(204, {}, b""), (500, {}, b"")]
    done = RUN.invoke(app, ["push", str(tmp_path), "--to", recorder.url, "--batch", "30"])
    assert isinstance(done.exception, PushError)
    assert journal_beside(graph, recorder.url).exists()
    done = RUN.invoke(app, ["push", str(graph), "--to", recorder.url, "--batch", "30", "--json"])
    assert json.loads(done.output)["sent_before"] == 30
    assert list(tmp_path.iterdir()) == [graph]


@pytest.mark.parametrize(
    ("words", "message"),
    [(["--protocol", "ftp"], "no ftp; there are graph-store"), (["--default-graph", "x y"], "x y is no IRI")],
)
def test_push_says_what_is_wrong(words: list[str], message: str) -> None:
    done = RUN.invoke(app, ["push", str(SAMPLE), "--to", URL, *words], env={"COLUMNS": "300"})
    assert done.exit_code == 2
    assert message in done.output
