"""All corpora together: documents in two versions, labels, and the sets to watch."""

from pathlib import Path

import pytest
from annotating import SAMPLE, conllu, is_tree

from kg.training.preparation import Corpora, measured_sets, prepare, tokenizer


@pytest.fixture(scope="module")
def corpora() -> Corpora:
    return prepare(SAMPLE)


def test_training_preparation_documents(corpora: Corpora) -> None:
    assert [[len(version) for version in document] for document in corpora.documents] == [
        *[[3, 3]] * 3,  # two of EWT, one of GUM, on the treebanks' words and on the reader's
        *[[1]] * 12,  # three lines of re3d, nine days of current events
    ]
    for document in corpora.documents[:3]:
        for sentence in (sentence for version in document for sentence in version):
            assert sentence.tree is not None and is_tree(sentence.tree.heads)


def test_training_preparation_labels_and_lemmas(corpora: Corpora) -> None:
    labels = corpora.labels
    assert labels.roles == ("", "ARG0", "ARG1")
    assert {"root", "nsubj", "obj", "acl:relcl"} <= set(labels.relations)
    assert corpora.lemmas == {("n't", "PART"): ("not",)}


def test_training_preparation_sets(corpora: Corpora) -> None:
    assert {name: len(found) for name, found in corpora.development.items()} == {
        "EWT dev": 3,
        "GUM dev news": 3,
        "GUM dev": 3,
    }
    assert {name: len(found) for name, found in measured_sets(SAMPLE, "test").items()} == {"EWT test": 3}


def test_training_preparation_limit() -> None:
    few = prepare(SAMPLE, limit=1)
    assert len(few.documents) == 4
    assert {len(found) for found in few.development.values()} == {1}


@pytest.mark.parametrize(
    ("sound", "expected"), [(True, ("It", "nomore")), (False, ("It", "no", "more"))], ids=["tree", "broken-tree"]
)
def test_training_preparation_takes_the_reader_s_words_where_the_tree_stays_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound: bool, expected: tuple[str, ...]
) -> None:
    monkeypatch.setattr("kg.training.preparation._is_tree", lambda heads: sound and is_tree(heads))
    for folder in ("ud/ewt", "re3d", "current-events", "propbank"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "propbank" / "ewt.jsonl").touch()
    rows = "1 It it PRON PRP _ 3 nsubj _ _\n2 no no DET DT _ 3 det _ SpaceAfter=No\n3 more more ADV RB _ 0 root _ _"
    for split in ("train", "dev"):
        path = tmp_path / "ud" / "ewt" / f"en_ewt-ud-{split}.conllu"
        path.write_text(conllu(f"# newdoc id = a\n# text = It nomore\n{rows}"), encoding="utf-8")
    (document,) = prepare(tmp_path).documents
    assert [version[0].words for version in document] == [("It", "no", "more"), expected]


def test_training_preparation_words_are_the_reader_s() -> None:
    text = "pro-Russian,\n and/or"
    assert [text[begin:end] for begin, end in tokenizer()(text)] == ["pro-Russian", ",", "and", "/", "or"]
