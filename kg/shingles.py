"""What an article's text is recognised by when another repeats it: its shingles (Broder 1997), hashed."""

import hashlib
import re
from collections.abc import Iterable

from kg.model import Sentence

LENGTH = 5  # words
BYTES = 8  # of a hash; whole shingles would fill the memory, and Python's hash() changes by run


def shingles_of(sentences: Iterable[Sentence]) -> bytes:
    """The hashes of all shingles, each once, in order, one after the other, the lowest byte first."""
    words = re.findall(r"\w+", " ".join(sentence.text for sentence in sentences).casefold())
    found = {" ".join(words[i : i + LENGTH]) for i in range(len(words) - LENGTH + 1)}
    hashes = (hashlib.blake2b(shingle.encode("utf-8"), digest_size=BYTES).digest() for shingle in found)
    return b"".join(sorted(hashes))
