"""Cities of the world: natural-earth-geojson populated places (public domain)."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from kg.knowledge.facts import Harvest, Named, Ref, Thing, wiki_ref
from kg.knowledge.names import NameKind, normalize_name
from kg.knowledge.sources.countries import Countries
from kg.knowledge.tables import read_pairs, read_table

SOURCE: Final = "cities"
TRUST: Final = 5
_CITY_WEIGHT: Final = 2.0
_CAPITAL_WEIGHT: Final = 4.0
_CAPITAL_METONYM: Final = 0.2  # share of a capital's name that means the government, where metonyms.tsv does not tell
_STATE_CAPITALS: Final = frozenset({"Admin-0 capital", "Admin-0 capital alt"})
_UNITED_STATES: Final = "Q30"
_LARGE: Final = 300_000  # people; smaller cities more often share their name with something better known
_CURATED: Final = Path(__file__).parent.parent / "curated"


def harvest(data: Path, countries: Countries) -> Harvest:
    """One thing a city; a capital's name is also a metonym of its country. Scientific stations are left out."""
    rows = json.loads((data / "gazetteer" / "cities.json").read_text("utf-8"))
    titles = read_pairs(_CURATED / "country_titles.tsv")
    alone = {name for (name,) in read_table(_CURATED / "us_cities_alone.tsv", columns=1)}
    common = Counter(normalize_name(row["name_en"] or row["name"]) for row in rows)
    things: list[Thing] = []
    for row in rows:
        if not row["wikidataid"] or row["featurecla"] == "Scientific station":
            continue
        country = countries.alpha3.get(row["adm0_a3"])
        capital = row["featurecla"] in _STATE_CAPITALS
        weight = _CAPITAL_WEIGHT if capital else _CITY_WEIGHT
        texts = dict.fromkeys(text for text in (row["name_en"], row["name"], row["nameascii"]) if text)
        refs = [row["wikidataid"]]
        title = titles.get(row["wikidataid"]) or _title(row, country, capital, alone, common)
        if title is not None:
            refs.append(wiki_ref(title))
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
            metonyms = tuple(Named(text=text, kind=NameKind.METONYM, weight=_CAPITAL_METONYM) for text in seen.values())
            things.append(Thing(refs=(country,), source=SOURCE, trust=0, names=metonyms))
    return Harvest(things=tuple(things))


def _title(
    row: dict[str, Any], country: Ref | None, capital: bool, alone: Collection[str], common: Mapping[str, int]
) -> str | None:
    """The English Wikipedia title by its conventions: American cities with their state (but for the 30 that the AP
    stylebook writes alone), capitals and large cities under their name when no other city of the list bears it."""
    name = str(row["name_en"] or row["name"])
    if country == _UNITED_STATES:
        plain = name.split(",")[0]
        return plain if plain in alone else f"{plain}, {row['adm1name']}" if row["adm1name"] else None
    if common[normalize_name(name)] == 1 and (capital or row["pop_max"] >= _LARGE):
        return name
    return None
