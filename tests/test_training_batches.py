"""Labels, windows and arrays: what the network is fed."""

from dataclasses import replace

import numpy as np
import pytest
from annotating import TAGS, VOCABULARY, annotated, labels_of
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reader.wordpieces import PADDING, Shape, WordPieces
from kg.training.batches import (
    IGNORED,
    LONGEST_WINDOW,
    NO_ROLE,
    RARE_ROLE,
    Numbering,
    make_labels,
    noisy,
    seen_lemmas,
    windows,
)
from kg.training.sentences import Annotated

MEETS = annotated(
    "Putin/PROPN/2/nsubj meets/VERB/0/root Xi/PROPN/2/obj ./PUNCT/2/punct",
    names="B-PER O ? O",
    predicates=[(1, ((0, "ARG0"), (2, "ARG1")))],
    opens=True,
)
WAITS = annotated("Iran/PROPN/2/nsubj waits/VERB/0/root ./PUNCT/2/punct", predicates=[])
BARE = annotated("an unprecedented thing", whole=False, names="O O B-NORP|B-EVENT")


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(VOCABULARY)


@pytest.fixture(scope="module")
def numbering(pieces: WordPieces) -> Numbering:
    return Numbering(labels_of(MEETS, WAITS), pieces)


# ── labels and lemmas ────────────────────────────────────────────────────────────────────────────


def test_training_batches_labels_are_the_frequent_ones_most_frequent_first() -> None:
    labels = make_labels([MEETS] * RARE_ROLE + [WAITS])
    assert labels.upos == ("PROPN", "PUNCT", "VERB")
    assert labels.relations == ("nsubj", "punct", "root", "obj")
    assert labels.scripts == ("0:", "=0:")
    assert labels.roles == ("", "ARG0", "ARG1")
    assert labels.tags == TAGS


def test_training_batches_labels_leave_out_rare_ones() -> None:
    labels = make_labels([MEETS])
    assert (labels.roles, labels.scripts) == (("",), ("0:", "=0:"))
    assert make_labels([]).roles == ("",)


def lemmatized(word: str, upos: str, lemma: str) -> Annotated:
    """A sentence of one word."""
    sentence = annotated(f"{word}/{upos}/0/root")
    assert sentence.tree is not None
    return replace(sentence, tree=replace(sentence.tree, lemmas=(lemma,)))


@pytest.mark.parametrize(
    ("word", "upos", "lemmas", "expected"),
    [
        ("talks", "NOUN", ["talk"], None),
        ("Talks", "NOUN", ["talk"] * 30 + ["talks"], None),
        ("talks", "NOUN", ["talks"], ("talks",)),
        ("'s", "PART", ["'s"], None),
        ("ca", "AUX", ["can"], ("can",)),
        ("found", "VERB", ["found", "find", "find"], ("find", "found")),
        ("Iran", "PROPN", ["Iran"], None),
        ("a", "X", ["a b"], None),
    ],
    ids=["by-rule", "error", "against-the-rule", "itself", "no-rule", "varying", "name", "with-a-space"],
)
def test_training_batches_lemmas_are_kept_where_rules_do_not_give_them(
    word: str, upos: str, lemmas: list[str], expected: tuple[str, ...] | None
) -> None:
    sentences = [lemmatized(word, upos, lemma) for lemma in lemmas]
    assert seen_lemmas([sentences]) == ({(word.lower(), upos): expected} if expected else {})


@pytest.mark.parametrize(("often", "expected"), [(10, ("--",)), (9, ("--", "-"))])
def test_training_batches_lemmas_of_the_first_treebank_that_has_a_word_often(
    often: int, expected: tuple[str, ...]
) -> None:
    first, second = (lemmatized("--", "PUNCT", lemma) for lemma in ("--", "-"))
    assert seen_lemmas([[first] * often, [second] * 5]) == {("--", "PUNCT"): expected}
    assert seen_lemmas([[first] * often, [first] * 5]) == {}


# ── windows ──────────────────────────────────────────────────────────────────────────────────────


