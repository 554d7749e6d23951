"""Words: spaCy's English tokenizer, with a few rules more so that it parts words where the English treebanks do."""

import re
from typing import cast

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

UNBOUNDED = 2**31 - 1
"""`Language.max_length`: spaCy's guard of 10^6 characters protects neural models, not us."""

PREFIXES = (
    *("anti", "co", "counter", "cross", "e", "ex", "inter", "mid", "mini", "multi", "non", "over"),
    *("post", "pre", "pro", "re", "semi", "socio", "sub"),
)
"""Prefixes that the treebanks keep on their word: at least twice, and more often than not."""

WHOLE = (
    rf"(?:{'|'.join(PREFIXES)})-[^\W\d_]+",  # "pro-Russian", "e-mail"
    r"(?:\(?\d{3}\)?[-.])?\d{3}[-.]\d{4}",  # telephone numbers
)
RUNS = (*(rf"{re.escape(sign)}{{2,}}" for sign in "=*_~#<>$^|"), r"[!?]{2,}")
"""Signs that stay together at the end or beginning of a word: "=====", "!!!", "?!"."""

HYPHEN_BEHIND_PERIOD = r"(?<=[A-Za-z]\.)[-–—](?=[A-Za-z])"
"""Parts "U.S.-China" as "Russia-China"."""

PARTED = ("and/or",)
"""spaCy's exceptions that the treebanks part."""


def load_tokenizer() -> Language:
    """A pipeline without components whose tokenizer is the reader's."""
    nlp = spacy.blank("en")
    nlp.max_length = UNBOUNDED
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    defaults = nlp.Defaults
    tokenizer.infix_finditer = compile_infix_regex([*(defaults.infixes or ()), HYPHEN_BEHIND_PERIOD]).finditer
    tokenizer.prefix_search = compile_prefix_regex([*RUNS, *(defaults.prefixes or ())]).search
    tokenizer.suffix_search = compile_suffix_regex([*RUNS, *(defaults.suffixes or ())]).search
    tokenizer.token_match = re.compile("|".join(f"(?:{pattern})$" for pattern in WHOLE), re.IGNORECASE).match
    tokenizer.rules = {word: rule for word, rule in tokenizer.rules.items() if word.lower() not in PARTED}
    return nlp
