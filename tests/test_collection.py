"""A store on disk is what `kg build` makes of the articles in it, whatever came and went, and whatever was killed."""

import multiprocessing
import os
import pickle
import random
import shutil
import signal
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from building import SmallKnowledge, Told, make_reading
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from kg.collection import Collection, is_collection
from kg.collection.codec import pack, pack_document, unpack, unpack_document
from kg.collection.disk import stands_in_article
from kg.errors import GraphError
from kg.graph import to_quads
from kg.knowledge import KnowledgeFile
from kg.model import Reading, Status
from kg.provenance import Run
from kg.resolution import article_id, resolve_across_documents
from kg.schema import load_event_schema
from kg.store import Graph
from kg.vocab import BASE

RUN = Run(tool="newskg test", models=(), configuration="c")
KNOWLEDGE = SmallKnowledge()
NAMES = ("Donald Trump", "Vladimir Putin", "Volodymyr Zelenskyy", "Xi Jinping")


def reading(number: int) -> Reading:
    """An article of a small world in which many tell of the same events, some of them copies of others."""
    pick = random.Random(number // 2 * 2 if number % 7 == 0 else number)
    pairs = [tuple(("participant", name) for name in pick.sample(NAMES, 2)) for _ in range(2)]
    told = [
        Told(
            type=pick.choice(("PhoneCall", "Meeting")),
            roles=roles,
            day=date(2025, 7, 1) + timedelta(days=pick.randrange(3)) if pick.random() < 0.7 else None,
            numbers={"ordinal": pick.randrange(5, 7)} if pick.random() < 0.3 else {},
            status=pick.choice((Status.OCCURRED, Status.OCCURRED, Status.PLANNED)),
        )
        for roles in pairs
    ]
    words = " ".join(f"word{pick.randrange(40)}" for _ in range(30))
    return make_reading(*told, name=f"{number}", text=f"{words}.")


def change(folder: Path, *, add: Iterable[Reading] = (), drop: Iterable[str] = ()) -> None:
    with Collection(folder) as collection:
        collection.update(
            add=add,
            drop=drop,
            knowledge=KNOWLEDGE,  # type: ignore[arg-type]
            schema=load_event_schema(),
            run=RUN,
            settings={"base": BASE, "reader": "none"},
        )


def built(readings: Iterable[Reading]) -> set[Quad]:
    resolution = resolve_across_documents(list(readings), KNOWLEDGE, load_event_schema())  # type: ignore[arg-type]
    return set(to_quads(resolution, load_event_schema(), BASE, RUN))


def held(folder: Path) -> set[Quad]:
    return set(Graph.load(folder).quads())


@given(st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 12), min_size=1, max_size=5)), min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_collection_is_what_a_build_of_its_articles_is(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[bool, set[int]]]
) -> None:
    folder, numbers = tmp_path_factory.mktemp("store") / "s", set[int]()
    for comes, which in steps:
        if comes:
            numbers |= which
            change(folder, add=[reading(n) for n in sorted(which)])
        else:
            numbers -= which
            change(folder, drop=[article_id(reading(n).document) for n in which])
        expected = built(reading(n) for n in numbers)
        assert held(folder) == expected
        union = {quad.triple for quad in expected}
        assert set(Graph.load(folder).triples()) == union
        assert len(Graph.load(folder)) == len(union)


def test_collection_knows_which_triples_stand_in_articles() -> None:
    quads = built(reading(n) for n in range(12))
    assert all(stands_in_article(quad, BASE) == (str(quad.graph_name) != "DEFAULT") for quad in quads)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes, which this system does not have")
def test_collection_survives_being_killed_at_any_moment(tmp_path: Path) -> None:
    folder, first, more = tmp_path / "s", [reading(n) for n in range(6)], [reading(n) for n in range(6, 14)]
    dropped = [article_id(first[0].document)]
    change(folder, add=first)
    states = built(first), built([*first[1:], *more])
    began = time.perf_counter()
    change(folder, add=more, drop=dropped)
    lasts = time.perf_counter() - began
    change(folder, add=first, drop=[article_id(one.document) for one in more])
    fork, chance, ended = multiprocessing.get_context("fork"), random.Random(7), {False: 0, True: 0}
    for _ in range(100):
        child = fork.Process(target=change, args=(folder,), kwargs={"add": more, "drop": dropped})
        child.start()
        child.join(chance.uniform(0, 1.5 * lasts))
        if child.pid is not None and child.exitcode is None:
            os.kill(child.pid, signal.SIGKILL)
            child.join()
        state = held(folder)
        assert state in states
        ended[state == states[1]] += 1
        if state == states[1]:
            change(folder, add=first, drop=[article_id(one.document) for one in more])
            assert held(folder) == states[0]
    assert all(ended.values())  # killed before, and after it was done


