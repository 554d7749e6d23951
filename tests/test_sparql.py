from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.sparql import MAX_CHARACTERS, explain_syntax_error, refuse_unsafe
from kg.store import Graph


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://127.0.0.1:9/x> { ?s ?p ?o } }",
        "SELECT * { SERVICE#comment\n<http://127.0.0.1:9/x>#another {\n{ ?s ?p ?o } }",
        "SELECT * { BIND(<http://127.0.0.1:9/> AS ?g) SERVICE ?g { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(1<2)SERVICE?g#>\n{?s ?p ?o} }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { ?s ?p 1SERVICE:foo{?s ?p ?o} }",
        "PREFIX e: <http://127.0.0.1:9/> SELECT * { ?s ?p e:a\\'b . SERVICE e:foo { ?s ?p e:a\\'b } }",
        "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } } } }",
    ],
)
def test_sparql_refuses_the_network(query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE is refused"):
        Graph(()).query(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "the service is down" }',
        "SELECT * { ?service kg:service ?o . ?o <http://service.example/service> ?service }",
        "SELECT * { ?a ?service ?b { ?b ?p ?o } }",
        "SELECT * { ?a kg:service ?b { ?b ?p ?o } } # no SERVICE here",
    ],
)
def test_sparql_lets_the_word_service_pass(query: str) -> None:
    Graph(()).query(query)


@pytest.mark.parametrize(("opening", "closing"), ["{}", "()"])
def test_sparql_refuses_what_would_end_the_process(opening: str, closing: str) -> None:
    deep = opening * 20_000 + closing * 20_000
    with pytest.raises(QueryError, match="nests"):
        Graph(()).query(f"SELECT * {{ {deep} }}")
    with pytest.raises(QueryError, match="characters"):
        Graph(()).query("SELECT" + " " * MAX_CHARACTERS + "* {}")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?x {\n  ?x a kg:Event ;;; . }\n FROM", "line 3, column"),
        ("SELECT ?x { ?x a foo:Bar }", "unknown prefix"),
        ("", "line 1, column 1"),
        ("DELETE WHERE { ?s ?p ?o }", "line 1"),
    ],
)
def test_sparql_mistakes_have_a_place(query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message) as caught:
        Graph(()).query(query)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=200))
def test_sparql_messages_are_one_line_whatever_is_asked(text: str) -> None:
    message = ""
    try:
        Graph(()).query(text)
    except QueryError as error:
        message = str(error)
    assert len(message.splitlines()) <= 1


@given(st.text(max_size=50), st.integers(0, 9), st.integers(0, 99))
def test_sparql_explains_any_position(text: str, line: int, column: int) -> None:
    explain_syntax_error(text, f"error at {line}:{column}: expected x")
    explain_syntax_error(text, "something else")


@given(st.text(alphabet="service SERVICE<>{}:?#\n\tx", max_size=300))
def test_sparql_check_is_quick(text: str) -> None:
    with suppress(QueryError):
        refuse_unsafe(text * 3)
