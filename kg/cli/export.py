"""`kg export`: a graph as files, for triple stores and other tools."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.build import WHAT_FOR
from kg.cli.exits import GRAPH_HELP, HtmlLimitOption, HtmlOption, HtmlSparqlOption, TitleOption
from kg.cli.store import QuietOption
from kg.exporters.options import PageOptions
from kg.terminal import begin_output, counter_display, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.exporters.formats import Format

STDOUT: Final = "-"
FORMATS: Final = ("turtle", "trig", "nt", "nq", "rdfxml", "jsonld")
"""Of `kg.exporters.formats`, which is imported when it is needed: the command starts light."""


def export(
    graph: Annotated[str | None, typer.Argument(metavar="[GRAPH]", help=GRAPH_HELP, show_default=False)] = None,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FILE|DIR|-", help="A file; or a folder for what kg build writes.")
    ] = "",
    format_: Annotated[
        str | None,
        typer.Option("--format", metavar="|".join(FORMATS), help="The file's format. Default: what its name says."),
    ] = None,
    gzip: Annotated[bool, typer.Option("--gzip", help="Compress the file, as a name in .gz does.")] = False,
    store: Annotated[
        Path | None, typer.Option("--store", "-s", metavar="DIR", help="The store, as GRAPH.", show_default=False)
    ] = None,
    title: TitleOption = None,
    html: HtmlOption = True,
    html_limit: HtmlLimitOption = None,
    html_sparql: HtmlSparqlOption = True,
    quiet: QuietOption = False,
) -> None:
    """Write a graph for other tools: one file of one format, or a folder of the files that `kg build` writes.

    trig and nq keep each article's own contribution in its named graph; the other formats hold every triple once. A
    file is sorted and the same for the same graph. Large graphs are written without being loaded.

    Examples:

        kg export build --out news.nt.gz

        kg export build --format jsonld --out - | jq .

        kg export news.ttl --format rdfxml --out news.rdf

        kg export --store news --out build
    """
    if (graph is None) == (store is None):
        raise typer.BadParameter("name one graph: a build folder, a store or a file", param_hint="GRAPH")
    if not out:
        raise typer.BadParameter("say where to: a file, a folder, or - for standard output", param_hint="--out")
    source = store or Path(graph or "")
    if store is not None:
        from kg.collection import require_collection

        require_collection(store)
    chosen = _format(format_, out)
    if chosen is not None:
        _write_file(source, chosen, out, gzip=gzip or out.endswith(".gz"), quiet=quiet)
    else:
        page = PageOptions(title=title, limit=html_limit, sparql=html_sparql)
        _write_folder(source, Path(out), page if html else None, quiet=quiet)


def _format(name: str | None, out: str) -> "Format | None":
    """The file's format; None for a folder."""
    from kg.exporters.formats import Format, format_of

    if name is not None:
        if name not in FORMATS:
            raise typer.BadParameter(f"no format {name}; there are {', '.join(FORMATS)}", param_hint="--format")
        return Format(name)
    if out == STDOUT:
        raise typer.BadParameter(f"say which for standard output: {', '.join(FORMATS)}", param_hint="--format")
    return None if Path(out).is_dir() else format_of(out)


def _write_file(source: Path, format_: "Format", out: str, *, gzip: bool, quiet: bool) -> None:
    from kg.exporters.atomic import write_in_pieces
    from kg.exporters.formats import gzipped, open_source, written

    opened = open_source(source)
    with counter_display(not quiet and out != STDOUT, "triples written") as told:
        pieces = written(opened, format_, told)
        pieces = gzipped(pieces) if gzip else pieces
        if out == STDOUT:
            _print(pieces)
        else:
            write_in_pieces(Path(out), pieces)
    if not quiet and out != STDOUT:
        begin_output()
        say(f"  {out}")


def _print(pieces: "Iterator[bytes]") -> None:
    begin_output()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
    sys.stdout.flush()


def _write_folder(source: Path, out: Path, page: PageOptions | None, *, quiet: bool) -> None:
    from kg.exporters.folder import FILES
    from kg.store import Graph

    formats = [name for name in FILES if page is not None or name != "html"]
    written = Graph.load(source).save(out, formats, **(page or PageOptions()))
    begin_output()
    for path in written if not quiet else ():
        say(f"  {path!s:<28} {WHAT_FOR[path.name]}")
