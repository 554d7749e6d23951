"""`kg add`, `kg remove`: a graph that grows."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.build import STDIN, complain_of_failures, cores
from kg.cli.exits import NOT_ALL_WELL, WRONG_USE, JsonOption
from kg.terminal import begin_output, progress_display, say, write

if TYPE_CHECKING:
    from kg.growth import Change

StoreOption = Annotated[Path, typer.Option("--store", "-s", metavar="DIR", help="Folder of the store.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what could not be read.")]
SHOWN: Final = 10
"""Articles that are named one by one."""


def add(
    store: StoreOption,
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT…", help="Files and folders; - is standard input.", show_default=False),
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Processes that read; 0 is one a core.")] = 0,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    base: Annotated[
        str | None, typer.Option(metavar="IRI", help="Base IRI of the graph's own things; kept with the store.")
    ] = None,
    reader: Annotated[str | None, typer.Option(metavar="NAME", help="The reader; kept with the store.")] = None,
    knowledge: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="CSV or Turtle of actors to know; copied into a new store."),
    ] = None,
    reread: Annotated[
        bool, typer.Option("--reread", help="Read all articles of the store anew, after an update of newskg.")
    ] = False,
) -> None:
    """Read articles into a store on disk, which is made when it is missing, and let its graph follow.

    What the store holds already is not read again. The graph is the one that `kg build` makes of all its articles.
    Ask the store as any graph: kg query DIR …; write files with: kg export --store DIR --out DIR.

    Examples:

        kg add seeds --store news

        curl -s https://example.org/feed.xml | kg add - --store news
    """
    from kg.growth import add as add_articles

    if not inputs and not reread:
        raise typer.BadParameter("name files or folders with articles", param_hint="INPUT…")
    with progress_display(not quiet and not as_json) as progress:
        change = add_articles(
            inputs or [],
            store=store,
            reader=reader,
            workers=workers or cores(),
            base=base,
            knowledge=knowledge or (),
            reread=reread,
            progress=progress,
            stdin=sys.stdin.buffer if STDIN in (inputs or ()) else None,
        )
    failures = complain_of_failures(change.report())
    _tell(change, quiet=quiet, as_json=as_json)
    if failures:
        raise typer.Exit(NOT_ALL_WELL if change.added or change.known else WRONG_USE)


def remove(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE…", help="The path or URL that it came from, its IRI or its id.", show_default=False
        ),
    ],
    store: StoreOption,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Take articles out of a store: its graph is then as if they had never been in it.

    Examples:

        kg remove seeds/istanbul-first-round.txt --store news
    """
    from kg.growth import remove as remove_articles

    _tell(remove_articles(articles, store=store), quiet=quiet, as_json=as_json)


def _tell(change: "Change", *, quiet: bool, as_json: bool) -> None:
    """What became of the store."""
    begin_output()
    if as_json:
        write(json.dumps(change.report(), ensure_ascii=False, indent=2) + "\n")
        return
    if quiet:
        return
    for done, articles in (("added", change.added), ("removed", change.removed)):
        for name in articles[:SHOWN]:
            say(f"  {done}  {name}")
        if len(articles) > SHOWN:
            say(f"  … {len(articles) - SHOWN:,} more {done}")
    if change.known:
        say(f"  {len(change.known):,} were there before")
    say(f"The store holds {change.articles:,} article{'' if change.articles == 1 else 's'}.")
