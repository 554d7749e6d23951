"""In which call or meeting something was said, and of which events it tells."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.model import HAPPENED, ActorRef, EventMention, Quote

IN_CONVERSATION = frozenset({"PhoneCall", "Meeting", "Negotiation"})


def place_in_events(quotes: Sequence[Quote], events: Sequence[EventMention]) -> tuple[Quote, ...]:
    """Quotes with `said_in`, the call or meeting that their sentence tells of and their speaker took part in.

    And with `events`: those that a trigger inside the quote names.
    """
    triggers = sorted((begin, event.id) for event in events for begin, _ in event.triggers)
    begins = [begin for begin, _ in triggers]
    by_sentence = defaultdict[int, list[EventMention]](list)
    for event in events:
        told = {a.value for a in event.assertions if a.property == "status"}
        if event.type in IN_CONVERSATION and told & HAPPENED:
            for sentence in dict.fromkeys(event.sentences):
                by_sentence[sentence].append(event)
    return tuple(
        replace(
            quote,
            said_in=_conversation(quote, by_sentence),
            events=tuple(
                dict.fromkeys(
                    id for _, id in triggers[bisect_left(begins, quote.begin) : bisect_left(begins, quote.end)]
                )
            ),
        )
        for quote in quotes
    )


def _conversation(quote: Quote, events: Mapping[int, Sequence[EventMention]]) -> str | None:
    if quote.speaker is None:
        return None
    speaker = ActorRef(key=quote.speaker)
    for sentence in quote.sentences:
        for event in events.get(sentence, ()):
            if any(a.property == "participant" and a.value == speaker for a in event.assertions):
                return event.id
    return None
