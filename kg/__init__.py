"""newskg: news articles in, one RDF knowledge graph out.

>>> import kg
>>> graph = kg.build(["article.txt"])           # doctest: +SKIP
>>> graph.query("SELECT ?e { ?e a kg:PhoneCall }")  # doctest: +SKIP
"""

from collections.abc import Sequence
from os import PathLike
from typing import TYPE_CHECKING, Final

from kg.defaults import DEFAULT_READER

if TYPE_CHECKING:
    from kg.store import Graph

__version__: Final = "0.1.0"

__all__ = ["DEFAULT_READER", "__version__", "add", "build", "load", "remove"]


def build(
    inputs: Sequence[str | PathLike[str]],
    *,
    reader: str = DEFAULT_READER,
    workers: int = 1,
    base: str | None = None,
    knowledge: Sequence[str | PathLike[str]] = (),
    decisions: str | PathLike[str] | None = None,
) -> "Graph":
    """Read articles (files or folders) and return their graph; `graph.report` says what was read and what was not.

    `base` is the base IRI of the data; `knowledge` are CSV and Turtle files of actors that it should know, `decisions`
    is a file of what people have decided (`kg decide`). Nothing is written. Importing `kg` is quick because the work is
    imported here.
    """
    from kg.pipeline import build as build_graph
    from kg.vocab import BASE

    return build_graph(
        _paths(inputs),
        reader=reader,
        workers=workers,
        base=base or BASE,
        knowledge=[str(path) for path in knowledge],
        decisions=str(decisions) if decisions is not None else None,
    )


def add(inputs: Sequence[str | PathLike[str]], *, store: str | PathLike[str], workers: int = 1) -> tuple[str, ...]:
    """Read articles into a store on disk, made when it is missing; returns the ids of those that are new.

    `kg.load(store)` is its graph. `kg.growth.add` has all settings.
    """
    from kg.growth import add as add_articles

    return add_articles(_paths(inputs), store=str(store), workers=workers).added


def remove(articles: Sequence[str], *, store: str | PathLike[str]) -> tuple[str, ...]:
    """Take articles out of a store, by id, IRI, path or URL; returns the ids of those that were in it."""
    from kg.growth import remove as remove_articles

    return remove_articles([articles] if isinstance(articles, str) else articles, store=str(store)).removed


def load(path: str | PathLike[str]) -> "Graph":
    """Open a graph that was built before: a .ttl, .trig, .nt or .nq file, a build folder, or a store."""
    from kg.store import Graph

    return Graph.load(str(path))


def _paths(inputs: Sequence[str | PathLike[str]]) -> list[str]:
    """Inputs as texts; one alone, which is a sequence of letters to Python, is meant as one."""
    return [str(path) for path in ([inputs] if isinstance(inputs, str | PathLike) else inputs)]
