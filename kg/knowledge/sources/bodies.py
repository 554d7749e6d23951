"""International organisations: confirmordeny/supraverden (CC BY-SA)."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from kg.knowledge.facts import Harvest, Named, Ref, Thing, wiki_ref
from kg.knowledge.names import NameKind
from kg.knowledge.tables import read_table

SOURCE: Final = "supraverden"
TRUST: Final = 4
_PROMINENT: Final = frozenset({"UN and affiliates", "EU institutions and bodies"})
_PROMINENT_WEIGHT: Final = 2.0
_WEIGHT: Final = 0.5  # most of the list is small bodies that news hardly names
_NAMES: Final = ("Name_other_en", "Name_other_2_en", "Name_other_3_en")
_ACRONYMS: Final = ("Abbreviation_en", "Abbreviation_other_en", "Abbreviation_other_2_en")


def harvest(data: Path) -> Harvest:
    """One thing an organisation, with its English names and abbreviations."""
    records = yaml.load((data / "gazetteer" / "supraverden.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    rows = read_table(Path(__file__).parent.parent / "curated" / "things.tsv", columns=5)
    titles = {identifier: title for identifier, title, *_ in rows if identifier}
    return Harvest(things=tuple(_thing(record, titles) for record in records.values() if record.get("Wikidata_code")))


def _thing(record: dict[str, Any], titles: Mapping[Ref, str]) -> Thing:
    weight = _PROMINENT_WEIGHT if record["Org_family"] in _PROMINENT else _WEIGHT
    name = str(record["Name_en"]).replace("’", "'")
    names = [Named(text=name, kind=NameKind.NAME, weight=weight)]
    names += [Named(text=str(record[k]), kind=NameKind.ALIAS, weight=weight / 2) for k in _NAMES if record.get(k)]
    names += [Named(text=str(record[k]), kind=NameKind.ACRONYM, weight=weight) for k in _ACRONYMS if record.get(k)]
    refs = [record["Wikidata_code"]]
    if record["Org_family"] in _PROMINENT:  # these have articles, under their English names but for things.tsv
        refs.append(wiki_ref(titles.get(record["Wikidata_code"], name)))
    return Thing(refs=tuple(refs), source=SOURCE, trust=TRUST, name=name, type="Organization", names=tuple(names))
