"""The graph as networkx holds it."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.vocab import DCTERMS, KG, PROV, RDF, RDFS, SCHEMA, SEM, SKOS

if TYPE_CHECKING:
    import networkx

    from kg.store import Graph

NODE_TYPES: Final[dict[str, str]] = {
    f"{SCHEMA}NewsArticle": "article",
    f"{SEM}Event": "event",
    f"{KG}Statement": "statement",
    f"{SKOS}Concept": "topic",
    "http://www.w3.org/ns/org#Post": "post",
    f"{SCHEMA}Person": "person",
    f"{SCHEMA}Country": "country",
    f"{SCHEMA}Organization": "organization",
    f"{SCHEMA}Place": "place",
}
"""Broad kind of a node, the first that fits; everything else is a `thing`."""
TEXT_ATTRIBUTES: Final[dict[str, str]] = {
    f"{SEM}hasBeginTimeStamp": "begin",
    f"{SEM}hasEndTimeStamp": "end",
    f"{SCHEMA}datePublished": "published",
    f"{SCHEMA}text": "text",
    f"{SCHEMA}duration": "duration",
    f"{SCHEMA}currency": "currency",
    f"{SCHEMA}url": "url",
    f"{DCTERMS}identifier": "identifier",
    f"{KG}status": "status",
}
NUMBER_ATTRIBUTES: Final[dict[str, str]] = {
    f"{KG}mentionCount": "mentions",
    f"{KG}ordinal": "ordinal",
    f"{KG}killed": "killed",
    f"{KG}wounded": "wounded",
    f"{KG}count": "count",
    f"{KG}amount": "amount",
}
LABELS: Final = (f"{RDFS}label", f"{SKOS}prefLabel", f"{SCHEMA}headline")
ENGLISH: Final = "en"
SAME_AS: Final = f"{SCHEMA}sameAs"
TYPE: Final = f"{RDF}type"
HAS_ACTOR: Final = f"{SEM}hasActor"
ROLES: Final = frozenset(f"{KG}{role}" for role in ("participant", "agent", "target", "recipient", "mediator"))
GENERAL_CLASSES: Final = frozenset({f"{SEM}Event", f"{KG}GovernanceEvent", f"{KG}OtherEvent", f"{PROV}Entity"})
"""Classes that say less than another class of the same node."""
_NUMBER: Final = re.compile(r"[+-]?\d{1,18}(?:\.\d+)?")
"""What a foreign file may hold instead is left out: an attribute keeps one type."""
LABEL_LENGTH: Final = 80
"""Characters of a statement's text that stand as its label."""


def to_networkx(graph: "Graph") -> "networkx.MultiDiGraph[str]":
    """Layer 1 as a directed multigraph whose nodes are IRIs.

    Node attributes: `label`, `type` (person, country, organization, place, thing, event, statement, topic, post,
    article), `class` (local name of the narrowest class) and, where the graph has them, `begin`, `end`, `published`,
    `status`, `text`, `duration`, `currency`, `url`, `identifier`, `same_as` (str), `mentions`, `ordinal`, `killed`,
    `wounded`, `count` (int), `amount` (float).
    Edge attributes: `predicate` ("kg:participant", which is the key too) and `iri`. `sem:hasActor` is left out where a
    role says more.
    """
    import networkx

    network: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    triples = graph.core_triples()
    classes: dict[str, set[str]] = {}
    for triple in triples:
        if triple.predicate.value == TYPE and isinstance(triple.subject, NamedNode):
            classes.setdefault(triple.subject.value, set()).add(_value(triple.object))
    attributes = {iri: _kind(found) for iri, found in classes.items()}
    _describe(attributes, triples)
    for iri, described in attributes.items():
        described.setdefault("label", described.get("text", iri.rsplit("/", 1)[-1])[:LABEL_LENGTH])
        network.add_node(iri, **dict(sorted(described.items())))
    _connect(network, triples, graph.prefixes())
    return network


def _kind(classes: set[str]) -> dict[str, Any]:
    """`type` and `class` of a node, from the IRIs of its classes."""
    kinds = [kind for class_, kind in NODE_TYPES.items() if class_ in classes]
    narrow = {c for c in classes if c not in NODE_TYPES and c not in GENERAL_CLASSES and "/plover#" not in c}
    # kg:Leader is a mark on a person, not a narrower sort of thing than schema:Person.
    chosen = sorted(narrow - {f"{KG}Leader"}) or sorted(classes & NODE_TYPES.keys()) or sorted(classes)
    return {"type": kinds[0] if kinds else "thing", "class": _local(chosen[0])}


def _describe(attributes: dict[str, dict[str, Any]], triples: Iterable[Triple]) -> None:
    """Add to each node the attributes that its literals and its status give; the first in order of writing stays."""
    for triple in triples:
        described = attributes.get(_value(triple.subject))
        if described is None:
            continue
        predicate, value = triple.predicate.value, _value(triple.object)
        if predicate in LABELS:
            # English first: topics are labelled in many languages.
            if "label" not in described or getattr(triple.object, "language", None) == ENGLISH:
                described["label"] = value
        elif predicate in TEXT_ATTRIBUTES:
            described.setdefault(TEXT_ATTRIBUTES[predicate], _local(value) if value.startswith(KG) else value)
        elif predicate in NUMBER_ATTRIBUTES and _NUMBER.fullmatch(value):
            name = NUMBER_ATTRIBUTES[predicate]
            described.setdefault(name, float(value) if name == "amount" else int(float(value)))
        elif predicate == SAME_AS and "wikidata.org/" in value:
            described.setdefault("same_as", value)


def _connect(network: "networkx.MultiDiGraph[str]", triples: Iterable[Triple], prefixes: dict[str, str]) -> None:
    """Add an edge for each triple between two nodes."""
    links = [
        (_value(t.subject), t.predicate.value, t.object.value)
        for t in triples
        if isinstance(t.object, NamedNode) and t.predicate.value not in (TYPE, SAME_AS)
    ]
    with_role = {(subject, target) for subject, predicate, target in links if predicate in ROLES}
    short = {predicate: shorten(predicate, prefixes) for predicate in sorted({link[1] for link in links})}
    for subject, predicate, target in links:
        if subject not in network or target not in network:
            continue
        if predicate == HAS_ACTOR and (subject, target) in with_role:
            continue
        network.add_edge(subject, target, key=short[predicate], predicate=short[predicate], iri=predicate)


def shorten(iri: str, prefixes: dict[str, str]) -> str:
    """`prefix:local` when a prefix fits and the rest has no further separator, else the IRI itself."""
    for prefix, namespace in prefixes.items():
        local = iri.removeprefix(namespace)
        if local != iri and local and not set(local) & set("/#"):
            return f"{prefix}:{local}"
    return iri


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _value(term: object) -> str:
    return str(term.value) if isinstance(term, NamedNode | Literal | BlankNode) else str(term)
