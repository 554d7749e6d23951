"""How sure links are: the weights of kg/lexicon/link_confidence.tsv, fitted on some days of the current-events portal,
and how well they foretell which links are right on others. The knowledge base is compiled without the days read.

A link counts where the portal links the same name to something of the whole base; it is right when its article is that
one or redirects to it. A country's name that the portal links to its army or team ("Senegal wins") does not count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from building import as_document
from measure_linking import plain, title_of

from kg.coreference import resolve_coreference
from kg.knowledge import KnowledgeBase
from kg.knowledge.compile import compile_base
from kg.knowledge.coverage import held_out_days, types_and_titles
from kg.knowledge.sources.current_events import is_name
from kg.knowledge.sources.portal import read_items
from kg.linking.actors import LEAST_CONFIDENCE
from kg.linking.choosing import Choice, Chooser
from kg.linking.confidence import BIAS, WEIGHTS, probability
from kg.mentions import find_mentions
from kg.model import Document
from kg.pipeline import Tools
from kg.reader import annotate, sentence_spans, sentences_of

FITTED = (1, 3, 5, 7)
"""Days whose links the weights are fitted on: of every ten the second, fourth, sixth and eighth."""
TESTED = (0, 2, 4)
PENALTY = 1.0  # of squared weights, against features that few links have; 0.3–3 gave the same error of calibration
TEAMS_AND_ARMIES = frozenset({"Organization", "GovernmentOrganization", "SportsOrganization", "SportsTeam", "Thing"})
STEPS = 30  # of Newton's method; it stood still after 8
COST = 2  # a wrong link is worse than none
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
THRESHOLDS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)

HEAD = """\
# How sure a link to the knowledge base is: weights of a logistic model, fitted by
#   python tests/measure_linking.py calibration --data ../shared/data --fit
# on {count} links of Wikipedia's current-events portal 2025-2026 (CC BY-SA 4.0; the weights are facts about our
# linker), with the base compiled without those days. Columns: feature (kg/linking/choosing.py), weight.
# docs/knowledge.md shows the curve on other days.
"""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """A link and whether the portal has the same."""

    evidence: Mapping[str, float]
    right: bool
    what: str

    @property
    def confidence(self) -> float:
        return probability(self.evidence)


def measure_calibration(data: Path, show: bool, fit: bool) -> None:
    if fit:
        fitted = [one for first in FITTED for one in judged_links(data, first)]
        write_weights(fitted)
        print_thresholds("links of the days that the weights were fitted on", fitted)
    links = [one for first in TESTED for one in judged_links(data, first)]
    print_curve(links)
    print_thresholds("links of other days", links)
    if show:
        for one in sorted(links, key=lambda one: one.confidence):
            if not one.right:
                print(f"  wrong at {one.confidence:.2f}: {one.what}")


def print_curve(links: Sequence[Judged]) -> None:
    """What was foretold and what was observed, by how sure the links are."""
    print("foretold       mean  observed    n")
    error = 0.0
    for low, high in pairwise(BINS):
        inside = [one for one in links if low <= one.confidence < high]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            observed = sum(one.right for one in inside) / len(inside)
            error += abs(mean - observed) * len(inside) / len(links)
            print(f"{low:.2f} to {high:.2f}   {mean:.3f}   {observed:.3f}  {len(inside):>5}")
    print(f"expected calibration error {error:.3f}")


def print_thresholds(what: str, links: Sequence[Judged]) -> None:
    """What links of each confidence and more are worth; a wrong one costs COST right ones."""
    print(f"{len(links)} {what}\nthreshold  precision  share of right ones kept  right - {COST} x wrong")
    for threshold in THRESHOLDS:
        kept = [one for one in links if one.confidence >= threshold]
        right = sum(one.right for one in kept)
        mark = "  LEAST_CONFIDENCE" if threshold == LEAST_CONFIDENCE else ""
        share, worth = right / sum(one.right for one in links), right - COST * (len(kept) - right)
        print(f"{threshold:.2f}       {right / len(kept):.3f}      {share:.3f}                     {worth}{mark}")


def judged_links(data: Path, first: int) -> Iterator[Judged]:
    """The links of the names of every tenth day that the portal links too."""
    days = held_out_days(data, first)
    base = KnowledgeBase(compile_base(data, skip=days)[0])
    types, titles = _whole(data)
    tools = replace(Tools.load(), knowledge=base)
    for item in read_items(data / "current-events"):
        if item.day.isoformat() not in days or item.heading:
            continue
        anchors = [
            (plain(item.text[begin:end].split(",")[0]), plain(title))
            for begin, end, title in item.links
            if plain(title) in types and is_name(item.text[begin:end])
        ]
        for choice in choices(as_document("item", item.text, published=item.day), tools):
            title = next((title for text, title in anchors if text == plain(choice.mention.text)), None)
            metonym = choice.entry.type == "Country" and title is not None and types[title] in TEAMS_AND_ARMIES
            if title is None or metonym:
                continue
            ours = title_of(choice.entry)
            right = titles.get(ours, ours) == titles[title]
            what = f"{choice.mention.text} → {titles[title]}, not {choice.entry.name} | {item.text[:120]}"
            yield Judged(evidence=choice.evidence, right=right, what=what)


@cache
def _whole(data: Path) -> tuple[Mapping[str, str], Mapping[str, str]]:
    return types_and_titles(data)


def choices(document: Document, tools: Tools) -> Iterator[Choice]:
    """What linking would choose for the names of a document, however unsure it is."""
    doc = annotate(document, tools.nlp)
    sentences = sentences_of(document, doc)
    mentions = find_mentions(doc, sentence_spans(doc), tools.knowledge, document.published)
    chains = resolve_coreference(document.text, sentences, mentions, tools.knowledge)
    chooser = Chooser(chains, tools.knowledge)
    found = (chooser.choose(chain) for chain in chains)
    return (choice for choice in found if choice is not None and choice.evidence)


def write_weights(links: Sequence[Judged]) -> None:
    """Fit the weights (penalized maximum likelihood, by Newton's method) and write the file that linking reads."""
    names = [BIAS, *sorted({name for one in links for name in one.evidence})]
    rows = np.array([[1.0, *(one.evidence.get(name, 0.0) for name in names[1:])] for one in links])
    right = np.array([float(one.right) for one in links])
    penalty = np.diag([0.0] + [PENALTY] * (len(names) - 1))
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        guess = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (right - guess) - penalty @ weights
        curve = (rows * (guess * (1.0 - guess))[:, None]).T @ rows + penalty
        weights = weights + np.linalg.solve(curve, slope)
    lines = [f"{name}\t{weight:.3f}\n" for name, weight in zip(names, weights, strict=True)]
    path = Path(__file__).parents[1] / "kg" / "lexicon" / WEIGHTS
    path.write_text(HEAD.format(count=len(links)) + "".join(lines), encoding="utf-8")
    print(f"{path.name}: {len(links)} links, {right.mean():.3f} of them right")
    from kg.lexicon import read_rows
    from kg.linking import confidence

    read_rows.cache_clear()
    confidence._weights.cache_clear()
