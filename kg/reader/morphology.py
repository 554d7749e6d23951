"""Lemma and morphological features of a word whose tag is known.

Lemmas: `lemmas.tsv` for closed classes, lemminflect's word list for the others, plain endings for words it lacks.
"""

from functools import lru_cache

import lemminflect

from kg.reader.lexicon import CACHED_FORMS, LONGEST_WORD
from kg.reader.tagset import FORM_FEATURES
from kg.reader.wordlists import table, words

INFLECTED = frozenset({"NOUN", "VERB", "ADJ", "ADV", "AUX"})
COMPARED = frozenset({"ADJ", "ADV"})
MODALS = frozenset(["would", "could", "should", "might", "must", "may", "can", "will", "shall"])
VOWELS = frozenset("aeiou")
SHORTEST_STEM = 3


@lru_cache(maxsize=CACHED_FORMS)
def morphology(form: str, tag: str) -> tuple[str, str, str]:
    """Return (UPOS, lemma, features) of `form` under the rule tag `tag`; features as in UD, "" for none."""
    word_class, _, verb_form = tag.partition(".")
    lemma = lemma_of(form, word_class)
    if word_class == "NOUN":
        lower = form.lower()
        plural = lower in words_always_plural() or (lemma != lower and lower.rstrip("'’") != lemma)
        return word_class, lemma, "Number=Plur" if plural else "Number=Sing"
    if word_class == "PROPN":
        return word_class, lemma, "Number=Sing"
    return word_class, lemma, FORM_FEATURES.get(verb_form, "")


@lru_cache(maxsize=1)
def words_always_plural() -> frozenset[str]:
    """Plural nouns that look like their lemma."""
    return frozenset(row[0] for row in table("plurals.txt"))


def lemma_of(form: str, word_class: str) -> str:
    """Lemma of `form` as a word of the UPOS class `word_class`."""
    lower = form.lower().replace("’", "'")
    fixed = _lemmas().get((lower, word_class))
    if fixed is not None:
        return fixed
    if word_class in {"PROPN", "X", "PUNCT", "SYM"} or (word_class == "ADJ" and form in words("demonyms")):
        return form
    if word_class == "AUX" and lower in MODALS:
        return lower
    if word_class not in INFLECTED or len(form) > LONGEST_WORD:
        return lower
    known = lemminflect.getAllLemmas(lower, upos=word_class).get(word_class)
    if known:
        return known[0] if lower not in known or word_class in {"VERB", "AUX"} else lower
    return _stem(lower, word_class)


def _stem(lower: str, word_class: str) -> str:
    """Lemma of a word that no list knows, from its ending."""
    if word_class == "NOUN":
        return _singular(lower)
    if word_class != "VERB":
        return lower
    for ending in ("ing", "ed"):
        stem = lower.removesuffix(ending)
        if stem != lower and len(stem) >= SHORTEST_STEM:
            doubled = stem[-1] == stem[-2] and stem[-1] not in "lsz" and stem[-1] not in VOWELS
            return stem[:-1] if doubled else stem
    return _singular(lower)


def _singular(lower: str) -> str:
    if len(lower) <= SHORTEST_STEM or not lower.endswith("s") or lower.endswith(("ss", "us", "is")):
        return lower
    if lower.endswith("ies"):
        return lower[:-3] + "y"
    if lower.endswith(("ches", "shes", "xes", "sses", "zes")):
        return lower[:-2]
    return lower[:-1]


@lru_cache(maxsize=1)
def _lemmas() -> dict[tuple[str, str], str]:
    return {(row[0], row[1]): row[2] for row in table("lemmas.tsv")}
