"""Lemmas: what the treebanks say of a word, else rules and dictionary of LemmInflect, and the network where they vary.

The network predicts edit scripts (Straka 2018, https://aclanthology.org/K18-2020, section 3.1, without changes at the
beginning of a word, which English does not need): how many characters to strip from the end of the word and what to
add, so that "went" → "go" strips four and adds "go". They know the context (is "'s" have or be, is "New" a name), but
not words that training never showed; there LemmInflect (https://github.com/bjascob/LemmInflect, MIT) is better.
"""

from collections.abc import Mapping
from functools import lru_cache
from os.path import commonprefix
from pathlib import Path

import lemminflect

KEEP_CASE = "="
"""First character of a script that works on the word as written (names), not in lower case."""

INFLECTED = frozenset({"ADJ", "ADV", "AUX", "NOUN", "VERB"})
GUESSED = frozenset({"NOUN", "VERB"})
"""Those of which LemmInflect may guess words that its dictionary lacks; it spoils adjectives ("post-sovy")."""

LONGEST_ACRONYM = 5
"""Letters; longer names in capitals are shouted ("TEHRAN": 105 of 114 in EWT)."""

CACHED_WORDS = 2**16

Seen = Mapping[tuple[str, str], tuple[str, ...]]
"""(lower-case word, UPOS) → its lemmas in lower case, the most frequent first."""


def script_of(form: str, lemma: str) -> str:
    """The script that makes `lemma` of `form`; its first character says whether capitals stay."""
    keeps = lemma != lemma.lower() and form != form.lower()
    source = form if keeps else form.lower()
    shared = len(commonprefix([source, lemma]))  # noqa: RUF071 - characters are what is meant
    return f"{KEEP_CASE if keeps else ''}{len(source) - shared}:{lemma[shared:]}"


def apply_script(script: str, form: str) -> str:
    """Lemma of `form`; a script that strips more than there is leaves the word, never an empty lemma."""
    source = form if script.startswith(KEEP_CASE) else form.lower()
    strip, _, add = script.removeprefix(KEEP_CASE).partition(":")
    if int(strip) > len(source):
        return source
    return source[: len(source) - int(strip)] + add or source


class Lemmatizer:
    """Read only but for its cache, so threads may share it."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self.lemma = lru_cache(maxsize=CACHED_WORDS)(self._lemma)
        """Lemma of a word under its UPOS and the network's script."""

    @classmethod
    def read(cls, path: Path) -> "Lemmatizer":
        """From a table with the columns word, UPOS, lemmas separated by spaces."""
        rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line)
        return cls({(word, upos): tuple(lemmas.split(" ")) for word, upos, lemmas in rows})

    def _lemma(self, form: str, upos: str, script: str) -> str:
        if upos == "PROPN" and form.isupper() and len(form) > LONGEST_ACRONYM:
            form = form.capitalize()
        scripted = apply_script(script, form)
        known = self._seen.get((form.lower(), upos)) or regular_lemmas(form.lower(), upos)
        if scripted.lower() in known or not known:
            return scripted
        lemma = known[0]
        return recased(lemma, form) if script.startswith(KEEP_CASE) else lemma


def regular_lemmas(word: str, upos: str) -> tuple[str, ...]:
    """What rules and dictionary make of a lower-case word; nothing for parts of speech that are not inflected."""
    if upos not in INFLECTED:
        return ()
    guess = upos in GUESSED
    return tuple(lemma for lemma in lemminflect.getLemma(word, upos, lemmatize_oov=guess)[:1] if lemma)


def recased(lemma: str, form: str) -> str:
    """The lemma with the capitals of the word: "states" beside "States" gives "State"."""
    return "".join(
        letter.upper() if place < len(form) and form[place].isupper() else letter for place, letter in enumerate(lemma)
    )
