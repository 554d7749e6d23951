"""The encoder: what PyTorch's own transformer gives with the same weights, blind to padding, fed by MiniLM's files."""

from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra train")
safetensors = pytest.importorskip("safetensors.torch", reason="training needs the extra train")

from kg.training.encoder import Dropout, Encoder, EncoderConfig, Layer  # noqa: E402

SMALL = EncoderConfig(
    vocabulary=40, positions=16, width=12, layers=2, heads=3, inner=20, shapes=4, hints=2, dropout=0.0
)


def encoder(config: EncoderConfig = SMALL) -> Encoder:
    torch.manual_seed(0)
    made = Encoder(config)
    torch.nn.init.normal_(made.hints.weight)
    return made.eval()


def test_training_encoder_layers_are_pytorch_s() -> None:
    torch.manual_seed(0)
    ours = Layer(SMALL).eval()
    theirs = torch.nn.TransformerEncoderLayer(
        SMALL.width, SMALL.heads, SMALL.inner, dropout=0.0, activation="gelu", layer_norm_eps=1e-12, batch_first=True
    ).eval()
    theirs.load_state_dict(
        {
            **{f"self_attn.in_proj_{part}": getattr(ours.query_key_value, part) for part in ("weight", "bias")},
            **{f"self_attn.out_proj.{part}": getattr(ours.attended, part) for part in ("weight", "bias")},
            **{f"linear1.{part}": getattr(ours.widen, part) for part in ("weight", "bias")},
            **{f"linear2.{part}": getattr(ours.narrow, part) for part in ("weight", "bias")},
            **{f"norm1.{part}": getattr(ours.attention_norm, part) for part in ("weight", "bias")},
            **{f"norm2.{part}": getattr(ours.output_norm, part) for part in ("weight", "bias")},
        }
    )
    states, padding = torch.randn(2, 5, SMALL.width), torch.tensor([[False] * 5, [False] * 3 + [True] * 2])
    bias = padding[:, None, None, :] * -1e4
    found, expected = ours(states, bias), theirs(states, src_key_padding_mask=padding)
    torch.testing.assert_close(found[~padding], expected[~padding], atol=1e-5, rtol=1e-5)


