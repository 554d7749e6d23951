"""What the network learns from: sentences with as many annotations as their corpus gives.

What a corpus does not annotate is None, for a sentence or for a word, and adds nothing to the loss.
"""

from dataclasses import dataclass

Tags = frozenset[str]
"""IOB2 tags that a corpus allows for a word; an empty set allows all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate:
    """A predicate and the heads of its arguments: (word, role), words counted in the sentence."""

    word: int
    arguments: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """UPOS, features, lemma, head (`kg.reader.trees.ROOT` for the root) and relation of every word."""

    upos: tuple[str, ...]
    features: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """One sentence, or a passage whose sentences are unknown (`whole` is False)."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    opens: bool
    whole: bool = True
    tree: Tree | None = None
    names: tuple[Tags, ...] | None = None
    predicates: tuple[Predicate, ...] | None = None

    def __post_init__(self) -> None:
        sizes = {len(self.words), len(self.spaces)}
        if self.tree is not None:
            tree = self.tree
            sizes |= {len(tree.upos), len(tree.features), len(tree.lemmas), len(tree.heads), len(tree.relations)}
        if self.names is not None:
            sizes.add(len(self.names))
        if len(sizes) != 1:
            raise ValueError(f"annotations and words differ in number: {' '.join(self.words)[:80]!r}")
