"""International organisations: confirmordeny/supraverden (CC BY-SA)."""

from pathlib import Path
from typing import Any, Final

import yaml

from kg.knowledge.facts import Harvest, Named, Thing
from kg.knowledge.names import NameKind

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
    return Harvest(things=tuple(_thing(record) for record in records.values() if record.get("Wikidata_code")))


def _thing(record: dict[str, Any]) -> Thing:
    weight = _PROMINENT_WEIGHT if record["Org_family"] in _PROMINENT else _WEIGHT
    name = str(record["Name_en"]).replace("’", "'")
    names = [Named(text=name, kind=NameKind.NAME, weight=weight)]
    names += [Named(text=str(record[k]), kind=NameKind.ALIAS, weight=weight / 2) for k in _NAMES if record.get(k)]
    names += [Named(text=str(record[k]), kind=NameKind.ACRONYM, weight=weight) for k in _ACRONYMS if record.get(k)]
    return Thing(
        refs=(record["Wikidata_code"],), source=SOURCE, trust=TRUST, name=name, type="Organization", names=tuple(names)
    )
