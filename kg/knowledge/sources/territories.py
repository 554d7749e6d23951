"""Countries and their parts: opensanctions/rigour territories (MIT), datasets/country-codes (PDDL)."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import yaml

from kg.knowledge.facts import Harvest, Named, Ref, Thing, wiki_ref
from kg.knowledge.names import NameKind
from kg.knowledge.sources.countries import Countries
from kg.knowledge.tables import read_pairs, read_table

SOURCE: Final = "territories"
TRUST: Final = 9
COUNTRY_WEIGHT: Final = 30.0  # on the scale of links in the portal: the median country has 15
PART_WEIGHT: Final = 1.5
_CURATED: Final = Path(__file__).parent.parent / "curated"
_SKIPPED: Final = re.compile(r"^(zz|ip|x_so|us_dc|su_.*|um|aq_.*)$")  # not territories, or parts of states long gone
_BODIES: Final = {"eu": "Organization", "un": "Organization"}
_COUNTRIES_TOO: Final = frozenset({"ps"})  # called a country in news although the list does not
_NAMED_AS_TITLED: Final = (
    "us_",
    "ca_",
    "au_",
    "cn_",
)  # their states' names are their titles, but for country_titles.tsv
_LATIN: Final = re.compile(r"^[A-ZÀ-ÞŠŽÅØ][\w .,'’()&-]*$", re.ASCII)
_WIKIPEDIA: Final = "https://en.wikipedia.org/wiki/"


def harvest(data: Path, countries: Countries) -> Harvest:
    """One thing a territory file; titles of Wikipedia from the file, else from `curated/country_titles.tsv`."""
    titles = read_pairs(_CURATED / "country_titles.tsv")
    folder = data / "gazetteer" / "territories"
    records = {
        path.stem: yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader) for path in sorted(folder.glob("*.yml"))
    }
    things = tuple(
        _thing(code, record, records, titles, countries)
        for code, record in records.items()
        if not _SKIPPED.match(code) and str(record.get("qid", "")).startswith("Q")
    )
    return Harvest(things=things)


def _thing(
    code: str, record: dict[str, Any], records: dict[str, Any], titles: dict[str, str], countries: Countries
) -> Thing:
    identifier: Ref = countries.alpha2.get(
        code.upper(), record["qid"]
    )  # some lists have the realm (Kingdom of Denmark)
    name = str(record["name"])
    country = bool(record.get("is_country")) or code in _COUNTRIES_TOO
    kind = _BODIES.get(code) or ("Country" if country else "AdministrativeArea")
    title = (
        titles.get(identifier)
        or _title_in(record)
        or (name.replace(" ", "_") if len(code) == 2 or code[:3] in _NAMED_AS_TITLED else None)
    )
    weight = COUNTRY_WEIGHT if country or code in _BODIES else PART_WEIGHT
    if len(code) == 2 and title is not None:
        name = re.sub(r" \(.*\)$", "", unquote(title).replace("_", " "))
    names = [Named(text=name, kind=NameKind.NAME, weight=weight)]
    for text in _names_in(record, countries.written.get(identifier, ())):
        short = text.isupper() and len(text) <= len("U.S.A.") and " " not in text
        kind_of_name = NameKind.ACRONYM if short else NameKind.ALIAS
        names.append(Named(text=text, kind=kind_of_name, weight=weight / 2))
    parent = records.get(record.get("parent") or "")
    return Thing(
        refs=tuple(dict.fromkeys((identifier, record["qid"], *((wiki_ref(title),) if title else ())))),
        source=SOURCE,
        trust=TRUST,
        name=name,
        type=kind,
        country=parent["qid"] if parent else None,
        names=tuple(names),
    )


@lru_cache(maxsize=1)
def _not_names() -> dict[Ref, frozenset[str]]:
    return {ref: frozenset(names.split("; ")) for ref, names in read_table(_CURATED / "not_names.tsv", columns=2)}


def _title_in(record: dict[str, Any]) -> str | None:
    url = unquote(str(record.get("wikipedia_url", "")))
    title = url.removeprefix(_WIKIPEDIA)
    return title if url.startswith(_WIKIPEDIA) and "&" not in title and "_-_" not in title else None


def _names_in(record: dict[str, Any], written: tuple[str, ...]) -> list[str]:
    texts = [
        record["name"],
        record["full_name"],
        record.get("in_sentence", ""),
        *record.get("names_strong", ()),
        *written,
    ]
    found: list[str] = []
    barred = _not_names().get(record["qid"], frozenset())
    for text in texts:
        text = re.sub(r"\s*\([^()]*\)", "", str(text)).strip().removeprefix("the ")
        if _LATIN.match(text) and text not in found and text not in barred:
            found.append(text)
    return found
