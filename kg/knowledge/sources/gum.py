"""Which Wikidata id an English Wikipedia title has: wiki_map.tab of the GUM corpus (CC BY)."""

from pathlib import Path
from typing import Final
from urllib.parse import unquote

from kg.knowledge.facts import Harvest, Thing, wiki_ref

SOURCE: Final = "gum"


def harvest(data: Path) -> Harvest:
    """Nameless things that only join a title to an id; they become no entries of their own."""
    things: list[Thing] = []
    for line in (data / "ud" / "gum" / "wiki_map.tab").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        _, title, identifier, *_ = line.split("\t")
        title = unquote(title).split("#")[0]
        if identifier.startswith("Q"):
            things.append(Thing(refs=(identifier, wiki_ref(title)), source=SOURCE, trust=0))
    return Harvest(things=tuple(things))
