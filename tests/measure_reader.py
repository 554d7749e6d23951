"""Measure the reader against the treebanks beside the project.

    python tests/measure_reader.py --data ../shared/data [--gold ../shared/eval/dev] [--reader newskg_rules]

Sentences: boundaries on raw text (paragraphs joined by an empty line). Tags and lemmas: gold tokens and
gold sentence starts (the reader may add more).
Names: exact spans on UNER English EWT dev, gold tokens; UNER's PER, ORG, LOC are ours, its OTH and our MISC and NORP
are left out. Names of articles: share of gold entity names (name or alias) that are covered by an entity of ours.
"""

import argparse
import itertools
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from kg.reader import load_reader
from kg.reader.treebank import GoldSentence, read_names, read_sentences

SETS = {
    "EWT dev": ("ud/ewt/en_ewt-ud-dev.conllu",),
    "GUM news dev": ("ud/gum/dev/GUM_news_homeopathic.conllu", "ud/gum/dev/GUM_news_iodine.conllu"),
}
LABELS = ("PER", "ORG", "LOC")
SPEED_ROUNDS = 6
"""Times that the articles are read to measure speed; the first is not counted."""


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
            ends = {span.start_char + len(span.text.rstrip()) for span in nlp(text).sents if span.text.strip()}
            right, found, total = right + len(ends & set(gold)), found + len(ends), total + len(gold)
            show_errors(text, ends - set(gold), "split", errors)
            show_errors(text, set(gold) - ends, "joined", errors)
        print(f"sentences {name}: F1 {f1(right, found, total):.2f} (found {found}, gold {total}, right {right})")


def gold_doc(nlp: Language, forms: list[str], spaces: list[bool], starts: list[bool]) -> Doc:
    """A Doc with gold tokens and sentences."""
    return Doc(nlp.vocab, words=forms, spaces=spaces, sent_starts=[int(start) for start in starts])


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
        print(
            f"tags {name}: UPOS {100 * tags / total:.2f}, lemma {100 * lemmas / total:.2f} of {total} tokens; "
            f"Tense and VerbForm of verbs {100 * verb_forms / verbs:.2f}"
        )
        for error, count in wrong.most_common(errors):
            print(f"  {count:4} {error}")


def iob_spans(tags: tuple[str, ...], shift: int) -> Iterator[tuple[int, int, str]]:
    """Spans (begin, end, label) of IOB2 tags, token numbers raised by `shift`."""
    begin, label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        if label and not tag.startswith("I-"):
            yield begin + shift, index + shift, label
            label = ""
        if tag.startswith("B-"):
            begin, label = index, tag[2:]


def uner_docs(nlp: Language, path: Path) -> Iterator[tuple[Doc, set[tuple[int, int, str]]]]:
    """A Doc for each document of a UNER file, read by `nlp`, and its gold spans."""
    sentences = list(read_names(path))
    edges = [index for index, sentence in enumerate(sentences) if sentence.document or not index] + [len(sentences)]
    for first, last in itertools.pairwise(edges):
        forms, spaces, starts = list[str](), list[bool](), list[bool]()
        gold = set[tuple[int, int, str]]()
        for sentence in sentences[first:last]:
            gold.update(iob_spans(sentence.tags, len(forms)))
            place = 0
            for index, word in enumerate(sentence.forms):
                place = sentence.text.find(word, place) + len(word)
                ends = index + 1 == len(sentence.forms)
                spaces.append(ends or sentence.text[place : place + 1].isspace())
                starts.append(index == 0)
            forms.extend(sentence.forms)
        doc = gold_doc(nlp, forms, spaces, starts)
        for _, component in nlp.pipeline:
            doc = component(doc)
        yield doc, gold


