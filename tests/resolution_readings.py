"""Readings for measuring resolution: read once, kept in a folder, and told again by other outlets and in other years.

A kept reading counts as long as nothing that reading depends on has changed, which is all of `kg` but what comes after
reading: resolution can be worked on without reading anew.
"""

import hashlib
import pickle
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import kg
from kg.model import DateRange, Document, EventMention, Reading
from kg.naming import digest
from kg.ontology_files import ontology_path
from kg.pipeline import Tools, read_article
from kg.shingles import shingles_of

AFTER_READING = frozenset({"resolution", "collection", "exporters", "cli", "queries", "training", "__pycache__"})
AFTER_READING_FILES = frozenset(
    f"{name}.py"
    for name in (
        *("graph", "subjects", "literals", "store", "growth", "provenance", "sparql", "validation", "analysis"),
        *("why", "comparing", "deciding", "named_queries", "errors", "__init__"),
    )
)
TOLD_EVERY = 200  # documents between two words on how far reading has come
WEEKDAYS_KEPT = 364  # days, a multiple of seven: "on Tuesday" stays true when a reading is moved by it
LETTERS = "abcdefghijklmnopqrstuvwxyz"
FACTORS = (1, 3, 5, 7, 9, 11, 15, 17, 19, 21, 23, 25)  # without a divisor in common with the number of letters
WORDINGS = len(LETTERS) * len(FACTORS)  # ways of putting a text in other words, its own included
PLAIN_WORD = re.compile(rf"(?<![\w’'])[{LETTERS}]+(?![\w’'])")


def read_once(name: str, documents: Sequence[Document], cache_folder: Path) -> list[Reading]:
    """The documents' readings, from the folder when they are there."""
    inputs = digest(*(f"{d.identifier} {d.title} {d.published} {d.sha256}" for d in documents), length=12)
    kept = cache_folder / reading_digest() / f"{name}-{inputs}.pickle"
    if kept.exists():
        return list(pickle.loads(kept.read_bytes()))
    tools = Tools.load()
    readings = []
    for number, document in enumerate(documents, 1):
        readings.append(read_article(document, tools))
        if number % TOLD_EVERY == 0:
            print(f"{name}: {number} of {len(documents)} read", file=sys.stderr, flush=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(".unfinished")
    unfinished.write_bytes(pickle.dumps(readings))
    unfinished.rename(kept)
    return readings


@cache
def reading_digest() -> str:
    """Of all sources, tables and models that a reading depends on."""
    root = Path(kg.__file__).parent
    files = [path for path in sorted(root.rglob("*")) if path.is_file() and not _is_after_reading(path, root)]
    files += [Path(str(ontology_path(name))) for name in ("newskg.ttl", "topics.ttl")]
    return digest(*(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files), length=12)


def _is_after_reading(path: Path, root: Path) -> bool:
    return bool(AFTER_READING & set(path.relative_to(root).parts)) or path.name in AFTER_READING_FILES


def told_again(reading: Reading, *, publisher: str, years: int = 0, words: int = 0) -> Reading:
    """The same reading of another outlet, so many years of 52 weeks later, in other words.

    `words`, below WORDINGS, turns every lower-case word outside mentions into another one of the same length (an
    affine cipher), so that all offsets stay true and the text is no reprint. Dates in the text keep their words: only
    what was read from them moves.
    """
    later = timedelta(days=WEEKDAYS_KEPT * years)
    document = reading.document
    text = _in_other_words(reading, words) if words else document.text
    published = document.published + later if document.published else None
    sentences = tuple(replace(s, text=text[s.begin : s.end]) for s in reading.sentences)
    return replace(
        reading,
        document=replace(
            document,
            identifier=f"{document.identifier}#{publisher}-{years}-{words}",
            text=text,
            publisher=publisher,
            published=published,
        ),
        sentences=sentences,
        shingles=shingles_of(sentences),
        quotes=tuple(replace(q, text=text[q.begin : q.end]) for q in reading.quotes),
        events=tuple(_moved(event, later) for event in reading.events),
    )


def _moved(event: EventMention, later: timedelta) -> EventMention:
    assertions = (
        replace(a, value=DateRange(begin=a.value.begin + later, end=a.value.end + later))
        if isinstance(a.value, DateRange)
        else a
        for a in event.assertions
    )
    return replace(event, assertions=tuple(assertions))


def _in_other_words(reading: Reading, step: int) -> str:
    named = [range(m.begin, m.end) for actor in reading.actors for m in actor.mentions]
    fixed = {place for span in named for place in span}
    factor, shift = FACTORS[step // len(LETTERS)], step % len(LETTERS)
    moved = str.maketrans(LETTERS, "".join(LETTERS[(factor * n + shift) % len(LETTERS)] for n in range(len(LETTERS))))
    return PLAIN_WORD.sub(lambda w: w[0] if w.start() in fixed else w[0].translate(moved), reading.document.text)
