"""Mentions as token ranges, with the actors that they stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from kg.model import Actor, Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A mention as token range, with the actors it stands for (two for "both leaders")."""

    start: int
    end: int
    mention: Mention
    actors: tuple[str, ...]


class References:
    """The references of one article, and by token."""

    def __init__(self, doc: Doc, spans: Sequence[Span], actors: Sequence[Actor]) -> None:
        self.doc = doc
        self.spans = spans
        self.references = _references(doc, actors)
        # Where mentions overlap the shorter counts: "Russia" in "Russia's invasion of Ukraine".
        longest_first = sorted(self.references, key=lambda ref: ref.start - ref.end)
        self.at = {i: ref for ref in longest_first for i in range(ref.start, ref.end)}

    def in_sentence(self, sentence: int) -> Iterator[Reference]:
        """References of a sentence in text order."""
        span = self.spans[sentence]
        return (ref for ref in self.references if span.start <= ref.start < span.end)


def span_of(doc: Doc, begin: int, end: int) -> Span:
    """The tokens that the characters `begin:end` touch; ValueError where the text has none there."""
    span = doc.char_span(begin, end, alignment_mode="expand")
    if span is None:
        raise ValueError(f"no tokens at characters {begin} to {end} of {len(doc.text)}")
    return span


def _references(doc: Doc, actors: Sequence[Actor]) -> list[Reference]:
    """One reference a mention; names of a post's country ("Russian President") stand for nobody themselves.

    "Iran's president" begins where its country does and stands for the president.
    """
    bodies = {m.body for actor in actors for m in actor.mentions if m.body is not None}
    by_place: dict[tuple[int, int], list[tuple[Mention, str]]] = {}
    for actor in actors:
        for mention in actor.mentions:
            by_place.setdefault((mention.begin, mention.end), []).append((mention, actor.key))
    ends = {mention.begin: mention.end for actor in actors for mention in actor.mentions}
    references = []
    for (begin, end), found in sorted(by_place.items()):
        mention = found[0][0]
        if mention.body is not None and end < mention.body <= end + len(" of the "):
            end = ends.get(mention.body, end)  # "President Sánchez of Spain" is one phrase
        if begin in bodies and mention.body != begin:
            continue  # "Iran's president" begins where the name of his country does
        span = span_of(doc, mention.lead if mention.lead is not None else begin, end)
        keys = tuple(dict.fromkeys(key for _, key in found))
        references.append(Reference(start=span.start, end=span.end, mention=mention, actors=keys))
    return references
