"""What the White House readouts say of which calls and meetings are one: the answer key for kg.resolution.

The key is in the titles and dates, which the reader never sees. A readout counts whose title names a call or meeting
of one principal with one other; principals are compared by surname, as in measure_readouts.py.

Different: two readouts of the same principals and kind. There is no readout in the data that repeats another one:
every suffix -2, -3 … is another call of the same pair on another day (the nearest are two days apart), and the two
readouts of one day that share most of their four-word sequences (0.64) are of calls with two different leaders. Nor is
there one of the other government. So the same pairs are made from the key:

Same: the readout and a bulletin of one sentence that another outlet might have run, worded from the title with the
parties changed about ("President Zelenskyy of Ukraine spoke by phone with President Biden on Tuesday, the White House
said."), published on the day, and a second one ("President Biden held a phone call with … on 13 December.") on the
day after. The day is the readout's own, or the one that its first paragraph names ("on November 15", "yesterday").
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import yaml
from building import as_document
from measure_readouts import KINDS, LINK, SEVERAL, of_land, surname

from kg.model import Document
from kg.resolution.labels import MONTHS

TITLE = re.compile(
    r"^Readout (?:of|(?:from|by) NSC Spokesperson [\w ]+? (?:on|of)) (?P<a>.+?)(?:[’']s?)? "
    r"(?P<kind>Call|Meeting|Bilateral Meeting|Video Call|Phone Call|Virtual Meeting|Audience) with (?P<b>.+)$"
)
OPENING = 260  # characters of a readout that name the parties and the day
TODAY = re.compile(r"\btoday\b|\bthis (?:morning|afternoon|evening)\b")
YESTERDAY = re.compile(r"\b[Yy]esterday\b(?![’'])")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DATED = re.compile(rf"\bon (?:(?P<weekday>{'|'.join(DAYS)})|(?P<month>{'|'.join(MONTHS)}) (?P<day>\d+))\b")
GROUP = re.compile(
    r",(?! Jr)| and |\b(?:Leadership|Legislators|Mayors|Attorneys|Team|Governors|Senators|Caucus|Groups?|Allies|his|"
    r"Oval|White House|Manufacturers|Counterparts|Commissioners?|Parents|Women|Experts|Advocates|Coalition|Council|"
    r"Board|Conference)\b"
)
NO_SURNAMES = frozenset({"Office", "Party", "Affairs", "Advisors", "Response", "Partners", "Acting", "Officials"})
DONE = {
    "PhoneCall": ("spoke by phone with", "held a phone call with"),
    "Meeting": ("met with", "held talks with"),
}
BULLETINS = ("Wire", "Daily")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A call or meeting as one document's answer key has it."""

    identifier: str
    kind: str
    people: tuple[str, str]  # surnames
    day: date
    source: str  # file name of the readout


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two documents, and whether they tell of one call or meeting."""

    one: Told
    other: Told
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """All documents to read, and the pairs of them that the key decides."""

    documents: tuple[Document, ...]
    pairs: tuple[Pair, ...]


def readouts_gold(folder: Path) -> Gold:
    """The readouts, with bulletins beside those whose titles name two principals."""
    documents: list[Document] = []
    told: list[Told] = []
    pairs: list[Pair] = []
    for path in sorted((folder / "readouts").glob("*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---", 2)
        meta = yaml.safe_load(head)
        published = date.fromisoformat(str(meta["date"]))
        paragraphs = [" ".join(part.split()) for part in LINK.sub(r"\1", body).split("\n\n")]
        paragraphs = [part for part in paragraphs if part and not part.startswith("\\#")]
        document = as_document(path.name, "\n\n".join(paragraphs), published=published)
        documents.append(replace(document, publisher="White House"))
        match = TITLE.match(" ".join(str(meta["title"]).split()))
        key = _key(path.name, match, _day(paragraphs[0], published)) if match and paragraphs else None
        if match and key:
            told.append(key)
            for outlet, text in zip(BULLETINS, _bulletins(match["a"], match["b"], key), strict=True):
                bulletin = replace(key, identifier=f"{path.name}#{outlet}")
                later = timedelta(days=outlet == BULLETINS[1])
                made = as_document(bulletin.identifier, text, published=max(published, key.day + later))
                # The headline tells articles of the same words apart; it is no part of the text that is read.
                documents.append(replace(made, publisher=outlet, title=f"Bulletin {path.stem}"))
                pairs.append(Pair(one=key, other=bulletin, same=True))
    return Gold(documents=tuple(documents), pairs=(*pairs, *_different(told)))


def _key(identifier: str, match: re.Match[str], day: date) -> Told | None:
    if SEVERAL.search(match["b"]) or any(GROUP.search(match[side]) for side in "ab"):
        return None
    people = surname(match["a"]), surname(of_land(match["b"]) or match["b"])
    if not all(name[:1].isupper() and name not in NO_SURNAMES for name in people):
        return None
    kind = KINDS.get(match["kind"], "Meeting")
    return Told(identifier=identifier, kind=kind, people=people, day=day, source=identifier)


def _day(paragraph: str, published: date) -> date:
    """The day of the call or meeting: what the first words say of it counts, else the readout's own."""
    opening = paragraph[:OPENING]
    if TODAY.search(opening):
        return published
    if YESTERDAY.search(opening):
        return published - timedelta(days=1)
    named = DATED.search(opening)
    if named is None:
        return published
    week = [published - timedelta(days=back) for back in range(7)]
    wanted = (named["weekday"], named["month"], named["day"])
    fits = (day for day in week if wanted in {(DAYS[day.weekday()], None, None), _spoken(day)})
    return next(fits, published)


def _spoken(day: date) -> tuple[None, str, str]:
    return None, MONTHS[day.month - 1], str(day.day)


def _bulletins(one: str, other: str, key: Told) -> tuple[str, str]:
    first, second = DONE[key.kind]
    one, other = (name.removesuffix(",").strip() for name in (one, other))
    when = DAYS[key.day.weekday()]
    return (
        f"{_upper(other)} {first} {one} on {when}, the White House said.",
        f"{_upper(one)} {second} {other} on {key.day.day} {MONTHS[key.day.month - 1]}.",
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _different(told: Sequence[Told]) -> Iterator[Pair]:
    groups: dict[tuple[str, tuple[str, ...]], list[Told]] = defaultdict(list)
    for one in told:
        groups[one.kind, tuple(sorted(one.people))].append(one)
    for _, members in sorted(groups.items()):
        for one, other in combinations(members, 2):
            if one.day != other.day:
                yield Pair(one=one, other=other, same=False)
