"""Who said what: direct quotations and reported speech, with source, cue and content.

Sources are found by adjacency of a speech verb and its subject, by "according to", by the paragraph that introduces a
block quotation, and by turn, after Pareti (2015), "Attribution: a computational approach".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Span, Token

from kg.clauses import Clauses, Reference
from kg.lexicon import read_rows
from kg.model import HAPPENED, NOT_ACTING, Actor, ActorRef, EventMention, Quote, Sentence
from kg.quotation import CLOSING, OPENING, STRAIGHT, quotation_spans

MIN_WORDS = 4  # shorter quotations are scare quotes ("root causes")
COVERED = 0.6  # share of an indirect statement that a quotation holds already
CUE_REACH = 14  # tokens between a quotation and its speech verb
IN_CONVERSATION = frozenset({"PhoneCall", "Meeting", "Negotiation"})
DIRECT_CONFIDENCE, TURN_CONFIDENCE, INDIRECT_CONFIDENCE = 0.9, 0.6, 0.75


def attribute_quotes(
    doc: Doc, sentences: Sequence[Sentence], spans: Sequence[Span], actors: Sequence[Actor]
) -> tuple[Quote, ...]:
    """Direct and indirect statements in text order; a statement without a source in the article is left out."""
    finder = _Finder(doc, sentences, spans, actors)
    direct = list(finder.direct())
    taken = [(quote.begin, quote.end) for quote in direct]
    indirect = [quote for quote in finder.indirect() if not any(_covered(quote, span) for span in taken)]
    return tuple(sorted([*direct, *indirect], key=lambda quote: (quote.begin, quote.end)))


def place_in_events(quotes: Sequence[Quote], events: Sequence[EventMention]) -> tuple[Quote, ...]:
    """Quotes with `said_in`: the call or meeting that their sentence tells of and their speaker took part in."""
    return tuple(replace(quote, said_in=_conversation(quote, events)) for quote in quotes)


def _conversation(quote: Quote, events: Sequence[EventMention]) -> str | None:
    for event in events:
        told = {a.value for a in event.assertions if a.property == "status"}
        if event.type not in IN_CONVERSATION or not told & HAPPENED:
            continue
        actors = {a.value for a in event.assertions if a.property == "participant"}
        if (
            quote.speaker is not None
            and ActorRef(key=quote.speaker) in actors
            and set(quote.sentences) & set(event.sentences)
        ):
            return event.id
    return None


def _covered(quote: Quote, span: tuple[int, int]) -> bool:
    """Whether an indirect statement is no more than a quotation that is there already."""
    overlap = min(quote.end, span[1]) - max(quote.begin, span[0])
    return overlap > COVERED * (quote.end - quote.begin)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    speaker: str
    cue: str
    sentence: int
    relayed_by: str | None = None
    confidence: float = DIRECT_CONFIDENCE


class _Finder:
    def __init__(self, doc: Doc, sentences: Sequence[Sentence], spans: Sequence[Span], actors: Sequence[Actor]) -> None:
        self.doc = doc
        self.text = doc.text  # put together once: spaCy does it anew at each access
        self.quotations = tuple(quotation_spans(self.text, sentences))
        self.sentences = sentences
        self.spans = spans
        self.actors = actors
        self.types = {actor.key: actor.type for actor in actors}
        self.clauses = Clauses(doc, spans, actors)

    # ── direct ───────────────────────────────────────────────────────────────────────────────────

    def direct(self) -> Iterator[Quote]:
        """Quotations of four words or more, each with its source where one is told."""
        previous: _Source | None = None
        last_end = 0
        for begin, end in self.quotations:
            inside = self._sentences_of(begin, end)
            if not inside or len(self.text[begin:end].split()) < MIN_WORDS:
                continue
            source = self._after(end, inside[-1], previous)
            source = source or self._before(begin, inside[0]) or self._introduced(inside[0])
            if source is None and previous is not None and self._continues(last_end, begin):
                source = replace(previous, confidence=TURN_CONFIDENCE)
            if source is not None:
                previous, last_end = source, end
                yield self._quote(begin, end, source, inside, verbatim=True)

    def _after(self, end: int, index: int, previous: _Source | None) -> _Source | None:
        """ "…," said X / X said / Ushakov quoted him as saying."""
        span = self.spans[index]
        start = next((t.i for t in span if t.idx >= end), span.end)
        while start < span.end and self.doc[start].is_punct:
            start += 1
        for i in range(start, min(span.end, start + CUE_REACH)):
            token = self.doc[i]
            if token.text in OPENING + STRAIGHT:
                break
            if token.lower_ == "according" and i + 1 < span.end and self.doc[i + 1].lower_ == "to":
                return self._source_of(self.clauses.governed_by(i + 1, span), "according to", index)
            if _kind(token) is not None:
                if self.doc[i - 1].pos_ == "PRON" and i > start and i - 1 not in self.clauses.at:
                    return replace(previous, confidence=TURN_CONFIDENCE) if previous else None  # "it added"
                return self._speaker_beside(i, start, index)
        return None

    def _speaker_beside(self, i: int, start: int, index: int) -> _Source | None:
        cue = self.doc[i].text
        before = [ref for ref in self.clauses.in_sentence(index) if start <= ref.start < i]
        if self.doc[i].lemma_ in {"quote", "cite"}:
            after = [ref for ref in self.clauses.in_sentence(index) if ref.start > i]
            if before and after:
                source = self._source_of(after[0].actors, cue, index)
                return replace(source, relayed_by=before[-1].actors[0]) if source else None
        if before:
            return self._source_of(before[0].actors, cue, index)
        after = [ref for ref in self.clauses.in_sentence(index) if i < ref.start <= i + CUE_REACH]
        return self._source_of(self._named_first(after), cue, index) if after else None

    def _named_first(self, references: Sequence[Reference]) -> tuple[str, ...]:
        """ "said Kremlin aide Yuri Ushakov": the person, when the words lead up to one."""
        for ref in references[:2]:
            if len(ref.actors) == 1 and self.types[ref.actors[0]] == "Person":
                return ref.actors
        return references[0].actors

    def _before(self, begin: int, index: int) -> _Source | None:
        """X said: "…" / X stated that issues should be handled through "…" / According to X, "…"."""
        span = self.spans[index]
        stop = next((t.i for t in span if t.idx >= begin), span.end)
        for i in range(stop - 1, span.start - 1, -1):
            token = self.doc[i]
            if any(first <= token.idx < last for first, last in self.quotations):
                continue  # a verb inside another quotation introduces nothing
            if token.lower_ == "according" and i + 1 < span.end and self.doc[i + 1].lower_ == "to":
                return self._source_of(self.clauses.governed_by(i + 1, span), "according to", index)
            if _kind(token) is not None:
                source = self._subject_source(i, index)
                if source is not None:
                    return source
        return None

    def _introduced(self, index: int) -> _Source | None:
        """The sentence before ends in a colon: "Trump acknowledged the lack of progress:"."""
        if index == 0 or not self.sentences[index - 1].text.endswith(":"):
            return None
        span = self.spans[index - 1]
        for token in span:
            if token.pos_ == "VERB" and (found := self._subject_source(token.i, index - 1)):
                return found
        people = [ref for ref in self.clauses.in_sentence(index - 1) if self.types[ref.actors[0]] == "Person"]
        return self._source_of(people[-1].actors, ":", index - 1) if people else None

    def _continues(self, last_end: int, begin: int) -> bool:
        """Whether nobody else gets a word between two quotations: same paragraph, or directly the next."""
        gap = self.text[last_end:begin]
        return gap.count("\n\n") <= 1 and len(gap) < 200 and not re.search(r"[.!?]\s+\w[^“\"]{40,}", gap)

    # ── indirect ─────────────────────────────────────────────────────────────────────────────────

    def indirect(self) -> Iterator[Quote]:
        """Reported speech: "X said (that) …", "…, X said", "according to X, …"; inside another's it is relayed."""
        for index, span in enumerate(self.spans):
            found: list[Quote] = []
            for i in range(span.start, span.end):
                token = self.doc[i]
                if token.lower_ == "according" and i + 1 < span.end and self.doc[i + 1].lower_ == "to":
                    found.extend(self._according(i, span, index))
                elif _kind(token) is not None:
                    found.extend(self._reported(i, span, index))
            yield from (self._relayed(quote, found) for quote in found)

    def _relayed(self, quote: Quote, others: Sequence[Quote]) -> Quote:
        """ "The Kremlin said Putin reiterated …": what Putin said, relayed by the Kremlin."""
        outer = [
            other
            for other in others
            if other is not quote and other.begin <= quote.begin and quote.end <= other.end
            if other.speaker != quote.speaker
        ]
        innermost = min(outer, key=lambda other: other.end - other.begin, default=None)
        return quote if innermost is None else replace(quote, relayed_by=innermost.speaker)

    def _reported(self, i: int, span: Span, index: int) -> Iterator[Quote]:
        kind = _kind(self.doc[i])
        if self.doc[i].lower_.endswith("ed") and i > span.start and self.doc[i - 1].pos_ in {"CCONJ", "DET", "ADJ"}:
            return  # an adjective: "and claimed threats"
        source = self._subject_source(i, index)
        if source is None or kind == "quote":
            return
        start = i + 1
        that = next(
            (j for j in range(start, min(span.end, start + 8)) if self.doc[j].lower_ in {"that", "how", "whether"}),
            None,
        )
        if that is not None and not any(self.doc[j].pos_ == "VERB" for j in range(start, that)):
            start = that + 1
        elif (kind == "that" and not self._opens_clause(start, span)) or (
            kind == "request" and not self._asks(i, span)
        ):
            return
        if start < span.end and self.doc[start].text in {",", "."}:
            yield from self._content_before(i, span, index, source)
            return
        yield from self._content(start, self._before_tail(start, span), index, source)

    def _opens_clause(self, start: int, span: Span) -> bool:
        """ "North Korea stated it would attack": a pronoun and its verb need no "that"."""
        if start >= span.end or self.doc[start].pos_ != "PRON":
            return False
        return any(self.doc[j].pos_ in {"AUX", "VERB"} for j in range(start + 1, min(span.end, start + 3)))

    def _asks(self, i: int, span: Span) -> bool:
        """ "asked the governments not to turn away boats"."""
        return any(self.doc[j].lower_ == "to" for j in range(i + 2, min(span.end, i + CUE_REACH)))

    def _before_tail(self, start: int, span: Span) -> int:
        """Where a closing attribution begins: ", the Kremlin said." belongs to nobody's content."""
        last = next((j for j in range(span.end - 1, start, -1) if not self.doc[j].is_punct), span.end - 1)
        if _kind(self.doc[last]) != "clause":
            return span.end
        comma = next((j for j in range(last, start, -1) if self.doc[j].text == ","), None)
        return span.end if comma is None else comma

    def _content_before(self, i: int, span: Span, index: int, source: _Source) -> Iterator[Quote]:
        """ "The talks will resume, Lavrov said." """
        comma = next((j for j in range(i, span.start, -1) if self.doc[j].text == ","), None)
        if comma is not None and not any(self.doc[j].text in CLOSING + STRAIGHT for j in range(span.start, comma + 2)):
            yield from self._content(span.start, comma, index, source)

    def _according(self, i: int, span: Span, index: int) -> Iterator[Quote]:
        source = self._source_of(self.clauses.governed_by(i + 1, span), "according to", index)
        if source is None:
            return
        source = replace(source, confidence=INDIRECT_CONFIDENCE)
        if i - span.start > MIN_WORDS:
            end = i - 1 if self.doc[i - 1].text == "," else i
            yield from self._content(span.start, end, index, source)
        else:
            comma = next((j for j in range(i, span.end) if self.doc[j].text == ","), None)
            if comma is not None:
                yield from self._content(comma + 1, span.end, index, source)

    def _content(self, start: int, end: int, index: int, source: _Source) -> Iterator[Quote]:
        while end > start and (self.doc[end - 1].is_space or self.doc[end - 1].text in {".", ",", ";"}):
            end -= 1
        if end - start < MIN_WORDS:
            return
        begin, stop = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1].text)
        source = replace(source, confidence=min(source.confidence, INDIRECT_CONFIDENCE))
        yield self._quote(begin, stop, source, (index,), verbatim=False)

    # ── both ─────────────────────────────────────────────────────────────────────────────────────

    def _subject_source(self, i: int, index: int) -> _Source | None:
        group = self.clauses.subject(i, self.spans[index])
        return self._source_of(group[-1].actors, self.doc[i].text, index) if group else None

    def _source_of(self, actors: Sequence[str], cue: str, index: int) -> _Source | None:
        speaking = [actor for actor in actors if self.types[actor] not in NOT_ACTING]
        return _Source(speaker=speaking[0], cue=cue, sentence=index) if speaking else None

    def _sentences_of(self, begin: int, end: int) -> tuple[int, ...]:
        return tuple(i for i, s in enumerate(self.sentences) if s.begin < end and begin < s.end)

    def _quote(self, begin: int, end: int, source: _Source, inside: tuple[int, ...], *, verbatim: bool) -> Quote:
        about = {
            actor.key
            for actor in self.actors
            for mention in actor.mentions
            if begin <= mention.begin < end and actor.key != source.speaker
        }
        return Quote(
            begin=begin,
            end=end,
            text=self.text[begin:end],
            verbatim=verbatim,
            sentences=tuple(sorted({*inside, source.sentence})),
            speaker=source.speaker,
            relayed_by=source.relayed_by,
            cue=source.cue,
            about=tuple(sorted(about)),
            confidence=source.confidence,
        )


@cache
def _verbs() -> dict[str, str]:
    return {row[0]: row[1] for row in read_rows("speech_verbs.tsv")}


def _kind(token: Token) -> str | None:
    """How the verb introduces speech, also with its particle ("point out"); None when it does not."""
    if token.pos_ not in {"VERB", "AUX"}:
        return None
    particle = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return _verbs().get(f"{token.lemma_} {particle}") or _verbs().get(token.lemma_)
