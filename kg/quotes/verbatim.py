"""Direct quotations and their sources: by the tree, by what stands beside the marks, by the line before, by turn."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from spacy.tokens import Doc, Span, Token

from kg.clauses import Reference
from kg.model import Sentence
from kg.quotation import CLOSING, DOUBLED, OPENING, STRAIGHT, is_we, quotation_spans
from kg.quotes.cues import Cue, Kind, cue_at
from kg.quotes.sources import TURN, Attribution, Source, Sources

MIN_WORDS = 4
"""Words of a quotation; shorter ones are scare quotes ("root causes") unless a cue stands right beside them."""

MIN_SPOKEN = 2
"""Words of a quotation with its own punctuation and a cue right beside it: “We will,” he said."""

AFTER, BEFORE = 24, 40
"""Tokens from the marks to the cue, for appositions: “…,” Flynn, a former head of the agency who …, said."""

NEAR = 4
"""Tokens from the marks to a verb that introduces them whatever it is: Trump boasted, “…”."""

NAME_REACH = 14
"""Tokens from a cue to the name after it: “…,” said Kremlin aide Yuri Ushakov."""

MAX_GAP = 200
"""Characters between two quotations of one turn."""

ASIDE = 40
"""Characters of a sentence between two quotations that ends no turn: "He paused."."""

MARKS = OPENING + CLOSING + STRAIGHT
DASHES = frozenset({"―", "—", "–", "-", "--"})
SPOKEN_END = ",.?!…"
MINE = frozenset({"i", "my"})
RELATIVES = frozenset({"who", "which", "that"})
CONTENT_WORDS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})


class Quotations:
    """The direct quotations of one article."""

    def __init__(self, doc: Doc, sentences: Sequence[Sentence], spans: Sequence[Span], sources: Sources) -> None:
        self.doc = doc
        self.text = doc.text  # put together once: spaCy does it anew at each access
        self.sentences = sentences
        self.spans = spans
        self.sources = sources
        self.offsets = [token.idx for token in doc]
        self.begins = [sentence.begin for sentence in sentences]
        self.ends = [sentence.end for sentence in sentences]
        self.marked = tuple(quotation_spans(self.text, sentences))
        self.quoted = {i for begin, end in self.marked for i in range(self._token_at(begin), self._token_at(end))}
        free = (ref for ref in sources.clauses.references if ref.start not in self.quoted)
        self.references = sorted(free, key=lambda ref: ref.start)
        self.starts = [ref.start for ref in self.references]
        self.introducing = dict[int, Source | None]()

    def find(self) -> Iterator[Attribution]:
        """In text order; a quotation without a source in the article is left out."""
        previous: Source | None = None
        last_end = 0
        for begin, end in self.marked:
            inside = self._sentences_of(begin, end)
            words = len(self.text[begin:end].split())
            short = words < MIN_WORDS
            if not inside or words < MIN_SPOKEN or (short and not self._spoken(begin, end)) or self._title(begin, end):
                continue
            source, somebody = self._source(begin, end, inside, previous, near=short)
            if (
                source is None
                and not somebody
                and not short
                and previous
                and self._continues(last_end, begin, previous.sentence)
            ):
                source = replace(previous, confidence=TURN)
            if source is not None:
                last_end = end
                where = tuple(sorted({*inside, source.sentence}))
                yield Attribution(begin=begin, end=end, source=source, sentences=where, verbatim=True)
            signed = source is not None and source.cue in DASHES
            previous = None if somebody or signed else source or previous

    def blocks(self) -> Iterator[Attribution]:
        """Paragraphs without marks behind a colon, in which somebody speaks: "The minister said:" "I welcome …"."""
        spoken_until = 0
        for index in range(1, len(self.sentences)):
            if index < spoken_until or not self._opens_line(index) or not self.sentences[index - 1].text.endswith(":"):
                continue
            stop = index
            while stop < len(self.sentences) and (end := self._spoken_line(stop)) > stop:
                stop = end
            source = self._introduced(index) if stop > index else None
            if source is not None:
                spoken_until = stop
                begin, end = self.begins[index], self.ends[stop - 1]
                where = (source.sentence, *range(index, stop))
                yield Attribution(begin=begin, end=end, source=source, sentences=where, verbatim=True)

    def _opens_line(self, index: int) -> bool:
        return index == 0 or "\n" in self.text[self.ends[index - 1] : self.begins[index]]

    def _spoken_line(self, index: int) -> int:
        """The sentence behind a line without marks that says "I" or "we"; `index` itself where it does not."""
        stop = index + 1
        while stop < len(self.sentences) and not self._opens_line(stop):
            stop += 1
        words = self.doc[self.spans[index].start : self.spans[stop - 1].end]
        marked = any(_is_mark(token) for token in words)
        own = any(is_we(token) or token.lower_ in MINE for token in words)
        return stop if own and not marked else index

    def _source(
        self, begin: int, end: int, inside: Sequence[int], previous: Source | None, *, near: bool
    ) -> tuple[Source | None, bool]:
        """By what stands around the marks, and whether that is somebody who is no actor ("the narrator says, “…”").

        `near` is for quotations too short to be told from scare quotes unless a cue stands right beside them.
        """
        after = partial(self._after, end, inside[-1], previous)
        before = partial(self._before, begin, inside[0], previous, NEAR if near else BEFORE)
        introduced = self._leading(begin) in {",", ":"}  # X said, “…”
        if not introduced and self._reported(begin, inside[0]) and (source := before()[0]) is not None:
            return source, False
        for way in (before, after) if introduced else (after, before):
            source, somebody = way()
            if source is not None or somebody:
                return source, somebody
        if self._leading(begin) == ":" and (source := self._announced(begin, inside[0])) is not None:
            return source, False
        return self._signed(end) or (None if near else self._introduced(inside[0])), False

    def _reported(self, begin: int, index: int) -> bool:
        """Whether a verb of saying before the marks governs what they hold: X said Y had “…” and accused Z of “…”."""
        start, span = self._token_at(begin), self.spans[index]
        if start >= span.end:
            return False
        above = (token for token in (self.doc[start], *self.doc[start].ancestors) if token.i < start)
        return any(cue is not None and cue.kind not in {Kind.LEADS, Kind.QUOTE} for cue in map(cue_at, above))

    def _spoken(self, begin: int, end: int) -> bool:
        """Whether punctuation inside the marks, or a comma or colon before them, makes words a quotation."""
        inside = self.text[end - 1 : end + 1].rstrip(MARKS)[-1:]
        return (inside != "" and inside in SPOKEN_END) or self._leading(begin) in {",", ":"}

    def _leading(self, begin: int) -> str:
        """The character before the opening mark."""
        return self.text[max(0, begin - 4) : begin].rstrip(MARKS + "'’‘` ")[-1:]

    def _title(self, begin: int, end: int) -> bool:
        """Whether it is the name of a book, a show or a section: "State of the Union"."""
        tokens = self.doc[self._token_at(begin) : self._token_at(end)]
        words = [token for token in tokens[1:] if token.pos_ in CONTENT_WORDS]
        return bool(words) and all(word.text[0].isupper() for word in words) and not tokens.text.isupper()

    # ── after the marks ──────────────────────────────────────────────────────────────────────────

    def _after(self, end: int, index: int, previous: Source | None) -> tuple[Source | None, bool]:
        """ "…," said X / X said / Ushakov quoted him as saying; also in a sentence of its own: "…?" X asked."""
        span = self.spans[index]
        start = self._behind(end, span.end)
        if start >= span.end and self._asks_on(end, index):
            index += 1
            span = self.spans[index]
            start = span.start
        for i in range(start, min(span.end, start + AFTER)):
            token = self.doc[i]
            if _is_mark(token) or i in self.quoted or (token.pos_ == "SCONJ" and token.dep_ != "case"):
                break
            source = self.sources.according_to(i, index)
            if source is not None:
                return source, False
            cue = cue_at(token)
            if cue is not None and cue.kind is not Kind.LEADS:
                if i > start and self.doc[i - 1].pos_ == "PRON" and i - 1 not in self.sources.clauses.at:
                    return self._by_turn(self.doc[i - 1], previous), True
                source = self._speaker_beside(cue, start, index)
                return source, source is None
        return None, False

    def _by_turn(self, pronoun: Token, previous: Source | None) -> Source | None:
        """ "He added" after what a person said, "it added" after what a body did."""
        if previous is None:
            return None
        person = self.sources.types[previous.speakers[0]] == "Person"
        fits = person == (pronoun.lower_ in {"he", "she"}) and pronoun.lower_ in {"he", "she", "it"}
        return replace(previous, confidence=TURN) if fits else None

    def _asks_on(self, end: int, index: int) -> bool:
        """Whether the next sentence only tells who asked or shouted: it has a cue without a content of its own."""
        if index + 1 >= len(self.spans) or "\n" in self.text[end : self.begins[index + 1]]:
            return False
        following = self.spans[index + 1]
        asked = self.text[end - 1] in "?!…" or self.text[end : end + 1] == "," or following[0].text[0].islower()
        own = any(child.dep_ in {"ccomp", "xcomp", "obj"} for child in following.root.children)
        return asked and cue_at(following.root) is not None and not own

    def _speaker_beside(self, cue: Cue, start: int, index: int) -> Source | None:
        """By the tree where it leads to somebody outside the marks, else the first named before or after the cue."""
        source = self.sources.of_verb(cue, index)
        if source is not None:
            return source
        i = cue.verb.i
        before = self._named_in(start, i)
        if before:
            return self.sources.named(before[:1], cue.text, i, index)
        after = self._named_in(i + 1, min(i + 1 + NAME_REACH, self.spans[index].end))
        return self.sources.named(self._named_first(after), cue.text, i, index) if after else None

    def _named_first(self, references: Sequence[Reference]) -> Sequence[Reference]:
        """ "said Kremlin aide Yuri Ushakov": the person, when the words lead up to one."""
        types = self.sources.types
        people = (ref for ref in references[:2] if len(ref.actors) == 1 and types[ref.actors[0]] == "Person")
        return [next(people, references[0])]

    def _signed(self, end: int) -> Source | None:
        """ "…" ― Carla Sanchez: a name after a dash that ends its line."""
        i = self._behind(end, len(self.doc))
        dash = i - 1
        ref = self.sources.clauses.at.get(i)
        if (
            ref is None
            or dash < 0
            or self.doc[dash].text not in DASHES
            or self.sources.types[ref.actors[0]] != "Person"
        ):
            return None
        following = self.doc[ref.end].text if ref.end < len(self.doc) else "\n"
        if "\n" in self.text[end : self.offsets[i]] or not (following.isspace() or following in {".", ","}):
            return None
        return self.sources.named([ref], self.doc[dash].text, dash, min(ref.mention.sentence, len(self.spans) - 1))

    def _behind(self, end: int, stop: int) -> int:
        """The first token after the marks that is no punctuation."""
        i = self._token_at(end)
        while i < stop and (self.doc[i].is_punct or self.doc[i].text in DASHES):
            i += 1
        return i

    # ── before the marks ─────────────────────────────────────────────────────────────────────────

    def _before(self, begin: int, index: int, previous: Source | None, reach: int) -> tuple[Source | None, bool]:
        """X said: "…" / X stated that issues should be handled through "…" / According to X, "…"."""
        span = self.spans[index]
        stop = min(self._token_at(begin), span.end)
        for i in range(stop - 1, max(span.start, stop - reach) - 1, -1):
            if i in self.quoted:
                continue  # a verb inside another quotation introduces nothing
            source = self.sources.according_to(i, index)
            beside = i >= stop - NEAR and self.doc[i + 1].text in {",", ":"}
            cue = cue_at(self.doc[i]) or (Cue.of_any(self.doc[i]) if beside else None)
            if source is None and cue is not None and cue.kind is not Kind.LEADS:
                source = self.sources.of_verb(cue, index)
                subject = next((child for child in cue.verb.lefts if child.dep_ == "nsubj"), None)
                if source is None and subject is not None and subject.lower_ not in RELATIVES:
                    return self._by_turn(subject, previous), True
            if source is not None:
                return source, False
        return None, False

    def _introduced(self, index: int) -> Source | None:
        """The sentence before ends in a colon: "Trump acknowledged the lack of progress:"."""
        if index == 0 or not self.sentences[index - 1].text.endswith(":"):
            return None
        if index not in self.introducing:
            self.introducing[index] = self._introducer(index - 1)
        return self.introducing[index]

    def _announced(self, begin: int, index: int) -> Source | None:
        """Who is named before a colon without a verb of saying: Netanyahu: “…”, Macron's answer: “…”."""
        span = self.spans[index]
        end = min(self._token_at(begin), span.end)
        own = any(token.lower_ in {"i", "we"} for token in self.doc[span.start : end])  # "I had to say: “…”"
        return None if own else self._introducer(index, end)

    def _introducer(self, index: int, end: int | None = None) -> Source | None:
        span = self.spans[index] if end is None else self.doc[self.spans[index].start : end]
        for token in span:
            cue = Cue.of_any(token)
            if cue is not None and (found := self.sources.of_verb(cue, index)):
                return found
        types = self.sources.types
        people = [ref for ref in self._named_in(span.start, span.end) if types[ref.actors[0]] == "Person"]
        return self.sources.named(people[-1:], ":", span.end - 1, index) if people else None

    def _continues(self, last_end: int, begin: int, said: int) -> bool:
        """Whether no sentence but that with the cue stands between two quotations: same paragraph, or the next."""
        if begin - last_end >= MAX_GAP or self.text.count("\n\n", last_end, begin) > 1:
            return False
        between = range(bisect_left(self.begins, last_end), bisect_right(self.ends, begin))
        return all(self.ends[i] - self.begins[i] < ASIDE or i == said for i in between)

    # ── places ───────────────────────────────────────────────────────────────────────────────────

    def _named_in(self, start: int, end: int) -> list[Reference]:
        """The references outside quotation marks that begin at these tokens."""
        return self.references[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _token_at(self, offset: int) -> int:
        """The first token that begins at the offset or after it."""
        return bisect_left(self.offsets, offset)

    def _sentences_of(self, begin: int, end: int) -> tuple[int, ...]:
        return tuple(range(bisect_right(self.ends, begin), bisect_left(self.begins, end)))


def _is_mark(token: Token) -> bool:
    return token.text in MARKS or token.text in DOUBLED
