"""Every format of `kg export`: the same triples, the same bytes, in bounded memory."""

import gzip
import json
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize
from sample_graph import SAMPLE, hostile, sample
from typer.testing import CliRunner

from kg.cli import app
from kg.cli.export import FORMATS
from kg.errors import GraphError
from kg.exporters.formats import DATASETS, SUFFIXES, Format, format_of, gzipped, written
from kg.exporters.lines import SortedLines, graph_first, graph_last
from kg.graph_files import GraphFile
from kg.ontology_files import ontology_path
from kg.store import Graph, triple_key
from kg.vocab import KG, RDFS

RUN = CliRunner()
READ_AS = {
    Format.TURTLE: RdfFormat.TURTLE,
    Format.TRIG: RdfFormat.TRIG,
    Format.NT: RdfFormat.N_TRIPLES,
    Format.NQ: RdfFormat.N_QUADS,
    Format.RDFXML: RdfFormat.RDF_XML,
    Format.JSONLD: RdfFormat.JSON_LD,
}
KIND = NamedNode(f"{KG}kind")


def content(graph: Graph | GraphFile, format_: Format) -> bytes:
    return b"".join(written(graph, format_))


def labelled(*labels: Literal, subject: str = "http://e/s", predicate: str = f"{RDFS}label") -> Graph:
    return Graph(Quad(NamedNode(subject), NamedNode(predicate), label) for label in labels)


@pytest.mark.parametrize("format_", Format)
@pytest.mark.parametrize("graph", [sample(), Graph(())], ids=["sample", "empty"])
def test_formats_hold_every_triple_once(graph: Graph, format_: Format) -> None:
    read = list(parse(content(graph, format_), READ_AS[format_]))
    if format_ in DATASETS:
        assert sorted(map(str, read)) == sorted(map(str, graph.quads()))
    else:
        assert sorted((quad.triple for quad in read), key=triple_key) == graph.triples()


@pytest.mark.parametrize("format_", [f for f in Format if f is not Format.RDFXML])
def test_formats_keep_hostile_text(format_: Format) -> None:
    read = {quad.triple for quad in parse(content(hostile(), format_), READ_AS[format_])}
    assert read == set(hostile().triples())


@pytest.mark.parametrize("format_", Format)
def test_formats_are_the_same_bytes_from_memory_file_and_any_order(format_: Format, tmp_path: Path) -> None:
    expected = content(sample(), format_)
    quads = sample().quads()
    Random(1).shuffle(quads)
    assert content(Graph(quads), format_) == expected
    (tmp_path / "g.nq").write_bytes(serialize(quads + quads, format=RdfFormat.N_QUADS) or b"")
    assert content(GraphFile.at(tmp_path / "g.nq"), format_) == expected


def test_formats_lines_are_sorted_in_runs_on_disk() -> None:
    lines = [b'<s%d> <p> "o" .\n' % (number * 7 % 500) for number in range(1000)]
    for run in (1, 64, 4000, 10**9):
        with SortedLines(run=run) as sorted_lines:
            for start in range(0, sum(map(len, lines)), 37):
                sorted_lines.write(b"".join(lines)[start : start + 37])
            assert list(sorted_lines) == sorted(set(lines))


@pytest.mark.parametrize(
    "quad",
    [
        b'<s> <p> "a \\" <g> ."@en <g> .\n',
        b'<s> <p> "a <g>" .\n',
        b'<s> <p> "1"^^<http://t> <g> .\n',
        b"<s> <p> <o> <g> .\n",
        b"_:s <p> _:o .\n",
        b'<s> <p> <<( <s> <p> "a )>> b" )>> <g> .\n',
        b"<s> <p> <<( <s> <p> <o> )>> .\n",
    ],
)
def test_formats_a_quads_graph_is_found(quad: bytes) -> None:
    first = graph_first(quad)
    assert graph_last(first) == quad
    assert first.startswith(b"<g> " if quad.endswith(b"<g> .\n") else b" ")


