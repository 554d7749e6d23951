"""The files of ontology/: they parse, they are complete, and the code uses no term that they do not declare."""

import ast
import re
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SKOS

import kg
from kg.errors import OntologyError
from kg.ontology_files import PACKAGED, REPOSITORY, ontology_path
from kg.vocab import KG, PLOVER, SEM, TOPIC

FILES = ("newskg.ttl", "topics.ttl", "shapes.ttl")
IPTC = "http://cv.iptc.org/newscodes/mediatopic/"
SCHEME = rdflib.URIRef(TOPIC)
LEAVES = {
    "plover:CONSULT": ("PhoneCall", "Meeting", "Negotiation", "Visit"),
    "plover:AGREE": ("Agreement", "Ceasefire"),
    "plover:COOPERATE": ("Cooperation", "PrisonerExchange"),
    "plover:AID": ("MilitaryAid", "HumanitarianAid", "EconomicAid"),
    "plover:SANCTION": ("Sanction", "Tariff", "AidSuspension", "DiplomaticRupture"),
    "plover:CONCEDE": ("SanctionRelief", "Release"),
    "plover:RETREAT": ("Withdrawal",),
    "plover:ASSAULT": ("Attack", "Invasion", "TerritorialCapture", "Casualty"),
    "plover:MOBILIZE": ("Mobilization",),
    "plover:COERCE": ("Arrest",),
    "plover:PROTEST": ("Protest",),
    "plover:INVESTIGATE": ("Investigation",),
    "kg:GovernanceEvent": ("LegislativeVote", "Election", "Appointment", "Resignation", "LegalProceeding"),
    "kg:OtherEvent": ("Conflict", "Displacement", "Transaction", "Disaster"),
}
SYMMETRIC = {
    *("PhoneCall", "Meeting", "Negotiation", "Agreement", "Ceasefire"),
    *("Cooperation", "PrisonerExchange", "Conflict"),
}
PROPERTIES = (
    *("sha256", "copyOf", "represents", "mentionedIn", "mentionCount"),
    *("participant", "agent", "target", "recipient", "mediator"),
    *("status", "ordinal", "killed", "wounded", "count", "amount"),
    *("speaker", "relayedBy", "addressee", "saidIn"),
    *("confidence", "rank", "sourceCount", "attributedTo", "conflictsWith"),
)
# "kg:Name" in a query or a docstring (not "…newskg:x" nor a prefix declaration), and names joined to the namespace.
PREFIXED = re.compile(r"(?<![\w.])kg:([A-Za-z]\w*)")
MODULE_SOURCES = sorted(Path(kg.__path__[0]).rglob("*.py"))


def term(name: str) -> rdflib.URIRef:
    prefix, local = name.split(":")
    return rdflib.URIRef({"kg": KG, "plover": PLOVER}[prefix] + local)


@pytest.fixture(scope="module")
def graphs() -> dict[str, rdflib.Graph]:
    return {name: rdflib.Graph().parse(ontology_path(name)) for name in FILES}


@pytest.fixture(scope="module")
def ontology(graphs: dict[str, rdflib.Graph]) -> rdflib.Graph:
    return graphs["newskg.ttl"]


@pytest.fixture(scope="module")
def topics(graphs: dict[str, rdflib.Graph]) -> rdflib.Graph:
    return graphs["topics.ttl"]


def declared(ontology: rdflib.Graph) -> set[str]:
    return {str(s).removeprefix(KG) for s in ontology.subjects(RDF.type) if str(s).startswith(KG)}


@pytest.mark.parametrize("name", FILES)
def test_ontology_parses_alike_in_two_engines(name: str, graphs: dict[str, rdflib.Graph]) -> None:
    assert len(graphs[name]) == sum(1 for _ in pyoxigraph.parse(path=str(ontology_path(name)))) > 0


