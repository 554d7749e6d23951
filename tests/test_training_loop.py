"""The training loop: batches, a loss that falls, and runs that go on where they were stopped."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from annotating import SAMPLE, VOCABULARY

torch = pytest.importorskip("torch", reason="training needs the extra train")
pytest.importorskip("safetensors", reason="training needs the extra train")

from kg.reader.wordpieces import WordPieces  # noqa: E402
from kg.training.batches import Numbering, make_labels  # noqa: E402
from kg.training.corpora import read_trees  # noqa: E402
from kg.training.encoder import Dropout  # noqa: E402
from kg.training.loop import Recipe, epoch_batches, train  # noqa: E402
from kg.training.network import TINY, TINY_ENCODER, WEIGHTS, Network  # noqa: E402
from kg.training.renaming import names_in  # noqa: E402

SENTENCES = [annotated for corpus in ("EWT", "GUM") for _, annotated in read_trees(SAMPLE, "train", corpus)]
DOCUMENTS = [tuple([part] for part in (SENTENCES[n : n + 1] * 2)) for n in range(len(SENTENCES))]
LABELS = make_labels(SENTENCES * 3)
PIECES = WordPieces(VOCABULARY)
NAMES = names_in(SENTENCES)
NUMBERING = Numbering(LABELS, PIECES)
RECIPE = Recipe(epochs=2, batch_pieces=120, encoder_rate=5e-3, head_rate=1e-2)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Tensors this small are slower in several threads, which only wait for each other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def make_network(dropout: float = 0.0) -> Network:
    torch.manual_seed(0)
    network = Network(LABELS, replace(TINY, dropout=dropout), replace(TINY_ENCODER, dropout=dropout))
    assert any(module.least for module in network.modules() if isinstance(module, Dropout)) == bool(dropout)
    return network


def run(
    network: Network, checkpoint: Path, recipe: Recipe = RECIPE, after: Callable[[int], None] | None = None
) -> tuple[Network, list[int]]:
    """Train; the averaged network and the epochs that were run."""
    epochs = list[int]()

    def watch(epoch: int, averaged: Network) -> None:
        assert same_weights(averaged, network) == (epoch == 1)  # so few batches that the first average is a copy
        epochs.append(epoch)
        if after is not None:
            after(epoch)

    return train(network, DOCUMENTS, NUMBERING, PIECES, recipe, checkpoint, watch), epochs


def loss(network: Network) -> float:
    network.eval()
    with torch.no_grad():
        losses = network.losses(NUMBERING.batch([[sentence] for sentence in SENTENCES]))
    return sum(WEIGHTS[name] * value.item() for name, value in losses.items())


def same_weights(one: Network, other: Network) -> bool:
    theirs = other.state_dict()
    return all(torch.equal(value, theirs[name]) for name, value in one.state_dict().items())


def test_training_loop_one_epoch_lowers_the_loss(tmp_path: Path) -> None:
    network = make_network()
    before, pieces = loss(network), network.encoder.pieces.weight.clone()
    averaged, epochs = run(network, tmp_path / "checkpoint.pt", replace(RECIPE, epochs=1))
    assert epochs == [1]
    assert loss(network) < before
    assert loss(averaged) < before
    assert torch.equal(averaged.encoder.pieces.weight, pieces)


def test_training_loop_is_the_same_every_time(tmp_path: Path) -> None:
    recipe = replace(RECIPE, epochs=1)
    one, other = (run(make_network(dropout=0.2), tmp_path / f"{number}.pt", recipe)[0] for number in range(2))
    assert same_weights(one, other)


class StoppedError(Exception):
    """The run was ended by hand."""


def stopped(dropout: float, folder: Path) -> tuple[Network, Network, list[int]]:
    """A network of two epochs, one whose run was stopped after the first and started again, and what that ran."""

    def stop(epoch: int) -> None:
        raise StoppedError

    whole, _ = run(make_network(dropout), folder / "whole.pt")
    with pytest.raises(StoppedError):
        run(make_network(dropout), folder / "parts.pt", after=stop)
    return whole, *run(make_network(dropout), folder / "parts.pt")


def test_training_loop_continues_a_stopped_run(tmp_path: Path) -> None:
    whole, again, epochs = stopped(0.0, tmp_path)
    assert epochs == [2]
    assert same_weights(whole, again)


def test_training_loop_continues_a_stopped_run_with_dropout(tmp_path: Path) -> None:
    whole, again, _ = stopped(0.2, tmp_path)
    assert same_weights(whole, again)


def test_training_loop_leaves_a_finished_run_alone(tmp_path: Path) -> None:
    first, second = make_network(), make_network()
    run(first, tmp_path / "checkpoint.pt")
    assert run(second, tmp_path / "checkpoint.pt")[1] == []
    assert same_weights(first, second)
    assert [path.name for path in tmp_path.iterdir()] == ["checkpoint.pt"]


# ── batches of an epoch ──────────────────────────────────────────────────────────────────────────


def test_training_loop_an_epoch_has_every_document_once() -> None:
    for epoch in range(3):
        batches = epoch_batches(DOCUMENTS, NAMES, PIECES, RECIPE, epoch)
        words = sorted(len(sentence.words) for batch in batches for window in batch for sentence in window)
        assert (
            sum(len(s.words) for s in SENTENCES) - len(SENTENCES) <= sum(words) <= sum(len(s.words) for s in SENTENCES)
        )
        assert len(words) == len(SENTENCES)


def test_training_loop_batches_are_full_but_not_too_full() -> None:
    batches = epoch_batches(DOCUMENTS * 20, NAMES, PIECES, replace(RECIPE, batch_pieces=400), 0)
    sizes = [NUMBERING.batch(batch).pieces.size for batch in batches]
    assert max(sizes) <= 400
    assert sum(sizes) / len(sizes) > 200


def test_training_loop_epochs_differ_and_seeds_decide() -> None:
    orders = [
        [
            sentence.words
            for batch in epoch_batches(DOCUMENTS, NAMES, PIECES, replace(RECIPE, seed=seed), epoch)
            for w in batch
            for sentence in w
        ]
        for seed, epoch in itertools.product((1, 2), (0, 1))
    ]
    assert all(one != other for one, other in itertools.combinations(orders, 2))
    again = epoch_batches(DOCUMENTS, NAMES, PIECES, replace(RECIPE, seed=1), 0)
    assert [sentence.words for batch in again for window in batch for sentence in window] == orders[0]


def test_training_loop_versions_of_a_document_take_turns() -> None:
    versions = tuple([replace(SENTENCES[0], opens=opens)] for opens in (True, False))
    seen = [epoch_batches([versions], {}, PIECES, RECIPE, epoch)[0][0][0].opens for epoch in range(4)]
    assert seen == [True, False, True, False]
