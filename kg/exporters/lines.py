"""N-Triples and N-Quads lines in order, each once, in bounded memory: what every format of a whole graph is made from.

pyoxigraph writes the lines, which is as fast as it can be; here they are sorted as bytes. What does not fit is sorted
in runs on disk that are merged as they are read (Knuth, The Art of Computer Programming 3, 5.4).
"""

import heapq
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import chain, groupby
from types import TracebackType
from typing import IO, Final, cast

from pyoxigraph import RdfFormat, Triple, parse

RUN: Final = 256 * 2**20
"""Bytes that are sorted at a time: 1.4 million triples of news, at twice as much memory."""
_END: Final = b"\n"


class SortedLines:
    """Takes lines as a file does and gives them back sorted, each once and with its line break.

    `arranged` changes each line before it is sorted. Used with `with`: what lies on disk is then removed.
    """

    def __init__(self, arranged: Callable[[bytes], bytes] | None = None, *, run: int = RUN) -> None:
        self._arranged = arranged
        self._run = run
        self._chunks: list[bytes] = []
        self._size = 0
        self._files: list[IO[bytes]] = []
        self._open = ExitStack()

    def __enter__(self) -> "SortedLines":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def file(self) -> IO[bytes]:
        """Itself, to a library that asks for a file and only writes."""
        return cast("IO[bytes]", self)

    def write(self, chunk: bytes) -> int:
        """Take some bytes, which need not end where a line does."""
        self._chunks.append(chunk)
        self._size += len(chunk)
        if self._size >= self._run:
            self._spill()
        return len(chunk)

    def flush(self) -> None:
        """Nothing: lines are written when they are sorted."""

    def __iter__(self) -> Iterator[bytes]:
        """The distinct lines in the order of their bytes."""
        last, _ = self._sorted()
        for file in self._files:
            file.seek(0)
        previous = b""
        for line in heapq.merge(*self._files, last) if self._files else last:
            if line != previous:
                previous = line
                yield line

    def _sorted(self) -> tuple[list[bytes], bytes]:
        """The lines in memory, sorted, and the beginning of one that is still to be written."""
        lines = b"".join(self._chunks).splitlines(keepends=True)  # a line break inside a literal is an escape
        self._chunks = []
        unfinished = lines.pop() if lines and not lines[-1].endswith(_END) else b""
        if self._arranged is not None:
            lines = [self._arranged(line) for line in lines]
        lines.sort()
        return lines, unfinished

    def _spill(self) -> None:
        lines, unfinished = self._sorted()
        file = self._open.enter_context(tempfile.TemporaryFile(prefix="newskg-"))  # noqa: SIM115 - the stack closes it
        file.writelines(lines)
        self._files.append(file)
        self._chunks, self._size = [unfinished], len(unfinished)


def graph_first(line: bytes) -> bytes:
    r"""An N-Quads line with its graph's name before the triple; nothing stands there for the default graph.

    >>> graph_first(b'<s> <p> "o"@en <g> .\n'), graph_first(b"<s> <p> <o> .\n")
    (b'<g> <s> <p> "o"@en .\n', b' <s> <p> <o> .\n')
    """
    subject, predicate, rest = line[:-3].split(b" ", 2)
    # Spaces stand in literals and triple terms; no graph's name holds what these end with.
    within = rest.rfind(b'"') if rest[:1] == b'"' else rest.rfind(b")>>") if rest[:3] == b"<<(" else 0
    end = rest.find(b" ", within)
    object_, graph = (rest, b"") if end < 0 else (rest[:end], rest[end + 1 :])
    return b"%b %b %b %b .\n" % (graph, subject, predicate, object_)


def graph_last(line: bytes) -> bytes:
    r"""The N-Quads line of what `graph_first` has made.

    >>> graph_last(b'<g> <s> <p> "o"@en .\n'), graph_last(b" <s> <p> <o> .\n")
    (b'<s> <p> "o"@en <g> .\n', b'<s> <p> <o> .\n')
    """
    graph, triple = line.split(b" ", 1)
    return b"%b %b .\n" % (triple[:-3], graph) if graph else triple


def described(lines: Iterator[bytes]) -> Iterator[list[Triple]]:
    """The triples of each subject of sorted N-Triples lines."""
    for _, same in groupby(lines, key=lambda line: line[: line.index(b" ")]):
        yield [quad.triple for quad in parse(b"".join(same), RdfFormat.N_TRIPLES)]


Block = tuple[bytes, dict[bytes, list[bytes]]]
"""A subject, and its predicates with their objects, in order, as N-Triples tokens."""


def blocks(lines: Iterator[bytes]) -> Iterator[Block]:
    """The sorted N-Triples lines of each subject together."""
    first = next(lines, None)
    if first is None:
        return
    subject, predicate, object_ = first.split(b" ", 2)
    about: dict[bytes, list[bytes]] = {}
    block = subject, about
    for line in chain((first,), lines):
        subject, predicate, object_ = line.split(b" ", 2)
        if subject != block[0]:
            yield block
            about = {}
            block = subject, about
        if predicate in about:
            about[predicate].append(object_[:-3])
        else:
            about[predicate] = [object_[:-3]]
    yield block