@pytest.mark.parametrize("parent", LEAVES)
def test_ontology_has_every_leaf_class_under_its_category(parent: str, ontology: rdflib.Graph) -> None:
    for name in LEAVES[parent]:
        leaf = term(f"kg:{name}")
        assert (leaf, RDF.type, OWL.Class) in ontology
        assert set(ontology.objects(leaf, RDFS.subClassOf)) == {term(parent)}, name
        assert (term(parent), RDFS.subClassOf, rdflib.URIRef(f"{SEM}Event")) in ontology
        assert len(list(ontology.objects(leaf, term("kg:eventLabel")))) == 1, name


def test_ontology_has_no_other_leaf_class(ontology: rdflib.Graph) -> None:
    labelled = {str(leaf).removeprefix(KG) for leaf in ontology.subjects(term("kg:eventLabel"))}
    assert labelled == {name for names in LEAVES.values() for name in names}


def test_ontology_marks_symmetric_classes(ontology: rdflib.Graph) -> None:
    marked = ontology.subjects(term("kg:symmetric"), rdflib.Literal(True))
    assert {str(leaf).removeprefix(KG) for leaf in marked} == SYMMETRIC


@pytest.mark.parametrize("name", PROPERTIES)
def test_ontology_declares_property_with_domain_and_range(name: str, ontology: rdflib.Graph) -> None:
    node = term(f"kg:{name}")
    assert set(ontology.objects(node, RDF.type)) & {OWL.ObjectProperty, OWL.DatatypeProperty}
    assert ontology.value(node, RDFS.domain) is not None
    assert ontology.value(node, RDFS.range) is not None


def test_ontology_explains_every_term(ontology: rdflib.Graph) -> None:
    for name in declared(ontology):
        assert (term(f"kg:{name}"), RDFS.label, None) in ontology, name
        node = term(f"kg:{name}")
        assert (node, SKOS.definition, None) in ontology or (node, RDFS.comment, None) in ontology, name


def test_ontology_writes_canonical_literals(graphs: dict[str, rdflib.Graph]) -> None:
    for graph in graphs.values():
        literals = [node for node in graph.objects() if isinstance(node, rdflib.Literal)]
        assert all(node.language is None or node.language == node.language.lower() for node in literals)
        assert all("\0" not in node for node in literals)


@pytest.mark.parametrize("name", FILES)
def test_ontology_uses_only_declared_terms(name: str, graphs: dict[str, rdflib.Graph], ontology: rdflib.Graph) -> None:
    used = {str(node) for triple in graphs[name] for node in triple if isinstance(node, rdflib.URIRef)}
    assert {iri.removeprefix(KG) for iri in used if iri.startswith(KG)} <= declared(ontology)


# ── code against the ontology ────────────────────────────────────────────────────────────────────


