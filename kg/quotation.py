"""Where quotations stand: pairs of quotation marks of every typography, and who speaks inside them."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Token

from kg.model import Quote, Sentence

OPENING, CLOSING, STRAIGHT, SINGLE = "“„«", "”»", '"', "‘'"
LONGEST_HEADLINE = 300
"""Characters in which a single quotation mark looks for another one that closes better."""

DOUBLED = ("''", "``", "’’", "‘‘")
"""Marks of two characters that some wires send for one."""

WE = frozenset({"we", "us", "our"})
UNITED_STATES = "US"


def is_we(token: Token) -> bool:
    """ "We", "us" and "our", but not the country that is written like one of them."""
    return token.lower_ in WE and token.text != UNITED_STATES


def quotation_spans(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Offsets inside the quotation marks, paragraph by paragraph; a mark that never closes ends with its paragraph."""
    for begin, end in _paragraphs(text, sentences):
        opened: int | None = None
        i = begin
        while i < end:
            width = 2 if text.startswith(DOUBLED, i, end) else 1
            char = STRAIGHT if width == 2 else text[i]
            if opened is None and (char in OPENING + STRAIGHT or _single_opens(text, i, begin)):
                opened, mark = i + width, char
            elif opened is not None and (char in STRAIGHT + CLOSING if width == 2 else _closes(text, mark, i, end)):
                yield from _trimmed(text, opened, i)
                opened = None
            i += width
        if opened is not None and mark not in SINGLE:
            yield from _trimmed(text, opened, end)


def speakers_at(offsets: Sequence[int], quotes: Iterable[Quote]) -> dict[int, str]:
    """Who speaks at places of the text: {index in `offsets`, which ascend: speaker of the shortest quote around it}.

    Of equally short quotes, such as those of two who say it together, the last counts.
    """
    found: dict[int, str] = {}
    for quote in sorted(quotes, key=lambda quote: quote.begin - quote.end):
        if quote.speaker is not None:
            inside = range(bisect_left(offsets, quote.begin), bisect_left(offsets, quote.end))
            found.update(dict.fromkeys(inside, quote.speaker))
    return found


def _closes(text: str, mark: str, i: int, end: int) -> bool:
    if mark == STRAIGHT:
        return text[i] in STRAIGHT + CLOSING
    if mark in SINGLE:
        ends_word = i + 1 >= end or not text[i + 1].isalnum()
        return text[i] in "’'" and ends_word and (text[i - 1] in ".,!?" + "”" or _ends_plain(text, i, end))
    return text[i] in CLOSING + STRAIGHT


def _ends_plain(text: str, i: int, end: int) -> bool:
    """A headline's 'We are close to a deal' closes without punctuation: no plural's apostrophe, none closes later."""
    if not text[i - 1].isalnum() or text[i - 1] in "sS":
        return False
    later = range(i + 1, min(end, i + LONGEST_HEADLINE))
    return all(text[j - 1] not in ".,!?" for j in later if text[j] in "’'")


def _single_opens(text: str, i: int, begin: int) -> bool:
    """A single quotation mark that opens, not an apostrophe."""
    return text[i] in "‘'" and (i == begin or text[i - 1].isspace()) and i + 1 < len(text) and text[i + 1].isupper()


def _trimmed(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    if begin < end:
        yield begin, end


def _paragraphs(text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Runs of sentences without a line break between them."""
    run: tuple[int, int] | None = None
    for sentence in sentences:
        if run is not None and "\n" not in text[run[1] : sentence.begin]:
            run = (run[0], sentence.end)
            continue
        if run is not None:
            yield run
        run = (sentence.begin, sentence.end)
    if run is not None:
        yield run
