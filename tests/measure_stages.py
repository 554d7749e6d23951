"""How long each stage takes of reading articles, as a share of all.

    python tests/measure_stages.py [FILE ...]      seconds and share by stage (default: the samples in seeds/)

Each article is read `ROUNDS` times after one that does not count; the fastest round of each article stands. All runs in
one process.
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg import pipeline
from kg.documents import Problem, read_documents

SEEDS = Path(__file__).parent.parent / "seeds"
ROUNDS = 3
STAGES = (
    "annotate",
    "find_mentions",
    "normalize_times",
    "resolve_coreference",
    "link_entities",
    "attribute_quotes",
    "resolve_first_person",
    "extract_events",
    "state_relations",
    "assign_topics",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="articles (default: seeds/)")
    files = parser.parse_args().files or [SEEDS]
    problems: list[Problem] = []
    documents = list(read_documents([str(path) for path in files], on_problem=problems.append))
    tools = pipeline.Tools.load()
    taken: dict[str, float] = defaultdict(float)
    for name in STAGES:
        setattr(pipeline, name, timed(name, getattr(pipeline, name), taken))
    total: dict[str, float] = defaultdict(float)
    for document in documents:
        rounds = []
        for _ in range(ROUNDS + 1):
            taken.clear()
            began = time.perf_counter()
            pipeline.read_article(document, tools)
            rounds.append((time.perf_counter() - began, dict(taken)))
        seconds, stages = min(rounds[1:], key=lambda each: each[0])
        for name, part in {**stages, "all": seconds}.items():
            total[name] += part
    words = sum(len(document.text.split()) for document in documents)
    print(f"{len(documents)} articles, {words} words, {words / total['all']:.0f} words a second")
    for name in (*STAGES, "all"):
        print(f"{name:22} {total[name]:7.3f} s  {total[name] / total['all']:.3f}")


def timed(name: str, stage: Callable[..., Any], taken: dict[str, float]) -> Callable[..., Any]:
    """The stage, which also notes its seconds."""

    def run(*args: Any, **options: Any) -> Any:
        began = time.perf_counter()
        try:
            return stage(*args, **options)
        finally:
            taken[name] += time.perf_counter() - began

    return run


if __name__ == "__main__":
    main()
