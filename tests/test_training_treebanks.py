"""Treebank and name files: words with their offsets, documents and paragraphs, running text."""

from pathlib import Path

import pytest
from annotating import SAMPLE, conllu, is_tree, parsed

from kg.reader.trees import ROOT
from kg.training.treebanks import raw_text, read_names, read_treebank, treebank_files

TWO = """
    # newdoc id = envoys
    # newpar id = envoys-p1
    # sent_id = envoys-1
    # text = Envoys didn't meet ("yet").
    1    Envoys  envoy  NOUN   NNS  Number=Plur    4  nsubj   _  _
    2-3  didn't  _      _      _    _              _  _       _  _
    2    did     do     AUX    VBD  Tense=Past     4  aux     _  _
    3    n't     not    PART   RB   Polarity=Neg   4  advmod  _  _
    4    meet    meet   VERB   VB   VerbForm=Inf   0  root    _  _
    5    (       (      PUNCT  (    _              7  punct   _  SpaceAfter=No
    6    "       "      PUNCT  ``   _              7  punct   _  SpaceAfter=No
    7    yet     yet    ADV    RB   _              4  advmod  _  Entity=(1-event)|SpaceAfter=No
    7.1  met     meet   VERB   VBD  _              _  _       _  CopyOf=4
    8    "       "      PUNCT  ''   _              7  punct   _  SpaceAfter=No
    9    )       )      PUNCT  )    _              7  punct   _  SpaceAfter=No
    10   .       .      PUNCT  .    _              4  punct   _  SpaceAfter=No

    # sent_id = envoys-2
    # text = They will.
    1    They    they   PRON   PRP  _              2  nsubj   _  _
    2    will    will   AUX    MD   VerbForm=Fin   0  root    _  SpaceAfter=No
    3    .       .      PUNCT  .    _              2  punct   _  _

    # newpar
    # sent_id = envoys-3
    # text = Good.
    1    Good    good   ADJ    JJ   Degree=Pos     0  root    _  SpaceAfter=No
    2    .       .      PUNCT  .    _              1  punct   _  _
"""


def test_training_treebanks_words(tmp_path: Path) -> None:
    first, second, third = parsed(tmp_path / "x.conllu", TWO)
    forms = [word.form for word in first.words]
    assert forms == ["Envoys", "did", "n't", "meet", "(", '"', "yet", '"', ")", "."]
    assert [first.text[word.begin : word.end] for word in first.words] == forms
    assert [word.head for word in first.words] == [3, 3, 3, ROOT, 6, 6, 3, 6, 6, 3]
    assert [word.space_after for word in first.words] == [True, False, True, True] + [False] * 6
    assert (first.words[0].lemma, first.words[0].upos, first.words[0].features) == ("envoy", "NOUN", "Number=Plur")
    assert first.words[6].misc == "Entity=(1-event)|SpaceAfter=No"
    assert [sentence.id for sentence in (first, second, third)] == ["envoys-1", "envoys-2", "envoys-3"]


def test_training_treebanks_know_documents_and_paragraphs(tmp_path: Path) -> None:
    assert [sentence.opens for sentence in parsed(tmp_path / "x.conllu", TWO)] == ["document", "", "paragraph"]


def test_training_treebanks_text_runs_on(tmp_path: Path) -> None:
    sentences = parsed(tmp_path / "x.conllu", TWO)
    text, begins = raw_text(sentences)
    assert text == 'Envoys didn\'t meet ("yet").They will.\n\nGood.'  # the first ends without a space
    assert [text[begin : begin + len(s.text)] for begin, s in zip(begins, sentences, strict=True)] == [
        sentence.text for sentence in sentences
    ]


def test_training_treebanks_words_may_hold_spaces(tmp_path: Path) -> None:
    path = tmp_path / "x.conllu"
    path.write_text(
        "# text = 10 000 men\n1\t10 000\t10000\tNUM\tCD\t_\t2\tnummod\t_\t_\n2\tmen\tman\tNOUN\tNNS\t_\t0\troot\t_\t_\n"
    )
    (sentence,) = read_treebank(path)
    assert [(word.form, word.begin) for word in sentence.words] == [("10 000", 0), ("men", 7)]


@pytest.mark.parametrize("text", ["Nobody left", "They both met"], ids=["absent", "skipped"])
def test_training_treebanks_refuse_words_that_are_not_in_the_text(tmp_path: Path, text: str) -> None:
    rows = "\n1  They  they  PRON  PRP  _  2  nsubj  _  _\n2  met  meet  VERB  VBD  _  0  root  _  _"
    with pytest.raises(ValueError, match=r"x\.conllu: word .* is not in the text of odd-1"):
        parsed(tmp_path / "x.conllu", f"# sent_id = odd-1\n# text = {text}{rows}")


def test_training_treebanks_names(tmp_path: Path) -> None:
    path = tmp_path / "x.iob2"
    path.write_text(
        conllu("# sent_id = a-1\n# text = Ada Lind left\n1 Ada B-PER - ann\n2 Lind I-PER - ann\n3 left O - -"),
        encoding="utf-8",
    )
    (sentence,) = read_names(path)
    assert (sentence.id, sentence.forms, sentence.tags) == ("a-1", ("Ada", "Lind", "left"), ("B-PER", "I-PER", "O"))


def test_training_treebanks_files() -> None:
    files = {split: treebank_files(SAMPLE, split) for split in ("train", "dev", "test")}
    assert {split: list(found) for split, found in files.items()} == {
        "train": ["EWT", "GUM"],
        "dev": ["EWT", "GUM"],
        "test": ["EWT"],
    }
    assert all(path.exists() for found in files.values() for paths in found.values() for path in paths)


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("ud/**/*.conllu")), ids=lambda path: path.stem)
def test_training_treebanks_of_the_sample_are_sound(path: Path) -> None:
    sentences = list(read_treebank(path))
    assert len(sentences) >= 3
    for sentence in sentences:
        assert is_tree([word.head for word in sentence.words])
        assert all((word.relation == "root") == (word.head == ROOT) for word in sentence.words)
