"""Why does the graph say so? The facts about a thing and the sentences behind them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from kg.errors import QueryError
from kg.schema import load_event_schema
from kg.sparql import Iri

if TYPE_CHECKING:
    from kg.store import Graph

MAX_CANDIDATES: Final = 20
"""More things than these under one name are no help to choose from."""

_WORD: Final = re.compile(r"\w+")
_EXISTS: Final = "SELECT ?thing WHERE { ?thing ?p ?o } LIMIT 1"
_REPLACED: Final = "SELECT ?now ?thing { ?now dcterms:replaces ?thing } ORDER BY ?now"
_NAMES: Final = """
SELECT DISTINCT ?thing ?name ?main WHERE {
  { ?thing rdfs:label|skos:prefLabel|schema:headline ?name BIND("main" AS ?main) } UNION { ?thing skos:altLabel ?name }
} ORDER BY ?thing ?main ?name"""
_DESCRIPTION: Final = """
SELECT ?thing ?label ?class WHERE {
  ?thing a ?class . OPTIONAL { ?thing rdfs:label|skos:prefLabel|schema:headline ?label }
} ORDER BY DESC(LANG(?label) = "en") ?label ?class"""
_SENTENCE: Final = """
  ?sentence schema:text ?text ; schema:isPartOf ?article ; nif:beginIndex ?begin ; nif:endIndex ?end .
  OPTIONAL { ?article schema:publisher/rdfs:label ?outlet }
  OPTIONAL { ?article schema:headline ?headline }
  OPTIONAL { ?article schema:datePublished ?published }"""
_FACTS: Final = f"""
SELECT * WHERE {{
  {{ ?fact rdf:subject ?thing }} UNION {{ ?fact rdf:object ?thing }} UNION {{ ?fact prov:wasDerivedFrom ?thing }}
  UNION {{ ?fact prov:wasDerivedFrom/schema:isPartOf ?thing }} UNION {{ ?fact a kg:Fact FILTER(?fact = ?thing) }}
  ?fact rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  OPTIONAL {{ ?subject rdfs:label ?subjectLabel }}
  OPTIONAL {{ ?object rdfs:label|skos:prefLabel ?objectLabel }}
  OPTIONAL {{ ?fact kg:rank ?rank }}
  OPTIONAL {{ ?fact kg:confidence ?confidence }}
  OPTIONAL {{ ?fact kg:sourceCount ?sources }}
  OPTIONAL {{ ?fact kg:attributedTo/rdfs:label ?attributedTo }}
  OPTIONAL {{ ?fact kg:conflictsWith ?conflict }}
  OPTIONAL {{ ?fact prov:wasDerivedFrom ?sentence . {_SENTENCE} }}
}} ORDER BY ?subject ?predicate DESC(?confidence) ?fact ?article ?begin"""
_EVIDENCE: Final = f"""
SELECT * WHERE {{
  {{ ?thing prov:wasDerivedFrom ?sentence }} UNION {{ ?sentence a kg:Sentence FILTER(?sentence = ?thing) }} {_SENTENCE}
}} ORDER BY ?article ?begin"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something in the graph. `classes` are local names, sorted."""

    iri: str
    label: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence of an article; `begin` and `end` are code points of the article's stored text."""

    iri: str
    text: str
    begin: int
    end: int
    article: str
    outlet: str | None = None
    headline: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedFact:
    """One fact of layer 2 in words. `rank` is Preferred, Normal or Rejected; `conflicts` are fact IRIs."""

    iri: str
    subject: str
    predicate: str
    object: str
    rank: str
    confidence: float | None
    source_count: int
    attributed_to: str | None
    conflicts: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is known of `thing`, or, where a name fits several things, the `candidates` to choose from."""

    thing: Thing | None
    candidates: tuple[Thing, ...] = ()
    facts: tuple[ExplainedFact, ...] = ()
    evidence: tuple[Evidence, ...] = ()


def explain(graph: "Graph", name_or_iri: str) -> Explanation:
    """The facts and sentences behind a thing, a fact, a sentence or an article.

    It is found by IRI (whole, `event:…`, or `event/…` under the graph's base), else by its label, another of its
    names, or all the words of the name, whatever their case. Raises QueryError with near names when nothing fits.
    """
    found = _find(graph, name_or_iri.strip())
    if len(found) > 1:
        return Explanation(thing=None, candidates=tuple(describe(graph, iri) for iri in found[:MAX_CANDIDATES]))
    thing = Iri(found[0])
    return Explanation(
        thing=describe(graph, thing),
        facts=_explain_facts(graph.select(_FACTS, {"thing": thing})),
        evidence=_collect_evidence(graph.select(_EVIDENCE, {"thing": thing})),
    )


def event_class(thing: Thing) -> str | None:
    """The leaf class of an event; None for what is no event."""
    return next(iter(set(thing.classes) & load_event_schema().classes.keys()), None)


def find_one(graph: "Graph", name: str) -> str:
    """The IRI that a name means. Raises QueryError when it means nothing, or several things."""
    found = _find(graph, name.strip())
    if len(found) > 1:
        some = ", ".join(f"{describe(graph, iri).label} <{iri}>" for iri in found[:3])
        raise QueryError(f"{name!r} may be {len(found)} things; ask for one by its IRI: {some}, …")
    return found[0]


def _find(graph: "Graph", name: str) -> list[str]:
    """IRIs that the name means, all equally well. Never empty."""
    for iri in _possible_iris(graph, name):
        if graph.select(_EXISTS, {"thing": Iri(iri)}):
            return [iri]
        if now := [row["now"] for row in graph.select(_REPLACED, {"thing": Iri(iri)})]:
            return now
    names = graph.select(_NAMES)
    wanted = name.casefold()
    words = set(_WORD.findall(wanted))
    tests = (
        lambda row: "main" in row and row["name"].casefold() == wanted,
        lambda row: row["name"].casefold() == wanted,
        lambda row: bool(words) and words <= set(_WORD.findall(row["name"].casefold())),
    )
    for test in tests:
        found = list(dict.fromkeys(row["thing"] for row in names if test(row)))
        if found:
            return found
    near = get_close_matches(name, list(dict.fromkeys(row["name"] for row in names)))
    meant = f"did you mean {' or '.join(repr(n) for n in near)}?" if near else "look with: kg query GRAPH most-central"
    raise QueryError(f"nothing in the graph is called {name!r}; {meant}")


def _possible_iris(graph: "Graph", name: str) -> list[str]:
    """What the name could be as an IRI: itself, with its prefix written out, under the base."""
    bare = name.removeprefix("<").removesuffix(">")
    if not bare or set(bare) & set(' "<>{}|^`\\'):
        return []
    prefix, colon, local = bare.partition(":")
    namespace = graph.prefixes().get(prefix) if colon else None
    possible = [f"{namespace}{local}"] if namespace else []
    return [*possible, bare] if colon else [f"{graph.base}{bare}"]


def describe(graph: "Graph", iri: str) -> Thing:
    """Label and classes of what an IRI names."""
    rows = graph.select(_DESCRIPTION, {"thing": Iri(iri)})
    labels = [row["label"] for row in rows if "label" in row]
    classes = sorted({local_name(row["class"]) for row in rows})
    return Thing(iri=str(iri), label=labels[0] if labels else local_name(iri), classes=tuple(classes))


def _explain_facts(rows: Iterable[dict[str, str]]) -> tuple[ExplainedFact, ...]:
    """Put the rows of each fact together; preferred facts first, rejected last, else in the order of the rows."""
    by_fact: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_fact.setdefault(row["fact"], []).append(row)
    order = ("Preferred", "Normal", "Rejected")
    facts = [_explain_fact(iri, group) for iri, group in by_fact.items()]
    return tuple(sorted(facts, key=lambda fact: order.index(fact.rank) if fact.rank in order else len(order)))


def _explain_fact(iri: str, rows: list[dict[str, str]]) -> ExplainedFact:
    first = rows[0]
    conflicts = sorted({row["conflict"] for row in rows if "conflict" in row})
    return ExplainedFact(
        iri=iri,
        subject=first.get("subjectLabel", local_name(first["subject"])),
        predicate=local_name(first["predicate"]),
        object=first.get("objectLabel") or _readable(first["object"]),
        rank=local_name(first.get("rank", "Normal")),
        confidence=float(first["confidence"]) if "confidence" in first else None,
        source_count=int(first.get("sources", "0")),
        attributed_to=first.get("attributedTo"),
        conflicts=tuple(conflicts),
        evidence=_collect_evidence(row for row in rows if "sentence" in row),
    )


def _collect_evidence(rows: Iterable[dict[str, str]]) -> tuple[Evidence, ...]:
    """The distinct sentences of the rows, in their order."""
    sentences: dict[str, Evidence] = {}
    for row in rows:
        if "text" in row and row["sentence"] not in sentences:
            sentences[row["sentence"]] = Evidence(
                iri=row["sentence"],
                text=row["text"],
                begin=int(row["begin"]),
                end=int(row["end"]),
                article=row["article"],
                outlet=row.get("outlet"),
                headline=row.get("headline"),
                published=row.get("published"),
            )
    return tuple(sentences.values())


def _readable(value: str) -> str:
    """An individual of the vocabulary by its local name, everything else as it stands."""
    return value.rsplit("#", 1)[-1] if "/ns#" in value else value


def local_name(iri: str) -> str:
    """What stands behind the last # or /."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
