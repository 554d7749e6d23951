"""What the encoder reads of a word: its pieces, its shape, and the name lists that hold it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reader.trained import MODEL, VOCABULARY_FILE
from kg.reader.wordlists import words
from kg.reader.wordpieces import HINTS, LONGEST_WORD, PADDING, SHAPES, Hint, Shape, WordPieces, shape_of

VOCABULARY = MODEL / VOCABULARY_FILE


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(VOCABULARY)


def spelled(pieces: WordPieces, word: str) -> list[str]:
    lines = VOCABULARY.read_text(encoding="utf-8").split("\n")
    return [lines[index] for index in pieces.of(word).ids]


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("talks", Shape.LOWER),
        ("3rd", Shape.LOWER),
        ("中国", Shape.LOWER),
        ("Iran", Shape.CAPITALIZED),
        ("Élysée", Shape.CAPITALIZED),
        ("’Neil", Shape.CAPITALIZED),
        ("NATO", Shape.UPPER),
        ("U.S.", Shape.UPPER),
        ("G7", Shape.ONE_UPPER),
        ("A", Shape.ONE_UPPER),
        ("B.", Shape.ONE_UPPER),
        ("McDonald", Shape.MIXED),
        ("iPhone", Shape.MIXED),
        ("pro-Russian", Shape.MIXED),
        ("al-Assad", Shape.MIXED),
        ("1,000", Shape.DIGITS),
        ("٣", Shape.DIGITS),
        ("…", Shape.OTHER),
        ("👍", Shape.OTHER),
        ("", Shape.OTHER),
    ],
)
def test_reader_wordpieces_shape(word: str, shape: Shape) -> None:
    assert shape_of(word) is shape


def test_reader_wordpieces_shapes_leave_room_for_glued_words() -> None:
    assert all(shape % 2 == 0 for shape in Shape)
    assert max(Shape) + 1 < SHAPES


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("Putin", Hint.SURNAME),
        ("Emmanuel", Hint.GIVEN_NAME),
        ("Kim", Hint.GIVEN_NAME | Hint.SURNAME),
        ("Jordan", Hint.GIVEN_NAME | Hint.PLACE),
        ("Ukraine", Hint.PLACE),
        ("Russian", Hint.DEMONYM),
        ("Houthi", Hint.DEMONYM),
        ("table", Hint(0)),
    ],
)
def test_reader_wordpieces_hints_are_blind_to_capitals(pieces: WordPieces, word: str, hint: Hint) -> None:
    assert {pieces.of(form).hint for form in (word, word.lower(), word.upper())} == {hint}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("given_names", Hint.GIVEN_NAME),
        ("surnames", Hint.SURNAME),
        ("places", Hint.PLACE),
        ("more_places", Hint.PLACE),
        ("demonyms", Hint.DEMONYM),
        ("groups", Hint.DEMONYM),
    ],
)
def test_reader_wordpieces_hints_know_every_word_of_a_list(pieces: WordPieces, name: str, hint: Hint) -> None:
    assert all(hint & pieces.of(word).hint for word in words(name))


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Talks", ["talks"]), ("Élysée", ["ely", "##see"]), ("U.S.", ["u", ".", "s", "."]), ("👍", ["[UNK]"])],
)
def test_reader_wordpieces_are_those_of_the_vocabulary(pieces: WordPieces, word: str, expected: list[str]) -> None:
    assert spelled(pieces, word) == expected


def test_reader_wordpieces_know_the_vocabulary_s_signs(pieces: WordPieces) -> None:
    lines = VOCABULARY.read_text(encoding="utf-8").split("\n")
    signs = [lines[index] for index in (PADDING, pieces.unknown, pieces.opening, pieces.closing, pieces.mask)]
    assert signs == ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


@pytest.mark.parametrize(
    "word", ["", " ", "\u200b", "\x00", "\x07", "\ufeff", "\u0301", "👩‍👩‍👧", "ﷺ", "\ufffd", "a" * 10_000]
)
def test_reader_wordpieces_of_odd_words_are_one_unknown_piece(pieces: WordPieces, word: str) -> None:
    assert pieces.of(word).ids == (pieces.unknown,)


def test_reader_wordpieces_of_long_words_are_their_first_and_last(pieces: WordPieces) -> None:
    half = ["-", "b"] * 3
    assert spelled(pieces, "a" + "-b" * 5000 + "-c") == ["a", *half, "-", *half, "-", "c"]


@settings(deadline=None)
@given(word=st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_reader_wordpieces_of_any_word_fit_the_tables(pieces: WordPieces, word: str) -> None:
    ids, shape, hint = pieces.of(word)
    assert 1 <= len(ids) <= LONGEST_WORD
    assert 0 <= shape < SHAPES - 1
    assert 0 <= hint < HINTS
