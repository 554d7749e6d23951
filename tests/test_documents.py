"""Reading documents: formats, metadata, order, and inputs that are broken or hostile."""

import io
import json
import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg import documents
from kg.documents import Problem, ProblemKind, find_inputs, read_documents
from kg.documents.composition import compose
from kg.documents.drafts import Draft, Line
from kg.documents.language import function_word_shares
from kg.model import BlockKind, Document

PARAGRAPH = "The two ministers met in Geneva on Friday and agreed that their teams would return to the table in a week."
SECOND = "A spokesman for the foreign ministry said that the talks had been frank, and that no date had been set yet."
TITLE = "Ministers Agree to Return to the Table"
ARTICLE = f"{TITLE}\n\n{PARAGRAPH}\n\n{SECOND}\n"


def read(*inputs: str | Path, stdin: bytes | None = None) -> tuple[list[Document], list[Problem]]:
    problems: list[Problem] = []
    stream = None if stdin is None else io.BytesIO(stdin)
    return list(read_documents(inputs, stdin=stream, on_problem=problems.append)), problems


def read_bytes(tmp_path: Path, name: str, content: bytes) -> tuple[list[Document], list[Problem]]:
    (tmp_path / name).write_bytes(content)
    return read(tmp_path / name)


def read_one(tmp_path: Path, name: str, text: str) -> Document:
    (document,), problems = read_bytes(tmp_path, name, text.encode())
    assert problems == []
    return document


def blocks(document: Document, kind: BlockKind) -> list[str]:
    return [document.text[block.begin : block.end] for block in document.blocks if block.kind is kind]


# ── formats ──────────────────────────────────────────────────────────────────────────────────────

FRONT = """---
title: "Ministers: back to the table"
date: 2025-07-03
publisher: The Example
author: [Jane Doe, John Roe]
url: https://example.org/a
language: en-GB
---
"""


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a", "a.news"])
def test_documents_reads_front_matter(tmp_path: Path, name: str) -> None:
    document = read_one(tmp_path, name, f"{FRONT}\n{PARAGRAPH}\n")
    assert document.text == f"Ministers: back to the table\n\n{PARAGRAPH}"
    assert (document.title, document.published) == ("Ministers: back to the table", date(2025, 7, 3))
    assert (document.publisher, document.authors) == ("The Example", ("Jane Doe", "John Roe"))
    assert (document.url, document.language) == ("https://example.org/a", "en-gb")
    assert [block.kind for block in document.blocks] == [BlockKind.TITLE, BlockKind.PARAGRAPH]


