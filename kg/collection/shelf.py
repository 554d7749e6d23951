"""The readings of a store, and what is still to be done to its graph, in one SQLite file.

A change is committed here first, together with the quads that it takes from the graph and gives to it; only then is the
graph changed. Whoever opens the store after a crash finds either nothing, or the whole change and does it (again).
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.errors import GraphError

FORMAT: Final = "1"
SCHEMA: Final = (
    "CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS article (id TEXT PRIMARY KEY, identifier TEXT NOT NULL, document BLOB NOT NULL, "
    "reading BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS subject (id TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS event (ingredients BLOB PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS pending (removed BLOB NOT NULL, added BLOB NOT NULL)",
)


class Lock:
    """Held while a process changes a store; the system lets it go when the process ends, however it ends."""

    def __init__(self, path: Path, store: Path) -> None:
        try:
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)
            self._connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                reason = "another process is changing this store; try again when it has ended"
                raise GraphError(f"{store}: {reason}") from error
            raise GraphError(f"{path}: cannot be opened: {error}") from error

    def release(self) -> None:
        """Let others change the store."""
        self._connection.close()


class Shelf:
    """The SQLite file. Every change is a transaction of its own."""

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self._path = path
        mode = "rwc" if writable else "ro"
        try:
            self._connection = sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True, isolation_level=None)
            if writable:
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute("BEGIN IMMEDIATE")
                for statement in SCHEMA:
                    self._connection.execute(statement)
                self._connection.execute("INSERT OR IGNORE INTO setting VALUES ('format', ?)", (FORMAT,))
                self._connection.execute("COMMIT")
            found = self.setting("format")
        except sqlite3.Error as error:
            raise GraphError(f"{path}: cannot be opened: {error}") from error
        if found != FORMAT:
            raise GraphError(f"{path}: a store of another version of newskg (format {self.setting('format')})")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def setting(self, name: str) -> str | None:
        """A setting of the store; None when it has not been made yet."""
        row = self._connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def identifiers(self) -> dict[str, str]:
        """The paths or URLs that articles came from, by id, in the order of ids."""
        return dict(self._connection.execute("SELECT id, identifier FROM article ORDER BY id"))

    def reading(self, article: str) -> bytes:
        """The packed reading of an article."""
        row = self._connection.execute("SELECT reading FROM article WHERE id = ?", (article,)).fetchone()
        return bytes(row[0])

    def document(self, article: str) -> bytes:
        """An article, packed."""
        row = self._connection.execute("SELECT document FROM article WHERE id = ?", (article,)).fetchone()
        return bytes(row[0])

    def documents(self) -> Iterator[bytes]:
        """All packed articles, in the order of their ids."""
        for (document,) in self._connection.execute("SELECT document FROM article ORDER BY id"):
            yield document

    def digests(self) -> dict[str, bytes]:
        """What the graph told of each subject when it was written, as a digest."""
        return dict(self._connection.execute("SELECT id, digest FROM subject"))

    def events(self) -> dict[bytes, str]:
        """What events are called, by what they are made of."""
        return dict(self._connection.execute("SELECT ingredients, name FROM event"))

    def pending(self) -> list[tuple[list[Quad], list[Quad]]]:
        """The quads that the graph must lose and gain before it is what the readings say."""
        rows = self._connection.execute("SELECT removed, added FROM pending ORDER BY rowid")
        return [(_unpacked(removed), _unpacked(added)) for removed, added in rows]

    def is_settled(self) -> bool:
        """Whether nothing is to be done to the graph."""
        return self._connection.execute("SELECT 1 FROM pending LIMIT 1").fetchone() is None

    def settle(self, copy: str) -> None:
        """The graph is what the readings say, and so is this copy of it."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("DELETE FROM pending")
        self._connection.execute("INSERT OR REPLACE INTO setting VALUES ('copy', ?)", (copy,))
        self._connection.execute("COMMIT")

    def forget(self) -> None:
        """The graph is lost: all of it is to be written anew."""
        self._connection.execute("BEGIN IMMEDIATE")
        for table in ("subject", "event", "pending"):
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608
        self._connection.execute("COMMIT")

    def commit(
        self,
        *,
        settings: dict[str, str],
        articles: Iterable[tuple[str, str, bytes, bytes]],
        dropped: Iterable[str],
        digests: Iterable[tuple[str, bytes]],
        gone: Iterable[str],
        events: Iterable[tuple[bytes, str]],
        past: Iterable[bytes],
        removed: Iterable[Quad],
        added: Iterable[Quad],
    ) -> None:
        """Write a whole change, or nothing. Raises GraphError when the disk refuses."""
        run = self._connection
        try:
            run.execute("BEGIN IMMEDIATE")
            run.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", settings.items())
            run.executemany("INSERT OR REPLACE INTO article VALUES (?, ?, ?, ?)", articles)
            run.executemany("DELETE FROM article WHERE id = ?", ((name,) for name in dropped))
            run.executemany("INSERT OR REPLACE INTO subject VALUES (?, ?)", digests)
            run.executemany("DELETE FROM subject WHERE id = ?", ((name,) for name in gone))
            run.executemany("INSERT OR REPLACE INTO event VALUES (?, ?)", events)
            run.executemany("DELETE FROM event WHERE ingredients = ?", ((key,) for key in past))
            run.execute("INSERT INTO pending VALUES (?, ?)", (_packed(removed), _packed(added)))
            run.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):  # the transaction may have ended with the error
                run.execute("ROLLBACK")
            raise GraphError(f"{self._path}: cannot be written: {error}") from error


def _packed(quads: Iterable[Quad]) -> bytes:
    return zlib.compress(serialize(quads, format=RdfFormat.N_QUADS) or b"", 1)


def _unpacked(packed: bytes) -> list[Quad]:
    return list(parse(zlib.decompress(packed), format=RdfFormat.N_QUADS))
