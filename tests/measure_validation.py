"""How long a check of a graph takes, and how much memory.

python tests/measure_validation.py GRAPH [--engine sparql|pyshacl]

Loading counts, as it does for whoever runs `kg validate`. pySHACL needs minutes for what is not small.
"""

import argparse
import resource
import time

from kg.store import Graph
from kg.validation import Engine, validate


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("graph", help="a build folder, a store or a graph file")
    parser.add_argument("--engine", default="sparql", choices=[engine.value for engine in Engine])
    arguments = parser.parse_args()
    begin = time.perf_counter()
    graph = Graph.load(arguments.graph)
    loaded = time.perf_counter()
    report = validate(graph, engine=Engine(arguments.engine))
    end = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"engine              {report.engine}")
    print(f"triples             {report.triples:,}")
    print(f"load, seconds       {loaded - begin:.1f}")
    print(f"check, seconds      {end - loaded:.1f}")
    print(f"peak resident, MB   {peak:,.0f}")
    print(f"results             {len(report.violations):,}, conforms: {report.conforms}")


if __name__ == "__main__":
    main()
