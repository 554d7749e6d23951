"""A graph that grows: articles come into a store on disk and leave it (`kg add`, `kg remove`)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, BinaryIO, Final

from kg import DEFAULT_READER, __version__
from kg.collection import DECISIONS, Collection, require_collection
from kg.deciding import add_decision
from kg.documents import Problem, read_documents
from kg.errors import GraphError
from kg.knowledge import KnowledgeFile
from kg.model import Document, Reading
from kg.pipeline import Clock, Progress, load_knowledge, read_articles, told_problems
from kg.provenance import Run, describe_run
from kg.resolution import article_id, first_of
from kg.resolution.decisions import Decision
from kg.schema import load_event_schema
from kg.store import is_base
from kg.vocab import BASE

BATCH: Final = 200
"""Articles that are put into the store at once, at least: what a killed run has added before stays."""

GROWTH: Final = 4
"""A large store takes the fourth part of what it holds at once, so that filling it does not resolve it too often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a store: ids of articles."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    known: tuple[str, ...] = ()  # they were there before
    articles: int  # in the store now
    problems: tuple[Problem, ...] = ()

    def report(self) -> dict[str, Any]:
        """For machines."""
        return {
            "added": list(self.added),
            "removed": list(self.removed),
            "known": list(self.known),
            "articles": self.articles,
            "problems": told_problems(self.problems),
        }


def add(
    inputs: Sequence[str | Path],
    *,
    store: str | Path,
    reader: str | None = None,
    workers: int = 1,
    base: str | None = None,
    knowledge: Sequence[str | Path] = (),
    reread: bool = False,
    progress: Callable[[Progress], None] | None = None,
    stdin: BinaryIO | None = None,
) -> Change:
    """Read articles into a store, which is made when it is missing; those that it holds already are not read again.

    `reader`, `base` and `knowledge` are chosen with the first article and kept. `reread` reads all articles of the
    store anew, which another version of newskg asks for. Raises GraphError when the store does not fit what is asked.
    """
    with Collection(Path(store)) as collection:
        setup = _Setup.of(collection, reader, base, knowledge, any_version=reread)
        problems: list[Problem] = []
        clock = Clock(progress)
        documents = list(clock.watch("documents", read_documents(inputs, stdin=stdin, on_problem=problems.append)))
        fresh = {article_id(document): document for document in sorted(documents, key=first_of, reverse=True)}
        known = collection.identifiers()
        wanted = [
            document
            for name, document in sorted(fresh.items())
            if name not in known or first_of(document) < first_of(collection.document(name))
        ]
        added: list[str] = []
        for batch in [[*collection.documents(), *wanted]] if reread else _batches(wanted, len(known)):
            read = read_articles(
                batch, clock, problems, reader=setup.reader, additions=setup.additions, workers=workers
            )
            readings = list(read)
            if reread and len(readings) < len(batch):
                told = "; ".join(f"{problem.identifier}: {problem.reason}" for problem in problems if problem.fatal)
                raise GraphError(
                    f"{store}: not all of it can be read by this version, and nothing was changed ({told})"
                )
            if readings:
                setup.update(collection, add=readings)
                added += [article_id(reading.document) for reading in readings]
            clock.lap("store")
        if collection.is_behind:  # of a file of decisions that was edited, or of a graph that was lost
            setup.update(collection)
        return Change(
            added=tuple(sorted(set(added) - known.keys())),
            known=tuple(sorted(fresh.keys() & known.keys())),
            articles=len(collection.identifiers()),
            problems=tuple(problems),
        )


def remove(names: Sequence[str], *, store: str | Path) -> Change:
    """Take articles out of a store: each is named by its id, its IRI, or the path or URL that it came from.

    Raises GraphError when the store does not hold one of them; nothing is removed then.
    """
    require_collection(Path(store))
    with Collection(Path(store)) as collection:
        setup = _Setup.of(collection)
        gone = {found for name in names for found in _named(name, collection.identifiers(), setup.base)}
        setup.update(collection, drop=gone)
        return Change(removed=tuple(sorted(gone)), articles=len(collection.identifiers()))


def keep_decision(decision: Decision, *, store: str | Path) -> bool:
    """Write a decision into a store's file, and let its graph follow; False when it stood there already."""
    with Collection(Path(store)) as collection:
        setup = _Setup.of(collection)
        new = add_decision(Path(store) / DECISIONS, decision)
        if collection.is_behind:
            setup.update(collection)
        return new


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setup:
    """What the articles of a store are read with: decided with the first of them."""

    base: str
    reader: str
    additions: tuple[KnowledgeFile, ...]
    run: Run

    @classmethod
    def of(
        cls,
        collection: Collection,
        reader: str | None = None,
        base: str | None = None,
        knowledge: Sequence[str | Path] = (),
        *,
        any_version: bool = False,
    ) -> "_Setup":
        """What the store has, else what is asked for. Raises GraphError where both differ.

        So it does where another version of the program has read the articles, unless `any_version` may have.
        """
        kept = {"base": collection.base, "reader": collection.reader}
        for name, asked in (("base", base), ("reader", reader)):
            if asked is not None and kept[name] not in (None, asked):
                raise GraphError(f"{collection.folder}: this store has the {name} {kept[name]!r}, not {asked!r}")
        base = kept["base"] or base or BASE
        if not is_base(base):
            raise GraphError(f"base {base!r} is not an absolute IRI ending in / without ? and #")
        reader = kept["reader"] or reader or DEFAULT_READER
        asked_for = tuple(map(KnowledgeFile.at, knowledge))
        additions = asked_for if collection.run is None else collection.knowledge()
        if asked_for and [_mark(file) for file in asked_for] != [_mark(file) for file in additions]:
            raise GraphError(f"{collection.folder}: this store has other files of actors; make a new one for these")
        load_knowledge(additions)  # a mistake in them, and in the file of decisions, is told before anything is read
        collection.decisions()
        run = describe_run(f"newskg {__version__}", reader, base, additions)
        if collection.run not in (None, run.id) and not any_version:
            raise GraphError(
                f"{collection.folder}: made by another version of newskg, or with another model; "
                f"read its articles anew with: kg add --reread --store {collection.folder}"
            )
        return cls(base=base, reader=reader, additions=additions, run=run)

    def update(self, collection: Collection, *, add: Iterable[Reading] = (), drop: Iterable[str] = ()) -> None:
        """Change the store and its graph."""
        if collection.run is None:
            collection.keep_knowledge(self.additions)
        collection.update(
            add=add,
            drop=drop,
            knowledge=load_knowledge(self.additions),
            schema=load_event_schema(),
            run=self.run,
            settings={"base": self.base, "reader": self.reader},
        )


def _mark(file: KnowledgeFile) -> tuple[str, str]:
    return (Path(file.path).name, file.digest)


def _batches(documents: Sequence[Document], held: int) -> list[Sequence[Document]]:
    batches: list[Sequence[Document]] = []
    start = 0
    while start < len(documents):
        size = max(BATCH, (held + start) // GROWTH)
        batches.append(documents[start : start + size])
        start += size
    return batches


def _named(name: str, identifiers: dict[str, str], base: str) -> list[str]:
    """Ids of the articles that a name means: several may come from one file."""
    short = name.removeprefix("<").removesuffix(">").removeprefix(base)
    found = [short] if short in identifiers else [id_ for id_, origin in identifiers.items() if origin == name]
    if not found:
        near = get_close_matches(name, [*identifiers, *identifiers.values()])
        meant = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        raise GraphError(f"no article of the store is {name!r}{meant}")
    return found
