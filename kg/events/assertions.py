"""One event of an article from the drafts that tell of it: what each sentence says of it, and how sure that is."""

from collections.abc import Iterator, Set

from kg.events.draft import PAIR, Draft, Group
from kg.model import ActorRef, Assertion, DateRange, EventMention, Value

CONFIDENCE = {"role": 0.8, "anaphor": 0.6, "status": 0.8, "date": 0.85, "place": 0.75, "attribute": 0.8}
EVENT_CONFIDENCE = 0.75
REPEATED_BONUS = 0.05  # a further sentence about the same event
MAX_CONFIDENCE = 0.95


def event_of(number: int, group: Group) -> EventMention:
    """What one event's drafts say together, each with its sentence."""
    sentences = tuple(dict.fromkeys(draft.sentence for draft in group))
    parties = frozenset(actor for draft in group if not draft.anaphor for actor in draft.actors("participant"))
    return EventMention(
        id=f"e{number}",
        type=group[0].type,
        triggers=tuple((draft.begin_char, draft.end_char) for draft in group),
        words=tuple(sorted({draft.lemma for draft in group})),
        sentences=sentences,
        assertions=tuple(
            assertion for draft in group for assertion in _assertions(draft, parties, first=draft is group[0])
        ),
        confidence=min(MAX_CONFIDENCE, EVENT_CONFIDENCE + REPEATED_BONUS * (len(sentences) - 1)),
    )


def _assertions(draft: Draft, parties: Set[str], *, first: bool) -> Iterator[Assertion]:
    def assertion(name: str, value: Value, confidence: float) -> Assertion:
        return Assertion(
            property=name,
            value=value,
            sentence=draft.sentence,
            confidence=confidence,
            attributed_to=draft.attributed_to,
        )

    role_confidence = CONFIDENCE["anaphor" if draft.anaphor else "role"]
    for role, actor in draft.roles:
        if draft.anaphor and len(parties) >= PAIR and actor not in parties:
            continue  # "the conversation with …" names the same two, or somebody whom it was about
        yield assertion(role, ActorRef(key=actor), role_confidence)
    # A word that points back says nothing new about whether the event happened.
    if not draft.anaphor or first:
        yield assertion("status", draft.status, CONFIDENCE["status"])
    if isinstance(draft.date, DateRange):
        yield assertion("date", draft.date, CONFIDENCE["date"])
    if draft.place is not None:
        yield assertion("place", ActorRef(key=draft.place), CONFIDENCE["place"])
    for name, value in draft.attributes:
        yield assertion(name, value, CONFIDENCE["attribute"])
