"""A built graph in memory: an Oxigraph dataset that is loaded, asked, converted and saved.

Every triple stands in the default graph (the merged answer) or in an article's named graph (what only that article
contributes). Questions are answered over the union of both, so that `graph.trig` and `graph.ttl` answer alike.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Unpack

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
    serialize,
)

from kg.errors import GraphError, QueryError
from kg.exporters.options import PageOptions
from kg.graph_files import FOLDER_GRAPHS, GraphFile, graph_in_folder, telling_the_place
from kg.sparql import Iri, explain_syntax_error, refuse_unsafe
from kg.vocab import BASE, KG, PROV, RDF, data_prefixes

if TYPE_CHECKING:
    import networkx
    import rdflib

    from kg.exporters.html import Page

RDF_TYPE: Final = NamedNode(f"{RDF}type")
DERIVED_FROM: Final = NamedNode(f"{PROV}wasDerivedFrom")
EVIDENCE_CLASSES: Final = (NamedNode(f"{KG}Fact"), NamedNode(f"{KG}Sentence"), NamedNode(f"{PROV}Activity"))

REPORT: Final = "report.json"

_BASE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^?#\ud800-\udfff]+/")

SortKey = tuple[str, bool, str, str]


def is_base(iri: str) -> bool:
    """Whether names can be put after `iri`. It has no fragment, because a sentence's name is one (`#char=0,57`)."""
    return bool(_BASE.fullmatch(iri)) and is_iri(f"{iri}x#y")


def is_iri(text: str) -> bool:
    """Whether it is an absolute IRI (RFC 3987)."""
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def triple_key(triple: Triple | Quad) -> SortKey:
    """Order of a written graph: by subject, its classes first, then by predicate and object as N-Triples."""
    return (str(triple.subject), triple.predicate != RDF_TYPE, triple.predicate.value, str(triple.object))


