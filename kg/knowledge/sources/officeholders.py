"""Office holders of 13 countries and of international bodies from Wikidata (CC0), by every-politician-scrapers.

The lists end in 2022: a post without an end was held then, and nothing is known of later days (`OPEN_UNTIL`).
"""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from kg.knowledge.facts import Harvest, Held, Ref, Thing, wiki_ref
from kg.knowledge.names import plain_text
from kg.knowledge.naming import person_names
from kg.knowledge.tables import read_pairs
from kg.knowledge.titles import title_forms

SOURCE: Final = "officeholders"
_CURATED: Final = Path(__file__).parent.parent / "curated"
TRUST: Final = 5
EARLIEST: Final = date(2000, 1, 1)
EARLIEST_MEMBER: Final = date(2015, 1, 1)
OPEN_UNTIL: Final = date(2022, 12, 31)
_LONGEST_TERM: Final = 30  # years; a post begun longer ago and never ended is an error of the list
_WEIGHT: Final = 0.8
_MEMBER_WEIGHT: Final = 0.2
_SURNAME_SHARE: Final = 0.3
_COUNTRIES: Final = {
    "china-ministers": "Q148",
    "france-cabinet": "Q142",
    "hungary-cabinet": "Q28",
    "india-ministers": "Q668",
    "iran-ministers": "Q794",
    "israel-ministers": "Q801",
    "japan-ministers": "Q17",
    "russia-cabinet": "Q159",
    "turkey-ministers": "Q43",
    "ukraine-cabinet": "Q212",
    "united-kingdom-cabinet": "Q145",
    "us-cabinet": "Q30",
}
_BODIES: Final = {
    "united nations": "Q1065",
    "world trade organization": "Q7825",
    "international court of justice": "Q7801",
}


def harvest(data: Path) -> Harvest:
    """Persons in office in 2000 or later; members of parliaments in 2015 or later, with an article in English."""
    folder = data / "gazetteer" / "officeholders"
    things: dict[Ref, Thing] = {}
    held: list[Held] = []
    for place in sorted(path for path in folder.iterdir() if (path / "html__holders21.csv").exists()):
        country = _COUNTRIES.get(place.name)
        persons = {row["id"]: row for row in _rows(place / "html__bio.csv")}
        for row in _rows(place / "html__holders21.csv"):
            if not _is_recent(row, EARLIEST):
                continue
            post = _post(row, country)
            if post is not None:
                held.append(post)
            things.setdefault(row["personID"], _thing({**persons.get(row["personID"], {}), **row}, country, _WEIGHT))
        for row in _rows(place / "html__legislators.csv"):
            row = {**persons.get(row["personID"], {}), **row}
            if row.get("enwiki") and not row.get("DOD", row.get("dod")) and _is_recent(row, EARLIEST_MEMBER):
                things.setdefault(row["personID"], _thing(row, country, _MEMBER_WEIGHT))
    foreign = _foreign_ministers(folder)
    leaders = _leaders(folder)
    for other, _ in (*foreign, *leaders):
        things.setdefault(other.refs[0], other)
    held.extend(post for _, post in (*foreign, *leaders) if post is not None)
    return Harvest(things=tuple(things.values()), held=tuple(held))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if path.exists():
        with path.open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)


def _day(text: str, *, last: bool = False) -> date | None:
    """A day from "2017-01-05"; of "2017-01" or "2017" the first or the last one."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if day is not None and month is not None:
        return date(year, month, day)
    if month is not None:
        return date(year, month, 28 if last else 1)
    return date(year, 12, 31) if last else date(year, 1, 1)


def _is_recent(row: dict[str, str], earliest: date) -> bool:
    if row["end"]:
        end = _day(row["end"], last=True)
        return end is not None and end >= earliest
    begin = _day(row["start"])
    return (
        begin is not None
        and begin.year > EARLIEST_MEMBER.year - _LONGEST_TERM
        and not (row.get("DOD") or row.get("dod"))
    )


def _post(row: dict[str, str], country: Ref | None) -> Held | None:
    position, body = row["position"], country
    if country is None:  # the list of international bodies: "Secretary-General of the United Nations"
        position, _, rest = row["position"].partition(" of the ")
        body = _BODIES.get(plain_text(rest))
    title = title_forms().get(plain_text(position))
    if title is None or body is None:
        return None
    return Held(
        person=row["personID"],
        title=title,
        body=body,
        source=SOURCE,
        begin=_day(row["start"]),
        end=_day(row["end"], last=True),
        top=country is None,
        known_until=OPEN_UNTIL,
    )


def _thing(row: dict[str, str], country: Ref | None, weight: float) -> Thing:
    title = row.get("enwiki") or None
    name = re.sub(r" \([^()]*\)$", "", title or row["person"])
    gender = {"male": "m", "female": "f"}.get(row.get("gender", ""))
    return Thing(
        refs=(row["personID"], *((wiki_ref(title),) if title else ())),
        source=SOURCE,
        trust=TRUST,
        name=name,
        type="Person",
        country=country,
        names=person_names(name, country, weight, weight * _SURNAME_SHARE),
        gender=gender,
    )


def _listed(identifier: str, label: str, country: Ref) -> Thing:
    """A leader or foreign minister; the title of the article is the label, but for `leader_titles.tsv`."""
    told = read_pairs(_CURATED / "leader_titles.tsv")
    latin = label[:1].isalpha() and label.replace(" ", "").isprintable() and not re.fullmatch(r"Q\d+", label)
    title = told.get(label, label) if latin else ""
    return _thing({"personID": identifier, "person": label, "enwiki": title}, country, _WEIGHT)


def _foreign_ministers(folder: Path) -> tuple[tuple[Thing, Held | None], ...]:
    found = []
    for row in _rows(folder / "world" / "sources__foreign__wikidata.csv"):
        if not row["person"] or not row["country"]:
            continue
        thing = _listed(row["person"], row["name"], row["country"])
        post = Held(
            person=row["person"],
            title="Foreign Minister",
            body=row["country"],
            source=SOURCE,
            begin=_day(row["start"]),
            known_until=OPEN_UNTIL,
        )
        found.append((thing, post))
    return tuple(found)


def _leaders(folder: Path) -> tuple[tuple[Thing, Held | None], ...]:
    found = []
    for row in _rows(folder / "world-leaders-2021" / "data__wikidata.csv"):
        end = _day(row["end_year"], last=True)
        if not row["officeholder"] or (end is not None and end < EARLIEST):
            continue
        thing = _listed(row["officeholder"], row["officeholderLabel"], row["countryid"])
        title = title_forms().get(plain_text(re.split(r" of ", row["positionLabel"])[0]))
        post = None
        if title is not None:
            post = Held(
                person=row["officeholder"],
                title=title,
                body=row["countryid"],
                source=SOURCE,
                begin=_day(row["start_year"]),
                end=end,
                known_until=OPEN_UNTIL,
            )
        found.append((thing, post))
    return tuple(found)
