"""The sample articles of seeds/ are well formed, in our own words, and agree with tests/seeds_expected.toml."""

import html
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
DAYS = ROOT / "tests" / "samples" / "training" / "current-events"
BESIDE = ROOT.parent / "shared"  # texts beside the project: in no clone, checked where they are
BESIDE_FOLDERS = ("seeds", "eval/dev/articles", "data/readouts", "data/current-events", "eval/polnear")
COPY_WORDS = 12  # this many words in a row are a copy, not a fact
SHINGLE_WORDS = 4  # short enough that a changed word costs little, long enough not to match by chance
NEAR_COPY = 0.75  # Jaccard similarity of a wire reprint with small edits
UNRELATED = 0.05
QUOTE_WORDS = 4  # shorter quoted phrases are not listed in the expected file
WORDS = range(200, 451)  # length of a sample article
FRONT_MATTER = {"title", "date", "publisher", "author", "url", "language"}
ROLES = ("participant", "agent", "target", "recipient", "mediator")
STATUSES = {"Occurred", "Ongoing", "Planned", "Possible", "Denied"}
NAMED_BY = {"United States": ("United States", "Washington", "American")}
SPELLED = {1: "one", 3: "three", 4: "four", 9: "nine"}
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One article of seeds/, read with nothing but the standard library and YAML."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: date | None = None


def _plain(markup: str) -> str:
    """The text of HTML without its head, scripts and tags; clutter stays."""
    body = re.sub(r"(?s)<head>.*?</head>|<(script|style)\b.*?</\1>", " ", markup)
    return html.unescape(re.sub(r"<[^>]+>", " ", body))


def _from_text(raw: str) -> Sample:
    if not raw.startswith("---\n"):
        return Sample(text=raw)
    _, head, body = raw.split("---\n", 2)
    meta: dict[str, Any] = yaml.safe_load(head)
    assert set(meta) == FRONT_MATTER
    return Sample(text=body, title=meta["title"], publisher=meta["publisher"], published=meta["date"])


def _from_feed(raw: str) -> Iterator[Sample]:
    channel = ElementTree.fromstring(raw).find("channel")
    assert channel is not None
    for item in channel.iter("item"):
        yield Sample(
            text=_plain(item.findtext(CONTENT, "")),
            title=item.findtext("title"),
            publisher=channel.findtext("title"),
            published=parsedate_to_datetime(item.findtext("pubDate", "")).date(),
        )


def _from_html(raw: str) -> Sample:
    named = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', raw))
    return Sample(
        text=_plain(raw),
        title=html.unescape(named["og:title"]),
        publisher=named["og:site_name"],
        published=date.fromisoformat(named["article:published_time"][:10]),
    )


@cache
def samples(name: str) -> tuple[Sample, ...]:
    """The articles of one file of seeds/, in the file's order."""
    raw = (SEEDS / name).read_text("utf-8")
    match Path(name).suffix:
        case ".jsonl":
            rows = [json.loads(line) for line in raw.splitlines()]
            assert all(set(row) == FRONT_MATTER | {"text"} for row in rows)
            return tuple(
                Sample(
                    text=row["text"],
                    title=row["title"],
                    publisher=row["publisher"],
                    published=date.fromisoformat(row["date"]),
                )
                for row in rows
            )
        case ".xml":
            return tuple(_from_feed(raw))
        case ".html":
            return (_from_html(raw),)
        case _:
            return (_from_text(raw),)


EXPECTED: dict[str, list[dict[str, Any]]] = tomllib.loads((ROOT / "tests/seeds_expected.toml").read_text("utf-8"))
ARTICLES = {article["id"]: article for article in EXPECTED["article"]}
ONTOLOGY = (ROOT / "ontology/newskg.ttl").read_text("utf-8")
COPIES = {pair["copy"]: pair["original"] for pair in EXPECTED["copy"]}


def sample(article: str) -> Sample:
    record: int = ARTICLES[article].get("record", 0)
    return samples(ARTICLES[article]["file"])[record]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def shingles(text: str, size: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + size]) for i in range(len(found) - size + 1)}


def told(key: str) -> list[tuple[str, dict[str, Any]]]:
    """(article id, event) of every article that tells the event."""
    return [(name, event) for name, article in ARTICLES.items() for event in article["event"] if event["key"] == key]


def test_seeds_every_record_has_one_expected_article() -> None:
    listed = sorted((article["file"], article.get("record", 0)) for article in EXPECTED["article"])
    found = sorted((path.name, i) for path in SEEDS.iterdir() for i in range(len(samples(path.name))))
    assert listed == found
    assert len(ARTICLES) == len(listed)


def test_seeds_come_in_several_formats() -> None:
    suffixes = {path.suffix for path in SEEDS.iterdir()}
    bare = [path for path in SEEDS.glob("*.txt") if not path.read_text("utf-8").startswith("---\n")]
    assert suffixes == {".txt", ".md", ".html", ".jsonl", ".xml"}
    assert bare
    assert len(samples("capital-ledger-feed.xml")) >= 2
    assert len(samples("continental-desk.jsonl")) >= 2


