"""Make the tagger's tables from the treebanks' training parts.

    python -m kg.reader.compile_tagger --data ../shared/data

Writes `tag_lexicon.tsv`, `tag_classes.tsv`, `tag_endings.tsv`, `tag_rules.tsv` and `lemmas.tsv` into `words/`.
The rules are learned as in Brill 1995: the transformation that mends most errors first, again and again.
"""

import argparse
import logging
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.reader import lexicon, morphology, tagging, wordlists
from kg.reader.capitals import openings
from kg.reader.tagset import TAG_ID, TAGS, rule_tag
from kg.reader.treebank import GoldSentence, GoldToken, open_treebanks, read_sentences

LOG = logging.getLogger(__name__)
WORDS = Path(__file__).parent / "words"
HEADER = """# {what}
# Made by `python -m kg.reader.compile_tagger` from the training parts of UD English EWT (CC BY-SA 4.0,
# universaldependencies.org) and of GUM's open genres (annotations CC BY 4.0, gucorpling.org/gum).
# This file: CC BY-SA 4.0.
"""
COMMON_FORM = 3
"""Times that a form must occur to have an entry of its own: rarer ones teach how to treat unknown words."""

USUAL_FORM = 20
"""Times from which on the treebanks alone say which tags a form can have."""

SHARE = 0.01
"""Share of its uses from which on a tag counts as possible for a form."""

RARE_FORM = 10
"""Forms up to this frequency stand for unknown words in `tag_classes.tsv` and `tag_endings.tsv`."""

CLASS_COUNT = 5
ENDING_COUNT = 8
ENDING_TAGS = 4
LEMMA_COUNT = 3
LEMMA_SHARE = 0.6
MOST_RULES = 500
ROUNDS_TOLD = 50
LEAST_GAIN = 6
"""Errors that a rule must mend more than it makes: below, rules are particular to the training texts."""

COMMON_WORD = 25
"""Times that a word must occur to be named by a rule."""

TEMPLATES: tuple[tuple[str, ...], ...] = (
    *(("t-1",), ("t1",), ("t-2",), ("t2",), ("w-1",), ("w1",), ("w-2",), ("w2",), ("w0",), ("s0",)),
    *(("t-1", "t1"), ("t-2", "t-1"), ("t1", "t2"), ("w0", "t-1"), ("w0", "t1"), ("w0", "t-2"), ("w0", "t2")),
    *(("w0", "w-1"), ("w0", "w1"), ("w-1", "t1"), ("t-1", "w1"), ("s0", "t-1"), ("s0", "t1"), ("s0", "s-1")),
    *(("u0",), ("u0", "w0"), ("u0", "t1"), ("u0", "t-1"), ("w-1", "w1"), ("w-2", "t-1"), ("s0", "s1")),
    *(("w0", "s1"), ("w0", "s0"), ("t-2", "t1"), ("t-1", "t2")),
)


def gold_tag(token: GoldToken) -> str:
    """Rule tag of a gold token."""
    return rule_tag(token.upos, token.xpos, token.features)


def forms_of(sentence: GoldSentence) -> tuple[list[str], list[bool]]:
    """Forms of a sentence and where capitals mean nothing."""
    texts = [token.form for token in sentence.tokens]
    return texts, openings(texts, [index == 0 for index in range(len(texts))])


def observed(sentences: Iterable[GoldSentence]) -> Iterator[tuple[str, str]]:
    """Yield (key, tag): the key is the lower-case form, or "^Form" where a capital means something."""
    for sentence in sentences:
        texts, free = forms_of(sentence)
        for text, opening, token in zip(texts, free, sentence.tokens, strict=True):
            tag = gold_tag(token)
            if text[:1].isupper() and (not opening or tag == "PROPN"):
                yield f"^{text}", tag
            else:
                yield text.lower().replace("’", "'"), tag


