"""Windows: every word from exactly one, cut where a sentence surely begins, with context around any other cut."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.reader.surface import surface_of
from kg.reader.windows import (
    LONGEST_STRETCH,
    LONGEST_WINDOW,
    OVERLAP,
    WINDOW_PIECES,
    Window,
    make_windows,
    never_starts,
    sure_starts,
)
from kg.reader.wordpieces import LONGEST_WORD
from kg.reader.words import load_tokenizer

Word = tuple[bool, int]
"""Whether a sentence surely begins there, and the number of word pieces."""


def words(sizes: st.SearchStrategy[int]) -> st.SearchStrategy[list[Word]]:
    return st.lists(st.tuples(st.sampled_from([*[False] * 9, True]), sizes), max_size=90)


def groups_of(read: Sequence[Word]) -> list[list[Window]]:
    return list(make_windows([opens for opens, _ in read], [size for _, size in read]))


def windows_of(read: Sequence[Word]) -> list[Window]:
    return [window for group in groups_of(read) for window in group]


def places(windows: Sequence[Window]) -> list[tuple[int, int, int, int]]:
    return [(window.begin, window.first, window.last, window.end) for window in windows]


def prose(sentences: int, size: int) -> list[Word]:
    """Sentences of ten words of `size` pieces each."""
    return [(place == 0, size) for _ in range(sentences) for place in range(10)]


SIZES = st.integers(1, LONGEST_WORD)
ENDLESS = [(False, 1)] * 500


def check_windows(read: Sequence[Word]) -> None:
    windows = windows_of(read)
    taken = [index for window in windows for index in range(window.first, window.last)]
    assert taken == list(range(len(read)))
    for window in windows:
        assert 0 <= window.begin <= window.first < window.last <= window.end <= len(read)
        assert sum(size for _, size in read[window.begin : window.end]) <= LONGEST_WINDOW or (
            window.end == window.begin + 1
        )


@settings(deadline=None)
@given(read=words(SIZES))
@example(read=ENDLESS)
@example(read=[(False, LONGEST_WORD)] * 90)
def test_reader_windows_take_every_word_once_and_in_order(read: list[Word]) -> None:
    check_windows(read)


def test_reader_windows_of_words_that_are_larger_than_a_window() -> None:
    check_windows([*ENDLESS[:150], *[(False, 400)] * 2, *ENDLESS[:150]])


@settings(deadline=None)
@given(read=words(SIZES))
@example(read=ENDLESS)
@example(read=[(False, 7)] * 90)
def test_reader_windows_have_context_where_they_cut_a_sentence(read: list[Word]) -> None:
    sizes = [size for _, size in read]
    least = OVERLAP // 2 - max(sizes, default=0) + 1  # the last word of the context is not cut
    for before, after in itertools.pairwise(windows_of(read)):
        if after.begin < after.first:
            assert sum(sizes[before.last : before.end]) >= OVERLAP // 2
            assert sum(sizes[after.begin : after.first]) >= least
        else:
            assert before.end == before.last == after.begin


@settings(deadline=None)
@given(read=words(SIZES))
def test_reader_windows_of_a_group_overlap_and_groups_begin_where_a_sentence_does(read: list[Word]) -> None:
    for number, group in enumerate(groups_of(read)):
        assert number == 0 or read[group[0].begin][0]
        assert group[0].begin == group[0].first
        assert group[-1].end == group[-1].last
        assert all(window.begin < window.first for window in group[1:])


@settings(deadline=None)
@given(read=words(SIZES))
def test_reader_windows_begin_anew_only_where_they_are_full(read: list[Word]) -> None:
    for group, following in itertools.pairwise(groups_of(read)):
        assert sum(size for _, size in read[group[0].begin : following[-1].end]) > WINDOW_PIECES


def test_reader_windows_begin_a_sentence_where_none_does_for_too_long() -> None:
    groups = groups_of(ENDLESS * 6)
    assert [group[0].begin for group in groups] == list(range(0, len(ENDLESS) * 6, LONGEST_STRETCH))


def test_reader_windows_of_nothing() -> None:
    assert list(make_windows([], [])) == []


def test_reader_windows_hold_whole_sentences() -> None:
    assert places(windows_of(prose(9, 2))) == [  # 20 pieces each: four fit into 96
        (0, 0, 40, 40),
        (40, 40, 80, 80),
        (80, 80, 90, 90),
    ]


def test_reader_windows_hold_one_sentence_that_is_longer_than_most() -> None:
    read = [*ENDLESS[:LONGEST_WINDOW], (True, 1), *ENDLESS[: WINDOW_PIECES - 1]]
    assert places(windows_of(read)) == [(0, 0, 192, 192), (192, 192, 288, 288)]


def test_reader_windows_cut_an_endless_sentence_with_overlap() -> None:
    assert places(windows_of(ENDLESS[:400])) == [(0, 0, 160, 192), (128, 160, 288, 320), (256, 288, 400, 400)]


def test_reader_windows_end_at_a_word_that_is_larger_than_a_window() -> None:
    assert places(windows_of([(False, 1), (False, 500), (False, 1)])) == [(0, 0, 1, 1), (1, 1, 2, 2), (2, 2, 3, 3)]


# ── sure starts ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_tokenizer()


def flags(nlp: Language, text: str, word: str) -> tuple[bool, bool]:
    """Whether a sentence surely begins, and whether none does, at the last `word` of the text."""
    surface = surface_of(nlp.make_doc(text))
    at = len(surface.texts) - 1 - surface.texts[::-1].index(word)
    return sure_starts(surface)[at], never_starts(surface)[at]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("He met the U.S. President twice", "President"),
        ("It was Spc. Isiah who spoke", "Isiah"),
        ("It was Gen. Votel who spoke", "Votel"),
        ("He saw Rep. Adam there", "Adam"),
        ("He saw J. Smith there", "Smith"),
        ("He saw Mr. Smith there", "Smith"),
        ("Roe v. Wade fell", "Wade"),
        ("It rose at 5 p.m. Monday again", "Monday"),
        ("Talks ended. yes", "yes"),
        ("He left.Nobody knows why", "Nobody"),
        ("Did he go? Nobody knows", "Nobody"),
        (". Nobody knows", "Nobody"),
    ],
)
def test_reader_windows_never_open_behind_what_may_be_an_abbreviation(nlp: Language, text: str, word: str) -> None:
    assert flags(nlp, text, word) == (False, False)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Lee et al. Smith disagree", "Smith"),
        ("It was gov. Smith who spoke", "Smith"),
        ("near ft. Lauderdale", "Lauderdale"),
        ("It was no. One", "One"),
        ("Three points: 2. The border", "The"),
    ],
)
def test_reader_windows_never_open_behind_small_abbreviations(nlp: Language, text: str, word: str) -> None:
    assert flags(nlp, text, word) == (False, False)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The talks ended. Nobody knows why", "Nobody"),
        ("It was in Washington. Nobody knows why", "Nobody"),
        ("He said “we talk.” Nobody knows why", "Nobody"),
        ("He left (by train.) Nobody knows why", "Nobody"),
        ("No full stop\nnobody knows why", "nobody"),
        ("nobody knows why", "nobody"),
    ],
    ids=["word", "long-name", "quotation", "bracket", "line", "text"],
)
def test_reader_windows_open_where_a_sentence_surely_begins(nlp: Language, text: str, word: str) -> None:
    assert flags(nlp, text, word) == (True, False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We go,” Putin said", True),
        ('"We go," Putin said', True),
        ("“We go.” Putin left", False),
        ("We go, Putin said", False),
        ("” Putin said", False),
        ("“We go,”\nPutin said", False),
        ('They met.\n"Putin left', True),
        ('They met. "Putin left', False),
    ],
    ids=["comma", "straight", "period", "no-quotation", "nothing-before", "line", "opened", "opened-inside"],
)
def test_reader_windows_know_where_a_quotation_goes_on(nlp: Language, text: str, expected: bool) -> None:
    assert flags(nlp, text, "Putin")[1] is expected


@pytest.mark.parametrize(("mark", "expected"), [(True, (True, False)), (False, (False, True)), (None, (True, False))])
def test_reader_windows_believe_what_is_marked(nlp: Language, mark: bool | None, expected: tuple[bool, bool]) -> None:
    doc = nlp.make_doc("The talks ended. Nobody knows")
    doc[4].is_sent_start = mark
    surface = surface_of(doc)
    assert (sure_starts(surface)[4], never_starts(surface)[4]) == expected