def test_documents_finds_the_title_of_plain_text(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", ARTICLE)
    assert document.title == TITLE
    assert blocks(document, BlockKind.TITLE) == [TITLE]
    assert (document.published, document.publisher, document.authors) == (None, None, ())


def test_documents_does_not_repeat_a_title_that_the_text_has(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.txt", f"---\ntitle: {TITLE.upper()}\n---\nWorld\n\n{ARTICLE}")
    assert document.text.count(TITLE) == 1
    assert blocks(document, BlockKind.TITLE) == [TITLE]
    assert blocks(document, BlockKind.CLUTTER) == ["World"]


def test_documents_strips_markdown(tmp_path: Path) -> None:
    wrapped = PARAGRAPH.replace(" agreed ", " agreed\n")
    text = (
        f"# A *new* [deal](http://x.y)\n\n{wrapped}\n\n## What is next\n\n{SECOND}\n\n- one\n- two\n\n```\nx = 1\n```\n"
    )
    document = read_one(tmp_path, "a.md", text)
    assert document.title == "A new deal"
    assert blocks(document, BlockKind.HEADING) == ["What is next"]
    assert blocks(document, BlockKind.CLUTTER) == ["x = 1"]
    assert blocks(document, BlockKind.PARAGRAPH) == [PARAGRAPH, SECOND, "one", "two"]


PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>{TITLE} - The Example</title>
<meta property="og:site_name" content="The Example"><meta name="author" content="Jane Doe">
<meta property="article:published_time" content="2025-07-03T22:30:00-04:00">
<link rel="canonical" href="https://example.org/world/a"></head>
<body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1>%s</article><script>alert("x")</script></body></html>"""
BODY = f"<p>{PARAGRAPH}</p><h2>What is next</h2><p>{SECOND}</p>"


@pytest.mark.parametrize("nested", [0, 10_000])
def test_documents_reads_html(tmp_path: Path, nested: int) -> None:
    document = read_one(tmp_path, "a.html", PAGE % ("<div>" * nested + BODY + "</div>" * nested))
    assert document.text == f"{TITLE}\n\n{PARAGRAPH}\n\nWhat is next\n\n{SECOND}"
    assert (document.title, document.publisher) == (TITLE, "The Example")
    assert (document.published, document.authors) == (date(2025, 7, 3), ("Jane Doe",))
    assert document.url == "https://example.org/world/a"
    assert [block.kind.value for block in document.blocks] == ["title", "paragraph", "heading", "paragraph"]


def test_documents_invents_no_date_for_html(tmp_path: Path) -> None:
    page = f"<html><head><title>{TITLE}</title></head><body><article><p>On 3 May 2021 {PARAGRAPH}</p></article></body>"
    assert read_one(tmp_path, "a.html", page).published is None


def test_documents_reads_json_lines(tmp_path: Path) -> None:
    records = [
        {"title": TITLE, "text": f"{PARAGRAPH}\n\n{SECOND}", "date": "July 3, 2025", "url": "https://www.example.org/1"},
        {"headline": "Other names", "articleBody": PARAGRAPH, "publishedAt": "2025-07-04T01:00:00Z",
         "source": {"name": "The Example"}, "authors": [{"name": "Jane Doe"}], "name": "records"},
        {"title": "HTML inside", "content": f"<p>{PARAGRAPH}</p><p>Peace &amp; war</p>"},
    ]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, records)) + "\n\n")
    found, problems = read(tmp_path / "a.jsonl")
    assert problems == []
    path = f"{tmp_path}/a.jsonl"
    assert [one.identifier for one in found] == [f"{path}#2", f"{path}#3", "https://www.example.org/1"]
    assert [one.published for one in found] == [date(2025, 7, 4), None, date(2025, 7, 3)]
    assert [one.publisher for one in found] == ["The Example", None, "example.org"]
    assert [one.title for one in found] == ["Other names", "HTML inside", TITLE]
    assert found[0].authors == ("Jane Doe",)
    assert blocks(found[1], BlockKind.PARAGRAPH) == [PARAGRAPH, "Peace & war"]


@pytest.mark.parametrize("shape", ['{"text": %s}', '[{"text": %s}]', '{"items": [{"content_text": %s}]}'])
def test_documents_reads_json(tmp_path: Path, shape: str) -> None:
    document = read_one(tmp_path, "a.json", shape % json.dumps(PARAGRAPH))
    assert (document.text, document.identifier) == (PARAGRAPH, f"{tmp_path}/a.json#1")


FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>News &amp;amp; Views</title>
<language>en-us</language>
<item><title>Tom &amp;amp; Jerry &amp;#8217;meet&amp;#8217; &lt;b&gt;now&lt;/b&gt;</title><link>https://example.org/1</link>
<pubDate>Thu, 03 Jul 2025 23:00:00 -0400</pubDate>
<description>&lt;p&gt;{PARAGRAPH}&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;
&lt;p&gt;It&amp;rsquo;s over&lt;/p&gt;</description></item>
<item><title>Second</title><guid isPermaLink="false">g2</guid><description>{SECOND}</description></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Views</title><entry><id>urn:1</id>
<title>Headline</title><updated>2025-07-03T10:00:00Z</updated><author><name>Jane Doe</name></author>
<content type="html">&lt;p&gt;{PARAGRAPH}&lt;/p&gt;</content><summary>Short.</summary></entry></feed>"""


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a"])
def test_documents_reads_feeds_with_entities(tmp_path: Path, name: str) -> None:
    (second, first), problems = read_bytes(tmp_path, name, FEED.encode())
    assert problems == []
    assert (first.identifier, second.identifier) == ("https://example.org/1", f"{tmp_path}/{name}#g2")
    assert (first.title, first.publisher) == ("Tom & Jerry ’meet’ now", "News & Views")
    assert (first.published, first.language) == (date(2025, 7, 3), "en-us")
    assert blocks(first, BlockKind.PARAGRAPH) == [PARAGRAPH, "It’s over"]


def test_documents_reads_atom_content_before_summary(tmp_path: Path) -> None:
    document = read_one(tmp_path, "a.atom", ATOM)
    assert document.text == f"Headline\n\n{PARAGRAPH}"
    assert (document.authors, document.published) == (("Jane Doe",), date(2025, 7, 3))


@pytest.mark.parametrize("content", [ARTICLE, PAGE % BODY, json.dumps({"title": TITLE, "text": PARAGRAPH}), FEED])
def test_documents_sniffs_standard_input(content: str) -> None:
    found, problems = read("-", stdin=content.encode())
    assert problems == []
    assert PARAGRAPH in {text for one in found for text in blocks(one, BlockKind.PARAGRAPH)}


# ── which files, in which order ──────────────────────────────────────────────────────────────────


def test_documents_order_does_not_depend_on_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("f/sub").mkdir(parents=True)
    for name in ("f/b.txt", "f/sub/a.txt", "f/.hidden.txt", "z.txt"):
        Path(name).write_text(ARTICLE)
    Path("f/r.jsonl").write_text(json.dumps({"text": PARAGRAPH, "url": "https://example.org/x"}))
    Path("f/loop").symlink_to("..", target_is_directory=True)
    Path("f/sub/again.txt").symlink_to("../b.txt")
    expected = ["f/b.txt", "f/sub/a.txt", "https://example.org/x", "z.txt"]
    for arguments in (["f", "z.txt"], ["z.txt", "f", "f/b.txt"], [Path("z.txt"), "f/b.txt", "f"]):
        found, problems = read(*arguments)
        assert problems == []
        assert [document.identifier for document in found] == expected
    assert [one.identifier for one in find_inputs(["f/b.txt", "f/b.txt"], on_problem=print)] == ["f/b.txt"]


def test_documents_keeps_a_record_once(tmp_path: Path) -> None:
    record = {"text": PARAGRAPH, "url": "https://example.org/x"}
    lines = [record, record, {**record, "text": SECOND}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    found, (problem,) = read(tmp_path / "a.jsonl")
    assert [one.identifier for one in found] == [f"{tmp_path}/a.jsonl#3", "https://example.org/x"]
    assert (problem.kind, problem.fatal) == (ProblemKind.DUPLICATE, False)


# ── bad inputs: each is named in one line, nothing stops ─────────────────────────────────────────

GERMAN = (
    "Die Außenminister beider Länder haben sich am Freitag in Genf getroffen und vereinbart, dass ihre "
    "Unterhändler in der nächsten Woche an den Tisch zurückkehren, wie ein Sprecher in Berlin sagte."
)
DUTCH = (
    "De ministers van beide landen hebben elkaar vrijdag in Genève ontmoet en afgesproken dat hun "
    "onderhandelaars volgende week weer aan tafel gaan zitten, zei een woordvoerder in Den Haag over het "
    "overleg."
)
FRENCH = (
    "Les ministres des deux pays se sont rencontrés vendredi à Genève et ont convenu que leurs "
    "négociateurs reviendraient à la table la semaine prochaine, a indiqué un porte-parole à Paris devant"
    " la presse."
)
SPANISH = (
    "Los ministros de los dos países se reunieron el viernes en Ginebra y acordaron que sus negociadores "
    "volverán a la mesa la próxima semana, según dijo un portavoz en Madrid a los periodistas."
)
RUSSIAN = "Министры двух стран встретились в пятницу в Женеве и договорились продолжить переговоры на следующей неделе."
CHINESE = "两国外长周五在日内瓦会晤，同意谈判代表下周重返谈判桌，一位发言人说，目前尚未确定具体日期和地点。"
FATAL = [
    ("empty.txt", b"", ProblemKind.EMPTY),
    ("blank.txt", b" \n\t\r\n", ProblemKind.EMPTY),
    ("invisible.txt", "\u200b\u202e\n---\n".encode(), ProblemKind.EMPTY),
    ("nothing.html", b"<html><body><script>x()</script></body></html>", ProblemKind.EMPTY),
    ("binary.txt", bytes(range(256)) * 10, ProblemKind.BINARY),
    ("picture", b"\x89PNG\r\n\x1a\n", ProblemKind.BINARY),
    ("paper.pdf", b"%PDF-1.7 text", ProblemKind.BINARY),
    ("nomark.txt", ARTICLE.encode("utf-16-le"), ProblemKind.BINARY),
    ("damaged.txt", "“Peace” – said “he”. ".encode() + b"\xff\xfe " + PARAGRAPH.encode(), ProblemKind.ENCODING),
    ("german.txt", GERMAN.encode(), ProblemKind.LANGUAGE),
    ("dutch.txt", DUTCH.encode(), ProblemKind.LANGUAGE),
    ("french.txt", FRENCH.encode(), ProblemKind.LANGUAGE),
    ("spanish.txt", SPANISH.encode(), ProblemKind.LANGUAGE),
    ("russian.txt", RUSSIAN.encode(), ProblemKind.LANGUAGE),
    ("chinese.txt", CHINESE.encode(), ProblemKind.LANGUAGE),
    ("short.md", b"---\nlanguage: fr\n---\nBonjour Paris", ProblemKind.LANGUAGE),
    ("long.txt", (PARAGRAPH + "\n").encode() * 20_000, ProblemKind.TOO_LARGE),
    ("large.html", b"<html><body>" + b"<p>word</p>" * 500_000, ProblemKind.TOO_LARGE),
    ("broken.json", b'{"text": ', ProblemKind.BAD_RECORD),
    ("deep.json", b"[" * 100_000, ProblemKind.BAD_RECORD),
    ("number.json", b"5", ProblemKind.BAD_RECORD),
    ("textless.json", b'{"title": "x", "text": 5}', ProblemKind.BAD_RECORD),
    ("other.xml", b'<?xml version="1.0"?><catalog><book/></catalog>', ProblemKind.UNKNOWN_FORMAT),
    ("bare.rss", b"<catalog/>", ProblemKind.UNKNOWN_FORMAT),
]


@pytest.mark.parametrize(("name", "content", "kind"), FATAL, ids=[name for name, _, _ in FATAL])
def test_documents_refuses(tmp_path: Path, name: str, content: bytes, kind: ProblemKind) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE)
    (tmp_path / name).write_bytes(content)
    (document,), (problem,) = read(tmp_path)
    assert document.identifier.endswith("good.txt")
    assert (problem.kind, problem.fatal) == (kind, True)
    assert name in str(problem)
    assert "\n" not in str(problem)


WARNED = [
    ("cut.txt", (ARTICLE + "“Peace”").encode()[:-1], ProblemKind.ENCODING),
    ("latin.txt", ARTICLE.replace("Geneva", "Zürich’s café").encode("cp1252"), ProblemKind.ENCODING),
    ("yaml.txt", b"---\ntitle: [unclosed\n---\n" + ARTICLE.encode(), ProblemKind.FRONT_MATTER),
    ("tabs.txt", b"---\ntitle: a: b\n\tdate: x\n---\n" + ARTICLE.encode(), ProblemKind.FRONT_MATTER),
    ("deep.txt", b"---\ntitle: " + b"[" * 5_000 + b"\n---\n" + ARTICLE.encode(), ProblemKind.FRONT_MATTER),
    ("open.txt", b"---\ntitle: x\n\n" + ARTICLE.encode(), ProblemKind.FRONT_MATTER),
    ("bomb.txt", b"---\na: &a [x, x]\ntitle: [*a, *a]\n---\n" + ARTICLE.encode(), ProblemKind.FRONT_MATTER),
    ("date.txt", b"---\ndate: 03/07/2025\n---\n" + ARTICLE.encode(), ProblemKind.METADATA),
    ("when.txt", b"---\ndate: yesterday\n---\n" + ARTICLE.encode(), ProblemKind.METADATA),
    ("month.txt", b"---\ndate: July 2025\n---\n" + ARTICLE.encode(), ProblemKind.METADATA),
    ("script.txt", b"---\nurl: 'javascript:alert(1)'\n---\n" + ARTICLE.encode(), ProblemKind.METADATA),
    ("host.txt", b"---\nurl: 'http://[x'\n---\n" + ARTICLE.encode(), ProblemKind.METADATA),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "kind"), WARNED, ids=[name for name, _, _ in WARNED])
def test_documents_warns_and_reads(tmp_path: Path, name: str, content: bytes, kind: ProblemKind) -> None:
    (document,), (problem,) = read_bytes(tmp_path, name, content)
    assert (problem.kind, problem.fatal) == (kind, False)
    assert SECOND in document.text
    assert (document.published, document.url) == (None, None)
    assert "\n" not in problem.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_documents_reads_unicode_encodings(tmp_path: Path, encoding: str) -> None:
    (document,), problems = read_bytes(tmp_path, "a.txt", ARTICLE.replace("Geneva", "“Genève”").encode(encoding))
    assert problems == []
    assert document.text.startswith(TITLE)
    assert "“Genève”" in document.text


def test_documents_reads_the_encoding_that_a_page_declares(tmp_path: Path) -> None:
    page = (PAGE % BODY).replace("<head>", '<head><meta charset="windows-1252">').replace("Geneva", "Genève")
    (document,), _ = read_bytes(tmp_path, "a.html", page.encode("cp1252"))
    assert "Genève" in document.text


def test_documents_refuses_large_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "LARGEST_FILE", 100)
    found, (problem,) = read_bytes(tmp_path, "a.txt", ARTICLE.encode())
    assert (found, problem.kind, problem.fatal) == ([], ProblemKind.TOO_LARGE, True)


