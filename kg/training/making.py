"""The whole of it: corpora → network → export → measures → card."""

import logging
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
from kg.training.preparation import prepare

LOG = logging.getLogger(__name__)
CHECKPOINT_FILE = "checkpoint.pt"


def make_model(
    *,
    data: Path,
    out: Path,
    work: Path,
    initial: Path | None,
    vocabulary: Path,
    epochs: int,
    seed: int,
    limit: int | None,
) -> None:
    """Train, export to `out` and, unquantized, to `work`/float; a tiny random network if `initial` is None."""
    work.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    corpora = prepare(data, limit)
    pieces = WordPieces(vocabulary)
    numbering = Numbering(corpora.labels, pieces)
    if initial is None:
        network = Network(corpora.labels, TINY, TINY_ENCODER)
    else:
        network = Network(corpora.labels)
        network.encoder.load_minilm(initial)

    def watch(epoch: int, network: Network) -> None:
        model = Model(
            run=run_network(network),
            numbering=numbering,
            labels=corpora.labels,
            labellers=network_labellers(network, corpora.labels),
            lemmatizer=Lemmatizer(corpora.lemmas),
        )
        for name, sentences in corpora.development.items():
            measures = evaluate(packed(sentences, pieces), model)
            LOG.info("epoch %d, %s: %s", epoch, name, show(measures))

    recipe = Recipe(epochs=epochs, seed=seed)
    network = train(network, corpora.documents, numbering, pieces, recipe, work / CHECKPOINT_FILE, watch)
    plain = work / "float"
    for folder, quantize in ((plain, False), (out, True)):
        export(network, corpora.labels, corpora.lemmas, vocabulary, folder, quantize=quantize)
    write_card(out, plain, data, recipe)
    LOG.info("%s is the model; %s is the same one unquantized", out, plain)
