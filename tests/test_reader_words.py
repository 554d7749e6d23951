"""Words: parted where the English treebanks part them, without losing a character."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.reader.words import PREFIXES, load_tokenizer


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_tokenizer()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pro-Russian,", "pro-Russian ,"),
        ("(anti-war)", "( anti-war )"),
        ("E-mail", "E-mail"),
        ("ex-minister's", "ex-minister 's"),
        ("well-known", "well - known"),
        ("non-G7", "non - G7"),
        ("Russia-China", "Russia - China"),
        ("U.S.-China", "U.S. - China"),
        ("U.S.–China", "U.S. – China"),
        ("U.S.-led", "U.S. - led"),
        ("and/or", "and / or"),
        ("AND/OR.", "AND / OR ."),
        ("!!!", "!!!"),
        ("What?!", "What ?!"),
        ("end?", "end ?"),
        ("=====", "====="),
        ("***", "***"),
        ("$5", "$ 5"),
        ("713-853-3989", "713-853-3989"),
        ("713.853.3989.", "713.853.3989 ."),
        ("853-3989", "853-3989"),
        ("don't", "do n't"),
        ("DON'T", "DO N'T"),
        ("IT’S", "IT ’S"),
        ("wanna", "wan na"),
        ("Lt. Col. Ivanov", "Lt. Col. Ivanov"),
        ("on Wed. or Thurs.", "on Wed. or Thurs."),
        ("an id", "an id"),
        ("at 7:30PM", "at 7:30 PM"),
        ("11am", "11 am"),
        ("U.S.", "U.S."),
    ],
)
def test_reader_words(nlp: Language, text: str, expected: str) -> None:
    assert " ".join(token.text for token in nlp(f"A {text} b")) == f"A {expected} b"


@pytest.mark.parametrize("prefix", PREFIXES)
def test_reader_words_keep_a_prefix_on_its_word(nlp: Language, prefix: str) -> None:
    assert [token.text for token in nlp(f"{prefix}-state")] == [f"{prefix}-state"]


PARTS = st.sampled_from(
    ["pro-", "U.S.", "-", "–", "/", "and/or", "!!", "==", "713-853-3989", "'s", "Iran", " ", "\n", "”"]
)
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


@settings(deadline=None)
@given(text=st.one_of(TEXT, st.lists(st.one_of(PARTS, TEXT), max_size=12).map("".join)))
@example(text="  two  spaces \n\n and\ttabs ")
@example(text="")
def test_reader_words_make_up_the_text(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text != "" for token in doc)


def test_reader_words_leave_spacy_s_own_tokenizer_alone(nlp: Language) -> None:
    import spacy

    assert [token.text for token in spacy.blank("en")("U.S.-China")] == ["U.S.-China"]
    assert [token.text for token in nlp("U.S.-China")] == ["U.S.", "-", "China"]


def test_reader_words_take_texts_of_any_length(nlp: Language) -> None:
    assert len(nlp.make_doc("a " * 600_000)) == 600_000
