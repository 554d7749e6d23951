"""Resolves the time expressions of an article in text order: ranges, "since", and what stands before them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from spacy.tokens import Doc

from kg.model import BlockKind, DateRange, Sentence, TimeExpression
from kg.times import durations, spans
from kg.times.grammar import BLANK, DASH, Frame
from kg.times.search import Found, find
from kg.times.tense import is_moved, lean_around

_REACH: Final = 60  # characters before an expression in which its preposition or a verb that moves dates is sought
_MEMORY: Final = 2  # further sentences after which "the same day" may be that of another
_SINCE: Final = re.compile(rf"\bsince{BLANK}(?:(?:at{BLANK}least|about|around|the){BLANK}){{0,2}}$", re.IGNORECASE)
_BETWEEN: Final = re.compile(rf"\bbetween{BLANK}(?:the{BLANK})?$", re.IGNORECASE)
_TO: Final = re.compile(rf"{BLANK}(?:to|until|till|through){BLANK}(?:the{BLANK})?", re.IGNORECASE)
_HYPHEN: Final = re.compile(rf"{BLANK}?{DASH}{BLANK}?")
_AND: Final = re.compile(rf"{BLANK}and{BLANK}(?:the{BLANK})?", re.IGNORECASE)
_TELLING: Final = re.compile(rf"\b(?:in|on|during){BLANK}$", re.IGNORECASE)  # "in May 2019", not "the May 2019 vote"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    """The last single day, and the last time with its year, that the text has named."""

    anchor: date | None = None
    story: DateRange | None = None
    age: int = 0  # sentences since the one that named the day

    def after(self, text: str, found: Found, span: DateRange | None) -> "_Memory":
        """The memory once an expression of the sentence `text` has been read."""
        if span is None or found.rule is None:
            return self
        anchor = span.begin if span.begin == span.end else self.anchor
        told = found.year is not None and _TELLING.search(text[max(0, found.begin - _REACH) : found.begin])
        return _Memory(anchor=anchor, story=span if told else self.story)

    def kept(self, before: "_Memory") -> "_Memory":
        """What the next sentence may look back to: without a day of its own, a sentence leaves that of those before."""
        if self.anchor is not None or before.age >= _MEMORY:
            return self
        return replace(self, anchor=before.anchor, age=before.age + 1)


def normalize_times(doc: Doc, sentences: Sequence[Sentence], published: date | None) -> tuple[TimeExpression, ...]:
    """The time expressions of the sentences, in text order, none overlapping another.

    Offsets are those of `doc.text`. `range` is None where the text and the article's date cannot tell: all
    relative times without `published`, "two days after the vote", days that do not exist. Clutter is not read.
    """
    text = doc.text
    expressions: list[TimeExpression] = []
    carried = _Memory()  # what the sentence before has named
    for index, sentence in enumerate(sentences):
        if sentence.kind is BlockKind.CLUTTER:
            continue
        readings, carried = _read(sentence.text, published, carried)
        for begin, end, span, duration in readings:
            begin, end = sentence.begin + begin, sentence.begin + end
            expressions.append(
                TimeExpression(
                    begin=begin, end=end, text=text[begin:end], sentence=index, range=span, duration=duration
                )
            )
    return tuple(expressions)


_Reading = tuple[int, int, DateRange | None, str | None]  # begin and end in the sentence, range, duration


def _read(text: str, published: date | None, carried: _Memory) -> tuple[list[_Reading], _Memory]:
    """The expressions of one sentence, and what the next one may look back to."""
    found = find(text)
    readings: list[_Reading] = []
    own = _Memory()
    index = 0
    while index < len(found):
        first = found[index]
        if first.rule is None:
            duration = durations.duration_of(first.match)
            if duration is not None:
                readings.append((first.begin, first.end, None, duration))
            index += 1
            continue
        frame = Frame(
            published=published,
            lean=lean_around(text, first.begin, first.end),
            anchor=own.anchor or carried.anchor,
            story=own.story or carried.story,
        )
        whole = _range(text, first, found[index + 1], frame) if index + 1 < len(found) else None
        last = first if whole is None else found[index + 1]
        span = whole if whole is not None else first.rule.resolve(first.match, frame)
        since = _SINCE.search(text[max(0, first.begin - _REACH) : first.begin])
        if since is None:
            readings.append((first.begin, last.end, span, None))
            own = own.after(text, last, span)
        else:
            begin = max(0, first.begin - _REACH) + since.start()
            readings.append((begin, last.end, None if span is None else spans.between(span.begin, published), None))
        index += 1 if last is first else 2
    return readings, own.kept(carried)


def _range(text: str, first: Found, second: Found, frame: Frame) -> DateRange | None:
    """From the first day of one expression to the last of the next, where the words between them say so."""
    if first.rule is None or second.rule is None or not first.rule.grain or first.rule.grain != second.rule.grain:
        return None
    if not _joined(text, first, second):
        return None
    if first.year is None and second.year is not None:
        end = second.rule.resolve(second.match, frame)
        begin = first.rule.resolve(first.match, replace(frame, year=second.year))
        if begin is not None and end is not None and begin.begin > end.end:
            begin = first.rule.resolve(first.match, replace(frame, year=second.year - 1))
    else:
        begin = first.rule.resolve(first.match, frame)
        end = None if begin is None else second.rule.resolve(second.match, replace(frame, not_before=begin.begin))
    return None if begin is None or end is None else spans.between(begin.begin, end.end)


def _joined(text: str, first: Found, second: Found) -> bool:
    """Is it "from A to B", "between A and B", "A to B" or "A–B", and no move from one date to another?"""
    left = text[max(0, first.begin - _REACH) : first.begin]
    gap = text[first.end : second.begin]
    if _AND.fullmatch(gap):
        return bool(_BETWEEN.search(left))
    return bool(_TO.fullmatch(gap) or _HYPHEN.fullmatch(gap)) and not is_moved(text, first.begin)
