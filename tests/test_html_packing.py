"""What the page carries: inert JSON at once, and the rest in compressed chunks."""

import base64
import gzip
import json
from typing import Any

import pytest
from hostile import HOSTILE
from html_pages import SAMPLE, SampleGraph, hostile_turtle

from kg.exporters.html.contents import gather
from kg.exporters.html.packing import CHUNK, at_once, pack, packed
from kg.exporters.html.rdf import PageGraph
from kg.exporters.html.records import PageFact, PageSentence, PageStatement, plain
from kg.exporters.inert import inert
from kg.vocab import BASE

NOTHING = PageGraph(turtle=b"", triples=0, scope="none", base=BASE)


def unpacked(chunk: str) -> Any:
    """What a browser makes of a chunk."""
    return json.loads(gzip.decompress(base64.b64decode(chunk)))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_html_packing_inert_json_leaves_no_way_out(text: str) -> None:
    written = str(inert({"text": text, text: [text]}))
    assert not set("<>&") & set(written)
    assert written.isascii()
    assert json.loads(written) == {"text": text, text: [text]}


def test_html_packing_chunks_hold_every_record_in_order() -> None:
    contents = gather(SampleGraph(hostile_turtle()))
    chunks = packed(contents, PageGraph(turtle=b"<s> <p> <o> .\n", triples=1, scope="whole", base=BASE))
    for name, records in (("facts", contents.facts), ("sentences", contents.sentences)):
        assert [record for chunk in chunks[name] for record in unpacked(chunk)] == plain(records)
    said = [record for chunk in chunks["statements"] for record in unpacked(chunk)]
    assert [record["text"] for record in said] == [statement.text for statement in contents.statements]
    assert gzip.decompress(base64.b64decode(chunks["rdf"][0])) == b"<s> <p> <o> .\n"


def test_html_packing_splits_what_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.exporters.html.packing.CHUNK", 3)
    contents = gather(SampleGraph(SAMPLE.read_text(encoding="utf-8")))
    chunks = packed(contents, NOTHING)["facts"]
    assert len(chunks) == -(-len(contents.facts) // 3)
    assert [len(unpacked(chunk)) for chunk in chunks[:-1]] == [3] * (len(chunks) - 1)
    assert CHUNK > 100


def test_html_packing_same_content_is_same_text() -> None:
    assert pack(b"x" * 1_000) == pack(b"x" * 1_000)
    assert set(pack(bytes(range(256)))) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")


def test_html_packing_at_once_says_where_facts_begin_and_who_said_what() -> None:
    contents = gather(SampleGraph(SAMPLE.read_text(encoding="utf-8")))
    found = at_once(contents)
    starts = found["fact_starts"]
    assert len(starts) == len(contents.nodes) + 1
    for node in contents.nodes:
        assert all(fact.subject == node.id for fact in contents.facts[starts[node.id] : starts[node.id + 1]])
    assert starts[-1] == len(contents.facts)
    edges = found["edges"]
    assert [tuple(edges["role_sets"][n]) for n in edges["roles"]] == [edge.roles for edge in contents.edges]
    assert [contents.facts[n].conflicts != () for n in found["disputed"]] == [True] * len(found["disputed"])
    assert all("text" not in said for said in found["said"])
    assert {said["article"] for said in found["said"]} == {2}


def test_html_packing_plain_keeps_what_a_reader_of_it_needs() -> None:
    assert plain(PageSentence(article=0, text="")) == {"article": 0, "text": ""}
    assert plain(PageStatement(text="")) == {"text": ""}
    assert plain(PageStatement(text="x", verbatim=True, speaker=0)) == {"text": "x", "verbatim": True, "speaker": 0}
    assert plain(PageFact(subject=0, role="date", value="", rejected=True)) == {
        "subject": 0, "role": "date", "value": "", "rejected": True,
    }  # fmt: skip
