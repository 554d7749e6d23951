"""How much of the news the knowledge base knows.

`python -m kg.knowledge.coverage gold ../shared/eval/dev/gold`: of the named things in annotated articles that have an
article in Wikipedia, how many have the right entry among the candidates of one of their names, and how many first.

`python -m kg.knowledge.coverage heldout ../shared/data`: compiles without every tenth day of the current-events portal
and looks up the names linked on those days.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.knowledge.base import KnowledgeBase
from kg.knowledge.compile import compile_base
from kg.knowledge.names import normalize_name
from kg.knowledge.sources.current_events import is_name
from kg.knowledge.sources.portal import read_links

EVERY: Final = 10  # of the days that are held out: 30 of 296


@dataclass(slots=True)
class Tally:
    """Counts by type: all, those whose entry is among the candidates, those whose entry comes first."""

    total: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    def add(self, kind: str, ranks: Iterable[int], what: str) -> None:
        """`ranks` are the places of the right entry among the candidates of each name; empty if it is nowhere."""
        ranks = list(ranks)
        self.total[kind] += 1
        self.found[kind] += bool(ranks)
        self.first[kind] += 0 in ranks
        if not ranks:
            self.missed.append(f"{kind}: {what}")

    def lines(self) -> str:
        """A table for people."""
        rows = [f"{'type':<24}{'all':>7}{'known':>8}{'first':>8}"]
        for kind in sorted(self.total):
            total = self.total[kind]
            rows.append(f"{kind:<24}{total:>7}{self.found[kind] / total:>8.3f}{self.first[kind] / total:>8.3f}")
        total = self.total.total()
        rows.append(f"{'all':<24}{total:>7}{self.found.total() / total:>8.3f}{self.first.total() / total:>8.3f}")
        return "\n".join(rows) + "\n"


def gold_coverage(base: KnowledgeBase, folder: Path) -> Tally:
    """Over the annotated articles in `folder` (JSON files)."""
    tally = Tally()
    for path in sorted(folder.glob("*.json")):
        for entity in json.loads(path.read_text("utf-8"))["entities"]:
            if entity.get("wiki"):
                names = [entity["name"], *entity["aliases"]]
                ranks = _ranks(base, names, _plain(entity["wiki"]))
                tally.add(entity["type"], ranks, f"{entity['name']} ({path.stem})")
    return tally


def heldout_coverage(data: Path) -> Tally:
    """Over the links of the days left out. The type and the canonical title of a link come from the whole base."""
    days = held_out_days(data)
    base = KnowledgeBase(compile_base(data, skip=days)[0])
    types, titles = types_and_titles(data)
    tally = Tally()
    for link in read_links(data / "current-events"):
        if link.day.isoformat() not in days or not is_name(link.anchor) or _plain(link.title) not in types:
            continue
        title = titles[_plain(link.title)]
        tally.add(types[_plain(link.title)], _ranks(base, [link.anchor], title), f"{link.anchor} → {link.title}")
    return tally


def held_out_days(data: Path, first: int = 0) -> frozenset[str]:
    """Every tenth day of the portal (ISO), from the first, the second … on."""
    return frozenset(path.stem for path in sorted((data / "current-events").glob("*.md"))[first::EVERY])


def types_and_titles(data: Path) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Of every title, also of redirects: the type of its entry, and the title of its entry."""
    types: dict[str, str] = {}
    titles: dict[str, str] = {}
    for one in compile_base(data)[1]:
        for ref in one.refs:
            if ref.startswith("w/") and one.wikipedia is not None:
                types[_plain(ref[2:])] = one.type
                titles[_plain(ref[2:])] = _plain(one.wikipedia)
    return types, titles


def _ranks(base: KnowledgeBase, names: Iterable[str], title: str) -> list[int]:
    found: list[int] = []
    for name in names:
        titles = [_plain(base.entry(candidate.id).wikipedia or "") for candidate in base.candidates(name)]
        if title in titles:
            found.append(titles.index(title))
    return found


def _plain(title: str) -> str:
    return normalize_name(title.replace("_", " "))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure how much of the news the knowledge base knows.")
    parser.add_argument("what", choices=("gold", "heldout"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--missed", action="store_true", help="also name what is not known")
    options = parser.parse_args(arguments)
    tally = (
        gold_coverage(KnowledgeBase.load(), options.folder)
        if options.what == "gold"
        else heldout_coverage(options.folder)
    )
    sys.stdout.write(tally.lines())
    if options.missed:
        sys.stdout.write("".join(f"{line}\n" for line in tally.missed))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
