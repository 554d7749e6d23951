"""Countries by every code that the sources use."""

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.knowledge.names import normalize_name

_WIKIDATA: Final = "https://www.wikidata.org/wiki/"
ENGLISH_NAMES: Final = ("UNTERM English Short", "UNTERM English Formal", "CLDR display name", "official_name_en")


@dataclass(slots=True, kw_only=True)
class Countries:
    """Wikidata ids of countries by FIPS, ISO 3166-1 alpha-2 and alpha-3 code and by English name."""

    fips: dict[str, str] = field(default_factory=dict)
    alpha2: dict[str, str] = field(default_factory=dict)
    alpha3: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    written: dict[str, tuple[str, ...]] = field(default_factory=dict)  # id → English names


def read_countries(data: Path) -> Countries:
    """From `gazetteer/country-codes.csv` (datasets/country-codes, PDDL)."""
    countries = Countries()
    with (data / "gazetteer" / "country-codes.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            identifier = row["wikidata_id"].removeprefix(_WIKIDATA)
            if not identifier.startswith("Q"):
                continue
            for code in row["FIPS"].split(","):
                countries.fips.setdefault(code.strip(), identifier)
            countries.alpha2[row["ISO3166-1-Alpha-2"]] = identifier
            countries.alpha3[row["ISO3166-1-Alpha-3"]] = identifier
            written = tuple(dict.fromkeys(row[column].strip() for column in ENGLISH_NAMES if row[column].strip()))
            countries.written[identifier] = written
            for name in written:
                countries.names.setdefault(normalize_name(name), identifier)
    return countries
