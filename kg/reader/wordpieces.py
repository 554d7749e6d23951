"""Words to what the encoder reads: word pieces of an uncased vocabulary, the shape of the word, what lists know of it.

WordPiece: Schuster & Nakajima 2012; the vocabulary is BERT's (`bert-base-uncased`, Apache-2.0). Since it is uncased,
capitals reach the encoder as `Shape`, in place of BERT's token types; `Hint` tells it which words are names somewhere.
"""

from enum import IntEnum, IntFlag
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from kg.reader.wordlists import words

LONGEST_WORD = 16
"""Word pieces kept of one word, the first and the last half: longer ones are URLs, rules of dashes and the like."""

UNKNOWN = "[UNK]"
CACHED_WORDS = 2**16
PADDING = 0
"""Id of [PAD] in BERT's vocabularies."""


class Shape(IntEnum):
    """How a word is written. `glued` words follow the one before without a space: odd values."""

    LOWER = 0
    CAPITALIZED = 2
    UPPER = 4
    ONE_UPPER = 6
    MIXED = 8
    DIGITS = 10
    OTHER = 12


SHAPES = 14
"""Number of shape ids: each `Shape` with and without a space before the word."""


class Hint(IntFlag):
    """Which lists of the world's names hold a word, whatever its capitals."""

    GIVEN_NAME = 1
    SURNAME = 2
    PLACE = 4
    DEMONYM = 8


HINTS = 16
"""Number of hint ids: all sets of `Hint`."""

LISTS = {
    Hint.GIVEN_NAME: ("given_names",),
    Hint.SURNAME: ("surnames",),
    Hint.PLACE: ("places", "more_places"),
    Hint.DEMONYM: ("demonyms", "groups"),
}


@cache
def _hints() -> dict[str, int]:
    found = dict[str, int]()
    for hint, names in LISTS.items():
        for word in {word.lower() for name in names for word in words(name)}:
            found[word] = found.get(word, 0) | hint
    return found


class Pieces(NamedTuple):
    """A word as the encoder reads it."""

    ids: tuple[int, ...]
    shape: int
    hint: int


def shape_of(word: str) -> Shape:
    """Shape of one word, by its letters and digits."""
    letters = [char for char in word if char.isalpha()]
    if not letters:
        return Shape.DIGITS if any(char.isdigit() for char in word) else Shape.OTHER
    if not any(char.isupper() for char in letters):
        return Shape.LOWER
    if all(char.isupper() for char in letters):
        return Shape.ONE_UPPER if len(letters) == 1 else Shape.UPPER
    rest_lower = not any(char.isupper() for char in letters[1:])
    return Shape.CAPITALIZED if letters[0].isupper() and rest_lower else Shape.MIXED


class WordPieces:
    """The vocabulary. Read only but for its cache, so threads may share it."""

    def __init__(self, vocabulary: Path) -> None:
        """`vocabulary`: one word piece a line, as BERT's `vocab.txt`."""
        pieces = WordPiece.read_file(str(vocabulary))
        tokenizer = Tokenizer(WordPiece(pieces, unk_token=UNKNOWN))
        tokenizer.normalizer = BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = BertPreTokenizer()  # without BERT's special tokens: a text may hold "[SEP]"
        self.opening = pieces["[CLS]"]
        self.closing = pieces["[SEP]"]
        self.unknown = pieces[UNKNOWN]
        self.mask = pieces["[MASK]"]
        self._tokenizer = tokenizer
        self.of = lru_cache(maxsize=CACHED_WORDS)(self._pieces)
        """What the encoder reads of a word; at least one piece."""

        _hints()  # read now, and not while several threads annotate

    def _pieces(self, word: str) -> Pieces:
        ids = self._tokenizer.encode(word, add_special_tokens=False).ids or [self.unknown]
        if len(ids) > LONGEST_WORD:
            ids = ids[: LONGEST_WORD // 2] + ids[-LONGEST_WORD // 2 :]
        return Pieces(tuple(ids), int(shape_of(word)), _hints().get(word.lower(), 0))
