"""The run of a graph: digests only, the same for the same tools and settings."""

from building import Told, make_reading

from kg.graph import to_quads
from kg.provenance import describe_run
from kg.resolution import resolve_across_documents
from kg.schema import load_event_schema
from kg.store import Graph
from kg.vocab import BASE


class NoKnowledge:
    def entry(self, entry_id: str) -> None:
        raise KeyError(entry_id)


def test_provenance_is_the_same_for_the_same_settings() -> None:
    run = describe_run("newskg 1", "reader_a", BASE)
    assert run == describe_run("newskg 1", "reader_a", BASE)
    others = [("newskg 2", "reader_a", BASE), ("newskg 1", "reader_b", BASE), ("newskg 1", "reader_a", "http://e/")]
    assert len({run.id, *(describe_run(*other).id for other in others)}) == 4


def test_provenance_every_fact_names_its_run_and_the_core_has_none() -> None:
    schema = load_event_schema()
    resolution = resolve_across_documents([make_reading(Told())], NoKnowledge(), schema)  # type: ignore[arg-type]
    graph = Graph(to_quads(resolution, schema, BASE, describe_run("newskg 1", "reader", BASE)))
    (run,) = graph.select("SELECT ?r { ?r a prov:Activity ; kg:toolDigest ?t ; kg:configurationDigest ?c }")
    facts = graph.select("SELECT ?f ?r { ?f a kg:Fact OPTIONAL { ?f prov:wasGeneratedBy ?r } }")
    assert facts
    assert {row.get("r") for row in facts} == {run["r"]}
    assert not [triple for triple in graph.core_triples() if run["r"] in str(triple)]
