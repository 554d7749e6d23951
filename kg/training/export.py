"""The trained network as the folder that the reader loads: int8 ONNX, labellers of pairs, labels, vocabulary."""

import shutil
import tempfile
import warnings
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn
from torch.nn import functional

from kg.reader.decoding import Floats, Ints, Labellers, Rows
from kg.reader.labels import Labels
from kg.reader.lemmas import Seen
from kg.reader.trained import LABELS_FILE, LEMMAS_FILE, NETWORK_FILE, RELATIONS_FILE, ROLES_FILE, VOCABULARY_FILE
from kg.training.batches import Batch
from kg.training.evaluation import Run
from kg.training.network import INPUTS as NETWORK_INPUTS
from kg.training.network import Network

OPSET = 17
CHOSEN = ("upos", "features", "scripts")
"""Outputs of which only the best label is asked for."""

INPUTS = ("pieces", "shapes", "hints", "first", "last")


class Exported(nn.Module):
    """One window without padding; the best label of each word where only that is asked for."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor, hints: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """`pieces`, `shapes`, `hints` [1, L]; `first`, `last` [N]; a row a word comes out, as `output_names` has it."""
        out = self.network(pieces, shapes, hints, None, first, last)
        return tuple(_chosen(name, value) for name, value in out.items())


def export(network: Network, labels: Labels, lemmas: Seen, vocabulary: Path, folder: Path, *, quantize: bool) -> None:
    """Write what `kg.reader.trained` reads; `quantize` false keeps 32-bit floats, to compare."""
    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    with tempfile.TemporaryDirectory() as temporary:
        exported, simplified = Path(temporary) / "exported.onnx", Path(temporary) / "simplified.onnx"
        _trace(network, exported)
        quant_pre_process(str(exported), str(simplified), skip_symbolic_shape=True)
        if quantize:
            quantize_dynamic(
                simplified,
                folder / NETWORK_FILE,
                per_channel=True,
                weight_type=QuantType.QInt8,
                extra_options={"MatMulConstBOnly": True},
            )
        else:
            shutil.copyfile(simplified, folder / NETWORK_FILE)
    onnx.checker.check_model(str(folder / NETWORK_FILE))
    for name, labeller in zip((RELATIONS_FILE, ROLES_FILE), _labellers(network, labels), strict=True):
        outputs = ["labels", "probabilities"]
        axes = {tensor: {0: "pairs"} for tensor in ("products", *outputs)}
        _export(labeller, {"products": torch.zeros(1, labeller.width)}, outputs, axes, folder / name)
    labels.write(folder / LABELS_FILE)
    rows = ("\t".join((*key, " ".join(values))) for key, values in sorted(lemmas.items()))
    (folder / LEMMAS_FILE).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    if vocabulary != folder / VOCABULARY_FILE:
        shutil.copyfile(vocabulary, folder / VOCABULARY_FILE)


class LinearLabeller(nn.Module):
    """`kg.reader.decoding.Labeller`; `never` is no answer."""

    bias: Tensor

    def __init__(self, linear: nn.Linear, never: int | None = None) -> None:
        super().__init__()
        self.width = linear.in_features
        self.weight = linear.weight
        bias = linear.bias.detach().clone()
        if never is not None:
            bias[never] = -1e9
        self.register_buffer("bias", bias)

    def forward(self, products: Tensor) -> tuple[Tensor, Tensor]:
        """[n, width] → [n], [n]."""
        probabilities, best = functional.linear(products, self.weight, self.bias).softmax(dim=1).max(dim=1)
        return best, probabilities


def _labellers(network: Network, labels: Labels) -> tuple[LinearLabeller, LinearLabeller]:
    return LinearLabeller(network.relation, labels.relations.index("root")), LinearLabeller(network.role)


def network_labellers(network: Network, labels: Labels) -> Labellers:
    """The labellers as `evaluate` uses them."""

    def label(labeller: LinearLabeller, products: Floats) -> tuple[Ints, Floats]:
        with torch.no_grad():
            best, probabilities = labeller(torch.from_numpy(products))
        return best.numpy(), probabilities.numpy()

    relation, role = _labellers(network, labels)
    return Labellers.of(labels, partial(label, relation), partial(label, role))


def run_network(network: Network) -> Run:
    """The network as `evaluate` runs it, in evaluation mode."""
    network.eval()
    names = output_names(network)

    def run(batch: Batch) -> Rows:
        with torch.no_grad():
            out = network(*(torch.from_numpy(getattr(batch, name)) for name in NETWORK_INPUTS))
        return {name: _chosen(name, out[name]).numpy() for name in names}

    return run


def _chosen(name: str, value: Tensor) -> Tensor:
    return value.argmax(dim=1) if name in CHOSEN else value


def output_names(network: Network) -> list[str]:
    """Names of the outputs in order."""
    with torch.no_grad():
        return list(network(*_example()))


def _example() -> tuple[Tensor, ...]:
    """A window of one word, as `Network.forward` takes it."""
    pieces, word = torch.tensor([[101, 2054, 102]]), torch.tensor([1])
    return pieces, torch.zeros_like(pieces), torch.zeros_like(pieces), torch.ones_like(pieces), word, word


def _trace(network: Network, path: Path) -> None:
    pieces, shapes, hints, _, first, last = _example()
    example = dict(zip(INPUTS, (pieces, shapes, hints, first, last), strict=True))
    names = output_names(network)
    axes = {name: {1: "pieces"} for name in INPUTS[:3]} | {name: {0: "words"} for name in (*INPUTS[3:], *names)}
    _export(Exported(network), example, names, axes, path)


def _export(
    module: nn.Module, example: Mapping[str, Tensor], outputs: list[str], axes: dict[str, dict[int, str]], path: Path
) -> None:
    """Write a module as ONNX; `axes` names the dimensions that vary."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the exporter without onnxscript, which is enough here
        torch.onnx.export(
            module,
            tuple(example.values()),
            str(path),
            input_names=list(example),
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
