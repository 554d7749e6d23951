"""Documents: files, folders and standard input in, `Document`s out. One reader a format."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from kg.documents.composition import compose
from kg.documents.drafts import Raw
from kg.documents.formats import SINGLE, format_of, read_drafts
from kg.documents.inputs import Input, find_inputs
from kg.documents.problems import Problem, ProblemKind, Report
from kg.model import Document

__all__ = ["Input", "Problem", "ProblemKind", "find_inputs", "read_documents"]

LARGEST_FILE = 20_000_000  # bytes of a file with one article
LARGEST_RECORDS = 200_000_000  # bytes of a file with many; it is held in memory


def read_documents(
    inputs: Sequence[str | Path], *, stdin: BinaryIO | None = None, on_problem: Report
) -> Iterator[Document]:
    """The articles of `inputs` (files, folders, "-" for `stdin`) by identifier, whatever the order of the arguments.

    A file's identifier is its path as given; a record's its URL, else `path#line` or `path#entry`. Files with one
    article are read while the iterator advances; files of records beforehand, since only their content names them.
    Whatever cannot be read goes to `on_problem`, and the others go on.
    """
    found = find_inputs(inputs, on_problem=on_problem)
    singles = [one for one in found if format_of(one.identifier) in SINGLE]
    others = [one for one in found if format_of(one.identifier) not in SINGLE]
    records = [pair for one in others for pair in _read_input(one, stdin, on_problem)]
    alone = (document for one in singles for document, _ in _read_input(one, stdin, on_problem))
    yield from heapq.merge(_each_once(records, on_problem), alone, key=lambda document: document.identifier)


def _read_input(one: Input, stdin: BinaryIO | None, on_problem: Report) -> Iterator[tuple[Document, str]]:
    """The documents of one input, each with the place that it came from."""
    limit = LARGEST_FILE if format_of(one.identifier) in SINGLE else LARGEST_RECORDS
    try:
        content = _content(one, stdin, limit + 1)
    except OSError as error:
        reason = f"it cannot be opened ({error.strerror or error}); check its name and its permissions"
        on_problem(Problem(identifier=one.identifier, kind=ProblemKind.UNREADABLE, reason=reason, fatal=True))
        return
    if len(content) > limit:
        reason = f"it is larger than {limit:,} bytes; split it"
        on_problem(Problem(identifier=one.identifier, kind=ProblemKind.TOO_LARGE, reason=reason, fatal=True))
        return
    try:
        for draft in read_drafts(Raw(identifier=one.identifier, content=content), on_problem):
            document = compose(draft, on_problem)
            if document:
                yield document, draft.origin
    except Exception as error:  # whatever a file provokes in a parser is reported under its name, and the others go on
        reason = f"reading failed: {type(error).__name__}: {error}"
        on_problem(Problem(identifier=one.identifier, kind=ProblemKind.UNREADABLE, reason=reason, fatal=True))


def _content(one: Input, stdin: BinaryIO | None, limit: int) -> bytes:
    """At most `limit` bytes, so that an endless input ends."""
    if one.path is not None:
        with one.path.open("rb") as stream:
            return stream.read(limit)
    if stdin is None:
        raise OSError("there is no standard input")
    return stdin.read(limit)


def _each_once(records: list[tuple[Document, str]], on_problem: Report) -> list[Document]:
    """Records by identifier. One that is there twice is kept once; a second text under the same URL gets its place."""
    kept: dict[str, Document] = {}
    for document, origin in sorted(records, key=lambda record: (record[0].identifier, record[1])):
        first = kept.setdefault(document.identifier, document)
        if first is document:
            continue
        if first.sha256 != document.sha256:
            kept[origin] = replace(document, identifier=origin)
            continue
        reason = f"the record at {origin} is the same as one read before and was left out"
        on_problem(Problem(identifier=document.identifier, kind=ProblemKind.DUPLICATE, reason=reason, fatal=False))
    return sorted(kept.values(), key=lambda document: document.identifier)
