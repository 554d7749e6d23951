"""How far a push has come, in a small file beside the graph: what broke goes on, what changed meanwhile is noticed."""

import hashlib
import json
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final

from kg.errors import PushError
from kg.exporters.atomic import write_atomically
from kg.naming import digest
from kg.pushing.batches import Batch

if TYPE_CHECKING:
    from kg.pushing import Push

WRITTEN_EVERY: Final = 0.5
"""Seconds; what was sent since then is sent again after a crash, which does no harm."""


def journal_beside(graph: Path, url: str) -> Path:
    """Where the journal of pushing this graph to this address is kept."""
    return graph.parent / f".{graph.name}.push-{digest(url, length=8)}.json"


class Journal:
    """Batches that were sent, told by a digest over all of them in their order."""

    def __init__(self, path: Path, push: "Push") -> None:
        """Raises PushError when the file cannot be read."""
        self._path = path
        self._push = {
            "to": push.url,
            "protocol": push.protocol.value,
            "replace": push.replace,
            "batch": push.batch,
            "default_graph": push.default_graph,
        }
        self._digest = hashlib.sha256()
        self._done = 0
        self._before, self._expected = self._read()
        self._written = time.monotonic()

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and self._done > self._before:
            self._write()

    def was_sent(self, batch: Batch) -> bool:
        """Whether an earlier push sent this batch. Raises PushError when it sent something else."""
        if self._done >= self._before:
            return False
        self._count(batch)
        if self._done == self._before and self._digest.hexdigest() != self._expected:
            raise PushError(
                f"the graph has changed since the push that broke; delete {self._path} to send it from the beginning"
            )
        return True

    def sent(self, batch: Batch) -> None:
        """Remember that this batch is there."""
        self._count(batch)
        if time.monotonic() - self._written > WRITTEN_EVERY:
            self._write()
            self._written = time.monotonic()

    def finish(self) -> None:
        """Everything is there: there is nothing to go on with."""
        self._path.unlink(missing_ok=True)

    def _count(self, batch: Batch) -> None:
        self._digest.update(f"{batch.method} {batch.query} {len(batch.body)}\n".encode())
        self._digest.update(batch.body)
        self._done += 1

    def _write(self) -> None:
        told = {**self._push, "requests": self._done, "sha256": self._digest.hexdigest()}
        write_atomically(self._path, (json.dumps(told, indent=1) + "\n").encode())

    def _read(self) -> tuple[int, str]:
        if not self._path.exists():
            return 0, ""
        try:
            told = json.loads(self._path.read_text(encoding="utf-8"))
            requests, sha256 = int(told.pop("requests")), str(told.pop("sha256"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise PushError(f"{self._path}: not the journal of a push: {error}") from error
        # With other options there are other requests: then we begin anew.
        return (requests, sha256) if told == self._push else (0, "")
