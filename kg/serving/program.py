"""Oxigraph's own program: the server, and what it says of how it answers a query.

The PyPI package `oxigraph` brings it. pyoxigraph, which answers `kg query`, is the same engine without these two.
"""

import json
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import QueryError, ServerError
from kg.exporters.conversion import shorten
from kg.serving.location import PREFIX

NAME: Final = "oxigraph"
_IRI: Final = re.compile(r"<([^<>\s]+)>")
_ANONYMOUS: Final = re.compile(r"\?([0-9a-f]{28,32})\b")


def program() -> str:
    """The path of the program: beside this Python, else on the PATH. Raises ServerError when it is in neither place."""
    found = shutil.which(NAME, path=sysconfig.get_path("scripts")) or shutil.which(NAME)
    if found is None:
        raise ServerError("Oxigraph's program is not installed; install it with: pip install oxigraph")
    return found


def explain(database: Path, sparql: str, prefixes: Mapping[str, str], *, seconds: float | None) -> tuple[str, ...]:
    """Answer the query in the database and tell how, a line a step, innermost first to be done.

    Each step is told with the rows that it gave and the seconds that it and those under it took. Raises QueryError
    when the query cannot be answered or takes longer than `seconds`.
    """
    plan = database.parent / f"{PREFIX}plan.json"
    command = [program(), "query", "--location", str(database), "--explain-file", str(plan), "--stats"]
    command += ["--results-file", str(database.parent / f"{PREFIX}answer"), "--results-format", "json"]
    try:
        for format_ in ("json", "nt"):  # of rows, of triples: the program wants to be told
            command[-1] = format_
            done = subprocess.run(  # noqa: S603 (no shell, our own program)
                command, input=sparql, capture_output=True, text=True, check=False, timeout=seconds
            )
            if done.returncode == 0:
                break
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"not answered within {seconds:g} seconds") from error
    if done.returncode:
        raise QueryError(f"the query cannot be explained: {done.stderr.strip().splitlines()[0]}")
    return tuple(_steps(json.loads(plan.read_text(encoding="utf-8"))["plan"], prefixes, {}, 0))


def _steps(node: Mapping[str, Any], prefixes: Mapping[str, str], names: dict[str, str], depth: int) -> Iterator[str]:
    def name(match: re.Match[str]) -> str:
        return names.setdefault(match[0], f"?_{len(names) + 1}")

    text = _IRI.sub(lambda match: shorten(match[1], dict(prefixes)), _ANONYMOUS.sub(name, node["name"]))
    rows, seconds = node["number of results"], node["duration in seconds"]
    yield f"{'  ' * depth}{text}  → {rows:,} {'row' if rows == 1 else 'rows'}, {seconds:.4f} s"
    for child in node.get("children", ()):
        yield from _steps(child, prefixes, names, depth + 1)
