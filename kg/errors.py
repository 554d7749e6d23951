"""What can go wrong, as a tree.

NewskgError
├── InputError          a document cannot be read: names the input and the reason, the others go on
├── ReaderError         the pipeline that should read English is not installed
├── KnowledgeError      the knowledge base's file is missing or broken
├── OntologyError       a file in ontology/ is missing or does not say what the code needs
├── GraphError          a graph file cannot be read or written
├── ShapesError         a file of shapes is missing, broken, or asks for what no engine here can check
│   └── UntranslatableError   the shapes are SHACL, but say something that `kg.validation` cannot ask in SPARQL
├── PushError           an endpoint cannot be reached or does not take the graph
├── DecisionError       a file of decisions does not say what was decided
├── QueryError          a SPARQL query cannot be parsed or is unknown by name
├── ServerError         the SPARQL server is not installed or does not start
└── TrainingError       the reader's model cannot be trained as asked
"""


class NewskgError(Exception):
    """An error with a message for people: what was wrong, where, and what to do."""


class InputError(NewskgError):
    """A document cannot be read."""

    def __init__(self, identifier: str, reason: str) -> None:
        super().__init__(f"{identifier}: {reason}")
        self.identifier = identifier
        self.reason = reason


class ReaderError(NewskgError):
    """A reading pipeline cannot be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"reader {name!r}: {reason}")
        self.name = name
        self.reason = reason


class KnowledgeError(NewskgError):
    """The knowledge base cannot be loaded."""


class OntologyError(NewskgError):
    """A file of the ontology is missing or incomplete."""


class GraphError(NewskgError):
    """A graph cannot be read or written."""


class ShapesError(NewskgError):
    """A file of SHACL shapes cannot be used."""


class UntranslatableError(ShapesError):
    """A file of SHACL shapes cannot be asked in SPARQL; pySHACL can check with it."""


class PushError(NewskgError):
    """An endpoint cannot be reached, or does not take what it is sent."""


class DecisionError(NewskgError):
    """A file of decisions cannot be read, or a decision makes no sense."""


class QueryError(NewskgError):
    """A query is not SPARQL, or no query has that name."""


class ServerError(NewskgError):
    """The SPARQL server cannot be started."""


class TrainingError(NewskgError):
    """A training run cannot begin or go on."""
