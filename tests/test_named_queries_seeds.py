"""Every named query on the sample articles, against answers worked out by hand from the articles' text.

Each case names the article that says so. `whole` cases have no other row. Where the graph misses what a text says, the
case holds what is rightly there; such gaps are the reader's, not the query's.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.named_queries import named_queries, named_query
from kg.store import Graph

SEEDS = Path(__file__).parent.parent / "seeds"
Row = tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class Case:
    query: str
    columns: str
    rows: set[Row]
    values: tuple[str, ...] = ()
    whole: bool = False


CASES = (
    # meridian-post 07-04: Macron on 1 July; northern-wire 07-03: Trump on 3 July; northern-wire 08-16: they met in
    # Anchorage on 15 August; meridian-post 08-19 and white-house-talks: Trump phoned Putin on 18 August.
    Case(
        query="leader-contacts",
        values=("actor=Vladimir Putin", "since=2025-07-01"),
        columns="day kind a b status",
        rows={
            ("2025-07-01", "call", "Emmanuel Macron", "Vladimir Putin", "Occurred"),
            ("2025-07-03", "call", "Donald Trump", "Vladimir Putin", "Occurred"),
            ("2025-08-15", "meeting", "Donald Trump", "Vladimir Putin", "Occurred"),
            ("2025-08-18", "call", "Donald Trump", "Vladimir Putin", "Occurred"),
        },
        whole=True,
    ),
    Case(
        query="contacts-by-month",
        values=("actor=Putin",),
        columns="month a b contacts",
        rows={
            ("2025-07", "Emmanuel Macron", "Vladimir Putin", "1"),
            ("2025-07", "Donald Trump", "Vladimir Putin", "1"),
            ("2025-08", "Donald Trump", "Vladimir Putin", "2"),
        },
        whole=True,
    ),
    Case(
        query="who-met-whom",
        columns="a b contacts first last",
        rows={
            ("Emmanuel Macron", "Vladimir Putin", "1", "2025-07-01", "2025-07-01"),
            ("Donald Trump", "Vladimir Putin", "3", "2025-07-03", "2025-08-18"),
        },
    ),
    # levant-observer 06-14: Israel wounded "more than 320"; three killed and 172 injured in Israel.
    Case(
        query="attacks-casualties",
        values=("actor=Iran", "since=2025-06-13", "until=2025-06-13"),
        columns="by against wounded status",
        rows={("Israel", "Iran", "320", "Occurred"), ("Iran", "Israel", "172", "Occurred")},
        whole=True,
    ),
    # levant-observer 06-14, and 06-24 for Beersheba, which lies in Israel.
    Case(
        query="casualties",
        values=("side=Israel", "since=2025-06-13"),
        columns="day struck wounded events",
        rows={("2025-06-13", "Israel", "172", "1"), ("2025-06-24", "Israel", "22", "1")},
        whole=True,
    ),
    # levant-observer 06-14 (13 June both ways; the talks of Sunday, 15 June, will not take place), northern-wire 06-22
    # (22 June), levant-observer 06-24 (Al Udeid on Monday, 23 June; Beersheba and the ceasefire on Tuesday, 24 June).
    Case(
        query="war-diary",
        values=("actor=Iran", "since=2025-06-01", "until=2025-06-30"),
        columns="day killed wounded status",
        rows={
            ("2025-06-13", "3", "172", "Occurred"),
            ("2025-06-15", None, None, "Denied"),
            ("2025-06-22", None, None, "Occurred"),
            ("2025-06-23", None, None, "Occurred"),
            ("2025-06-24", None, None, "Occurred"),
        },
    ),
    # northern-wire 07-03 and harbour-gazette (3 July) against meridian-post 07-04 (2 July); capital-ledger 07-05 (26)
    # against meridian-post (23); levant-observer 06-24 (four) against baltic-courier 06-25 (at least three).
    Case(
        query="disagreements",
        columns="property value1 outlet1 value2 outlet2",
        rows={
            ("hasBeginTimeStamp", "2025-07-03", "Northern Wire", "2025-07-02", "The Meridian Post"),
            ("wounded", "23", "The Meridian Post", "26", "Capital Ledger"),
            ("killed", "4", "The Levant Observer", "3", "Baltic Courier"),
        },
    ),
    # levant-observer 06-14 and 06-24, meridian-post 08-19.
    Case(
        query="denied-or-possible",
        columns="status sentence outlet",
        rows={
            (
                "denied",
                "A sixth round of nuclear talks between the United States and Iran was to have been held in Oman on "
                "Sunday.",
                "The Levant Observer",
            ),
            (
                "denied",
                "Trump ruled out sending US troops to Ukraine on Tuesday, but suggested that American aircraft could "
                "support European forces there.",
                "The Meridian Post",
            ),
            ("possible", "He has proposed a meeting with Araghchi.", "The Levant Observer"),
        },
    ),
    # lowland-review 06-26: "The next NATO summit is to be held in Turkey in 2026."
    Case(
        query="planned",
        values=("after=2026-01-01",),
        columns="day who",
        rows={("2026-01-01", "NATO")},
        whole=True,
    ),
    # baltic-courier 06-25: "NATO Secretary General Mark Rutte"; white-house-talks: "NATO chief Mark Rutte".
    Case(
        query="posts",
        values=("actor=Rutte",),
        columns="holder post in",
        rows={("Mark Rutte", "Secretary General of NATO", "NATO"), ("Mark Rutte", "Chief of NATO", "NATO")},
        whole=True,
    ),
    Case(
        query="sources",
        values=("since=2025-08-16",),
        columns="published headline",
        rows={
            ("2025-08-16", "Trump and Putin leave Anchorage without a deal on Ukraine"),
            ("2025-08-17", "European leaders to join Zelenskyy at the White House after Alaska summit"),
            ("2025-08-19", "Trump says he is arranging a Putin–Zelenskyy meeting after White House talks"),
            ("2025-08-19", "Zelenskyy and European leaders seek security guarantees in Washington"),
        },
        whole=True,
    ),
    # levant-observer 06-24; northern-wire 06-22.
    Case(
        query="statements-about",
        values=("about=Iran",),
        columns="subject speaker text",
        rows={
            ("Iran", "Abbas Araghchi", "Iran would hold its fire if Israel stopped its attacks"),
            (
                "Iran",
                "Donald Trump",
                "Iran’s key nuclear enrichment facilities have been completely and totally obliterated",
            ),
        },
    ),
    # baltic-courier 08-17; meridian-post 07-04.
    Case(
        query="what-did-they-say",
        values=("actor=Macron", "about=Ukraine"),
        columns="speaker text outlet",
        rows={
            (
                "Emmanuel Macron",
                "the Europeans wanted to present a united front with Ukraine",
                "Baltic Courier",
            ),
        },
    ),
    # northern-wire 07-03: "… Ushakov quoted Putin as saying."
    Case(
        query="speaks-for",
        values=("actor=Ushakov",),
        columns="relay speaker",
        rows={("Yuri Ushakov", "Vladimir Putin")},
    ),
    # meridian-post 07-04.
    Case(
        query="why-event",
        values=("event=Emmanuel Macron – Vladimir Putin",),
        columns="sentence outlet",
        rows={
            (
                "On Tuesday, 1 July, Macron spoke with Putin by phone for more than two hours, their first "
                "conversation since September 2022.",
                "The Meridian Post",
            )
        },
    ),
    # The call of 3 July: northern-wire, its copy in harbour-gazette, meridian-post, and capital-ledger ("one day after
    # Trump’s call with … Putin"); its mention of 9 July ("with whom he last talked on 3 July") is not found.
    Case(
        query="outlets",
        values=("event=2025-07-03-phone-call-donald-trump-vladimir-putin",),
        columns="published outlet copy_of",
        rows={
            ("2025-07-03", "Northern Wire", None),
            ("2025-07-04", "Harbour Gazette", "Northern Wire"),
            ("2025-07-04", "The Meridian Post", None),
            ("2025-07-05", "Capital Ledger", None),
        },
    ),
    # lowland-review 07-18 and continental-desk 07-19; "On 14 July he … threatened tariffs" (continental-desk 07-24).
    Case(
        query="sanctions",
        values=("target=Russia", "since=2025-07-01"),
        columns="day kind by status",
        rows={
            ("2025-07-14", "tariffs", "Donald Trump", "Possible"),
            ("2025-07-18", "sanctions", "European Union", "Occurred"),
        },
        whole=True,
    ),
    # lowland-review 06-26: "he and … Alain Berset, signed an agreement" on Wednesday, 25 June.
    Case(
        query="agreements",
        values=("actor=Alain Berset",),
        columns="day kind status",
        rows={("2025-06-25", "agreement", "Occurred")},
        whole=True,
    ),
    # baltic-courier 06-25: "more than €35 billion in military aid to Ukraine for this year", promised.
    Case(
        query="aid",
        values=("recipient=Ukraine",),
        columns="kind to amount currency status",
        rows={("military", "Ukraine", "35000000000", "EUR", "Planned")},
    ),
    # meridian-post 08-19: Trump "had begun to arrange a meeting between the presidents of Russia and Ukraine".
    Case(query="mediators", columns="mediator status", rows={("Donald Trump", "Planned")}),
    # istanbul-first-round 05-16, baltic-courier 08-17, meridian-post 08-19, white-house-talks 08-19.
    Case(
        query="first-mention",
        values=("actor=Starmer",),
        columns="first last articles who",
        rows={("2025-05-16", "2025-08-19", "4", "Keir Starmer")},
        whole=True,
    ),
    # The same four articles name Macron and Merz.
    Case(
        query="named-together",
        values=("actor=Macron",),
        columns="a b articles",
        rows={("Emmanuel Macron", "Friedrich Merz", "4")},
    ),
    # meridian-post 08-19: 270 drones and ten missiles overnight; Trump’s call with Putin from the White House.
    Case(
        query="new-since",
        values=("since=2025-08-19",),
        columns="first what status",
        rows={
            ("2025-08-19", "Attack: Russia → Ukraine (18 August 2025 – 19 August 2025)", "Occurred"),
            ("2025-08-19", "Phone call: Donald Trump – Vladimir Putin (18 August 2025)", "Occurred"),
        },
    ),
    Case(
        query="single-source",
        columns="status outlet sentence",
        rows={("Possible", "The Levant Observer", "He has proposed a meeting with Araghchi.")},
    ),
    # istanbul-first-round is the only article of May.
    Case(
        query="topics-by-month",
        values=("topic=prisoner exchange",),
        columns="month subject articles",
        rows={("2025-05", "Prisoner exchange", "1")},
    ),
    # The calls of 1, 3 and 4 July.
    Case(query="events-by-month", columns="month class events", rows={("2025-07", "PhoneCall", "3")}),
    # The exchange agreed on 16 May was completed on 25 May (continental-desk, 3 June); that of 23 July was only agreed.
    Case(
        query="events-by-topic",
        columns="topic status events",
        rows={("Prisoner exchange", "Occurred", "1"), ("Prisoner exchange", "Planned", "1")},
    ),
)


@pytest.fixture(scope="module")
def seeds() -> Graph:
    return kg.build([SEEDS])


def rows(graph: Graph, case: Case) -> list[Row]:
    answer: Any = named_query(case.query).run(graph, dict(value.split("=", 1) for value in case.values))
    columns = case.columns.split()
    return [tuple(row[c].value if row[c] is not None else None for c in columns) for row in answer]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.query)
def test_named_queries_seeds_answer_as_the_articles_say(seeds: Graph, case: Case) -> None:
    if case.query == "outlets":  # its parameter is an event's whole IRI
        case = Case(
            **{**case.__dict__, "values": (f"event={seeds.base}event/{case.values[0].removeprefix('event=')}",)}
        )
    found = set(rows(seeds, case))
    assert case.rows <= found
    assert not case.whole or found == case.rows


def test_named_queries_seeds_count_an_actors_events_and_company(seeds: Graph) -> None:
    """Alain Berset signed one agreement, with Zelenskyy (lowland-review 06-26). The list goes down by events."""
    found = rows(seeds, Case(query="most-central", columns="who events others", rows=set()))
    assert ("Alain Berset", "1", "1") in found
    counts = [int(str(row[1])) for row in found]
    assert counts == sorted(counts, reverse=True)


def test_named_queries_seeds_tell_the_least_sure_first(seeds: Graph) -> None:
    found = [float(str(row[0])) for row in rows(seeds, Case(query="low-confidence", columns="confidence", rows=set()))]
    assert found == sorted(found)
    assert max(found) < 0.6


def test_named_queries_seeds_cover_every_query() -> None:
    assert {case.query for case in CASES} | {"most-central", "low-confidence"} == set(named_queries())
