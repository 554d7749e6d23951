"""Measures of the network: counts on two sentences whose rows are made by hand."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from annotating import TAGS, VOCABULARY, annotated, label, labels_of

from kg.reader.decoding import Labellers
from kg.reader.lemmas import Lemmatizer
from kg.reader.wordpieces import WordPieces
from kg.training.batches import Numbering
from kg.training.evaluation import WINDOWS_A_BATCH, Counts, Model, evaluate, packed, show
from kg.training.sentences import Annotated

MEETS = annotated(
    "Putin/PROPN/2/nsubj meets/VERB/0/root Xi/PROPN/2/obj ./PUNCT/2/punct",
    names="B-PER O ? O",
    predicates=[(1, ((0, "ARG0"), (2, "ARG1")))],
    opens=True,
)
WAITS = annotated("Iran/PROPN/2/nsubj:x waits/VERB/0/root here/ADV/2/advmod ./PUNCT/2/punct", names="B-LOC O O O")
LABELS = labels_of(MEETS, WAITS)
WIDTH = 16  # at least the number of tags
Rows = dict[str, np.ndarray]


def perfect(sentences: Sequence[Annotated]) -> Rows:
    """The rows of a network that knows all that is annotated."""
    size, begin = sum(len(sentence.words) for sentence in sentences), 0
    units = np.eye(max(size, WIDTH), dtype=np.float32)
    rows: Rows = {name: np.zeros(size, dtype=np.int64) for name in ("upos", "features", "scripts")}
    rows |= {name: np.full(size, -1.0, dtype=np.float32) for name in ("starts", "predicates")}
    rows |= {name: np.zeros(size, dtype=np.float32) for name in ("arc_prior", "arc_root")}
    rows |= {name: np.ones((size, WIDTH), dtype=np.float32) for name in ("relation_head", "role_predicate")}
    rows |= {"tags": units[np.zeros(size, dtype=int)][:, : len(TAGS)], "arc_head": units[:size]}
    rows |= {"relation_dependent": units[:size, :WIDTH] * 0, "role_argument": units[np.zeros(size, dtype=int), :WIDTH]}
    rows["arc_dependent"] = np.zeros_like(rows["arc_head"])
    for sentence in sentences:
        assert sentence.tree is not None
        rows["starts"][begin] = 1.0
        for index, head in enumerate(sentence.tree.heads):
            word = begin + index
            rows["upos"][word] = LABELS.upos.index(sentence.tree.upos[index])
            rows["scripts"][word] = int(sentence.tree.upos[index] == "PROPN")
            rows["relation_dependent"][word, LABELS.relations.index(sentence.tree.relations[index])] = 1.0
            if head >= 0:
                rows["arc_dependent"][word, begin + head] = 9.0
            else:
                rows["arc_root"][word] = 9.0
            for tag in (sentence.names or ())[index]:
                rows["tags"][word, TAGS.index(tag)] = 5.0
        for predicate in sentence.predicates or ():
            rows["predicates"][begin + predicate.word] = 1.0
            for word, role in predicate.arguments:
                rows["role_argument"][begin + word] = units[LABELS.roles.index(role), :WIDTH]
        begin += len(sentence.words)
    return rows


def measured(rows: Rows, windows: Sequence[Sequence[Annotated]] = ((MEETS, WAITS),)) -> dict[str, float]:
    others = [index for index, name in enumerate(LABELS.relations) if name != "root"]
    labellers = Labellers.of(LABELS, partial(label, others), partial(label, range(len(LABELS.roles))))
    model = Model(
        run=lambda batch: rows,
        numbering=Numbering(LABELS, WordPieces(VOCABULARY)),
        labels=LABELS,
        labellers=labellers,
        lemmatizer=Lemmatizer({("meets", "VERB"): ("meets",), ("waits", "VERB"): ("waits",)}),
    )
    return evaluate(windows, model)


PERFECT = perfect([MEETS, WAITS])


def test_training_evaluation_of_what_is_right() -> None:
    assert measured(PERFECT) == dict.fromkeys(
        [
            *("inner sentence starts", "UPOS", "features", "lemmas", "UAS", "LAS", "LAS, subtypes", "names"),
            *("names PER", "names LOC", "roles", "predicates", "roles, core", "roles, predicates given"),
        ],
        100.0,
    )


def changed(name: str, word: int, value: object) -> Rows:
    rows = {key: array.copy() for key, array in PERFECT.items()}
    rows[name][word] = value
    return rows


def tag(label: str) -> np.ndarray:
    return np.eye(len(TAGS))[TAGS.index(label)] * 9


def unit(place: int, width: int = WIDTH) -> np.ndarray:
    return np.eye(width)[place] * 9


@pytest.mark.parametrize(
    ("name", "word", "value", "expected"),
    [
        ("upos", 4, LABELS.upos.index("ADV"), {"UPOS": 87.5}),
        ("scripts", 0, LABELS.scripts.index("0:"), {"lemmas": 87.5}),
        ("starts", 4, -1.0, {"inner sentence starts": 0.0}),
        ("starts", 0, -1.0, {}),
        ("starts", 6, 1.0, {"inner sentence starts": 200 / 3}),
        ("arc_dependent", 2, unit(0), {"UAS": 87.5, "LAS": 87.5, "LAS, subtypes": 87.5}),
        ("relation_dependent", 0, unit(LABELS.relations.index("obj")), {"LAS": 87.5, "LAS, subtypes": 87.5}),
        ("relation_dependent", 4, unit(LABELS.relations.index("nsubj")), {"LAS, subtypes": 87.5}),
        ("tags", 0, tag("O"), {"names": 200 / 3, "names PER": 0.0}),
        ("tags", 0, tag("B-ORG"), {"names": 50.0, "names PER": 0.0}),
        ("tags", 1, tag("I-PER"), {"names": 50.0, "names PER": 0.0}),
        ("tags", 1, tag("B-LOC"), {"names": 80.0, "names LOC": 200 / 3}),
        ("tags", 2, tag("B-PER"), {}),
        ("tags", 6, tag("B-EVENT"), {}),
        ("predicates", 2, 1.0, {"predicates": 200 / 3, "roles": 80.0, "roles, core": 80.0}),
        ("predicates", 1, -1.0, {"predicates": 0.0, "roles": 0.0, "roles, core": 0.0}),
        (
            "role_argument",
            2,
            unit(LABELS.roles.index("")),
            {"roles": 200 / 3, "roles, core": 200 / 3, "roles, predicates given": 200 / 3},
        ),
    ],
    ids=[
        "upos",
        "lemma",
        "start-missed",
        "start-of-the-window",
        "start-too-many",
        "head",
        "relation",
        "subtype",
        "name-missed",
        "name-of-another-label",
        "name-too-long",
        "name-too-many",
        "name-where-it-is-open",
        "name-of-a-label-that-is-not-measured",
        "predicate-too-many",
        "predicate-missed",
        "role-missed",
    ],
)
def test_training_evaluation_of_one_mistake(name: str, word: int, value: object, expected: dict[str, float]) -> None:
    found = measured(changed(name, word, value))
    others = {measure: number for measure, number in found.items() if measure not in expected}
    assert set(others.values()) == {100.0}
    assert {measure: found[measure] for measure in expected} == pytest.approx(expected)


def test_training_evaluation_counts_only_what_is_annotated() -> None:
    bare = replace(WAITS, tree=None, names=None)
    assert set(measured(perfect([WAITS]), [[bare]])) == set()
    named = replace(bare, names=WAITS.names)
    assert set(measured(perfect([WAITS]), [[named]])) == {"names", "names LOC"}


def test_training_evaluation_goes_batch_by_batch() -> None:
    window = [WAITS]
    rows = perfect([WAITS] * WINDOWS_A_BATCH)
    found = measured(rows, [window] * (3 * WINDOWS_A_BATCH))
    assert found["UAS"] == found["names"] == 100.0


def test_training_evaluation_packs_sentences_in_order() -> None:
    sentences = [MEETS, WAITS] * 20
    windows = packed(sentences, WordPieces(VOCABULARY))
    assert [sentence for window in windows for sentence in window] == sentences
    assert len(windows) > 1


@pytest.mark.parametrize(
    ("found", "gold", "f1"), [({1, 2}, {2, 3}, 50.0), ({1}, {1}, 100.0), (set(), {1}, 0.0), (set(), set(), 0.0)]
)
def test_training_evaluation_f1(found: set[int], gold: set[int], f1: float) -> None:
    counts = Counts()
    counts.add(found, gold)
    assert counts.f1 == f1


def test_training_evaluation_shows_measures_on_one_line() -> None:
    assert show({"UAS": 90.0, "LAS": 87.128}) == "UAS 90.00, LAS 87.13"