def kg_names(source: str) -> set[str]:
    """Names that Python code takes from the kg: namespace: "kg:Name", KG + "Name", f"{KG}Name"."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            names.update(PREFIXED.findall(node.value))
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add) and is_kg(node.left):
            if isinstance(node.right, ast.Constant) and isinstance(node.right.value, str):
                names.add(node.right.value)
        elif isinstance(node, ast.JoinedStr):
            for before, after in zip(node.values, node.values[1:], strict=False):
                if isinstance(before, ast.FormattedValue) and is_kg(before.value) and isinstance(after, ast.Constant):
                    names.update(re.findall(r"^\w+", str(after.value)))
    return names


def is_kg(node: ast.expr) -> bool:
    return (isinstance(node, ast.Name) and node.id == "KG") or (isinstance(node, ast.Attribute) and node.attr == "KG")


def test_ontology_scan_finds_each_way_of_writing() -> None:
    source = 'a = "SELECT ?e { ?e a kg:Meeting }"\nb = KG + "Fact"\nc = f"{vocab.KG}rank"\nd = "newskg:x"'
    assert kg_names(source) == {"Meeting", "Fact", "rank"}


@pytest.mark.parametrize("path", MODULE_SOURCES, ids=lambda path: str(path.relative_to(kg.__path__[0])))
def test_ontology_declares_what_the_code_uses(path: Path, ontology: rdflib.Graph) -> None:
    assert kg_names(path.read_text(encoding="utf-8")) <= declared(ontology)


# ── topics ───────────────────────────────────────────────────────────────────────────────────────


def concepts(topics: rdflib.Graph) -> list[rdflib.term.Node]:
    return list(topics.subjects(RDF.type, SKOS.Concept))


def test_topics_have_one_label_and_a_definition(topics: rdflib.Graph) -> None:
    assert len(concepts(topics)) >= 60
    for concept in concepts(topics):
        labels = list(topics.objects(concept, SKOS.prefLabel))
        assert [label.language for label in labels if isinstance(label, rdflib.Literal)] == ["en"], concept
        assert topics.value(concept, SKOS.definition) is not None, concept
        assert topics.value(concept, SKOS.inScheme) == SCHEME, concept


def test_topics_reach_a_top_concept_under_iptc(topics: rdflib.Graph) -> None:
    tops = set(topics.objects(SCHEME, SKOS.hasTopConcept))
    assert tops == set(topics.subjects(SKOS.topConceptOf, SCHEME))
    for top in tops:
        matches = {*topics.objects(top, SKOS.exactMatch), *topics.objects(top, SKOS.broadMatch)}
        assert any(str(match).startswith(IPTC) for match in matches), top
    for concept in concepts(topics):
        assert tops & set(topics.transitive_objects(concept, SKOS.broader)), concept
        parents = list(topics.objects(concept, SKOS.broader))
        assert len(parents) == (0 if concept in tops else 1), concept
        assert concept not in {a for parent in parents for a in topics.transitive_objects(parent, SKOS.broader)}


def test_topics_share_no_label(topics: rdflib.Graph) -> None:
    owners: dict[str, set[str]] = {}
    for concept in concepts(topics):
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            for label in topics.objects(concept, predicate):
                owners.setdefault(str(label).lower(), set()).add(str(concept))
    assert {label: who for label, who in owners.items() if len(who) > 1} == {}


def test_topics_have_cues_that_can_match(topics: rdflib.Graph, ontology: rdflib.Graph) -> None:
    for concept, cue in topics.subject_objects(term("kg:cue")):
        assert str(cue) == str(cue).lower().strip() and str(cue), concept
        assert not {"–", "—"} & set(str(cue)), cue
    leaves = set(ontology.subjects(term("kg:eventLabel")))
    assert set(topics.objects(None, term("kg:cueEvent"))) <= leaves
    for actor in topics.objects(None, term("kg:cueActor")):
        assert re.fullmatch(r"http://www\.wikidata\.org/entity/Q[1-9]\d*", str(actor))


# ── where the files are ──────────────────────────────────────────────────────────────────────────


def test_ontology_files_prefer_the_packaged_folder(tmp_path: Path) -> None:
    packaged, repository = tmp_path / "packaged", tmp_path / "repository"
    for folder in (packaged, repository):
        folder.mkdir()
        (folder / "newskg.ttl").touch()
    assert ontology_path("newskg.ttl", folders=(packaged, repository)) == packaged / "newskg.ttl"


def test_ontology_files_fall_back_to_the_repository(tmp_path: Path) -> None:
    (tmp_path / "newskg.ttl").touch()
    assert ontology_path("newskg.ttl", folders=(tmp_path / "absent", tmp_path)) == tmp_path / "newskg.ttl"


def test_ontology_files_default_to_package_then_repository() -> None:
    assert ontology_path("newskg.ttl").parent in (PACKAGED, REPOSITORY)


@pytest.mark.parametrize("name", ["absent.ttl", "../newskg.ttl", ""])
def test_ontology_files_name_what_is_there(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    folder.mkdir()
    (folder / "topics.ttl").touch()
    (tmp_path / "newskg.ttl").touch()
    with pytest.raises(OntologyError, match=r"topics\.ttl"):
        ontology_path(name, folders=(folder,))


def test_ontology_files_say_where_they_looked(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="nowhere"):
        ontology_path("newskg.ttl", folders=(tmp_path / "nowhere",))
