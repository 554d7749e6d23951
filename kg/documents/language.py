"""Is a text English? By its share of function words, which needs no model and is always the same."""

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files

FEWEST_WORDS = 20  # a shorter text says too little about its language
FEWEST_LETTERS = 20  # the same for scripts that write without spaces
# Shares of English function words among all words. News has 0.16 to 0.42 (median 0.30 in 1,042 articles of six sources,
# all pass but one of a single URL); a report of two lines with many names goes down to 0.05. Other languages have
# under 0.08 and more words of their own.
CERTAIN_SHARE = 0.12  # English, whatever else is in it
LEAST_SHARE = 0.03  # English only if there is more of it than of other languages
LEAST_LATIN = 0.5  # of all letters
SAMPLE = 20_000  # characters looked at
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")


@cache
def _function_words() -> tuple[frozenset[str], frozenset[str]]:
    """Of English, and of the other languages."""
    table = tomllib.loads(files(__package__).joinpath("function-words.toml").read_text(encoding="utf-8"))
    return frozenset(table["english"].split()), frozenset(table["other"].split())


def function_word_shares(text: str) -> tuple[float, float]:
    """Shares of English and of other function words among the words of `text`, 0 to 1."""
    words = Counter(_WORD.findall(text[:SAMPLE].casefold()))
    english, other = (sum(words[word] for word in known) for known in _function_words())
    count = max(1, words.total())
    return english / count, other / count


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
    english, other = function_word_shares(sample)
    if english >= CERTAIN_SHARE or (english >= LEAST_SHARE and english > other):
        return None
    return f"it does not read as English ({english:.0%} English function words); only English is read"


def english_tag(declared: str | None, text: str) -> str | None:
    """The BCP 47 tag of a text that was not refused: as declared where that is English, None where nobody can tell."""
    if declared and declared.split("-")[0] == "en":
        return declared
    return "en" if len(_WORD.findall(text[:SAMPLE])) >= FEWEST_WORDS else None
