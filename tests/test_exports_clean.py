"""What is written is what every store keeps as it is (VOCABULARY.md, writing rules), in the sample articles' graph."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

import pytest
from measure_seeds import build_seeds
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.exporters.formats import Format, written
from kg.store import Graph
from kg.times.spans import EARLIEST, between, one_day
from kg.vocab import XSD

# RFC 3987, 2.2, without what only an IP address needs.
UNRESERVED = "[A-Za-z0-9_.~\\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U000dffff]"
CHARACTER = rf"(?:{UNRESERVED}|%[0-9A-F]{{2}}|[!$&'()*+,;=:@])"
IRI = re.compile(
    rf"https?://{UNRESERVED}+(?::\d+)?(?:/{CHARACTER}*)*(?:\?(?:{CHARACTER}|[/?])*)?(?:#(?:{CHARACTER}|[/?])*)?"
)
LEXICAL = {
    f"{XSD}integer": re.compile(r"0|-?[1-9]\d*"),
    f"{XSD}decimal": re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?"),
    f"{XSD}date": re.compile(r"[1-9]\d{3}-\d\d-\d\d"),
    f"{XSD}dateTime": re.compile(r"[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d*[1-9])?Z"),
    f"{XSD}duration": re.compile(r"P(?=.)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=.)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?"),
    f"{XSD}string": re.compile(r"(?s).*"),
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    return build_seeds().graph


def terms(graph: Graph) -> Iterator[object]:
    for quad in graph.quads():
        yield from (quad.subject, quad.predicate, quad.object, quad.graph_name)


def literals(graph: Graph) -> set[Literal]:
    return {term for term in terms(graph) if isinstance(term, Literal)}


def test_exports_have_no_blank_node(graph: Graph) -> None:
    assert not [term for term in terms(graph) if isinstance(term, BlankNode)]


def test_exports_iris_are_those_of_rfc_3987_and_nfc(graph: Graph) -> None:
    iris = {term.value for term in terms(graph) if isinstance(term, NamedNode)}
    assert len(iris) > 1000
    assert not [iri for iri in iris if not IRI.fullmatch(iri) or not unicodedata.is_normalized("NFC", iri)]


def test_exports_local_names_end_in_a_letter_or_a_digit(graph: Graph) -> None:
    namespaces = tuple(f"{graph.base}{kind}/" for kind in ("entity", "event", "post", "statement", "fact", "publisher"))
    own = {term.value for term in terms(graph) if isinstance(term, NamedNode) and term.value.startswith(namespaces)}
    assert own
    assert not [iri for iri in own if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", iri.rpartition("/")[2])]


def test_exports_literals_are_canonical(graph: Graph) -> None:
    seen = set()
    for literal in literals(graph):
        assert unicodedata.is_normalized("NFC", literal.value), literal
        assert "\0" not in literal.value, literal
        if literal.language is None:
            seen.add(literal.datatype.value)
            assert LEXICAL[literal.datatype.value].fullmatch(literal.value), literal
        else:
            assert re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]+)*", literal.language), literal
    assert seen >= {f"{XSD}{name}" for name in ("integer", "decimal", "date", "duration", "string")}


def test_exports_no_day_is_before_the_year_1000() -> None:
    assert one_day(date(999, 12, 31)) is None
    assert between(date(16, 3, 1), date(2025, 3, 1)) is None
    assert one_day(EARLIEST) is not None


def test_exports_turtle_has_one_block_a_subject_in_order(graph: Graph) -> None:
    text = b"".join(written(graph, Format.TURTLE))
    head, *blocks = text.decode().removesuffix("\n\n").split("\n\n")
    prefixes = [line.split()[1] for line in head.splitlines()]
    assert prefixes == sorted(prefixes)
    assert set(prefixes) == {f"{name}:" for name in graph.prefixes()}
    subjects = [str(quad.subject) for quad in parse(text, RdfFormat.TURTLE)]
    assert subjects == sorted(subjects)
    assert len(blocks) == len(set(subjects))
