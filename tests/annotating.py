"""Annotated sentences and treebank files made by hand, for the tests of `kg.training`."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from kg.reader.labels import Labels
from kg.reader.trained import MODEL, VOCABULARY_FILE
from kg.reader.trees import ROOT
from kg.training.names import LABELS
from kg.training.sentences import Annotated, Predicate, Tags, Tree
from kg.training.treebanks import Sentence, read_treebank

SAMPLE = Path(__file__).parent / "samples" / "training"
"""Tiny corpora, laid out as the real ones."""

VOCABULARY = MODEL / VOCABULARY_FILE
NO_SPACE_BEFORE = frozenset({".", ",", "'s", "?", "!", ")"})
TAGS = ("O", *(f"{mark}-{label}" for label in LABELS for mark in "BI"))


def annotated(
    line: str,
    *,
    names: str | None = None,
    predicates: Sequence[tuple[int, tuple[tuple[int, str], ...]]] | None = None,
    opens: bool = False,
    whole: bool = True,
) -> Annotated:
    """A sentence from words such as "Iran/PROPN/2/nsubj"; heads as in CoNLL-U, lemmas in lower case but for names.

    Words without annotation make a sentence without a tree. `names` has a tag a word: "B-PER", "O", "?" for any,
    "B-NORP|B-EVENT" for several.
    """
    rows = [word.split("/") for word in line.split()]
    forms = [row[0] for row in rows]
    spaces = [following not in NO_SPACE_BEFORE for following in [*forms[1:], ""]]
    return Annotated(
        words=tuple(forms),
        spaces=tuple(spaces),
        opens=opens,
        whole=whole,
        tree=tree_of_rows(rows) if len(rows[0]) > 1 else None,
        names=tuple(map(tags, names.split())) if names is not None else None,
        predicates=None if predicates is None else tuple(Predicate(word=w, arguments=args) for w, args in predicates),
    )


def label(allowed: Sequence[int], products: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A labeller of pairs of words: label i looks at place i of the product of their vectors."""
    scores = products[:, allowed]
    return np.array(allowed)[scores.argmax(axis=1)], scores.max(axis=1)


def tags(text: str) -> Tags:
    """The tags that "B-NORP|B-EVENT" allows; all for "?"."""
    return frozenset() if text == "?" else frozenset(text.split("|"))


def tree_of_rows(rows: Sequence[Sequence[str]]) -> Tree:
    """The tree of (form, UPOS, head, relation) rows."""
    return Tree(
        upos=tuple(row[1] for row in rows),
        features=("_",) * len(rows),
        lemmas=tuple(row[0] if row[1] == "PROPN" else row[0].lower() for row in rows),
        heads=tuple(int(row[2]) - 1 if row[2] != "0" else ROOT for row in rows),
        relations=tuple(row[3] for row in rows),
    )


def is_tree(heads: Sequence[int]) -> bool:
    """Whether there is one root that every word reaches."""
    reached = {ROOT}
    for _ in heads:
        reached |= {word for word, head in enumerate(heads) if head in reached}
    return list(heads).count(ROOT) == 1 and len(reached) == len(heads) + 1


def labels_of(*sentences: Annotated) -> Labels:
    """Every label that occurs, rare or not; two feature sets; edit scripts that change nothing."""
    trees = [sentence.tree for sentence in sentences if sentence.tree is not None]
    predicates = [predicate for sentence in sentences for predicate in sentence.predicates or ()]
    return Labels(
        upos=tuple(sorted({name for tree in trees for name in tree.upos})),
        features=("_", "Number=Sing"),
        scripts=("0:", "=0:"),
        relations=tuple(sorted({name for tree in trees for name in tree.relations})),
        tags=TAGS,
        roles=("", *sorted({role for predicate in predicates for _, role in predicate.arguments})),
    )


def conllu(text: str) -> str:
    """CoNLL-U (or UNER's format) from lines whose columns stand apart by any white space."""
    lines = (line.strip() for line in text.strip().splitlines())
    return "".join(("\t".join(line.split()) if line[:1].isdigit() else line) + "\n" for line in lines) + "\n"


def parsed(path: Path, text: str) -> list[Sentence]:
    """The sentences of a treebank file with this text, written to `path`."""
    path.write_text(conllu(text), encoding="utf-8")
    return list(read_treebank(path))
