"""The trained reader as a spaCy component, `newskg_reader`: one small network for all annotations of a `Doc`.

How it was made and how good it is: `model/MODEL_CARD.md`.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, ORTH, POS  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.parts_of_speech import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span

from kg.reader.decoding import Floats, Ints, Labellers, Rows, names_of, relations_of, roles_of, trees_of
from kg.reader.labels import Labels
from kg.reader.lemmas import Lemmatizer
from kg.reader.roles import set_predicates
from kg.reader.surface import LONGEST_SENTENCE, Surface, surface_of
from kg.reader.trees import ROOT
from kg.reader.windows import Window, make_windows, never_starts, sure_starts
from kg.reader.wordpieces import Pieces, WordPieces

MODEL = Path(__file__).parent / "model"
NETWORK_FILE, RELATIONS_FILE, ROLES_FILE = "network.onnx", "relations.onnx", "roles.onnx"
LABELS_FILE, LEMMAS_FILE, VOCABULARY_FILE = "labels.json", "lemmas.tsv", "vocab.txt"

SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""Of onnxruntime's optimizations: on processors the fused operator takes a tenth of the whole reader's time more."""

ASSIGNED = ("token.is_sent_start", "token.pos", "token.lemma", "token.morph", "token.dep", "token.head", "doc.ents")
SPACE_RELATION = "dep"
"""White-space tokens hang on the word before them, as in spaCy's own pipelines."""


