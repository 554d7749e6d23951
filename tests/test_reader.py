"""The reader behind its interface: offsets, sentences, trees, names and roles of any text."""

import itertools
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.errors import ReaderError
from kg.model import Block, BlockKind, Document
from kg.reader import annotate, load_reader, sentence_spans, sentences_of
from kg.reader.labels import Labels
from kg.reader.roles import predicates_of
from kg.reader.surface import LONGEST_SENTENCE
from kg.reader.trained import LABELS_FILE, MODEL

SLOWER = 3  # times that twice the text may take
NOISE = 1.0  # seconds


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
        assert token.dep_ or token.is_space
    for ent in doc.ents:
        assert ent.label_ in {"PER", "ORG", "LOC", "NORP", "EVENT", "MISC"}
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


@pytest.mark.parametrize("text", ["x" * 25_000, "((" * 2_000, "Aa.-" * 1_000, "A b" * 2_000, "Leaders met " * 1_500])
def test_reader_time_grows_with_the_text_whatever_it_holds(nlp: Language, text: str) -> None:
    def seconds(length: int) -> float:
        begin = time.perf_counter()
        assert annotate(document(text * length), nlp).text == text * length
        return time.perf_counter() - begin

    seconds(1)
    assert seconds(4) < SLOWER * seconds(2) + NOISE


def test_reader_reads_a_megabyte_without_a_space(nlp: Language) -> None:
    check_offsets(document("x" * 1_000_000), nlp)


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
    with pytest.raises(ReaderError, match="newskg_reader"):
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


# ── what it finds ────────────────────────────────────────────────────────────────────────────────


def test_reader_finds_trees_lemmas_names_and_roles(nlp: Language) -> None:
    doc = nlp("Kyiv was struck by Russian forces on Friday, said Ukraine's President Volodymyr Zelenskyy.")
    by_text = {token.text: token for token in doc}
    assert by_text["struck"].lemma_ == "strike"
    assert by_text["Kyiv"].dep_ == "nsubj:pass"
    assert by_text["Kyiv"].head.text == "struck"
    assert by_text["said"].lemma_ == "say"
    assert {(ent.text, ent.label_) for ent in doc.ents} == {
        ("Kyiv", "LOC"),
        ("Russian", "NORP"),
        ("Ukraine", "LOC"),
        ("Volodymyr Zelenskyy", "PER"),
    }
    struck = dict(predicates_of(doc))[by_text["struck"].i]
    assert {(doc[word].text, role) for word, role in struck} >= {("forces", "ARG0"), ("Kyiv", "ARG1")}


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Li met Gen. J. Cole on Jan. 5 at 9 a.m. in St. Paul.", "They spoke."],
        ["The U.S. President left.", "He flew home."],
        ["“We will not stop.", "We cannot,” he said.", "Nobody replied."],
        ["“We will not abandon these goals,” Putin told reporters.", "He left."],
    ],
    ids=["abbreviations", "country", "quotation", "comma-and-mark"],
)
def test_reader_parts_sentences(nlp: Language, sentences: list[str]) -> None:
    assert [sent.text.strip() for sent in nlp(" ".join(sentences)).sents] == sentences


def test_reader_makes_one_tree_a_sentence(nlp: Language) -> None:
    doc = nlp("Leaders met. They talked about the war in Gaza, and nobody signed anything!\n\nTalks go on")
    for sent in doc.sents:
        assert [token for token in sent if token.head == token] == [sent.root]
        assert sent.root.dep_ == "root"


def test_reader_is_a_component_of_any_pipeline() -> None:
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("newskg_reader")
    doc = nlp("The minister signed the treaty in Geneva.")
    assert doc.has_annotation("DEP")
    assert [ent.text for ent in doc.ents] == ["Geneva"]


def test_reader_reads_every_word_of_a_long_text(nlp: Language) -> None:
    doc = nlp("The envoys of both sides met again without a result . " * 10_000)
    assert sum(not token.is_space for token in doc) > 100_000
    assert all(token.pos_ and token.dep_ for token in doc)


def test_reader_does_not_depend_on_what_else_is_read(nlp: Language) -> None:
    first, second = "Trump called Putin on Thursday.", "The European Union imposed sanctions on Belarus."
    together, alone = nlp(f"{first}\n\n{second * 40}"), nlp(first)
    assert [(t.text, t.pos_, t.dep_, t.lemma_) for t in alone] == [
        (t.text, t.pos_, t.dep_, t.lemma_) for t in together[: len(alone)]
    ]


def test_reader_refuses_labels_that_are_not_universal(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="Universal Dependencies"):
        load_reader(str(saved_parser(tmp_path, "dobj")))


def test_reader_refuses_a_pipeline_without_trees(tmp_path: Path) -> None:
    import spacy

    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ReaderError, match="no dependency trees"):
        load_reader(str(tmp_path / "blank"))


def test_reader_takes_another_universal_pipeline(tmp_path: Path) -> None:
    relations = Labels.read(MODEL / LABELS_FILE).relations
    assert "nsubj" in relations
    nlp = load_reader(str(saved_parser(tmp_path, *relations)))
    article = document("Trump met Putin. They talked.")
    assert annotate(article, nlp).text == article.text


def saved_parser(folder: Path, *relations: str) -> Path:
    """A spaCy pipeline with an untrained parser that knows some relations."""
    import spacy

    nlp = spacy.blank("en")
    parser = nlp.add_pipe("parser")
    for relation in relations:
        parser.add_label(relation)  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(folder / "saved")
    return folder / "saved"
