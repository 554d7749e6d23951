"""Names in a question that nothing bears: a slip of the pen gives no error in SPARQL, only no rows.

A name is known when it occurs in the graph, in the files of `ontology/`, or in a vocabulary of the W3C as rdflib lists
it. The last two are looked at only when the graph does not have the name, so that a right question costs nothing.
"""

import re
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, parse

from kg.ontology_files import ontology_path
from kg.sparql import TOKEN

if TYPE_CHECKING:
    from kg.store import Graph

ONTOLOGY: Final = ("newskg.ttl", "topics.ttl", "shapes.ttl")
LIKELY: Final = 0.75
"""Likeness (difflib's ratio of the local names) from which on a name is suggested."""
SAME_BUT_FOR_A_SLIP: Final = 0.95
"""The same for a whole IRI of a namespace that we know nothing of: `http://schema.org/text` is such."""
_DECLARED: Final = re.compile(r"\bprefix\s+([^\s:]*):\s*<([^>]*)>", re.IGNORECASE)


def hints(sparql: str, graph: "Graph", services: Collection[str] = ()) -> tuple[str, ...]:
    """A sentence for each name in the query that neither the graph nor its vocabularies have."""
    prefixes = {**graph.prefixes(), **dict(_DECLARED.findall(sparql))}
    body = _DECLARED.sub("", sparql)
    found = []
    for written, iri in dict.fromkeys(_names(body, prefixes)):
        if iri in services or graph.mentions(iri) or iri in _vocabulary():
            continue
        namespace = next((ns for ns in prefixes.values() if iri.startswith(ns)), None)
        near = _nearest(iri, namespace, prefixes)
        if near:
            found.append(f"{written} is in neither the graph nor its ontology; did you mean {near}?")
        elif namespace is not None or iri.startswith(graph.base):
            found.append(f"{written} is in neither the graph nor its ontology")
    return tuple(found)


def _names(sparql: str, prefixes: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each name as written, and its IRI."""
    for match in TOKEN.finditer(sparql):
        if match["iri"]:
            yield match[0], match["iri"]
        elif match["local"] and (match["prefix"] or "") in prefixes:
            yield match[0], prefixes[match["prefix"] or ""] + match["local"].replace("\\", "")


def _nearest(iri: str, namespace: str | None, prefixes: dict[str, str]) -> str | None:
    """The most alike name of the namespace, else the IRI that differs by a slip, as one would write it."""
    from kg.exporters.conversion import shorten

    if namespace is None:
        whole = get_close_matches(iri, _vocabulary(), 1, SAME_BUT_FOR_A_SLIP)
        return shorten(whole[0], prefixes) if whole else None
    locals_ = [name.removeprefix(namespace) for name in _vocabulary() if name.startswith(namespace)]
    near = get_close_matches(iri.removeprefix(namespace), locals_, 1, LIKELY)
    return shorten(namespace + near[0], prefixes) if near else None


@cache
def _vocabulary() -> frozenset[str]:
    """All IRIs of our ontology files and of the vocabularies that the graph uses."""
    from rdflib import namespace

    names = {
        term.value
        for name in ONTOLOGY
        for quad in parse(path=str(ontology_path(name)))
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, NamedNode)
    }
    closed = (namespace.RDF, namespace.RDFS, namespace.OWL, namespace.XSD, namespace.SKOS, namespace.PROV)
    for vocabulary in (*closed, namespace.ORG, namespace.DCTERMS):
        names.update(str(term) for term in dir(vocabulary))
    return frozenset(names)