def measure_names(nlp: Language, data: Path, errors: int) -> None:
    counts = {label: [0, 0, 0] for label in LABELS}
    bare = total = 0
    for doc, gold in uner_docs(nlp, data / "uner" / "en_ewt-ud-dev.iob2"):
        found = {(ent.start, ent.end, ent.label_) for ent in doc.ents}
        for label in LABELS:
            mine, theirs = ({span for span in spans if span[2] == label} for spans in (found, gold))
            for index, number in enumerate((len(mine & theirs), len(mine), len(theirs))):
                counts[label][index] += number
        typed = {span for span in gold if span[2] in LABELS}
        total += len(typed)
        bare += len({span[:2] for span in typed} & {span[:2] for span in found})
        if errors:
            show_names("missed", sorted(typed - found), found, doc)
            show_names("wrong", sorted(span for span in found - gold if span[2] in LABELS), gold, doc)
    for label, (right, mine_count, gold_count) in counts.items():
        score = f1(right, mine_count, gold_count)
        print(f"names UNER dev {label}: F1 {score:.2f} (found {mine_count}, gold {gold_count})")
    right, mine_count, gold_count = (sum(count[index] for count in counts.values()) for index in range(3))
    print(
        f"names UNER dev PER/ORG/LOC: F1 {f1(right, mine_count, gold_count):.2f} "
        f"(P {100 * right / mine_count:.2f}, R {100 * right / gold_count:.2f}); "
        f"found with any label: {100 * bare / total:.2f}"
    )


def show_names(what: str, spans: list[tuple[int, int, str]], others: set[tuple[int, int, str]], doc: Doc) -> None:
    for begin, end, label in spans:
        around = f"{doc[max(0, begin - 4) : begin].text} [{doc[begin:end].text}] {doc[end : end + 3].text}"
        over = [(doc[first:last].text, name) for first, last, name in others if first < end and begin < last]
        print(f"  {what} {label}: {around!r} {over}")


def covered(names: set[str], found: list[tuple[str, str]]) -> bool:
    bare = {name.removeprefix("The ").removeprefix("the ") for name in names}
    return any(text.removeprefix("The ") in bare for text, _ in found)


def measure_articles(nlp: Language, folder: Path, errors: int) -> None:
    total = hits = named = 0
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / "articles" / f"{path.stem}.txt").read_text(encoding="utf-8").split("---\n", 2)[-1]
        found = [(ent.text, ent.label_) for ent in nlp(text).ents]
        for entity in gold["entities"]:
            names = {entity["name"], *entity["aliases"]}
            if not any(name in text and any(map(str.isupper, name)) for name in names):
                continue
            total += 1
            hit = covered(names, found)
            hits += hit
            named += entity["name"] not in text or covered({entity["name"]}, found)
            if not hit and errors:
                near = [(text, label) for text, label in found if any(text in name or name in text for name in names)]
                print(f"  {path.stem} missed {sorted(names)}: {near[:4]}")
    print(
        f"names of dev articles: {hits} of {total} gold entities with a capitalised name are found by some name "
        f"({100 * hits / total:.1f} %), {100 * named / total:.1f} % by the full name where the text has it"
    )


def measure_speed(nlp: Language, folder: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((folder / "articles").glob("*.txt"))]
    docs = [nlp.make_doc(text) for text in texts * SPEED_ROUNDS]
    components = [component for _, component in nlp.pipeline]
    for doc in docs[: len(texts)]:
        nlp(doc)
    begin = time.process_time()
    for doc in docs[len(texts) :]:
        for component in components:
            component(doc)
    words = sum(len(doc) for doc in docs[len(texts) :])
    print(f"speed: {words / (time.process_time() - begin):,.0f} tokens a second, without the tokenizer, tables loaded")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--gold", type=Path, help="annotated articles: names and speed")
    parser.add_argument("--reader", default="newskg_rules")
    parser.add_argument("--errors", type=int, default=0, help="show so many errors of each kind")
    arguments = parser.parse_args()
    nlp = load_reader(arguments.reader)
    measure_sentences(nlp, arguments.data, arguments.errors)
    measure_tags(nlp, arguments.data, arguments.errors)
    measure_names(nlp, arguments.data, arguments.errors)
    if arguments.gold:
        measure_articles(nlp, arguments.gold, arguments.errors)
        measure_speed(nlp, arguments.gold)


if __name__ == "__main__":
    main()
