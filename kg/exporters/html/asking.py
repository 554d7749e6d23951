"""What the view "ask" holds: Oxigraph as WebAssembly, the worker that runs it, and the questions that it offers."""

from functools import cache
from typing import Any, Final

from markupsafe import Markup

from kg.exporters.html.bundle import bundle
from kg.exporters.html.packing import in_base64, pack
from kg.exporters.html.rdf import PageGraph
from kg.exporters.html.records import plain
from kg.exporters.html.wording import ASSETS
from kg.named_queries import named_queries
from kg.vocab import QUERY_PREFIXES, WIKIDATA, data_prefixes

VIEW: Final = "ask"  # among the views of text.json
WORKER: Final = "worker.js"
MODULES: Final = ("js/packed.js", "js/worker.js", "vendor/oxigraph.js")


@cache
def engine() -> tuple[Markup, Markup]:
    """The WebAssembly file and the worker's script, each base64 of gzip; see assets/vendor/README.md."""
    modules = {(ASSETS / name).name: (ASSETS / name).read_text(encoding="utf-8") for name in MODULES}
    webassembly = (ASSETS / "vendor" / "oxigraph.wasm.gz").read_bytes()
    return in_base64(webassembly), pack(bundle(modules, WORKER).encode("utf-8"))


def offered(graph: PageGraph) -> dict[str, Any]:
    """How much can be asked, by which named queries, and with which prefixes."""
    prefixes = data_prefixes(graph.base)
    vocabulary = [iri for iri in prefixes.values() if iri != WIKIDATA]
    return {
        "triples": graph.triples,
        "declared": QUERY_PREFIXES,
        "prefixes": prefixes,  # that shorten the IRIs of an answer
        "names": [graph.base, *vocabulary],  # IRIs that begin so name things; others may be sites of the web
        "queries": [plain(query) for query in named_queries().values()],
    }
