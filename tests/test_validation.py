"""Every shape accepts a good graph and catches the fault that it is for, and both engines say the same of it.

`shapes_cases/` has a Turtle file for each: `valid/SHAPE.ttl` is clean, `invalid/SHAPE.ttl` breaks that shape.
"""

import hashlib
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Triple
from rdflib.namespace import RDF, SH

from kg.errors import OntologyError, QueryError, ShapesError, UntranslatableError
from kg.ontology_files import ontology_path
from kg.store import Graph
from kg.validation import SEVERITIES, Engine, Progress, ValidationReport, articles, spelling, validate

CASES = Path(__file__).parent / "shapes_cases"
INVALID = sorted((CASES / "invalid").glob("*.ttl"))
VALID = sorted((CASES / "valid").glob("*.ttl"))
EVERYTHING = CASES / "whole.ttl"
ENGINES = (Engine.SPARQL, Engine.PYSHACL)
PREFIXES = """
@prefix : <https://w3id.org/newskg/id/> .
@prefix kg: <https://w3id.org/newskg/ns#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix s1: <https://w3id.org/newskg/id/a1#char=0,> .
"""


def good_graph() -> rdflib.Graph:
    return rdflib.Graph().parse(EVERYTHING)


def faulty_graph(taken: str, added: str) -> rdflib.Graph:
    """The good graph without the values of "subject predicate; …", and with more Turtle."""
    graph = good_graph().parse(data=PREFIXES, format="turtle")
    for pair in filter(None, taken.split("; ")):
        subject, predicate = (graph.namespace_manager.expand_curie(name) for name in pair.split())
        assert (subject, predicate, None) in graph
        graph.remove((subject, predicate, None))
    return graph.parse(data=PREFIXES + added, format="turtle")


def shape_of(case: Path) -> str:
    """`FactEvidence-2.ttl` is a second fault of the shape FactEvidence."""
    return case.stem.partition("-")[0]


def broken_shapes(report: ValidationReport) -> set[str]:
    return {violation.shape.rpartition("#")[2] for violation in report.violations}


def verdicts(report: ValidationReport) -> list[dict[str, str | None]]:
    return [violation.as_json() for violation in report.violations]


def reporting() -> dict[str, str]:
    """The message of each shape that can be in a report, by local name."""
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"))
    return {str(shape).rpartition("#")[2]: str(message) for shape, message in shapes.subject_objects(SH.message)}


@pytest.mark.parametrize("engine", ENGINES)
def test_validation_accepts_a_good_graph(engine: Engine) -> None:
    report = validate(good_graph(), engine=engine)
    assert (report.violations, report.engine) == ((), engine.value)


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.stem)
def test_validation_engines_find_valid_case_clean(case: Path) -> None:
    for engine in ENGINES:
        assert validate(Graph.load(case), engine=engine).violations == ()


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.stem)
def test_validation_engines_say_the_same_of_invalid_case(case: Path) -> None:
    graph = Graph.load(case)
    ours, reference = (validate(graph, engine=engine) for engine in ENGINES)
    assert verdicts(ours) == verdicts(reference)
    said = {violation.message for violation in ours.violations if violation.shape.endswith(f"#{shape_of(case)}")}
    assert said == {{**reporting(), **spelling.RULES}[shape_of(case)]}


def test_validation_has_a_valid_and_an_invalid_case_of_every_shape() -> None:
    wanted = {*reporting(), *spelling.RULES}
    assert {shape_of(case) for case in INVALID} == wanted
    assert {case.stem for case in VALID} == wanted


def test_validation_valid_cases_have_what_invalid_ones_break() -> None:
    """A valid case that tells of nothing would prove nothing."""
    for case in VALID:
        assert len(Graph.load(case)) > 0, case


def test_validation_shapes_are_open_and_of_known_severity() -> None:
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"))
    assert all(
        str(shapes.value(shape, SH.severity)).removeprefix(str(SH)) in SEVERITIES
        for shape in shapes.subjects(SH.message)
    )
    named = set(shapes.subjects(RDF.type, SH.NodeShape)) | set(shapes.subjects(RDF.type, SH.PropertyShape))
    assert all(shapes.value(shape, SH.closed) is None for shape in named)