@settings(deadline=None)
@given(lengths=st.lists(st.integers(1, 40), max_size=30), seed=st.integers(0, 99))
def test_training_batches_windows_keep_all_sentences_in_order(
    pieces: WordPieces, lengths: list[int], seed: int
) -> None:
    sentences = [Annotated(words=("the",) * n, spaces=(True,) * n, opens=False) for n in lengths]
    packed = list(windows(sentences, pieces, (16, 32), np.random.default_rng(seed)))
    assert [id(sentence) for window in packed for sentence in window] == list(map(id, sentences))
    assert all(len(window) == 1 or 2 + sum(len(s.words) for s in window) <= 32 for window in packed)


def test_training_batches_windows_leave_out_what_no_window_holds(pieces: WordPieces) -> None:
    sizes = (3, LONGEST_WINDOW, LONGEST_WINDOW + 1, 3)
    sentences = [Annotated(words=("the",) * n, spaces=(True,) * n, opens=False) for n in sizes]
    packed = windows(sentences, pieces, (48,), np.random.default_rng(0))
    assert [[len(sentence.words) for sentence in window] for window in packed] == [[3], [LONGEST_WINDOW], [3]]


# ── arrays ───────────────────────────────────────────────────────────────────────────────────────


def test_training_batches_pieces_and_padding(numbering: Numbering, pieces: WordPieces) -> None:
    batch = numbering.batch([[BARE], [MEETS, WAITS]])
    assert pieces.of("unprecedented").ids == (15741,)
    ids = [[pieces.of(word).ids[0] for word in window] for window in (BARE.words, MEETS.words + WAITS.words)]
    assert batch.pieces.tolist() == [
        [pieces.opening, *ids[0], pieces.closing, *[PADDING] * 4],
        [pieces.opening, *ids[1], pieces.closing],
    ]
    assert batch.mask.tolist() == [[1] * 5 + [0] * 4, [1] * 9]
    assert batch.width == 7
    assert batch.first.tolist() == batch.last.tolist() == [1, 2, 3, *range(10, 17)]
    assert batch.places.tolist() == [0, 1, 2, *range(7, 14)]
    assert batch.sentence.tolist() == [0, 0, 0, 1, 1, 1, 1, 2, 2, 2]
    assert batch.pieces.flat[batch.first].tolist() == ids[0] + ids[1]


def test_training_batches_words_of_several_pieces(numbering: Numbering) -> None:
    batch = numbering.batch([[annotated("a gobbledygookish thing")]])
    assert batch.first.tolist()[0] == batch.last.tolist()[0] == 1
    assert batch.last[1] > batch.first[1] == 2
    assert batch.first[2] == batch.last[1] + 1


def test_training_batches_shapes_and_hints(numbering: Numbering, pieces: WordPieces) -> None:
    batch = numbering.batch([[MEETS, WAITS]])
    capital, other = int(Shape.CAPITALIZED), int(Shape.OTHER)
    assert batch.shapes.tolist() == [[0, capital, 0, capital, other + 1, capital, 0, other + 1, 0]]
    hints = [pieces.of(word).hint for word in ("Putin", "meets", "Xi", ".", "Iran", "waits", ".")]
    assert batch.hints.tolist() == [[0, *hints, 0]]


def test_training_batches_trees(numbering: Numbering) -> None:
    batch = numbering.batch([[MEETS, WAITS], [BARE, WAITS]])
    missing = [IGNORED] * 3
    assert batch.heads.tolist() == [2, 0, 2, 2, 6, 0, 6, *missing, 5, 0, 5]  # in the window, counted from 1
    assert batch.head_words.tolist() == [1, 1, 1, 1, 5, 5, 5, 7, 8, 9, 11, 11, 11]  # in the batch
    assert batch.upos.tolist() == [0, 2, 0, 1, 0, 2, 1, *missing, 0, 2, 1]
    assert batch.relations.tolist() == [0, 3, 1, 2, 0, 3, 2, *missing, 0, 3, 2]
    assert batch.scripts.tolist() == [1, 0, 1, 0, 1, 0, 0, *missing, 1, 0, 0]