def lexicon_rows(counts: dict[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    """Yield (key, tags) of common forms."""
    for key in sorted(counts):
        total = counts[key].total()
        if total < COMMON_FORM or any(character.isdigit() for character in key):
            continue
        ranked = _ranked(counts[key])
        seen = [tag for tag in ranked if counts[key][tag] >= max(SHARE * total, 1 if total < USUAL_FORM else 2)]
        extra = () if total >= USUAL_FORM or key[0] == "^" else lexicon.known_tags(key)
        yield key, " ".join(dict.fromkeys([*seen, *extra]))


def _ranked(counter: Counter[str]) -> list[str]:
    return sorted(counter, key=lambda tag: (-counter[tag], tag))


def fallback_rows(counts: dict[str, Counter[str]]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Rows of `tag_classes.tsv` and of `tag_endings.tsv`, from rare lower-case forms."""
    classes: dict[str, Counter[str]] = defaultdict(Counter)
    endings: dict[str, Counter[str]] = defaultdict(Counter)
    for form, counter in counts.items():
        if counter.total() > RARE_FORM or form[0] == "^" or not form.isalpha():
            continue
        possible = lexicon.word_list_tags(form)
        if possible:
            classes["|".join(possible)].update({tag: count for tag, count in counter.items() if tag in possible})
        for length in range(1, lexicon.LONGEST_ENDING + 1):
            endings[lexicon.ending_of(form, length)].update(counter)
    class_rows = [
        (key, " ".join(dict.fromkeys([*_ranked(classes[key]), *key.split("|")])))
        for key in sorted(classes)
        if classes[key].total() >= CLASS_COUNT
    ]
    ending_rows = [
        (key, " ".join(_ranked(endings[key])[:ENDING_TAGS]))
        for key in sorted(endings)
        if endings[key].total() >= ENDING_COUNT
    ]
    return class_rows, ending_rows


class Learner:
    """Learns transformations on one board; `gold` holds the right tag of every place, -1 where there is none."""

    def __init__(self, sentences: tuple[GoldSentence, ...], ids: dict[str, int]) -> None:
        texts, free, starts, gold = list[str](), list[bool](), list[bool](), list[int]()
        for sentence in sentences:
            forms, opening = forms_of(sentence)
            texts += forms
            free += opening
            starts += [index == 0 for index in range(len(forms))]
            gold += [TAG_ID[gold_tag(token)] for token in sentence.tokens]
        self.board = tagging.lay_out(texts, starts, free, ids)
        ambiguous = np.array([bin(mask).count("1") > 1 for mask in self.board.mask[self.board.places].tolist()])
        self.places = self.board.places[ambiguous]
        self.gold = np.array(gold)[ambiguous]
        self.sizes = {"t": len(TAGS), "w": len(ids) + 1, "u": len(ids) + 1, "s": len(lexicon.SHAPES)}

    def _keys(self, template: tuple[str, ...], places: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        key = np.zeros(len(places), dtype=np.int64)
        for name in template:
            key = key * self.sizes[name[0]] + self.board.field(name[0])[places + int(name[1:])]
        return key

    def _candidates(self, current: npt.NDArray[np.int64]) -> list[tuple[int, int, int]]:
        """(errors mended, template, packed tags and key) of every rule that could be best, the best first."""
        mendable = (current != self.gold) & ((self.board.mask[self.places] >> self.gold) & 1 == 1)
        wrong = np.flatnonzero(mendable)
        pair = current[wrong] * len(TAGS) + self.gold[wrong]
        found = list[tuple[int, int, int]]()
        for number, template in enumerate(TEMPLATES):
            packed = pair * self._spread(template) + self._keys(template, self.places[wrong])
            values, goods = np.unique(packed, return_counts=True)
            kept = np.flatnonzero(goods >= LEAST_GAIN)
            found += zip(goods[kept].tolist(), [number] * len(kept), values[kept].tolist(), strict=True)
        return sorted(found, key=lambda candidate: (-candidate[0], candidate[1], candidate[2]))

    def best_rule(self) -> tuple[int, tagging.Rule] | None:
        """Return the rule that mends most more than it spoils, and by how many tokens; None if there is none."""
        current = self.board.t[self.places]
        best: tuple[int, tagging.Rule] | None = None
        right_of: dict[int, npt.NDArray[np.int64]] = {}
        for good, number, packed in self._candidates(current):
            if best is not None and good <= best[0]:
                break
            template = TEMPLATES[number]
            tags, key = divmod(packed, self._spread(template))
            source, target = divmod(tags, len(TAGS))
            values = self._values(template, key)
            if any(name[0] in "wu" and value == 0 for name, value in values):
                continue
            if source not in right_of:
                right_of[source] = self.places[(current == source) & (self.gold == source)]
            places = right_of[source]
            for name, value in values:
                places = places[self.board.field(name[0])[places + int(name[1:])] == value]
            gain = good - int(((self.board.mask[places] >> target) & 1).sum())
            if best is None or gain > best[0]:
                best = (gain, self._rule(source, target, values))
        return best

    def _spread(self, template: tuple[str, ...]) -> int:
        return math.prod(self.sizes[name[0]] for name in template)

    def _values(self, template: tuple[str, ...], key: int) -> list[tuple[str, int]]:
        values = list[tuple[str, int]]()
        for name in reversed(template):
            key, value = divmod(key, self.sizes[name[0]])
            values.append((name, value))
        return values[::-1]

    def _rule(self, source: int, target: int, values: list[tuple[str, int]]) -> tagging.Rule:
        conditions = tuple(
            tagging.Condition(field=name[0], offset=int(name[1:]), value=value) for name, value in values
        )
        return tagging.Rule(source=source, target=target, conditions=conditions)

    def accuracy(self) -> float:
        """Share of right tags among ambiguous words."""
        return float((self.board.t[self.places] == self.gold).mean())


def learn_rules(sentences: tuple[GoldSentence, ...]) -> Iterator[tuple[str, str, str]]:
    """Yield the rows of `tag_rules.tsv`."""
    counts = Counter(token.form.lower().replace("’", "'") for sentence in sentences for token in sentence.tokens)
    common = sorted(word for word, count in counts.items() if count >= COMMON_WORD)
    names = ["", *common]
    learner = Learner(sentences, {word: index for index, word in enumerate(names) if index})
    shapes = list(lexicon.SHAPES)
    for number in range(MOST_RULES):
        gain, rule = learner.best_rule() or (0, None)
        if rule is None or gain < LEAST_GAIN:
            break
        tagging.apply(rule, learner.board)
        told = {"t": TAGS, "w": names, "u": names, "s": shapes}
        parts = (f"{part.field}{part.offset}={told[part.field][part.value]}" for part in rule.conditions)
        yield TAGS[rule.source], TAGS[rule.target], " ".join(parts)
        if number % ROUNDS_TOLD == 0:
            LOG.info("rule %d mends %d; right among ambiguous words: %.4f", number, gain, learner.accuracy())


def lemma_rows(sentences: Iterable[GoldSentence]) -> Iterator[tuple[str, str, str]]:
    """Yield (form, UPOS, lemma) where the treebanks' usual lemma is not the one that we should find otherwise."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for token in sentence.tokens:
            if token.upos != "PROPN":
                counts[token.form.lower().replace("’", "'"), token.upos][token.lemma] += 1
    for form, tag in sorted(counts):
        lemma, count = counts[form, tag].most_common(1)[0]
        settled = count >= LEMMA_COUNT and count > LEMMA_SHARE * counts[form, tag].total()
        if settled and lemma not in {"_", morphology.lemma_of(form, tag)} and (lemma == lemma.lower() or tag == "PRON"):
            yield form, tag, lemma


def write(name: str, what: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write a table and forget what was read of it before."""
    lines = ["\t".join(row) for row in rows]
    (WORDS / name).write_text(HEADER.format(what=what) + "\n".join(lines) + "\n", encoding="utf-8")
    for cached in (
        wordlists.table,
        lexicon.word_form,
        lexicon._lexicon,
        lexicon._classes,
        lexicon._endings,
        morphology._lemmas,
    ):
        cached.cache_clear()
    LOG.info("%s: %d rows", name, len(lines))


def main() -> None:
    """Command line."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", force=True)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    sentences = tuple(sentence for path in open_treebanks(data, "train") for sentence in read_sentences(path))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for key, tag in observed(sentences):
        counts[key][tag] += 1
    write("tag_lexicon.tsv", "Forms (^: with this capital inside a sentence) and tags, likeliest first.", ())
    class_rows, ending_rows = fallback_rows(counts)
    write("tag_classes.tsv", "What lemminflect allows, and the order of likelihood.", class_rows)
    write("tag_endings.tsv", "Last letters (^: the whole word) of unknown words and their tags.", ending_rows)
    write(
        "tag_lexicon.tsv",
        "Forms (^: with this capital inside a sentence) and tags, likeliest first.",
        lexicon_rows(counts),
    )
    write("lemmas.tsv", "Form, UPOS, lemma where the lemma is not the one expected.", ())
    write("lemmas.tsv", "Form, UPOS, lemma where the lemma is not the lower-case form.", lemma_rows(sentences))
    write(
        "tag_rules.tsv",
        "From, to, conditions: t tag, w word, s shape; the number is the distance.",
        learn_rules(sentences),
    )


if __name__ == "__main__":
    main()
