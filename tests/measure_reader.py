"""Measure the reader: treebanks, names, roles, articles, speed, memory.

python tests/measure_reader.py quality --shared ../shared     trees, tags, names, roles; gold words and raw text
python tests/measure_reader.py names --shared ../shared       names in the annotated articles
python tests/measure_reader.py speed --shared ../shared       words a second beside the bare encoder and a spaCy CNN
python tests/measure_reader.py start                          seconds to import and load, peak resident memory
"""

import argparse
import gc
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.documents import read_documents
from kg.model import BlockKind
from kg.reader import load_reader
from kg.reader.trained import MODEL, NETWORK_FILE, SLOW_FUSIONS, VOCABULARY_FILE
from kg.reader.wordpieces import WordPieces
from kg.training.evaluation import Counts
from kg.training.measuring import measure_gold_words, measure_raw_text, measure_silver_names
from kg.training.names import is_demonym

LABELS = ("PER", "ORG", "LOC")
CLASS_LABELS = {"person": "PER", "organization": "ORG", "country": "LOC", "place": "LOC"}
ARTICLE_WORDS = 500
ARTICLES = 120
ROUNDS = 3
WINDOW_PIECES = (64, 128)
MEGABYTE = 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["quality", "names", "speed", "start"])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the model (quality, names)")
    parser.add_argument("--errors", action="store_true", help="show what was missed and what was wrong (names)")
    options = parser.parse_args()
    if options.what == "quality":
        measure_quality(options.model, options.shared / "data")
    elif options.what == "names":
        measure_names(options.shared / "eval" / "dev", options.errors)
    elif options.what == "speed":
        measure_speed(options.shared / "eval" / "dev" / "articles")
    else:
        measure_start()


# ── quality ──────────────────────────────────────────────────────────────────────────────────────


def measure_quality(model: Path, data: Path) -> None:
    nlp = load_reader()
    show("gold words", measure_gold_words(model, data))
    for split in ("test", "dev"):
        show("raw text", measure_raw_text(nlp, data, split))
    show("names of current-events days kept from training", {"": measure_silver_names(model, data)})


def show(title: str, figures: Mapping[str, Mapping[str, float]]) -> None:
    for name, row in figures.items():
        print(f"{title} {name}: " + ", ".join(f"{measure} {value:.2f}" for measure, value in row.items()))


def measure_names(folder: Path, errors: bool) -> None:
    """Recall: gold people, bodies and places of which a name is found, under their label. Precision: found names that
    are a name, or a part of one ("Putin"), of a gold entity of that label. Demonyms are no names here."""
    nlp = load_reader()
    recalled, precise = Counts(), Counts()
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = next(iter(read_documents([folder / "articles" / f"{path.stem}.txt"], on_problem=print)))
        kept = [block for block in document.blocks if block.kind is not BlockKind.CLUTTER]
        found = {
            (bare(ent.text), ent.label_)
            for ent in nlp(document.text).ents
            if ent.label_ in LABELS and any(block.begin <= ent.start_char < block.end for block in kept)
        }
        entities = [(names_of(entity, document.text), CLASS_LABELS.get(entity["type"])) for entity in gold["entities"]]
        named = [(names, label) for names, label in entities if label and names]
        missed = [
            sorted(names) for names, label in named if not any(hits(name, names) for name, k in found if k == label)
        ]
        wrong = [name for name, kind in found if not any(hits(name, names) and kind == label for names, label in named)]
        recalled.right += len(named) - len(missed)
        recalled.gold += len(named)
        precise.right += len(found) - len(wrong)
        precise.found += len(found)
        if errors:
            print(f"{path.stem} missed {missed}\n{path.stem} wrong {sorted(wrong)}")
    recall, precision = recalled.right / recalled.gold, precise.right / precise.found
    f1 = 200 * recall * precision / (recall + precision)
    print(f"names in the dev articles: F1 {f1:.2f}, precision {100 * precision:.2f}, recall {100 * recall:.2f}")


def names_of(entity: Mapping[str, object], text: str) -> set[str]:
    """Names and aliases that the text holds, without demonyms and role phrases in lower case."""
    names = {bare(str(name)) for name in (entity["name"], *entity["aliases"])}  # type: ignore[misc]
    return {name for name in names if name in text and name[:1].isupper() and not is_demonym(name)}


def bare(name: str) -> str:
    return re.sub(r"^[Tt]he |['’]s$", "", name)


def hits(name: str, names: Iterable[str]) -> bool:
    """Whether a found name is one of the names or a whole-word part of one."""
    return any(f" {name} " in f" {other} " for other in names)


# ── speed ────────────────────────────────────────────────────────────────────────────────────────


