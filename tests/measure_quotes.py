"""Measure who said what on articles that the development articles do not show.

python tests/measure_quotes.py polnear --shared ../shared [--show]    source-content pairs of PolNeAR's dev articles

PolNeAR (Newell et al. 2018) is measured on only: nothing is trained on it, none of its texts stands in this project.
An annotated attribution is of speech, thought or writing, with the spans of its source, its cue and its content. It is
direct when at most `OUTSIDE` of its content's words stand outside quotation marks, indirect when none stands inside,
else mixed; ours likewise, by their own text. Attributions without a source are not counted.

Ours and an annotated one are a pair when at least `SHARE` of our words stand in its content and the sources agree.
Recall is the share of the annotated ones of whose words at least `SHARE` stand in pairs (a quotation that "he said"
splits is two of ours and one of theirs); precision the share of ours that are in a pair of any kind, for a quotation of
ours is often part of a mixed one. Sources agree when a mention of our speaker (a name, a role or a pronoun) covers the
head of theirs or what stands beside it in apposition, or, where nobody's mention does, lies inside it ("a spokesman for
the ministry" is the ministry). "Within reach" are those whose source has anybody's mention in that place: the graph
holds no others, such as "some voters".
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from building import as_document
from spacy.tokens import Doc

from kg.model import Actor, Quote
from kg.pipeline import Tools, read_article
from kg.reader import annotate

SHARE = 0.5
OUTSIDE = 0.15
KINDS = ("direct", "mixed", "indirect")
QUOTED = re.compile(r"''.*?(?:''|$)|[“\"][^“”\"]*[”\"]?", re.DOTALL)
ALIKE = frozenset({"appos", "flat"})

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """An annotated attribution; all spans are offsets into the article."""

    source: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """What became of an article's annotated attributions and of our statements."""

    wanted: tuple[tuple[Attribution, bool, bool], ...]  # attribution, within reach, right
    given: tuple[tuple[Quote, bool], ...]  # statement, right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["polnear"])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--show", action="store_true", help="list what is missed and what is wrong")
    args = parser.parse_args()
    measure_polnear(args.shared / "data" / "eval" / "polnear" / "dev", args.show)


def measure_polnear(folder: Path, show: bool) -> None:
    tools = Tools.load()
    counts: Counter[tuple[str, str]] = Counter()
    for path in sorted((folder / "attributions").glob("*.ann")):
        text = (folder / "text" / f"{path.stem.rsplit('_', 1)[0]}.txt").read_text(encoding="utf-8")
        document = as_document(path.stem, text, titled=True)
        doc = annotate(document, tools.nlp)
        reading = read_article(document, tools)
        gold = tuple(attributions(path.read_text(encoding="utf-8")))
        found = judge(doc, gold, reading.quotes, reading.actors)
        for one, reached, right in found.wanted:
            kind = kind_of(text, one.content)
            for name in (kind, "all"):
                counts[name, "wanted"] += 1
                counts[name, "reached"] += reached
                counts[name, "found"] += right
            if show and reached and not right:
                print(f"  missed {kind}: {wording(text, one.source)!r} | {wording(text, one.content)[:160]!r}")
        for quote, right in found.given:
            kind = kind_of(text, [(quote.begin, quote.end)]) if not quote.verbatim else "direct"
            for name in (kind, "all"):
                counts[name, "given"] += 1
                counts[name, "right"] += right
            if show and not right:
                print(f"  wrong {kind}: {quote.speaker} {quote.cue!r} | {quote.text[:160]!r}")
    for kind in (*KINDS, "all"):
        print(figures(kind, {name: counts[kind, name] for name in ("wanted", "reached", "found", "given", "right")}))


def figures(kind: str, count: dict[str, int]) -> str:
    """One line of precision, recall and F1."""
    precision = count["right"] / max(1, count["given"])
    recall, reach = count["found"] / max(1, count["wanted"]), count["found"] / max(1, count["reached"])
    f1, near = (2 * precision * r / max(1e-9, precision + r) for r in (recall, reach))
    return (
        f"{kind}: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}; within reach: recall {reach:.3f}, "
        f"F1 {near:.3f} ({count['wanted']} annotated, {count['reached']} within reach, {count['given']} ours)"
    )


def attributions(annotation: str) -> Iterator[Attribution]:
    """Those of a brat file that name a source."""
    spans = dict[str, tuple[Span, ...]]()
    for line in annotation.splitlines():
        name, kind, *_ = line.split("\t")
        if name.startswith("T"):
            offsets = [piece.split() for piece in kind.split(" ", 1)[1].split(";")]
            spans[name] = tuple((int(begin), int(end)) for begin, end in offsets)
    for line in annotation.splitlines():
        if line.startswith("E"):
            roles = dict(part.split(":") for part in line.split("\t")[1].split())
            if "Source" in roles and "Content" in roles:
                yield Attribution(source=spans[roles["Source"]], content=spans[roles["Content"]])


def judge(doc: Doc, gold: Sequence[Attribution], ours: Sequence[Quote], actors: Sequence[Actor]) -> Verdicts:
    """Pairs by content and source, as this file's first lines say."""
    contents = [words_in(doc, one.content) for one in gold]
    sources = [speakers(doc, one.source, actors) for one in gold]
    texts = [words_in(doc, [(quote.begin, quote.end)]) for quote in ours]
    covered = [set[int]() for _ in gold]
    right = [False for _ in ours]
    for i, quote in enumerate(ours):
        for j, content in enumerate(contents):
            if quote.speaker in sources[j] and len(texts[i] & content) >= SHARE * len(texts[i]):
                covered[j] |= texts[i] & content
                right[i] = True
    verdicts = [len(covered[j]) >= SHARE * len(content) for j, content in enumerate(contents)]
    return Verdicts(
        wanted=tuple(zip(gold, [bool(found) for found in sources], verdicts, strict=True)),
        given=tuple(zip(ours, right, strict=True)),
    )


def speakers(doc: Doc, source: Sequence[Span], actors: Sequence[Actor]) -> set[str]:
    """Keys of the actors that a source names: those mentioned at its head, else anywhere in it."""
    at_head, inside = set[str](), set[str]()
    for begin, end in source:
        span = doc.char_span(begin, end, alignment_mode="expand")
        if span is None:
            continue
        root = span.root
        heads = [root, *(child for child in root.children if child.dep_ in ALIKE)]
        for actor in actors:
            for mention in actor.mentions:
                first = mention.begin if mention.lead is None else mention.lead
                if any(first <= head.idx < mention.end for head in heads):
                    at_head.add(actor.key)
                elif begin <= mention.begin < end:
                    inside.add(actor.key)
    return at_head or inside


def words_in(doc: Doc, spans: Sequence[Span]) -> set[int]:
    """Tokens that begin inside the spans, without punctuation."""
    inside = set[int]()
    for begin, end in spans:
        span = doc.char_span(begin, end, alignment_mode="expand")
        inside |= {token.i for token in span or () if not (token.is_punct or token.is_space)}
    return inside


def kind_of(text: str, content: Sequence[Span]) -> str:
    """Direct, mixed or indirect, by the share of words outside quotation marks."""
    pieces = [text[begin:end] for begin, end in content]
    total = sum(len(piece.split()) for piece in pieces)
    outside = sum(len(QUOTED.sub(" ", piece).split()) for piece in pieces)
    return "direct" if outside <= OUTSIDE * total else "indirect" if outside == total else "mixed"


def wording(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(text[begin:end] for begin, end in spans)


if __name__ == "__main__":
    main()
