"""Make the name lists from the gazetteers beside the project.

    python -m kg.reader.compile_names --data ../shared/data

Writes `given_names.txt`, `surnames.txt`, `places.txt` and `demonyms.txt` into `words/`.
"""

import argparse
import csv
import html
import json
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import lemminflect
import yaml

LOG = logging.getLogger(__name__)
WORDS = Path(__file__).parent / "words"
NAME = re.compile(r"[^\W\d_][^\W\d_]+(?:['’.-][^\W\d_]+)*")
GIVEN_COUNT = 2
"""People who must bear a given name: rarer ones are as often misread titles or surnames."""

SURNAME_FIRST = frozenset({"china-ministers"})
LATIN = re.compile(r"[ -ɏḀ-ỿ’]+")
PLACE_KINDS = frozenset({"Scientific station"})
"""Natural Earth classes that news does not name."""

NOT_PLACES = frozenset(
    {"Of", "World", "Western", "Eastern", "Northern", "Southern", "Central", "Center", "Centre", "North"}
)
"""Regions of countries whose names are ordinary words."""

NOT_PEOPLES = frozenset(
    {"NA", "Islander", "Islanders", "Papua New", "British Virgin", "Congo", "Wallis", "New Zealand"}
)
"""What the Factbook's wording leaves over."""

PROVINCE = re.compile(r"[A-ZÀ-Ž][^\W\d_]+(?:[ '’-](?:[a-z]{2,3}[ '-])?[A-ZÀ-Ž][^\W\d_]+){0,3}")
SHORTEST_SURNAME = 4
"""Shorter words in capitals are particles, numerals and abbreviations."""

SHORTEST_PLACE = 4
OFFICE_SOURCE = "Office holders: every-politician-scrapers (CC0, from Wikidata)."
FACTBOOK_SOURCE = "The World Factbook, early 2026 (public domain)."