def article_texts(folder: Path) -> list[str]:
    """Articles of about `ARTICLE_WORDS` words, cut from the annotated ones."""
    words = [word for path in sorted(folder.glob("*.txt")) for word in path.read_text(encoding="utf-8").split(" ")]
    pieces = [" ".join(words[i : i + ARTICLE_WORDS]) for i in range(0, len(words) - ARTICLE_WORDS, ARTICLE_WORDS)]
    return (pieces * (ARTICLES // len(pieces) + 1))[:ARTICLES]


def measure_speed(folder: Path) -> None:
    """The three side by side, `ROUNDS` times, each with two processes of one thread; the best round counts."""
    texts = article_texts(folder)
    halves = [texts[::2], texts[1::2]]
    runs: dict[str, Callable[[Sequence[str]], float]] = {
        "whole component": run_reader,
        "bare int8 encoder, windows of 64": run_encoder_64,
        "bare int8 encoder, windows of 128": run_encoder_128,
        "bare int8 encoder, windows of 64, settings of ours": run_encoder_tuned,
        "spaCy CNN, en_core_web_sm's shape": run_cnn,
    }
    words = sum(map(count_words, texts))
    best = dict.fromkeys(runs, 0.0)
    for _ in range(ROUNDS):
        for name, run in runs.items():
            with ProcessPoolExecutor(2) as pool:
                seconds = max(pool.map(run, halves))
            best[name] = max(best[name], words / seconds)
    for name, speed in best.items():
        print(f"{name}: {speed:,.0f} words a second, two processes ({best['whole component'] / speed:.2f} by ours)")


def count_words(text: str) -> int:
    return sum(not token.is_space for token in load_tokens(text))


def load_tokens(text: str) -> Doc:
    return spacy.blank("en").tokenizer(text)


def run_reader(texts: Sequence[str]) -> float:
    nlp = load_reader()
    nlp(texts[0])
    return seconds_of(lambda: [nlp(text) for text in texts])


def run_encoder_64(texts: Sequence[str]) -> float:
    return run_encoder(texts, WINDOW_PIECES[0])


def run_encoder_128(texts: Sequence[str]) -> float:
    return run_encoder(texts, WINDOW_PIECES[1])


def run_encoder_tuned(texts: Sequence[str]) -> float:
    return run_encoder(texts, WINDOW_PIECES[0], SLOW_FUSIONS)


def run_encoder(texts: Sequence[str], size: int, disabled: Sequence[str] = ()) -> float:
    """The packaged network up to its last encoder layer, on full windows of word pieces made beforehand."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        encoder_alone(), options, providers=["CPUExecutionProvider"], disabled_optimizers=list(disabled)
    )
    pieces = WordPieces(MODEL / VOCABULARY_FILE)
    feeds = []
    for text in texts:
        ids = [piece for token in load_tokens(text) if not token.is_space for piece in pieces.of(token.text).ids]
        for begin in range(0, len(ids), size - 2):
            window = np.array([[pieces.opening, *ids[begin : begin + size - 2], pieces.closing]], dtype=np.int64)
            feeds.append({"pieces": window, "shapes": np.zeros_like(window), "hints": np.zeros_like(window)})
    session.run(None, feeds[0])
    return seconds_of(lambda: [session.run(None, feed) for feed in feeds])


def encoder_alone() -> bytes:
    import onnx

    model = onnx.load(str(MODEL / NETWORK_FILE))
    last = [node for node in model.graph.node if "layers.5/output_norm" in node.name][-1].output[0]
    extractor = onnx.utils.Extractor(model)
    return bytes(extractor.extract_model(["pieces", "shapes", "hints"], [last]).SerializeToString())


def run_cnn(texts: Sequence[str]) -> float:
    nlp = cnn_pipeline()
    nlp(texts[0])
    return seconds_of(lambda: list(nlp.pipe(texts)))


def cnn_pipeline() -> Language:
    """Shaped like en_core_web_sm, random weights: tok2vec of width 96 and depth 4, tagger, parser, NER."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": TOK2VEC})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "*"}
    tagger = nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    states = {"@architectures": "spacy.TransitionBasedParser.v2", "hidden_width": 64, "maxout_pieces": 2}
    parser_model = states | {"state_type": "parser", "extra_state_tokens": False, "tok2vec": listener}
    parser = nlp.add_pipe("parser", config={"model": parser_model})
    ner = nlp.add_pipe("ner", config={"model": parser_model | {"state_type": "ner"}})
    for number in range(50):
        tagger.add_label(f"T{number}")  # type: ignore[attr-defined]
        parser.add_label(f"d{number}")  # type: ignore[attr-defined]
    for label in ("PERSON", "ORG", "GPE", "LOC", "NORP", "DATE", "CARDINAL", "MONEY", "EVENT", "FAC", "LAW", "TIME"):
        ner.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    return nlp


TOK2VEC = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 96,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"],
        "rows": [5000, 1000, 2500, 2500, 50, 50],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 96,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}


def seconds_of(work: Callable[[], object]) -> float:
    gc.freeze()  # as `kg build` does once it has loaded its reader
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


# ── start ────────────────────────────────────────────────────────────────────────────────────────

START = """
import resource, time
begin = time.perf_counter()
from kg.reader import load_reader
nlp = load_reader()
loaded = time.perf_counter() - begin
nlp("Leaders met in Geneva. " * 20_000)
print(loaded, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def measure_start() -> None:
    runs = [subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True) for _ in range(3)]
    loaded, peak = zip(*(map(float, run.stdout.split()) for run in runs), strict=True)
    print(
        f"import and load {min(loaded):.2f} s; peak resident {max(peak) / MEGABYTE:.0f} MB after reading 100,000 words"
    )


if __name__ == "__main__":
    main()
