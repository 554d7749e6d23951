"""A graph that grows: readings and their graph on disk. An article comes or goes, and the graph follows.

The folder of a store holds the readings (`readings.sqlite`), the graph (`graph/`, an Oxigraph store), what the user has
decided and added (`decisions.yaml`, `knowledge/`), and a lock. The graph is what `kg build` makes of the same articles.
"""

from kg.collection.disk import DECISIONS, is_collection, require_collection
from kg.collection.store import Collection

__all__ = ["DECISIONS", "Collection", "is_collection", "require_collection"]
