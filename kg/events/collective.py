"""Whom "we" stands for: the country of the leader who says it, or the body that does.

"We have agreed with Egypt", says the American president, and "our deals with Albania" are Britain's in its prime
minister's mouth. True enough for who takes part in an event; too bold for counting mentions, so it is known here alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.model import Actor, Mention, MentionKind, Quote, Sentence

WE = frozenset({"we", "us", "our"})
ABBREVIATED = "US"
BODIES = "Organization"


def with_collective(
    doc: Doc,
    sentences: Sequence[Sentence],
    actors: Sequence[Actor],
    quotes: Sequence[Quote],
    lands: Mapping[str, str],
) -> tuple[Actor, ...]:
    """The actors with "we", "us" and "our" of the statements of those who speak for them."""
    types = {actor.key: actor.type for actor in actors}
    said: dict[int, str] = {}  # offset of "we" -> actor key
    spoken = [token for token in doc if token.lower_ in WE and token.text != ABBREVIATED]
    for quote in sorted(quotes, key=lambda quote: quote.begin - quote.end):  # the innermost has the last word
        meant = _stands_for(quote.speaker, types, lands)
        if meant is not None:
            said.update((token.idx, meant) for token in spoken if quote.begin <= token.idx < quote.end)
    own: dict[str, list[Mention]] = defaultdict(list)
    for token in spoken:
        index = next((i for i, one in enumerate(sentences) if one.begin <= token.idx < one.end), None)
        if token.idx in said and index is not None:
            own[said[token.idx]].append(
                Mention(
                    begin=token.idx,
                    end=token.idx + len(token.text),
                    text=token.text,
                    kind=MentionKind.PRONOUN,
                    label="plural",
                    sentence=index,
                )
            )
    return tuple(replace(one, mentions=_merged(one, own[one.key])) if one.key in own else one for one in actors)


def _stands_for(speaker: str | None, types: Mapping[str, str], lands: Mapping[str, str]) -> str | None:
    if speaker is None:
        return None
    acts = types[speaker] == "Country" or types[speaker].endswith(BODIES)
    return speaker if acts else lands.get(speaker)


def _merged(actor: Actor, more: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted((*actor.mentions, *more), key=lambda mention: (mention.begin, mention.end)))
