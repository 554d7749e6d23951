"""The ontology is true of what the program writes, consistent, and described by an up-to-date page."""

import re
from pathlib import Path
from typing import Final

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from measure_seeds import build_seeds
from ontology_page import PAGE, page
from rdflib.namespace import OWL, RDF, RDFS, SKOS, XSD

from kg.ontology_files import ontology_path
from kg.store import Graph
from kg.vocab import KG, PLOVER, QUERY_PREFIXES
from kg.vocab import RDF as RDF_IRI

CASES: Final = Path(__file__).parent / "shapes_cases"
QUERIES: Final = sorted(Path(ontology_path("newskg.ttl")).parents[1].glob("kg/queries/*.rq"))
LANGUAGES: Final = tuple(str(space) for space in (RDF, RDFS, OWL, XSD))
"""Vocabularies that RDF and SPARQL themselves are written in: nothing to declare."""
ERROR: Final = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
"""How owlrl says that a graph contradicts itself."""
NAME: Final = re.compile(r"(?<![\w:<#/])([a-z]+):([A-Za-z]\w*)")


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_path("newskg.ttl"))


@pytest.fixture(scope="module")
def seeds() -> Graph:
    return build_seeds().graph


def declared(ontology: rdflib.Graph) -> set[str]:
    return {str(node) for node in ontology.subjects(RDF.type) if isinstance(node, rdflib.URIRef)}


def test_ontology_declares_every_class_and_property_of_the_sample_graph(ontology: rdflib.Graph, seeds: Graph) -> None:
    used = {triple.predicate.value for triple in seeds}
    used |= {triple.object.value for triple in seeds if triple.predicate.value == f"{RDF_IRI}type"}
    ours = {o.value for t in seeds if isinstance(o := t.object, ox.NamedNode) and o.value.startswith((KG, PLOVER))}
    assert {iri for iri in used | ours if not iri.startswith(LANGUAGES)} <= declared(ontology)


@pytest.mark.parametrize("path", [ontology_path("shapes.ttl"), *QUERIES], ids=lambda path: path.name)
def test_ontology_declares_every_name_in_shapes_and_queries(path: Path, ontology: rdflib.Graph) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith(("#", "@"))]
    text = re.sub(r'"[^"\n]*"', "", "\n".join(lines))
    spaces = {prefix: iri for prefix, iri in QUERY_PREFIXES.items() if prefix != "topic"}
    names = {spaces[prefix] + name for prefix, name in NAME.findall(text) if prefix in spaces}
    assert names
    assert {iri for iri in names if not iri.startswith(LANGUAGES)} <= declared(ontology)


def test_ontology_labels_and_defines_every_term_of_its_own(ontology: rdflib.Graph) -> None:
    for iri in declared(ontology):
        if iri.startswith((KG, PLOVER)):
            node = rdflib.URIRef(iri)
            assert ontology.value(node, RDFS.label), iri
            assert ontology.value(node, SKOS.definition) or ontology.value(node, RDFS.comment), iri


# ── domains and ranges ───────────────────────────────────────────────────────────────────────────


def members(ontology: rdflib.Graph, class_: rdflib.term.Node) -> set[str]:
    """The class and those below it; of a union, of all its parts."""
    union = ontology.value(class_, OWL.unionOf)
    parts = list(ontology.items(union)) if union is not None else [class_]
    return {str(below) for part in parts for below in ontology.transitive_subjects(RDFS.subClassOf, part)}


def strays(ontology: rdflib.Graph, graph: Graph) -> set[tuple[str, str]]:
    """(property, "domain" or "range") that a triple of the graph does not keep."""
    types: dict[str, set[str]] = {}
    for triple in graph:
        if triple.predicate.value == f"{RDF_IRI}type":
            types.setdefault(triple.subject.value, set()).add(triple.object.value)
    for individual, class_ in ontology.subject_objects(RDF.type):
        types.setdefault(str(individual), set()).add(str(class_))
    domains = {str(p): members(ontology, c) for p, c in ontology.subject_objects(RDFS.domain)}
    ranges = {str(p): members(ontology, c) for p, c in ontology.subject_objects(RDFS.range)}
    found: set[tuple[str, str]] = set()
    for triple in graph:
        iri, value = triple.predicate.value, triple.object
        if iri in domains and not types.get(triple.subject.value, set()) & domains[iri]:
            found.add((iri, "domain"))
        kinds = {value.datatype.value} if isinstance(value, ox.Literal) else types.get(value.value, set())
        if iri in ranges and not kinds & ranges[iri]:
            found.add((iri, "range"))
    return found


def test_ontology_domains_and_ranges_hold_in_the_sample_graph(ontology: rdflib.Graph, seeds: Graph) -> None:
    assert strays(ontology, seeds) == set()


def test_ontology_domains_and_ranges_are_checked(ontology: rdflib.Graph) -> None:
    wrong = Graph.load(CASES / "invalid" / "StatementEvent.ttl")
    assert (f"{KG}saidIn", "range") in strays(ontology, wrong)


# ── consistency ──────────────────────────────────────────────────────────────────────────────────


def contradictions(*graphs: rdflib.Graph) -> list[str]:
    """What an OWL 2 RL reasoner finds impossible. Triggers are left out: nothing follows from them, slowly."""
    whole = rdflib.Graph()
    for graph in graphs:
        for triple in graph:
            whole.add(triple)
    for local in ("trigger", "slot", "lemma"):
        for subject, predicate, value in list(whole.triples((None, rdflib.URIRef(KG + local), None))):
            whole.remove((subject, predicate, value))
            if isinstance(value, rdflib.BNode):
                whole.remove((value, None, None))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, improved_datatypes=False).expand(whole)
    return sorted(str(message) for message in whole.objects(None, ERROR))


def test_ontology_is_consistent_with_a_graph_of_every_class(ontology: rdflib.Graph) -> None:
    assert contradictions(ontology, rdflib.Graph().parse(CASES / "whole.ttl")) == []


def test_ontology_and_sample_graph_agree(ontology: rdflib.Graph, seeds: Graph, tmp_path: Path) -> None:
    """Layer 1 of the sample graph: facts and sentences repeat it, and took minutes."""
    seeds.save(tmp_path, ["core"])
    assert contradictions(ontology, rdflib.Graph().parse(tmp_path / "graph-core.ttl")) == []


def test_ontology_contradictions_are_found(ontology: rdflib.Graph) -> None:
    wrong = rdflib.Graph()
    node = rdflib.URIRef("https://w3id.org/newskg/id/both")
    wrong.add((node, RDF.type, rdflib.URIRef("https://schema.org/Person")))
    wrong.add((node, RDF.type, rdflib.URIRef(f"{KG}PhoneCall")))
    assert contradictions(ontology, wrong)


# ── the page ─────────────────────────────────────────────────────────────────────────────────────


def test_ontology_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python tests/ontology_page.py"


def test_ontology_page_names_every_term(ontology: rdflib.Graph) -> None:
    text = page()
    for iri in declared(ontology):
        if iri.startswith(KG):
            assert f'id="kg:{iri.removeprefix(KG)}"' in text, iri
