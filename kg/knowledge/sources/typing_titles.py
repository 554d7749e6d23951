"""What kind of thing an English Wikipedia title is, from the title itself and from how news items use it.

Tried in order, the first that speaks decides:
1. a pattern of the title (`curated/type_cues.tsv`);
2. the capitals: an article whose title is not written with capitals throughout, or that is a plain word used in lower
   case elsewhere, names no single thing ("Drone warfare", "Tariff"): left out;
3. a person: the shape of a personal name, plus cues (a given name known from office holders; a title before the name;
   a verb of a human agent or an age after it), weighed against cues of a place;
4. a place: most uses stand behind a preposition of place or before a comma and a country;
5. else "Thing".
"""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.knowledge.names import plain_text
from kg.knowledge.naming import PARTICLES, SUFFIXES
from kg.knowledge.sources.portal import Link
from kg.knowledge.tables import read_table

_CURATED: Final = Path(__file__).parent.parent / "curated"
LEFT_OUT: Final = "-"
THING: Final = "Thing"
_SMALL: Final = frozenset(
    [
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "de",
        "la",
        "du",
        "des",
        "von",
        "van",
        "al",
        "el",
        "bin",
        "ibn",
        "y",
        "e",
        "da",
        "dos",
        "a",
        "to",
        "at",
        "with",
        "d",
        "l",
    ]
)
_AFTER_PERSON: Final = re.compile(
    r"^(,? ?(who|whose|aged|\d\d,|resigns|announces|says|said|dies|died|wins|won|defeats|signs|meets|"
    r"declares|is (sworn|"
    r"elected|re-elected|appointed|arrested|sentenced|convicted|inaugurated|named|charged|indicted|"
    r"killed|found guilty)|"
    r"becomes|has (been )?(announced|resigned|died|said|elected)|visits|travels|arrives|accuses|denies|pleads|tells|"
    r"orders|calls|vows|urges|warns|nominates|appoints|pardons|confirms|states|claims|rejects|threatens|meeting)\b"
    r"|'s (wife|husband|son|daughter|lawyer|death|home|campaign|arrest|trial|resignation|successor|"
    r"government|cabinet)\b)"
)
_AGE: Final = re.compile(r"\bat the age of|\baged? \d\d|\bdies\b")
# Weights of the cues, set by hand on days of January–June 2025 and looked at on samples of the others.
GIVEN_NAME: Final = 2.0
RARE_GIVEN_NAME: Final = 1.0  # seen with one known person only
ROLE_BEFORE: Final = 2.0
HUMAN_AFTER: Final = 1.5
PLACE_BEFORE: Final = -2.0
COUNTRY_AFTER: Final = -2.5
ARTICLE_BEFORE: Final = -1.5
KNOWN_SURNAME: Final = 1.0
ENOUGH_FOR_PERSON: Final = 1.9
FEW: Final = 2  # links; one word with a capital that is linked less often is rather a common noun
PLACE_SHARE: Final = 0.4  # of the uses behind a preposition of place


@dataclass(frozen=True, slots=True, kw_only=True)
class Lore:
    """What other sources know that helps to tell types."""

    given_names: Mapping[str, int]  # plain text → with how many known persons
    surnames: Collection[str]  # plain text
    countries: Collection[str]  # names and demonyms, plain text
    lower_case: Mapping[str, int]  # words seen in lower case in running text → how often


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = read_table(_CURATED / "type_cues.tsv", columns=2)
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)


@lru_cache(maxsize=1)
def _words_before() -> Mapping[str, frozenset[str]]:
    return {kind: frozenset(words.split("; ")) for kind, words in read_table(_CURATED / "roles.tsv", columns=2)}


def title_text(title: str) -> str:
    """The title as words, without what stands in parentheses behind it."""
    return re.sub(r" \([^()]*\)$", "", title.replace("_", " "))


