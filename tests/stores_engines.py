"""The engines that newskg's exports are tested in, each in one place: what it needs, reads, gives back and answers.

`read` gives the triples (or quads) of a file as the engine itself writes them; `answering` gives the answers to many
queries as SPARQL JSON results. What an engine is known to do otherwise is said here too, with the reason.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import urllib3
from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse,
    parse_query_results,
)

from kg.exporters.formats import Format
from kg.vocab import QUERY_PREFIXES, XSD

ENGINES_FOLDER = Path(__file__).parent / "engines"
ALL = frozenset(Format)
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in QUERY_PREFIXES.items())
MEDIA_TYPES = {
    Format.TURTLE: "text/turtle",
    Format.TRIG: "application/trig",
    Format.NT: "application/n-triples",
    Format.NQ: "application/n-quads",
    Format.RDFXML: "application/rdf+xml",
    Format.JSONLD: "application/ld+json",
}
STARTS_WITHIN = 60  # seconds
GRAPH = "https://example.org/graph"
HTTP = urllib3.PoolManager()

Read = Callable[[Path, Format], Iterator[Quad]]
Answering = Callable[[Path, Sequence[str]], list[bytes]]


@dataclass(frozen=True, kw_only=True)
class Engine:
    """An engine and what is known of it."""

    name: str
    needs: Callable[[], str | None]  # what is missing here, with the package that has it; None when nothing is
    version: Callable[[], str]
    reads: frozenset[Format] = ALL
    read: Read | None = None
    answering: Answering | None = None  # of a Turtle file
    respells: frozenset[Format] = frozenset()  # formats out of which it takes IRIs in another spelling
    converts: frozenset[str] = frozenset()  # datatypes whose literals it writes in a form of its own
    misreads: tuple[tuple[str, str], ...] = ()  # patterns of queries that it answers against the standard, and why


def program(name: str, package: str) -> Callable[[], str | None]:
    return lambda: None if shutil.which(name) else f"no {name}: apt-get install {package}"


def module(name: str) -> Callable[[], str | None]:
    def missing() -> str | None:
        try:
            version(name)
        except ModuleNotFoundError:
            return f"no {name}: pip install {name}"
        return None

    return missing


def node_package(name: str) -> Callable[[], str | None]:
    found = ENGINES_FOLDER / "node_modules" / name
    return lambda: None if found.is_dir() and shutil.which("node") else f"no {name}: npm install in {ENGINES_FOLDER}"


def run(*command: str | Path, given: bytes = b"") -> bytes:
    done = subprocess.run([str(word) for word in command], input=given, capture_output=True)
    assert done.returncode == 0, f"{command}: {done.stderr.decode(errors='replace')[-2000:]}"
    return done.stdout


def debian_version(package: str) -> str:
    return run("dpkg-query", "--show", "--showformat=${Version}", package).decode()


@contextmanager
def server(*command: str | Path, ready: str, cwd: Path) -> Iterator[None]:
    """A process that answers at `ready` while the block runs."""
    with (cwd / "server.log").open("wb") as log:
        started = subprocess.Popen([str(word) for word in command], cwd=cwd, stdout=log, stderr=log)
        try:
            until = time.monotonic() + STARTS_WITHIN
            while not _answers(ready):
                assert started.poll() is None, (cwd / "server.log").read_text(errors="replace")[-2000:]
                assert time.monotonic() < until, f"{command[0]} does not answer at {ready}"
                time.sleep(0.1)
            yield
        finally:
            started.terminate()
            started.wait(STARTS_WITHIN)


def _answers(url: str) -> bool:
    try:
        return HTTP.request("GET", url, retries=False, timeout=2).status < 500
    except urllib3.exceptions.HTTPError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def ask_endpoint(url: str, query: str, **fields: str) -> bytes:
    """SPARQL 1.1 Protocol, 2.1.2: a query by POST."""
    answer = HTTP.request(
        "POST",
        url,
        fields={"query": query, **fields},
        headers={"Accept": "application/sparql-results+json"},
        encode_multipart=False,
    )
    assert answer.status == 200, answer.data.decode(errors="replace")[:2000]
    return answer.data


# ── Python ───────────────────────────────────────────────────────────────────────────────────────────

RDFLIB_NAMES = {
    Format.TURTLE: "turtle",
    Format.TRIG: "trig",
    Format.NT: "nt",
    Format.NQ: "nquads",
    Format.RDFXML: "xml",
    Format.JSONLD: "json-ld",
}


def _rdflib_read(store: str) -> Read:
    def read(path: Path, format_: Format) -> Iterator[Quad]:
        import rdflib

        rdflib.NORMALIZE_LITERALS = False
        dataset = rdflib.Dataset(store=store)
        dataset.parse(path, format=RDFLIB_NAMES[format_])
        return parse(dataset.serialize(format="nquads", encoding="utf-8"), RdfFormat.N_QUADS)

    return read


def _rdflib_answering(store: str) -> Answering:
    def answering(path: Path, queries: Sequence[str]) -> list[bytes]:
        import rdflib

        rdflib.NORMALIZE_LITERALS = False
        graph = rdflib.Graph(store=store).parse(path, format="turtle")
        return [graph.query(query).serialize(format="json") or b"" for query in queries]

    return answering


def _pyoxigraph_read(path: Path, format_: Format) -> Iterator[Quad]:
    store = Store()
    store.bulk_load(path=str(path), format=RdfFormat.from_media_type(MEDIA_TYPES[format_]))
    return iter(store)


# ── servers ──────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def oxigraph_server() -> Iterator[str]:
    """The Oxigraph server in memory; gives the address of its root."""
    url = f"127.0.0.1:{free_port()}"
    with (
        tempfile.TemporaryDirectory() as folder,
        server(_oxigraph(), "serve", "--bind", url, ready=f"http://{url}/query", cwd=Path(folder)),
    ):
        yield f"http://{url}"


def _oxigraph() -> Path:
    return Path(sys.executable).with_name("oxigraph")


def _oxigraph_read(path: Path, format_: Format) -> Iterator[Quad]:
    with oxigraph_server() as url:
        where = f"{url}/store" if format_ in (Format.TRIG, Format.NQ) else f"{url}/store?default"
        sent = HTTP.request("PUT", where, body=path.read_bytes(), headers={"Content-Type": MEDIA_TYPES[format_]})
        assert sent.status in (201, 204), sent.data
        got = HTTP.request("GET", f"{url}/store", headers={"Accept": MEDIA_TYPES[Format.NQ]})
        return parse(got.data, RdfFormat.N_QUADS)


def _oxigraph_answering(path: Path, queries: Sequence[str]) -> list[bytes]:
    with oxigraph_server() as url:
        HTTP.request(
            "PUT", f"{url}/store?default", body=path.read_bytes(), headers={"Content-Type": MEDIA_TYPES[Format.TURTLE]}
        )
        return [ask_endpoint(f"{url}/query", query) for query in queries]


VIRTUOSO_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = {buffers}
DirsAllowed = {allowed}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True, kw_only=True)
class Virtuoso:
    """A server that runs; user and password are dba."""

    http: str
    sql: int

    def load(self, path: Path, format_: Format, graph: str = GRAPH) -> None:
        """By its own bulk loader; 256 is TriG and 512 N-Quads in the flags of TTLP."""
        flags = {Format.TRIG: 256, Format.NQ: 512}.get(format_, 0)
        call = "RDF_LOAD_RDFXML_MT" if format_ is Format.RDFXML else "TTLP_MT"
        tail = "" if format_ is Format.RDFXML else f", {flags}"
        self.isql(f"DB.DBA.{call}(file_open('{path}'), '', '{graph}'{tail}); checkpoint;")

    def isql(self, statement: str) -> None:
        said = run("isql-vt", f"127.0.0.1:{self.sql}", "dba", "dba", f"exec={statement}")
        assert b"*** Error" not in said, said.decode(errors="replace")

    def quads(self) -> Iterator[Quad]:
        """What the graphs of example.org and w3id.org hold, by SPARQL."""
        query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } FILTER(REGEX(STR(?g), '^https://(example|w3id).org/')) }"
        found = json.loads(ask_endpoint(f"{self.http}/sparql", query))["results"]["bindings"]
        for name in sorted(row["g"]["value"] for row in found):
            got = HTTP.request(
                "GET",
                f"{self.http}/sparql-graph-crud",
                fields={"graph-uri": name},
                headers={"Accept": MEDIA_TYPES[Format.NT]},
            )
            assert got.status == 200, got.data
            for quad in parse(got.data, RdfFormat.N_TRIPLES):
                graph = DefaultGraph() if name == GRAPH else NamedNode(name)
                yield Quad(quad.subject, quad.predicate, quad.object, graph)


@contextmanager
def virtuoso_server(buffers: int = 10_000) -> Iterator[Virtuoso]:
    """Virtuoso with an empty database."""
    http, sql = free_port(), free_port()
    # Not the folder of temporary files itself: Virtuoso reads no file outside DirsAllowed.
    with tempfile.TemporaryDirectory() as folder:
        ini = VIRTUOSO_INI.format(http=http, sql=sql, buffers=buffers, allowed=tempfile.gettempdir())
        (Path(folder) / "virtuoso.ini").write_text(ini, encoding="ascii")
        url = f"http://127.0.0.1:{http}"
        with server("virtuoso-t", "-f", "-c", "virtuoso.ini", ready=f"{url}/sparql", cwd=Path(folder)):
            yield Virtuoso(http=url, sql=sql)


def _virtuoso_read(path: Path, format_: Format) -> Iterator[Quad]:
    with virtuoso_server() as virtuoso:
        virtuoso.load(path, format_)
        return iter(list(virtuoso.quads()))


def _virtuoso_answering(path: Path, queries: Sequence[str]) -> list[bytes]:
    with virtuoso_server() as virtuoso:
        virtuoso.load(path, Format.TURTLE)
        address = f"{virtuoso.http}/sparql"
        return [ask_endpoint(address, query, **{"default-graph-uri": GRAPH}) for query in queries]


# ── Apache Jena ──────────────────────────────────────────────────────────────────────────────────────

JAVA = Path("/usr/share/java")
JENA_JARS = (
    *("jena-arq", "jena-base", "jena-cmds", "jena-core", "jena-dboe-base", "jena-dboe-index", "jena-dboe-storage"),
    *("jena-dboe-trans-data", "jena-dboe-transaction", "jena-iri", "jena-tdb", "jena-tdb2", "dexx.collection"),
    *("thrift", "titanium-json-ld", "jakarta.json-api", "slf4j-api", "slf4j-simple", "jcl-over-slf4j", "httpclient"),
    *("httpclient-cache", "httpcore", "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io"),
    *("commons-lang3", "gson", "guava", "jackson-core", "jackson-databind", "jackson-annotations", "jsonld-java"),
    "protobuf",
)
JENA_NAMES = {**{f: MEDIA_TYPES[f] for f in Format}, Format.JSONLD: "jsonld10"}
"""Debian has not the JSON library that Jena's reader of JSON-LD 1.1 needs; that of 1.0 works."""
QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
XERCES = "org/apache/jena/ext/"


