"""The rule-based reader behind its interface: offsets, sentences, tags and names."""

import itertools
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.errors import ReaderError
from kg.model import Block, BlockKind, Document
from kg.reader import annotate, load_reader, sentence_spans, sentences_of
from kg.reader.annotation import LONGEST_SENTENCE

MOST_SECONDS = 20  # for a hostile megabyte, on a slow machine


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_reader()


def document(text: str, clutter: frozenset[int] = frozenset()) -> Document:
    """A document whose blocks are the lines of `text`; `clutter` gives line numbers."""
    blocks, begin = [], 0
    for number, line in enumerate(text.split("\n")):
        if line.strip():
            kind = BlockKind.CLUTTER if number in clutter else BlockKind.PARAGRAPH
            blocks.append(Block(begin=begin, end=begin + len(line), kind=kind))
        begin += len(line) + 1
    return Document(identifier="t", text=text, blocks=tuple(blocks))


# ── the contract ─────────────────────────────────────────────────────────────────────────────────


def check_offsets(article: Document, nlp: Language) -> None:
    doc = annotate(article, nlp)
    assert doc.text == article.text
    sentences, spans = sentences_of(article, doc), sentence_spans(doc)
    assert len(sentences) == len(spans)
    end = 0
    for sentence, span in zip(sentences, spans, strict=True):
        assert article.text[sentence.begin : sentence.end] == sentence.text == sentence.text.strip() != ""
        assert sentence.begin >= end
        end = sentence.end
        block = next(block for block in article.blocks if block.begin <= sentence.begin < block.end)
        assert sentence.end <= block.end
        assert sentence.kind == block.kind != BlockKind.CLUTTER
        assert span.start_char <= sentence.begin
        assert sentence.end <= span.end_char
    for token in doc:
        assert token.pos_
        assert token.lemma_
    for ent in doc.ents:
        assert ent.label_ in {"PER", "ORG", "LOC", "NORP", "MISC"}
        assert "\n" not in ent.text


WORDS = st.sampled_from(
    [
        "Trump",
        "said.",
        "U.S.",
        "“No!”",
        "he",
        "met",
        "al-Assad",
        "…",
        "of",
        "the",
        "Mr.",
        "-",
        "'s",
        "EU",
        "(",
        "2.",
        "👍",
    ]
)
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=80)


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(ANY_TEXT, st.lists(st.one_of(WORDS, st.just("\n"), ANY_TEXT), max_size=25).map(" ".join)))
def test_reader_offsets_are_exact_for_any_text(nlp: Language, text: str) -> None:
    check_offsets(document(text), nlp)


@settings(max_examples=30, deadline=None)
@given(text=ANY_TEXT, cuts=st.lists(st.integers(0, 80), max_size=6))
def test_reader_offsets_are_exact_for_blocks_that_cut_words(nlp: Language, text: str, cuts: list[int]) -> None:
    edges = sorted({cut for cut in cuts if cut <= len(text)})
    kinds = list(BlockKind)
    blocks = tuple(
        Block(begin=begin, end=end, kind=kinds[end % len(kinds)]) for begin, end in itertools.pairwise(edges)
    )
    check_offsets(Document(identifier="t", text=text, blocks=blocks), nlp)


@pytest.mark.parametrize(
    "text", ["", " \n ", "word", "👩‍👩‍👧 ok", "a\u200bb\ufeff", "ALL OF IT IN CAPITALS.", "\u202etxet", "A" * 999]
)
def test_reader_reads_odd_texts(nlp: Language, text: str) -> None:
    check_offsets(document(text), nlp)


@pytest.mark.parametrize("text", ["x" * 1_000_000, "((" * 200_000, "Aa.-" * 100_000, "A b" * 100_000])
def test_reader_time_is_bounded_on_long_runs(nlp: Language, text: str) -> None:
    begin = time.perf_counter()
    assert annotate(document(text), nlp).text == text
    assert time.perf_counter() - begin < MOST_SECONDS


def test_reader_leaves_clutter_out_and_never_crosses_a_block(nlp: Language) -> None:
    article = document("Trump called Putin\nSource link\nThey agreed.", clutter=frozenset({1}))
    doc = annotate(article, nlp)
    assert [sentence.text for sentence in sentences_of(article, doc)] == ["Trump called Putin", "They agreed."]
    assert [span.text for span in sentence_spans(doc)] == ["Trump called Putin", "They agreed."]


def test_reader_is_the_same_in_threads(nlp: Language) -> None:
    articles = [document(f"Envoy number {n} met President Xi Jinping in Paris. They talked.") for n in range(24)]
    alone = [annotate(article, nlp).to_bytes(exclude=["user_data"]) for article in articles]
    with ThreadPoolExecutor(4) as pool:
        together = [doc.to_bytes(exclude=["user_data"]) for doc in pool.map(lambda a: annotate(a, nlp), articles)]
    assert together == alone


def test_reader_of_another_pipeline_is_cut_at_blocks() -> None:
    import spacy

    blank = spacy.blank("en")
    article = document("One line\nAnother. Third")
    assert [s.text for s in sentences_of(article, annotate(article, blank))] == ["One line", "Another. Third"]


def test_reader_unknown_name_is_refused() -> None:
    with pytest.raises(ReaderError, match="newskg_rules"):
        load_reader("no_such_pipeline")


def test_reader_spans_need_an_annotated_doc(nlp: Language) -> None:
    with pytest.raises(ValueError, match="annotate"):
        sentence_spans(nlp("Hello."))


def test_reader_cuts_what_no_full_stop_ends(nlp: Language) -> None:
    words = document("The ministers met in Geneva and " * 200)
    check_offsets(words, nlp)
    doc = annotate(words, nlp)
    assert {len(span) for span in sentence_spans(doc)} == {LONGEST_SENTENCE}
    assert "".join(span.text_with_ws for span in sentence_spans(doc)).strip() == words.text.strip()
