"""Whom "we" stands for: the country of the leader who says it, or the body that does.

"We have agreed with Egypt", says the American president, and "our deals with Albania" are Britain's in its prime
minister's mouth. True enough for who takes part in an event; too bold for counting mentions, so it is known here alone.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from spacy.tokens import Doc, Token

from kg.model import Actor, Mention, MentionKind, Quote, Sentence
from kg.quotation import is_we, speakers_at

BODIES = "Organization"


def with_collective(
    doc: Doc,
    sentences: Sequence[Sentence],
    actors: Sequence[Actor],
    quotes: Sequence[Quote],
    lands: Mapping[str, str],
) -> tuple[Actor, ...]:
    """The actors with "we", "us" and "our" of the statements of those who speak for them."""
    spoken = [token for token in doc if is_we(token)]
    offsets, begins = [token.idx for token in spoken], [sentence.begin for sentence in sentences]
    meant = {actor.key: one for actor in actors if (one := _stands_for(actor, lands)) is not None}
    own: dict[str, list[Mention]] = defaultdict(list)
    for place, speaker in speakers_at(offsets, (quote for quote in quotes if quote.speaker in meant)).items():
        own[meant[speaker]].append(_mention(spoken[place], bisect_right(begins, offsets[place]) - 1))
    return tuple(one.with_mentions(own[one.key]) if one.key in own else one for one in actors)


def _mention(token: Token, sentence: int) -> Mention:
    end = token.idx + len(token.text)
    kind = MentionKind.PRONOUN
    return Mention(begin=token.idx, end=end, text=token.text, kind=kind, label="plural", sentence=sentence)


def _stands_for(speaker: Actor, lands: Mapping[str, str]) -> str | None:
    acts = speaker.type == "Country" or speaker.type.endswith(BODIES)
    return speaker.key if acts else lands.get(speaker.key)
