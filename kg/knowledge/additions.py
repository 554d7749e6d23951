"""What users add to the knowledge base, or correct in it: CSV and Turtle files to facts.

A cell or an IRI names a thing by Wikidata id ("Q159", its entity IRI), by English Wikipedia article, by an IRI of the
user's own, or by name: "name/Russia" is then whatever the base or the same file calls so.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from kg.errors import GraphError, KnowledgeError
from kg.knowledge.facts import Harvest, Held, Named, Ref, Thing, gathered, wiki_ref
from kg.knowledge.names import NameKind, plain_text
from kg.knowledge.naming import person_names
from kg.naming import digest
from kg.store import Graph
from kg.vocab import KG, RDFS, SCHEMA, SKOS

BY_NAME: Final = "name/"
OWN_IRI: Final = ("http://", "https://", "urn:")
TYPES: Final = (
    *("Person", "Country", "AdministrativeArea", "City", "Place", "Organization", "GovernmentOrganization"),
    *("PoliticalParty", "Corporation", "NewsMediaOrganization", "Legislation", "Product", "Event", "Thing"),
)
BROAD: Final = ("AdministrativeArea", "Organization", "Place", "Thing")
COLUMNS: Final = (
    *("name", "type", "aliases", "demonyms", "wikidata", "wikipedia", "iri", "country", "gender"),
    *("title", "body", "begin", "end"),
)
GENDERS: Final = {"": None, "m": "m", "f": "f", "male": "m", "female": "f"}
LARGEST_FILE: Final = 64 * 2**20
"""Bytes of a file of additions."""

LONGEST_ACRONYM: Final = 8
_WIKIDATA: Final = re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)")
_WIKIPEDIA: Final = re.compile(r"https?://en\.wikipedia\.org/wiki/([^?#]+)")
_IRI: Final = re.compile(r"(?:https?://|urn:)[^\x00-\x20<>\"{}|\\^`]+")
_THINGS: Final = "SELECT ?thing ?class { ?thing a ?class FILTER(STRSTARTS(STR(?class), STR(schema:))) }"
_TEXTS: Final = """SELECT ?thing ?property ?value { VALUES ?property { rdfs:label skos:altLabel schema:gender
  schema:sameAs kg:represents schema:containedInPlace } ?thing ?property ?value }"""
_POSTS: Final = """SELECT ?person ?post ?label ?body ?bodyLabel ?begin ?end {
  ?person org:holds ?post . ?post rdfs:label ?label ; org:postIn ?body . OPTIONAL { ?body rdfs:label ?bodyLabel }
  OPTIONAL { ?post schema:startDate ?begin } OPTIONAL { ?post schema:endDate ?end } }"""


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    """A file of additions as it was at one time: a changed file is another one."""

    path: str
    digest: str

    @classmethod
    def at(cls, path: str | Path) -> "KnowledgeFile":
        """The file at `path`. Raises KnowledgeError if it cannot be read."""
        return cls(str(path), digest(_text(Path(path))))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise KnowledgeError(f"{path}: larger than {LARGEST_FILE // 2**20} MiB")
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read ({error})") from error


def read_additions(path: Path) -> Harvest:
    """The facts in a `.csv` or `.ttl` file. Raises KnowledgeError that names file, line or thing, and what is wrong."""
    readers = {".csv": _read_csv, ".ttl": _read_turtle}
    read = readers.get(path.suffix.lower())
    if read is None:
        raise KnowledgeError(f"{path}: neither .csv nor .ttl; what each holds is in docs/knowledge.md")
    return read(path)


def thing_ref(text: str) -> Ref:
    """What a cell or an IRI names: "Q159", "w/Russia", an IRI of the user's own, or "name/Russia"."""
    text = text.strip()
    if re.fullmatch(r"Q[1-9]\d*", text):
        return text
    if found := _WIKIDATA.fullmatch(text):
        return found[1]
    if found := _WIKIPEDIA.fullmatch(text):
        return wiki_ref(unquote(found[1]))
    if text.startswith((*OWN_IRI, "w/")):
        return text
    return BY_NAME + text


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────


