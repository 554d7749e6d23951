"""Documents that are a statement as a whole: "Statement by President Biden on …", a signed declaration, a communiqué.

What stands in them outside quotation marks is said by their author, not by the outlet that prints them.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span

from kg.lexicon import read_words
from kg.model import BlockKind, Sentence
from kg.quotes.sources import LIKELY, Attribution, Source, Sources

MIN_WORDS = 4
"""Tokens of a sentence; shorter ones are salutations and list numbers."""

FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me", "ours", "mine", "ourselves", "myself"})
OWN_SHARE = 0.2
"""Sentences with a first-person pronoun outside quotation marks, of all: a third to all in statements, next to none in
news about a statement."""

AUTHOR_CASES = frozenset({"by", "from", "of"})
PROMISING = frozenset({"will", "shall"})
TURNS = re.compile(r"(Q|[A-Z][A-Z .’'-]{2,40}): ?\S")
"""A transcript's sentence with its speaker: "THE PRESIDENT: Thank you". Who speaks then changes line by line."""

MAX_TITLE = 60
"""Tokens of a title that are looked through."""


class AuthoredDocument:
    """An article as somebody's statement."""

    def __init__(
        self,
        doc: Doc,
        sentences: Sequence[Sentence],
        spans: Sequence[Span],
        sources: Sources,
        quoted: Container[int],
    ) -> None:
        self.doc = doc
        self.sentences = sentences
        self.spans = spans
        self.sources = sources
        self.quoted = quoted
        self.body = [i for i, one in enumerate(sentences) if one.kind is BlockKind.PARAGRAPH]

    def find(self) -> Iterator[Attribution]:
        """The author's sentences; of a joint statement without one, what each party says that it will do."""
        named = next((i for i, one in enumerate(self.sentences) if one.kind is BlockKind.TITLE), None)
        noun = self._noun(self.spans[named]) if named is not None else None
        if named is None or noun is None or any(TURNS.match(self.sentences[i].text) for i in self.body):
            return
        author = (self._author(noun, named) or self._signatory()) if self._speaks() else None
        if author is not None:
            yield from (one for i in self.body if (one := self._said(i, author)) is not None)
        elif noun[1] in read_words("utterances.tsv", "parties"):
            yield from (one for i in self.body if (one := self._promised(i, noun)) is not None)

    def _noun(self, title: Span) -> tuple[int, str] | None:
        """The token of the noun that the title calls the document by, with the noun itself."""
        words = [token.lower_ for token in title[:MAX_TITLE]]
        nouns = read_words("utterances.tsv")
        for i, word in enumerate(words):
            pair = f"{words[i - 1]} {word}" if i else word
            if pair in nouns or word in nouns:
                return title.start + i, pair if pair in nouns else word
        return None

    def _speaks(self) -> bool:
        """Whether the document speaks in the first person."""
        own = sum(
            any(t.lower_ in FIRST_PERSON and t.text != "US" and t.i not in self.quoted for t in self.spans[i])
            for i in self.body
        )
        return own > 1 and own >= OWN_SHARE * len(self.body)

    def _author(self, noun: tuple[int, str], title: int) -> Source | None:
        """ "Statement by President Joe Biden on …"; "President Biden’s Statement on …", unless the headline goes on."""
        span = self.spans[title]
        at, word = noun
        for i in range(at + 1, min(at + 3, span.end)):
            if self.doc[i].lower_ in AUTHOR_CASES:
                refs = self.sources.clauses.governed(i, span)
                return self.sources.named(refs[:1], f"{word} {self.doc[i].lower_}", at, title) if refs else None
        possessor = next((child for child in self.doc[at].lefts if child.dep_ == "nmod:poss"), None)
        ref = self.sources.clauses.at.get(possessor.i) if possessor is not None and span.root.i == at else None
        return self.sources.named([ref], word, at, title) if ref is not None else None

    def _signatory(self) -> Source | None:
        """The first name below the text that stands on a line of its own."""
        signed: Source | None = None
        for i in reversed(self.body):
            span = self.spans[i]
            ref = self.sources.clauses.at.get(span.start)
            if ref is not None and ref.end >= span.end:
                source = self.sources.named([ref], "signed", span.start, i)
                person = source is not None and self.sources.types[source.speakers[0]] == "Person"
                signed = source if person else signed
            elif any(token.pos_ in {"VERB", "AUX"} for token in span):
                break
        return signed

    def _said(self, index: int, author: Source) -> Attribution | None:
        span = self.spans[index]
        if index == author.sentence or span.start in self.quoted:
            return None
        if not any(token.pos_ in {"VERB", "AUX"} for token in span):
            return None  # the signatures below
        return self._attribution(index, replace(author, at=span.start))

    def _promised(self, index: int, noun: tuple[int, str]) -> Attribution | None:
        """ "The United States will continue to modify …": the party's own words in a joint statement."""
        span = self.spans[index]
        root = span.root
        if not any(child.dep_ == "aux" and child.lower_ in PROMISING for child in root.lefts):
            return None
        source = self.sources.named(self.sources.clauses.agent(root.i, span), noun[1], root.i, index)
        return self._attribution(index, source) if source is not None else None

    def _attribution(self, index: int, source: Source) -> Attribution | None:
        span = self.spans[index]
        begin, end = span.start, span.end
        while begin < end and (self.doc[begin].is_punct or self.doc[begin].like_num or self.doc[begin].is_space):
            begin += 1  # "1. The United States …"
        while end > begin and (self.doc[end - 1].is_space or self.doc[end - 1].text == "."):
            end -= 1
        if end - begin < MIN_WORDS:
            return None
        return Attribution(
            begin=self.doc[begin].idx,
            end=self.doc[end - 1].idx + len(self.doc[end - 1].text),
            source=replace(source, confidence=LIKELY),
            sentences=tuple(sorted({index, source.sentence})),
            verbatim=False,
        )
