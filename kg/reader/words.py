"""Words: spaCy's English tokenizer, with a few rules more so that it parts words where the English treebanks do."""

import re
from collections.abc import Callable, Mapping, Sequence

import spacy
from spacy.attrs import ORTH  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

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

DROPPED = ("and/or", "id", "wed")
"""spaCy's exceptions that part or keep words otherwise than the treebanks: "Wed." is a day, not "we'd"."""

ABBREVIATIONS = (
    *("Brig.", "Capt.", "Cmdr.", "Col.", "Ft.", "Lt.", "Maj.", "Pfc.", "Sgt.", "Spc.", "Tue.", "Tues.", "Wed."),
    *("Thu.", "Thur.", "Thurs.", "Fri.", "al.", "approx.", "dept.", "est."),
)
"""Words whose period is their own, beside those that spaCy knows."""

CONTRACTED = {"wanna": ("wan", "na"), "outta": ("out", "ta")}

HALF_OF_DAY = r"(?<=\d)[AaPp][Mm]"
"""Parts "7:30PM"."""


def load_tokenizer() -> Language:
    """A pipeline without components whose tokenizer is the reader's."""
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "newskg.Tokenizer.v1"}}})
    nlp.max_length = UNBOUNDED
    return nlp


@registry.tokenizers("newskg.Tokenizer.v1")  # type: ignore[untyped-decorator]
def _create_tokenizer() -> Callable[[Language], Tokenizer]:
    return _make_tokenizer


def _make_tokenizer(nlp: Language) -> Tokenizer:
    defaults = nlp.Defaults
    rules = {word: rule for word, rule in (defaults.tokenizer_exceptions or {}).items() if word.lower() not in DROPPED}
    return Tokenizer(
        nlp.vocab,
        rules=rules | {word: [{ORTH: part} for part in parts] for word, parts in _exceptions(rules).items()},
        prefix_search=compile_prefix_regex([*RUNS, *(defaults.prefixes or ())]).search,
        suffix_search=compile_suffix_regex([*RUNS, HALF_OF_DAY, *(defaults.suffixes or ())]).search,
        infix_finditer=compile_infix_regex([*(defaults.infixes or ()), HYPHEN_BEHIND_PERIOD]).finditer,
        token_match=re.compile("|".join(f"(?:{pattern})$" for pattern in WHOLE), re.IGNORECASE).match,
        url_match=defaults.url_match,
    )


def _exceptions(rules: Mapping[str, Sequence[Mapping[int, str]]]) -> dict[str, tuple[str, ...]]:
    """Our abbreviations and contractions, and spaCy's contractions in capitals ("DON'T")."""
    contractions = {
        word: tuple(part[ORTH] for part in rule)
        for word, rule in rules.items()
        if len(rule) > 1 and word[0].isalpha() and {"'", "’"} & set(word)
    } | CONTRACTED
    shouted = {word.upper(): tuple(part.upper() for part in parts) for word, parts in contractions.items()}
    return shouted | CONTRACTED | {word: (word,) for word in ABBREVIATIONS}