def test_documents_names_what_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret.txt").write_text(ARTICLE)
    (tmp_path / "gone.txt").symlink_to("nowhere")

    def refuse(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied") if self.name == "secret.txt" else FileNotFoundError(2, "gone")

    monkeypatch.setattr(Path, "open", refuse)
    found, problems = read(tmp_path, "absent.txt", "-")
    assert found == []
    assert {problem.kind for problem in problems} == {ProblemKind.UNREADABLE}
    assert len(problems) == 4
    assert "Permission denied" in str(problems)


def test_documents_reads_the_good_lines_of_a_broken_file(tmp_path: Path) -> None:
    lines = [json.dumps({"text": PARAGRAPH}), '{"text": "broken', "[1]", json.dumps({"text": SECOND})]
    found, problems = read_bytes(tmp_path, "a.jsonl", "\n".join(lines).encode())
    assert [one.text for one in found] == [PARAGRAPH, SECOND]
    assert [problem.identifier.rpartition("#")[2] for problem in problems] == ["2", "3"]


def test_documents_keeps_a_hostile_title_as_text(tmp_path: Path) -> None:
    title = 'He said "no\\" </script><img onerror=x>\u202e\u200f\x00\x1b[31m ’“'
    record = {"title": title, "text": PARAGRAPH, "url": 'https://example.org/a>b "c" <d> {é}', "date": "2025-07-03"}
    document = read_one(tmp_path, "a.jsonl", json.dumps(record))
    assert document.title == 'He said "no\\" </script><img onerror=x>[31m ’“'
    assert document.text == f"{document.title}\n\n{PARAGRAPH}"
    assert document.url == document.identifier == "https://example.org/a%3Eb%20%22c%22%20%3Cd%3E%20%7Bé%7D"


def test_documents_fetches_and_expands_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("network"))
    entities = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    head = f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{__file__}"><!ENTITY l0 "lol">{entities}]>'
    item = f"<item><description>&x; &l9; {PARAGRAPH}</description></item>"
    feed = f'<?xml version="1.0"?>{head}<rss version="2.0"><channel>{item}</channel></rss>'
    (document,), _ = read_bytes(tmp_path, "a.rss", feed.encode())
    assert "import" not in document.text
    assert len(document.text) < 2 * len(PARAGRAPH)