def test_formats_turtle_is_what_oxigraph_writes() -> None:
    graph = sample()
    theirs = serialize(graph.triples(), format=RdfFormat.TURTLE, prefixes=graph.prefixes()) or b""
    ours = [line for line in content(graph, Format.TURTLE).splitlines() if line]
    head = len(graph.prefixes())
    assert sorted(ours[:head]) == sorted(theirs.splitlines()[:head])
    assert ours[head:] == theirs.splitlines()[head:]


def test_formats_numbers_stand_bare_only_where_turtle_has_them() -> None:
    xsd = "http://www.w3.org/2001/XMLSchema#"
    values = [("007", "integer"), ("1.", "decimal"), (".5", "decimal"), ("1e3", "double"), ("INF", "double")]
    values += [("true", "boolean"), ("1", "boolean"), ("x", "integer"), ("2025-07-03", "date")]
    graph = labelled(*(Literal(text, datatype=NamedNode(xsd + type_)) for text, type_ in values))
    turtle = content(graph, Format.TURTLE)
    assert {quad.triple for quad in parse(turtle, RdfFormat.TURTLE)} == set(graph.triples())
    assert b'"INF"^^xsd:double' in turtle and b'"x"^^xsd:integer' in turtle and b" true" in turtle


def test_formats_rdfxml_refuses_what_xml_cannot_hold() -> None:
    with pytest.raises(GraphError, match=r"<http://e/s>: XML cannot hold the character U\+001B; choose Turtle"):
        content(labelled(Literal("a\x1b")), Format.RDFXML)
    with pytest.raises(GraphError, match="cannot name the property <http://e/1>"):
        content(labelled(Literal("a"), predicate="http://e/1"), Format.RDFXML)
    kept = labelled(Literal("a\r\n\tb & <c> ]]> \x85\u2028"), Literal(" "), Literal("de", language="de"))
    text = content(kept, Format.RDFXML)
    assert {quad.triple for quad in parse(text, RdfFormat.RDF_XML)} == set(kept.triples())
    (node,) = ElementTree.fromstring(text)
    assert {element.text for element in node} == {"a\r\n\tb & <c> ]]> \x85\u2028", " ", "de"}


def test_formats_rdfxml_and_jsonld_name_blank_nodes_and_refuse_triple_terms() -> None:
    blank = Graph([Quad(BlankNode("7a"), KIND, BlankNode("x")), Quad(BlankNode("x"), KIND, Literal("y"))])
    for format_ in (Format.RDFXML, Format.JSONLD):
        read = [quad.triple for quad in parse(content(blank, format_), READ_AS[format_])]
        assert len({t.subject for t in read}) == 2
        assert any(t.object == other.subject for t in read for other in read)
        quoted = Triple(NamedNode("http://e/s"), KIND, Literal("o"))
        with pytest.raises(GraphError, match="no triple terms"):
            content(Graph([Quad(NamedNode("http://e/s"), KIND, quoted)]), format_)


def test_formats_jsonld_is_short_for_our_terms_and_true_for_others() -> None:
    graph = json.loads(content(sample(), Format.JSONLD))
    assert graph["@context"]["entity"] == "https://w3id.org/newskg/id/entity/"
    nodes = {node["@id"]: node for node in graph["@graph"]}
    call = nodes["event:2025-07-03-phone-call-donald-trump-vladimir-putin"]
    assert call["ordinal"] == 6
    assert call["participant"] == ["entity:donald-trump", "entity:vladimir-putin"]
    assert call["hasBeginTimeStamp"] == "2025-07-03"
    assert nodes["fact:00000000000000f1"]["confidence"] == "0.9"
    assert nodes["topic:diplomacy"]["prefLabel"] == [{"@value": "Diplomatie", "@language": "de"}, "diplomacy"]
    big = str(2**60)
    odd = labelled(
        *(Literal(v, datatype=NamedNode("http://www.w3.org/2001/XMLSchema#integer")) for v in ("01", big, "-3")),
        *(Literal("plain"), Literal("1", datatype=NamedNode("http://t"))),
    )
    read = {quad.triple for quad in parse(content(odd, Format.JSONLD), RdfFormat.JSON_LD)}
    assert read == set(odd.triples())
    with pytest.raises(GraphError, match="would be read as a short name"):
        content(Graph([Quad(NamedNode("event:x"), KIND, Literal("y"))]), Format.JSONLD)


