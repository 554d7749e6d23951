"""Newer facts from a SPARQL endpoint that speaks Wikidata's vocabulary: who leads the countries that the base knows.

Only `kg knowledge refresh` comes here; nothing else in newskg uses the network. The answer becomes a CSV file of the
user's, which `--knowledge` lays over the base like any other.
"""

import csv
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from itertools import islice
from typing import Any, Final

from kg.errors import KnowledgeError
from kg.knowledge.additions import COLUMNS
from kg.knowledge.base import KnowledgeBase
from kg.knowledge.titles import canonical_title

AGENT: Final = "newskg (knowledge refresh; https://w3id.org/newskg)"
COUNTRIES_AT_ONCE: Final = 40
TIMEOUT: Final = 60  # seconds for one answer
LARGEST_ANSWER: Final = 32 * 2**20  # bytes
_ENTITY: Final = "http://www.wikidata.org/entity/"
_ARTICLE: Final = "https://en.wikipedia.org/wiki/"
_QUERY: Final = """
PREFIX wd: <http://www.wikidata.org/entity/> PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/> PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
SELECT DISTINCT ?country ?person ?name ?office ?begin ?end ?article ?gender WHERE {
  VALUES ?country { %s }
  { ?country p:P35 ?term . ?term ps:P35 ?person . ?country wdt:P1906 ?post }
  UNION { ?country p:P6 ?term . ?term ps:P6 ?person . ?country wdt:P1313 ?post }
  ?person rdfs:label ?name . FILTER(LANG(?name) = "en")
  ?post rdfs:label ?office . FILTER(LANG(?office) = "en")
  OPTIONAL { ?term pq:P580 ?begin }
  OPTIONAL { ?term pq:P582 ?end }
  OPTIONAL { ?person wdt:P21 ?gender }
  OPTIONAL { ?article schema:about ?person ; schema:isPartOf <https://en.wikipedia.org/> }
  FILTER(!BOUND(?end) || ?end >= "%s"^^xsd:dateTime)
}"""
_GENDERS: Final = {f"{_ENTITY}Q6581097": "m", f"{_ENTITY}Q6581072": "f"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refreshed:
    """What came: CSV for `--knowledge`, and how many countries and terms of office it has."""

    csv: str
    countries: int
    terms: int


def refresh(
    base: KnowledgeBase, endpoint: str, since: date, progress: Callable[[int, int], None] | None = None
) -> Refreshed:
    """Heads of state and government in office on or after `since`. `progress` hears of countries done, and of all.

    Raises KnowledgeError when the endpoint cannot be reached or does not answer as SPARQL 1.1 asks.
    """
    countries = [entry_id for entry_id in base if base.entry(entry_id).type == "Country" and entry_id[:1] == "Q"]
    rows, done = list[dict[str, str]](), 0
    remaining = iter(countries)
    while batch := list(islice(remaining, COUNTRIES_AT_ONCE)):
        query = _QUERY % (" ".join(f"wd:{country}" for country in batch), f"{since.isoformat()}T00:00:00Z")
        rows += [row for binding in _ask(endpoint, query) if (row := _row(binding))]
        done += len(batch)
        if progress is not None:
            progress(done, len(countries))
    unique = sorted({tuple(row.get(name, "") for name in COLUMNS) for row in rows})
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, *unique])
    return Refreshed(csv=text.getvalue(), countries=len({row["body"] for row in rows}), terms=len(unique))


def _ask(endpoint: str, query: str) -> Iterator[dict[str, str]]:
    """Bindings of a SELECT as plain strings (SPARQL 1.1 Protocol by POST, JSON results)."""
    if not endpoint.startswith(("http://", "https://")):
        raise KnowledgeError(f"{endpoint}: not an http address")
    request = urllib.request.Request(  # noqa: S310 - only http and https come here
        endpoint,
        data=urllib.parse.urlencode({"query": query}).encode(),
        headers={"Accept": "application/sparql-results+json", "User-Agent": AGENT},
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            content = answer.read(LARGEST_ANSWER + 1)
        if len(content) > LARGEST_ANSWER:
            raise KnowledgeError(f"{endpoint}: an answer of more than {LARGEST_ANSWER // 2**20} MiB")
        bindings: list[dict[str, Any]] = json.loads(content)["results"]["bindings"]
        yield from ({name: str(term["value"]) for name, term in binding.items()} for binding in bindings)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise KnowledgeError(f"{endpoint}: no answer to a SPARQL query ({reason})") from error


def _row(binding: dict[str, str]) -> dict[str, str] | None:
    """A line of the CSV; nothing for unnamed statements (Wikidata's "unknown value")."""
    person, country = (binding.get(name, "").removeprefix(_ENTITY) for name in ("person", "country"))
    if not _is_id(person) or not _is_id(country) or not any(char.isupper() for char in binding["name"]):
        return None
    return {
        "name": binding["name"],
        "type": "Person",
        "wikidata": person,
        "wikipedia": urllib.parse.unquote(binding.get("article", "").removeprefix(_ARTICLE)),
        "country": country,
        "gender": _GENDERS.get(binding.get("gender", ""), ""),
        "title": _title(binding["office"]),
        "body": country,
        "begin": binding.get("begin", "")[: len("2026-01-20")],
        "end": binding.get("end", "")[: len("2026-01-20")],
    }


def _is_id(text: str) -> bool:
    return text[:1] == "Q" and text[1:].isdigit()


def _title(office: str) -> str:
    """ "president of the Republic of Serbia" → "President"."""
    words = canonical_title(office.partition(" of ")[0])
    return words if words[:1].isupper() else words.title()
