"""Annotations moved to other words of the same text: trees stay trees, names and predicates go along."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

from annotating import annotated, is_tree
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kg.reader.trees import ROOT
from kg.training.projection import project
from kg.training.sentences import Annotated, Predicate, Tree


def spans(text: str, words: str) -> list[tuple[int, int]]:
    """Offsets of the words in the text."""
    found, place = [], 0
    for word in words.split():
        place = text.index(word, place)
        found.append((place, place + len(word)))
        place += len(word)
    return found


def moved(sentence: Annotated, text: str, new: str) -> Annotated:
    return project(sentence, spans(text, " ".join(sentence.words)), spans(text, new), text)


def test_training_projection_of_the_same_words_changes_nothing() -> None:
    sentence = annotated("It/PRON/2/nsubj rains/VERB/0/root ./PUNCT/2/punct")
    assert moved(sentence, "It rains.", "It rains .") is sentence


def test_training_projection_merges_words_to_the_highest() -> None:
    sentence = annotated(
        "The/DET/4/det e/NOUN/4/compound -/PUNCT/4/punct mail/NOUN/5/nsubj came/VERB/0/root "
        "!/PUNCT/5/punct !/PUNCT/5/punct",
        names="O O O O O O O",
        predicates=[(4, ((3, "ARG1"), (0, "X")))],
        opens=True,
    )
    found = moved(sentence, "The e-mail came!!", "The e-mail came !!")
    assert found == Annotated(
        words=("The", "e-mail", "came", "!!"),
        spaces=(True, True, False, True),
        opens=True,
        tree=Tree(
            upos=("DET", "NOUN", "VERB", "PUNCT"),
            features=("_",) * 4,
            lemmas=("the", "e-mail", "came", "!!"),
            heads=(1, 2, ROOT, 2),
            relations=("det", "nsubj", "root", "punct"),
        ),
        names=(frozenset({"O"}),) * 4,
        predicates=(Predicate(word=2, arguments=((1, "ARG1"), (0, "X"))),),
    )


def test_training_projection_splits_a_word_to_its_last_part_with_a_letter() -> None:
    sentence = annotated(
        "The/DET/2/det war-torn!/ADJ/3/amod towns/NOUN/0/root", names="O B-MISC O", predicates=[(1, ((2, "ARG1"),))]
    )
    found = moved(sentence, "The war-torn! towns", "The war - torn ! towns")
    assert found.tree == Tree(
        upos=("DET", "ADJ", "PUNCT", "ADJ", "PUNCT", "NOUN"),
        features=("_",) * 6,
        lemmas=("the", "war", "-", "war-torn!", "!", "towns"),
        heads=(3, 3, 3, 5, 3, ROOT),
        relations=("det", "compound", "punct", "amod", "punct", "root"),
    )
    assert [next(iter(tags)) for tags in found.names or ()] == ["O", "B-MISC", *["I-MISC"] * 3, "O"]
    assert found.predicates == (Predicate(word=3, arguments=((5, "ARG1"),)),)


def test_training_projection_keeps_a_split_root() -> None:
    found = moved(annotated("cease-fire/NOUN/0/root now/ADV/1/advmod"), "cease-fire now", "cease - fire now")
    assert found.tree is not None
    assert (found.tree.heads, found.tree.relations[2]) == ((2, 2, ROOT, 2), "root")


def test_training_projection_keeps_the_features_of_the_word_that_stands_for_all() -> None:
    sentence = annotated("do/AUX/3/aux n't/PART/3/advmod go/VERB/0/root")
    assert sentence.tree is not None
    sentence = replace(sentence, tree=replace(sentence.tree, features=("A=1", "B=1", "C=1")))
    found = moved(sentence, "don't go", "don't go")
    assert found.tree is not None
    assert (found.tree.features, found.tree.lemmas, found.tree.heads) == (("A=1", "C=1"), ("don't", "go"), (1, ROOT))


def test_training_projection_moves_names() -> None:
    sentence = annotated("Al-Reem beat Rio de Janeiro", names="B-ORG ? B-LOC I-LOC I-LOC")
    found = moved(sentence, "Al-Reem beat Rio de Janeiro", "Al - Reem beat Rio de Janeiro")
    assert found.names == tuple(
        frozenset({tag} if tag else ()) for tag in ("B-ORG", "I-ORG", "I-ORG", "", "B-LOC", "I-LOC", "I-LOC")
    )
    assert found.tree is None


def test_training_projection_drops_a_predicate_and_an_argument_inside_another() -> None:
    sentence = annotated(
        "They/PRON/2/nsubj re/VERB/0/root open/VERB/2/dep it/PRON/2/obj",
        predicates=[(1, ((0, "ARG0"), (2, "X"), (3, "ARG1"))), (2, ((0, "ARG0"),))],
    )
    found = moved(sentence, "They reopen it", "They reopen it")
    assert found.predicates == (Predicate(word=1, arguments=((0, "ARG0"), (2, "ARG1"))),)


def test_training_projection_keeps_what_is_unknown_unknown() -> None:
    found = moved(annotated("a b", whole=False), "ab", "ab")
    assert (found.tree, found.names, found.predicates, found.whole, found.words) == (None, None, None, False, ("ab",))


# ── trees ────────────────────────────────────────────────────────────────────────────────────────


@st.composite
def trees(draw: st.DrawFn) -> list[int]:
    """Heads of a random tree."""
    order = draw(st.permutations(range(draw(st.integers(1, 8)))))
    heads = [ROOT] * len(order)
    for place, word in enumerate(order[1:], 1):
        heads[word] = order[draw(st.integers(0, place - 1))]
    return heads


def projected(heads: Sequence[int], text: str, old: Sequence[int], new: Sequence[int]) -> Annotated:
    """A sentence of words that end at the offsets `old`, on words that end at `new`."""
    tree = Tree(
        upos=("X",) * len(heads),
        features=("_",) * len(heads),
        lemmas=("x",) * len(heads),
        heads=tuple(heads),
        relations=tuple("root" if head == ROOT else "dep" for head in heads),
    )
    words = tuple(text[begin:end] for begin, end in itertools.pairwise((0, *old)))
    sentence = Annotated(words=words, spaces=(True,) * len(words), opens=False, tree=tree)
    return project(sentence, list(itertools.pairwise((0, *old))), list(itertools.pairwise((0, *new))), text)


@settings(deadline=None)
@given(heads=trees(), sizes=st.data())
def test_training_projection_of_split_words_is_a_tree(heads: list[int], sizes: st.DataObject) -> None:
    widths = sizes.draw(st.lists(st.integers(1, 4), min_size=len(heads), max_size=len(heads)))
    text = sizes.draw(st.text("ab-", min_size=sum(widths), max_size=sum(widths)))
    old = list(itertools.accumulate(widths))
    more = sizes.draw(st.sets(st.integers(1, len(text))))
    check(projected(heads, text, old, sorted({*old, *more})), heads)


@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(heads=trees(), cuts=st.data())
def test_training_projection_to_words_of_whole_phrases_is_a_tree(heads: list[int], cuts: st.DataObject) -> None:
    widths = cuts.draw(st.lists(st.integers(1, 3), min_size=len(heads), max_size=len(heads)))
    text = cuts.draw(st.text("ab-", min_size=sum(widths), max_size=sum(widths)))
    old = [0, *itertools.accumulate(widths)]
    new = [0, *sorted({*cuts.draw(st.sets(st.integers(1, len(text)))), len(text)})]
    for begin, end in itertools.pairwise(new):
        inside = [i for i, (first, last) in enumerate(itertools.pairwise(old)) if first < end and begin < last]
        assume(sum(heads[i] not in inside for i in inside) == 1)
    check(projected(heads, text, old[1:], new[1:]), heads)


def test_training_projection_of_words_that_are_no_phrase_is_a_tree() -> None:
    heads = [2, 0, ROOT]  # "b" hangs on "a", "a" on "c"; "b" and "c" become one word
    check(projected(heads, "abc", [1, 2, 3], [1, 3]), heads)


def check(found: Annotated, heads: Sequence[int]) -> None:
    assert found.tree is not None
    assert is_tree(found.tree.heads)
    assert [relation == "root" for relation in found.tree.relations] == [head == ROOT for head in found.tree.heads]
