"""What the words after `kg query` mean: a graph, a question, and values of its parameters."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import typer

DEFAULT_GRAPH: Final = "build"
"""Where the README's first command leaves a graph."""
_NAME: Final = re.compile(r"[\w-]+")
"""A query's name is one word; SPARQL never is."""
_OPTION: Final = "--"
_LIST: Final = "kg query --list shows the names"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question to a graph. `bindings` are variables of a SPARQL text that the user gave a value."""

    graph: str
    sparql: str
    bindings: Mapping[str, str] = field(default_factory=dict)


def as_asked(words: Sequence[str], text: str | None, values: Mapping[str, str]) -> Asked:
    """Take the words apart; `text` is the query when a file held it, `values` come from --param.

    Raises typer.BadParameter for what makes no question, QueryError for an unknown name or parameter.
    """
    plain, options = _split(words)
    values = {**values, **options}
    if text is None:
        graph, text = _graph_and_question(plain)
    elif len(plain) <= 1:
        graph = plain[0] if plain else DEFAULT_GRAPH
    else:
        raise typer.BadParameter("give a query or -f FILE, not both")
    if not _NAME.fullmatch(text.strip()):
        if options:
            raise typer.BadParameter(f"no such option: --{next(iter(options))}; only named queries have parameters")
        return Asked(graph=graph, sparql=text, bindings=values)
    from kg.named_queries import named_query

    return Asked(graph=graph, sparql=named_query(text.strip()).filled_in(values))


def _split(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Plain words, and `--name value` or `--name=value` as a mapping."""
    plain: list[str] = []
    options: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") or any(character.isspace() for character in word.split("=", 1)[0]):
            plain.append(word)
            continue
        name, equals, value = word.removeprefix(_OPTION).partition("=")
        if not word.startswith(_OPTION) or not name:
            raise typer.BadParameter(f"no such option: {word}")
        given = value if equals else next(rest, None)
        if given is None:
            raise typer.BadParameter(f"--{name} needs a value")
        options[name] = given
    return plain, options


def _graph_and_question(plain: Sequence[str]) -> tuple[str, str]:
    """Two words are both; one is the question, unless it can only be a graph."""
    if len(plain) > 2:
        raise typer.BadParameter(f"{plain[2]!r} is too much; put a query between quotation marks")
    if len(plain) == 2:
        return plain[0], plain[1]
    if not plain:
        raise typer.BadParameter(f"give a query, a name or -f FILE ({_LIST})")
    from kg.named_queries import named_queries

    (word,) = plain
    if word in named_queries() or not (Path(word).exists() or Path(word).suffix in (".ttl", ".trig", ".nt", ".nq")):
        return DEFAULT_GRAPH, word
    raise typer.BadParameter(f"what should be asked of {word}? Give a query, a name or -f FILE ({_LIST})")
