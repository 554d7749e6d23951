"""Does every sentence of a graph stand where it says in the article's stored text? Only a store has the texts."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Store

from kg.validation.paths import Path
from kg.validation.rdf import rows
from kg.validation.report import VIOLATION, Node, Violation
from kg.validation.spelling import SHAPES
from kg.vocab import KG, NIF, SCHEMA

RULES: Final = {
    "StoredSentence": "The text of a sentence must be what stands between its offsets in the stored article.",
    "StoredDigest": "kg:sha256 must be the digest of the article's stored text.",
    "StoredArticle": "Every article of the graph must be in the store.",
}
"""Rules of this module: local names under SHAPES, and what they say."""
_TEXT: Final = f"{SCHEMA}text"
_DIGEST: Final = f"{KG}sha256"


def misquotations(
    store: Store, articles: Iterable[tuple[str, str]], told: Callable[[int], None]
) -> Iterator[Violation]:
    """What differs from the stored texts; `articles` are pairs of IRI and text, `told` hears how many are done."""
    seen: set[str] = set()
    for number, (iri, text) in enumerate(articles, start=1):
        article = NamedNode(iri)
        seen.add(iri)
        yield from _digest(store, article, text)
        yield from _sentences(store, article, text)
        told(number)
    for row in rows(store, f"SELECT DISTINCT ?article WHERE {{ ?article a <{SCHEMA}NewsArticle> }}"):
        if row["article"].value not in seen:
            yield _violation("StoredArticle", row["article"], None, None)


def _digest(store: Store, article: NamedNode, text: str) -> Iterator[Violation]:
    digest = hashlib.sha256(text.encode()).hexdigest()
    for quad in store.quads_for_pattern(article, NamedNode(_DIGEST), None):
        if isinstance(quad.object, Literal) and quad.object.value != digest:
            yield _violation("StoredDigest", article, _DIGEST, quad.object)


def _sentences(store: Store, article: NamedNode, text: str) -> Iterator[Violation]:
    parts = f"<{SCHEMA}isPartOf> {article} ; <{NIF}beginIndex> ?begin ; <{NIF}endIndex> ?end ; <{_TEXT}> ?text"
    for row in rows(store, f"SELECT ?sentence ?begin ?end ?text WHERE {{ ?sentence {parts} }}"):
        begin, end, sentence = row["begin"].value, row["end"].value, row["text"]
        stands = begin.isdecimal() and end.isdecimal() and text[int(begin) : int(end)] == sentence.value
        if not stands:
            yield _violation("StoredSentence", row["sentence"], _TEXT, sentence)


def _violation(rule: str, node: Node, property_: str | None, found: Node | None) -> Violation:
    return Violation(
        severity=VIOLATION,
        node=node,
        route=None if property_ is None else Path(property=property_),
        found=found,
        message=RULES[rule],
        shape=f"{SHAPES}{rule}",
        constraint="Spelling",
    )
