"""Who is in touch with whom month by month, and who is named together."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

from pyoxigraph import QuerySolutions

from kg.analysis.network import LARGEST_GATHERING
from kg.named_queries import named_query

if TYPE_CHECKING:
    from kg.store import Graph

_NAMED: Final = """
SELECT DISTINCT ?article ?who ?label WHERE {
  VALUES ?class { schema:Person schema:Country schema:Organization }
  ?who a ?class ; kg:mentionedIn ?article ; rdfs:label ?label .
  FILTER NOT EXISTS { ?article kg:copyOf ?other }
} ORDER BY ?article ?who ?label"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactMatrix:
    """`counts[i][j]` is how many contacts `pairs[i]` had in `months[j]`. Pairs of most contacts come first."""

    months: tuple[str, ...]  # "2025-07"; only those with a contact
    pairs: tuple[tuple[str, str], ...]  # labels, in the order of the alphabet
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """Two persons, countries or bodies that `articles` name together; `share` is of all that name one of them (0–1)."""

    a: str
    b: str
    a_iri: str
    b_iri: str
    articles: int
    share: float


def contact_matrix(graph: "Graph", actor: str | None = None) -> ContactMatrix:
    """Calls, meetings, visits and talks of persons that took place on a known day: the query `contacts-by-month`.

    `actor` keeps the pairs of one person, by any of their names.
    """
    answer = named_query("contacts-by-month").run(graph, {"actor": actor} if actor else {})
    cells: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    if isinstance(answer, QuerySolutions):
        for row in answer:
            month, a, b, contacts = (str(row[name].value) for name in ("month", "a", "b", "contacts"))
            cells[a, b][month] += int(contacts)
    months = tuple(sorted({month for counted in cells.values() for month in counted}))
    pairs = sorted(cells, key=lambda pair: (-cells[pair].total(), pair))
    counts = tuple(tuple(cells[pair][month] for month in months) for pair in pairs)
    return ContactMatrix(months=months, pairs=tuple(pairs), counts=counts)


def co_occurrence(graph: "Graph", limit: int | None = None) -> tuple[Company, ...]:
    """Pairs that most articles name together, best first; a copy of an article says nothing more.

    Of an article that names very many, the first LARGEST_GATHERING by IRI count: it is a list, not company.
    """
    labels: dict[str, str] = {}
    named: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in graph.select(_NAMED):
        labels.setdefault(row["who"], row["label"])
        named[row["article"]][row["who"]] = None
    single = Counter(who for together in named.values() for who in together)
    pairs = Counter(pair for together in named.values() for pair in combinations([*together][:LARGEST_GATHERING], 2))
    found = (
        Company(
            a=labels[a],
            b=labels[b],
            a_iri=a,
            b_iri=b,
            articles=articles,
            share=articles / (single[a] + single[b] - articles),
        )
        for (a, b), articles in pairs.items()
    )
    return tuple(sorted(found, key=lambda c: (-c.articles, -round(c.share, 9), c.a, c.b, c.a_iri, c.b_iri))[:limit])
