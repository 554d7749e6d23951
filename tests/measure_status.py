"""Did it happen? Status on the verbs of EWT whose factuality readers have judged (UDS).

    python tests/measure_status.py --data ../shared/data [--part dev|test] [--show COUNT]

A verb that `event_status` gives Occurred or Ongoing counts as "happened", any other status as "did not". Right is what
agrees with the sign of the readers' mean judgement. Beside our figure stands that of "always happened", and on the
verbs that happened and on those that did not, how many we read right. Words are the treebank's, trees are the reader's.
It is measured on and never trained on. The dev part is for looking at (`--show` lists errors, the surest judgements
first); the test part is held back.
"""

import argparse
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc, Span

from kg.events.status import event_status
from kg.model import HAPPENED, BlockKind
from kg.reader import load_reader

REMOVED = {"dev": 335, "test": 10**9}
"""Number of the first sentence of UD 1.2, whose order the judgements follow, that the treebank of today has no more.
Found as the one with which the most judged words are verbs (99 %); the train part's order has changed throughout."""
PLAIN = "Meeting"  # a class whose status nothing but the words around it decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A word of a sentence and how sure readers are that it happened (above 0) or did not (below)."""

    sentence: int
    token: int
    value: float


def judgements(archive: Path, part: str) -> Iterator[Judged]:
    """Those of one part of EWT; both numbers count from 0."""
    with zipfile.ZipFile(archive) as opened, opened.open("factuality.json") as file:
        found = json.load(file)["data"]
    for name, predicates in sorted(found.items()):
        if name.startswith(f"ewt-{part}-"):
            number = int(name.rsplit("-", 1)[1])
            sentence = number - 1 - (number >= REMOVED[part])
            for predicate, judged in predicates.items():
                token = int(predicate.rsplit("-", 1)[1]) - 1
                yield Judged(sentence=sentence, token=token, value=judged["factuality"]["factual"]["value"])


def sentences(path: Path) -> Iterator[list[str]]:
    """The words of each sentence of a CoNLL-U file."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if not line.startswith("#")]
        yield [row[1] for row in rows if row[0].isdigit()]


def read(words: list[list[str]]) -> tuple[Doc, list[Span]]:
    """All sentences as one Doc with the reader's trees."""
    starts = [position == 0 for sentence in words for position in range(len(sentence))]
    nlp = load_reader()
    doc = nlp(Doc(nlp.vocab, words=[word for sentence in words for word in sentence], sent_starts=starts))
    spans, begin = [], 0
    for sentence in words:
        spans.append(doc[begin : begin + len(sentence)])
        begin += len(sentence)
    return doc, spans


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--part", choices=sorted(REMOVED), default="dev")
    parser.add_argument("--show", type=int, default=0, help="list so many errors (dev only)")
    args = parser.parse_args()
    doc, spans = read(list(sentences(args.data / "ud" / "ewt" / f"en_ewt-ud-{args.part}.conllu")))
    counts: Counter[str] = Counter()
    errors = []
    for judged in judgements(args.data / "uds" / "factuality.zip", args.part):
        span = spans[judged.sentence]
        token = doc[span.start + judged.token]
        if judged.token >= len(span) or token.pos_ != "VERB" or not judged.value:
            continue
        status = event_status(doc, span, token.i, token.i + 1, event_type=PLAIN, verb=True, kind=BlockKind.PARAGRAPH)
        truth = "happened" if judged.value > 0 else "did not"
        right = (status in HAPPENED) == (judged.value > 0)
        counts.update([truth, f"{truth}: right"] if right else [truth])
        if not right:
            errors.append((-abs(judged.value), span.start, f"{judged.value:+.2f} {status:9} {token} | {span.text}"))
    total = counts["happened"] + counts["did not"]
    print(f"{args.part}: {total} verbs")
    print(f"  right {(counts['happened: right'] + counts['did not: right']) / total:.3f}")
    print(f"  right if all had happened {counts['happened'] / total:.3f}")
    for truth in ("happened", "did not"):
        print(f"  of {counts[truth]} that {truth} right {counts[f'{truth}: right'] / counts[truth]:.3f}")
    for _, _, line in sorted(errors)[: args.show if args.part == "dev" else 0]:
        print(line)


if __name__ == "__main__":
    main()
