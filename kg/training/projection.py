"""Annotations of a treebank's words, moved to other words of the same text.

The treebanks part some words otherwise than spaCy's tokenizer (about 1.3 % of EWT's: "e-mail", "!!!", "its" for
"it's"). The network reads spaCy's words, so it learns from them: several treebank words in one become one word with
the annotation of the highest of them; of one treebank word in several the last that has a letter takes its
annotation, and the others hang on it.
"""

from collections.abc import Sequence

from kg.reader.trees import ROOT
from kg.training.sentences import Annotated, Predicate, Tags, Tree

Span = tuple[int, int]
"""Begin and end offset of a word."""


def project(sentence: Annotated, old: Sequence[Span], new: Sequence[Span], text: str) -> Annotated:
    """`sentence`, annotated on the words at `old`, with the words at `new` of the same `text`."""
    if list(old) == list(new):
        return sentence
    holder = _holders(sentence, old, new)
    carrier = _carriers(old, new, text)
    forms = tuple(text[begin:end] for begin, end in new)
    spaces = tuple(end == len(text) or text[end].isspace() for _, end in new)
    return Annotated(
        words=forms,
        spaces=spaces,
        opens=sentence.opens,
        whole=sentence.whole,
        tree=_tree(sentence.tree, holder, carrier, forms) if sentence.tree is not None else None,
        names=_names(sentence.names, old, new) if sentence.names is not None else None,
        predicates=_predicates(sentence.predicates, holder, carrier) if sentence.predicates is not None else None,
    )


def _overlaps(span: Span, spans: Sequence[Span]) -> list[int]:
    return [i for i, (begin, end) in enumerate(spans) if begin < span[1] and span[0] < end]


def _holders(sentence: Annotated, old: Sequence[Span], new: Sequence[Span]) -> list[int]:
    """For each new word the old one whose annotation it takes: the one whose head is outside it."""
    heads = sentence.tree.heads if sentence.tree is not None else (ROOT,) * len(old)
    holders = list[int]()
    for span in new:
        inside = _overlaps(span, old)
        holders.append(min(inside, key=lambda index: _depth(heads, index)))
    return holders


def _depth(heads: Sequence[int], index: int) -> int:
    """Arcs from a word up to the root."""
    depth = 0
    while heads[index] != ROOT:
        index, depth = heads[index], depth + 1
    return depth


def _carriers(old: Sequence[Span], new: Sequence[Span], text: str) -> list[int]:
    """For each old word the new one that stands for it: the last with a letter."""
    carriers = list[int]()
    for span in old:
        inside = _overlaps(span, new)
        lettered = [i for i in inside if any(char.isalnum() for char in text[slice(*new[i])])]
        carriers.append((lettered or inside)[-1])
    return carriers


def _tree(tree: Tree, holder: list[int], carrier: list[int], forms: tuple[str, ...]) -> Tree:
    upos, features, lemmas, heads, relations = (list[str](), list[str](), list[str](), list[int](), list[str]())
    for index, source in enumerate(holder):
        if carrier[source] == index or carrier[source] not in range(len(forms)):
            merged = holder.count(source) == 1 and carrier.count(index) > 1
            head = tree.heads[source]
            upos.append(tree.upos[source])
            features.append(tree.features[source])
            lemmas.append(forms[index].lower() if merged else tree.lemmas[source])
            heads.append(ROOT if head == ROOT else carrier[head])
            relations.append(tree.relations[source])
        else:
            lettered = any(char.isalnum() for char in forms[index])
            upos.append(tree.upos[source] if lettered else "PUNCT")
            features.append("_")
            lemmas.append(forms[index].lower() if lettered else forms[index])
            heads.append(carrier[source])
            relations.append("compound" if lettered else "punct")
    return Tree(
        upos=tuple(upos),
        features=tuple(features),
        lemmas=tuple(lemmas),
        heads=tuple(heads),
        relations=tuple(relations),
    )


def _names(names: tuple[Tags, ...], old: Sequence[Span], new: Sequence[Span]) -> tuple[Tags, ...]:
    """A word inside takes the tags of the old word there; further parts of one old word continue its name."""
    tags = list[Tags]()
    for span in new:
        first = _overlaps(span, old)[0]
        continues = old[first][0] < span[0]
        tags.append(frozenset(tag.replace("B-", "I-") for tag in names[first]) if continues else names[first])
    return tuple(tags)


def _predicates(predicates: tuple[Predicate, ...], holder: list[int], carrier: list[int]) -> tuple[Predicate, ...]:
    moved = list[Predicate]()
    for predicate in predicates:
        word = carrier[predicate.word]
        arguments = tuple((carrier[index], role) for index, role in predicate.arguments if carrier[index] != word)
        if holder[word] == predicate.word:
            moved.append(Predicate(word=word, arguments=arguments))
    return tuple(moved)
