"""The command `kg`. Commands only open files and call the library; a mistake of the user never shows a traceback."""

import sys
from typing import Annotated

import typer

from kg.cli.analyze import app as analyze
from kg.cli.build import build
from kg.cli.decide import decide
from kg.cli.exits import EXIT_CODES, NOT_ALL_WELL, WRONG_USE
from kg.cli.export import export
from kg.cli.knowledge import app as knowledge
from kg.cli.push import push
from kg.cli.query import query
from kg.cli.serve import serve
from kg.cli.stats import stats
from kg.cli.store import add, remove
from kg.cli.validate import validate
from kg.cli.view import view
from kg.cli.why import why
from kg.errors import NewskgError, QueryError
from kg.terminal import complain

app = typer.Typer(
    help="News articles in, one RDF knowledge graph out; ask it, check it, look at it. Offline.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(epilog=EXIT_CODES)(build)
app.command(epilog=EXIT_CODES)(add)
app.command(epilog=EXIT_CODES)(remove)
app.command(epilog=EXIT_CODES)(export)
app.command(epilog=EXIT_CODES)(push)
app.command(epilog=EXIT_CODES)(decide)
app.command(epilog=EXIT_CODES)(view)
# The parameters of a named query are options that only the query knows.
app.command(epilog=EXIT_CODES, context_settings={"ignore_unknown_options": True})(query)
app.command(epilog=EXIT_CODES)(serve)
app.command(epilog=EXIT_CODES)(validate)
app.command(epilog=EXIT_CODES)(stats)
app.command(epilog=EXIT_CODES)(why)
app.add_typer(analyze, name="analyze")
app.add_typer(knowledge, name="knowledge")


def _show_version(wanted: bool) -> None:
    if wanted:
        from kg import __version__

        typer.echo(f"newskg {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """News articles in, one RDF knowledge graph out; ask it, check it, look at it. Offline."""


def main() -> None:
    """Entry point: errors of the library become one line on stderr and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file name or an old locale may hold what the stream cannot: shown escaped, never a crash.
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except QueryError as error:
        complain(str(error))
        sys.exit(NOT_ALL_WELL)
    except NewskgError as error:
        complain(str(error))
        sys.exit(WRONG_USE)
