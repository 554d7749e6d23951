"""How good the network is on sentences with gold words and boundaries: one percentage a measure.

UAS, LAS: share of words with the right head (and relation; `LAS` compares universal relations as the CoNLL 2018 shared
task does, `LAS, subtypes` whole ones). Names: exact spans with their label. Roles: (predicate, head of the argument,
role), with the predicates found by the network or given.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.reader.decoding import Labellers, Rows, names_of, relations_of, roles_of, trees_of
from kg.reader.labels import CORE_ROLES, Labels
from kg.reader.lemmas import Lemmatizer
from kg.reader.trained import LABELS_FILE, LEMMAS_FILE, NETWORK_FILE, load_labellers, open_session
from kg.reader.windows import WINDOW_PIECES
from kg.reader.wordpieces import WordPieces
from kg.training.batches import Batch, Numbering, windows
from kg.training.names import certain_names, span_tags
from kg.training.sentences import Annotated, Tags

Run = Callable[[Batch], Rows]
"""The network, or its exported form: a batch in, arrays with a row a word out."""

Found = Set[Hashable]
NAME_LABELS = ("PER", "ORG", "LOC")
WINDOWS_A_BATCH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What turns the network's rows into annotations."""

    run: Run
    numbering: Numbering
    labels: Labels
    labellers: Labellers
    lemmatizer: Lemmatizer


@dataclass(slots=True)
class Counts:
    """What is right, found and in gold."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def add(self, found: Found, gold: Found) -> None:
        """Count one sentence."""
        self.right += len(found & gold)
        self.found += len(found)
        self.gold += len(gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall in per cent; accuracy where as much is found as there is."""
        return 200 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


@dataclass(slots=True)
class Scores:
    """Counts by measure."""

    counts: dict[str, Counts] = field(default_factory=dict)

    def add(self, measure: str, found: Found, gold: Found) -> None:
        """Count one sentence's things of one kind."""
        self.counts.setdefault(measure, Counts()).add(found, gold)

    def add_words(self, measure: str, right: NDArray[np.bool_]) -> None:
        """Count words that are right or wrong."""
        count = self.counts.setdefault(measure, Counts())
        count.right += int(right.sum())
        count.found += len(right)
        count.gold += len(right)

    def percentages(self) -> dict[str, float]:
        """Every measure that had something to count."""
        return {name: count.f1 for name, count in self.counts.items() if count.gold}


def evaluate(passages: Iterable[Sequence[Annotated]], model: Model) -> dict[str, float]:
    """Measures over all sentences of some windows."""
    scores = Scores()
    for batch in _batched(passages):
        numbered = model.numbering.batch(batch)
        rows = model.run(numbered)
        _score_starts(scores, rows, numbered)
        begin = 0
        for sentence in (sentence for window in batch for sentence in window):
            own = {name: values[begin : begin + len(sentence.words)] for name, values in rows.items()}
            for score in (_score_words, _score_tree, _score_names, _score_roles):
                score(scores, own, sentence, model)
            begin += len(sentence.words)
    return scores.percentages()


def run_exported(folder: Path) -> Run:
    """The exported model as `evaluate` runs it: window by window, as the reader does."""
    session = open_session(folder / NETWORK_FILE)
    names = [output.name for output in session.get_outputs()]

    def run(batch: Batch) -> Rows:
        parts = [session.run(names, feed) for feed in _feeds(batch)]
        return {name: np.concatenate([part[i] for part in parts]) for i, name in enumerate(names)}

    return run


def _feeds(batch: Batch) -> Iterator[dict[str, NDArray[np.int64]]]:
    """The windows of a batch without padding."""
    length = batch.pieces.shape[1]
    for row, mask in enumerate(batch.mask):
        size = int(mask.sum())
        words = batch.first // length == row
        yield {
            "pieces": batch.pieces[row : row + 1, :size],
            "shapes": batch.shapes[row : row + 1, :size],
            "hints": batch.hints[row : row + 1, :size],
            "first": batch.first[words] - row * length,
            "last": batch.last[words] - row * length,
        }


def load_model(folder: Path, pieces: WordPieces) -> Model:
    """The exported model in a folder."""
    labels = Labels.read(folder / LABELS_FILE)
    return Model(
        run=run_exported(folder),
        numbering=Numbering(labels, pieces),
        labels=labels,
        labellers=load_labellers(folder, labels),
        lemmatizer=Lemmatizer.read(folder / LEMMAS_FILE),
    )


