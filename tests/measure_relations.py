"""Which affiliations, locations and parts of the development articles are found, as their relations tell.

    python tests/measure_relations.py --shared ../shared [--show]

A relation of the gold (`affiliation`, `locatedIn`, `partOf`) is found where the article's reading relates actors with
names of its two ends, in whatever way but by a post. Posts are scored by `score.py`. Precision counts relations between
actors that the gold has, too; what the gold leaves out though it is true counts as wrong.
"""

import argparse
import json
from pathlib import Path

from kg.documents import read_documents
from kg.knowledge import normalize_name
from kg.model import Reading, RelationType
from kg.pipeline import Tools, read_article

STATED = frozenset({RelationType.MEMBER_OF, RelationType.PART_OF, RelationType.CONTAINED_IN})


def names_of(*names: str) -> frozenset[str]:
    return frozenset(map(normalize_name, names))


def given(reading: Reading) -> dict[tuple[frozenset[str], frozenset[str]], bool]:
    """The names of both ends of each relation, and whether it counts for precision."""
    names = {actor.key: names_of(actor.name, *actor.aliases) for actor in reading.actors}
    told = [r for r in reading.relations if r.object is not None and r.type is not RelationType.POST]
    return {(names[r.subject], names[str(r.object)]): r.type in STATED for r in told}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--show", action="store_true", help="list what was missed and what was wrong")
    args = parser.parse_args()
    tools = Tools.load()
    found = wanted = right = stated = 0
    for document in read_documents([args.shared / "eval" / "dev" / "articles"], on_problem=print):
        stem = Path(document.identifier).stem
        gold = json.loads((args.shared / "eval" / "dev" / "gold" / f"{stem}.json").read_text(encoding="utf-8"))
        names = {entity["id"]: names_of(entity["name"], *entity["aliases"]) for entity in gold["entities"]}
        ends = [(names[r["s"]], names[r["o"]]) for r in gold["relations"] if r["r"] != "position"]
        ours = given(read_article(document, tools))
        for one, other in ends:
            hit = any(one & subject and other & object_ for subject, object_ in ours)
            wanted, found = wanted + 1, found + hit
            if args.show and not hit:
                print(f"  [{stem}] missed: {sorted(one)} → {sorted(other)}")
        for (subject, object_), counts in ours.items():
            good = any(one & subject and other & object_ for one, other in ends)
            stated, right = stated + counts, right + (good and counts)
            if args.show and counts and not good:
                print(f"  [{stem}] not in gold: {sorted(subject)} → {sorted(object_)}")
    print(f"relations: recall {found / wanted:.3f} of {wanted}, precision {right / stated:.3f} of {stated}")


if __name__ == "__main__":
    main()
