"""Who "I" is: inside a quotation, the one who says it. Quotations find their speakers only after the other mentions."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kg.model import FIRST_PERSON, Actor, Mention, Quote


def resolve_first_person(
    actors: Sequence[Actor], mentions: Sequence[Mention], quotes: Sequence[Quote]
) -> tuple[Actor, ...]:
    """The actors, the persons among them with "I", "me" and "my" of their quotations; "we" is not the speaker alone."""
    spoken = [mention for mention in mentions if mention.label == FIRST_PERSON]
    begins = [mention.begin for mention in spoken]
    speakers: dict[int, str] = {}  # place in `spoken` -> actor key
    for quote in sorted(quotes, key=lambda quote: quote.begin - quote.end):  # what a quotation quotes has the last word
        if quote.verbatim and quote.speaker is not None:
            inside = range(bisect_left(begins, quote.begin), bisect_left(begins, quote.end))
            speakers.update(dict.fromkeys(inside, quote.speaker))
    own: dict[str, list[Mention]] = defaultdict(list)
    for place, speaker in speakers.items():
        own[speaker].append(spoken[place])
    return tuple(_with(actor, own[actor.key]) if actor.type == "Person" else actor for actor in actors)


def _with(actor: Actor, more: Sequence[Mention]) -> Actor:
    if not more:
        return actor
    return replace(actor, mentions=tuple(sorted([*actor.mentions, *more], key=lambda m: (m.begin, m.end))))
