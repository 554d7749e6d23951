"""What the page carries: actors, events and edges as JSON at once; the rest compressed, a chunk at a time.

A page of 50,000 things has a hundred megabytes of sentences that nobody reads at once; packed they are a tenth of it,
and a browser unpacks only the chunks that are asked for.
"""

import base64
import gzip
import json
from collections.abc import Sequence
from typing import Any, Final

from markupsafe import Markup

from kg.exporters.html.rdf import PageGraph
from kg.exporters.html.records import Contents, PageStatement, plain

CHUNK: Final = 2_000  # records unpacked at once: some 100 ms of a browser's time at most


def at_once(contents: Contents) -> dict[str, Any]:
    """What the page needs from its first moment, as JSON types."""
    role_sets = sorted({edge.roles for edge in contents.edges})
    number = {roles: index for index, roles in enumerate(role_sets)}
    starts = [0] * (len(contents.nodes) + 1)
    for fact in contents.facts:  # ordered by subject
        starts[fact.subject + 1] += 1
    for node in range(len(contents.nodes)):
        starts[node + 1] += starts[node]
    return {
        "title": contents.title,
        "left_out": contents.left_out,
        "articles": plain(contents.articles),
        "edges": {
            "source": [edge.source for edge in contents.edges],
            "target": [edge.target for edge in contents.edges],
            "roles": [number[edge.roles] for edge in contents.edges],
            "role_sets": plain(tuple(role_sets)),
            "conflicts": [index for index, edge in enumerate(contents.edges) if edge.conflict],
        },
        "chunk": CHUNK,
        "fact_starts": starts,
        "disputed": [index for index, fact in enumerate(contents.facts) if fact.conflicts],
        "said": [_who_said(statement, contents) for statement in contents.statements],
    }


def packed(contents: Contents, graph: PageGraph) -> dict[str, tuple[Markup, ...]]:
    """Name → chunks, each base64 of gzip: records as JSON lists of at most CHUNK, the graph as one Turtle text."""
    statements = [{"text": said.text, "sentences": list(said.sentences)} for said in contents.statements]
    return {
        "facts": _chunks(plain(contents.facts)),
        "sentences": _chunks(plain(contents.sentences)),
        "statements": _chunks(statements),
        "rdf": (pack(graph.turtle),),
    }


def pack(content: bytes) -> Markup:
    """Base64 of gzip; without a time, so that the same content is the same text."""
    return in_base64(gzip.compress(content, mtime=0))


def in_base64(gzipped: bytes) -> Markup:
    """What is compressed already, as text that HTML leaves alone."""
    return Markup(base64.b64encode(gzipped).decode("ascii"))  # noqa: S704 - base64's alphabet


def _chunks(records: Sequence[Any]) -> tuple[Markup, ...]:
    parts = (records[begin : begin + CHUNK] for begin in range(0, len(records), CHUNK))
    return tuple(pack(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()) for part in parts)


def _who_said(statement: PageStatement, contents: Contents) -> dict[str, Any]:
    """A statement without its words: who, to whom, about what, in which article."""
    row = plain(statement)
    del row["text"]
    sentences = row.pop("sentences", ())
    if sentences:
        row["article"] = contents.sentences[sentences[0]].article
    return dict(row)
