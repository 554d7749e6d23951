"""What of a graph goes into the page, in order of importance."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

import networkx as nx

from kg.exporters.html.evidence import EvidenceIndex, gather_facts, gather_statements
from kg.exporters.html.nodes import KIND_OF_CLASS, MAX_LABEL, NodeWriter
from kg.exporters.html.records import Contents, PageArticle, PageEdge, PageFact, PageNode
from kg.exporters.html.source import GraphLike, Thing, label_of, labels, things, topic_concepts
from kg.exporters.html.wording import counted, day_range, interface_text, legible, local_name, parse_day
from kg.vocab import KG, ORG, PROV, SCHEMA, SEM

MAX_NODES: Final = 100_000  # more makes a file that browsers take ten seconds and more to open

EDGE_PREDICATES: Final = (
    *(f"{KG}{role}" for role in ("participant", "agent", "target", "recipient", "mediator", "represents")),
    f"{SEM}hasActor",
    f"{SEM}hasPlace",
    f"{SEM}hasSubEvent",
    f"{SCHEMA}about",
    f"{SCHEMA}containedInPlace",
    f"{ORG}memberOf",
    f"{ORG}subOrganizationOf",
)
PLAIN_NUMBER: Final = re.compile(r"[0-9]{1,9}")
GENERAL_ROLES: Final = ("hasActor", "participant")  # said only when nothing more precise is known
EVENT_GROUPS: Final = (f"{KG}GovernanceEvent", f"{KG}OtherEvent")  # classes of VOCABULARY.md that are no leaves
ANCESTOR_CLASSES: Final = (*KIND_OF_CLASS, f"{SCHEMA}Thing", f"{KG}Leader")
NODE_PATTERN: Final = """
    { ?s kg:mentionedIn ?article } UNION { ?s a sem:Event } UNION { ?x schema:about ?s } UNION
    { VALUES ?relation { sem:hasActor sem:hasPlace kg:represents org:memberOf schema:containedInPlace
                         org:subOrganizationOf } ?x ?relation ?s }
"""


def gather(graph: GraphLike, *, title: str | None = None) -> Contents:
    """Read everything that the page shows."""
    articles = things(graph, "?s a schema:NewsArticle")
    statements = things(graph, "?s a kg:Statement")
    found = things(graph, NODE_PATTERN)
    topics = _topics_of((*articles.values(), *statements.values(), *found.values()))
    everything = {**topics, **found}
    candidates = {iri: thing for iri, thing in everything.items() if iri not in articles and iri not in statements}
    links = _links(candidates)
    ranked = _ranked(candidates, links, articles)
    kept = {iri: index for index, (iri, _, _) in enumerate(ranked[:MAX_NODES])}

    article_order = sorted(articles, key=lambda iri: (articles[iri].text(f"{SCHEMA}datePublished") or "", iri))
    article_index = {iri: index for index, iri in enumerate(article_order)}
    names = {iri: label_of(topic) for iri, topic in topics.items()} | labels(graph)
    evidence = EvidenceIndex(things(graph, "?s a kg:Sentence"), article_index)
    leaves = _leaf_classes(candidates)
    facts = gather_facts(things(graph, "?s a kg:Fact"), kept, names, evidence, leaves)
    said = gather_statements(statements, kept, evidence)
    facts_about: dict[int, list[PageFact]] = defaultdict(list)
    for fact in facts:
        facts_about[fact.subject].append(fact)
    writer = NodeWriter(kept, names, leaves, article_index, evidence, facts_about)
    nodes = tuple(writer.node(candidates[iri], salience, mentions) for iri, salience, mentions in ranked[:MAX_NODES])
    page_articles = tuple(writer.article(articles[iri]) for iri in article_order)
    return Contents(
        title=legible(title or "", MAX_LABEL) or str(interface_text()["default_title"]),
        coverage=_coverage(page_articles, articles),
        articles=page_articles,
        sentences=evidence.sentences,
        nodes=nodes,
        edges=_edges(links, kept, nodes, {(f.subject, f.object) for f in facts if f.conflicts}),
        facts=facts,
        statements=said,
        left_out=max(0, len(ranked) - MAX_NODES),
    )


def _topics_of(subjects: tuple[Thing, ...]) -> dict[str, Thing]:
    """The concepts that the subjects are about."""
    about = {iri for thing in subjects for iri in thing.iris(f"{SCHEMA}about")}
    return {iri: concept for iri, concept in topic_concepts().items() if iri in about}


def _links(candidates: Mapping[str, Thing]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(subject, object) → roles, for direct triples between things of the page."""
    roles: dict[tuple[str, str], list[str]] = defaultdict(list)
    for iri, thing in candidates.items():
        for predicate in EDGE_PREDICATES:
            for other in thing.iris(predicate):
                if other in candidates and other != iri:
                    roles[iri, other].append(local_name(predicate))
    return {pair: _precise(names) for pair, names in roles.items()}