class TrainedReader:
    """Callable component without state of its own but for caches: one instance may serve several threads."""

    def __init__(self, folder: Path = MODEL, threads: int = 1) -> None:
        """Load the network in `folder`. `threads` are for one window; articles are read in parallel by processes."""
        self._session = open_session(folder / NETWORK_FILE, threads)
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._pieces = WordPieces(folder / VOCABULARY_FILE)
        self._labels = Labels.read(folder / LABELS_FILE)
        self._labellers = load_labellers(folder, self._labels)
        self._lemmatizer = Lemmatizer.read(folder / LEMMAS_FILE)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc` in place. Tokens already marked to start a sentence, or to start none, are believed."""
        surface = surface_of(doc)
        if surface.texts:
            self._write(doc, surface, self._read(surface))
        elif len(doc):
            _write_space(doc)
        return doc

    def _read(self, surface: Surface) -> "_Found":
        """Everything that the network finds, group of windows by group, so that memory does not grow with the text."""
        words = [self._pieces.of(text) for text in surface.texts]
        found = _Found()
        opens = sure_starts(surface)
        sure, never = np.array(opens), np.array(never_starts(surface))
        for windows in make_windows(opens, [len(word.ids) for word in words]):
            parts = [self._run(surface, words, window) for window in windows]
            rows = {name: np.concatenate([part[name] for part in parts]) for name in self._outputs}
            begin, end = windows[0].first, windows[-1].last
            starts = sure[begin:end] | ((rows["starts"] > 0) & ~never[begin:end])
            starts[0] = True
            self._decode(rows, starts, begin, found)
        return found

    def _run(self, surface: Surface, words: Sequence[Pieces], window: Window) -> dict[str, NDArray[Any]]:
        """One window, alone: what else is read cannot change it, and nothing is padded."""
        pieces, shapes, hints = [self._pieces.opening], [0], [0]
        first, last = list[int](), list[int]()
        for index in range(window.begin, window.end):
            ids, shape, hint = words[index]
            glued = index > window.begin and not surface.gaps[index]
            first.append(len(pieces))
            pieces.extend(ids)
            shapes.extend([shape + glued] * len(ids))
            hints.extend([hint] * len(ids))
            last.append(len(pieces) - 1)
        pieces.append(self._pieces.closing)
        shapes.append(0)
        hints.append(0)
        taken = slice(window.first - window.begin, window.last - window.begin)
        feed = {"pieces": [pieces], "shapes": [shapes], "hints": [hints], "first": first[taken], "last": last[taken]}
        arrays = {name: np.array(values, dtype=np.int64) for name, values in feed.items()}
        return dict(zip(self._outputs, self._session.run(self._outputs, arrays), strict=True))

    def _decode(self, rows: Rows, starts: NDArray[np.bool_], offset: int, found: "_Found") -> None:
        """Add what the rows of some words say, which are the text's from `offset` on."""
        found.upos += rows["upos"].tolist()
        found.features += rows["features"].tolist()
        found.scripts += rows["scripts"].tolist()
        sentences = _sentences(starts)
        heads = trees_of(rows, sentences)
        found.heads += (offset + np.where(heads == ROOT, np.arange(len(heads)), heads)).tolist()
        found.relations += relations_of(rows, heads, self._labellers).tolist()
        for begin, end in sentences:
            names = names_of(rows["tags"][begin:end])
            found.names += [(offset + begin + first, offset + begin + last, tag) for first, last, tag in names]
        for roles in roles_of(rows, sentences, self._labellers):
            arguments = [(offset + word, role) for word, role in roles.arguments]
            found.predicates.append((offset + roles.predicate, arguments))

    def _write(self, doc: Doc, surface: Surface, found: "_Found") -> None:
        """Set UPOS, lemmas, features and trees of all tokens in one go; white space is its own lemma."""
        labels, strings, places = self._labels, doc.vocab.strings, surface.indices
        upos = [labels.upos[index] for index in found.upos]
        lemmas = map(self._lemmatizer.lemma, surface.texts, upos, (labels.scripts[index] for index in found.scripts))
        features = [doc.vocab.morphology.add("" if name == "_" else name) for name in labels.features]
        relations = [strings.add(name) for name in labels.relations]
        table: NDArray[np.uint64] = np.empty((len(doc), 5), dtype=np.uint64)
        table[:, 0], table[:, 1], table[:, 2] = IDS["SPACE"], doc.to_array([ORTH]), 0
        table[:, 3], table[:, 4] = _space_heads(len(doc), places), strings.add(SPACE_RELATION)
        table[places, 0] = [IDS[name] for name in upos]
        table[places, 1] = [strings.add(lemma) for lemma in lemmas]
        table[places, 2] = [features[index] for index in found.features]
        indices: NDArray[np.int64] = np.array(places)
        table[places, 3] = (indices[found.heads] - indices).astype(np.uint64)
        table[places, 4] = [relations[index] for index in found.relations]
        values: Any = table  # spaCy's stubs accept only array types of their own
        doc.from_array([POS, LEMMA, MORPH, HEAD, DEP], values)
        tags = [tag.removeprefix("B-") for tag in labels.tags]
        names = [Span(doc, places[begin], places[end - 1] + 1, label=tags[tag]) for begin, end, tag in found.names]
        doc.set_ents(names, default="outside")
        set_predicates(
            doc,
            [
                (places[predicate], tuple((places[word], labels.roles[role]) for word, role in arguments))
                for predicate, arguments in found.predicates
            ],
        )


def open_session(path: Path, threads: int = 1) -> onnxruntime.InferenceSession:
    """An exported network, ready to run."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
    )


def load_labellers(folder: Path, labels: Labels) -> Labellers:
    """The two small networks that label pairs of words."""
    relation, role = (open_session(folder / name) for name in (RELATIONS_FILE, ROLES_FILE))

    def label(session: onnxruntime.InferenceSession, products: Floats) -> tuple[Ints, Floats]:
        best, probability = session.run(None, {"products": products})
        return best, probability

    return Labellers.of(labels, partial(label, relation), partial(label, role))


@dataclass(slots=True)
class _Found:
    """What was read: label indices by word; heads, names and roles by word numbers in the text."""

    upos: list[int] = field(default_factory=list)
    features: list[int] = field(default_factory=list)
    scripts: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    relations: list[int] = field(default_factory=list)
    names: list[tuple[int, int, int]] = field(default_factory=list)
    predicates: list[tuple[int, list[tuple[int, int]]]] = field(default_factory=list)


def _write_space(doc: Doc) -> None:
    """Annotate a `Doc` of nothing but white space."""
    values: Any = np.array([[IDS["SPACE"], orth] for orth in doc.to_array([ORTH]).tolist()], dtype=np.uint64)
    doc.from_array([POS, LEMMA], values)
    doc[0].is_sent_start = True
    doc.set_ents([], default="outside")


def _sentences(starts: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Word ranges of the sentences; overlong ones are cut."""
    edges = [*np.flatnonzero(starts).tolist(), len(starts)]
    return [
        (cut, min(cut + LONGEST_SENTENCE, end))
        for begin, end in itertools.pairwise(edges)
        for cut in range(begin, end, LONGEST_SENTENCE)
    ]


def _space_heads(size: int, places: Sequence[int]) -> NDArray[np.uint64]:
    """Offset from every token to the last word before it, or to the first word of all."""
    words = np.full(size, -1, dtype=np.int64)
    words[list(places)] = places
    words = np.maximum.accumulate(words)
    words[words < 0] = places[0]
    return (words - np.arange(size)).astype(np.uint64)


@Language.factory("newskg_reader", assigns=list(ASSIGNED), default_config={"model": None, "threads": 1})
def create_reader(nlp: Language, name: str, model: str | None, threads: int) -> TrainedReader:  # noqa: ARG001
    """Make the component; the entry point that spaCy finds. `model` is a folder, or None for the packaged one."""
    return TrainedReader(Path(model) if model is not None else MODEL, threads)