def type_of_title(title: str, links: Sequence[Link], lore: Lore) -> str:
    """A schema.org local name, or LEFT_OUT. `links` are all links to the title."""
    words = title.replace("_", " ")
    text = title_text(title)
    if is_common(text, links, lore):
        return LEFT_OUT
    for kind, pattern in _cues():
        if pattern.search(words) and (kind != "Person" or is_person_shaped(text) or " " not in text or "," in words):
            return kind
    if not _is_proper(text, links, lore):
        return LEFT_OUT
    if is_person_shaped(text) and _person_score(text, links, lore) >= ENOUGH_FOR_PERSON:
        return "Person"
    items = [link for link in links if not link.heading]
    if items and sum(_place_use(link, lore) for link in items) >= PLACE_SHARE * len(items):
        return "Place"
    if text.istitle() and " " not in text and len(links) < FEW:
        return LEFT_OUT  # "Sun", "Science"
    return THING


def is_common(text: str, links: Sequence[Link], lore: Lore) -> bool:
    """A common noun: written in lower case in running text, and not a title with capitals throughout."""
    words = text.split()
    if len(words) == 1:
        return not text.isupper() and (lore.lower_case.get(text.lower(), 0) > 0 or _mostly_lower(links))
    later = [word for word in words[1:] if word not in _SMALL]
    return not any(any(c.isupper() for c in word) for word in later) and _mostly_lower(links)


def _mostly_lower(links: Sequence[Link]) -> bool:
    return sum(link.anchor[:1].islower() for link in links) * 2 > len(links)


def _is_proper(text: str, links: Sequence[Link], lore: Lore) -> bool:
    words = text.split()
    if any(word[:1].islower() and word not in _SMALL and "-" not in word for word in words):
        return False
    if any(link.anchor[:1].isupper() for link in links) and len(words) > 1:
        return True
    if all(link.anchor[:1].islower() for link in links) and not words[0][:1].islower():
        return False
    return len(words) > 1 or lore.lower_case.get(words[0].lower(), 0) == 0 or words[0].isupper()


def is_person_shaped(text: str) -> bool:
    """Two to five words, each with a capital (particles aside), without digits: "Ursula von der Leyen"."""
    words = text.split()
    if not 2 <= len(words) <= 5 or any(c.isdigit() or c in "&:/!–" for c in text):
        return False
    full = [word for word in words if plain_text(word) not in PARTICLES | SUFFIXES]
    return len(full) >= 2 and all(word[0].isupper() or word[0] in "'‘" for word in full if word)


def _person_score(text: str, links: Sequence[Link], lore: Lore) -> float:
    words = [plain_text(word) for word in text.split()]
    known = lore.given_names.get(words[0], 0)
    score = GIVEN_NAME if known > 1 else RARE_GIVEN_NAME if known else 0.0
    if words[-1] in lore.surnames:
        score += KNOWN_SURNAME
    items = [link for link in links if not link.heading]
    uses = Counter[str]()
    for link in items:
        before = plain_text(link.before)
        uses["role"] += _ends_with(before, _words_before()["before"]) or (
            link.previous is not None and _is_office(link)
        )
        uses["human"] += bool(_AFTER_PERSON.match(link.after)) or bool(_AGE.search(link.after[:40]))
        uses["place"] += _place_use(link, lore)
        uses["article"] += before.endswith((" the", " a", " an"))
    if items:
        half = len(items) / 2
        score += ROLE_BEFORE * (uses["role"] > 0) + HUMAN_AFTER * (uses["human"] > 0)
        score += PLACE_BEFORE * (uses["place"] >= half) + ARTICLE_BEFORE * (uses["article"] >= half)
        score += COUNTRY_AFTER * (sum(_country_after(link, lore) for link in items) >= half)
    return score


def _is_office(link: Link) -> bool:
    """Is the article linked right before an office?"""
    previous = (link.previous or "").replace("_", " ")
    return (
        re.match(r"(President|Prime Minister|Minister|Vice President|Chancellor|Governor|Mayor|Premier)", previous)
        is not None
    )


def _ends_with(before: str, endings: Collection[str]) -> bool:
    words = before.split()
    return any(" ".join(words[-count:]) in endings for count in (1, 2) if len(words) >= count)


def _place_use(link: Link, lore: Lore) -> bool:
    return _ends_with(plain_text(link.before), _words_before()["place"]) or _country_after(link, lore)


def _country_after(link: Link, lore: Lore) -> bool:
    match = re.match(r", (?:the )?([A-Z][\w.’' -]*)", link.after)
    if match is None:
        return False
    words = plain_text(match[1]).split()
    return any(" ".join(words[:count]) in lore.countries for count in (1, 2, 3, 4))
