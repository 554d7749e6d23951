"""The answer to a query as table cells, CSV, JSON or Turtle."""

import csv
import io
import json
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from kg.errors import QueryError
from kg.exporters.conversion import shorten
from kg.exporters.turtle import turtle
from kg.store import triple_key

Term = object
"""A pyoxigraph term; None where a variable is unbound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A query's answer: `rows` of a SELECT, `triples` of a CONSTRUCT or DESCRIBE, or the `truth` of an ASK."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Term, ...], ...] = ()
    triples: tuple[Triple, ...] | None = None
    truth: bool | None = None
    cut: bool = False  # there was more than the limit


def read_answer(
    answer: QuerySolutions | QueryBoolean | QueryTriples, *, limit: int | None = None, hide: Collection[str] = ()
) -> Answer:
    """Take at most `limit` rows or triples, without the columns named in `hide` (a named query's parameters)."""
    try:
        if isinstance(answer, QueryBoolean):
            return Answer(truth=bool(answer))
        if isinstance(answer, QueryTriples):
            triples = sorted(set(answer), key=triple_key)
            return Answer(triples=tuple(triples[:limit]), cut=limit is not None and len(triples) > limit)
        columns = tuple(v.value for v in answer.variables if v.value not in hide)
        rows = tuple(tuple(row[c] for c in columns) for row in islice(answer, None if limit is None else limit + 1))
    except (OSError, RuntimeError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error
    return Answer(columns=columns, rows=rows[:limit], cut=limit is not None and len(rows) > limit)


def as_cells(answer: Answer, prefixes: dict[str, str]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Column names and rows of text for people: IRIs shortened, literals without their types."""
    if answer.truth is not None:
        return ("answer",), [("yes" if answer.truth else "no",)]
    if answer.triples is not None:
        triples = ((t.subject, t.predicate, t.object) for t in answer.triples)
        return ("subject", "predicate", "object"), [tuple(_cell(term, prefixes) for term in t) for t in triples]
    return answer.columns, [tuple(_cell(term, prefixes) for term in row) for row in answer.rows]


def as_csv(answer: Answer) -> str:
    """SPARQL 1.1 Query Results CSV: a header, then plain values; CRLF as RFC 4180 has it."""
    columns, rows = as_cells(answer, {})
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def as_json(answer: Answer) -> str:
    """SPARQL 1.1 Query Results JSON; triples as rows of subject, predicate, object."""
    if answer.truth is not None:
        return json.dumps({"head": {}, "boolean": answer.truth}) + "\n"
    columns, rows = answer.columns, answer.rows
    if answer.triples is not None:
        columns = ("subject", "predicate", "object")
        rows = tuple((t.subject, t.predicate, t.object) for t in answer.triples)
    bindings = [{c: _json_term(t) for c, t in zip(columns, row, strict=True) if t is not None} for row in rows]
    whole = {"head": {"vars": list(columns)}, "results": {"bindings": bindings}}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def as_turtle(answer: Answer, prefixes: dict[str, str]) -> str:
    """Turtle of a CONSTRUCT or DESCRIBE. Raises QueryError for other forms."""
    if answer.triples is None:
        raise QueryError("Turtle is for CONSTRUCT and DESCRIBE queries; use table, csv or json")
    return b"".join(turtle(answer.triples, prefixes)).decode("utf-8")


def _cell(term: Term, prefixes: dict[str, str]) -> str:
    if term is None:
        return ""
    if isinstance(term, NamedNode):
        return shorten(term.value, prefixes)
    return term.value if isinstance(term, Literal) else str(term)


def _json_term(term: Term) -> dict[str, str]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "bnode", "value": str(term).removeprefix("_:")}
    literal = {"type": "literal", "value": term.value}
    if term.language:
        literal["xml:lang"] = term.language
    elif not term.datatype.value.endswith("#string"):
        literal["datatype"] = term.datatype.value
    return literal
