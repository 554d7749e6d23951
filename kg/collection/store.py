"""A store on disk: opened, changed, and closed as a whole, whatever kills the process in between."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pyoxigraph import Store

from kg.collection.changes import difference, own_quads
from kg.collection.codec import pack, unpack
from kg.collection.shelf import Lock, Shelf
from kg.errors import GraphError
from kg.graph import GraphWriter
from kg.knowledge import KnowledgeBase, KnowledgeFile
from kg.model import Document, Reading
from kg.provenance import Run
from kg.resolution import article_id, resolve_across_documents
from kg.resolution.decisions import NONE, Decisions, read_decisions
from kg.schema import EventSchema
from kg.store import Graph
from kg.subjects import subjects

READINGS: Final = "readings.sqlite"
GRAPH: Final = "graph"
LOCK: Final = "lock.sqlite"
KNOWLEDGE: Final = "knowledge"
DECISIONS: Final = "decisions.yaml"
BULK: Final = 20_000
"""Quads from which on an empty graph is filled without a log: the pending change is its log."""


def is_collection(folder: Path) -> bool:
    """Whether the folder is a store."""
    return (folder / READINGS).is_file()


def open_graph(folder: Path) -> Graph:
    """The store's graph for questions, as it was when the last change ended. Raises GraphError while it is changed."""
    shelf = Shelf(folder / READINGS)
    try:
        if not shelf.is_settled():  # a process has died, or is just writing
            Collection(folder).close()
        base = shelf.setting("base")
    finally:
        shelf.close()
    if base is None:
        raise GraphError(f"{folder}: nothing has been added to this store yet")
    try:
        graph = Store.read_only(str(folder / GRAPH))
    except OSError as error:
        raise GraphError(f"{folder / GRAPH}: cannot be opened: {error}") from error
    return Graph.over(graph, own=lambda: own_quads(graph, base), base=base)


class Collection:
    """A store that this process alone may change. A context manager; a new folder becomes a store.

    Raises GraphError when the folder holds something else or another process is changing it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        _claim(folder)
        self._lock = Lock(folder / LOCK, folder)
        try:
            self._shelf = Shelf(folder / READINGS)
            self._graph = Store(str(folder / GRAPH))
            self._settle()
        except OSError as error:
            self._lock.release()
            raise GraphError(f"{folder / GRAPH}: cannot be opened: {error}") from error
        except GraphError:
            self._lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let others change the store."""
        del self._graph  # Oxigraph gives its files free when nothing holds it
        self._shelf.close()
        self._lock.release()

    @property
    def base(self) -> str | None:
        """Base IRI of the graph; None before the first article."""
        return self._shelf.setting("base")

    @property
    def reader(self) -> str | None:
        """Name of the reader; None before the first article."""
        return self._shelf.setting("reader")

    @property
    def run(self) -> str | None:
        """Id of the run that has made the readings; None before the first article."""
        return self._shelf.setting("run")

    def knowledge(self) -> tuple[KnowledgeFile, ...]:
        """The user's files of actors, kept with the store."""
        return tuple(KnowledgeFile.at(path) for path in sorted((self.folder / KNOWLEDGE).glob("*")))

    def keep_knowledge(self, files: Sequence[Path]) -> None:
        """Keep copies of the user's files of actors; only before the first article."""
        (self.folder / KNOWLEDGE).mkdir(exist_ok=True)
        for file in files:
            shutil.copyfile(file, self.folder / KNOWLEDGE / file.name)

    def decisions(self) -> Decisions:
        """What people have decided about this store's graph."""
        path = self.folder / DECISIONS
        return read_decisions(path) if path.is_file() else NONE

    def identifiers(self) -> dict[str, str]:
        """The paths or URLs that articles came from, by article id."""
        return self._shelf.identifiers()

    def documents(self) -> list[Document]:
        """All articles as they were read."""
        return [unpack(packed).document for packed in self._shelf.readings()]

    def update(
        self,
        *,
        add: Iterable[Reading] = (),
        drop: Iterable[str] = (),
        knowledge: KnowledgeBase,
        schema: EventSchema,
        run: Run,
        settings: dict[str, str],
    ) -> None:
        """Add readings and drop articles, both or nothing, and let the graph follow.

        The graph follows a changed file of decisions too. An added reading takes the place of one with the same
        article id. `settings` are the base and the reader.
        """
        dropped = set(drop)
        new = {article_id(reading.document): reading for reading in add}
        readings = {article_id(reading.document): reading for reading in map(unpack, self._shelf.readings())}
        readings = {name: reading for name, reading in readings.items() if name not in dropped} | new
        resolution = resolve_across_documents(list(readings.values()), knowledge, schema, self.decisions())
        writer = GraphWriter(resolution.articles, schema, settings["base"], run)
        told = subjects(resolution, run)
        found = difference(told, self._shelf.digests(), self._graph, writer, run.id)
        self._shelf.commit(
            settings={**settings, "run": run.id},
            articles=[(name, reading.document.identifier, pack(reading)) for name, reading in new.items()],
            dropped=dropped - new.keys(),
            digests=found.digests.items(),
            gone=found.gone,
            removed=found.removed,
            added=found.added,
        )
        self._settle()

    def _settle(self) -> None:
        """Do to the graph what is still to be done; doing it twice is doing it once."""
        if self._shelf.is_settled():
            return
        for removed, added in self._shelf.pending():
            for quad in removed:
                self._graph.remove(quad)
            (self._graph.bulk_extend if len(added) > BULK else self._graph.extend)(added)
        self._graph.flush()
        self._shelf.settle()


def _claim(folder: Path) -> None:
    """Make the folder when it is missing; refuse one that holds other things."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = [item.name for item in folder.iterdir() if item.name.split("-")[0] not in (READINGS, GRAPH, LOCK)]
    except OSError as error:
        raise GraphError(f"{folder}: cannot be written into: {error.strerror or error}") from error
    if strangers and not is_collection(folder):
        raise GraphError(f"{folder}: not a store of newskg, and not empty ({strangers[0]}, …); name a new folder")
