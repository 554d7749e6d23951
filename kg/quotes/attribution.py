"""Who said what: direct quotations and reported speech, with source, cue and content.

Sources are found along trees, by adjacency of a speech verb and its subject, by "according to", by the paragraph that
introduces a block quotation, and by turn, after Pareti (2015), "Attribution: a computational approach".
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from kg.model import Actor, Quote, Sentence
from kg.quotes.authored import AuthoredDocument
from kg.quotes.reported import ReportedSpeech
from kg.quotes.sources import MEDIA, Attribution, Sources
from kg.quotes.verbatim import Quotations

COVERED = 0.6
"""Share of a reported statement that quotations hold already."""

NESTED = 8
"""Statements inside each other that are looked through for who relays the innermost."""


def attribute_quotes(
    doc: Doc, sentences: Sequence[Sentence], spans: Sequence[Span], actors: Sequence[Actor]
) -> tuple[Quote, ...]:
    """Direct and indirect statements in text order; a statement without a source in the article is left out."""
    sources = Sources(doc, spans, actors)
    quotations = Quotations(doc, sentences, spans, sources)
    direct = [*quotations.find(), *quotations.blocks()]
    covered = _Covering(quotations.marked)
    reported = [one for one in ReportedSpeech(doc, spans, sources).find() if covered.share(one) <= COVERED]
    authored = AuthoredDocument(doc, sentences, spans, sources, quotations.quoted).find()
    names = _Names(actors)
    found = _nested(doc, [*direct, *reported, *authored], sources.types)
    quotes = (quote for one in found for quote in _quotes(quotations.text, one, names))
    return tuple(sorted(quotes, key=lambda quote: (quote.begin, quote.end)))


def claims_of(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Those whose speaker claims what they tell."""
    return tuple(quote for quote in quotes if quote.claimed)


def _nested(doc: Doc, found: Sequence[Attribution], types: Mapping[str, str]) -> Iterator[Attribution]:
    """With who relays what stands inside somebody else's statement; without what its own speaker says around it.

    "The Kremlin said Putin reiterated …" is what Putin said, relayed by the Kremlin. A paper of which no more is told
    than that it passes on what somebody says ("according to ABC News, Basya believes …") states nothing itself.
    """
    contents = sorted((one for one in found if not one.verbatim), key=lambda one: (one.begin, -one.end))
    begun, around = 0, list[Attribution]()
    kept = dict[Attribution, Attribution]()
    acts = dict[Attribution, str]()
    for one in sorted(found, key=lambda one: (one.source.at, one.begin)):
        cue = doc[one.source.at]
        while begun < len(contents) and contents[begun].begin <= cue.idx:
            around.append(contents[begun])
            begun += 1
        around = [outer for outer in around[-NESTED:] if outer.end > cue.idx]
        outer = next((outer for outer in reversed(around) if outer is not one), None)
        kept[one] = one
        if outer is not None and set(outer.source.speakers) == set(one.source.speakers):
            if not one.verbatim:
                del kept[one]
                if one.source.act is not None and doc[outer.source.at] in {cue.head, *cue.children}:
                    acts.setdefault(outer, one.source.act)  # "it had refused to meet him, X said" refuses
        elif outer is not None:
            relay = one.source.relayed_by or outer.source.speakers[0]
            kept[one] = replace(one, source=replace(one.source, relayed_by=relay))
            inner = cue.head.i != cue.i and outer.begin <= cue.head.idx < outer.end
            if types[outer.source.speakers[0]] == MEDIA and not inner:
                kept.pop(outer, None)
    for first, one in kept.items():
        act = one.source.act or acts.get(first)
        yield replace(one, source=replace(one.source, act=act)) if act is not None else one


class _Covering:
    """How much of a stretch of text stands in quotation marks."""

    def __init__(self, marked: Sequence[tuple[int, int]]) -> None:
        self.marked = marked
        self.ends = [end for _, end in marked]

    def share(self, one: Attribution) -> float:
        total, i = 0, bisect_left(self.ends, one.begin)
        while i < len(self.marked) and self.marked[i][0] < one.end:
            total += min(one.end, self.marked[i][1]) - max(one.begin, self.marked[i][0])
            i += 1
        return total / (one.end - one.begin)


class _Names:
    """The actors whose mentions begin in a stretch of text."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        places = sorted((mention.begin, actor.key) for actor in actors for mention in actor.mentions)
        self.begins = [begin for begin, _ in places]
        self.keys = [key for _, key in places]

    def inside(self, begin: int, end: int) -> set[str]:
        return set(self.keys[bisect_left(self.begins, begin) : bisect_left(self.begins, end)])


def _quotes(text: str, one: Attribution, names: _Names) -> Iterator[Quote]:
    """One for each of those who say it together."""
    about = names.inside(one.begin, one.end)
    for speaker in one.source.speakers:
        yield Quote(
            begin=one.begin,
            end=one.end,
            text=text[one.begin : one.end],
            verbatim=one.verbatim,
            claimed=one.claimed,
            sentences=one.sentences,
            speaker=speaker,
            relayed_by=one.source.relayed_by,
            addressee=one.source.addressee,
            cue=one.source.cue,
            act=one.source.act,
            about=tuple(sorted(about - {speaker})),
            confidence=one.source.confidence,
        )
