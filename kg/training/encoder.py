"""The encoder: BERT (Devlin et al. 2019, arXiv:1810.04805) in the shape of MiniLM (Wang et al. 2020, arXiv:2002.10957).

Six layers, 384 wide. The table of token types, which MiniLM never uses, carries what the uncased vocabulary loses:
the shape of each word (`kg.reader.wordpieces.Shape`); a further table carries what name lists know of it (`Hint`).
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderConfig:
    """Sizes; the defaults are all-MiniLM-L6-v2's."""

    vocabulary: int = 30522
    positions: int = 512
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    shapes: int
    hints: int
    dropout: float = 0.1


class Dropout(nn.Module):
    """Dropout whose random bits come from numpy, several times as fast on a processor as PyTorch's.

    The share is rounded to 1/256.
    """

    def __init__(self, share: float) -> None:
        super().__init__()
        self.least = round(share * 256)
        self.random = np.random.default_rng()

    def seed(self, *numbers: int) -> None:
        """Begin the random bits anew."""
        self.random = np.random.default_rng(numbers)

    def forward(self, states: Tensor) -> Tensor:
        """`states` with zeros in random places and the rest scaled up; unchanged in evaluation."""
        if not self.training or not self.least:
            return states
        drawn = self.random.integers(0, 256, size=tuple(states.shape), dtype=np.uint8)
        kept = torch.from_numpy(drawn) >= self.least
        scaled: Tensor = states * (kept.to(states.dtype) * (256 / (256 - self.least)))
        return scaled


class Layer(nn.Module):
    """One transformer layer, normalized after each half."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.query_key_value = nn.Linear(config.width, 3 * config.width)
        self.attended = nn.Linear(config.width, config.width)
        self.attention_norm = nn.LayerNorm(config.width, eps=1e-12)
        self.widen = nn.Linear(config.width, config.inner)
        self.narrow = nn.Linear(config.inner, config.width)
        self.output_norm = nn.LayerNorm(config.width, eps=1e-12)
        self.dropout = Dropout(config.dropout)

    def forward(self, states: Tensor, bias: Tensor | None) -> Tensor:
        """`states` [batch, pieces, width]; `bias` [batch, 1, 1, pieces], 0 or very negative at padding, if any."""
        batch, pieces, width = states.shape
        split = self.query_key_value(states).view(batch, pieces, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query * (width // self.heads) ** -0.5 @ key.transpose(2, 3)
        if bias is not None:
            scores = scores + bias
        mixed = functional.softmax(scores, dim=-1).to(value.dtype) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, pieces, width)
        states = self.attention_norm(states + self.dropout(self.attended(mixed)))
        inner = self.narrow(functional.gelu(self.widen(states)))
        normed: Tensor = self.output_norm(states + self.dropout(inner))
        return normed


class Encoder(nn.Module):
    """Word pieces and shapes to vectors."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.pieces = nn.Embedding(config.vocabulary, config.width)
        self.positions = nn.Embedding(config.positions, config.width)
        self.shapes = nn.Embedding(config.shapes, config.width)
        self.hints = nn.Embedding(config.hints, config.width)
        nn.init.zeros_(self.hints.weight)
        self.norm = nn.LayerNorm(config.width, eps=1e-12)
        self.dropout = Dropout(config.dropout)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))

    def forward(self, pieces: Tensor, shapes: Tensor, hints: Tensor, mask: Tensor | None) -> Tensor:
        """[batch, pieces] of piece, shape and hint ids and 1/0 (padding; None: nowhere) → [batch, pieces, width]."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        read = self.pieces(pieces) + self.positions(places) + self.shapes(shapes) + self.hints(hints)
        states = self.dropout(self.norm(read))
        bias = None if mask is None else (1.0 - mask[:, None, None, :].to(states.dtype)) * -1e4
        for layer in self.layers:
            states = layer(states, bias)
        read_all: Tensor = states
        return read_all

    def load_minilm(self, folder: Path) -> None:
        """Take the weights of a Hugging Face BERT `model.safetensors`; every shape starts as its token type 0."""
        weights = load_file(folder / "model.safetensors")
        state = {
            "pieces.weight": weights["embeddings.word_embeddings.weight"],
            "positions.weight": weights["embeddings.position_embeddings.weight"],
            "shapes.weight": weights["embeddings.token_type_embeddings.weight"][:1].repeat(
                self.shapes.num_embeddings, 1
            ),
            **_linear("norm", weights, "embeddings.LayerNorm"),
        }
        for index in range(len(self.layers)):
            theirs, ours = f"encoder.layer.{index}", f"layers.{index}"
            attention = [f"{theirs}.attention.self.{name}" for name in ("query", "key", "value")]
            for part in ("weight", "bias"):
                state[f"{ours}.query_key_value.{part}"] = torch.cat([weights[f"{name}.{part}"] for name in attention])
            state |= _linear(f"{ours}.attended", weights, f"{theirs}.attention.output.dense")
            state |= _linear(f"{ours}.attention_norm", weights, f"{theirs}.attention.output.LayerNorm")
            state |= _linear(f"{ours}.widen", weights, f"{theirs}.intermediate.dense")
            state |= _linear(f"{ours}.narrow", weights, f"{theirs}.output.dense")
            state |= _linear(f"{ours}.output_norm", weights, f"{theirs}.output.LayerNorm")
        self.load_state_dict(state | {"hints.weight": self.hints.weight})


def _linear(ours: str, weights: dict[str, Tensor], theirs: str) -> dict[str, Tensor]:
    return {f"{ours}.{part}": weights[f"{theirs}.{part}"] for part in ("weight", "bias")}
