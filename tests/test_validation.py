"""Every shape of ontology/shapes.ttl accepts a good graph and catches the fault that it is for."""

import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.errors import OntologyError
from kg.ontology_files import ontology_path
from kg.validation import SEVERITIES, ValidationReport, validate

PREFIXES = """
@prefix : <https://w3id.org/newskg/id/> .
@prefix kg: <https://w3id.org/newskg/ns#> .
@prefix plover: <https://w3id.org/newskg/plover#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GOOD = """
:a1 a schema:NewsArticle ; schema:headline "Leaders speak" ; dcterms:identifier "a1.txt" ; schema:publisher :outlet ;
    schema:inLanguage "en" ; schema:datePublished "2025-07-03"^^xsd:date ;
    kg:sha256 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" .
:a2 a schema:NewsArticle ; schema:headline "Leaders spoke" ; kg:copyOf :a1 ; dcterms:identifier "a2.txt" ;
    kg:sha256 "10112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" .
:outlet a schema:Organization ; rdfs:label "The Outlet"@en .
:s1 a kg:Sentence ; schema:text "Ann called Bob." ; nif:beginIndex 0 ; nif:endIndex 15 ; schema:isPartOf :a1 .
:ann a schema:Person, kg:Leader ; rdfs:label "Ann"@en ; kg:mentionedIn :a1 ; kg:mentionCount 3 ; org:holds :post .
:bob a schema:Person ; rdfs:label "Bob"@en ; kg:mentionedIn :a1 ; kg:mentionCount 1 .
:land a schema:Country ; rdfs:label "Land"@en ; kg:mentionedIn :a1 ; kg:mentionCount 1 .
:rocket a schema:Product ; rdfs:label "Rocket"@en ; kg:mentionedIn :a1 .
:post a org:Post ; rdfs:label "President of Land"@en ; org:postIn :land .
:call a sem:Event, plover:CONSULT, kg:PhoneCall ; rdfs:label "Phone call of Ann and Bob"@en ; kg:status kg:Occurred ;
    sem:hasActor :ann, :bob ; kg:participant :ann, :bob ; sem:hasPlace :land ; kg:ordinal 6 ;
    sem:hasBeginTimeStamp "2025-07-03"^^xsd:date ; sem:hasEndTimeStamp "2025-07-03"^^xsd:date ;
    prov:wasDerivedFrom :s1 ; kg:mentionedIn :a1 .
:strike a sem:Event, plover:ASSAULT, kg:Attack ; rdfs:label "Attack"@en ; kg:status kg:Occurred ;
    sem:hasActor :land, :rocket ; kg:agent :land ; kg:target :rocket ; kg:killed 2 ; kg:wounded 3 ;
    sem:hasSubEvent :call ; prov:wasDerivedFrom :s1 ; kg:mentionedIn :a1 .
:loan a sem:Event, plover:AID, kg:EconomicAid ; rdfs:label "Economic aid"@en ; kg:status kg:Planned ;
    sem:hasActor :land ; kg:recipient :land ; kg:amount 2.5 ; schema:currency "EUR" ;
    prov:wasDerivedFrom :s1 ; kg:mentionedIn :a1 .
:words a kg:Statement, schema:Quotation ; schema:text "I called." ; kg:speaker :ann ; kg:saidIn :call ;
    prov:wasDerivedFrom :s1 ; kg:mentionedIn :a1 .
:f1 a kg:Fact ; rdf:subject :call ; rdf:predicate kg:participant ; rdf:object :ann ; prov:wasDerivedFrom :s1 ;
    kg:confidence 0.9 ; kg:rank kg:Normal ; kg:sourceCount 1 ; kg:attributedTo :bob ; kg:conflictsWith :f2 .
:f2 a kg:Fact ; rdf:subject :call ; rdf:predicate kg:ordinal ; rdf:object 5 ; prov:wasDerivedFrom :s1 ;
    kg:confidence 1.0 ; kg:rank kg:Rejected ; kg:sourceCount 2 ; kg:conflictsWith :f1 .
