"""What users add to the knowledge base: CSV, Turtle, and newer facts from a SPARQL endpoint."""

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph
import pytest

import kg
from kg.errors import KnowledgeError
from kg.knowledge import KnowledgeBase, NameKind
from kg.knowledge.additions import COLUMNS, thing_ref
from kg.knowledge.refresh import refresh

RUSSIA, FRANCE = "Q159", "Q142"
NEW_YEAR = date(2027, 1, 1)
PREFIXES = """@prefix schema: <https://schema.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix kg: <https://w3id.org/newskg/ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix wd: <http://www.wikidata.org/entity/> .
"""


def load(folder: Path, text: str, name: str = "mine.csv") -> KnowledgeBase:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return KnowledgeBase.load(additions=[file])


def first(base: KnowledgeBase, name: str) -> str:
    return base.candidates(name)[0].id


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────


def test_additions_new_party_and_its_acronym(tmp_path: Path) -> None:
    base = load(
        tmp_path, "name,type,aliases,wikipedia,country\nNew Utopia Party,PoliticalParty,NUP,New_Utopia_Party,France\n"
    )
    entry = base.entry(first(base, "New Utopia Party"))
    assert (entry.type, entry.wikipedia, entry.country, entry.source) == (
        "PoliticalParty",
        "New_Utopia_Party",
        FRANCE,
        "mine.csv",
    )
    assert base.candidates("NUP")[0].kind is NameKind.ACRONYM
    assert base.longest_match(["the", "New", "Utopia", "Party", "won"], 1) == 3


def test_additions_correct_what_the_base_says_and_keep_the_rest(tmp_path: Path) -> None:
    before = KnowledgeBase.load().entry("Q7747")
    base = load(tmp_path, "name,wikidata,aliases\nV. V. Putin,Q7747,Vova Putin\n")
    after = base.entry("Q7747")
    assert after.name == "V. V. Putin"
    assert (after.type, after.wikipedia, after.country) == (before.type, before.wikipedia, before.country)
    assert first(base, "Vova Putin") == first(base, "Vladimir Putin") == "Q7747"


def test_additions_find_the_same_thing_by_name(tmp_path: Path) -> None:
    known = KnowledgeBase.load()
    base = load(tmp_path, "name,type,aliases\nSteve Witkoff,Person,Stevie Witkoff\n")
    assert first(base, "Stevie Witkoff") == first(known, "Steve Witkoff")
    assert len(base) == len(known)


def test_additions_a_new_term_ends_the_one_before(tmp_path: Path) -> None:
    base = load(tmp_path, "name,type,title,body,begin\nJane Doe,Person,President,Russia,2027-01-01\n")
    (holder,) = base.holders("President", RUSSIA, date(2027, 6, 1))
    assert base.entry(holder.person).name == "Jane Doe"
    assert base.entry(holder.person).leader
    (old,) = base.holders("president", RUSSIA, date(2026, 6, 1))
    assert (old.person, old.end) == ("Q7747", NEW_YEAR)
    assert [o.person for o in base.holders("leader", RUSSIA, date(2027, 6, 1))] == [holder.person]


def test_additions_leave_the_packaged_base_alone(tmp_path: Path) -> None:
    load(tmp_path, "name,wikidata,title,body,begin\nSomebody Else,Q7747,President,Q142,2027-01-01\n")
    assert KnowledgeBase.load().entry("Q7747").name == "Vladimir Putin"