def test_validation_takes_pyshacl_for_small_graphs_and_sparql_for_others() -> None:
    assert validate(good_graph()).engine == "pyshacl"
    many = [Triple(NamedNode(f"http://x/{n}"), NamedNode("http://x/p"), Literal(n)) for n in range(2_001)]
    assert validate(many).engine == "sparql"


def test_validation_tells_how_far_it_is() -> None:
    told: list[Progress] = []
    validate(good_graph(), engine=Engine.SPARQL, progress=told.append)
    assert told[0].stage == "reading the graph"
    assert (told[-1].stage, told[-1].done) == ("rules", told[-1].total)


def test_validation_says_what_is_wrong_and_where() -> None:
    (violation,) = validate(faulty_graph(":f1 kg:confidence", ":f1 kg:confidence 1.5 .")).violations
    assert violation.severity == "Violation"
    assert violation.focus == "https://w3id.org/newskg/id/f1"
    assert violation.path == "https://w3id.org/newskg/ns#confidence"
    assert violation.value == "1.5"
    assert violation.message == "A fact must have exactly one kg:confidence, an xsd:decimal from 0 to 1."
    assert violation.constraint == "MaxInclusive"


def test_validation_writes_paths_as_sparql() -> None:
    report = validate(Graph.load(CASES / "invalid" / "StatementVoices.ttl"))
    ns = "https://w3id.org/newskg/ns#"
    assert f"{ns}speaker|{ns}relayedBy|{ns}addressee" in {violation.path for violation in report.violations}


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
    ours = Graph.load(CASES / "invalid" / "EventLabel.ttl")
    before = set(ours)
    assert "EventLabel" in broken_shapes(validate(ours, engine=Engine.SPARQL))
    assert set(ours) == before


@pytest.mark.parametrize("engine", ENGINES)
def test_validation_ignores_shapes_in_the_graph(engine: Engine) -> None:
    """A graph cannot switch a check off, nor bring its own."""
    own = """
    @prefix shape: <https://w3id.org/newskg/shapes#> .
    shape:EventLabel sh:deactivated true .
    :mine a sh:NodeShape ; sh:targetNode :ann ; sh:property [ sh:path rdfs:label ; sh:maxCount 0 ] .
    """
    assert broken_shapes(validate(faulty_graph(":call rdfs:label", own), engine=engine)) == {"EventLabel"}


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
    assert_reported_alike(pair, shape, value)


@pytest.mark.parametrize(
    "value",
    ['"2025-07-03"^^xsd:date', '"NaN"^^xsd:decimal', '"x"^^xsd:integer', "1e0", '"1"'],
)
@pytest.mark.parametrize(
    ("pair", "shape"),
    [
        ("s1:15 nif:beginIndex", "SentenceBegin"),
        (":f1 kg:confidence", "FactConfidence"),
        (":f1 kg:sourceCount", "FactSourceCount"),
    ],
)
def test_validation_reports_values_that_are_no_number(pair: str, shape: str, value: str) -> None:
    assert_reported_alike(pair, shape, value)


def assert_reported_alike(pair: str, shape: str, value: str) -> None:
    graph = faulty_graph(pair, f"{pair} {value} .")
    ours, reference = (validate(graph, engine=engine) for engine in ENGINES)
    assert shape in broken_shapes(ours)
    assert verdicts(ours) == verdicts(reference)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("loop", [":call a :call .", "kg:PhoneCall rdfs:subClassOf kg:PhoneCall ."])
def test_validation_survives_loops(loop: str, engine: Engine) -> None:
    assert validate(faulty_graph("", loop), engine=engine).conforms


