"""`kg knowledge`: look into the knowledge base of actors."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.exits import EXIT_CODES, NOT_ALL_WELL, JsonOption
from kg.defaults import WIKIDATA_ENDPOINT
from kg.terminal import begin_output, complain, print_table, progress_display, say, write

if TYPE_CHECKING:
    from kg.knowledge import Candidate, KnowledgeBase, Office

FilesOption = Annotated[
    list[Path] | None,
    typer.Option("--knowledge", metavar="FILE", help="CSV or Turtle to lay over the base; may be repeated."),
]
DayOption = Annotated[
    datetime | None,
    typer.Option("--on", metavar="DAY", formats=["%Y-%m-%d"], help="Show only posts held on that day."),
]

app = typer.Typer(
    help="Look into the knowledge base of actors: who bears a name, who holds an office, what else is known.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(epilog=EXIT_CODES)
def search(
    name: Annotated[str, typer.Argument(metavar="NAME", show_default=False)],
    limit: Annotated[int, typer.Option(min=1, help="Print at most so many.")] = 20,
    knowledge: FilesOption = None,
    as_json: JsonOption = False,
) -> None:
    """List who or what bears a name, the likeliest first, then whose names hold all its words.

    Examples:

        kg knowledge search Zelenskiy

        kg knowledge search "foreign ministry" --limit 50
    """
    base = _load(knowledge)
    found = list(islice(base.search(name), limit))
    begin_output()
    if as_json:
        whole = [{**asdict(base.entry(one.id)), "name_kind": one.kind.value, "name_prior": one.prior} for one in found]
        write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    elif found:
        print_table(("id", "name", "type", "country", "borne as", "likelihood"), [_row(base, one) for one in found])
    if not found:
        complain(f"nobody and nothing in the knowledge base is called {name!r}")
        raise typer.Exit(NOT_ALL_WELL)


@app.command(epilog=EXIT_CODES)
def show(
    thing: Annotated[
        str, typer.Argument(metavar="ID", help="An id, a Wikipedia title, or a name of one thing.", show_default=False)
    ],
    on: DayOption = None,
    knowledge: FilesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show all that the knowledge base has of one thing: names, posts with dates, and where each comes from.

    Examples:

        kg knowledge show Q159 --on 2025-07-03

        kg knowledge show "Yuri Ushakov"
    """
    base = _load(knowledge)
    entry_id = base.find(thing)
    if entry_id is None:
        complain(f"no one thing is {thing!r}; kg knowledge search finds ids")
        raise typer.Exit(NOT_ALL_WELL)
    day = on.date() if on else None
    entry, names = base.entry(entry_id), base.names_of(entry_id)
    held, posts = base.offices(entry_id, day), base.posts_in(entry_id, day)
    begin_output()
    if as_json:
        whole: dict[str, Any] = {
            **asdict(entry),
            "names": [{"name": name, "kind": one.kind.value, "prior": one.prior} for name, one in names],
            "holds": [_plain(office) for office in held],
            "posts": [_plain(office) for office in posts],
        }
        write(json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
        return
    say(f"{entry.name}  ({entry.type}{', leader' if entry.leader else ''})")
    country = base.entry(entry.country).name if entry.country else None
    for label, value in (
        ("id", entry.id),
        ("Wikidata", entry.wikidata and f"http://www.wikidata.org/entity/{entry.wikidata}"),
        ("Wikipedia", entry.wikipedia and f"https://en.wikipedia.org/wiki/{entry.wikipedia}"),
        ("country", country),
        ("source", entry.source),
    ):
        if value:
            say(f"  {label:<10} {value}")
    say()
    print_table(("known as", "in what way", "likelihood"), [(n, c.kind.value, f"{c.prior:.2f}") for n, c in names])
    _print_posts("holds", "in", held, base, person=False)
    _print_posts("post", "held by", posts, base, person=True)


@app.command(epilog=EXIT_CODES)
def refresh(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE.csv", help="Where to write; made anew.")],
    endpoint: Annotated[
        str, typer.Option(metavar="URL", help="A SPARQL endpoint with Wikidata's vocabulary.")
    ] = WIKIDATA_ENDPOINT,
    since: Annotated[
        datetime | None,
        typer.Option(metavar="DAY", formats=["%Y-%m-%d"], help="Leave out who left office before; one year ago."),
    ] = None,
) -> None:
    """Ask a SPARQL endpoint who leads the world's countries now, and write it for --knowledge. Uses the network.

    Examples:

        kg knowledge refresh --out leaders.csv

        kg build seeds --out build --knowledge leaders.csv
    """
    from kg.knowledge.refresh import refresh as fetch

    day = since.date() if since else datetime.now(tz=UTC).date() - timedelta(days=365)
    with progress_display(True) as show:

        def tell(done: int, total: int) -> None:
            if show is not None:
                show(_Countries(stage="countries", done=done, total=total))

        found = fetch(_load(None), endpoint, day, tell)
    if not found.terms:
        complain(f"{endpoint}: no heads of state or government; nothing was written")
        raise typer.Exit(NOT_ALL_WELL)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(found.csv, encoding="utf-8")
    say(f"{out}: {found.terms:,} terms of office in {found.countries:,} countries")
    say(f"Use it: kg build … --knowledge {out}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Countries:
    stage: str
    done: int
    total: int | None


def _print_posts(heading: str, other: str, offices: Sequence["Office"], base: "KnowledgeBase", *, person: bool) -> None:
    if not offices:
        return
    rows = [
        (
            office.title,
            base.entry(office.person if person else office.body).name,
            office.begin.isoformat() if office.begin else "",
            office.end.isoformat() if office.end else "",
            office.source,
        )
        for office in offices
    ]
    say()
    print_table((heading, other, "from", "to", "source"), rows)


def _load(files: list[Path] | None) -> "KnowledgeBase":
    from kg.knowledge import KnowledgeBase

    return KnowledgeBase.load(additions=files or ())


def _row(base: "KnowledgeBase", one: "Candidate") -> tuple[str, ...]:
    entry = base.entry(one.id)
    country = base.entry(entry.country).name if entry.country else ""
    return (one.id, entry.name, entry.type, country, one.kind.value, f"{one.prior:.2f}")


def _plain(office: "Office") -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(office).items()}
