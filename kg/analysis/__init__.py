"""What stands out in a graph: its size, who is central, blocs and who links them, contacts, company, and paths.

Every function takes a `kg.store.Graph` and returns frozen results; the same graph gives the same result.
"""

from kg.analysis.centrality import CentralActor, most_central
from kg.analysis.communities import Broker, Community, brokers, communities
from kg.analysis.company import Company, ContactMatrix, co_occurrence, contact_matrix
from kg.analysis.paths import Path, Step, shortest_paths
from kg.analysis.summary import Summary, summarize

__all__ = [
    "Broker",
    "CentralActor",
    "Community",
    "Company",
    "ContactMatrix",
    "Path",
    "Step",
    "Summary",
    "brokers",
    "co_occurrence",
    "communities",
    "contact_matrix",
    "most_central",
    "shortest_paths",
    "summarize",
]
