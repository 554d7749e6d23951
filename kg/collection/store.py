"""A store on disk: opened, changed, and closed as a whole, whatever kills the process in between."""

import gc
import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.collection.changes import difference
from kg.collection.codec import pack, pack_document, pack_event, unpack, unpack_document, unpack_event
from kg.collection.disk import (
    DECISIONS,
    GRAPH,
    KNOWLEDGE,
    LOCK,
    READINGS,
    is_collection,
    open_for_changes,
    settle,
)
from kg.collection.shelf import Lock, Shelf
from kg.errors import GraphError
from kg.graph import GraphWriter
from kg.knowledge import KnowledgeBase, KnowledgeFile
from kg.model import Document, Reading
from kg.provenance import Run
from kg.resolution import article_id, resolve_across_documents
from kg.resolution.decisions import NONE, Decisions, read_decisions
from kg.resolution.memory import Memory
from kg.schema import EventSchema
from kg.subjects import subjects


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
            self._graph = open_for_changes(folder)
            self._lost = next(iter(self._graph), None) is None and bool(self._shelf.digests())
            if self._lost:
                self._shelf.forget()
            settle(self._shelf, self._graph, folder)
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

    @property
    def is_behind(self) -> bool:
        """Whether the graph does not follow what has been decided, or is lost."""
        return self.run is not None and (self._lost or self._shelf.setting("decisions") != self._decisions_digest())

    def knowledge(self) -> tuple[KnowledgeFile, ...]:
        """The user's files of actors, kept with the store, in the order in which they were given."""
        return tuple(KnowledgeFile.at(path) for path in sorted((self.folder / KNOWLEDGE).glob("*/*")))

    def keep_knowledge(self, files: Sequence[KnowledgeFile]) -> None:
        """Keep copies of the user's files of actors; only before the first article."""
        shutil.rmtree(self.folder / KNOWLEDGE, ignore_errors=True)
        for number, file in enumerate(files):
            place = self.folder / KNOWLEDGE / f"{number:04d}"  # two files may have one name
            place.mkdir(parents=True)
            shutil.copyfile(file.path, place / Path(file.path).name)

    def decisions(self) -> Decisions:
        """What people have decided about this store's graph."""
        path = self.folder / DECISIONS
        return read_decisions(path) if path.is_file() else NONE

    def _decisions_digest(self) -> str:
        path = self.folder / DECISIONS
        return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""

    def identifiers(self) -> dict[str, str]:
        """The paths or URLs that articles came from, by article id."""
        return self._shelf.identifiers()

    def document(self, article: str) -> Document:
        """An article as it was read."""
        return unpack_document(self._shelf.document(article))

    def documents(self) -> list[Document]:
        """All articles as they were read."""
        return [unpack_document(packed) for packed in self._shelf.documents()]

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
        with _no_collecting():
            self._update(set(drop), add, knowledge, schema, run, settings)

    def _update(
        self,
        dropped: set[str],
        add: Iterable[Reading],
        knowledge: KnowledgeBase,
        schema: EventSchema,
        run: Run,
        settings: dict[str, str],
    ) -> None:
        new = {article_id(reading.document): reading for reading in add}
        kept = (name for name in self._shelf.identifiers() if name not in dropped | new.keys())
        readings = {name: unpack(self._shelf.reading(name)) for name in kept} | new
        decided = self._decisions_digest()
        packed = self._shelf.events() if self.run == run.id else {}
        memory = Memory({key: unpack_event(event) for key, event in packed.items()})
        resolution = resolve_across_documents(list(readings.values()), knowledge, schema, self.decisions(), memory)
        events = {key: pack_event(event) for key, event in memory.now.items()}
        writer = GraphWriter(resolution.articles, schema, settings["base"], run)
        told = subjects(resolution, run)
        found = difference(told, self._shelf.digests(), self._graph, writer, run.id)
        self._shelf.commit(
            settings={**settings, "run": run.id, "decisions": decided},
            articles=[
                (name, reading.document.identifier, pack_document(reading.document), pack(reading))
                for name, reading in new.items()
            ],
            dropped=dropped - new.keys(),
            digests=found.digests.items(),
            gone=found.gone,
            events=events.items() - packed.items(),
            past=packed.keys() - events.keys(),
            removed=found.removed,
            added=found.added,
        )
        settle(self._shelf, self._graph, self.folder)
        self._lost = False


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Nothing here refers to itself; looking through millions of objects for what does takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _claim(folder: Path) -> None:
    """Make the folder when it is missing; refuse one that holds other things."""
    if folder.exists() and not folder.is_dir():
        raise GraphError(f"{folder}: a file, not the folder of a store")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strangers = [item.name for item in folder.iterdir() if item.name.split("-")[0] not in (READINGS, GRAPH, LOCK)]
    except OSError as error:
        raise GraphError(f"{folder}: cannot be written into: {error.strerror or error}") from error
    if strangers and not is_collection(folder):
        raise GraphError(f"{folder}: not a store of newskg, and not empty ({strangers[0]}, …); name a new folder")