@cache
def jena_class_path() -> str:
    """Jena's jars after a folder with the resources that Debian's package has in the wrong place."""
    fixed = Path(tempfile.mkdtemp(prefix="newskg-jena-"))
    with zipfile.ZipFile(JAVA / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith(f"{XERCES}xerces/") and name.endswith(".properties"):
                place = fixed / name.removeprefix(XERCES)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(jar.read(name))
    return os.pathsep.join([str(fixed), *(str(JAVA / f"{name}.jar") for name in JENA_JARS)])


def jena(command: str, *words: str | Path) -> bytes:
    return run("java", *QUICK_START, "-cp", jena_class_path(), command, *words)


def _jena_missing() -> str | None:
    if not (JAVA / "jena-arq.jar").exists():
        return "no Jena: apt-get install libapache-jena-java"
    return program("java", "default-jre-headless")()


def jena_version() -> str:
    return debian_version("libapache-jena-java")


def _riot_read(path: Path, format_: Format) -> Iterator[Quad]:
    return parse(jena("riotcmd.riot", f"--syntax={JENA_NAMES[format_]}", "--output=nq", path), RdfFormat.N_QUADS)


def _tdb2_read(path: Path, _format: Format) -> Iterator[Quad]:
    with tempfile.TemporaryDirectory() as folder:
        jena("tdb2.tdbloader", "--loc", folder, path)
        return parse(jena("tdb2.tdbdump", "--loc", folder), RdfFormat.N_QUADS)


def _arq_answering(path: Path, queries: Sequence[str]) -> list[bytes]:
    return _each(lambda query: jena("arq.arq", "--data", path, "--results=json", query), queries)


def _tdb2_answering(path: Path, queries: Sequence[str]) -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        jena("tdb2.tdbloader", "--loc", folder, path)
        # One after the other: a second process may not open the database.
        return [jena("tdb2.tdbquery", "--loc", folder, "--results=json", query) for query in queries]


def _each(ask: Callable[[str], bytes], queries: Sequence[str]) -> list[bytes]:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(ask, queries))