def test_formats_context_has_every_property_of_the_vocabulary() -> None:
    terms = json.loads(ontology_path("context.jsonld").read_text(encoding="utf-8"))["@context"]
    named = {term["@id"].partition(":")[2] for term in terms.values() if isinstance(term, dict)}
    properties = "<http://www.w3.org/2002/07/owl#ObjectProperty> <http://www.w3.org/2002/07/owl#DatatypeProperty>"
    declared = {
        quad.subject.value.removeprefix(KG)
        for quad in parse(path=str(ontology_path("newskg.ttl")))
        if str(quad.object) in properties.split() and str(quad.subject).startswith(f"<{KG}")
    }
    assert declared
    assert declared <= named


def test_formats_gzip_is_the_same_bytes_and_says_no_time() -> None:
    once, again = (b"".join(gzipped([b"abc", b"def"] * 1000)) for _ in range(2))
    assert once == again
    assert once[4:8] == b"\0\0\0\0"
    assert gzip.decompress(once) == b"abcdef" * 1000


def test_formats_are_known_by_their_suffix() -> None:
    assert format_of("a/News.NT.gz") is Format.NT
    assert format_of("build") is None
    assert set(SUFFIXES.values()) == set(Format)
    assert set(FORMATS) == set(Format)


@pytest.mark.parametrize("name", ["g.ttl", "g.trig.gz", "g.nt", "g.nq", "g.rdf", "g.jsonld.gz"])
def test_export_writes_one_file(name: str, tmp_path: Path) -> None:
    done = RUN.invoke(app, ["export", str(SAMPLE), "--out", str(tmp_path / name)])
    assert done.exit_code == 0, done.output
    raw = (tmp_path / name).read_bytes()
    format_ = format_of(name)
    assert format_ is not None
    assert (gzip.decompress(raw) if name.endswith(".gz") else raw) == content(sample(), format_)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_export_writes_to_standard_output() -> None:
    done = RUN.invoke(app, ["export", str(SAMPLE), "--format", "nt", "--out", "-"])
    assert done.stdout_bytes == content(sample(), Format.NT)
    done = RUN.invoke(app, ["export", str(SAMPLE), "--format", "nt", "--out", "-", "--gzip"])
    assert gzip.decompress(done.stdout_bytes) == content(sample(), Format.NT)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--out", "x.nt"], "name one graph"),
        (["a", "--store", "b", "--out", "x.nt"], "name one graph"),
        (["a"], "say where to"),
        (["a", "--out", "-"], "say which"),
        (["a", "--out", "x", "--format", "docx"], "no format docx; there are turtle, trig, nt"),
    ],
)
def test_export_says_what_is_missing(words: list[str], message: str) -> None:
    done = RUN.invoke(app, ["export", *words], env={"COLUMNS": "300"})
    assert done.exit_code == 2
    assert message in done.output


def test_export_of_a_broken_file_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<a:b> <a:c> 1 .\n<a:b> <a:c> .\n", encoding="utf-8")
    done = RUN.invoke(app, ["export", str(tmp_path / "a.ttl"), "--out", str(tmp_path / "a.nt")])
    assert isinstance(done.exception, GraphError)
    assert "a.ttl: line 2, column 13" in str(done.exception)
    assert [path.name for path in tmp_path.iterdir()] == ["a.ttl"]
