"""What a graph was made with: the run of VOCABULARY.md. Digests only, no clock: the same input stays the same bytes."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from kg.knowledge import KnowledgeFile
from kg.naming import digest
from kg.ontology_files import ontology_path

# What the stages read with: word lists, rules, known actors, the network.
TABLES = frozenset({".tsv", ".txt", ".toml", ".gz", ".onnx", ".npz"})
ONTOLOGY = ("newskg.ttl", "topics.ttl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The program, what it read with, and its settings. Equal runs are one node of the graph."""

    tool: str  # "newskg 0.1.0"
    models: tuple[str, ...]  # "reader newskg_reader", "words and actors <16 hex>", "newskg.ttl <16 hex>"
    configuration: str  # digest of the settings that change the graph; the number of processes does not

    @property
    def id(self) -> str:
        """Path under the base IRI."""
        return f"run/{digest(self.tool, *self.models, self.configuration)}"


def describe_run(tool: str, reader: str, base: str, knowledge: Sequence[KnowledgeFile] = ()) -> Run:
    """The run of a program (name and version) with a reading pipeline, a base IRI of the data, the user's knowledge."""
    ontology = (f"{name} {digest(ontology_path(name).read_text(encoding='utf-8'))}" for name in ONTOLOGY)
    own = (f"knowledge {Path(file.path).name} {file.digest}" for file in knowledge)
    return Run(
        tool=tool,
        models=(f"reader {reader}", f"words and actors {_tables_digest()}", *ontology, *own),
        configuration=digest(reader, base),
    )


@cache
def _tables_digest() -> str:
    found = sorted((path, hashlib.sha256(file.read_bytes()).hexdigest()) for path, file in _tables(files("kg"), ""))
    return digest(*(part for pair in found for part in pair))


def _tables(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _tables(item, f"{path}{item.name}/")
        elif item.name[item.name.rfind(".") :] in TABLES:
            yield f"{path}{item.name}", item
