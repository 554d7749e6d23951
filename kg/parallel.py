"""Readings of many documents, in this process or in several; the result and its order are the same."""

import gc
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from typing import Any

from kg.errors import ReaderError
from kg.knowledge import KnowledgeFile
from kg.model import Document, Reading

DOCUMENTS_A_WORKER = 40  # a worker's start (about 2 s) costs what reading this many documents does
CHUNK = 8  # documents sent to a worker at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A reading, or why there is none: one bad article never stops the others."""

    identifier: str
    reading: Reading | None
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """How to read: `load(reader, knowledge)` gives what `read(document, …)` needs. Both functions are pickled."""

    load: Callable[[str, tuple[KnowledgeFile, ...]], Any]
    read: Callable[[Document, Any], Reading]
    reader: str
    knowledge: tuple[KnowledgeFile, ...]


def map_readings(documents: Sequence[Document], task: Task, workers: int) -> Iterator[Outcome]:
    """One outcome a document, in order. Few documents are read in this process whatever `workers` says."""
    useful = min(workers, len(documents) // DOCUMENTS_A_WORKER)
    jobs = [(document, task) for document in documents]
    if useful < 2:
        yield from map(_run, jobs)
        return
    # Spawned, not forked: a progress bar's thread may hold a lock that a fork would copy locked.
    try:
        with ProcessPoolExecutor(useful, mp_context=get_context("spawn")) as pool:
            yield from pool.map(_run, jobs, chunksize=CHUNK)
    except BrokenProcessPool as error:
        reason = "a worker process was killed, perhaps for want of memory; try fewer workers"
        raise ReaderError(task.reader, reason) from error


@cache
def _tools(task: Task) -> Any:
    tools = task.load(task.reader, task.knowledge)
    gc.freeze()  # what was loaded stays: looking through it again and again takes 5 % of the reading
    return tools


def _run(job: tuple[Document, Task]) -> Outcome:
    document, task = job
    tools = _tools(task)  # a reader that is not installed is the user's error, not the article's
    try:
        return Outcome(identifier=document.identifier, reading=task.read(document, tools))
    except Exception as error:  # whatever an article provokes is reported under its name, and the others go on
        return Outcome(identifier=document.identifier, reading=None, error=f"{type(error).__name__}: {error}")