def test_documents_names_of_files_can_be_written(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(ARTICLE)
    (document,), _ = read(tmp_path)
    assert document.identifier.encode().endswith("caf\ufffd.txt".encode())


# ── properties ───────────────────────────────────────────────────────────────────────────────────

PIECES = [*'Aé.-"’ \t\r\n\x00\u2028\u200b\u202e\u0301\ud800', PARAGRAPH, TITLE, "\n\n", "By Jane Doe", "Ads"]
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
    st.lists(st.text("ab -", max_size=70)).map("\n".join),
)
NAMES = ["a", "a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.rss", "a.xml"]


def composed(text: str, title: str | None = None) -> Document | None:
    lines = tuple(Line(text=line) for line in text.split("\n"))
    return compose(Draft(identifier="x", origin="x", lines=lines, wrapped=True, title=title), lambda _: None)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS, title=st.one_of(st.none(), st.text(max_size=40), st.just(TITLE)))
def test_documents_blocks_cover_the_text(text: str, title: str | None) -> None:
    document = composed(text, title)
    if document is None:
        return
    assert unicodedata.is_normalized("NFC", document.text)
    document.text.encode("utf-8")
    assert "\n".join(document.text.splitlines()) == document.text
    end = 0
    for block in document.blocks:
        assert document.text[end : block.begin].strip() == ""
        part = document.text[block.begin : block.end]
        assert part == part.strip() != ""
        assert "\n" not in part
        end = block.end
    assert document.text[end:].strip() == ""
    assert sum(block.kind is BlockKind.TITLE for block in document.blocks) == (document.title is not None)
    reread = composed(document.text)
    assert reread is None or reread.text == document.text


