"""A `Doc` as plain lists: what the reader reads, without white-space tokens."""

from dataclasses import dataclass

from spacy.attrs import ORTH, SENT_START, SPACY  # type: ignore[import-not-found]
from spacy.tokens import Doc

OPENERS = frozenset("\"“‘'«([″＂") | {"``"}
CLOSERS = frozenset("\"”’'»)]}″＂") | {"''"}
"""Quotation marks and brackets that close."""

LONGEST_SENTENCE = 300
"""Tokens. News stays under 150; text without full stops is cut: trees and the stages take time that grows with the
square of this."""

LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
"""Where `str.splitlines` breaks."""


START, NO_START = 1, 2**64 - 1
"""spaCy's 1 and -1 in the unsigned numbers of `Doc.to_array`; 0 is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """Tokens that are not white space, as parallel lists."""

    indices: list[int]  # in the Doc
    texts: list[str]
    gaps: list[str]  # white space before the token
    barred: list[bool]  # opens none
    fixed: list[bool]  # opens a sentence whatever is predicted


def breaks_line(text: str) -> bool:
    """Does `text` hold a line break?"""
    return not LINE_BREAKS.isdisjoint(text)


def surface_of(doc: Doc) -> Surface:
    """Return the surface of `doc`: a token is `fixed` where it opens the text or a line, or is so marked already."""
    indices, texts, gaps, fixed, barred = list[int](), list[str](), list[str](), list[bool](), list[bool]()
    strings = doc.vocab.strings
    gap, fresh = "", True
    for index, (orth, spaced, mark) in enumerate(doc.to_array([ORTH, SPACY, SENT_START]).tolist()):
        text = strings[orth]  # a Token for each word would keep the garbage collector busy
        if text.isspace():
            gap += text
            fresh = fresh or breaks_line(text)
        else:
            indices.append(index)
            texts.append(text)
            gaps.append(gap)
            fixed.append(fresh or mark == START)
            barred.append(mark == NO_START)
            gap, fresh = "", False
        if spaced:
            gap += " "
    return Surface(indices=indices, texts=texts, gaps=gaps, barred=barred, fixed=fixed)