def packed(sentences: Sequence[Annotated], pieces: WordPieces) -> list[list[Annotated]]:
    """Sentences in windows of the reader's size."""
    return list(windows(sentences, pieces, (WINDOW_PIECES,), np.random.default_rng(0)))


def show(measures: dict[str, float]) -> str:
    """Measures on one line."""
    return ", ".join(f"{name} {value:.2f}" for name, value in measures.items())


def _batched(passages: Iterable[Sequence[Annotated]]) -> Iterator[list[Sequence[Annotated]]]:
    batch = list[Sequence[Annotated]]()
    for window in passages:
        batch.append(window)
        if len(batch) == WINDOWS_A_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _score_starts(scores: Scores, rows: Rows, batch: Batch) -> None:
    known = batch.starts >= 0
    found = {(int(i),) for i in np.flatnonzero(known & (rows["starts"] > 0))}
    gold = {(int(i),) for i in np.flatnonzero(batch.starts == 1)}
    scores.add("inner sentence starts", found, gold)


def _score_words(scores: Scores, rows: Rows, sentence: Annotated, model: Model) -> None:
    if sentence.tree is None:
        return
    for name, inventory, gold in (
        ("UPOS", model.labels.upos, sentence.tree.upos),
        ("features", model.labels.features, sentence.tree.features),
    ):
        found = rows[name.lower()]
        scores.add_words(name, np.array([inventory[i] == tag for i, tag in zip(found, gold, strict=True)]))
    tags = [model.labels.upos[index] for index in rows["upos"]]
    scripts = [model.labels.scripts[index] for index in rows["scripts"]]
    lemmas = map(model.lemmatizer.lemma, sentence.words, tags, scripts)
    right = [found == gold for found, gold in zip(lemmas, sentence.tree.lemmas, strict=True)]
    scores.add_words("lemmas", np.array(right))


def _score_tree(scores: Scores, rows: Rows, sentence: Annotated, model: Model) -> None:
    if sentence.tree is None:
        return
    heads = trees_of(rows, [(0, len(sentence.words))])
    right = heads == np.array(sentence.tree.heads)
    names = [model.labels.relations[index] for index in relations_of(rows, heads, model.labellers)]
    pairs = list(zip(names, sentence.tree.relations, strict=True))
    universal = np.array([found.split(":")[0] == gold.split(":")[0] for found, gold in pairs])
    scores.add_words("UAS", right)
    scores.add_words("LAS", right & universal)
    scores.add_words("LAS, subtypes", right & np.array([found == gold for found, gold in pairs]))


def _score_names(scores: Scores, rows: Rows, sentence: Annotated, model: Model) -> None:
    """Gold are names of one certain label; what is found elsewhere counts unless the corpus leaves open what it is."""
    if sentence.names is None:
        return
    gold = {span for span in certain_names(sentence.names) if span[2] in NAME_LABELS}
    found = {(first, last, model.labels.tags[tag][2:]) for first, last, tag in names_of(rows["tags"])}
    named = {s for s in found if s[2] in NAME_LABELS and (s in gold or not _may_be(sentence.names, *s))}
    scores.add("names", named, gold)
    for label in NAME_LABELS:
        scores.add(f"names {label}", {s for s in named if s[2] == label}, {s for s in gold if s[2] == label})


def _may_be(names: Sequence[Tags], begin: int, end: int, label: str) -> bool:
    return all(not names[index] or tags <= names[index] for index, tags in span_tags(begin, end, (label,)))


def _score_roles(scores: Scores, rows: Rows, sentence: Annotated, model: Model) -> None:
    if sentence.predicates is None:
        return
    gold = {(p.word, word, role) for p in sentence.predicates for word, role in p.arguments}
    predicates = sorted({p.word for p in sentence.predicates})
    for name, given in (("roles", None), ("roles, predicates given", predicates)):
        roles = roles_of(rows, [(0, len(sentence.words))], model.labellers, given)
        found = {(r.predicate, word, model.labels.roles[role]) for r in roles for word, role in r.arguments}
        scores.add(name, found, gold)
        if given is None:
            scores.add("predicates", {(r.predicate,) for r in roles}, {(p,) for p in predicates})
            core = {s for s in found if s[2] in CORE_ROLES}
            scores.add("roles, core", core, {s for s in gold if s[2] in CORE_ROLES})
            scores.add("roles, other", found - core, {s for s in gold if s[2] not in CORE_ROLES})