@given(content=st.binary(max_size=300), name=st.sampled_from(NAMES))
@settings(max_examples=150, deadline=None)
def test_documents_survives_any_bytes(content: bytes, name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(content)
    read(path)


def test_documents_tells_english_from_its_neighbours() -> None:
    for text in (PARAGRAPH, SECOND):
        english, other = function_word_shares(text)
        assert english > 5 * other
    for text in (GERMAN, DUTCH, FRENCH, SPANISH):
        english, other = function_word_shares(text)
        assert 4 * english < other


def test_documents_names_hold_no_noncharacters_or_surrogates(tmp_path: Path) -> None:
    record = json.dumps({"text": PARAGRAPH, "url": "http://example.org/\ud800a b"})
    (document,), problems = read_bytes(tmp_path, "a\ufffe\U0001ffff.jsonl", record.encode())
    assert (document.identifier, document.url, problems) == ("http://example.org/a%20b",) * 2 + ([],)
    (plain,), _ = read_bytes(tmp_path, "b\ufffe\U0001ffff.txt", ARTICLE.encode())
    assert Path(plain.identifier).name == "b\ufffd\ufffd.txt"


def test_documents_empty_folder_is_reported(tmp_path: Path) -> None:
    found, (problem,) = read(tmp_path)
    assert (found, problem.kind, problem.fatal) == ([], ProblemKind.EMPTY, True)
