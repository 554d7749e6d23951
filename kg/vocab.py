"""The namespaces of the graph (VOCABULARY.md) and nothing else."""

from typing import Final

KG: Final = "https://w3id.org/newskg/ns#"
PLOVER: Final = "https://w3id.org/newskg/plover#"
TOPIC: Final = "https://w3id.org/newskg/topic/"
BASE: Final = "https://w3id.org/newskg/id/"  # of the data; the user can set another

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SCHEMA: Final = "https://schema.org/"
SEM: Final = "http://semanticweb.cs.vu.nl/2009/11/sem/"
ORG: Final = "http://www.w3.org/ns/org#"
PROV: Final = "http://www.w3.org/ns/prov#"
NIF: Final = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
OWL: Final = "http://www.w3.org/2002/07/owl#"
SH: Final = "http://www.w3.org/ns/shacl#"
WIKIDATA: Final = "http://www.wikidata.org/entity/"
WIKIPEDIA: Final = "https://en.wikipedia.org/wiki/"

QUERY_PREFIXES: Final[dict[str, str]] = {
    "kg": KG,
    "plover": PLOVER,
    "topic": TOPIC,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "schema": SCHEMA,
    "sem": SEM,
    "org": ORG,
    "prov": PROV,
    "nif": NIF,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "owl": OWL,
}
"""Predeclared in `kg query`."""


def data_prefixes(base: str = BASE) -> dict[str, str]:
    """Prefixes of a written graph. Articles have none: their IRIs are written in full."""
    return {
        **QUERY_PREFIXES,
        "wd": WIKIDATA,
        "entity": f"{base}entity/",
        "post": f"{base}post/",
        "event": f"{base}event/",
        "statement": f"{base}statement/",
        "fact": f"{base}fact/",
        "publisher": f"{base}publisher/",
        "run": f"{base}run/",
    }
