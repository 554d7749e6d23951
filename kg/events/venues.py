"""Places of what comes of a visit or a meeting: "arrived in Ottawa. He met Carney", "flew to Doha for talks".

Who goes somewhere meets those whom he meets there, as long as the text goes on telling of it: in the same clause, or in
main clauses in the past right behind, on no other day. What those who met then agree on is agreed where they met.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.clauses import has_case
from kg.events.draft import Draft
from kg.events.telling import telling_verb, tells_past
from kg.model import Status

HELD = frozenset({"Meeting", "Negotiation"})
MADE = HELD | {"Agreement"}
REACH = 2  # sentences behind the one that names the place
PURPOSES = frozenset({"advcl", "xcomp", "acl", "conj"})


def carry_places(doc: Doc, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Drafts with such places; those that have one keep it."""
    placed: list[Draft] = []
    latest: Draft | None = None  # the last visit or meeting with a place
    for draft in drafts:
        unplaced = draft.type in MADE and draft.place is None and not draft.anaphor
        if latest is not None and unplaced and _comes_of(doc, draft, latest):
            here = replace(draft, place=latest.place, place_type=latest.place_type)
        else:
            here = draft
        placed.append(here)
        if here.place is not None and here.type in HELD | {"Visit"}:
            latest = here
    return tuple(placed)


def _comes_of(doc: Doc, draft: Draft, host: Draft) -> bool:
    trigger, over = doc[draft.start : draft.end].root, doc[host.start : host.end].root
    if host.type == "Visit":
        if draft.sentence == host.sentence:
            return _is_purpose(trigger, over)
        goes = draft.type != "Agreement" and bool(draft.actors() & host.actors("agent"))
    else:
        goes = draft.type == "Agreement" and bool(draft.actors()) and draft.actors() <= host.actors()
    verb = telling_verb(trigger)
    told = verb is not None and tells_past(verb) and draft.status is host.status is Status.OCCURRED
    near = 0 < draft.sentence - host.sentence <= REACH
    return goes and told and near and (draft.date is None or draft.date == host.date)


def _is_purpose(trigger: Token, visit: Token) -> bool:
    """ "Flew to Doha for talks", "travelled to Paris to meet Macron", "arrived in Kyiv and met Zelenskyy"."""
    meeting = telling_verb(trigger) if trigger.pos_ == "NOUN" and not has_case(trigger, {"for"}) else trigger
    if meeting is None or meeting.head != visit or meeting.i < visit.i:
        return False
    return meeting.dep_ in PURPOSES or (meeting.dep_ == "obl" and has_case(meeting, {"for"}))
