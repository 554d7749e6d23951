"""CoNLL 2018 measures of readers that are right, or wrong in one place, about a document of seven words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from annotating import SAMPLE, conllu
from spacy.tokens import Doc

from kg.training.measuring import measure_raw_text
from kg.training.treebanks import raw_text, read_treebank, treebank_files

GOLD = """
    # newdoc id = a
    # text = Envoys met (twice).
    1  Envoys  envoy   NOUN   NNS  _  2  nsubj   _  _
    2  met     meet    VERB   VBD  _  0  root    _  _
    3  (       (       PUNCT  (    _  4  punct   _  SpaceAfter=No
    4  twice   twice   ADV    RB   _  2  advmod  _  SpaceAfter=No
    5  )       )       PUNCT  )    _  4  punct   _  SpaceAfter=No
    6  .       .       PUNCT  .    _  2  punct   _  _

    # newpar
    # text = Kyiv was hit yesterday
    1  Kyiv       Kyiv       PROPN  NNP  _  3  nsubj:pass  _  _
    2  was        be         AUX    VBD  _  3  aux:pass    _  _
    3  hit        hit        VERB   VBN  _  0  root        _  _
    4  yesterday  yesterday  NOUN   NN   _  3  obl:unmarked  _  _
"""
MEASURES = ("sentences", "words", "UPOS", "lemmas", "UAS", "LAS")
WORDS = [
    # word, space, UPOS, lemma, head, relation
    ("Envoys", " ", "NOUN", "envoy", 1, "nsubj"),
    ("met", " ", "VERB", "meet", 1, "root"),
    ("(", "", "PUNCT", "(", 3, "punct"),
    ("twice", "", "ADV", "twice", 1, "advmod"),
    (")", "", "PUNCT", ")", 3, "punct"),
    (".", "", "PUNCT", ".", 1, "punct"),
    ("\n\n", "", "SPACE", "\n\n", 5, "dep"),
    ("Kyiv", " ", "PROPN", "Kyiv", 9, "nsubj"),
    ("was", " ", "AUX", "be", 9, "aux:pass"),
    ("hit", " ", "VERB", "hit", 9, "root"),
    ("yesterday", "", "NOUN", "yesterday", 9, "obl"),
]
VOCAB = spacy.blank("en").vocab


def reader(changes: dict[tuple[int, str], Any]) -> Callable[[str], Doc]:
    """A reader of this one document, with some annotations changed: (word, column) → value."""
    columns = ("words", "spaces", "pos", "lemmas", "heads", "deps")
    table = {name: [row[place] for row in WORDS] for place, name in enumerate(columns)}
    for (word, name), value in changes.items():
        table[name][word] = value
    table["spaces"] = [bool(space) for space in table["spaces"]]

    def read(text: str) -> Doc:
        doc = Doc(VOCAB, **table)
        assert doc.text == text
        return doc

    return read


def data(folder: Path) -> Path:
    (folder / "ud" / "ewt").mkdir(parents=True)
    (folder / "ud" / "ewt" / "en_ewt-ud-test.conllu").write_text(conllu(GOLD), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({(0, "heads"): 3}, {"UAS": 90.0, "LAS": 90.0}),
        ({(0, "deps"): "obj"}, {"LAS": 90.0}),
        ({(0, "pos"): "PROPN"}, {"UPOS": 90.0}),
        ({(0, "lemmas"): "envoys"}, {"lemmas": 90.0}),
        ({(10, "heads"): 10, (10, "deps"): "root"}, {"sentences": 40.0, "UAS": 90.0, "LAS": 90.0}),
        ({(9, "heads"): 1, (9, "deps"): "conj"}, {"sentences": 0.0, "UAS": 90.0, "LAS": 90.0}),
    ],
    ids=["perfect", "head", "relation", "upos", "lemma", "sentence-too-many", "sentence-missed"],
)
def test_training_measuring_from_raw_text(
    tmp_path: Path, changes: dict[tuple[int, str], Any], expected: dict[str, float]
) -> None:
    found = measure_raw_text(reader(changes), data(tmp_path), "test")
    assert found == {"EWT test": pytest.approx(dict.fromkeys(MEASURES, 100.0) | expected)}


def test_training_measuring_aligns_words_by_their_characters(tmp_path: Path) -> None:
    def read(text: str) -> Doc:
        words = ["Envoys", "met", "(twice", ")", ".", "\n\n", "Kyiv", "was", "hit", "yesterday"]
        spaces = [True, True, *[False] * 4, True, True, True, False]
        heads = [1, 1, 1, 2, 1, 4, 8, 8, 8, 8]
        pos = ["NOUN", "VERB", "ADV", "PUNCT", "PUNCT", "SPACE", "PROPN", "AUX", "VERB", "NOUN"]
        lemmas = ["envoy", "meet", "twice", ")", ".", "\n\n", "Kyiv", "be", "hit", "yesterday"]
        deps = ["nsubj", "root", "advmod", "punct", "punct", "dep", "nsubj", "aux", "root", "obl"]
        return Doc(VOCAB, words=words, spaces=spaces, heads=heads, deps=deps, pos=pos, lemmas=lemmas)

    aligned, heads = 200 * 8 / 19, 200 * 7 / 19  # ")" hangs on a word that is no word
    found = measure_raw_text(read, data(tmp_path), "test")["EWT test"]
    expected = {"words": aligned, "UPOS": aligned, "lemmas": aligned, "UAS": heads, "LAS": heads}
    assert found == pytest.approx(expected | {"sentences": 100.0})


@pytest.mark.parametrize(("split", "sets"), [("test", ["EWT test"]), ("dev", ["EWT dev", "GUM dev", "GUM dev news"])])
def test_training_measuring_reads_document_by_document(split: str, sets: list[str]) -> None:
    texts = list[str]()

    def read(text: str) -> Doc:
        texts.append(text)
        return Doc(VOCAB, words=text.split(), heads=[0] * len(text.split()), deps=["dep"] * len(text.split()))

    assert list(measure_raw_text(read, SAMPLE, split)) == sets
    documents = [
        raw_text(list(read_treebank(path)))[0] for paths in treebank_files(SAMPLE, split).values() for path in paths
    ]
    assert set(texts) == set(documents)
