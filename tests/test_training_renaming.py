"""Names in the place of others: only whole names of the same kind, annotations otherwise as they were."""

import numpy as np
import pytest
from annotating import annotated
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.training import renaming
from kg.training.names import LABELS
from kg.training.renaming import LENGTHS, names_in, renamed

MEETS = annotated(
    "Angela/PROPN/3/nsubj Merkel/PROPN/1/flat meets/VERB/0/root Xi/PROPN/3/obj in/ADP/6/case Berlin/PROPN/3/obl",
    names="B-PER I-PER O B-PER O B-LOC",
    predicates=[(2, ((0, "ARG0"), (3, "ARG1")))],
)
OTHERS = {
    ("PER", 1): [("Trump",)],
    ("PER", 2): [("Keir", "Starmer")],
    ("LOC", 1): [("Doha",)],
    ("ORG", 1): [("NATO",)],
}


@pytest.fixture(autouse=True)
def all_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renaming, "RENAMED", 1.0)


def test_training_renaming_replaces_names_and_their_lemmas() -> None:
    found = renamed(MEETS, OTHERS, np.random.default_rng(0))
    assert found.words == ("Keir", "Starmer", "meets", "Trump", "in", "Doha")
    assert found.tree is not None
    assert MEETS.tree is not None
    assert found.tree.lemmas == ("Keir", "Starmer", MEETS.tree.lemmas[2], "Trump", MEETS.tree.lemmas[4], "Doha")
    assert (found.tree.heads, found.tree.relations) == (MEETS.tree.heads, MEETS.tree.relations)
    assert (found.names, found.predicates, found.spaces) == (MEETS.names, MEETS.predicates, MEETS.spaces)


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("berlin/PROPN/0/root", "B-LOC"),
        ("G7/PROPN/0/root", "B-ORG"),
        ("French/ADJ/0/root", "B-LOC"),
        ("French/PROPN/0/root", "B-NORP"),
        ("Paris/PROPN/0/root", "B-LOC|B-ORG"),
        ("New/PROPN/2/compound York/PROPN/0/root", "B-LOC I-LOC"),
        ("Xi/PROPN/0/root", "?"),
    ],
    ids=["lower-case", "digits", "adjective", "demonym", "open", "place-of-two-words", "unknown"],
)
def test_training_renaming_leaves_other_names(words: str, names: str) -> None:
    sentence = annotated(words, names=names)
    assert renamed(sentence, OTHERS, np.random.default_rng(0)) is sentence


def test_training_renaming_leaves_sentences_without_names() -> None:
    sentence = annotated("Nobody/PRON/2/nsubj waits/VERB/0/root")
    assert renamed(sentence, OTHERS, np.random.default_rng(0)) is sentence


def test_training_renaming_takes_each_name_of_the_corpora_once() -> None:
    bare = annotated("Xi in Doha", whole=False, names="B-PER O B-LOC")
    assert names_in([MEETS, bare, MEETS]) == {
        ("PER", 1): [("Xi",)],
        ("PER", 2): [("Angela", "Merkel")],
        ("ORG", 1): [],
        ("LOC", 1): [("Berlin",), ("Doha",)],
    }
    assert set(LENGTHS) <= set(LABELS)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 99))
def test_training_renaming_of_what_the_corpora_name(seed: int) -> None:
    names = names_in([MEETS])
    found = renamed(MEETS, names, np.random.default_rng(seed))
    assert names_in([found]) == names
