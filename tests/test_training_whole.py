"""`python -m kg.training` from beginning to end, on a few invented sentences and with a network that learns nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from annotating import SAMPLE
from spacy.tokens import Doc

from kg.reader.roles import predicates_of
from kg.reader.trained import (
    LABELS_FILE,
    LEMMAS_FILE,
    NETWORK_FILE,
    RELATIONS_FILE,
    ROLES_FILE,
    VOCABULARY_FILE,
    TrainedReader,
)

for module in ("torch", "onnx", "safetensors"):
    pytest.importorskip(module, reason="training needs the extra train")

CARD_FILE = "MODEL_CARD.md"
MODEL_FILES = {NETWORK_FILE, RELATIONS_FILE, ROLES_FILE, LABELS_FILE, LEMMAS_FILE, VOCABULARY_FILE}
ROOT = Path(__file__).parents[1]
TEXT = "Ministers from Norway met in Oslo.\n\nThe U.S. President, who’d left,  said: “They didn't sign.”\n☂ "
MOST_SECONDS = 300


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg.training", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=MOST_SECONDS)


def make(folder: Path, *more: str, data: Path = SAMPLE) -> subprocess.CompletedProcess[str]:
    folders = ("--out", str(folder / "out"), "--work", str(folder / "work"))
    return run("--data", str(data), "--tiny", "--epochs", "1", *folders, *more)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one run, with the model in `out`."""
    folder = tmp_path_factory.mktemp("made")
    done = make(folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_training_whole_makes_a_model_and_its_card(made: Path) -> None:
    assert {path.name for path in (made / "out").iterdir()} == MODEL_FILES | {CARD_FILE}
    assert {path.name for path in (made / "work" / "float").iterdir()} == MODEL_FILES
    card = (made / "out" / CARD_FILE).read_text(encoding="utf-8")
    assert "$" not in card
    assert "--epochs 1 --branches 2 --seed 1" in card
    assert "the mean of their weights" in card
    for measure in ("EWT test", "GUM", "held-out days", "| UAS |", "| roles |", "| sentences |"):
        assert measure in card


@pytest.fixture(scope="module")
def doc(made: Path) -> Doc:
    return TrainedReader(made / "out")(spacy.blank("en")(TEXT))


def test_training_whole_model_reads(doc: Doc) -> None:
    assert doc.text == TEXT
    assert all(doc.has_annotation(name) for name in ("POS", "LEMMA", "DEP", "SENT_START"))
    assert all(token.pos_ and token.dep_ and (token.pos_ == "SPACE") == token.is_space for token in doc)
    assert all(token.lemma_ for token in doc if len(token) > 1)
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        assert sum(token.head.i == token.i for token in words) == 1
        assert all(sentence.start <= token.head.i < sentence.end for token in words)
        assert [token.dep_ for token in words].count("root") == 1
    assert all(0 <= word < len(doc) for _, arguments in predicates_of(doc) for word, _ in arguments)


def test_training_whole_model_leaves_no_word_without_lemma(doc: Doc) -> None:
    assert all(token.lemma_ for token in doc)


def test_training_whole_is_the_same_with_the_same_seed(made: Path, tmp_path: Path) -> None:
    assert make(tmp_path).returncode == 0
    for name in MODEL_FILES | {CARD_FILE}:
        assert (tmp_path / "out" / name).read_bytes() == (made / "out" / name).read_bytes(), name


def test_training_whole_needs_its_corpora(tmp_path: Path) -> None:
    done = make(tmp_path, data=tmp_path / "nowhere")
    assert done.returncode == 2
    assert (done.stdout, done.stderr.count("\n")) == ("", 1)
    assert "nowhere: no folder ud/ewt, ud/gum" in done.stderr
    assert list(tmp_path.iterdir()) == []
