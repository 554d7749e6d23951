"""A `Doc` as plain lists: what the rules look at, without white-space tokens."""

from dataclasses import dataclass

from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc

LINE_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
"""Where `str.splitlines` breaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """Tokens that are not white space, as parallel lists."""

    indices: list[int]  # in the Doc
    texts: list[str]
    gaps: list[str]  # white space before the token
    fixed: list[bool]  # opens a sentence whatever the rules say


def breaks_line(text: str) -> bool:
    """Does `text` hold a line break?"""
    return not LINE_BREAKS.isdisjoint(text)


def surface_of(doc: Doc) -> Surface:
    """Return the surface of `doc`: a token is `fixed` where it opens the text or a line, or is so marked already."""
    indices, texts, gaps, fixed = list[int](), list[str](), list[str](), list[bool]()
    marked = (doc.to_array([SENT_START]) == 1).tolist() if doc.has_annotation("SENT_START") else [False] * len(doc)
    gap, fresh = "", True
    for token in doc:
        text = token.text
        if text.isspace():
            gap += text
            fresh = fresh or breaks_line(text)
        else:
            indices.append(token.i)
            texts.append(text)
            gaps.append(gap)
            fixed.append(fresh or marked[token.i])
            gap, fresh = "", False
        gap += token.whitespace_
    return Surface(indices=indices, texts=texts, gaps=gaps, fixed=fixed)
