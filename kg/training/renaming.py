"""Names in the place of others, so that the network learns what names look like around them and not by heart.

Mention replacement (Dai & Adel 2020, https://aclanthology.org/2020.coling-main.343): a name gives way to one of the
same label and number of words from the corpora. Only names whose tree does not depend on their words are replaced:
single words and people's two.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from kg.training.names import certain_names
from kg.training.sentences import Annotated, Tree

RENAMED = 0.3
"""Share of names that are replaced."""

LENGTHS = {"PER": (1, 2), "ORG": (1,), "LOC": (1,)}
"""Words of the names of each label that are replaced."""

Names = Mapping[tuple[str, int], Sequence[tuple[str, ...]]]
"""(label, number of words) → names."""


def names_in(sentences: Iterable[Annotated]) -> Names:
    """All names that may replace others, each once."""
    found: dict[tuple[str, int], set[tuple[str, ...]]] = {
        (label, size): set() for label, sizes in LENGTHS.items() for size in sizes
    }
    for sentence in sentences:
        for begin, end, label in _replaceable(sentence):
            found[label, end - begin].add(sentence.words[begin:end])
    return {key: sorted(names) for key, names in found.items()}


def renamed(sentence: Annotated, names: Names, random: np.random.Generator) -> Annotated:
    """The sentence with some names replaced."""
    words = list(sentence.words)
    for begin, end, label in _replaceable(sentence):
        others = names.get((label, end - begin), ())
        if others and random.random() < RENAMED:
            words[begin:end] = others[int(random.integers(len(others)))]
    if words == list(sentence.words):
        return sentence
    tree = sentence.tree and _with_lemmas(sentence.tree, sentence.words, words)
    return replace(sentence, words=tuple(words), tree=tree)


def _replaceable(sentence: Annotated) -> Iterator[tuple[int, int, str]]:
    """Names of one certain label, written as names are, all of proper nouns."""
    if sentence.names is None:
        return
    for begin, end, label in certain_names(sentence.names):
        if end - begin in LENGTHS.get(label, ()) and all(
            sentence.words[i].isalpha()
            and sentence.words[i][0].isupper()
            and (sentence.tree is None or sentence.tree.upos[i] == "PROPN")
            for i in range(begin, end)
        ):
            yield begin, end, label


def _with_lemmas(tree: Tree, old: Sequence[str], new: Sequence[str]) -> Tree:
    pairs = zip(old, new, tree.lemmas, strict=True)
    return replace(tree, lemmas=tuple(lemma if word == other else other for word, other, lemma in pairs))
