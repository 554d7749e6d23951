"""The training loop: AdamW with warm-up and linear decay, bf16 where the processor has it, a checkpoint each epoch.

What is measured and exported is the moving average of the weights (Polyak & Juditsky 1992).
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from kg.errors import TrainingError
from kg.reader.wordpieces import WordPieces
from kg.training.batches import WINDOW_PIECES, Batch, Numbering, noisy, windows
from kg.training.encoder import Dropout
from kg.training.network import WEIGHTS, Network
from kg.training.preparation import Document
from kg.training.renaming import Names, names_in, renamed
from kg.training.sentences import Annotated

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How long and how fast to learn."""

    epochs: int = 10
    batch_pieces: int = 1536
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    weight_decay: float = 0.01
    clip: float = 2.0
    average: float = 0.99
    seed: int = 1


def train(
    network: Network,
    documents: Sequence[Document],
    numbering: Numbering,
    pieces: WordPieces,
    recipe: Recipe,
    checkpoint: Path,
    after_epoch: Callable[[int, Network], None],
) -> Network:
    """Learn from `documents`; the averaged network comes back. A `checkpoint` that exists is continued."""
    encoder = list(network.encoder.parameters())
    known = {id(parameter) for parameter in encoder}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in known]
    encoder = [parameter for parameter in encoder if parameter.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": encoder, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.head_rate}],
        weight_decay=recipe.weight_decay,
        betas=(0.9, 0.98),
        fused=True,
    )
    names = names_in(sentence for document in documents for sentence in document[0])
    steps_an_epoch = len(epoch_batches(documents, names, pieces, recipe, 0))
    total = steps_an_epoch * recipe.epochs

    def rate(step: int) -> float:
        warm = int(total * recipe.warm_up)
        return min((step + 1) / max(warm, 1), max(total - step, 0) / max(total - warm, 1))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    averaged = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(recipe.average))  # type: ignore[no-untyped-call]
    done = _resume(checkpoint, network, averaged, optimizer, schedule, recipe.seed)
    for epoch in range(done, recipe.epochs):
        batches = epoch_batches(documents, names, pieces, recipe, epoch)
        _run_epoch(network, averaged, optimizer, schedule, numbering, batches, recipe, epoch)
        state = {"epoch": epoch + 1, "seed": recipe.seed, "network": network.state_dict()}
        state |= {"averaged": averaged.state_dict()}
        state |= {"optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        torch.save(state, checkpoint.with_suffix(".part"))
        checkpoint.with_suffix(".part").replace(checkpoint)
        after_epoch(epoch + 1, cast(Network, averaged.module))
    return cast(Network, averaged.module)


def epoch_batches(
    documents: Sequence[Document], names: Names, pieces: WordPieces, recipe: Recipe, epoch: int
) -> list[list[list[Annotated]]]:
    """The batches of an epoch: documents shuffled, packed, sorted by length (little is padded), shuffled again."""
    random = np.random.default_rng((recipe.seed, epoch))
    order = random.permutation(len(documents))
    versions = (documents[index][(index + epoch) % len(documents[index])] for index in order)
    sentences = [noisy(renamed(sentence, names, random), random) for version in versions for sentence in version]
    packed = list(windows(sentences, pieces, WINDOW_PIECES, random))
    sizes = [2 + sum(len(pieces.of(word).ids) for s in window for word in s.words) for window in packed]
    batches = list[list[list[Annotated]]]()
    batch, longest = list[list[Annotated]](), 0
    for index in np.argsort(sizes, kind="stable"):
        longest = max(longest, sizes[index])
        if batch and longest * (len(batch) + 1) > recipe.batch_pieces:
            batches.append(batch)
            batch, longest = [], sizes[index]
        batch.append(packed[index])
    batches.append(batch)
    return [batches[index] for index in random.permutation(len(batches))]


def _resume(
    checkpoint: Path,
    network: Network,
    averaged: AveragedModel,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    seed: int,
) -> int:
    if not checkpoint.exists():
        return 0
    state = torch.load(checkpoint, weights_only=True)
    shapes = {name: value.shape for name, value in network.state_dict().items()}
    if state.get("seed") != seed or {name: value.shape for name, value in state["network"].items()} != shapes:
        raise TrainingError(f"{checkpoint} is of another run (seed, corpora or sizes differ): remove it to begin anew")
    network.load_state_dict(state["network"])
    averaged.load_state_dict(state["averaged"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    LOG.info("continuing %s after epoch %d", checkpoint, state["epoch"])
    return int(state["epoch"])


def _run_epoch(
    network: Network,
    averaged: AveragedModel,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    numbering: Numbering,
    batches: Sequence[Sequence[Sequence[Annotated]]],
    recipe: Recipe,
    epoch: int,
) -> None:
    random = np.random.default_rng((recipe.seed, epoch, 1))
    dropouts = (module for module in network.modules() if isinstance(module, Dropout))
    for number, dropout in enumerate(dropouts):
        dropout.seed(recipe.seed, epoch, 2, number)  # a run that was stopped goes on as it would have
    network.train()
    begin, sums, words = time.perf_counter(), dict.fromkeys(WEIGHTS, 0.0), 0
    for step, windows_ in enumerate(batches, 1):
        batch: Batch = numbering.batch(windows_, random)
        with torch.autocast("cpu", torch.bfloat16):
            losses = network.losses(batch)
        loss = sum((WEIGHTS[name] * value for name, value in losses.items()), torch.zeros(()))
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if step % AVERAGE_EVERY == 0 or step == len(batches):
            averaged.update_parameters(network)
        words += len(batch.first)
        for name, value in losses.items():
            sums[name] += value.item()
        if step % LOG_EVERY == 0 or step == len(batches):
            seconds = time.perf_counter() - begin
            shown = " ".join(f"{name} {value / step:.3f}" for name, value in sums.items())
            LOG.info("epoch %d %d/%d %.0f words/s %s", epoch + 1, step, len(batches), words / seconds, shown)


LOG_EVERY = 50
AVERAGE_EVERY = 10
"""Steps between two updates of the average, which takes as long as a tenth of a step."""
