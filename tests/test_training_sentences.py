"""Sentences to learn from: what they hold is of one length."""

from dataclasses import replace

import pytest
from annotating import annotated

from kg.training.sentences import Annotated

LINE = "Iran/PROPN/2/nsubj waits/VERB/0/root ./PUNCT/2/punct"


def test_training_sentences_need_no_annotation() -> None:
    sentence = Annotated(words=("Iran",), spaces=(True,), opens=False)
    assert (sentence.tree, sentence.names, sentence.predicates, sentence.whole) == (None, None, None, True)


@pytest.mark.parametrize("field", ["words", "spaces", "names", "tree"])
def test_training_sentences_refuse_annotations_of_another_length(field: str) -> None:
    sentence = annotated(LINE, names="B-LOC O O")
    shorter = annotated("Iran/PROPN/2/nsubj waits/VERB/0/root", names="B-LOC O")
    with pytest.raises(ValueError, match=r"differ in number: 'Iran waits"):
        replace(sentence, **{field: getattr(shorter, field)})


@pytest.mark.parametrize("column", ["upos", "features", "lemmas", "heads", "relations"])
def test_training_sentences_refuse_a_tree_that_lacks_something(column: str) -> None:
    sentence = annotated(LINE)
    assert sentence.tree is not None
    with pytest.raises(ValueError, match="differ in number"):
        replace(sentence, tree=replace(sentence.tree, **{column: getattr(sentence.tree, column)[:-1]}))