def test_additions_a_surname_alone_is_not_enough(tmp_path: Path) -> None:
    base = load(tmp_path, "name,type\nJane Zzyzx,Person\n")
    assert base.candidates("Zzyzx")[0].kind is NameKind.SURNAME
    assert base.longest_match(["Zzyzx", "said"], 0) == 0


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "1: no column 'name'"),
        ("name,colour\n", "1: unknown column 'colour'"),
        ("name,type\nMay,Perzon\n", "2: unknown type 'Perzon'"),
        ("name,type\n,Person\n", "2: a thing needs a name"),
        ("name,type\nlower case,Person\n", "2: 'lower case' cannot be found in text"),
        ("name,wikidata\nAnna,P159\n", "2: 'P159' is no Wikidata id"),
        ("name,type,iri\nAnna Berg,Person,http://a b/\n", "2: 'http://a b/' is no absolute IRI"),
        ("name,type,gender\nAnna Berg,Person,x\n", "2: unknown gender 'x'"),
        ("name,type,title\nAnna Berg,Person,President\n", "2: a post needs both title and body"),
        ("name,type,title,body,begin\nAnna Berg,Person,President,Russia,May\n", "2: 'May' is no day"),
        ("name,type,country\nAnna Berg,Person,Nowhereland\n", "nothing is called 'Nowhereland'"),
        ("name\nAnna Berg\n", "'Anna Berg' is new and needs a type"),
        ("name,type\nAnna,Person,extra\n", "2: 3 cells, the header has 2"),
        ('name,type\n"Anna,Person\n', "not CSV"),
    ],
)
def test_additions_say_what_is_wrong_and_where(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(KnowledgeError, match=r"mine\.csv") as caught:
        load(tmp_path, text)
    assert complaint in str(caught.value)


def test_additions_of_other_kinds_or_none(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"neither \.csv nor \.ttl"):
        load(tmp_path, "name\n", "mine.xlsx")
    with pytest.raises(KnowledgeError, match="cannot be read"):
        KnowledgeBase.load(additions=[tmp_path / "nothing.csv"])


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("Q159", "Q159"),
        ("http://www.wikidata.org/entity/Q159", "Q159"),
        ("https://en.wikipedia.org/wiki/C%C3%B4te_d%27Ivoire", "w/Côte_d'Ivoire"),
        ("https://example.org/1", "https://example.org/1"),
        ("Russia", "name/Russia"),
    ],
)
def test_additions_refs(text: str, ref: str) -> None:
    assert thing_ref(text) == ref


# ── Turtle ───────────────────────────────────────────────────────────────────────────────────────

JANE = """<https://example.org/jane> a schema:Person ; rdfs:label "Jane Doe"@en ; skos:altLabel "Janie Doe" ;
  schema:gender "female" ; kg:represents wd:Q159 ;
  org:holds [ rdfs:label "President of Russia" ; org:postIn wd:Q159 ; schema:startDate "2027-01-01"^^xsd:date ] .
wd:Q159 rdfs:label "Russia" .
[] a schema:Organization, schema:PoliticalParty ; rdfs:label "New Utopia Party" ;
  schema:sameAs <https://en.wikipedia.org/wiki/New_Utopia_Party> .
"""


