"""`kg add`, `kg remove`, `kg export`, `kg decide`, `kg why A B`, as a user types them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import DecisionError, GraphError, NewskgError

RUN = CliRunner()
DAY = "---\ntitle: {title}\ndate: 2025-07-0{day}\npublisher: {outlet}\n---\n\n{text}\n"
CALL = "Vladimir Putin and Donald Trump spoke by phone on 3 July 2025 for almost an hour, the Kremlin said on Thursday."


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    texts = {
        "a": (3, "Northern Wire", "Putin and Trump talk", CALL),
        "b": (4, "Harbour Gazette", "Call of the presidents", "Donald Trump phoned Vladimir Putin on 3 July 2025."),
        "c": (9, "Capital Ledger", "Macron in Berlin", "Emmanuel Macron met Friedrich Merz in Berlin on 8 July 2025."),
    }
    for name, (day, outlet, title, text) in texts.items():
        content = DAY.format(day=day, outlet=outlet, title=title, text=text)
        (folder / f"{name}.md").write_text(content, encoding="utf-8")
    return folder


def run(*words: str | Path, code: int = 0) -> str:
    """What a command prints; errors of the library, which `main` makes one line of, are raised."""
    result = RUN.invoke(app, [str(word) for word in words])
    if isinstance(result.exception, NewskgError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "report.json"}


def test_store_grows_and_shrinks_and_is_what_a_build_is(articles: Path, tmp_path: Path) -> None:
    store = tmp_path / "news"
    run("add", articles / "a.md", articles / "b.md", "--store", store, "-q")
    run("export", "--store", store, "--out", tmp_path / "two", "-q")
    run("build", articles / "a.md", articles / "b.md", "--out", tmp_path / "built", "-q")
    assert files(tmp_path / "two") == files(tmp_path / "built")
    assert "1 were there before" in run("add", articles / "a.md", "--store", store)
    assert "The store holds 3 articles." in run("add", articles, "--store", store)
    assert "removed" in run("remove", articles / "c.md", "--store", store)
    run("export", "--store", store, "--out", tmp_path / "again", "-q")
    assert files(tmp_path / "again") == files(tmp_path / "two")


def test_store_is_asked_as_a_graph(articles: Path, tmp_path: Path) -> None:
    run("add", articles, "--store", tmp_path / "news", "-q")
    rows = json.loads(
        run("query", tmp_path / "news", "SELECT ?l { ?e a kg:PhoneCall ; rdfs:label ?l }", "--format", "json")
    )
    labels = [row["l"]["value"] for row in rows["results"]["bindings"]]
    assert labels == ["Phone call: Donald Trump – Vladimir Putin (3 July 2025)"]
    name = "event/2025-07-03-phone-call-donald-trump-vladimir-putin"
    told = run("why", tmp_path / "news", name, name)
    assert "is one event: these accounts were joined" in told
    assert "agree on: participant Donald Trump, Vladimir Putin; date 3 July 2025" in told


def test_store_keeps_decisions(articles: Path, tmp_path: Path) -> None:
    store = tmp_path / "news"
    run("add", articles, "--store", store, "-q")
    rows = json.loads(
        run(
            "query",
            store,
            "SELECT ?a { ?a a schema:NewsArticle ; schema:publisher ?p } ORDER BY ?a",
            "--format",
            "json",
        )
    )
    names = [row["a"]["value"] for row in rows["results"]["bindings"]]
    call = "event/2025-07-03-phone-call-donald-trump-vladimir-putin"
    one, other = (name for name in names if "capital" not in name)
    assert "Written in" in run("decide", store, "different", f"{call} @ {one}", f"{call} @ {other}")
    count = "SELECT (COUNT(?e) AS ?n) { ?e a kg:PhoneCall }"
    assert '"2"' in run("query", store, count, "--format", "json")
    run("remove", articles / "c.md", "--store", store, "-q")
    assert '"2"' in run("query", store, count, "--format", "json")
    (store / "decisions.yaml").unlink()
    run("add", articles / "c.md", "--store", store, "-q")
    assert '"1"' in run("query", store, count, "--format", "json")


def test_build_follows_decisions(articles: Path, tmp_path: Path) -> None:
    run("build", articles, "--out", tmp_path / "built", "-q", "--no-html")
    trump, putin = "Donald Trump", "Vladimir Putin"
    made = tmp_path / "decisions.yaml"
    run("decide", tmp_path / "built", "same", trump, putin, "--decisions", made)
    run("build", articles, "--out", tmp_path / "again", "-q", "--no-html", "--decisions", made)
    assert '"0"' in run(
        "query", tmp_path / "again", 'SELECT (COUNT(*) AS ?n) { ?p rdfs:label "Vladimir Putin"@en }', "--format", "json"
    )


def test_store_keeps_of_one_text_what_came_out_first(articles: Path, tmp_path: Path) -> None:
    text = (articles / "a.md").read_text(encoding="utf-8")
    earlier = articles / "z.md"
    earlier.write_text(text.replace("2025-07-03", "2025-07-02", 1), encoding="utf-8")
    for order in ([articles / "a.md", earlier], [earlier, articles / "a.md"]):
        store = tmp_path / f"news{order[0].stem}"
        for path in order:
            kg.add([path], store=store)
        (row,) = kg.load(store).select("SELECT ?d { ?a schema:datePublished ?d }")
        assert row["d"] == "2025-07-02"
    assert kg.load(store).quads() == kg.build([articles / "a.md", earlier]).quads()


def test_store_from_python(articles: Path, tmp_path: Path) -> None:
    store = tmp_path / "news"
    (new,) = kg.add([articles / "a.md"], store=store)
    assert kg.add(articles / "a.md", store=store) == ()  # type: ignore[arg-type]
    assert len(kg.load(store).select("SELECT ?e { ?e a kg:PhoneCall }")) == 1
    assert kg.remove([new], store=store) == (new,)
    assert kg.load(store).select("SELECT ?a { ?a a schema:NewsArticle }") == []


def test_store_says_what_is_wrong(articles: Path, tmp_path: Path) -> None:
    store = tmp_path / "news"
    with pytest.raises(GraphError, match="no store; make one with: kg add"):
        run("remove", "x", "--store", store)
    run("add", articles / "a.md", "--store", store, "-q")
    with pytest.raises(GraphError, match="no article of the store is"):
        run("remove", "x", "--store", store)
    with pytest.raises(GraphError, match="this store has the base"):
        run("add", articles / "b.md", "--store", store, "--base", "https://example.org/")
    with pytest.raises(DecisionError, match="cannot be read"):
        (store / "decisions.yaml").write_text("- same: [", encoding="utf-8")
        run("add", articles / "b.md", "--store", store)
    assert run("add", "--store", store, code=2)
    assert run("decide", store, "same", "a", "b", "--decisions", "x.yaml", code=2)
