"""From a `Document` to a spaCy `Doc` and its sentences, whatever pipeline does the reading.

The `Doc` holds the document's text exactly. A pipeline sees which tokens must open a sentence (the first of every
block and of every line); what it adds is cut again at blocks, so no pipeline can join two of them.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.defaults import DEFAULT_READER
from kg.errors import ReaderError
from kg.model import Block, BlockKind, Document, Sentence
from kg.reader.surface import LONGEST_SENTENCE, breaks_line
from kg.reader.words import UNBOUNDED, load_tokenizer

TREE_PIPES = ("parser", "experimental_biaffine_parser", "trainable_parser")
"""Names of spaCy components that make dependency trees."""

UNIVERSAL_RELATIONS = frozenset(
    {
        *("acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp"),
        *("clf", "compound", "conj", "cop", "csubj", "dep", "det", "discourse", "dislocated"),
        *("expl", "fixed", "flat", "goeswith", "iobj", "list", "mark", "nmod", "nsubj"),
        *("nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp"),
    }
)
"""https://universaldependencies.org/u/dep/, without subtypes."""

USER_KEY = "newskg"
"""Where an annotated `Doc` keeps its `Layout` (`doc.user_data`)."""

LONGEST_RUN = 400
"""Characters without a white space that the tokenizer gets at once: its time grows with the square of this."""

LONG_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1}}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What `sentences_of` and `sentence_spans` agree on: for each sentence its token range and offsets."""

    tokens: tuple[tuple[int, int], ...]
    offsets: tuple[tuple[int, int], ...]
    kinds: tuple[BlockKind, ...]


def load_reader(name: str = DEFAULT_READER) -> Language:
    """Return the pipeline `name`: our reader, or an installed spaCy package (or a folder that holds one).

    Raises:
        ReaderError: nothing of that name is installed, or its trees are not Universal Dependencies.
    """
    if name == DEFAULT_READER:
        nlp = load_tokenizer()
        nlp.add_pipe(name)
        return nlp
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise ReaderError(name, f"no such spaCy pipeline is installed; use {DEFAULT_READER!r}") from error
    relations = {label.split(":")[0].lower() for pipe in TREE_PIPES for label in nlp.pipe_labels.get(pipe, ())}
    if not relations:
        raise ReaderError(name, f"it makes no dependency trees (no {' or '.join(TREE_PIPES)}); use {DEFAULT_READER!r}")
    strange = sorted(relations - UNIVERSAL_RELATIONS)
    if strange:
        reason = f"its labels are not Universal Dependencies ({', '.join(strange[:3])}, …); use {DEFAULT_READER!r}"
        raise ReaderError(name, reason)
    nlp.max_length = UNBOUNDED
    return nlp


def annotate(document: Document, nlp: Language) -> Doc:
    """Read `document` with `nlp`. `doc.text == document.text`; sentences never cross a block or a line."""
    doc = _tokenize(document.text, nlp)
    for index in _forced_starts(doc, document.blocks):
        doc[index].is_sent_start = True
    if len(doc):
        doc = nlp(doc)
    doc.user_data[USER_KEY] = _layout(doc, document)
    return doc


def sentences_of(document: Document, doc: Doc) -> tuple[Sentence, ...]:
    """Return the sentences of all blocks but clutter, in order; `doc` comes from `annotate(document, …)`."""
    layout = _layout_of(doc)
    return tuple(
        Sentence(begin=begin, end=end, text=document.text[begin:end], kind=kind)
        for (begin, end), kind in zip(layout.offsets, layout.kinds, strict=True)
    )


def sentence_spans(doc: Doc) -> tuple[Span, ...]:
    """Return the token span of every sentence, aligned with `sentences_of`."""
    return tuple(doc[begin:end] for begin, end in _layout_of(doc).tokens)


def _layout_of(doc: Doc) -> Layout:
    layout = doc.user_data.get(USER_KEY)
    if not isinstance(layout, Layout):
        raise ValueError("this Doc does not come from kg.reader.annotate")
    return layout


def _tokenize(text: str, nlp: Language) -> Doc:
    """Tokenize `text` in time linear in its length, whatever it holds."""
    if LONG_RUN.search(text) is None:
        return nlp.make_doc(text)
    words, spaces = list[str](), list[bool]()
    for piece in _pieces(text):
        for token in nlp.make_doc(piece):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _pieces(text: str) -> Iterator[str]:
    """Cut `text` inside runs without white space, so that none is longer than `LONGEST_RUN`."""
    begin = 0
    while (run := LONG_RUN.search(text, begin)) is not None:
        cut = run.start() + LONGEST_RUN
        yield text[begin:cut]
        begin = cut
    if begin < len(text):
        yield text[begin:]


def _forced_starts(doc: Doc, blocks: tuple[Block, ...]) -> tuple[int, ...]:
    """Indices of the tokens that open a block, a line, or what follows a block."""
    edges = sorted({edge for block in blocks for edge in (block.begin, block.end)})
    starts, fresh, next_edge = list[int](), True, 0
    for token in doc:
        while next_edge < len(edges) and edges[next_edge] <= token.idx:
            next_edge += 1
            fresh = True
        if token.is_space:
            fresh = fresh or breaks_line(token.text)
        elif fresh:
            starts.append(token.i)
            fresh = False
    return tuple(starts)


def _layout(doc: Doc, document: Document) -> Layout:
    starts = {0, *_forced_starts(doc, document.blocks), *(token.i for token in doc if token.is_sent_start)}
    edges = _cut_long([*sorted(starts), len(doc)])
    tokens, offsets, kinds = list[tuple[int, int]](), list[tuple[int, int]](), list[BlockKind]()
    blocks = iter(document.blocks)
    block = next(blocks, None)
    for first, last in itertools.pairwise(edges):
        first, last = _without_space(doc, first, last)
        if first == last:
            continue
        while block is not None and block.end <= doc[first].idx:
            block = next(blocks, None)
        if block is None or block.kind is BlockKind.CLUTTER:
            continue
        begin = max(doc[first].idx, block.begin)
        end = min(doc[last - 1].idx + len(doc[last - 1]), block.end)
        begin, end = _trimmed(document.text, begin, end)
        if begin < end:
            tokens.append((first, last))
            offsets.append((begin, end))
            kinds.append(block.kind)
    return Layout(tokens=tuple(tokens), offsets=tuple(offsets), kinds=tuple(kinds))


def _cut_long(edges: list[int]) -> list[int]:
    """The edges of sentences with further ones where two are more than `LONGEST_SENTENCE` tokens apart."""
    pieces = (range(first, last, LONGEST_SENTENCE) for first, last in itertools.pairwise(edges))
    return [*itertools.chain.from_iterable(pieces), edges[-1]]


def _without_space(doc: Doc, first: int, last: int) -> tuple[int, int]:
    while first < last and doc[first].is_space:
        first += 1
    while first < last and doc[last - 1].is_space:
        last -= 1
    return first, last


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    return begin, end