def test_validation_names_a_broken_ontology(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> object:
        raise OntologyError(f"no file {name}")

    monkeypatch.setattr("kg.validation.ontology_path", broken)
    with pytest.raises(OntologyError, match="no file newskg"):
        validate(good_graph())


# ── reports ──────────────────────────────────────────────────────────────────────────────────────


def test_validation_report_is_what_shacl_defines() -> None:
    report = validate(Graph.load(CASES / "invalid" / "StatementVoices.ttl"))
    written = rdflib.Graph().parse(data=report.as_turtle(), format="turtle")
    (whole,) = written.subjects(RDF.type, SH.ValidationReport)
    assert written.value(whole, SH.conforms) == rdflib.Literal(False)
    results = list(written.objects(whole, SH.result))
    assert len(results) == len(report.violations) > 0
    for result in results:
        for needed in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.sourceShape, SH.resultMessage):
            assert written.value(result, needed) is not None
    paths = {written.value(result, SH.resultPath) for result in results}
    assert any(path is not None and written.value(path, SH.alternativePath) is not None for path in paths)


def test_validation_report_of_a_clean_graph_conforms() -> None:
    written = rdflib.Graph().parse(data=validate(good_graph()).as_turtle(), format="turtle")
    assert (None, SH.conforms, rdflib.Literal(True)) in written


# ── stored texts ─────────────────────────────────────────────────────────────────────────────────

STORED = "Ann called Bob."


def stored(sentence: str = STORED, text: str = STORED, digest: str | None = None) -> ValidationReport:
    """One article of one sentence, checked against `text`."""
    digest = digest or hashlib.sha256(text.encode()).hexdigest()
    turtle = f"""{PREFIXES}
    :a1 a schema:NewsArticle ; schema:headline "Ann"@en ; kg:sha256 "{digest}" .
    s1:15 a kg:Sentence ; schema:text "{sentence}"@en ; nif:beginIndex 0 ; nif:endIndex 15 ; schema:isPartOf :a1 .
    """
    graph = rdflib.Graph().parse(data=turtle, format="turtle")
    return validate(graph, articles=[("https://w3id.org/newskg/id/a1", text)])


def test_validation_finds_every_sentence_in_the_stored_text() -> None:
    assert stored().violations == ()


@pytest.mark.parametrize(
    ("report", "rules"),
    [
        (stored(sentence="Ann called Rob."), {"StoredSentence"}),
        (stored(text="Bob called Ann."), {"StoredSentence"}),
        (stored(digest="0" * 64), {"StoredDigest"}),
        (stored(text="Ann"), {"StoredSentence"}),
    ],
)
def test_validation_compares_sentences_with_the_stored_text(report: ValidationReport, rules: set[str]) -> None:
    assert broken_shapes(report) == rules
    assert {violation.message for violation in report.violations} == {articles.RULES[rule] for rule in rules}


def test_validation_misses_articles_that_are_not_stored() -> None:
    assert broken_shapes(validate(good_graph(), articles=[])) == {"StoredArticle"}


# ── shapes of others ─────────────────────────────────────────────────────────────────────────────