# ── parsers, JavaScript ──────────────────────────────────────────────────────────────────────────────

RAPPER_NAMES = {
    Format.TURTLE: "turtle",
    Format.TRIG: "trig",
    Format.NT: "ntriples",
    Format.NQ: "nquads",
    Format.RDFXML: "rdfxml",
}
SWI_NAMES = {**RAPPER_NAMES, Format.RDFXML: "xml"}


def _rapper_read(path: Path, format_: Format) -> Iterator[Quad]:
    return parse(run("rapper", "--quiet", "-i", RAPPER_NAMES[format_], "-o", "nquads", path), RdfFormat.N_QUADS)


def _swi_read(path: Path, format_: Format) -> Iterator[Quad]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.ttl"
        run("swipl", ENGINES_FOLDER / "load.pl", path, SWI_NAMES[format_], out)
        return parse(out.read_bytes(), RdfFormat.TURTLE)


def _n3_read(path: Path, format_: Format) -> Iterator[Quad]:
    return parse(run("node", ENGINES_FOLDER / "n3.js", path, MEDIA_TYPES[format_]), RdfFormat.N_QUADS)


def _comunica_answering(path: Path, queries: Sequence[str]) -> list[bytes]:
    answers = json.loads(run("node", ENGINES_FOLDER / "comunica.js", path, given=json.dumps(list(queries)).encode()))
    return [json.dumps(answer).encode() for answer in answers]