def _precise(roles: list[str]) -> tuple[str, ...]:
    precise = tuple(role for role in roles if role not in GENERAL_ROLES)
    return precise or (("participant",) if "participant" in roles else tuple(roles))


def _ranked(
    candidates: Mapping[str, Thing],
    links: Mapping[tuple[str, str], tuple[str, ...]],
    articles: Mapping[str, Thing],
) -> list[tuple[str, float, int]]:
    """(IRI, salience, mentions): the connected before the unconnected, then by salience, then by IRI.

    Salience adds the logarithms of mentions, of outlets and of PageRank, so that none of the three decides alone.
    """
    central = _centrality(candidates, links)
    connected = {iri for pair in links for iri in pair}
    rows = []
    for iri, thing in candidates.items():
        counted_mentions = thing.text(f"{KG}mentionCount") or ""
        told = thing.iris(f"{KG}mentionedIn")
        seen = len(thing.iris(f"{PROV}wasDerivedFrom")) or len(told)
        mentions = int(counted_mentions) if PLAIN_NUMBER.fullmatch(counted_mentions) else seen
        outlets = len({articles[a].iris(f"{SCHEMA}publisher") for a in told if a in articles})
        rows.append((iri, round(sum(math.log2(1 + n) for n in (mentions, outlets, central[iri])), 3), mentions))
    return sorted(rows, key=lambda row: (row[0] not in connected, -row[1], row[0]))


def _centrality(candidates: Mapping[str, Thing], links: Iterable[tuple[str, str]]) -> dict[str, float]:
    """PageRank (Brin and Page 1998) over undirected ties, as a multiple of the mean."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(candidates)
    graph.add_edges_from(links)
    return {iri: rank * len(candidates) for iri, rank in nx.pagerank(graph).items()} if candidates else {}


def _leaf_classes(candidates: Mapping[str, Thing]) -> dict[str, str]:
    """Each thing's narrowest class: of several the one that fewest things have, since ancestors are written out."""
    counts = Counter(cls for thing in candidates.values() for cls in thing.types)
    general = {cls: rank for rank, cls in enumerate((*EVENT_GROUPS, *ANCESTOR_CLASSES), start=1)}

    def narrowness(cls: str) -> tuple[int, bool, int, str]:
        return general.get(cls, 0), not cls.startswith((KG, SCHEMA)), counts[cls], cls

    return {iri: min(thing.types, key=narrowness, default=f"{SCHEMA}Thing") for iri, thing in candidates.items()}


def _coverage(shown: tuple[PageArticle, ...], articles: Mapping[str, Thing]) -> str:
    words = interface_text()
    outlets = {a.outlet for a in shown if a.outlet != words["no_outlet"]}
    days = [day for thing in articles.values() if (day := parse_day(thing.text(f"{SCHEMA}datePublished")))]
    dates = day_range(min(days), max(days), short=True) if days else None
    return str(words["coverage_dates" if dates else "coverage"]).format(
        articles=counted("articles", len(shown)), outlets=counted("outlets", len(outlets)), dates=dates
    )


def _edges(
    links: Mapping[tuple[str, str], tuple[str, ...]],
    kept: Mapping[str, int],
    nodes: tuple[PageNode, ...],
    disputed: set[tuple[int, int | None]],
) -> tuple[PageEdge, ...]:
    pairs = ((kept[s], kept[o], roles) for (s, o), roles in links.items() if s in kept and o in kept)
    return tuple(
        PageEdge(
            source=source,
            target=target,
            roles=roles,
            status=nodes[source].status or nodes[target].status,
            conflict=(source, target) in disputed,
        )
        for source, target, roles in sorted(pairs)
    )