def _read_csv(path: Path) -> Harvest:
    """One row a thing or a term of office; rows with the same name and ids are one thing."""
    rows = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
        unknown = [name for name in header if name not in COLUMNS]
        if "name" not in header or unknown:
            wrong = f"unknown column {unknown[0]!r}" if unknown else "no column 'name'"
            raise KnowledgeError(f"{path}:1: {wrong}; the columns are {', '.join(COLUMNS)}")
        found = list[Harvest]()
        for cells in rows:
            if not any(cell.strip() for cell in cells):
                continue
            place = f"{path}:{rows.line_num}"
            if len(cells) > len(header):
                raise KnowledgeError(f"{place}: {len(cells)} cells, the header has {len(header)} (quote commas)")
            row = dict.fromkeys(COLUMNS, "") | dict(zip(header, (cell.strip() for cell in cells), strict=False))
            found.append(_row(row, place, path.name))
    except csv.Error as error:
        raise KnowledgeError(f"{path}:{rows.line_num}: not CSV ({error})") from error
    return gathered(found)


def _row(row: Mapping[str, str], place: str, source: str) -> Harvest:
    article = row["wikipedia"] if ":" in row["wikipedia"] else wiki_ref(row["wikipedia"])
    given = [(row["wikidata"], row["wikidata"]), (row["wikipedia"], article), (row["iri"], row["iri"])]
    refs = tuple(thing_ref(text) for cell, text in given if cell)
    if row["wikidata"] and not refs[0].startswith("Q"):
        raise KnowledgeError(f"{place}: {row['wikidata']!r} is no Wikidata id such as Q159")
    if row["iri"] and not _IRI.fullmatch(row["iri"]):
        raise KnowledgeError(f"{place}: {row['iri']!r} is no absolute IRI")
    thing = _thing(
        refs=refs,
        name=row["name"],
        kind=row["type"],
        aliases=_parts(row["aliases"]),
        demonyms=_parts(row["demonyms"]),
        gender=row["gender"],
        country=thing_ref(row["country"]) if row["country"] else None,
        place=place,
        source=source,
    )
    if not row["title"] and not row["body"]:
        return Harvest(things=(thing,))
    if not row["title"] or not row["body"]:
        raise KnowledgeError(f"{place}: a post needs both title and body")
    held = Held(
        person=thing.refs[0],
        title=row["title"],
        body=thing_ref(row["body"]),
        source=source,
        begin=_day(row["begin"], place),
        end=_day(row["end"], place),
    )
    return Harvest(things=(thing,), held=(held,))


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


# ── Turtle ───────────────────────────────────────────────────────────────────────────────────────


def _read_turtle(path: Path) -> Harvest:
    """The terms of VOCABULARY.md; a term of office is a post with `schema:startDate` and `schema:endDate`."""
    try:
        graph = Graph.load(path)
    except GraphError as error:
        raise KnowledgeError(str(error)) from error
    classes, texts = dict[str, list[str]](), dict[tuple[str, str], list[str]]()
    for row in _sorted(graph.select(_THINGS)):
        classes.setdefault(row["thing"], []).append(row["class"].removeprefix(SCHEMA))
    for row in _sorted(graph.select(_TEXTS)):
        texts.setdefault((row["thing"], row["property"]), []).append(row["value"])
    posts = _sorted(graph.select(_POSTS))
    refs = {thing: _own_refs(thing, texts) for thing in classes}
    things = [_described(thing, classes[thing], refs[thing], texts, path) for thing in sorted(classes)]

    def ref(node: str) -> Ref:
        return refs[node][0] if refs.get(node) else thing_ref(node)

    held = [
        Held(
            person=ref(row["person"]),
            title=_title(row["label"], row.get("bodyLabel")),
            body=ref(row["body"]),
            source=path.name,
            begin=_day(row.get("begin", ""), f"{path}: {row['label']}"),
            end=_day(row.get("end", ""), f"{path}: {row['label']}"),
        )
        for row in posts
    ]
    return Harvest(things=tuple(things), held=tuple(held))


