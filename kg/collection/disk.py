"""A store's folder, and its graph as it lies there.

The graph on disk holds every triple in its default graph and those of an article in its named graph too, so that a
question asked of it is answered over all.
"""

from collections.abc import Iterator
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
BULK: Final = 20_000
"""Quads from which on they are loaded without a log of the database's own: the pending change is their log."""
DEFAULT: Final = DefaultGraph()
LINKS: Final = frozenset({NamedNode(f"{KG}mentionedIn"), NamedNode(f"{PROV}wasDerivedFrom")})
COPY_OF: Final = NamedNode(f"{KG}copyOf")


def is_collection(folder: Path) -> bool:
    """Whether the folder is a store."""
    return (folder / READINGS).is_file()


def open_for_questions(folder: Path) -> tuple[Store, str]:
    """The store's graph as it was when the last change ended, and its base IRI.

    Raises GraphError while another process changes the store, and for a store without articles.
    """
    shelf = Shelf(folder / READINGS)
    try:
        if not shelf.is_settled():  # a process has died, or is just writing
            lock = Lock(folder / LOCK, folder)
            try:
                settle(shelf, open_for_changes(folder))
            finally:
                lock.release()
        base = shelf.setting("base")
    finally:
        shelf.close()
    if base is None:
        raise GraphError(f"{folder}: nothing has been added to this store yet")
    try:
        return Store.read_only(str(folder / GRAPH)), base
    except OSError as error:
        raise GraphError(f"{folder / GRAPH}: cannot be opened: {error}") from error


def open_for_changes(folder: Path) -> Store:
    """The store's graph, made when it is missing."""
    try:
        return Store(str(folder / GRAPH))
    except OSError as error:
        raise GraphError(f"{folder / GRAPH}: cannot be opened: {error}") from error


def settle(shelf: Shelf, graph: Store) -> None:
    """Do to the graph what is still to be done; doing it twice is doing it once."""
    if shelf.is_settled():
        return
    for removed, added in shelf.pending():
        for quad in removed:
            graph.remove(quad)
        (graph.bulk_extend if len(added) > BULK else graph.extend)(added)
    graph.flush()
    shelf.settle()


def own_quads(graph: Store, base: str) -> Iterator[Quad]:
    """The quads of the graph on disk, each once where it belongs."""
    return (q for q in graph if q.graph_name != DEFAULT or not stands_in_article(q, base))


def stands_in_article(quad: Quad, base: str) -> bool:
    """Whether a triple stands in an article's named graph; all others stand in the default graph (kg/graph.py)."""
    if quad.predicate in LINKS:
        return True
    subject = quad.subject.value if isinstance(quad.subject, NamedNode) else ""
    return subject.startswith((f"{base}article/", f"{base}publisher/")) and quad.predicate != COPY_OF
