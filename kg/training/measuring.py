"""What the exported model can do, measured through the reader that users have.

Measures from raw text follow the CoNLL 2018 shared task (https://universaldependencies.org/conll18/evaluation.html):
F1 over what is aligned by its characters; relations without subtypes. Words inside the treebanks' multi-word tokens
are aligned by their own characters.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Token

from kg.knowledge import KnowledgeBase
from kg.reader.trained import VOCABULARY_FILE
from kg.reader.wordpieces import WordPieces
from kg.training.corpora import read_current_events
from kg.training.evaluation import Counts, evaluate, load_model, packed
from kg.training.preparation import measured_sets, tokenizer
from kg.training.sentences import Annotated
from kg.training.treebanks import Sentence, by_document, raw_text, read_treebank, treebank_files

Read = Callable[[str], Doc]
"""From a text to its annotations."""


def measure_gold_words(model: Path, data: Path, splits: Sequence[str] = ("dev", "test")) -> dict[str, dict[str, float]]:
    """Measures of each set with gold words and sentences; names and roles where the set has them."""
    sets = {name: sentences for split in splits for name, sentences in measured_sets(data, split).items()}
    return measure_sets(model, sets)


def measure_sets(model: Path, sets: dict[str, list[Annotated]]) -> dict[str, dict[str, float]]:
    """Measures of the model in a folder on annotated sentences, by set."""
    pieces = WordPieces(model / VOCABULARY_FILE)
    loaded = load_model(model, pieces)
    return {name: evaluate(packed(sentences, pieces), loaded) for name, sentences in sets.items()}


def measure_silver_names(model: Path, data: Path) -> dict[str, float]:
    """Names on the current-events days that were kept from training; unlinked capitalized words do not count."""
    items = list(read_current_events(data / "current-events", KnowledgeBase.load(), tokenizer(), held_out=True))
    return measure_sets(model, {"held out": items})["held out"]


def measure_raw_text(read: Read, data: Path, split: str) -> dict[str, dict[str, float]]:
    """CoNLL 2018 measures of each treebank of a split, read by `read` document by document."""
    measures = dict[str, dict[str, float]]()
    for name, paths in treebank_files(data, split).items():
        news = [path for path in paths if "_news_" in path.name]
        for label, some in ((f"{name} {split}", paths), (f"{name} {split} news", news)):
            if some:
                documents = (
                    document
                    for path in some
                    for document in by_document(read_treebank(path), lambda sentence: sentence)
                )
                measures[label] = _raw_measures(read, documents)
    return measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A document as sets to compare; spans are offsets in the text without white space."""

    sentences: set[tuple[int, int]]
    words: dict[tuple[int, int], tuple[str, str, tuple[int, int] | None, str]]
    """Span → UPOS, lemma, span of the head (None: root), universal relation."""


def _raw_measures(read: Read, documents: Iterable[list[Sentence]]) -> dict[str, float]:
    names = ("sentences", "words", "UPOS", "lemmas", "UAS", "LAS")
    counts = {name: Counts() for name in names}
    for sentences in documents:
        text, begins = raw_text(sentences)
        squeezed = _squeezed(text)
        gold, found = _gold_reading(sentences, begins, squeezed), _found_reading(read(text), squeezed)
        counts["sentences"].add(found.sentences, gold.sentences)
        counts["words"].add(set(found.words), set(gold.words))
        both = gold.words.keys() & found.words.keys()
        agreeing = {
            "UPOS": sum(gold.words[span][0] == found.words[span][0] for span in both),
            "lemmas": sum(gold.words[span][1] == found.words[span][1] for span in both),
            "UAS": sum(gold.words[span][2] == found.words[span][2] for span in both),
            "LAS": sum(gold.words[span][2:] == found.words[span][2:] for span in both),
        }
        for name, right in agreeing.items():
            counts[name].right += right
            counts[name].found += len(found.words)
            counts[name].gold += len(gold.words)
    return {name: counts[name].f1 for name in names}


def _squeezed(text: str) -> list[int]:
    """For each offset, and the end, how many characters before it are no white space."""
    places, count = [0], 0
    for char in text:
        count += not char.isspace()
        places.append(count)
    return places


def _gold_reading(sentences: Sequence[Sentence], begins: Sequence[int], places: Sequence[int]) -> Reading:
    words = dict[tuple[int, int], tuple[str, str, tuple[int, int] | None, str]]()
    for sentence, begin in zip(sentences, begins, strict=True):
        spans = [(places[begin + word.begin], places[begin + word.end]) for word in sentence.words]
        for word, span in zip(sentence.words, spans, strict=True):
            head = spans[word.head] if word.head >= 0 else None
            words[span] = (word.upos, word.lemma, head, word.relation.split(":")[0])
    ends = (begin + len(sentence.text) for sentence, begin in zip(sentences, begins, strict=True))
    return Reading(
        sentences={(places[begin], places[end]) for begin, end in zip(begins, ends, strict=True)}, words=words
    )


def _found_reading(doc: Doc, places: Sequence[int]) -> Reading:
    def span(token: Token) -> tuple[int, int]:
        return places[token.idx], places[token.idx + len(token)]

    words = {
        span(token): (
            token.pos_,
            token.lemma_,
            span(token.head) if token.head != token else None,
            token.dep_.split(":")[0],
        )
        for token in doc
        if not token.is_space
    }
    sentences = {(places[sent.start_char], places[sent.end_char]) for sent in doc.sents if sent.text.strip()}
    return Reading(sentences=sentences, words=words)