def test_collection_is_changed_by_one_process_at_a_time(tmp_path: Path) -> None:
    with Collection(tmp_path / "s"), pytest.raises(GraphError, match="another process is changing this store"):
        Collection(tmp_path / "s")
    Collection(tmp_path / "s").close()


def test_collection_is_asked_while_another_process_has_it_open(tmp_path: Path) -> None:
    change(tmp_path / "s", add=[reading(1)])
    with Collection(tmp_path / "s"):
        assert held(tmp_path / "s") == built([reading(1)])


def _change_again_and_again(folder: Path, told: list[str], stop: Any) -> None:
    while not stop.is_set():
        change(folder, drop=told)
        change(folder, add=[reading(n) for n in range(3, 20)])


def test_collection_answers_for_whole_states_while_it_changes(tmp_path: Path) -> None:
    folder, few, many = tmp_path / "s", [reading(n) for n in range(3)], [reading(n) for n in range(20)]
    told = [article_id(one.document) for one in many[3:]]
    change(folder, add=many)
    spawn = multiprocessing.get_context("spawn")
    stop = spawn.Event()
    writer = spawn.Process(target=_change_again_and_again, args=(folder, told, stop))
    writer.start()
    states = built(few), built(many)
    seen = [held(folder) for _ in range(60)]
    stop.set()
    writer.join()
    assert writer.exitcode == 0
    assert all(state in states for state in seen)


def test_collection_writes_a_lost_graph_anew(tmp_path: Path) -> None:
    change(tmp_path / "s", add=[reading(1), reading(2)])
    shutil.rmtree(tmp_path / "s" / "graph")
    with Collection(tmp_path / "s") as collection:
        assert collection.is_behind
    change(tmp_path / "s")
    assert held(tmp_path / "s") == built([reading(1), reading(2)])


def test_collection_is_asked_where_nothing_can_be_written(tmp_path: Path) -> None:
    change(tmp_path / "s", add=[reading(1)])
    files = [path for path in (tmp_path / "s").rglob("*") if path.is_file()]
    for path in files:
        path.chmod(0o444)
    try:
        assert held(tmp_path / "s") == built([reading(1)])
    finally:
        for path in files:
            path.chmod(0o644)


def test_collection_keeps_files_of_actors_in_their_order(tmp_path: Path) -> None:
    given = []
    for folder, text in (("z", "name,type\nUtopia,Country\n"), ("a", "name,type\nElbonia,Country\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "actors.csv").write_text(text, encoding="utf-8")
        given.append(KnowledgeFile.at(tmp_path / folder / "actors.csv"))
    with Collection(tmp_path / "s") as collection:
        collection.keep_knowledge(given)
        assert [file.digest for file in collection.knowledge()] == [file.digest for file in given]


def test_collection_refuses_a_folder_with_other_things(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    with pytest.raises(GraphError, match=r"not a store of newskg, and not empty \(letter.txt"):
        Collection(tmp_path)
    assert not is_collection(tmp_path)


def test_collection_says_that_it_is_empty(tmp_path: Path) -> None:
    Collection(tmp_path / "s").close()
    with pytest.raises(GraphError, match="nothing has been added"):
        Graph.load(tmp_path / "s")


def test_codec_gives_back_what_it_was_given() -> None:
    document = replace(reading(3).document, authors=("Jane Doe",), url="https://example.org/a", agency="Far Wire")
    assert unpack(pack(reading(3))) == reading(3)
    for one in (document, replace(document, published=None, title=None, text=f"{document.text}\ud800")):
        assert unpack_document(pack_document(one)) == one


class _Hostile:
    def __reduce__(self) -> tuple[object, ...]:
        return (os.system, ("true",))


@pytest.mark.parametrize("content", [b"", b"x", pickle.dumps(_Hostile()), pickle.dumps("a text"), pickle.dumps(Path())])
def test_codec_makes_nothing_but_readings(content: bytes) -> None:
    import zlib

    with pytest.raises(GraphError, match="broken"):
        unpack(zlib.compress(content))
    with pytest.raises(GraphError, match="broken"):
        unpack(content)
    with pytest.raises(GraphError, match="broken"):
        unpack_document(zlib.compress(content))
