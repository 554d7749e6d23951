"""Is a text English? By its share of English function words, which needs no model and gives the same answer always."""

import re
from functools import cache
from importlib.resources import files

FEWEST_WORDS = 20  # a shorter text says too little about its language
FEWEST_LETTERS = 20  # the same for scripts that write without spaces
LEAST_SHARE = 0.12  # of all words; English news has 0.24 to 0.42, its neighbours under 0.07 (tests/test_documents.py)
LEAST_LATIN = 0.5  # of all letters
SAMPLE = 20_000  # characters looked at
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@cache
def _function_words() -> frozenset[str]:
    text = files(__package__).joinpath("english-words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def english_share(text: str) -> float:
    """Share of English function words among the words of `text`, 0 to 1."""
    words = _WORD.findall(text[:SAMPLE].casefold())
    return sum(word in _function_words() for word in words) / max(1, len(words))


def foreign_reason(text: str, declared: str | None) -> str | None:
    """Why `text` is not English, or None when it is, or is too short to tell and not declared to be otherwise."""
    sample = text[:SAMPLE]
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters >= FEWEST_LETTERS and len(_LATIN.findall(sample)) < LEAST_LATIN * letters:
        return "most of its letters are not Latin; only English is read"
    if len(words) < FEWEST_WORDS:
        foreign = declared is not None and declared.split("-")[0] != "en"
        return f"it is declared to be in {declared!r}; only English is read" if foreign else None
    share = english_share(text)
    if share >= LEAST_SHARE:
        return None
    return f"it does not read as English ({share:.0%} English function words); only English is read"


def english_tag(declared: str | None, text: str) -> str | None:
    """The BCP 47 tag of a text that was not refused: as declared where that is English, None where nobody can tell."""
    if declared and declared.split("-")[0] == "en":
        return declared
    return "en" if len(_WORD.findall(text[:SAMPLE])) >= FEWEST_WORDS else None
