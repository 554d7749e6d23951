"""Heads of state and government, demonyms and names of countries: factbook.json (CC0, early 2026)."""

import html
import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from kg.knowledge.facts import Harvest, Held, Named, Ref, Thing
from kg.knowledge.names import NameKind, normalize_name, plain_text
from kg.knowledge.naming import PARTICLES, other_spellings
from kg.knowledge.sources.countries import Countries
from kg.knowledge.titles import canonical_title, title_forms

SOURCE: Final = "factbook"
TRUST: Final = 3
LEADER_WEIGHT: Final = 2.0
SURNAME_WEIGHT: Final = 2.0
DEMONYM_WEIGHT: Final = 20.0
_NAME_WEIGHT: Final = 5.0
_RANKS: Final = (
    r"(?:Sr\. |Lt\. )?(?:Gen\.|General|Col\.|Colonel|Capt\.|Captain|Dr\.|Sir|Dame|Ratu|Sheikh|Field Marshal)\s+"
)
_SINCE: Final = re.compile(r"\s*\((?:[^()]*?\bsince )?(?P<day>(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4})\b[^()]*\)")
_LONG_TITLES: Final = re.compile(  # titles that carry a body's name with them
    r"^(?:President of the (?:Swiss Confederation|National Council for the Safeguard of the Homeland \(CNSP\))|"
    r"GNU Interim Prime Minister|"
    r"CNSP Prime Minister|Presidential Leadership Council Chairperson|President, Presidential Council,|"
    r"Taoiseach \(Prime Minister\)|President of the Government of Spain \(prime minister-equivalent\)|"
    r"Sovereign Council Chair and Commander-in-Chief of the Sudanese Armed Forces|Crown Prince and Prime Minister|"
    r"Prime Minister and Co-Vice President|Prime Minister Crown Prince|Prime Minister and Foreign Minister|"
    r"Sultan and Prime Minister|Chairperson of the Presidency|Transition President|Transitional President)\s+"
)
_READ_AS: Final = (
    ("prime minister", "Prime Minister"),
    ("sultan", "Sultan"),
    ("president", "President"),
    ("taoiseach", "Prime Minister"),
    ("leadership council", "President"),
    ("sovereign council", "President"),
    ("presidency", "President"),
    ("transition", "President"),
)
# Forms of government in which the head of state leads; elsewhere the head of government does.
_STATE_LEADS: Final = (
    "presidential",
    "communist",
    "absolute monarchy",
    "theocratic",
    "dictatorship",
    "authoritarian",
    "military",
    "transition",
    "monarchies",
    "federation of",
    "ecclesiastical",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """One holder as the factbook writes him: "Claudia SHEINBAUM Pardo" → name and the part in capitals."""

    name: str
    family: str
    title: str
    since: date | None


def harvest(data: Path, countries: Countries, states: Collection[Ref], dependent: Collection[Ref]) -> Harvest:
    """`states` are the ids of countries; of the `dependent` ones among them only the heads of government are theirs."""
    records = json.loads((data / "gazetteer" / "factbook-government.json").read_text("utf-8"))
    things: list[Thing] = []
    held: list[Held] = []
    for file, record in sorted(records.items()):
        government = record["Government"]
        country = _country(file, government, countries)
        if country is None or country not in states:
            continue
        things.append(_country_thing(country, government, record.get("nationality") or {}))
        for leader, top in _leaders(government, dependent=country in dependent):
            ref = f"n/{country}/{leader.name}"
            things.append(_leader_thing(ref, leader, country))
            held.append(Held(person=ref, title=leader.title, body=country, source=SOURCE, begin=leader.since, top=top))
    return Harvest(things=tuple(things), held=tuple(held))


def _country(file: str, government: dict[str, Any], countries: Countries) -> Ref | None:
    name = _text(government.get("Country name", {}), "conventional short form")
    return countries.names.get(normalize_name(name)) or countries.fips.get(Path(file).stem.upper())


def _text(record: Mapping[str, Any], key: str) -> str:
    text = html.unescape(str(record.get(key, {}).get("text", "")))
    return re.sub(r"<[^>]*>", " ", text).replace("\xa0", " ").strip()


# ── names and demonyms ───────────────────────────────────────────────────────────────────────────


def _country_thing(country: Ref, government: dict[str, Any], nationality: dict[str, Any]) -> Thing:
    names: list[Named] = []
    for key in ("conventional long form", "conventional short form"):
        text = re.split(r";| \(|,? note", _text(government.get("Country name", {}), key))[0].strip()
        if text and text != "none":
            names.append(Named(text=text, kind=NameKind.ALIAS, weight=_NAME_WEIGHT))
    words = demonyms(_text(nationality, "noun")) | demonyms(_text(nationality, "adjective"))
    names.extend(Named(text=text, kind=NameKind.DEMONYM, weight=DEMONYM_WEIGHT) for text in sorted(words))
    return Thing(refs=(country,), source=SOURCE, trust=0, names=tuple(names))


def demonyms(text: str) -> set[str]:
    """Read "Briton(s), British (collective plural)" as Briton, Britons, British."""
    found: set[str] = set()
    for part in re.split(r",|;|/| or ", re.sub(r"\((?:singular|collective|US)[^)]*\)", "", text)):
        match = re.fullmatch(r"\s*([A-Z][\w' -]+?)\s*(?:\((\w+)\))?\s*", part)
        if match is None or match[1] in ("Korean", "Channel Islander"):  # "Korean" belongs to neither Korea
            continue
        stem, plural = match[1], match[2]
        found.add(stem)
        if plural == "s":
            found.add(stem + "s")
        elif plural in ("men", "women"):
            found.add(stem[: -len("man")] + "men")
    return found


# ── leaders ──────────────────────────────────────────────────────────────────────────────────────


def _leaders(government: dict[str, Any], *, dependent: bool) -> Iterator[tuple[Leader, bool]]:
    branch = government.get("Executive branch", {})
    state = () if dependent else tuple(read_leaders(_text(branch, "chief of state")))
    head = tuple(read_leaders(_text(branch, "head of government")))
    form = _text(government, "Government type").lower()
    state_leads = any(word in form for word in _STATE_LEADS)
    seen: set[tuple[str, str]] = set()
    for leader, top in (*((one, state_leads or not head) for one in state), *((one, not state_leads) for one in head)):
        if (leader.name, leader.title) not in seen:
            seen.add((leader.name, leader.title))
            yield leader, top


def read_leaders(text: str) -> Iterator[Leader]:
    """The holders in "President Xi JINPING (since …); …"; representatives of absent monarchs and notes are left out."""
    text = re.split(r"[;,] represented by|; note|; the prime minister|; also (?:spelled|referred)", text)[0]
    text = re.sub(r"\([^()]*\)", lambda match: match[0].split(";")[0].rstrip(")") + ")", text)
    for segment in text.split(";"):
        segment = re.sub(r"\s*\(also spelled [^)]*\)|\s*\(President of the Executive Yuan\)", "", segment).strip()
        match = _SINCE.search(segment)
        since = _since(match["day"]) if match else None
        leader = _leader(_SINCE.split(segment)[0].strip(), since)
        if leader is not None:
            yield leader


def _leader(text: str, since: date | None) -> Leader | None:
    long = _LONG_TITLES.match(text)
    words = text.split()
    title: str | None = None
    if long is not None:
        title = next((read for word, read in _READ_AS if word in long[0].lower()), None)
        words = text[long.end() :].split()
    else:
        for count in range(min(8, len(words) - 1), 0, -1):
            written = " ".join(words[:count])
            if plain_text(written) in title_forms():
                title, words = canonical_title(written), words[count:]
                break
    name = re.sub(r"\(.*?\)|[\"“”].*?[\"“”]", "", re.sub(_RANKS, "", " ".join(words)))
    tokens = re.sub(r"\s+of (?:the )?[A-Z]\w+$", "", name.replace(",", " ").strip()).split()
    capitals = [token for token in tokens if _in_capitals(token)]
    if (
        title is None
        or not capitals
        or any(token.islower() and token not in PARTICLES | {"i", "e", "bin"} for token in tokens)
    ):
        return None
    first, last = tokens.index(capitals[0]), len(tokens) - tokens[::-1].index(capitals[-1])
    return Leader(
        name=" ".join(_cased(token) for token in tokens),
        family=" ".join(_cased(_capital_part(token)) for token in tokens[first:last]),
        title=title,
        since=since,
    )


def _capital_part(token: str) -> str:
    """Of "Hoseini-KHAMENEI" the part "KHAMENEI"."""
    parts = [part for part in token.split("-") if _whole_in_capitals(part)]
    return token if len(parts) == token.count("-") + 1 or not parts else "-".join(parts)


def _in_capitals(token: str) -> bool:
    return _whole_in_capitals(token) or any(_whole_in_capitals(part) for part in token.split("-"))


def _whole_in_capitals(token: str) -> bool:
    letters = [c for c in re.sub(r"^(?:al|el|d)[-']", "", token) if c.isalpha()]
    return (len(letters) > 1 and all(c.isupper() for c in letters) and set(letters) - set("IVX") != set()) or token in (
        "XI",
        "LI",
    )


def _cased(token: str) -> str:
    if not _in_capitals(token):
        return token
    if token.lower() in PARTICLES and token not in ("AL", "EL", "DE", "LA"):
        return token.lower()
    return re.sub(r"[^\W\d_]{2,}", lambda m: m[0].capitalize() if m[0].isupper() else m[0], token)


def _since(text: str) -> date | None:
    for form in ("%d %B %Y", "%d %b %Y", "%B %Y", "%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    return None


def _leader_thing(ref: Ref, leader: Leader, country: Ref) -> Thing:
    given = leader.name.split()[0]
    names = [Named(text=leader.name, kind=NameKind.NAME, weight=LEADER_WEIGHT)]
    short = f"{given} {leader.family}"
    if leader.name.split()[0] not in leader.family.split() and short != leader.name:
        names.append(Named(text=short, kind=NameKind.ALIAS, weight=LEADER_WEIGHT))
        names.extend(Named(text=s, kind=NameKind.ALIAS, weight=LEADER_WEIGHT / 4) for s in other_spellings(short))
    names.extend(Named(text=s, kind=NameKind.ALIAS, weight=LEADER_WEIGHT / 4) for s in other_spellings(leader.name))
    names.append(Named(text=leader.family, kind=NameKind.SURNAME, weight=SURNAME_WEIGHT))
    return Thing(
        refs=(ref,), source=SOURCE, trust=1, name=leader.name, type="Person", country=country, names=tuple(names)
    )
