"""Files that hold a graph: which there are, what they say of themselves, and what is wrong with a broken one."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from pyoxigraph import Quad, RdfFormat, parse, serialize

from kg.errors import GraphError
from kg.vocab import BASE, data_prefixes

FORMATS: Final[dict[str, RdfFormat]] = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
}
FOLDER_GRAPHS: Final = ("graph.trig", "graph.ttl")
"""What a build folder is read from, the richer file first."""

_PLACE: Final = re.compile(r"^Parser error at line \d+ (?:column \d+|between columns? .+? and .+?): ")


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphFile:
    """A file that is read as often as it is asked for, never into memory."""

    path: Path
    format: RdfFormat

    @classmethod
    def at(cls, path: Path) -> "GraphFile":
        """The file, or the graph of a build folder. Raises GraphError when there is none."""
        if path.is_dir():
            path = graph_in_folder(path)
        if not path.exists():
            raise GraphError(f"{path}: no such file or folder")
        format_ = FORMATS.get(path.suffix.lower())
        if format_ is None:
            raise GraphError(f"{path}: not a graph; expected a build folder or a file in {', '.join(FORMATS)}")
        return cls(path=path, format=format_)

    def quads(self) -> Iterator[Quad]:
        """The quads as they stand in the file. Raises GraphError with the line of a mistake."""
        with telling_the_place(self.path):
            yield from parse(path=str(self.path), format=self.format)

    def write_triples(self, output: IO[bytes]) -> None:
        """As `Graph.write_triples`."""
        serialize((quad.triple for quad in self.quads()), output, RdfFormat.N_TRIPLES)

    def write_quads(self, output: IO[bytes]) -> None:
        """As `Graph.write_quads`."""
        serialize(self.quads(), output, RdfFormat.N_QUADS)

    def prefixes(self) -> dict[str, str]:
        """Prefixes of the written graph."""
        return data_prefixes(self.base())

    def base(self) -> str:
        """The base IRI that the file's `entity:` prefix tells, else the default one."""
        with telling_the_place(self.path):
            parser = parse(path=str(self.path), format=self.format)
            next(parser, None)
        namespace = parser.prefixes.get("entity", "")
        return namespace.removesuffix("entity/") if namespace.endswith("entity/") else BASE


def graph_in_folder(folder: Path, names: Iterable[str] = FOLDER_GRAPHS) -> Path:
    """The graph that `kg build` has left in the folder, the first of `names` that is there. Raises GraphError."""
    for name in names:
        if (folder / name).is_file():
            return folder / name
    wanted = " or ".join(FOLDER_GRAPHS)
    raise GraphError(f"{folder}: no {wanted} in this folder; make one with: kg build … --out {folder}")


@contextmanager
def telling_the_place(path: Path) -> Iterator[None]:
    """Makes a GraphError, with the line, of what is wrong with the file."""
    try:
        yield
    except SyntaxError as error:
        complaint = _PLACE.sub("", error.msg)
        raise GraphError(f"{path}: line {error.lineno}, column {error.offset}: {complaint}") from error
    except OSError as error:
        raise GraphError(f"{path}: {error.strerror or error}") from error