def test_additions_in_turtle(tmp_path: Path) -> None:
    base = load(tmp_path, PREFIXES + JANE, "mine.ttl")
    jane = base.entry(first(base, "Janie Doe"))
    assert (jane.id, jane.iri, jane.gender, jane.country) == (
        "https://example.org/jane",
        "https://example.org/jane",
        "f",
        RUSSIA,
    )
    assert [o.title for o in base.offices(jane.id, NEW_YEAR)] == ["President"]
    party = base.entry(first(base, "New Utopia Party"))
    assert (party.type, party.wikipedia, party.iri) == ("PoliticalParty", "New_Utopia_Party", None)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a b", "line 1"),
        (PREFIXES + "wd:Q1 a schema:Person .", "0 rdfs:label"),
        (PREFIXES + 'wd:Q1 a schema:Unicorn ; rdfs:label "Anna" .', "unknown type 'Unicorn'"),
    ],
)
def test_additions_in_turtle_say_what_is_wrong(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(KnowledgeError, match=r"mine\.ttl") as caught:
        load(tmp_path, text, "mine.ttl")
    assert complaint in str(caught.value)


def test_additions_reach_the_graph_and_its_run(tmp_path: Path) -> None:
    knowledge, article = tmp_path / "mine.ttl", tmp_path / "a.txt"
    knowledge.write_text(PREFIXES + JANE, encoding="utf-8")
    article.write_text("Jane Doe met French President Emmanuel Macron in Paris on Monday.\n", encoding="utf-8")
    graph = kg.build([article], knowledge=[knowledge])
    rows = graph.select('SELECT ?same { ?p rdfs:label "Jane Doe"@en ; schema:sameAs ?same }')
    assert [row["same"] for row in rows] == ["https://example.org/jane"]
    plain = kg.build([article])
    runs = [{row["r"] for row in g.select("SELECT ?r { ?r a prov:Activity }")} for g in (graph, plain)]
    assert runs[0].isdisjoint(runs[1])


def test_additions_that_changed_count_in_the_same_process(tmp_path: Path) -> None:
    knowledge, article = tmp_path / "mine.csv", tmp_path / "a.txt"
    article.write_text("The Utopian Alliance condemned the attack.\n", encoding="utf-8")
    labels = []
    for title in ("One", "Two"):
        knowledge.write_text(f"name,type,wikipedia\nUtopian Alliance,Organization,{title}\n", encoding="utf-8")
        rows = kg.build([article], knowledge=[knowledge]).select("SELECT ?s { ?x schema:sameAs ?s }")
        labels += [row["s"].rsplit("/", 1)[1] for row in rows]
    assert labels == ["One", "Two"]


# ── refresh ──────────────────────────────────────────────────────────────────────────────────────

WIKIDATA = """
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> . @prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <http://schema.org/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wd:Q142 wdt:P1906 wd:Q191954 ; wdt:P1313 wd:Q1587677 ;
  p:P35 [ ps:P35 wd:Q1 ; pq:P580 "2027-05-14T00:00:00Z"^^xsd:dateTime ] ,
  [ ps:P35 wd:Q3052772 ; pq:P580 "2017-05-14T00:00:00Z"^^xsd:dateTime ; pq:P582 "2020-05-14T00:00:00Z"^^xsd:dateTime ] ;
  p:P6 [ ps:P6 wd:Q2 ; pq:P580 "2027-06-01T00:00:00Z"^^xsd:dateTime ] .
wd:Q191954 rdfs:label "President of the French Republic"@en . wd:Q1587677 rdfs:label "Prime Minister of France"@en .
wd:Q1 rdfs:label "Jeanne Dupont"@en , "Jeanne Dupont-fr"@fr ; wdt:P21 wd:Q6581072 .
<https://en.wikipedia.org/wiki/Jeanne_Dupont> schema:about wd:Q1 ; schema:isPartOf <https://en.wikipedia.org/> .
wd:Q2 rdfs:label "Paul, comte de \\"X\\""@en .
wd:Q3052772 rdfs:label "Emmanuel Macron"@en .
"""


class Endpoint(BaseHTTPRequestHandler):
    """SPARQL 1.1 Protocol, queries by POST, over a small copy of Wikidata."""

    store = pyoxigraph.Store()
    broken = False

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        answer = self.store.query(form["query"][0])
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        content = answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        assert content is not None
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html>busy</html>" if self.broken else content)

    def log_message(self, format: str, *args: object) -> None:
        """Be quiet."""


@pytest.fixture
def endpoint() -> Iterator[str]:
    Endpoint.store, Endpoint.broken = pyoxigraph.Store(), False
    Endpoint.store.load(WIKIDATA.encode(), format=pyoxigraph.RdfFormat.TURTLE)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    server.server_close()


def test_refresh_brings_who_leads_now(tmp_path: Path, endpoint: str) -> None:
    told = list[tuple[int, int]]()
    found = refresh(KnowledgeBase.load(), endpoint, date(2026, 1, 1), lambda done, total: told.append((done, total)))
    assert (found.countries, found.terms) == (1, 2)
    assert told[-1][0] == told[-1][1]
    base = load(tmp_path, found.csv)
    (president,) = base.holders("president", FRANCE, date(2027, 7, 1))
    entry = base.entry(president.person)
    assert (entry.id, entry.name, entry.wikipedia, entry.gender) == ("Q1", "Jeanne Dupont", "Jeanne_Dupont", "f")
    assert [base.entry(o.person).name for o in base.holders("PM", FRANCE, date(2027, 7, 1))] == ['Paul, comte de "X"']
    assert [base.entry(o.person).name for o in base.holders("president", FRANCE, date(2026, 7, 1))] == [
        "Emmanuel Macron"
    ]


def test_refresh_without_an_answer(endpoint: str) -> None:
    Endpoint.broken = True
    base = KnowledgeBase.load()
    for address in (endpoint, "http://127.0.0.1:9/sparql", "file:///etc/passwd"):
        with pytest.raises(KnowledgeError, match=address):
            refresh(base, address, date(2026, 1, 1))


def test_refresh_writes_every_column(endpoint: str) -> None:
    found = refresh(KnowledgeBase.load(), endpoint, date(2026, 1, 1))
    assert found.csv.splitlines()[0] == ",".join(COLUMNS)
