"""Events that share one trigger: "met in London on 9 June and in Stockholm on 28 July" tells of two meetings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from spacy.tokens import Doc, Token

from kg.clauses import MOST_CHILDREN, Clauses, has_case
from kg.events.draft import Draft
from kg.events.places import PLACE_PREPOSITIONS, PLACES
from kg.events.telling import telling_verb
from kg.model import DateRange, TimeExpression

MOST_COPIES = 5
BESIDE = 3  # tokens between a place and its time


def with_gapped(
    doc: Doc, draft: Draft, clauses: Clauses, types: Mapping[str, str], times: Sequence[TimeExpression]
) -> Iterator[Draft]:
    """The draft, and a copy for each further place that stands in a list with its own time."""
    yield draft
    if draft.place is None:
        return
    trigger = doc[draft.start : draft.end].root
    heads = dict.fromkeys((trigger, telling_verb(trigger) or trigger))
    joined = dict.fromkeys(
        word for head in heads for word in _joined(head) if has_case(word, PLACE_PREPOSITIONS) and word.i in clauses.at
    )
    for word in islice(joined, MOST_COPIES):
        ref = clauses.at[word.i]
        place = next((actor for actor in ref.actors if types[actor] in PLACES), None)
        day = _day_beside(doc, ref.end, times)
        if place is not None and place != draft.place and day is not None:
            span = doc[ref.start : ref.end]
            yield replace(
                draft,
                start=ref.start,
                end=ref.end,
                begin_char=span.start_char,
                end_char=span.end_char,
                date=day,
                place=place,
                place_type=types[place],
                attributes=(),
            )


def _joined(head: Token) -> Iterator[Token]:
    """What is coordinated with a word or, as trees often have it, with its time or place."""
    for child in islice(head.rights, MOST_CHILDREN):
        if child.dep_ == "conj":
            yield child
        elif child.dep_ in {"obl", "nmod"}:
            yield from (inner for inner in islice(child.rights, MOST_CHILDREN) if inner.dep_ == "conj")


def _day_beside(doc: Doc, end: int, times: Sequence[TimeExpression]) -> DateRange | None:
    if end >= len(doc):
        return None
    first, last = doc[end].idx, doc[min(end + BESIDE, len(doc) - 1)].idx
    return next((time.range for time in times if first <= time.begin <= last), None)
