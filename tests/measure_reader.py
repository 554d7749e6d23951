"""Measure the reader against the treebanks beside the project.

    python tests/measure_reader.py --data ../shared/data [--gold ../shared/eval/dev] [--reader newskg_rules]

Sentences: boundaries on raw text (paragraphs joined by an empty line). Tags and lemmas: gold tokens and sentences.
Names: exact spans on UNER English EWT dev, gold tokens; UNER's PER, ORG, LOC are ours, its OTH and our MISC and NORP
are left out. Names of articles: share of gold entity names (name or alias) that are covered by an entity of ours.
"""

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.reader import load_reader
from kg.reader.treebank import GoldSentence, read_sentences

SETS = {
    "EWT dev": ("ud/ewt/en_ewt-ud-dev.conllu",),
    "GUM news dev": ("ud/gum/dev/GUM_news_homeopathic.conllu", "ud/gum/dev/GUM_news_iodine.conllu"),
}


def f1(right: int, found: int, gold: int) -> float:
    """Harmonic mean of precision and recall, in per cent."""
    return 200 * right / (found + gold) if found + gold else 0.0


def raw_text(sentences: Iterable[GoldSentence]) -> tuple[str, list[int]]:
    """Rebuild the text of a treebank file and the character offset at which each sentence ends."""
    text, ends, spaceless = "", list[int](), True
    for sentence in sentences:
        if sentence.paragraph and text:
            text += "\n\n"
        elif not spaceless:
            text += " "
        text += sentence.text
        ends.append(len(text))
        spaceless = not sentence.tokens[-1].space_after
    return text, ends


def show_errors(text: str, wrong: Iterable[int], label: str, most: int) -> None:
    for end in sorted(wrong)[:most]:
        print(f"  {label}: …{text[max(0, end - 50) : end]!r} | {text[end : end + 40]!r}")


def measure_sentences(nlp: Language, data: Path, errors: int) -> None:
    for name, paths in SETS.items():
        right = found = total = 0
        for path in paths:
            text, gold = raw_text(read_sentences(data / path))
            ends = {span.text.rstrip() and span.start_char + len(span.text.rstrip()) for span in nlp(text).sents}
            right, found, total = right + len(ends & set(gold)), found + len(ends), total + len(gold)
            show_errors(text, ends - set(gold), "split", errors)
            show_errors(text, set(gold) - ends, "joined", errors)
        print(f"sentences {name}: F1 {f1(right, found, total):.2f} (found {found}, gold {total}, right {right})")


def gold_doc(nlp: Language, forms: list[str], spaces: list[bool], starts: list[bool]) -> Doc:
    """A Doc with gold tokens and sentences."""
    return Doc(nlp.vocab, words=forms, spaces=spaces, sent_starts=starts)


def measure_tags(nlp: Language, data: Path, errors: int) -> None:
    for name, paths in SETS.items():
        total = tags = lemmas = verbs = verb_forms = 0
        wrong: Counter[str] = Counter()
        for path in paths:
            sentences = tuple(read_sentences(data / path))
            tokens = [token for sentence in sentences for token in sentence.tokens]
            starts = [index == 0 for sentence in sentences for index in range(len(sentence.tokens))]
            doc = gold_doc(nlp, [token.form for token in tokens], [token.space_after for token in tokens], starts)
            for _, component in nlp.pipeline:
                doc = component(doc)
            for token, gold in zip(doc, tokens, strict=True):
                total += 1
                tags += token.pos_ == gold.upos
                lemmas += token.lemma_ == gold.lemma
                if token.pos_ != gold.upos:
                    wrong[f"{gold.form} {gold.upos}→{token.pos_}"] += 1
                elif token.lemma_ != gold.lemma:
                    wrong[f"{gold.form} {gold.upos} {gold.lemma}→{token.lemma_}"] += 1
                if gold.upos == "VERB" == token.pos_:
                    verbs += 1
                    form = token.morph.to_dict()
                    verb_forms += all(form.get(key) == gold.features.get(key) for key in ("Tense", "VerbForm"))
        print(f"tags {name}: UPOS {100 * tags / total:.2f}, lemma {100 * lemmas / total:.2f} of {total} tokens; "
              f"Tense and VerbForm of verbs {100 * verb_forms / verbs:.2f}")
        for error, count in wrong.most_common(errors):
            print(f"  {count:4} {error}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--reader", default="newskg_rules")
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each kind")
    arguments = parser.parse_args()
    nlp = load_reader(arguments.reader)
    measure_sentences(nlp, arguments.data, arguments.errors)
    measure_tags(nlp, arguments.data, arguments.errors)


if __name__ == "__main__":
    main()
