"""Who "I" is: inside a quotation, the one who says it. Quotations find their speakers only after the other mentions."""

from collections import defaultdict
from collections.abc import Sequence

from kg.model import FIRST_PERSON, Actor, Mention, Quote
from kg.quotation import speakers_at


def resolve_first_person(
    actors: Sequence[Actor], mentions: Sequence[Mention], quotes: Sequence[Quote]
) -> tuple[Actor, ...]:
    """The actors, the persons among them with "I", "me" and "my" of their quotations; "we" is not the speaker alone."""
    spoken = [mention for mention in mentions if mention.label == FIRST_PERSON]
    verbatim = (quote for quote in quotes if quote.verbatim)
    own: dict[str, list[Mention]] = defaultdict(list)
    for place, speaker in speakers_at([mention.begin for mention in spoken], verbatim).items():
        own[speaker].append(spoken[place])
    return tuple(one.with_mentions(own[one.key]) if one.type == "Person" and one.key in own else one for one in actors)