@pytest.mark.parametrize("article", ARTICLES)
def test_seeds_metadata_is_what_is_expected(article: str) -> None:
    want, got = ARTICLES[article], sample(article)
    if got.title is None:  # plain text without front matter: the title is a line, the rest stands in the text
        assert want["title"] in got.text.splitlines()
        assert want["publisher"] in got.text
    else:
        assert (got.title, got.publisher, got.published) == (want["title"], want["publisher"], want["published"])


@pytest.mark.parametrize("article", ARTICLES)
def test_seeds_length_is_that_of_a_news_item(article: str) -> None:
    assert len(sample(article).text.split()) in WORDS


@pytest.mark.parametrize("article", ARTICLES)
def test_seeds_quotations_are_all_listed_and_verbatim(article: str) -> None:
    quoted = [text for text in re.findall("“([^”]+)”", sample(article).text) if len(text.split()) >= QUOTE_WORDS]
    assert sorted(quoted) == sorted(quote["text"] for quote in ARTICLES[article]["quote"])
    assert '"' not in sample(article).text


@pytest.mark.parametrize("article", ARTICLES)
def test_seeds_expected_events_use_names_of_the_text(article: str) -> None:
    text = sample(article).text.lower()
    for event in ARTICLES[article]["event"]:
        assert event["status"] in STATUSES
        assert f"kg:{event['class']} a owl:Class" in ONTOLOGY
        begin, _, end = event.get("date", "2025-01-01").partition("/")
        assert begin <= (end or begin)
        for name in (name for role in ROLES for name in event.get(role, ())):
            assert any(form.lower() in text for form in NAMED_BY.get(name, (name.split()[-1],))), name
        assert re.split("[ ,]", event.get("place", ""))[0].lower() in text, event["place"]
        numbers = [event[name] for name in ("killed", "wounded", "count") if name in event]
        assert all(f"{number:,}" in text or SPELLED.get(number, "?") in text for number in numbers)
    for quote in ARTICLES[article]["quote"]:
        assert all(quote[name].split()[-1].lower() in text for name in ("speaker", "relayed_by") if name in quote)


def test_seeds_shared_events_have_the_stated_independent_sources() -> None:
    for event in EXPECTED["event"]:
        tellers = told(event["key"])
        assert len(tellers) >= 2, event["key"]
        assert {teller["class"] for _, teller in tellers} == {event["class"]}
        publishers = {ARTICLES[COPIES.get(name, name)]["publisher"] for name, _ in tellers}
        assert len(publishers) == event["independent"], event["key"]


def test_seeds_expected_keys_refer_to_events_of_articles() -> None:
    keys = {event["key"] for article in EXPECTED["article"] for event in article["event"]}
    apart = {key for group in EXPECTED["apart"] for key in group["keys"]}
    merged = {event["key"] for event in EXPECTED["event"]}
    told_twice = {key for key in keys if len({ARTICLES[name]["publisher"] for name, _ in told(key)}) > 1}
    assert apart <= keys
    assert told_twice == merged


def test_seeds_disagreements_are_between_the_values_that_articles_give() -> None:
    for clash in EXPECTED["disagreement"]:
        assert len({str(side["value"]) for side in clash["values"]}) > 1
        for side in clash["values"]:
            for name in side["articles"]:
                event = next(event for teller, event in told(clash["event"]) if teller == name)
                assert event.get(clash["property"], side["value"]) == side["value"]


def test_seeds_nothing_excluded_is_expected_to_occur() -> None:
    for ban in EXPECTED["never_occurred"]:
        for article in EXPECTED["article"]:
            for event in article["event"]:
                same = all(sorted(event.get(role, ())) == sorted(ban[role]) for role in ROLES if role in ban)
                assert not (event["class"] == ban["class"] and same and event["status"] == "Occurred")


def test_seeds_only_the_reprint_is_a_near_copy() -> None:
    cut = {name: shingles(sample(name).text, SHINGLE_WORDS) for name in ARTICLES}
    for one, other in combinations(ARTICLES, 2):
        likeness = len(cut[one] & cut[other]) / len(cut[one] | cut[other])
        if COPIES.get(one) == other or COPIES.get(other) == one:
            assert NEAR_COPY <= likeness < 1
        else:
            assert likeness <= UNRELATED, (one, other)


@pytest.mark.skipif(not BESIDE.is_dir(), reason="the texts beside the project are not here")
def test_seeds_copy_no_text_beside_the_project() -> None:
    written = (*SEEDS.iterdir(), *DAYS.iterdir())
    ours = {gram: path.name for path in written for gram in shingles(path.read_text("utf-8"), COPY_WORDS)}
    for folder in BESIDE_FOLDERS:
        for path in sorted((BESIDE / folder).rglob("*")):
            if path.is_file() and path.suffix in {".txt", ".md"}:
                copied = ours.keys() & shingles(path.read_text("utf-8", "replace"), COPY_WORDS)
                assert not copied, (ours[min(copied)], path, " ".join(min(copied)))