class Graph:
    """A knowledge graph. Immutable once made.

    `base` is the base IRI of the data; `report` is what `kg build` says of the reading, None for a graph that was
    loaded from a single file.
    """

    def __init__(self, quads: Iterable[Quad], *, base: str = BASE, report: Mapping[str, Any] | None = None) -> None:
        self._dataset = Store()
        self._dataset.bulk_extend(quads)
        self._own: Callable[[], Iterable[Quad]] = lambda: self._dataset
        self._on_disk = False
        self.base = base
        self.report: dict[str, Any] | None = dict(report) if report is not None else None

    @classmethod
    def over(cls, union: Store, *, own: Callable[[], Iterable[Quad]], base: str) -> "Graph":
        """The graph of a store on disk whose default graph has every triple; `own` gives each quad where it belongs."""
        graph = cls((), base=base)
        graph._dataset = graph._union = union
        graph._own = own
        graph._on_disk = True
        return graph

    @classmethod
    def load(cls, path: Path | str, *, merged: bool = False) -> "Graph":
        """Read a .ttl, .trig, .nt or .nq file, the folder that `kg build` wrote, or a store.

        With `merged` a folder's graph.ttl is enough: the same triples in a quarter of the time, no articles' graphs.
        Raises GraphError, with the line, when the file is missing or is not what its name says.
        """
        path = Path(path)
        if path.is_dir():
            from kg.collection.disk import is_collection

            return cls._open_collection(path) if is_collection(path) else cls._load_folder(path, merged)
        file = GraphFile.at(path)
        graph = cls(())
        with telling_the_place(path):
            graph._dataset.bulk_load(path=str(path), format=file.format)
        graph.base = file.base()
        return graph

    @classmethod
    def _open_collection(cls, folder: Path) -> "Graph":
        from kg.collection.disk import open_for_questions, own_quads

        union, base = open_for_questions(folder)
        return cls.over(union, own=lambda: own_quads(union, base), base=base)

    @classmethod
    def _load_folder(cls, folder: Path, merged: bool) -> "Graph":
        names = tuple(reversed(FOLDER_GRAPHS)) if merged else FOLDER_GRAPHS
        graph = cls.load(graph_in_folder(folder, names))
        graph.report = _read_report(folder / REPORT)
        return graph

    def __len__(self) -> int:
        """Number of distinct triples."""
        plain = not any(True for _ in self._union.named_graphs())
        return len(self._union) if plain else sum(1 for _ in self._default_triples())

    def __iter__(self) -> Iterator[Triple]:
        """The distinct triples, in no order; `triples` sorts them."""
        return self._default_triples()

    def __repr__(self) -> str:
        return f"<kg.Graph of {len(self)} triples>"

    @cached_property
    def _union(self) -> Store:
        """The dataset with every triple in its default graph too.

        Oxigraph's own `use_default_graph_as_union` answers once a graph, so that COUNT counts a triple which stands
        in three graphs thrice (measured with 0.5.13); a copy counts right and needs twice the memory.
        """
        if not any(True for _ in self._dataset.named_graphs()):
            return self._dataset
        union = Store()
        union.bulk_extend(self._dataset)
        union.bulk_extend(Quad(q.subject, q.predicate, q.object) for q in self._dataset)
        return union

    def _default_triples(self) -> Iterator[Triple]:
        return (quad.triple for quad in self._union.quads_for_pattern(None, None, None, DefaultGraph()))

    def query(
        self, sparql: str, bindings: Mapping[str, str] | None = None, *, services: Collection[str] = ()
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer a SPARQL 1.1 query. The prefixes of the written graph need no declaration.

        `bindings` gives variables of the query a value: an `Iri` as a resource, every other text as a literal; a
        SELECT must project them. Nothing is fetched: a SERVICE clause is refused but for the addresses in `services`.
        Raises QueryError with the place of a mistake.
        """
        refuse_unsafe(sparql, services)
        prefixes = self.prefixes()
        try:
            values: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
                Variable(name): _term(value) for name, value in (bindings or {}).items()
            }
            return self._union.query(sparql, prefixes=prefixes, substitutions=values)
        except SyntaxError as error:
            raise QueryError(explain_syntax_error(sparql, str(error), prefixes)) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be answered: {error}") from error

    def select(self, sparql: str, bindings: Mapping[str, str] | None = None) -> list[dict[str, str]]:
        """Rows of a SELECT as plain strings, unbound variables left out. Raises QueryError for other forms."""
        answer = self.query(sparql, bindings)
        if not isinstance(answer, QuerySolutions):
            raise QueryError("expected a SELECT query")
        names = [variable.value for variable in answer.variables]
        rows = ((row[name] for name in names) for row in answer)
        return [{n: _text(t) for n, t in zip(names, row, strict=True) if t is not None} for row in rows]

    def mentions(self, iri: str) -> bool:
        """Whether a triple has the IRI in any place, or a named graph bears it."""
        try:
            node = NamedNode(iri)
        except ValueError:
            return False
        find = self._union.quads_for_pattern
        places = (find(node, None, None), find(None, node, None), find(None, None, node), find(None, None, None, node))
        return any(next(place, None) is not None for place in places)

    def triples(self) -> list[Triple]:
        """All distinct triples, in the order of `triple_key`."""
        return sorted(self._default_triples(), key=triple_key)

    def core_triples(self) -> list[Triple]:
        """Layer 1 of VOCABULARY.md: no facts, no sentences and no links to them."""
        evidence = {
            quad.subject
            for class_ in EVIDENCE_CLASSES
            for quad in self._dataset.quads_for_pattern(None, RDF_TYPE, class_, None)
        }
        core = (
            t
            for t in self._default_triples()
            if t.predicate != DERIVED_FROM and t.subject not in evidence and t.object not in evidence
        )
        return sorted(core, key=triple_key)

    def quads(self) -> list[Quad]:
        """The dataset as built: the default graph first, then the articles' graphs by IRI."""
        return sorted(self._own(), key=lambda quad: (_graph_key(quad), triple_key(quad)))

    def write_triples(self, output: IO[bytes]) -> None:
        """Write every triple as N-Triples, in no order; one that stands in several graphs comes as often."""
        whole = self.__dict__.get("_union")  # not made for this alone: it costs as much as loading
        dataset = self._dataset if whole is None else whole
        graphs = (DefaultGraph(), *(dataset.named_graphs() if whole is None else ()))
        for name in graphs:
            dataset.dump(output, RdfFormat.N_TRIPLES, from_graph=name)

    def write_quads(self, output: IO[bytes]) -> None:
        """Write the dataset as built as N-Quads, in no order."""
        serialize(self._own(), output, RdfFormat.N_QUADS)

    def to_rdflib(self) -> "rdflib.Dataset":
        """The graph as a live `rdflib.Dataset`, at once: rdflib's interface over the Oxigraph store itself.

        Its default graph has every triple, its other graphs are the articles'. Meant for reading: what is added is seen
        by `query`, but stands in no article. rdflib writes some literals in its own form unless
        `rdflib.NORMALIZE_LITERALS` is false.
        """
        from kg.exporters.live import to_rdflib

        return to_rdflib(self._union, self.prefixes())

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """Layer 1 as a multigraph; see `kg.exporters.conversion.to_networkx` for its attributes."""
        from kg.exporters.conversion import to_networkx

        return to_networkx(self)

    def to_html(self, path: Path | str | None = None, **options: Unpack[PageOptions]) -> "Page":
        """One HTML page that opens from disk without a network, and in a notebook inline; written to `path` if told."""
        from kg.exporters.atomic import write_atomically
        from kg.exporters.html import render_html

        page = render_html(self, **options)
        if path is not None:
            write_atomically(Path(path), page.encode("utf-8", errors="replace"))
        return page

    def save(
        self,
        directory: Path | str,
        formats: Sequence[str] | None = None,
        **page: Unpack[PageOptions],
    ) -> tuple[Path, ...]:
        """Write the graph into a folder, all formats of `kg.exporters.folder.FILES` unless told; returns the files."""
        from kg.exporters.folder import save_graph

        return save_graph(self, Path(directory), formats, **page)

    def write_database(self, folder: Path) -> None:
        """Write the graph as an Oxigraph database, which must not exist: every triple stands in its default graph, and
        those of an article in its named graph too. A store's is linked, not copied, where the file system can.

        Raises GraphError when the folder cannot be written.
        """
        try:
            if self._on_disk:
                self._union.backup(str(folder))
            else:
                database = Store(str(folder))
                database.bulk_extend(self._union)
                database.flush()
        except (OSError, RuntimeError) as error:
            raise GraphError(f"{folder}: the graph cannot be written there: {error}") from error

    def prefixes(self) -> dict[str, str]:
        """Prefixes of the written graph."""
        return data_prefixes(self.base)


def _term(value: str) -> NamedNode | Literal:
    return NamedNode(value) if isinstance(value, Iri) else Literal(value)


def _text(term: object) -> str:
    value = getattr(term, "value", None)
    return str(term) if value is None else str(value)


def _graph_key(quad: Quad) -> str:
    name = quad.graph_name
    return name.value if isinstance(name, NamedNode | BlankNode) else ""


def _read_report(path: Path) -> dict[str, Any] | None:
    """The build's report; None when the folder has none. A broken one is an error, not an absence."""
    if not path.is_file():
        return None
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GraphError(f"{path}: not readable as JSON: {error}") from error
    if not isinstance(report, dict):
        raise GraphError(f"{path}: expected a JSON object")
    return report
