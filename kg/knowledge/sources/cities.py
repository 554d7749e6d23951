"""Cities of the world: natural-earth-geojson populated places (public domain)."""

import json
from pathlib import Path
from typing import Final

from kg.knowledge.facts import Harvest, Named, Thing, wiki_ref
from kg.knowledge.names import NameKind, normalize_name
from kg.knowledge.sources.countries import Countries

SOURCE: Final = "cities"
TRUST: Final = 5
_CITY_WEIGHT: Final = 2.0
_CAPITAL_WEIGHT: Final = 4.0
_CAPITAL_METONYM: Final = 1.0  # how much a capital's name means the government, where metonyms.tsv does not tell
_STATE_CAPITALS: Final = frozenset({"Admin-0 capital", "Admin-0 capital alt"})
_UNITED_STATES: Final = "Q30"


def harvest(data: Path, countries: Countries) -> Harvest:
    """One thing a city; a capital's name is also a metonym of its country. Scientific stations are left out."""
    rows = json.loads((data / "gazetteer" / "cities.json").read_text("utf-8"))
    things: list[Thing] = []
    for row in rows:
        if not row["wikidataid"] or row["featurecla"] == "Scientific station":
            continue
        country = countries.alpha3.get(row["adm0_a3"])
        capital = row["featurecla"] in _STATE_CAPITALS
        weight = _CAPITAL_WEIGHT if capital else _CITY_WEIGHT
        texts = dict.fromkeys(text for text in (row["name_en"], row["name"], row["nameascii"]) if text)
        refs = [row["wikidataid"]]
        if country == _UNITED_STATES and row["adm1name"]:  # Wikipedia's titles of American cities name the state
            refs.append(wiki_ref(f"{row['name_en'].split(',')[0]}, {row['adm1name']}"))
        things.append(
            Thing(
                refs=tuple(refs),
                source=SOURCE,
                trust=TRUST,
                name=row["name_en"] or row["name"],
                type="City",
                country=country,
                names=tuple(
                    Named(text=text, kind=NameKind.ALIAS if place else NameKind.NAME, weight=weight)
                    for place, text in enumerate(texts)
                ),
            )
        )
        if capital and country is not None:
            seen = {normalize_name(text): text for text in texts}
            metonyms = tuple(
                Named(text=text, kind=NameKind.METONYM, weight=_CAPITAL_METONYM) for text in seen.values()
            )
            things.append(Thing(refs=(country,), source=SOURCE, trust=0, names=metonyms))
    return Harvest(things=tuple(things))