def _sorted(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """In an order that does not depend on the store's."""
    return sorted(rows, key=lambda row: sorted(row.items()))


def _own_refs(thing: str, texts: Mapping[tuple[str, str], list[str]]) -> tuple[Ref, ...]:
    """Wikidata before Wikipedia before the user's own IRI; a blank node is known by its name."""
    found = [thing_ref(iri) for iri in [*texts.get((thing, f"{SCHEMA}sameAs"), ()), thing] if not iri.startswith("_:")]
    order: tuple[Callable[[Ref], bool], ...] = (lambda ref: ref[:1] == "Q", lambda ref: ref[:2] == "w/")
    ranked = sorted(found, key=lambda ref: next((n for n, fits in enumerate(order) if fits(ref)), len(order)))
    return tuple(dict.fromkeys(ranked)) or tuple(BY_NAME + name for name in texts.get((thing, f"{RDFS}label"), ())[:1])


def _described(
    thing: str, classes: Iterable[str], refs: tuple[Ref, ...], texts: Mapping[tuple[str, str], list[str]], path: Path
) -> Thing:
    def values(prefix: str, name: str) -> list[str]:
        return texts.get((thing, prefix + name), [])

    labels = values(RDFS, "label")
    if len(labels) != 1:
        raise KnowledgeError(f"{path}: {thing} has {len(labels)} rdfs:label, one is needed")
    known = [name for name in classes if name in TYPES]
    lands = [*values(KG, "represents"), *values(SCHEMA, "containedInPlace")]
    return _thing(
        refs=refs,
        name=labels[0],
        kind=min(known, key=_breadth, default=next(iter(classes))),
        aliases=values(SKOS, "altLabel"),
        demonyms=(),
        gender=next(iter(values(SCHEMA, "gender")), "").rsplit("/", 1)[-1].lower(),
        country=thing_ref(lands[0]) if lands else None,
        place=f"{path}: {labels[0]}",
        source=path.name,
    )


def _breadth(kind: str) -> int:
    """Narrow classes first: a graph of ours writes the broader ones out as well."""
    return BROAD.index(kind) if kind in BROAD else -1


def _title(label: str, body: str | None) -> str:
    """ "President of Russia" of Russia is a president."""
    for link in (f" of {body}", f" of the {body}", f", {body}"):
        if body and label.endswith(link):
            return label.removesuffix(link)
    return label


# ── both ─────────────────────────────────────────────────────────────────────────────────────────


def _thing(
    *,
    refs: tuple[Ref, ...],
    name: str,
    kind: str,
    aliases: Iterable[str],
    demonyms: Iterable[str],
    gender: str,
    country: Ref | None,
    place: str,
    source: str,
) -> Thing:
    if not name:
        raise KnowledgeError(f"{place}: a thing needs a name")
    if kind and kind not in TYPES:
        raise KnowledgeError(f"{place}: unknown type {kind!r}; known are {', '.join(TYPES)}")
    if gender not in GENDERS:
        raise KnowledgeError(f"{place}: unknown gender {gender!r}; known are m and f, or nothing")
    aliases = tuple(aliases)
    for text in (name, *aliases):
        if not any(char.isupper() for char in text) or len(plain_text(text)) < 2:
            raise KnowledgeError(f"{place}: {text!r} cannot be found in text: a name has two letters and a capital")
    return Thing(
        refs=refs or (BY_NAME + name,),
        source=source,
        trust=0,
        name=name,
        type=kind or None,
        country=country,
        names=tuple(_names(name, kind, aliases, demonyms)),
        gender=GENDERS[gender],
    )


def _names(name: str, kind: str, aliases: Iterable[str], demonyms: Iterable[str]) -> Iterator[Named]:
    for text in (name, *aliases):
        short = text.replace(".", "")
        if kind == "Person":
            yield from person_names(text, None, 1.0, 1.0)
        elif short.isupper() and short.isalpha() and len(short) <= LONGEST_ACRONYM:
            yield Named(text=text, kind=NameKind.ACRONYM, weight=1.0)
        else:
            yield Named(text=text, kind=NameKind.NAME if text == name else NameKind.ALIAS, weight=1.0)
    for text in demonyms:
        yield Named(text=text, kind=NameKind.DEMONYM, weight=1.0)


def _day(text: str, place: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise KnowledgeError(f"{place}: {text!r} is no day such as 2026-01-20") from error