def test_training_batches_starts_are_learned_where_they_are_not_given(numbering: Numbering) -> None:
    opening = annotated("Now .", opens=True)
    batch = numbering.batch([[WAITS, WAITS, opening, BARE]])
    assert batch.starts.tolist() == [IGNORED, 0, 0, 1, 0, 0, IGNORED, 0, *[IGNORED] * 3]


def test_training_batches_tags_that_are_allowed(numbering: Numbering) -> None:
    batch = numbering.batch([[MEETS, BARE, WAITS]])
    allowed = [{TAGS[index] for index in np.flatnonzero(row)} for row in batch.tags]
    every = set(TAGS)
    assert allowed == [{"B-PER"}, {"O"}, every, {"O"}, {"O"}, {"O"}, {"B-NORP", "B-EVENT"}, every, every, every]


def test_training_batches_roles_of_every_word_of_a_predicate_s_sentence(numbering: Numbering) -> None:
    batch = numbering.batch([[BARE, MEETS], [WAITS]])
    assert batch.predicates.tolist() == [*[IGNORED] * 3, 0, 1, 0, 0, 0, 0, 0]
    assert batch.pair_predicates.tolist() == [4] * 4
    assert batch.pair_words.tolist() == [3, 4, 5, 6]
    assert batch.pair_roles.tolist() == [1, NO_ROLE, 2, NO_ROLE]


def test_training_batches_without_anything_to_pair_keep_their_types(numbering: Numbering) -> None:
    batch = numbering.batch([[BARE]])
    assert batch.pair_roles.shape == (0,)
    assert batch.pair_roles.dtype == batch.heads.dtype == np.int64


def test_training_batches_unknown_labels_are_ignored(numbering: Numbering) -> None:
    strange = annotated("Oops/INTJ/0/root", predicates=[(0, ((0, "ARG9"),))])
    batch = numbering.batch([[strange]])
    assert (batch.upos.tolist(), batch.pair_roles.tolist()) == ([IGNORED], [NO_ROLE])


def test_training_batches_masks_only_with_chance_and_only_pieces(numbering: Numbering, pieces: WordPieces) -> None:
    window = [[MEETS] * 40, [WAITS]]
    plain, hidden = numbering.batch(window), numbering.batch(window, np.random.default_rng(0))
    assert not (plain.pieces == pieces.mask).any()
    masked = hidden.pieces == pieces.mask
    assert masked.any()
    assert (hidden.pieces[~masked] == plain.pieces[~masked]).all()
    assert not masked[plain.mask == 0].any()
    assert 0 < np.count_nonzero(hidden.hints) < np.count_nonzero(plain.hints)
    assert np.array_equal(hidden.heads, plain.heads)


# ── noise ────────────────────────────────────────────────────────────────────────────────────────


def test_training_batches_noise_keeps_annotations() -> None:
    random = np.random.default_rng(0)
    found = {noisy(MEETS, random) for _ in range(400)}
    assert {sentence.words for sentence in found} == {
        ("Putin", "meets", "Xi", "."),
        ("PUTIN", "MEETS", "XI", "."),
        ("putin", "meets", "xi", "."),
        ("Putin", "Meets", "Xi"),
    }
    for sentence in found:
        assert sentence.tree is not None and MEETS.tree is not None
        size = len(sentence.words)
        assert sentence.tree.heads == MEETS.tree.heads[:size]
        assert sentence.tree.lemmas == MEETS.tree.lemmas[:size]
        assert sentence.names is not None and MEETS.names is not None
        assert sentence.names == MEETS.names[:size]
        assert (sentence.predicates, sentence.opens) == (MEETS.predicates, MEETS.opens)


@pytest.mark.parametrize(
    "line", ["./PUNCT/0/root", "meets/VERB/2/dep ./PUNCT/0/root", "they/PRON/0/root met/VERB/1/dep"]
)
def test_training_batches_noise_leaves_periods_that_hold_something(line: str) -> None:
    sentence, random = annotated(line), np.random.default_rng(0)
    assert {len(noisy(sentence, random).words) for _ in range(200)} == {len(sentence.words)}
