"""Exit codes, and the arguments and options that several commands take."""

from typing import Annotated, Final

import typer

ALL_WELL: Final = 0
NOT_ALL_WELL: Final = 1
"""Some input was not read, the graph violates its shapes, or a query or a name is unknown."""
WRONG_USE: Final = 2
"""Wrong usage, or nothing could be read."""

EXIT_CODES: Final = (
    "Exit codes: 0 all well; 1 some input was not read (the graph is written all the same), the graph violates its "
    "shapes, or a query or a name is unknown; 2 wrong usage, or nothing could be read."
)
"""What every command's help ends with."""

GRAPH_HELP: Final = "A build folder, a store, or a .ttl, .trig, .nt or .nq file."
GraphArgument = Annotated[str, typer.Argument(metavar="GRAPH", help=GRAPH_HELP, show_default=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines instead of text.")]
TitleOption = Annotated[str | None, typer.Option(help="Title of the HTML page.")]
HtmlOption = Annotated[bool, typer.Option("--html/--no-html", help="Write graph.html or not.")]
HtmlLimitOption = Annotated[
    int | None,
    typer.Option(min=1, max=1500, help="Nodes that the HTML page draws when it opens.", show_default="300"),
]
HtmlSparqlOption = Annotated[
    bool, typer.Option("--html-sparql/--no-html-sparql", help="Let graph.html be asked in SPARQL (2 MB more) or not.")
]
