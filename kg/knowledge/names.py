"""How a name is written down for comparison, and which capitals it needs to be recognised in running text."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from typing import Final


class NameKind(StrEnum):
    """In what way a name means its bearer."""

    NAME = "name"  # the full or usual name
    ALIAS = "alias"  # another spelling or a shorter form
    SURNAME = "surname"  # "Putin": safe only after the full name or a title
    DEMONYM = "demonym"  # "Russian", "Russians"
    METONYM = "metonym"  # "Moscow" for the government of Russia
    ACRONYM = "acronym"  # "IAEA"


_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼʻ`´ʿʾ′", "'"))
# Letters that Unicode does not decompose into a base letter and a mark.
_LETTERS: Final = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ð": "d",
        "ə": "a",
        "&": " and ",
    }
)
_INITIALS_APART: Final = re.compile(r"(?<=\b\w\.)\s+(?=\w\.)")
_DOTTED: Final = re.compile(r"\b(?:\w\.){2,}")
_POSSESSIVE: Final = re.compile(r"(?<=\w)'(?=s\b)")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_ARTICLE: Final = "the "


def plain_text(text: str) -> str:
    """`text` in lower case without marks over letters, with straight apostrophes and spaces between its words."""
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    text = "".join(c for c in text if not unicodedata.combining(c)).casefold().translate(_LETTERS)
    text = _INITIALS_APART.sub("", text)
    text = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", text)
    text = _POSSESSIVE.sub(" ", text).replace("'", "")
    return _NOT_WORD.sub(" ", text).strip()


@lru_cache(maxsize=65536)
def normalize_name(name: str) -> str:
    """The form under which names are compared: "The U.S." → "us", "Côte d’Ivoire" → "cote divoire"."""
    text = plain_text(name)
    return text[len(_ARTICLE) :] if text.startswith(_ARTICLE) and len(text) > len(_ARTICLE) else text


# ── capitals ─────────────────────────────────────────────────────────────────────────────────────
# The shape of a name has one letter a word: U all capitals, C a capital first, l lower case, d no letters with case.

SMALLEST_MIXED_ACRONYM: Final = 4  # British style writes "Nato" and "Unesco", but never "Us" for "US"


def word_shape(word: str) -> str:
    """U, C, l or d for one word."""
    letters = [c for c in word if c.isalpha()]
    if not letters or not (letters[0].isupper() or letters[0].islower()):
        return "d"
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return "U"
    return "C" if letters[0].isupper() else "l"


@lru_cache(maxsize=65536)
def shaped_words(text: str) -> tuple[tuple[str, str], ...]:
    """The normalised words of `text`, each with its shape; "al-Shabaab" → (("al", "l"), ("shabaab", "C"))."""
    text = _INITIALS_APART.sub("", unicodedata.normalize("NFC", text).translate(_APOSTROPHES))
    text = _DOTTED.sub(lambda match: match[0].replace(".", "") + " ", text)
    text = _POSSESSIVE.sub(" ", text).replace("'", "").replace("&", " and ")
    return tuple((plain_text(word), word_shape(word)) for word in _NOT_WORD.sub(" ", text).split())


def name_shape(name: str) -> str:
    """The shape of a known name, as it must be seen in text; the article at its front is left out."""
    words = shaped_words(name)
    if len(words) > 1 and words[0][0] == "the":
        words = words[1:]
    return "".join(shape for _, shape in words)


def fits_shape(seen: str, known: str, lengths: tuple[int, ...]) -> bool:
    """Does a stretch of text with shape `seen` have the capitals that `known` asks for? `lengths` are of its words."""
    if len(seen) != len(known):
        return False
    return all(
        wanted in "ld"
        or got in "Ud"
        or (got == "C" and (wanted == "C" or length == 1 or length >= SMALLEST_MIXED_ACRONYM))
        for got, wanted, length in zip(seen, known, lengths, strict=True)
    )
