"""Whom "we" stands for: the country of the leader who says it, or the body that does.

"We have agreed with Egypt", says the American president, and "our deals with Albania" are Britain's in its prime
minister's mouth. True enough for who takes part in an event; too bold for counting mentions, so it is known here alone.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

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
    spoken = [token for token in doc if token.lower_ in WE and token.text != ABBREVIATED]
    offsets, begins = [token.idx for token in spoken], [sentence.begin for sentence in sentences]
    said: dict[int, str] = {}  # place in `spoken` -> actor key
    for quote in sorted(quotes, key=lambda quote: quote.begin - quote.end):  # the innermost has the last word
        meant = _stands_for(quote.speaker, types, lands)
        if meant is not None:
            inside = range(bisect_left(offsets, quote.begin), bisect_left(offsets, quote.end))
            said.update(dict.fromkeys(inside, meant))
    own: dict[str, list[Mention]] = defaultdict(list)
    for place, meant in said.items():
        own[meant].append(_mention(spoken[place], bisect_right(begins, offsets[place]) - 1))
    return tuple(replace(one, mentions=_merged(one, own[one.key])) if one.key in own else one for one in actors)


def _mention(token: Token, sentence: int) -> Mention:
    end = token.idx + len(token.text)
    kind = MentionKind.PRONOUN
    return Mention(begin=token.idx, end=end, text=token.text, kind=kind, label="plural", sentence=sentence)


def _stands_for(speaker: str | None, types: Mapping[str, str], lands: Mapping[str, str]) -> str | None:
    if speaker is None:
        return None
    acts = types[speaker] == "Country" or types[speaker].endswith(BODIES)
    return speaker if acts else lands.get(speaker)


def _merged(actor: Actor, more: Sequence[Mention]) -> tuple[Mention, ...]:
    return tuple(sorted((*actor.mentions, *more), key=lambda mention: (mention.begin, mention.end)))