def _comunica_read(path: Path, _format: Format) -> Iterator[Quad]:
    (answer,) = _comunica_answering(path, ["SELECT ?s ?p ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"])
    return (Quad(*terms) for terms in solutions(answer))


def _node_version(name: str) -> Callable[[], str]:
    manifest = ENGINES_FOLDER / "node_modules" / name / "package.json"
    return lambda: str(json.loads(manifest.read_text(encoding="utf-8"))["version"])


# ── what answers say ─────────────────────────────────────────────────────────────────────────────────


def solutions(answer: bytes) -> Iterator[tuple[Any, ...]]:
    """The rows of SPARQL JSON results, as terms in the order of the variables."""
    found = parse_query_results(answer, QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    names = [variable.value for variable in found.variables]
    return (tuple(row[name] for name in names) for row in found)


def triples(quads: Iterable[Quad], without: frozenset[str] = frozenset()) -> set[Triple]:
    """The distinct triples, without those whose objects are of these datatypes."""
    return {q.triple for q in quads if not (isinstance(q.object, Literal) and q.object.datatype.value in without)}


# ── the table ────────────────────────────────────────────────────────────────────────────────────────

NO_JSONLD = ALL - {Format.JSONLD}
ENGINES = (
    Engine(
        name="rdflib",
        needs=module("rdflib"),
        version=lambda: version("rdflib"),
        read=_rdflib_read("default"),
        answering=_rdflib_answering("default"),
    ),
    Engine(
        name="oxrdflib",
        needs=module("oxrdflib"),
        version=lambda: version("oxrdflib"),
        read=_rdflib_read("Oxigraph"),
        answering=_rdflib_answering("Oxigraph"),
    ),
    Engine(
        name="pyoxigraph",
        needs=module("pyoxigraph"),
        version=lambda: version("pyoxigraph"),
        read=_pyoxigraph_read,
    ),
    Engine(
        name="oxigraph-server",
        needs=module("oxigraph"),
        version=lambda: version("oxigraph"),
        read=_oxigraph_read,
        answering=_oxigraph_answering,
    ),
    Engine(
        name="virtuoso",
        needs=program("virtuoso-t", "virtuoso-opensource"),
        version=lambda: debian_version("virtuoso-opensource"),
        reads=NO_JSONLD,
        read=_virtuoso_read,
        answering=_virtuoso_answering,
        converts=frozenset({f"{XSD}duration"}),  # PT1H becomes 3600.0
        misreads=(
            (r"COALESCE\(\?\w+, \"\"\)", 'CONTAINS(x, "") is false'),
            (r"rdf:object", "a duration is a number of seconds"),
            (r"\|\| EXISTS", "its compiler fails: SP031, selid is used outside its scope"),
        ),
    ),
    Engine(name="jena-riot", needs=_jena_missing, version=jena_version, read=_riot_read, answering=_arq_answering),
    Engine(
        name="jena-tdb2",
        needs=_jena_missing,
        version=jena_version,
        reads=frozenset({Format.TURTLE, Format.TRIG}),  # with riot's parsers
        read=_tdb2_read,
        answering=_tdb2_answering,
    ),
    Engine(
        name="raptor",
        needs=program("rapper", "raptor2-utils"),
        version=lambda: debian_version("raptor2-utils"),
        reads=NO_JSONLD,
        read=_rapper_read,
    ),
    Engine(
        name="swi-prolog",
        needs=program("swipl", "swi-prolog-nox"),
        version=lambda: debian_version("swi-prolog-nox"),
        reads=NO_JSONLD,
        read=_swi_read,
        respells=frozenset({Format.RDFXML}),  # #char=0,57 becomes #char%3D0,57
    ),
    Engine(
        name="n3.js",
        needs=node_package("n3"),
        version=_node_version("n3"),
        reads=NO_JSONLD - {Format.RDFXML},
        read=_n3_read,
    ),
    Engine(
        name="comunica",
        needs=node_package("@comunica/query-sparql-file"),
        version=_node_version("@comunica/query-sparql-file"),
        read=_comunica_read,
        respells=frozenset({Format.RDFXML}),  # a character of several bytes is broken where a chunk of the file ends
        answering=_comunica_answering,
        misreads=((r"(?s)COUNT\(.*OPTIONAL", "a COUNT in which a row has no value is unbound"),),
    ),
)


def main() -> None:
    """`python tests/stores_engines.py`: which engines there are here."""
    for engine in ENGINES:
        print(f"{engine.name:16}{engine.needs() or engine.version()}")


if __name__ == "__main__":
    main()
