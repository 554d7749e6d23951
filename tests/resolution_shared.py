"""`measure_resolution.py shared`: the events that several of the annotated articles and of the samples in seeds/ tell.

All articles of eval/dev and all of seeds/ are one graph. Gold mentions are the annotated events (aligned by score.py,
leniently, as it does for its own figure) and those of seeds_expected.toml (aligned by measure_seeds.py); SAME_KEY says
which of the former are which of the latter. B³ is over mentions whose event is told in more than one article; a false
merge is an event of the graph that is aligned with two gold events. A mention that was not found is a cluster of its
own: "found" leaves such mentions out, which is what resolution by itself can be blamed for.

After that, dates that gold does not have in the annotated articles: where the graph of all of eval/dev dates an event
whose article alone leaves it undated, the article that the date comes from, and why the two were merged.
"""

import importlib.util
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

from measure_seeds import SEEDS, SeedsGraph, merged
from resolution_clusters import Clusters, cluster

from kg.documents import read_documents
from kg.graph import to_quads
from kg.model import Reading
from kg.pipeline import Tools, load_knowledge, read_article
from kg.provenance import describe_run
from kg.resolution import resolve_across_documents
from kg.resolution.candidates import Candidate
from kg.resolution.matching import similarity
from kg.schema import load_event_schema
from kg.store import Graph
from kg.vocab import BASE

SAME_KEY = {
    "phonecall-trump-putin-2025-07-03": "call-trump-putin-2025-07-03",
    "phonecall-trump-zelenskyy-2025-07-04": "call-trump-zelenskyy-2025-07-04",
    "aidsuspension-us-ukraine-arms-2025-07": "arms-pause-2025-07",
    "legislativevote-us-house-big-beautiful-bill-2025-07": "house-vote-2025-07-03",
    "negotiation-russia-ukraine-istanbul-round-3": "talks-istanbul-3-2025-07-23",
    "phonecall-macron-putin-2025-07-01": "call-macron-putin-2025-07-01",
    "invasion-russia-ukraine-2022": "invasion-ukraine-2022",
    "legislativevote-us-senate-big-beautiful-bill-2025-07": "senate-vote-2025-07-01",
    "conflict-israel-iran-2025": "war-israel-iran-2025",
}
Mention = tuple[str, str]  # (article, event) as the gold names them


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """Gold mentions by their event, the events of the graph that they are, and the documents that tell them."""

    gold: dict[Mention, str]
    found: dict[Mention, str]  # IRI; without mentions that are not in the graph
    document: dict[Mention, str]


def measure_shared(evaluation: Path, show: bool) -> None:
    """Print B³ and false merges, and with `show` what is not as it should be."""
    score = _module(evaluation / "score.py")
    dev, seeds = _read(sorted((evaluation / "dev" / "articles").glob("*.txt"))), _read([SEEDS])
    with tempfile.TemporaryDirectory() as folder:
        whole = _build([*dev, *seeds])
        annotated = _annotated(score, evaluation, whole, Path(folder))
        samples = _samples(whole)
        clusters = cluster([*dev, *seeds])
        settings = {
            "dev in its own graph": _annotated(score, evaluation, _build(dev), Path(folder)),
            "seeds in their own graph": _samples(_build(seeds)),
            "dev": annotated,
            "seeds": samples,
            "both": _union(annotated, samples),
        }
        for name, aligned in settings.items():
            print(name, json.dumps(_figures(score, aligned)))
        print("seeds merged_events", merged(SeedsGraph(whole), print if show else _say_nothing))
        if show:
            for line in _errors(settings["both"], clusters):
                print(line)
        _invented(score, evaluation, dev, Path(folder))


def _say_nothing(*_: object) -> None:
    pass


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(paths: Sequence[Path]) -> list[Reading]:
    tools = Tools.load()
    return [read_article(document, tools) for document in read_documents(list(paths), on_problem=lambda _: None)]


def _build(readings: Sequence[Reading]) -> Graph:
    schema = load_event_schema()
    resolution = resolve_across_documents(readings, load_knowledge(), schema)
    return Graph(to_quads(resolution, schema, BASE, describe_run("newskg", "newskg_reader", BASE)), base=BASE)


