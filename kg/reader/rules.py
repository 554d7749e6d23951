"""The rule-based reader as a spaCy component, `newskg_rules`: sentences, tags, lemmas and names of a `Doc`."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from spacy.attrs import LEMMA, MORPH, ORTH, POS, SENT_START  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.parts_of_speech import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.reader import tagging
from kg.reader.capitals import openings, shouted
from kg.reader.morphology import morphology
from kg.reader.name_labels import Name, Source
from kg.reader.names import find_names
from kg.reader.sentences import sentence_starts
from kg.reader.surface import Surface, surface_of
from kg.reader.tagset import VERB_TAGS
from kg.reader.wordlists import words

ASSIGNED = ("token.is_sent_start", "token.pos", "token.lemma", "token.morph", "doc.ents")
COLUMNS = (SENT_START, POS, LEMMA, MORPH)
MISREAD = frozenset({"NOUN", "ADJ", "X", "ADV", "NUM", *VERB_TAGS})
START = 1
NO_START = 2**64 - 1
"""spaCy's -1 in the unsigned numbers of `Doc.from_array`."""


class RulesReader:
    """Callable component without state of its own: one instance may serve several threads."""

    def __init__(self) -> None:
        tagging.rules(tagging.LEARNED)  # the tables are read here, once, and not while several threads annotate

    def __call__(self, doc: Doc) -> Doc:
        """Annotate `doc` in place. Sentence starts that are already set are kept."""
        surface = surface_of(doc)
        starts = sentence_starts(surface.texts, surface.gaps, surface.fixed)
        free = openings(surface.texts, starts)
        board = tagging.tag(surface.texts, starts, free)
        tags = tagging.tags_of(board)
        loud = shouted(surface.texts, starts)
        source = Source(texts=surface.texts, gaps=surface.gaps, starts=starts, free=free, loud=loud, tags=tags)
        places = surface.indices
        names = find_names(source)
        tagging.correct(board, _misread(tags, surface.texts, names))
        _write(doc, surface, starts, tagging.tags_of(board))
        spans = [Span(doc, places[name.begin], places[name.end - 1] + 1, label=name.label) for name in names]
        doc.set_ents(spans, default="outside")
        return doc


def _misread(tags: list[str], texts: list[str], names: list[Name]) -> Iterator[int]:
    """Words of people's names that the lexicon takes for ordinary ones ("Trump", "Rice")."""
    for name in names:
        if name.label == "PER":
            for index in range(name.begin, name.end):
                if tags[index] in MISREAD and texts[index][0].isalpha() and texts[index] not in words("name_particles"):
                    yield index


def _write(doc: Doc, surface: Surface, starts: list[bool], tags: list[str]) -> None:
    """Set sentence starts, UPOS, lemmas and features of all tokens in one go; white space is its own lemma."""
    if not len(doc):
        return
    orths = doc.to_array([ORTH]).tolist()
    rows = [(NO_START, IDS["SPACE"], orth, 0) for orth in orths]
    for index, text, start, tag in zip(surface.indices, surface.texts, starts, tags, strict=True):
        rows[index] = (START if start else NO_START, *_codes(doc.vocab, text, tag))
    rows[0] = (START, *rows[0][1:])
    values: Any = np.array(rows, dtype=np.uint64)  # spaCy's stubs accept only array types of their own
    doc.from_array(list(COLUMNS), values)


def _codes(vocab: Vocab, text: str, tag: str) -> tuple[int, int, int]:
    """spaCy's numbers for UPOS, lemma and features."""
    upos, lemma, features = morphology(text, tag)
    return IDS[upos], vocab.strings.add(lemma), vocab.morphology.add(features)


@Language.factory("newskg_rules", assigns=list(ASSIGNED))
def create_rules_reader(nlp: Language, name: str) -> RulesReader:  # noqa: ARG001
    """Make the component; the entry point that spaCy finds. The parameters are spaCy's; the rules need none."""
    return RulesReader()
