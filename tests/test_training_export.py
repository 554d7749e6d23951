"""The exported folder: what the reader loads gives what the network gives."""

from pathlib import Path

import numpy as np
import pytest
from annotating import VOCABULARY, annotated, labels_of

torch = pytest.importorskip("torch", reason="training needs the extra train")
onnx = pytest.importorskip("onnx", reason="training needs the extra train")
pytest.importorskip("safetensors", reason="training needs the extra train")

from kg.reader.labels import Labels  # noqa: E402
from kg.reader.trained import LABELS_FILE, LEMMAS_FILE, NETWORK_FILE, RELATIONS_FILE, ROLES_FILE, VOCABULARY_FILE  # noqa: E402
from kg.reader.wordpieces import WordPieces  # noqa: E402
from kg.training.evaluation import load_model  # noqa: E402
from kg.training.export import CHOSEN, export, network_labellers, output_names, run_network  # noqa: E402
from kg.training.network import TINY, TINY_ENCODER, Network  # noqa: E402

MEETS = annotated(
    "Putin/PROPN/2/nsubj meets/VERB/0/root Xi/PROPN/2/obj ./PUNCT/2/punct",
    predicates=[(1, ((0, "ARG0"), (2, "ARG1")))],
)
WAITS = annotated("Unprecedentedly/ADV/2/advmod waits/VERB/0/root")
LABELS = labels_of(MEETS, WAITS)
LEMMAS = {("'s", "AUX"): ("be", "have"), ("media", "NOUN"): ("media",)}
FILES = {NETWORK_FILE, RELATIONS_FILE, ROLES_FILE, LABELS_FILE, LEMMAS_FILE, VOCABULARY_FILE}


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(0)
    return Network(LABELS, TINY, TINY_ENCODER)


@pytest.fixture(scope="module")
def folders(network: Network, tmp_path_factory: pytest.TempPathFactory) -> dict[bool, Path]:
    """The exported network, quantized and not."""
    folder = tmp_path_factory.mktemp("export")
    for quantize in (True, False):
        export(network, LABELS, LEMMAS, VOCABULARY, folder / str(quantize), quantize=quantize)
    return {quantize: folder / str(quantize) for quantize in (True, False)}


@pytest.mark.parametrize("quantize", [True, False], ids=["int8", "float"])
def test_training_export_writes_what_the_reader_loads(folders: dict[bool, Path], quantize: bool) -> None:
    folder = folders[quantize]
    assert {path.name for path in folder.iterdir()} == FILES
    assert Labels.read(folder / LABELS_FILE) == LABELS
    assert (folder / LEMMAS_FILE).read_text(encoding="utf-8") == "'s\tAUX\tbe have\nmedia\tNOUN\tmedia\n"
    assert (folder / VOCABULARY_FILE).read_bytes() == VOCABULARY.read_bytes()


@pytest.mark.parametrize(("quantize", "tolerance"), [(False, 1e-5), (True, 0.2)], ids=["float", "int8"])
def test_training_export_gives_the_network_s_rows(
    network: Network, folders: dict[bool, Path], quantize: bool, tolerance: float
) -> None:
    model = load_model(folders[quantize], WordPieces(VOCABULARY))
    batch = model.numbering.batch([[MEETS, WAITS], [WAITS]])
    expected, found = run_network(network)(batch), model.run(batch)
    assert list(found) == list(expected) == output_names(network)
    for name, rows in expected.items():
        assert found[name].shape == rows.shape
        if name not in CHOSEN:
            np.testing.assert_allclose(found[name], rows, atol=tolerance)
        elif not quantize:
            assert np.array_equal(found[name], rows)


def test_training_export_labels_pairs_as_the_network_does(network: Network, folders: dict[bool, Path]) -> None:
    exported, own = load_model(folders[True], WordPieces(VOCABULARY)).labellers, network_labellers(network, LABELS)
    assert exported.root == own.root == LABELS.relations.index("root")
    random = np.random.default_rng(0)
    for name, width in (("relation", TINY.relation), ("role", TINY.role)):
        products = random.normal(size=(200, width)).astype(np.float32)
        found, probabilities = getattr(exported, name)(products)
        expected, expected_probabilities = getattr(own, name)(products)
        assert np.array_equal(found, expected)
        np.testing.assert_allclose(probabilities, expected_probabilities, atol=1e-5)
        assert len(set(found.tolist())) > 1
        assert name == "role" or own.root not in found


def test_training_export_takes_windows_of_any_size(network: Network, folders: dict[bool, Path]) -> None:
    model = load_model(folders[True], WordPieces(VOCABULARY))
    for size in (1, 60):
        assert len(model.run(model.numbering.batch([[MEETS] * size]))["starts"]) == 4 * size


def test_training_export_int8_is_smaller(folders: dict[bool, Path]) -> None:
    small, large = ((folders[quantize] / NETWORK_FILE).stat().st_size for quantize in (True, False))
    assert small < large / 2


def test_training_export_is_the_same_every_time(network: Network, folders: dict[bool, Path], tmp_path: Path) -> None:
    export(network, LABELS, LEMMAS, VOCABULARY, tmp_path, quantize=True)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (folders[True] / name).read_bytes(), name


def test_training_export_may_take_the_vocabulary_of_the_folder(network: Network, tmp_path: Path) -> None:
    vocabulary = tmp_path / VOCABULARY_FILE
    vocabulary.write_bytes(VOCABULARY.read_bytes())
    export(network, LABELS, LEMMAS, vocabulary, tmp_path, quantize=False)
    assert vocabulary.read_bytes() == VOCABULARY.read_bytes()