def _scored(
    score: ModuleType, evaluation: Path, graph: Graph, folder: Path
) -> Iterator[tuple[dict[str, Any], Any, Any]]:
    """(gold, the graph as score.py sees it, {gold event: IRI}) of each annotated article in the graph."""
    graph.save(folder / "scored", ["turtle"])
    seen = score.Graph([folder / "scored" / "graph.ttl"]).load()
    for path in sorted((evaluation / "dev" / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        if gold["doc"] not in seen.articles:
            continue
        article = (evaluation / "dev" / "articles" / f"{gold['doc']}.txt").read_text(encoding="utf-8")
        text = article.split("\n---\n", 1)[1].removeprefix("\n") if article.startswith("---\n") else article
        for event in gold["events"]:
            event.setdefault("snippet", text[slice(*event["span"])] if "span" in event else "")
        doc = seen.articles[gold["doc"]].value
        entities, _ = score.align_entities(seen, doc, gold)
        found, _ = score.align_events(seen, doc, gold, entities, lenient=True)
        yield gold, seen, found


def _annotated(score: ModuleType, evaluation: Path, graph: Graph, folder: Path) -> Aligned:
    gold_of: dict[Mention, str] = {}
    found_of: dict[Mention, str] = {}
    document: dict[Mention, str] = {}
    for gold, _, found in _scored(score, evaluation, graph, folder):
        for event in gold["events"]:
            if event.get("global"):
                mention = gold["doc"], event["id"]
                gold_of[mention] = SAME_KEY.get(event["global"], event["global"])
                document[mention] = str(evaluation / "dev" / "articles" / f"{gold['doc']}.txt")
                if event["id"] in found:
                    found_of[mention] = found[event["id"]]
    return Aligned(gold=gold_of, found=found_of, document=document)


def _samples(graph: Graph) -> Aligned:
    seeds = SeedsGraph(graph)
    names = {row["a"]: row["i"] for row in graph.select("SELECT ?a ?i { ?a dcterms:identifier ?i }")}
    gold: dict[Mention, str] = {}
    found: dict[Mention, str] = {}
    document: dict[Mention, str] = {}
    for article in seeds.expected["article"]:
        for event in article.get("event", ()):
            mention = article["id"], event["key"]
            gold[mention] = event["key"]
            document[mention] = names[seeds.articles[article["id"]]]
            if event["key"] in seeds.matches[article["id"]]:
                found[mention] = seeds.matches[article["id"]][event["key"]].iri
    return Aligned(gold=gold, found=found, document=document)


def _union(one: Aligned, other: Aligned) -> Aligned:
    return Aligned(gold=one.gold | other.gold, found=one.found | other.found, document=one.document | other.document)


def _shared_keys(aligned: Aligned) -> set[str]:
    articles: dict[str, set[str]] = defaultdict(set)
    for (article, _), key in aligned.gold.items():
        articles[key].add(article)
    return {key for key, told in articles.items() if len(told) > 1}


def _figures(score: ModuleType, aligned: Aligned) -> dict[str, object]:
    keys = _shared_keys(aligned)
    gold = {mention: key for mention, key in aligned.gold.items() if key in keys}
    system = {mention: aligned.found.get(mention, f"missed {mention}") for mention in gold}
    there = {mention: key for mention, key in gold.items() if mention in aligned.found}
    owners: dict[str, set[str]] = defaultdict(set)
    for mention, iri in aligned.found.items():
        owners[iri].add(aligned.gold[mention])
    return {
        "shared events": len(keys),
        "b3": score.b_cubed(gold, system),
        "b3, found": score.b_cubed(there, {mention: system[mention] for mention in there}),
        "false merges": sum(len(owned) > 1 for owned in owners.values()),
    }


def _errors(aligned: Aligned, clusters: Clusters) -> Iterator[str]:
    """Mentions of one event in two events of the graph, of two events in one, or not found."""
    told = _candidates(aligned, clusters)
    keys = _shared_keys(aligned)
    for mention, key in sorted(aligned.gold.items()):
        if key in keys and mention not in aligned.found:
            yield f"NOT FOUND {key} | {mention[0]}"
    for one, other in combinations(sorted(aligned.found), 2):
        same_key, same_event = (
            aligned.gold[one] == aligned.gold[other],
            aligned.found[one] == aligned.found[other],
        )
        if same_key == same_event or (one[0] == other[0] and same_key):
            continue
        verdict = "NOT MERGED" if same_key else "FALSE MERGE"
        for mine in told.get(one, ())[:1]:
            for theirs in told.get(other, ())[:1]:
                reason = clusters.why(mine, theirs) if same_key else f"score {similarity(mine, theirs):.2f}"
                yield f"{verdict} {aligned.gold[one]} | {aligned.gold[other]} | {one[0]} {other[0]} | {reason}"
                yield f"    {clusters.describe(mine)}"
                yield f"    {clusters.describe(theirs)}"


def _candidates(aligned: Aligned, clusters: Clusters) -> dict[Mention, list[Candidate]]:
    """What resolution knew of each found mention: the candidates of its document in its event."""
    by_event: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for members in clusters.clusters:
        for candidate in members:
            identifier = clusters.identifier(candidate)
            by_event[f"{BASE}{clusters.ids[identifier, candidate.event.id]}", identifier].append(candidate)
    return {mention: by_event[iri, aligned.document[mention]] for mention, iri in aligned.found.items()}


def _invented(score: ModuleType, evaluation: Path, dev: Sequence[Reading], folder: Path) -> None:
    alone: set[Mention] = set()
    for reading in dev:
        alone |= {mention for mention, *_ in _undated(score, evaluation, _build([reading]), folder)}
    together = list(_undated(score, evaluation, _build(dev), folder))
    print(json.dumps({"dates invented alone": len(alone), "dates invented together": len(together)}))
    clusters = cluster(dev)
    for mention, iri, days in together:
        print("DATE INVENTED", *mention, iri.removeprefix(BASE), days, "also alone" if mention in alone else "")
        members = [m for m in clusters.clusters if f"{BASE}{clusters.id_of(m[0])}" == iri]
        for candidate in members[0] if members else ():
            print("   ", Path(clusters.identifier(candidate)).name, clusters.describe(candidate))


def _undated(
    score: ModuleType, evaluation: Path, graph: Graph, folder: Path
) -> Iterator[tuple[Mention, str, list[str]]]:
    for gold, seen, found in _scored(score, evaluation, graph, folder):
        for event in gold["events"]:
            iri = found.get(event["id"])
            if iri and not score.days(event.get("date")) and seen.begin[iri]:
                yield (gold["doc"], event["id"]), iri, sorted(seen.begin[iri])