:topic a skos:Concept ; skos:prefLabel "Diplomacy"@en .
"""

# shape → triples taken out of GOOD ("subject predicate", all its values), triples put in
FAULTS: dict[str, tuple[str, str]] = {
    "FactSubject": (":f1 rdf:subject", ""),
    "FactPredicate": ("", ":f1 rdf:predicate kg:agent ."),
    "FactObject": ("", ":f1 rdf:object :bob ."),
    "FactEvidence": (":f1 prov:wasDerivedFrom", ""),
    "FactConfidence": (":f1 kg:confidence", ":f1 kg:confidence 1.5 ."),
    "FactRank": (":f1 kg:rank", ":f1 kg:rank kg:Best ."),
    "FactSourceCount": (":f1 kg:sourceCount", ":f1 kg:sourceCount 0 ."),
    "FactAttribution": ("", ":f1 kg:attributedTo :nobody ."),
    "FactConflict": ("", ":f1 kg:conflictsWith :call ."),
    "SentenceText": (":s1 schema:text", ':s1 schema:text "" .'),
    "SentenceBegin": (":s1 nif:beginIndex", ":s1 nif:beginIndex 15 ."),
    "SentenceEnd": (":s1 nif:endIndex", ""),
    "SentenceArticle": ("", ":s1 schema:isPartOf :a2 ."),
    "Article": (":a1 schema:headline; :a1 dcterms:identifier", ""),
    "ArticleDigest": (":a1 kg:sha256", ':a1 kg:sha256 "abc" .'),
    "ArticleDate": (":a1 schema:datePublished", ':a1 schema:datePublished "3 July" .'),
    "ArticleLanguage": (":a1 schema:inLanguage", ':a1 schema:inLanguage "en-GB" .'),
    "ArticlePublisher": ("", ":outlet rdfs:label :ann ."),
    "ArticleCopy": ("", ":a2 kg:copyOf :outlet ."),
    "EventLabel": (":call rdfs:label", ""),
    "EventClass": (":call rdf:type", ":call a kg:PhoneCall ."),
    "EventLeafClass": ("", ":call a kg:Meeting ."),
    "EventStatus": ("", ":call kg:status kg:Planned ."),
    "EventBegin": (":call sem:hasBeginTimeStamp", ':call sem:hasBeginTimeStamp "2025-07-04"^^xsd:date .'),
    "EventEnd": (":call sem:hasEndTimeStamp", ':call sem:hasEndTimeStamp "2025-07" .'),
    "EventDates": (":call sem:hasEndTimeStamp", ""),
    "EventEvidence": (":call prov:wasDerivedFrom", ""),
    "EventArticle": (":call kg:mentionedIn", ""),
    "EventActor": ("", ":call sem:hasActor :a1 ; kg:participant :a1 ."),
    "EventActingParty": ("", ":call sem:hasActor :rocket ; kg:participant :rocket ."),
    "EventRoles": ("", ":call kg:participant :land ."),
    "EventPlace": ("", ":call sem:hasPlace :topic ."),
    "EventSubEvent": ("", ":strike sem:hasSubEvent :words ."),
    "EventNumber": ("", ":strike kg:count -1 ."),
    "EventAmount": (":loan kg:amount", ':loan kg:amount "a lot" .'),
    "EventCurrency": (":loan schema:currency", ""),
    "SymmetricEvent": ("", ":call kg:agent :ann ."),
    "UnrealizedEvent": (":strike kg:status", ":strike kg:status kg:Possible ."),
    "UnrealizedEventWounded": (":strike kg:status", ":strike kg:status kg:Denied ."),
    "StatementText": (":words schema:text", ""),
    "StatementEvidence": (":words prov:wasDerivedFrom", ""),
    "StatementArticle": (":words kg:mentionedIn", ""),
    "StatementSpeaker": ("", ":words kg:speaker :bob ."),
    "StatementVoices": ("", ':words kg:addressee "the nation" .'),
    "StatementEvent": ("", ":words kg:saidIn :a1 ."),
    "StatementAct": ("", ":words schema:additionalType plover:ASSAULT ."),
    "Quotation": ("", ":stray a schema:Quotation ."),
    "NamedThing": (":bob kg:mentionedIn; :bob kg:mentionCount", ""),
    "NamedThingLabel": (":land rdfs:label", ""),
    "NamedThingLabelLanguage": (":land rdfs:label", ':land rdfs:label "Land" .'),
    "NamedThingArticle": ("", ":land kg:mentionedIn :s1 ."),
    "NamedThingMentions": (":land kg:mentionCount", ":land kg:mentionCount 0 ."),
    "MentionedThing": (":land kg:mentionCount", ""),
    "LeaderClass": (":ann rdf:type", ":ann a kg:Leader ."),
    "PostLabel": (":post rdfs:label", ""),
    "PostPlace": ("", ":post org:postIn :topic ."),
    "TopicLabel": ("", ':topic skos:prefLabel "Statecraft"@en .'),
}


def good_graph() -> rdflib.Graph:
    return rdflib.Graph().parse(data=PREFIXES + GOOD, format="turtle")


def faulty_graph(taken: str, added: str) -> rdflib.Graph:
    graph = good_graph()
    for pair in filter(None, taken.split("; ")):
        subject, predicate = (graph.namespace_manager.expand_curie(name) for name in pair.split())
        assert (subject, predicate, None) in graph
        graph.remove((subject, predicate, None))
    return graph.parse(data=PREFIXES + added, format="turtle")


def broken_shapes(report: ValidationReport) -> set[str]:
    return {violation.shape.rpartition("#")[2] for violation in report.violations}


def test_validation_accepts_a_good_graph() -> None:
    assert validate(good_graph()) == ValidationReport(violations=())


@pytest.mark.parametrize("shape", FAULTS)
def test_validation_catches_fault(shape: str) -> None:
    assert shape in broken_shapes(validate(faulty_graph(*FAULTS[shape])))


def test_validation_tests_every_shape_that_reports() -> None:
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"))
    reporting = set(shapes.subjects(SH.message))
    assert {str(shape).rpartition("#")[2] for shape in reporting} == set(FAULTS)
    assert all(str(shapes.value(shape, SH.severity)).removeprefix(str(SH)) in SEVERITIES for shape in reporting)
    named = set(shapes.subjects(RDF.type, SH.NodeShape)) | set(shapes.subjects(RDF.type, SH.PropertyShape))
    assert all(shapes.value(shape, SH.closed) is None for shape in named)


def test_validation_says_what_is_wrong_and_where() -> None:
    (violation,) = validate(faulty_graph(":f1 kg:confidence", ":f1 kg:confidence 1.5 .")).violations
    assert violation.severity == "Violation"
    assert violation.focus == "https://w3id.org/newskg/id/f1"
    assert violation.path == "https://w3id.org/newskg/ns#confidence"
    assert violation.value == "1.5"
    assert violation.message == "A fact must have exactly one kg:confidence, an xsd:decimal from 0 to 1."


def test_validation_writes_paths_as_sparql() -> None:
    report = validate(faulty_graph("", ':words kg:addressee "the nation" .'))
    ns = "https://w3id.org/newskg/ns#"
    assert {violation.path for violation in report.violations} == {f"{ns}speaker|{ns}relayedBy|{ns}addressee"}


def test_validation_conforms_with_warnings_only() -> None:
    report = validate(faulty_graph(":land rdfs:label", ':land rdfs:label "Land" .'))
    assert report.conforms
    assert [violation.severity for violation in report.violations] == ["Warning"]


def test_validation_orders_results_worst_first_and_alike() -> None:
    faulty = faulty_graph(":call rdfs:label; :land rdfs:label; :f1 kg:rank", ':land rdfs:label "Land" .')
    first, second = validate(faulty), validate(faulty)
    assert first == second
    assert [violation.severity for violation in first.violations] == ["Violation", "Violation", "Warning"]
    assert [violation.focus.rpartition("/")[2] for violation in first.violations] == ["call", "f1", "land"]


def test_validation_leaves_the_graph_as_it_is() -> None:
    graph = good_graph()
    validate(graph)
    assert set(graph) == set(good_graph())


def test_validation_takes_what_converts_to_rdflib() -> None:
    class Convertible:
        def to_rdflib(self) -> rdflib.Graph:
            return faulty_graph(":call rdfs:label", "")

    assert broken_shapes(validate(Convertible())) == {"EventLabel"}


def test_validation_ignores_shapes_in_the_graph() -> None:
    """A graph cannot switch a check off, nor bring its own."""
    own = """
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix shape: <https://w3id.org/newskg/shapes#> .
    shape:EventLabel sh:deactivated true .
    :mine a sh:NodeShape ; sh:targetNode :ann ; sh:property [ sh:path rdfs:label ; sh:maxCount 0 ] .
    """
    assert broken_shapes(validate(faulty_graph(":call rdfs:label", own))) == {"EventLabel"}


@pytest.mark.parametrize("value", ['"2025-13-45"^^xsd:date', "7", '"NaN"^^xsd:decimal', '"x"@en', "[]", ":ann", "true"])
@pytest.mark.parametrize(
    ("pair", "shape"),
    [
        (":call sem:hasBeginTimeStamp", "EventBegin"),
        (":call sem:hasEndTimeStamp", "EventEnd"),
        (":a1 schema:datePublished", "ArticleDate"),
    ],
)
def test_validation_reports_values_that_are_no_date(pair: str, shape: str, value: str) -> None:
    assert shape in broken_shapes(validate(faulty_graph(pair, f"{pair} {value} .")))


@pytest.mark.parametrize(
    "value", ['"2025-07-03"^^xsd:date', '"NaN"^^xsd:decimal', '"x"^^xsd:integer', "[]", "1e0", '"1"']
)
@pytest.mark.parametrize(
    ("pair", "shape"),
    [
        (":s1 nif:beginIndex", "SentenceBegin"),
        (":f1 kg:confidence", "FactConfidence"),
        (":f1 kg:sourceCount", "FactSourceCount"),
    ],
)
def test_validation_reports_values_that_are_no_number(pair: str, shape: str, value: str) -> None:
    assert shape in broken_shapes(validate(faulty_graph(pair, f"{pair} {value} .")))


@pytest.mark.parametrize(
    "loop", [":call a :call .", "kg:PhoneCall rdfs:subClassOf kg:PhoneCall .", ":a1 kg:copyOf :a1 ."]
)
def test_validation_survives_loops(loop: str) -> None:
    assert validate(faulty_graph("", loop)).conforms


def test_validation_names_a_broken_ontology(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> object:
        raise OntologyError(f"no file {name}")

    monkeypatch.setattr("kg.validation.ontology_path", broken)
    with pytest.raises(OntologyError, match="no file newskg"):
        validate(good_graph())
