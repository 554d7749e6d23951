"""The corpora beside the project as training documents and as sets to measure on."""

import itertools
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TypeVar

from kg.knowledge import KnowledgeBase
from kg.reader.labels import Labels
from kg.reader.lemmas import Seen
from kg.reader.trees import ROOT
from kg.reader.words import load_tokenizer
from kg.training.batches import make_labels, seen_lemmas
from kg.training.corpora import Tokenize, on_words_of, read_current_events, read_re3d, read_trees
from kg.training.sentences import Annotated
from kg.training.treebanks import Sentence, by_document

T = TypeVar("T")
LOG = logging.getLogger(__name__)
TREEBANKS = ("EWT", "GUM")

Document = tuple[Sequence[Annotated], ...]
"""Consecutive sentences, in as many versions as there are ways to part them into words; epochs take turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpora:
    """What a run learns from and what it watches."""

    documents: tuple[Document, ...]
    labels: Labels
    lemmas: Seen
    development: dict[str, Sequence[Annotated]]


def prepare(data: Path, limit: int | None = None) -> Corpora:
    """Read all corpora in `data`; `limit` keeps so many documents of each, to try things out."""
    tokenize = tokenizer()
    treebanks = [_first(_tree_documents(data, name, tokenize), limit) for name in TREEBANKS]
    trees = [document for documents in treebanks for document in documents]
    sentences = [_sentences(documents) for documents in treebanks]
    labels = make_labels(itertools.chain.from_iterable(sentences))
    named = [
        *_first(read_re3d(data / "re3d", tokenize), limit),
        *_first(read_current_events(data / "current-events", KnowledgeBase.load(), tokenize, held_out=False), limit),
    ]
    documents = (*trees, *(((passage,),) for passage in named))
    words = sum(len(sentence.words) for document in documents for sentence in document[0])
    LOG.info("%d documents with trees, %d passages with names only, %d words", len(trees), len(named), words)
    return Corpora(
        documents=documents,
        labels=labels,
        lemmas=seen_lemmas(sentences),
        development=_first_of_each(measured_sets(data, "dev"), limit),
    )


def _sentences(documents: Iterable[Document]) -> list[Annotated]:
    return [sentence for document in documents for version in document for sentence in version]


def measured_sets(data: Path, split: str) -> dict[str, list[Annotated]]:
    """The sets of a split on the treebanks' own words: EWT, and for "dev" GUM's news and all of GUM's open genres."""
    sets = {f"EWT {split}": [annotated for _, annotated in read_trees(data, split, "EWT")]}
    gum = list(read_trees(data, split, "GUM"))
    if gum:
        sets[f"GUM {split} news"] = [annotated for sentence, annotated in gum if "_news_" in sentence.id]
        sets[f"GUM {split}"] = [annotated for _, annotated in gum]
    return {name: sentences for name, sentences in sets.items() if sentences}


def tokenizer() -> Tokenize:
    """The words that the reader reads, as offsets."""
    nlp = load_tokenizer()
    return lambda text: [(token.idx, token.idx + len(token)) for token in nlp.make_doc(text) if not token.is_space]


def _tree_documents(data: Path, corpus: str, tokenize: Tokenize) -> Iterator[Document]:
    for document in by_document(read_trees(data, "train", corpus), itemgetter(0)):
        yield (
            [annotated for _, annotated in document],
            [_on_our_words(sentence, annotated, tokenize) for sentence, annotated in document],
        )


def _on_our_words(sentence: Sentence, annotated: Annotated, tokenize: Tokenize) -> Annotated:
    """The sentence on the reader's words; unchanged where that would break its tree."""
    moved = on_words_of(sentence, annotated, tokenize)
    return moved if moved.tree is not None and _is_tree(moved.tree.heads) else annotated


def _is_tree(heads: Sequence[int]) -> bool:
    if list(heads).count(ROOT) != 1:
        return False
    reached = {ROOT}
    waiting = set(range(len(heads)))
    while waiting:
        next_ones = {index for index in waiting if heads[index] in reached}
        if not next_ones:
            return False
        reached |= next_ones
        waiting -= next_ones
    return True


def _first(items: Iterable[T], limit: int | None) -> list[T]:
    return list(items)[:limit]


def _first_of_each(sets: dict[str, list[Annotated]], limit: int | None) -> dict[str, Sequence[Annotated]]:
    return {name: sentences[:limit] for name, sentences in sets.items()}
