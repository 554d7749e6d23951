"""A store's folder, and its graph as it lies there.

The graph on disk holds every triple in its default graph and those of an article in its named graph too, so that a
question asked of it is answered over all.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from kg.collection.shelf import Lock, Shelf
from kg.errors import GraphError
from kg.vocab import KG, PROV

READINGS: Final = "readings.sqlite"
GRAPH: Final = "graph"
LOCK: Final = "lock.sqlite"
KNOWLEDGE: Final = "knowledge"
DECISIONS: Final = "decisions.yaml"
TRIES: Final = 5
PAUSE: Final = 0.1
"""Seconds between two tries to open a copy that has just been replaced."""
BULK: Final = 20_000
"""Quads from which on they are loaded without a log of the database's own: the pending change is their log."""
DEFAULT: Final = DefaultGraph()
LINKS: Final = frozenset({NamedNode(f"{KG}mentionedIn"), NamedNode(f"{PROV}wasDerivedFrom")})
COPY_OF: Final = NamedNode(f"{KG}copyOf")


def is_collection(folder: Path) -> bool:
    """Whether the folder is a store."""
    return (folder / READINGS).is_file()


def require_collection(folder: Path) -> None:
    """Raises GraphError when the folder is no store."""
    if not is_collection(folder):
        raise GraphError(f"{folder}: no store; make one with: kg add INPUT… --store {folder}")


def open_for_questions(folder: Path) -> tuple[Store, str]:
    """The store's graph as it was when the last change ended, and its base IRI.

    What is opened is a copy that nobody changes: a database that is written must not be read by another process. Raises
    GraphError for a store without articles.
    """
    try:
        shelf = Shelf(folder / READINGS, writable=False)
    except GraphError:  # SQLite has to roll back what a process that died had not finished
        shelf = Shelf(folder / READINGS)
    try:
        if not shelf.is_settled():
            _finish(folder)
        base = shelf.setting("base")
        for _ in range(TRIES):
            copy = shelf.setting("copy")
            if base is None or copy is None:
                raise GraphError(f"{folder}: nothing has been added to this store yet")
            try:
                return Store.read_only(str(folder / copy)), base
            except OSError as error:  # two changes ago by now: the next one is there
                reason = error
                time.sleep(PAUSE)
    finally:
        shelf.close()
    raise GraphError(
        f"{folder}: its graph cannot be opened ({reason}); write it anew: kg add --reread --store {folder}"
    )


def _finish(folder: Path) -> None:
    """Do what a process that died has left to be done; one that lives does it itself."""
    with suppress(GraphError):
        lock = Lock(folder / LOCK, folder)
        try:
            shelf = Shelf(folder / READINGS)
            settle(shelf, open_for_changes(folder), folder)
            shelf.close()
        finally:
            lock.release()


def open_for_changes(folder: Path) -> Store:
    """The store's graph, made when it is missing."""
    try:
        return Store(str(folder / GRAPH))
    except OSError as error:
        raise GraphError(f"{folder / GRAPH}: cannot be opened: {error}") from error


def settle(shelf: Shelf, graph: Store, folder: Path) -> None:
    """Do to the graph what is still to be done, and give those who ask a copy; doing it twice is doing it once."""
    if shelf.is_settled():
        return
    for removed, added in shelf.pending():
        for quad in removed:
            graph.remove(quad)
        (graph.bulk_extend if len(added) > BULK else graph.extend)(added)
    graph.flush()
    before = shelf.setting("copy")
    number = int(before.rpartition("-")[2]) + 1 if before else 1
    copy = f"{GRAPH}-{number}"
    shutil.rmtree(folder / copy, ignore_errors=True)  # of a process that died here
    graph.backup(str(folder / copy))  # links to the same files, which are never written again
    shelf.settle(copy)
    for old in folder.glob(f"{GRAPH}-*"):
        if old.name not in (copy, before):  # who asks just now has the one before
            shutil.rmtree(old, ignore_errors=True)


def own_quads(graph: Store, base: str) -> Iterator[Quad]:
    """The quads of the graph on disk, each once where it belongs."""
    return (q for q in graph if q.graph_name != DEFAULT or not stands_in_article(q, base))


def stands_in_article(quad: Quad, base: str) -> bool:
    """Whether a triple stands in an article's named graph; all others stand in the default graph (kg/graph.py)."""
    if quad.predicate in LINKS:
        return True
    subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
    return subject.startswith((f"{base}article/", f"{base}publisher/")) and quad.predicate != COPY_OF
