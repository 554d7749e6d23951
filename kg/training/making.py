"""The whole of it: corpora → networks → their mean → export → measures → card.

Branches begin with the same weights and see the passages in different orders, under other renamings and dropouts. The
mean of their weights (a uniform model soup: Wortsman et al. 2022, arXiv:2203.05482) is better than each of them and
costs nothing when reading. A few more passes at a low rate are better still at roles, worse at names: the model is the
mean of the weights before and after them.
"""

import logging
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import torch

from kg.reader.lemmas import Lemmatizer
from kg.reader.wordpieces import WordPieces
from kg.training.batches import Numbering
from kg.training.card import write_card
from kg.training.evaluation import Model, evaluate, packed, show
from kg.training.export import export, network_labellers, run_network
from kg.training.loop import Recipe, train
from kg.training.network import TINY, TINY_ENCODER, Network
from kg.training.preparation import Corpora, prepare

LOG = logging.getLogger(__name__)
POLISHING = Recipe(epochs=4, encoder_rate=6e-5, head_rate=3e-4, warm_up=0.1)
"""How the mean of the branches is trained on."""


def make_model(
    *,
    data: Path,
    out: Path,
    work: Path,
    initial: Path | None,
    vocabulary: Path,
    recipe: Recipe,
    branches: int,
    polishing: Recipe = POLISHING,
    limit: int | None,
) -> None:
    """Train, export to `out` and, unquantized, to `work`/float; a tiny random network if `initial` is None.

    `recipe` is for each branch; one branch alone is not trained on. A run that was stopped goes on where it was.
    """
    work.mkdir(parents=True, exist_ok=True)
    corpora = prepare(data, limit)
    pieces = WordPieces(vocabulary)
    numbering = Numbering(corpora.labels, pieces)

    def learn(network: Network, recipe: Recipe, name: str) -> Network:
        def watch(epoch: int, network: Network) -> None:
            _evaluate(network, corpora, numbering, pieces, f"{name}, epoch {epoch}")

        LOG.info("%s: %d passes", name, recipe.epochs)
        return train(network, corpora.documents, numbering, pieces, recipe, work / f"{name}.pt", watch)

    trained = [
        learn(_begin(corpora, initial, recipe.seed), replace(recipe, seed=recipe.seed + number), f"branch-{number + 1}")
        for number in range(branches)
    ]
    network = trained[0]
    if branches > 1:
        mean = mean_of(trained)
        network = mean_of([learn(deepcopy(mean), polishing, "mean"), mean])
    plain = work / "float"
    for folder, quantize in ((plain, False), (out, True)):
        export(network, corpora.labels, corpora.lemmas, vocabulary, folder, quantize=quantize)
    write_card(out, plain, data, recipe, branches, polishing)
    LOG.info("%s is the model; %s is the same one unquantized", out, plain)


def mean_of(networks: Sequence[Network]) -> Network:
    """The first of the networks, with the mean of all their weights."""
    states = [network.state_dict() for network in networks]
    networks[0].load_state_dict(
        {name: torch.stack([state[name] for state in states]).mean(dim=0) for name in states[0]}
    )
    return networks[0]


def _begin(corpora: Corpora, initial: Path | None, seed: int) -> Network:
    torch.manual_seed(seed)
    if initial is None:
        return Network(corpora.labels, TINY, TINY_ENCODER)
    network = Network(corpora.labels)
    network.encoder.load_minilm(initial)
    return network


def _evaluate(network: Network, corpora: Corpora, numbering: Numbering, pieces: WordPieces, heading: str) -> None:
    model = Model(
        run=run_network(network),
        numbering=numbering,
        labels=corpora.labels,
        labellers=network_labellers(network, corpora.labels),
        lemmatizer=Lemmatizer(corpora.lemmas),
    )
    for name, sentences in corpora.development.items():
        LOG.info("%s, %s: %s", heading, name, show(evaluate(packed(sentences, pieces), model)))