def people(data: Path) -> Iterator[tuple[str, str]]:
    """Yield (folder, full name) of every office holder listed."""
    for path in sorted((data / "gazetteer" / "officeholders").glob("*/*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                name = row.get("person") if path.name == "html__holders21.csv" else row.get("name")
                if name and LATIN.fullmatch(name):
                    yield path.parent.name, name.split(",")[0]


def given_names(data: Path) -> Iterator[str]:
    """First names of office holders, and of US politicians."""
    counts = Counter[str]()
    for folder, name in set(people(data)):
        tokens = name.split()
        if folder not in SURNAME_FIRST and len(tokens) > 1 and NAME.fullmatch(tokens[0]):
            counts[tokens[0]] += 1
    for file in ("us-congress-current.yaml", "us-executive.yaml"):
        for person in yaml.load((data / "gazetteer" / file).read_text(encoding="utf-8"), yaml.CSafeLoader):
            counts[person["name"]["first"]] += 2
    return (name for name, count in counts.items() if count >= GIVEN_COUNT and name[0].isupper() and len(name) > 1)


def leaders(data: Path) -> Iterator[str]:
    """Surnames of heads of state and of government; the Factbook writes them in capitals."""
    for entry in json.loads((data / "gazetteer" / "factbook-government.json").read_text(encoding="utf-8")).values():
        branch = entry.get("Government", {}).get("Executive branch", {})
        for role in ("chief of state", "head of government"):
            for word in re.findall(r"\b[^\W\d_a-z](?:[^\W\d_a-z]|['’-])+\b", branch.get(role, {}).get("text", "")):
                if len(word) >= SHORTEST_SURNAME:
                    yield word.title()


def surnames(data: Path) -> Iterator[str]:
    """Last names of leaders and of ministers and members of parliament of some countries."""
    yield from leaders(data)
    for folder, name in people(data):
        path_is_recent = folder in {"world", "russia-cabinet", "ukraine-cabinet", "iran-ministers", "israel-ministers"}
        tokens = name.split()
        if path_is_recent and len(tokens) > 1 and NAME.fullmatch(tokens[-1]) and tokens[-1][0].isupper():
            yield tokens[-1]


def places(data: Path) -> Iterator[str]:
    """Names of territories, cities, countries and capitals, as they come."""
    for path in sorted((data / "gazetteer" / "territories").glob("*.yml")):
        territory = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        yield from (territory[key] for key in ("name", "full_name") if territory.get(key))
    for city in json.loads((data / "gazetteer" / "cities.json").read_text(encoding="utf-8")):
        if city["featurecla"] not in PLACE_KINDS:
            yield from (city[key] for key in ("name", "name_en", "nameascii") if city.get(key))
    for entry in json.loads((data / "gazetteer" / "factbook-government.json").read_text(encoding="utf-8")).values():
        government = entry.get("Government", {})
        yield government.get("Country name", {}).get("conventional short form", {}).get("text", "")
        yield government.get("Country name", {}).get("conventional long form", {}).get("text", "")
        yield government.get("Capital", {}).get("name", {}).get("text", "")


def provinces(data: Path) -> Iterator[str]:
    """First-order divisions of all countries, as the Factbook lists them."""
    for entry in json.loads((data / "gazetteer" / "factbook-government.json").read_text(encoding="utf-8")).values():
        text = entry.get("Government", {}).get("Administrative divisions", {}).get("text", "")
        text = re.sub(r"<[^>]*>|\([^)]*\)|\*|\[[^]]*\]", "", html.unescape(text))
        for name in re.split(r"[,;:]| and ", text):
            plain = name.strip().split("/")[0]
            if PROVINCE.fullmatch(plain) and not _is_word(plain):
                yield plain


def _is_word(name: str) -> bool:
    """Whether the dictionary knows the name as an ordinary word: "Centre"."""
    return " " not in name and bool(lemminflect.getAllLemmas(name.lower()))


def clean_places(names: Iterable[str]) -> Iterator[str]:
    """Leave out remarks, other scripts and ordinary words."""
    for name in names:
        name = re.sub(r"\s*[(;,].*", "", html.unescape(name)).strip()
        capital = name[:1].isupper() and (len(name) >= SHORTEST_PLACE)
        if capital and LATIN.fullmatch(name) and name not in NOT_PLACES:
            yield name.removeprefix("The ")


def demonyms(data: Path) -> Iterator[str]:
    """Nouns and adjectives of nationality; "Algerian(s)" stands for both forms."""
    for entry in json.loads((data / "gazetteer" / "factbook-government.json").read_text(encoding="utf-8")).values():
        for kind in ("noun", "adjective"):
            text = ((entry.get("nationality") or {}).get(kind) or {}).get("text", "")
            text = re.sub(r"\((?!s\)|es\))[^)]*\)", " ", text)
            for word in re.findall(r"[A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+)?(?:\(e?s\))?", text):
                yield re.sub(r"\(e?s\)", "", word)
                if word.endswith("(s)"):
                    yield word.replace("(s)", "s")


def write(name: str, what: str, source: str, rows: Iterable[str]) -> None:
    """Write a word list, sorted, with its source at the top."""
    lines = sorted(set(rows) - {""})
    head = f"# {what}\n# Made by `python -m kg.reader.compile_names`. {source}\n"
    (WORDS / name).write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    LOG.info("%s: %d rows", name, len(lines))


def main() -> None:
    """Command line."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", force=True)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    members = "US members of Congress and executive: unitedstates/congress-legislators (CC0)."
    write("given_names.txt", "Given names.", f"{OFFICE_SOURCE} {members}", given_names(data))
    write("surnames.txt", "Surnames of office holders.", f"{OFFICE_SOURCE} {FACTBOOK_SOURCE}", surnames(data))
    natural = "Territories: opensanctions/rigour (MIT). Cities: Natural Earth (public domain)."
    named = clean_places([*places(data), *provinces(data)])
    write("places.txt", "Countries, regions and cities.", f"{natural} {FACTBOOK_SOURCE}", named)
    peoples = set(demonyms(data)) - set(clean_places(places(data))) - NOT_PEOPLES
    write("demonyms.txt", "Demonyms and adjectives of countries.", FACTBOOK_SOURCE, peoples)


if __name__ == "__main__":
    main()
