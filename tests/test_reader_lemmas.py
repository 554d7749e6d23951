"""Lemmas: edit scripts, what the treebanks saw, what LemmInflect knows, and when capitals stay."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.reader.lemmas import Lemmatizer, apply_script, recased, regular_lemmas, script_of

WORD = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
STEM = st.text("aeiknrst", max_size=6)  # forms and lemmas that share a beginning


@settings(deadline=None)
@given(form=WORD, lemma=WORD)
@example(form="WENT", lemma="go")
@example(form="french", lemma="French")
@example(form="İstanbul", lemma="İstanbul")
@example(form=":=", lemma="=3:")
@example(form="Straße", lemma="STRASSE")
def test_reader_lemmas_scripts_make_the_lemma_of_any_word(form: str, lemma: str) -> None:
    assert apply_script(script_of(form, lemma), form) == lemma


@settings(deadline=None)
@given(stem=STEM, ending=STEM, other=STEM, capitals=st.sampled_from([str.lower, str.upper, str.title]))
def test_reader_lemmas_scripts_of_lower_case_lemmas_are_blind_to_capitals(
    stem: str, ending: str, other: str, capitals: Callable[[str], str]
) -> None:
    form, lemma = f"a{stem}{ending}", f"a{stem}{other}"
    assert script_of(capitals(form), lemma) == script_of(form, lemma)
    assert apply_script(script_of(form, lemma), capitals(form)) == lemma


@pytest.mark.parametrize(
    ("form", "lemma", "script"),
    [
        ("went", "go", "4:go"),
        ("Talks", "talk", "1:"),
        ("TALKS", "talk", "1:"),
        ("States", "State", "=1:"),
        ("Iran", "Iran", "=0:"),
        ("is", "be", "2:be"),
        ("u.s.", "U.S.", "4:U.S."),
    ],
)
def test_reader_lemmas_scripts(form: str, lemma: str, script: str) -> None:
    assert script_of(form, lemma) == script


@pytest.mark.parametrize(
    ("script", "form", "expected"),
    [("9:", "Talks", "talks"), ("=9:", "Talks", "Talks"), ("2:", "is", "is"), ("5:be", "is", "is")],
    ids=["strips-too-much", "strips-too-much-with-capitals", "strips-all", "strips-too-much-and-adds"],
)
def test_reader_lemmas_scripts_never_leave_nothing(script: str, form: str, expected: str) -> None:
    assert apply_script(script, form) == expected


SEEN = {
    ("'s", "AUX"): ("be", "have"),
    ("media", "NOUN"): ("media",),
    ("new", "PROPN"): ("new",),
    ("nations", "PROPN"): ("nation",),
}


@pytest.mark.parametrize(
    ("form", "upos", "script", "expected"),
    [
        ("spoke", "VERB", "0:", "speak"),
        ("SPOKE", "VERB", "0:", "speak"),
        ("spoke", "NOUN", "0:", "spoke"),
        ("media", "NOUN", "1:um", "media"),
        ("'s", "AUX", "2:have", "have"),
        ("'s", "AUX", "2:be", "be"),
        ("'s", "AUX", "0:", "be"),
        ("Nations", "PROPN", "=0:", "Nation"),
        ("NATIONS", "PROPN", "=0:", "Nation"),
        ("TEHRAN", "PROPN", "=0:", "Tehran"),
        ("NATO", "PROPN", "=0:", "NATO"),
        ("Nations", "PROPN", "0:", "nation"),
        ("New", "PROPN", "=0:", "New"),
        ("Tehran", "PROPN", "=0:", "Tehran"),
        ("the", "DET", "0:", "the"),
        ("The", "DET", "0:", "the"),
    ],
    ids=[
        "inflected",
        "inflected-in-capitals",
        "another-part-of-speech",
        "seen-before-script",
        "context-takes-the-second",
        "context-takes-the-first",
        "context-takes-neither",
        "name-keeps-its-capital",
        "name-in-capitals",
        "name-in-capitals-never-seen",
        "acronym",
        "name-without-capitals",
        "name-as-written",
        "name-never-seen",
        "closed-class",
        "closed-class-capitalized",
    ],
)
def test_reader_lemmas_choices(form: str, upos: str, script: str, expected: str) -> None:
    assert Lemmatizer(SEEN).lemma(form, upos, script) == expected


@pytest.mark.parametrize("upos", ["PROPN", "PUNCT", "NUM", "X", ""])
def test_reader_lemmas_of_what_is_not_inflected_come_from_no_rules(upos: str) -> None:
    assert regular_lemmas("talks", upos) == ()


@pytest.mark.parametrize("word", ["", "\u200b", "👍", "a" * 3000, "-", "’s"])
def test_reader_lemmas_of_odd_words_are_not_empty(word: str) -> None:
    assert Lemmatizer({}).lemma(word, "NOUN", "0:") or not word


@pytest.mark.parametrize(
    ("form", "upos"),
    [("anti-government", "ADJ"), ("post-Soviet", "ADJ"), ("2024", "ADJ"), ("“", "ADJ"), ("inter", "ADV"), ("%", "ADV")],
)
def test_reader_lemmas_of_unknown_adjectives_and_adverbs_are_the_network_s(form: str, upos: str) -> None:
    assert Lemmatizer({}).lemma(form, upos, "0:") == form.lower()


@pytest.mark.parametrize(
    ("lemma", "form", "expected"),
    [("state", "States", "State"), ("nato", "NATO", "NATO"), ("go", "Went", "Go"), ("better", "OK", "BEtter")],
)
def test_reader_lemmas_recased(lemma: str, form: str, expected: str) -> None:
    assert recased(lemma, form) == expected


def test_reader_lemmas_are_read_from_a_file(tmp_path: Path) -> None:
    table = tmp_path / "lemmas.tsv"
    table.write_text("'s\tAUX\tbe have\n\nmedia\tNOUN\tmedia\n", encoding="utf-8")
    lemmatizer = Lemmatizer.read(table)
    assert lemmatizer.lemma("'s", "AUX", "2:have") == "have"
    assert lemmatizer.lemma("Media", "NOUN", "1:um") == "media"
    assert lemmatizer.lemma("spoke", "VERB", "0:") == "speak"
