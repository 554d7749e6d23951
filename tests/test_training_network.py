"""The network: rows that padding does not change, losses that count only what is annotated, arcs inside sentences."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from annotating import VOCABULARY, annotated, labels_of

torch = pytest.importorskip("torch", reason="training needs the extra train")
pytest.importorskip("safetensors", reason="training needs the extra train")

from kg.reader.wordpieces import WordPieces  # noqa: E402
from kg.training.batches import Batch, Numbering  # noqa: E402
from kg.training.network import INPUTS, TINY, TINY_ENCODER, WEIGHTS, Network, _allowed, _arc_scores  # noqa: E402
from kg.training.sentences import Annotated  # noqa: E402

MEETS = annotated(
    "Putin/PROPN/2/nsubj meets/VERB/0/root Xi/PROPN/2/obj ./PUNCT/2/punct",
    names="B-PER O ? O",
    predicates=[(1, ((0, "ARG0"), (2, "ARG1")))],
    opens=True,
)
WAITS = annotated("Iran/PROPN/2/nsubj waits/VERB/0/root ./PUNCT/2/punct", predicates=[])
BARE = annotated("an unprecedented thing", names="? ? ?", whole=False)
LABELS = labels_of(MEETS, WAITS)
IMPOSSIBLE = -1e3  # scores below are of heads that cannot be


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Tensors this small are slower in several threads, which only wait for each other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(0)
    return Network(LABELS, TINY, TINY_ENCODER).eval()


@pytest.fixture(scope="module")
def numbering() -> Numbering:
    return Numbering(LABELS, WordPieces(VOCABULARY))


def rows(network: Network, batch: Batch) -> dict[str, torch.Tensor]:
    with torch.no_grad():
        return network(*(torch.from_numpy(getattr(batch, name)) for name in INPUTS))


def test_training_network_has_a_row_a_word(network: Network, numbering: Numbering) -> None:
    found = rows(network, numbering.batch([[MEETS, WAITS], [BARE]]))
    assert {len(value) for value in found.values()} == {10}
    sizes = {name: found[name].shape[1] for name in ("upos", "tags", "scripts", "arc_head", "role_predicate")}
    assert sizes == {"upos": 3, "tags": 13, "scripts": 2, "arc_head": TINY.arc, "role_predicate": TINY.role}
    assert all(found[name].ndim == 1 for name in ("starts", "predicates", "arc_prior", "arc_root"))


def test_training_network_rows_are_the_same_in_any_batch(network: Network, numbering: Numbering) -> None:
    together = rows(network, numbering.batch([[WAITS], [MEETS, WAITS, MEETS], [BARE]]))
    alone = rows(network, numbering.batch([[WAITS]]))
    for name, value in alone.items():
        torch.testing.assert_close(together[name][:3], value, atol=1e-5, rtol=1e-5)


def losses(network: Network, numbering: Numbering, windows: Sequence[Sequence[Annotated]]) -> dict[str, float]:
    with torch.no_grad():
        return {name: value.item() for name, value in network.losses(numbering.batch(windows)).items()}


def test_training_network_losses_are_those_that_are_weighed(network: Network, numbering: Numbering) -> None:
    found = losses(network, numbering, [[MEETS, WAITS]])
    assert found.keys() == WEIGHTS.keys()
    assert all(0 < value < 20 for value in found.values())


def test_training_network_learns_nothing_from_what_is_not_annotated(network: Network, numbering: Numbering) -> None:
    assert set(losses(network, numbering, [[BARE], [BARE]]).values()) == {0.0}


@pytest.mark.parametrize(
    ("missing", "silent"),
    [
        ({"tree": None}, {"arcs", "relations", "upos", "features", "scripts"}),
        ({"names": None}, {"tags"}),
        ({"predicates": None}, {"predicates", "roles"}),
        ({"whole": False}, {"starts"}),
    ],
    ids=["tree", "names", "predicates", "boundaries"],
)
def test_training_network_losses_of_a_part_are_of_its_own(
    network: Network, numbering: Numbering, missing: dict[str, object], silent: set[str]
) -> None:
    whole = losses(network, numbering, [[MEETS]])
    found = losses(network, numbering, [[replace(MEETS, **missing)]])
    assert {name for name, value in found.items() if value == 0.0} == silent
    assert {name: found[name] for name in found.keys() - silent} == {
        name: whole[name] for name in whole.keys() - silent
    }


def test_training_network_losses_are_means_over_what_is_annotated(network: Network, numbering: Numbering) -> None:
    alone, among = losses(network, numbering, [[MEETS]]), losses(network, numbering, [[MEETS], [BARE], [BARE]])
    assert among == pytest.approx(alone, abs=1e-4)


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ([[1, 0, 0]], -math.log(0.5)),
        ([[1, 1, 0]], -math.log(0.75)),
        ([[1, 1, 1]], 0.0),
        ([[0, 0, 1], [1, 1, 1]], math.log(4)),
    ],
    ids=["one", "two-together", "open", "open-words-do-not-count"],
)
def test_training_network_allowed_tags_count_together(allowed: list[list[int]], expected: float) -> None:
    scores = torch.tensor([[0.5, 0.25, 0.25]] * len(allowed)).log()
    assert _allowed(scores, torch.tensor(allowed, dtype=torch.bool)).item() == pytest.approx(expected, abs=1e-5)


def test_training_network_open_words_pull_nowhere(numbering: Numbering) -> None:
    torch.manual_seed(0)
    network = Network(LABELS, TINY, TINY_ENCODER)
    network.losses(numbering.batch([[BARE]]))["tags"].backward()
    assert all(not parameter.grad.any() for parameter in network.tags.parameters() if parameter.grad is not None)


def test_training_network_arcs_never_cross_sentences(network: Network, numbering: Numbering) -> None:
    batch = numbering.batch([[MEETS, WAITS], [WAITS]])
    scores = _arc_scores(rows(network, batch), batch)
    assert scores.shape == (10, 1 + batch.width)
    begins = [0] * 4 + [4] * 3 + [0] * 3
    sizes = [4] * 4 + [3] * 6
    for word, (begin, size) in enumerate(zip(begins, sizes, strict=True)):
        itself = int(batch.places[word]) % batch.width
        possible = {0} | {1 + head for head in range(begin, begin + size) if head != itself}
        assert {head for head, score in enumerate(scores[word].tolist()) if score > IMPOSSIBLE} == possible


def test_training_network_arc_scores_are_those_that_are_decoded(network: Network, numbering: Numbering) -> None:
    batch = numbering.batch([[MEETS]])
    found = rows(network, batch)
    decoded = found["arc_dependent"] @ found["arc_head"].T + found["arc_prior"]
    scores = _arc_scores(found, batch)
    apart = ~torch.eye(4, dtype=torch.bool)
    torch.testing.assert_close(scores[:, 1:][apart], decoded[apart])
    torch.testing.assert_close(scores[:, 0], found["arc_root"])


def test_training_network_word_embeddings_stay(network: Network) -> None:
    assert not network.encoder.pieces.weight.requires_grad
    assert sum(parameter.requires_grad for parameter in network.parameters()) == len(list(network.parameters())) - 1
