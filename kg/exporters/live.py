"""The graph as rdflib sees it, through oxrdflib: nothing is copied; and single terms as rdflib's."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore
from rdflib.query import Result


class PlainStringStore(OxigraphStore):
    """oxrdflib's store, whose texts are written as rdflib writes them.

    oxrdflib 0.5 gives `"x"^^xsd:string` where rdflib's parsers give `"x"`: the same in RDF 1.1, not equal in rdflib.
    """

    def triples(self, triple_pattern: Any, context: Any = None) -> Iterator[Any]:
        """As rdflib's stores give them: triples, each with its contexts."""
        for triple, contexts in super().triples(triple_pattern, context):
            yield tuple(_plain(term) for term in triple), contexts

    def query(self, *arguments: Any, **options: Any) -> Result:
        """Answer with Oxigraph's own SPARQL."""
        result = super().query(*arguments, **options)
        if result.type == "SELECT":
            result.bindings = [{v: _plain(t) for v, t in row.items() if t is not None} for row in result.bindings]
        elif result.graph is not None:
            graph = rdflib.Graph()
            for triple in result.graph:
                graph.add((triple[0], triple[1], _plain(triple[2])))
            result.graph = graph
        return result


def to_rdflib(union: pyoxigraph.Store, prefixes: Mapping[str, str]) -> rdflib.Dataset:
    """The store as a dataset, with the prefixes bound."""
    dataset = rdflib.Dataset(PlainStringStore(store=union))
    for prefix, iri in prefixes.items():
        dataset.bind(prefix, iri)
    return dataset


def rdflib_term(term: object) -> rdflib.term.Node:
    """A term of Oxigraph's as rdflib's, with the same label where it is a blank node."""
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.Literal):
        datatype = None if term.language else rdflib.URIRef(term.datatype.value)
        if datatype == rdflib.XSD.string:
            datatype = None
        # rdflib would otherwise rewrite dates and decimals to its own forms.
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    return rdflib.BNode(str(term).removeprefix("_:"))


def _plain(term: Any) -> Any:
    if isinstance(term, rdflib.Literal) and term.datatype == rdflib.XSD.string:
        return rdflib.Literal(str(term))
    return term
