"""The map of the program: documents → one reading each → resolution → the graph.

Only this file knows the order of the stages.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from spacy.language import Language

from kg import DEFAULT_READER, __version__
from kg.coreference import resolve_coreference, resolve_first_person
from kg.documents import Problem, ProblemKind, read_documents
from kg.errors import GraphError
from kg.events import extract_events
from kg.graph import to_quads
from kg.knowledge import KnowledgeBase, KnowledgeFile
from kg.linking import lands_of, link_entities, state_relations
from kg.mentions import find_mentions
from kg.model import Document, Reading
from kg.parallel import Outcome, Task, map_readings
from kg.provenance import describe_run
from kg.quotes import attribute_quotes, claims_of, place_in_events
from kg.reader import annotate, load_reader, sentence_spans, sentences_of
from kg.resolution import Resolution, resolve_across_documents
from kg.resolution.decisions import NONE, read_decisions
from kg.schema import EventSchema, load_event_schema
from kg.shingles import shingles_of
from kg.store import Graph, is_base
from kg.times import normalize_times
from kg.topic_scheme import Topic, load_topics
from kg.topics import assign_topics, event_topics, quote_topics
from kg.vocab import BASE

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a build has come; `total` is None while it is unknown."""

    stage: str
    done: int
    total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What reading needs, loaded once a process."""

    nlp: Language
    knowledge: KnowledgeBase
    schema: EventSchema
    topics: tuple[Topic, ...]

    @classmethod
    def load(cls, reader: str = DEFAULT_READER, knowledge: tuple[KnowledgeFile, ...] = ()) -> "Tools":
        """The named reader with the packaged knowledge base (and the user's files laid over it) and ontology."""
        return cls(
            nlp=load_reader(reader),
            knowledge=load_knowledge(knowledge),
            schema=load_event_schema(),
            topics=load_topics(),
        )


@cache
def load_knowledge(additions: tuple[KnowledgeFile, ...] = ()) -> KnowledgeBase:
    """The packaged knowledge base with the user's files laid over it, once a process."""
    return KnowledgeBase.load(additions=[file.path for file in additions])


def read_article(document: Document, tools: Tools) -> Reading:
    """One article, read by all stages; knows nothing of other articles."""
    doc = annotate(document, tools.nlp)
    sentences, spans = sentences_of(document, doc), sentence_spans(doc)
    mentions = find_mentions(doc, spans, tools.knowledge, document.published)
    times = normalize_times(doc, sentences, document.published)
    chains = resolve_coreference(document.text, sentences, mentions, tools.knowledge)
    actors = link_entities(chains, tools.knowledge, document.published)
    quotes = attribute_quotes(doc, sentences, spans, actors)
    actors = resolve_first_person(actors, mentions, quotes)
    lands = lands_of(actors, tools.knowledge)
    claims = claims_of(quotes)
    events = extract_events(doc, sentences, spans, actors, times, claims, tools.schema, document.published, lands)
    topics = assign_topics(sentences, actors, events, tools.topics)
    return Reading(
        document=document,
        sentences=sentences,
        actors=actors,
        relations=state_relations(doc, actors, tools.knowledge),
        events=events,
        quotes=tuple(
            replace(quote, topics=quote_topics(quote, topics, tools.topics))
            for quote in place_in_events(quotes, events)
        ),
        topics=topics,
        event_topics=event_topics(topics, events, tools.topics),
        shingles=shingles_of(sentences),
    )


def build(
    inputs: Sequence[str | Path],
    *,
    reader: str = DEFAULT_READER,
    workers: int = 1,
    base: str = BASE,
    knowledge: Sequence[str | Path] = (),
    decisions: str | Path | None = None,
    progress: Callable[[Progress], None] | None = None,
    stdin: BinaryIO | None = None,
) -> Graph:
    """Articles in, one graph out; `.report` of the graph says what was read, what was not and why.

    The graph does not depend on the order of `inputs` or the number of `workers` (processes). `knowledge` are CSV and
    Turtle files that add to the knowledge base or correct it; of two that disagree the later one counts. `decisions` is
    a file of what people have decided (`kg decide`).
    """
    if not is_base(base):
        raise GraphError(f"base {base!r} is not an absolute IRI ending in / without ? and #")
    additions = tuple(map(KnowledgeFile.at, knowledge))
    load_knowledge(additions)  # a mistake in the user's files is told before anything is read
    decided = read_decisions(Path(decisions)) if decisions is not None else NONE
    problems: list[Problem] = []
    clock = Clock(progress)
    documents = list(clock.watch("documents", read_documents(inputs, stdin=stdin, on_problem=problems.append)))
    readings = list(read_articles(documents, clock, problems, reader=reader, additions=additions, workers=workers))
    schema = load_event_schema()
    resolution = resolve_across_documents(readings, load_knowledge(additions), schema, decided)
    clock.lap("resolution")
    run = describe_run(f"newskg {__version__}", reader, base, additions)
    graph = Graph(to_quads(resolution, schema, base, run), base=base)
    clock.lap("graph")
    graph.report = _report(readings, problems, resolution, clock.seconds)
    return graph


def read_articles(
    documents: Sequence[Document],
    clock: "Clock",
    problems: list[Problem],
    *,
    reader: str,
    additions: tuple[KnowledgeFile, ...],
    workers: int,
) -> Iterator[Reading]:
    """Readings of the documents in their order; what cannot be read is added to `problems`."""
    task = Task(load=Tools.load, read=read_article, reader=reader, knowledge=additions)
    for outcome in clock.watch("reading", map_readings(documents, task, workers), len(documents)):
        if outcome.reading is not None:
            yield outcome.reading
        else:
            problems.append(_failure(outcome))


def _failure(outcome: Outcome) -> Problem:
    return Problem(
        identifier=outcome.identifier,
        kind=ProblemKind.UNREADABLE,
        reason=f"reading failed: {outcome.error}",
        fatal=True,
    )


def _report(
    readings: Sequence[Reading], problems: Sequence[Problem], resolution: Resolution, seconds: dict[str, float]
) -> dict[str, Any]:
    counts = Counter(event.type for event in resolution.events)
    counts.update(entity.type for entity in resolution.entities.values())
    counts["Statement"] = len(resolution.statements)
    return {
        "newskg": __version__,
        "read": [_told(reading) for reading in sorted(readings, key=lambda r: r.document.identifier)],
        "problems": told_problems(problems),
        "counts": {name: count for name, count in sorted(counts.items()) if count},
        "seconds": seconds,
    }


def _told(reading: Reading) -> dict[str, Any]:
    return {
        "identifier": reading.document.identifier,
        "title": reading.document.title,
        "publisher": reading.document.publisher,
        "published": reading.document.published.isoformat() if reading.document.published else None,
        "sentences": len(reading.sentences),
        "events": len(reading.events),
        "quotes": len(reading.quotes),
    }


def told_problems(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as a report tells them, in a fixed order."""
    return [
        {"identifier": p.identifier, "kind": p.kind.value, "reason": p.reason, "fatal": p.fatal}
        for p in sorted(problems, key=lambda p: (p.identifier, p.kind.value, p.reason))
    ]


class Clock:
    """Time by stage for the report, and progress for whoever watches."""

    def __init__(self, progress: Callable[[Progress], None] | None) -> None:
        self.seconds: dict[str, float] = {}
        self._progress = progress
        self._last = time.perf_counter()

    def watch(self, stage: str, items: Iterable[T], total: int | None = None) -> Iterator[T]:
        """The items, each told of when it comes; the time until the last one is the stage's."""
        for done, item in enumerate(items, 1):
            if self._progress is not None:
                self._progress(Progress(stage=stage, done=done, total=total))
            yield item
        self.lap(stage)

    def lap(self, stage: str) -> None:
        """All time since the last lap was the stage's."""
        now = time.perf_counter()
        self.seconds[stage] = round(self.seconds.get(stage, 0.0) + now - self._last, 3)
        self._last = now
