"""The trained reader as a spaCy component, `newskg_reader`: one small network for all annotations of a `Doc`.

How it was made and how good it is: `model/MODEL_CARD.md`.
"""

import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, ORTH, POS  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.parts_of_speech import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span

from kg.reader.decoding import PairWeights, Rows, names_of, roles_of, tree_of
from kg.reader.labels import Labels
from kg.reader.lemmas import Lemmatizer
from kg.reader.roles import Predicate, set_predicates
from kg.reader.surface import Surface, surface_of
from kg.reader.trees import ROOT
from kg.reader.windows import make_windows
from kg.reader.wordpieces import Pieces, WordPieces

MODEL = Path(__file__).parent / "model"
NETWORK_FILE, PAIRS_FILE = "network.onnx", "pairs.npz"
LABELS_FILE, LEMMAS_FILE, VOCABULARY_FILE = "labels.json", "lemmas.tsv", "vocab.txt"

ASSIGNED = ("token.is_sent_start", "token.pos", "token.lemma", "token.morph", "token.dep", "token.head", "doc.ents")
LONGEST_SENTENCE = 300
"""Words. Trees are found sentence by sentence in time that grows with the square of this; news stays under 150."""

SPACE_RELATION = "dep"
"""White-space tokens hang on the word before them, as in spaCy's own pipelines."""


class TrainedReader:
    """Callable component without state of its own but for caches: one instance may serve several threads."""

    def __init__(self, folder: Path = MODEL, threads: int = 1) -> None:
        """Load the network in `folder`. `threads` are for one window; articles are read in parallel by processes."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        path = str(folder / NETWORK_FILE)
        self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._pieces = WordPieces(folder / VOCABULARY_FILE)
        self._labels = Labels.read(folder / LABELS_FILE)
        self._weights = PairWeights.read(folder / PAIRS_FILE)
        self._lemmatizer = Lemmatizer.read(folder / LEMMAS_FILE)
        self._root = self._labels.relations.index("root")

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc` in place. Sentence starts that are already set are kept."""
        surface = surface_of(doc)
        if not surface.texts:
            return doc
        rows, starts = self._rows(surface)
        sentences = _sentences(starts)
        self._write(doc, surface, rows, sentences)
        return doc

    def _rows(self, surface: Surface) -> tuple[Rows, NDArray[np.bool_]]:
        """The network's outputs for all words, and where sentences begin."""
        read = [self._pieces.of(text) for text in surface.texts]
        windows = make_windows(surface.texts, surface.gaps, surface.fixed, [len(word.ids) for word in read])
        parts = [self._run(surface, read, window.begin, window.end) for window in windows]
        cuts = [slice(window.first - window.begin, window.last - window.begin) for window in windows]
        rows = {
            name: np.concatenate([part[name][cut] for part, cut in zip(parts, cuts, strict=True)])
            for name in self._outputs
        }
        starts = (rows["starts"] > 0) | np.array(surface.fixed)
        starts[[window.begin for window in windows if window.begin == window.first]] = True
        return rows, starts

    def _run(self, surface: Surface, read: Sequence[Pieces], begin: int, end: int) -> dict[str, NDArray[Any]]:
        """One window, alone: what else is read cannot change it, and nothing is padded."""
        pieces, shapes, hints = [self._pieces.opening], [0], [0]
        first, last = list[int](), list[int]()
        for index in range(begin, end):
            ids, shape, hint = read[index]
            glued = index > begin and not surface.gaps[index]
            first.append(len(pieces))
            pieces.extend(ids)
            shapes.extend([shape + glued] * len(ids))
            hints.extend([hint] * len(ids))
            last.append(len(pieces) - 1)
        pieces.append(self._pieces.closing)
        shapes.append(0)
        hints.append(0)
        feed = {"pieces": [pieces], "shapes": [shapes], "hints": [hints], "first": first, "last": last}
        arrays = {name: np.array(values, dtype=np.int64) for name, values in feed.items()}
        return dict(zip(self._outputs, self._session.run(self._outputs, arrays), strict=True))

    def _write(self, doc: Doc, surface: Surface, rows: Rows, sentences: Sequence[tuple[int, int]]) -> None:
        heads, relations = list[int](), list[int]()
        ents, predicates = list[Span](), list[Predicate]()
        places, labels = surface.indices, self._labels
        for begin, end in sentences:
            tree, names = tree_of(rows, self._weights, begin, end, self._root)
            heads += [begin + index if head == ROOT else begin + head for index, head in enumerate(tree)]
            relations += names
            for first, last, tag in names_of(rows["tags"][begin:end]):
                ends = places[begin + last - 1] + 1
                ents.append(Span(doc, places[begin + first], ends, label=labels.tags[tag].removeprefix("B-")))
            for found in roles_of(rows, self._weights, begin, end):
                arguments = tuple((places[begin + word], labels.roles[role]) for word, role in found.arguments)
                predicates.append((places[begin + found.predicate], arguments))
        self._write_words(doc, surface, rows, heads, relations)
        doc.set_ents(ents, default="outside")
        set_predicates(doc, predicates)

    def _write_words(
        self, doc: Doc, surface: Surface, rows: Rows, heads: Sequence[int], relations: Sequence[int]
    ) -> None:
        """Set UPOS, lemmas, features and trees of all tokens in one go; white space is its own lemma."""
        labels, strings, places = self._labels, doc.vocab.strings, surface.indices
        upos = [IDS[name] for name in labels.upos]
        features = [doc.vocab.morphology.add("" if name == "_" else name) for name in labels.features]
        names = [strings.add(name) for name in labels.relations]
        table: NDArray[np.uint64] = np.empty((len(doc), 5), dtype=np.uint64)
        table[:, 0], table[:, 1], table[:, 2] = IDS["SPACE"], doc.to_array([ORTH]), 0
        table[:, 3], table[:, 4] = _space_heads(len(doc), places), strings.add(SPACE_RELATION)
        table[places, 0] = np.array(upos, dtype=np.uint64)[rows["upos"]]
        tags = [labels.upos[index] for index in rows["upos"].tolist()]
        scripts = [labels.scripts[index] for index in rows["scripts"].tolist()]
        lemmas = map(self._lemmatizer.lemma, surface.texts, tags, scripts)
        table[places, 1] = [strings.add(lemma) for lemma in lemmas]
        table[places, 2] = np.array(features, dtype=np.uint64)[rows["features"]]
        indices: NDArray[np.int64] = np.array(places)
        table[places, 3] = (indices[list(heads)] - indices).astype(np.uint64)
        table[places, 4] = np.array(names, dtype=np.uint64)[list(relations)]
        values: Any = table  # spaCy's stubs accept only array types of their own
        doc.from_array([POS, LEMMA, MORPH, HEAD, DEP], values)


def _sentences(starts: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Word ranges of the sentences; overlong ones are cut."""
    edges = [*np.flatnonzero(starts).tolist(), len(starts)]
    edges = [0, *edges] if edges[0] else edges
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
