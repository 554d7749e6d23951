"""Which time expression dates which event of its sentence."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc

from kg.events.draft import Draft
from kg.model import DateRange, Status, TimeExpression

OPEN_ENDED = ("since", "until", "by ", "before", "after")  # they bound an event, they do not date it
BARRIERS = frozenset(
    {";", ":", "—", "(", ")", "which", "who", "that", "while", "but", "after", "before", "since", "when", "where"}
)
BARRIER_COST = 20  # tokens; a date across a clause boundary loses to one in the clause
MAX_DISTANCE = 40  # tokens
HAPPENED = frozenset({Status.OCCURRED, Status.ONGOING})
LASTING = frozenset({"Conflict"})  # a war is dated only by what stands directly beside it
NEAR = 4  # tokens
MONTH = 31  # days


def attach_dates(
    doc: Doc, drafts: Sequence[Draft], times: Sequence[TimeExpression], published: date | None
) -> tuple[Draft, ...]:
    """Drafts with dates: each time goes to the nearest trigger of its sentence, and to others in the same clause."""
    dated: dict[int, TimeExpression] = {}
    costs: dict[int, int] = {}
    for time in times:
        if time.range is None or time.text.lower().startswith(OPEN_ENDED) or _bounds(doc, time):
            continue
        inside = [(cost, n) for n, draft in enumerate(drafts) if draft.sentence == time.sentence
                  for cost in [_cost(doc, draft, time)] if cost <= MAX_DISTANCE]  # fmt: skip
        nearest = min((cost for cost, _ in inside), default=0)
        for cost, n in inside:
            limit = NEAR if drafts[n].type in LASTING else MAX_DISTANCE
            if drafts[n].attribute("ordinal") is not None and (time.range.end - time.range.begin).days > MONTH:
                continue  # "the sixth call this year" counts them, it does not date one
            if _interrupted(drafts[n], time, times):
                continue
            if cost == nearest and cost <= limit and cost < costs.get(n, MAX_DISTANCE + 1):
                dated[n], costs[n] = time, cost
    return tuple(_dated(draft, dated[n].range, published) if n in dated else draft for n, draft in enumerate(drafts))


def _interrupted(draft: Draft, time: TimeExpression, times: Sequence[TimeExpression]) -> bool:
    """Whether another time stands between: "on Saturday, a day after the summit" does not date the summit."""
    first, last = min(time.end, draft.end_char), max(time.begin, draft.begin_char)
    return any(other is not time and first <= other.begin and other.end <= last for other in times)


def _dated(draft: Draft, when: DateRange | None, published: date | None) -> Draft:
    """The draft with its date; what begins after the article cannot have happened yet."""
    status = draft.status
    if when is not None and published is not None and when.begin > published and status in HAPPENED:
        status = Status.PLANNED
    return replace(draft, date=when, status=status)


def _bounds(doc: Doc, time: TimeExpression) -> bool:
    """Whether "since", "until" or "before" stands directly in front of the expression."""
    before = doc.text[max(0, time.begin - 8) : time.begin].lower().split()
    return bool(before) and before[-1] in {"since", "until", "till", "before", "by", "after"}


def _cost(doc: Doc, draft: Draft, time: TimeExpression) -> int:
    expression = doc.char_span(time.begin, time.end, alignment_mode="expand")
    if expression is None:
        return MAX_DISTANCE + 1
    if expression.end <= draft.start:
        between = doc[expression.end : draft.start]
    elif draft.end <= expression.start:
        between = doc[draft.end : expression.start]
    else:
        return 0
    barriers = sum(token.lower_ in BARRIERS for token in between)
    return len(between) + BARRIER_COST * barriers