SHAPES_HEAD = "@prefix ex: <http://example.org/> .\n" + PREFIXES
THINGS = """
ex:a a ex:T ; ex:n 1, 2 ; ex:s "x"@en, "y"@en, "abc" ; ex:k ex:b ; ex:d "2020-01-01"^^xsd:date ;
    ex:e "2019-01-01"^^xsd:date .
ex:b a ex:U ; ex:n 3 ; ex:s "longer text" ; ex:k ex:c ; ex:p 5 ; ex:q 5 .
ex:c a ex:T ; ex:k ex:a, _:x ; ex:p 5 ; ex:q 6 ; ex:d "2020-01-01"^^xsd:date ; ex:e "2021-01-01"^^xsd:date .
ex:d a ex:T ; ex:k "literal" ; ex:n "no number" .
ex:U rdfs:subClassOf ex:T .
_:x a ex:T .
"""
CONSTRAINTS = (
    "sh:path ex:n ; sh:minCount 1",
    "sh:path ex:n ; sh:minCount 2",
    "sh:path ex:n ; sh:maxCount 0",
    "sh:path ex:n ; sh:maxCount 1",
    "sh:path ex:k ; sh:class ex:T",
    "sh:path ex:k ; sh:class ex:U",
    "sh:path ex:n ; sh:datatype xsd:integer",
    "sh:path ex:s ; sh:datatype rdf:langString",
    "sh:path ex:s ; sh:datatype xsd:string",
    *(f"sh:path ex:k ; sh:nodeKind sh:{kind}" for kind in ("IRI", "Literal", "BlankNode", "IRIOrLiteral")),
    *(f"sh:path ex:k ; sh:nodeKind sh:{kind}" for kind in ("BlankNodeOrIRI", "BlankNodeOrLiteral")),
    *(f"sh:path ex:n ; sh:{kind} 2" for kind in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive")),
    "sh:path ex:s ; sh:minLength 2",
    "sh:path ex:s ; sh:maxLength 2",
    'sh:path ex:s ; sh:pattern "^[a-c]+$"',
    'sh:path ex:s ; sh:pattern "^ABC$" ; sh:flags "i"',
    'sh:path ex:s ; sh:languageIn ( "en" "de" )',
    "sh:path ex:s ; sh:uniqueLang true",
    "sh:path ex:p ; sh:equals ex:q",
    "sh:path ex:p ; sh:disjoint ex:q",
    "sh:path ex:d ; sh:lessThan ex:e",
    "sh:path ex:d ; sh:lessThanOrEquals ex:e",
    "sh:path ex:k ; sh:in ( ex:a ex:b )",
    "sh:path ex:k ; sh:hasValue ex:b",
    "sh:path ex:k ; sh:not [ sh:class ex:U ]",
    "sh:path ex:k ; sh:and ( [ sh:class ex:T ] [ sh:nodeKind sh:IRI ] )",
    "sh:path ex:k ; sh:or ( [ sh:class ex:U ] [ sh:nodeKind sh:Literal ] )",
    "sh:path ex:k ; sh:xone ( [ sh:class ex:T ] [ sh:nodeKind sh:IRI ] )",
    "sh:path ex:k ; sh:node [ sh:property [ sh:path ex:n ; sh:minCount 1 ] ]",
    "sh:path ex:k ; sh:node [ sh:property [ sh:path ex:n ; sh:maxCount 1 ; sh:minInclusive 2 ] ]",
    "sh:path ex:k ; sh:node [ sh:property [ sh:path ex:k ; sh:hasValue ex:a ] ]",
    "sh:path ex:k ; sh:node [ sh:property [ sh:path ex:p ; sh:equals ex:q ] ]",
    "sh:path ex:k ; sh:property [ sh:path ex:n ; sh:minCount 1 ]",
    "sh:path ex:k ; sh:qualifiedValueShape [ sh:class ex:T ] ; sh:qualifiedMinCount 2",
    "sh:path ex:k ; sh:qualifiedValueShape [ sh:class ex:T ] ; sh:qualifiedMaxCount 0",
    "sh:path [ sh:inversePath ex:k ] ; sh:minCount 1",
    "sh:path ( ex:k ex:k ) ; sh:class ex:U",
    "sh:path [ sh:oneOrMorePath ex:k ] ; sh:minCount 3",
    "sh:path [ sh:zeroOrMorePath ex:k ] ; sh:maxCount 3",
    "sh:path [ sh:zeroOrOnePath ex:k ] ; sh:class ex:U",
    "sh:path [ sh:alternativePath ( ex:p ( ex:k ex:n ) ) ] ; sh:minInclusive 3",
)
QUERIES = (
    "SELECT $this ?value WHERE { $this ex:k ?value . FILTER NOT EXISTS { ?value ex:n ?n } }",
    "SELECT $this WHERE { $this ex:n ?n . OPTIONAL { $this ex:p ?p } FILTER(!BOUND(?p)) }",
)
TARGETS = ("sh:targetClass ex:T", "sh:targetNode ex:a, ex:zzz", "sh:targetSubjectsOf ex:n", "sh:targetObjectsOf ex:k")


def things() -> rdflib.Graph:
    return rdflib.Graph().parse(data=SHAPES_HEAD + THINGS, format="turtle")


def written(folder: Path, shapes: str) -> Path:
    path = folder / "shapes.ttl"
    path.write_text(SHAPES_HEAD + shapes, encoding="utf-8")
    return path


def anonymous(report: ValidationReport) -> list[tuple[str | None, ...]]:
    """Results without the message, which pySHACL makes up where a shape has none."""
    found = [(v.focus, v.path, v.value, v.shape, v.constraint, v.severity) for v in report.violations]
    return sorted(found, key=str)


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_validation_engines_read_each_constraint_alike(constraint: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property ex:P . ex:P {constraint} .")
    ours, reference = (validate(things(), shapes=path, engine=engine) for engine in ENGINES)
    assert anonymous(ours) == anonymous(reference) != []


@pytest.mark.parametrize("target", TARGETS)
def test_validation_engines_read_each_target_alike(target: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"ex:S a sh:NodeShape ; {target} ; sh:property [ sh:path ex:zzz ; sh:minCount 1 ] .")
    ours, reference = (validate(things(), shapes=path, engine=engine) for engine in ENGINES)
    assert anonymous(ours) == anonymous(reference) != []


@pytest.mark.parametrize("query", QUERIES)
def test_validation_engines_ask_queries_alike(query: str, tmp_path: Path) -> None:
    declared = 'ex: sh:declare [ sh:prefix "ex" ; sh:namespace "http://example.org/"^^xsd:anyURI ] .'
    constraint = f'ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:prefixes ex: ; sh:select "{query}" ] .'
    path = written(tmp_path, declared + constraint)
    ours, reference = (validate(things(), shapes=path, engine=engine) for engine in ENGINES)
    assert anonymous(ours) == anonymous(reference) != []


UNTRANSLATABLE = (
    "sh:closed true",
    "sh:property [ sh:path ex:n ; sh:lessThan ex:p ; sh:qualifiedValueShape [ sh:class ex:T ] ; "
    "sh:qualifiedMinCount 1 ; sh:qualifiedValueShapesDisjoint true ]",
    'sh:property [ sh:path ex:s ; sh:pattern "(?=x)x" ]',
    "sh:node [ sh:property [ sh:path ex:n ; sh:minCount 7 ] ]",
    'sh:sparql [ sh:select "SELECT $this WHERE { { $this ?p 1 } UNION { $this ?p 2 } }" ]',
    'sh:sparql [ sh:select "SELECT $this (COUNT(?o) AS ?n) WHERE { $this ?p ?o } GROUP BY $this" ]',
    'sh:message "Not {?value}" ; sh:nodeKind sh:Literal',
)


@pytest.mark.parametrize("constraint", UNTRANSLATABLE)
def test_validation_leaves_to_pyshacl_what_it_cannot_ask_and_says_so(constraint: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"ex:S a sh:NodeShape ; sh:targetClass ex:T ; {constraint} .")
    report = validate(things(), shapes=path)
    assert report.engine == "pyshacl"
    assert report.because
    with pytest.raises(UntranslatableError):
        validate(things(), shapes=path, engine=Engine.SPARQL)


@pytest.mark.parametrize(
    ("shapes", "says"),
    [
        ("ex:S a sh:NodeShape", "cannot be read as Turtle"),
        ("ex:S a sh:NodeShape .", "no shape with a target"),
        ("ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:minCount 1 ] .", "without sh:path"),
        ("ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:n ; sh:minCount -1 ] .", "minCount"),
        ("ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path [ ] ; sh:minCount 1 ] .", "not a list"),
        ("ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:or ex:X .", "not a list"),
        ("ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ ] .", "without sh:select"),
    ],
)
def test_validation_says_what_is_wrong_with_shapes(shapes: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match=says):
        validate(things(), shapes=written(tmp_path, shapes))


def test_validation_says_that_shapes_are_missing(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="nowhere"):
        validate(things(), shapes=tmp_path / "nowhere.ttl")


@pytest.mark.parametrize("engine", ENGINES)
def test_validation_never_asks_the_network(engine: Engine, tmp_path: Path) -> None:
    query = "SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }"
    path = written(tmp_path, f'ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:sparql [ sh:select "{query}" ] .')
    with pytest.raises(QueryError, match="SERVICE"):
        validate(things(), shapes=path, engine=engine)


def test_validation_skips_shapes_that_are_switched_off(tmp_path: Path) -> None:
    shape = "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:nodeKind sh:Literal ; sh:deactivated true ."
    other = "ex:O a sh:NodeShape ; sh:targetNode ex:a ; sh:nodeKind sh:IRI ."
    for engine in ENGINES:
        assert validate(things(), shapes=written(tmp_path, shape + other), engine=engine).violations == ()
