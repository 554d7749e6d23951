"""Sentences to windows, windows to arrays of numbers.

A window holds consecutive sentences up to a number of word pieces that varies, since the reader's windows do.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.reader.decoding import NO_ROLE, Ints
from kg.reader.labels import Labels
from kg.reader.lemmas import regular_lemmas, script_of
from kg.reader.trees import ROOT
from kg.reader.wordpieces import PADDING, WordPieces
from kg.training.names import LABELS
from kg.training.sentences import Annotated, Tree

Flags = NDArray[np.bool_]

IGNORED = -100
"""Label of what a corpus does not annotate (PyTorch's default for cross entropy)."""

WINDOW_PIECES = (56, 96, 160)
"""Word pieces that a training window may hold; one is drawn for each. A longer sentence is a window of its own."""

LONGEST_WINDOW = 384
RARE_FEATURES = 3
RARE_SCRIPT = 2
RARE_ROLE = 10
RARE_LEMMA = 0.05
"""Share of a word's occurrences under which a lemma is an error or a pun."""

OFTEN = 10
"""Occurrences of a word in a treebank that show how it is lemmatized there."""

SHOUTED, WHISPERED, HEADLINE = 0.03, 0.03, 0.05
"""Shares of sentences in capitals, in lower case, and with a capital on every long word and no final period."""

MASKED = 0.08
"""Share of word pieces that are hidden, so that the context is used."""

UNHINTED = 0.2
"""Share of listed words whose hint is withheld, since most names of the world are in no list."""

SHORT_WORD = 4
"""Words under so many letters stay small in headlines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """B windows of at most L pieces, N words in all. Word numbers count through the batch.

    Attributes:
        pieces: [B, L] ids; `shapes`, `hints` [B, L]; `mask` [B, L] 1 where a piece is.
        first: [N] place of each word's first piece in the flattened [B·L]; `last` that of its last.
        places: [N] place of the word in [B·W], W the most words of a window; `width` is W.
        sentence: [N] number of the word's sentence.
        upos, features, scripts, relations: [N] labels, IGNORED where unknown.
        heads: [N] place of the head in the window + 1, 0 for the root, IGNORED where unknown.
        head_words: [N] number of the head word, the word itself where there is none.
        starts: [N] 1 where a sentence starts, 0 where none does, IGNORED where it is unknown or given.
        tags: [N, T] whether a tag is allowed.
        predicates: [N] 1 or 0, IGNORED where unknown.
        pair_predicates, pair_words, pair_roles: [M] predicate and word of one sentence, and the role.
    """

    pieces: Ints
    shapes: Ints
    hints: Ints
    mask: Ints
    first: Ints
    last: Ints
    places: Ints
    width: int
    sentence: Ints
    upos: Ints
    features: Ints
    scripts: Ints
    relations: Ints
    heads: Ints
    head_words: Ints
    starts: Ints
    tags: Flags
    predicates: Ints
    pair_predicates: Ints
    pair_words: Ints
    pair_roles: Ints


def make_labels(sentences: Iterable[Annotated]) -> Labels:
    """Label inventories of training sentences, frequent labels first; rare ones are left out."""
    upos, features, scripts, relations, roles = (Counter[str]() for _ in range(5))
    for sentence in sentences:
        if sentence.tree is not None:
            tree = sentence.tree
            upos.update(tree.upos)
            features.update(tree.features)
            relations.update(tree.relations)
            scripts.update(map(script_of, sentence.words, tree.lemmas))
        for predicate in sentence.predicates or ():
            roles.update(role for _, role in predicate.arguments)
    return Labels(
        upos=_frequent(upos, 1),
        features=_frequent(features, RARE_FEATURES),
        scripts=_frequent(scripts, RARE_SCRIPT),
        relations=_frequent(relations, 1),
        tags=("O", *(f"{mark}-{label}" for label in LABELS for mark in "BI")),
        roles=("", *_frequent(roles, RARE_ROLE)),
    )


def seen_lemmas(treebanks: Iterable[Iterable[Annotated]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The lemmas of each word and UPOS that rules do not give or that vary: what `Lemmatizer` reads.

    Where treebanks differ by convention (EWT's "people" is GUM's "person") the first that has the word often decides.
    """
    counts, disputed = dict[tuple[str, str], Counter[str]](), set[tuple[str, str]]()
    for sentences in treebanks:
        own = dict[tuple[str, str], Counter[str]]()
        for sentence in sentences:
            if sentence.tree is not None:
                for word, upos, lemma in zip(sentence.words, sentence.tree.upos, sentence.tree.lemmas, strict=True):
                    own.setdefault((word.lower(), upos), Counter())[lemma.lower()] += 1
        for key, lemmas in own.items():
            if counts.get(key, Counter()).total() < OFTEN:
                counts.setdefault(key, Counter()).update(lemmas)
            elif not lemmas.keys() <= counts[key].keys():
                disputed.add(key)
    found = dict[tuple[str, str], tuple[str, ...]]()
    for (word, upos), lemmas in sorted(counts.items()):
        total = lemmas.total()
        usual = sorted((name for name, n in lemmas.items() if n >= RARE_LEMMA * total), key=lambda n: (-lemmas[n], n))
        regular = tuple(usual) == (regular_lemmas(word, upos) or (word,)) and (word, upos) not in disputed
        if not regular and not any(" " in lemma for lemma in usual):
            found[word, upos] = tuple(usual)
    return found


def _frequent(counts: Counter[str], least: int) -> tuple[str, ...]:
    return tuple(sorted((name for name, n in counts.items() if n >= least), key=lambda name: (-counts[name], name)))


def noisy(sentence: Annotated, random: np.random.Generator) -> Annotated:
    """Now and then the sentence as a headline or without its capitals; annotations stay."""
    draw = random.random()
    if draw < SHOUTED:
        return replace(sentence, words=tuple(word.upper() for word in sentence.words))
    if draw < SHOUTED + WHISPERED:
        return replace(sentence, words=tuple(word.lower() for word in sentence.words))
    if draw < SHOUTED + WHISPERED + HEADLINE:
        titled = tuple(w[0].upper() + w[1:] if len(w) >= SHORT_WORD else w for w in sentence.words)
        return _without_period(replace(sentence, words=titled))
    return sentence


def _without_period(sentence: Annotated) -> Annotated:
    tree = sentence.tree
    if tree is None or sentence.words[-1] != "." or len(sentence.words) == 1 or len(sentence.words) - 1 in tree.heads:
        return sentence
    cut = Tree(
        upos=tree.upos[:-1],
        features=tree.features[:-1],
        lemmas=tree.lemmas[:-1],
        heads=tree.heads[:-1],
        relations=tree.relations[:-1],
    )
    names = sentence.names[:-1] if sentence.names is not None else None
    return replace(sentence, words=sentence.words[:-1], spaces=sentence.spaces[:-1], tree=cut, names=names)


def windows(
    sentences: Sequence[Annotated], pieces: WordPieces, capacity: Sequence[int], random: np.random.Generator
) -> Iterator[list[Annotated]]:
    """Consecutive sentences, packed."""
    window, size, limit = list[Annotated](), 2, int(random.choice(capacity))
    for sentence in sentences:
        length = sum(len(pieces.of(word).ids) for word in sentence.words)
        if length > LONGEST_WINDOW:
            continue
        if window and size + length > limit:
            yield window
            window, size, limit = [], 2, int(random.choice(capacity))
        window.append(sentence)
        size += length
    if window:
        yield window


class Numbering:
    """Windows to batches."""

    def __init__(self, labels: Labels, pieces: WordPieces) -> None:
        self._pieces = pieces
        self._labels = labels
        self._upos, self._features, self._scripts, self._relations, self._tags, self._roles = (
            {name: index for index, name in enumerate(names)}
            for names in (labels.upos, labels.features, labels.scripts, labels.relations, labels.tags, labels.roles)
        )

    def batch(self, batch: Sequence[Sequence[Annotated]], random: np.random.Generator | None = None) -> Batch:
        """Arrays of some windows; with `random`, some pieces are masked."""
        read = [[self._pieces.of(word) for s in window for word in s.words] for window in batch]
        length = 2 + max(sum(len(word.ids) for word in words) for words in read)
        width = max(len(words) for words in read)
        ids = np.full((len(batch), length), PADDING, dtype=np.int64)
        shapes, hints, mask = np.zeros_like(ids), np.zeros_like(ids), np.zeros_like(ids)
        first, last, places = list[int](), list[int](), list[int]()
        for row, words in enumerate(read):
            ids[row, 0], place = self._pieces.opening, 1
            spaces = [space for sentence in batch[row] for space in sentence.spaces]
            for number, (word_ids, shape, hint) in enumerate(words):
                end = place + len(word_ids)
                ids[row, place:end] = word_ids
                shapes[row, place:end] = shape + int(number > 0 and not spaces[number - 1])
                if random is None or hint == 0 or random.random() >= UNHINTED:
                    hints[row, place:end] = hint
                first.append(row * length + place)
                last.append(row * length + end - 1)
                places.append(row * width + number)
                place = end
            ids[row, place] = self._pieces.closing
            mask[row, : place + 1] = 1
        if random is not None:
            hidden = (random.random(ids.shape) < MASKED) & (mask == 1)
            ids[hidden] = self._pieces.mask
        return Batch(
            pieces=ids,
            shapes=shapes,
            hints=hints,
            mask=mask,
            first=np.array(first),
            last=np.array(last),
            places=np.array(places),
            width=width,
            **self._gold(batch),
        )

    def _gold(self, batch: Sequence[Sequence[Annotated]]) -> dict[str, Any]:
        columns: dict[str, list[int]] = {
            name: []
            for name in (
                *("sentence", "upos", "features", "scripts", "relations", "heads", "head_words", "starts"),
                *("predicates", "pair_predicates", "pair_words", "pair_roles"),
            )
        }
        tags = list[list[bool]]()
        number = count = 0
        for window in batch:
            offset = 0
            for place, sentence in enumerate(window):
                size = len(sentence.words)
                columns["sentence"] += [number] * size
                self._add_tree(columns, sentence, count, offset)
                known = sentence.whole and place > 0 and not sentence.opens
                inner = 0 if sentence.whole else IGNORED
                columns["starts"] += [1 if known else IGNORED, *([inner] * (size - 1))]
                tags += [self._allowed(sentence, index) for index in range(size)]
                self._add_roles(columns, sentence, count)
                offset, count, number = offset + size, count + size, number + 1
        return {"tags": np.array(tags)} | {name: np.array(values, dtype=np.int64) for name, values in columns.items()}

    def _add_tree(self, columns: dict[str, list[int]], sentence: Annotated, count: int, offset: int) -> None:
        tree, size = sentence.tree, len(sentence.words)
        if tree is None:
            for name in ("upos", "features", "scripts", "relations", "heads"):
                columns[name] += [IGNORED] * size
            columns["head_words"] += range(count, count + size)
            return
        columns["upos"] += [self._upos.get(name, IGNORED) for name in tree.upos]
        columns["features"] += [self._features.get(name, IGNORED) for name in tree.features]
        scripts = map(script_of, sentence.words, tree.lemmas)
        columns["scripts"] += [self._scripts.get(script, IGNORED) for script in scripts]
        columns["relations"] += [self._relations.get(name, IGNORED) for name in tree.relations]
        columns["heads"] += [0 if head == ROOT else head + offset + 1 for head in tree.heads]
        columns["head_words"] += [count + (index if head == ROOT else head) for index, head in enumerate(tree.heads)]

    def _allowed(self, sentence: Annotated, index: int) -> list[bool]:
        allowed = sentence.names[index] if sentence.names is not None else ()
        return [not allowed or tag in allowed for tag in self._labels.tags]

    def _add_roles(self, columns: dict[str, list[int]], sentence: Annotated, count: int) -> None:
        size = len(sentence.words)
        if sentence.predicates is None:
            columns["predicates"] += [IGNORED] * size
            return
        flags = [0] * size
        for predicate in sentence.predicates:
            flags[predicate.word] = 1
            roles = dict(predicate.arguments)
            for index in range(size):
                columns["pair_predicates"].append(count + predicate.word)
                columns["pair_words"].append(count + index)
                columns["pair_roles"].append(self._roles.get(roles.get(index, ""), NO_ROLE))
        columns["predicates"] += flags
