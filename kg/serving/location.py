"""A graph as a database on disk, which is what Oxigraph's program opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kg.store import Graph

PREFIX: Final = "newskg-"


@contextmanager
def database(graph: Graph) -> Iterator[Path]:
    """The folder of a database with the whole graph (`Graph.write_database`), which goes when the block ends.

    It is a copy, so that a store's writer is not hindered and cannot take away what is being read.
    """
    with TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / "graph"
        graph.write_database(copy)
        yield copy