def test_training_encoder_is_blind_to_padding() -> None:
    made = encoder()
    read = [torch.tensor([values]) for values in ([5, 6, 7], [0, 2, 3], [0, 1, 0])]
    alone = made(*read, torch.ones(1, 3))
    padded = [torch.cat([tensor, torch.ones(1, 4, dtype=torch.int64)], dim=1) for tensor in read]
    mask = torch.tensor([[1] * 3 + [0] * 4])
    torch.testing.assert_close(made(*padded, mask)[:, :3], alone, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("changed", [0, 1, 2], ids=["piece", "shape", "hint"])
def test_training_encoder_sees_everything_of_a_word(changed: int) -> None:
    made = encoder()
    read = [torch.tensor([values]) for values in ([5, 6], [0, 2], [0, 0])]
    before = made(*read, torch.ones(1, 2))
    read[changed] = read[changed].clone()
    read[changed][0, 1] = 1
    assert not torch.allclose(made(*read, torch.ones(1, 2)), before)


def test_training_encoder_hints_start_without_a_say() -> None:
    made = Encoder(SMALL).eval()
    read = torch.tensor([[5, 6]]), torch.tensor([[0, 0]])
    without, with_hint = (made(*read, torch.tensor([[0, hint]]), torch.ones(1, 2)) for hint in (0, 1))
    assert torch.equal(without, with_hint)


# ── dropout ──────────────────────────────────────────────────────────────────────────────────────


def test_training_encoder_dropout_does_nothing_when_reading() -> None:
    states = torch.randn(3, 4)
    assert Dropout(0.5).eval()(states) is states
    assert Dropout(0.0).train()(states) is states


@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_training_encoder_dropout_drops_its_share_and_keeps_the_mean(share: float) -> None:
    dropped = Dropout(share).train()(torch.ones(300, 300))
    assert (dropped == 0).float().mean().item() == pytest.approx(share, abs=0.01)
    assert dropped.mean().item() == pytest.approx(1.0, abs=0.01)


def test_training_encoder_dropout_follows_its_seed() -> None:
    states = torch.ones(20, 20)
    one, again, other = (Dropout(0.5).train() for _ in range(3))
    for dropout, seed in ((one, 1), (again, 1), (other, 2)):
        dropout.seed(seed)
    first = one(states)
    assert torch.equal(first, again(states))
    assert not torch.equal(first, other(states))
    assert not torch.equal(first, one(states))


def test_training_encoder_layers_drop_different_places() -> None:
    made = Encoder(replace(SMALL, dropout=0.5)).train()
    first, second = (layer.dropout(torch.ones(4, 6, SMALL.width)) for layer in made.layers)
    assert not torch.equal(first, second)


# ── MiniLM ───────────────────────────────────────────────────────────────────────────────────────


def minilm(folder: Path) -> dict[str, torch.Tensor]:
    """A file of random weights, named as in a Hugging Face BERT."""
    random = torch.Generator().manual_seed(1)
    width, inner = SMALL.width, SMALL.inner
    shapes = {
        "embeddings.word_embeddings.weight": (SMALL.vocabulary, width),
        "embeddings.position_embeddings.weight": (SMALL.positions, width),
        "embeddings.token_type_embeddings.weight": (2, width),
        "embeddings.LayerNorm.weight": (width,),
        "embeddings.LayerNorm.bias": (width,),
    }
    for layer in range(SMALL.layers):
        for name, size in {
            **{f"attention.self.{part}": (width, width) for part in ("query", "key", "value")},
            "attention.output.dense": (width, width),
            "attention.output.LayerNorm": (width,),
            "intermediate.dense": (inner, width),
            "output.dense": (width, inner),
            "output.LayerNorm": (width,),
        }.items():
            shapes[f"encoder.layer.{layer}.{name}.weight"] = size
            shapes[f"encoder.layer.{layer}.{name}.bias"] = size[:1]
    weights = {name: torch.randn(size, generator=random) for name, size in shapes.items()}
    safetensors.save_file(weights | {"pooler.dense.bias": torch.zeros(width)}, folder / "model.safetensors")
    return weights


def test_training_encoder_takes_minilm_s_weights(tmp_path: Path) -> None:
    weights, made = minilm(tmp_path), encoder()
    hints = made.hints.weight.clone()
    made.load_minilm(tmp_path)
    for ours, theirs in {
        "pieces.weight": "embeddings.word_embeddings.weight",
        "positions.weight": "embeddings.position_embeddings.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
        "layers.1.attended.weight": "encoder.layer.1.attention.output.dense.weight",
        "layers.1.attention_norm.weight": "encoder.layer.1.attention.output.LayerNorm.weight",
        "layers.0.widen.weight": "encoder.layer.0.intermediate.dense.weight",
        "layers.0.narrow.bias": "encoder.layer.0.output.dense.bias",
        "layers.0.output_norm.bias": "encoder.layer.0.output.LayerNorm.bias",
    }.items():
        assert torch.equal(made.state_dict()[ours], weights[theirs]), ours
    parts = [weights[f"encoder.layer.1.attention.self.{part}.weight"] for part in ("query", "key", "value")]
    assert torch.equal(made.layers[1].query_key_value.weight, torch.cat(parts))
    assert torch.equal(made.hints.weight, hints)


def test_training_encoder_shapes_start_as_the_first_token_type(tmp_path: Path) -> None:
    weights, made = minilm(tmp_path), encoder()
    made.load_minilm(tmp_path)
    first = weights["embeddings.token_type_embeddings.weight"][0]
    assert all(torch.equal(row, first) for row in made.shapes.weight)


def test_training_encoder_refuses_weights_of_another_size(tmp_path: Path) -> None:
    minilm(tmp_path)
    with pytest.raises(RuntimeError, match="size mismatch"):
        encoder(replace(SMALL, width=24)).load_minilm(tmp_path)
