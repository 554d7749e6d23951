"""Names of persons: which part is the surname, and in which other ways newspapers spell the whole."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.knowledge.facts import Named
from kg.knowledge.names import NameKind, plain_text
from kg.knowledge.tables import read_table

_CURATED: Final = Path(__file__).parent / "curated"
# Parts that belong to the surname behind them: "von der Leyen", "al-Sharaa", "de Wever".
PARTICLES: Final = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "abu",
        "von",
        "van",
        "der",
        "den",
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "do",
        "du",
        "la",
        "le",
        "ter",
        "ten",
        "ould",
    ]
)
SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Countries in whose names the surname comes first and stays first in English.
SURNAME_FIRST: Final = frozenset({"Q148", "Q423", "Q884", "Q865", "Q881", "Q424", "Q8646", "Q14773"})
REVERSED: Final = frozenset({"Q17", "Q28"})  # surname last in English, and as often first: "Kishida Fumio"
# Where people go by the first of their names and the last is the father's: no surname at all.
NO_SURNAME: Final = frozenset({"Q115", "Q986", "Q836"})  # Ethiopia, Eritrea, Myanmar
_HOUSE: Final = re.compile(r"(\w+ bin \w+(?: bin \w+)?) (?:Al|al)[ -]\w+")  # "Mohamed bin Zayed Al Nahyan"
_MAX_SPELLINGS: Final = 8  # of one name; more are combinations that nobody writes


def surname(name: str, country: str | None) -> str | None:
    """The surname in a full name, None where it has none ("Charles III", "Pelé")."""
    words = [word for word in name.split() if plain_text(word) not in SUFFIXES]
    if len(words) < 2 or any(c.isdigit() for c in name) or country in NO_SURNAME:
        return None
    if words[-1].isupper() and set(words[-1]) <= set("IVX"):
        return None
    if country in SURNAME_FIRST:
        return words[0]
    place = len(words) - 1
    while place > 1 and plain_text(words[place - 1]) in PARTICLES:
        place -= 1
    return " ".join(words[place:])


@lru_cache(maxsize=1)
def _spellings() -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for (row,) in read_table(_CURATED / "transliterations.tsv", columns=1):
        forms = tuple(row.split())
        for form in forms:
            groups[plain_text(form)] = forms
    return groups


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, ...], ...]:
    rows = read_table(_CURATED / "transliterated_endings.tsv", columns=1)
    return tuple(tuple(row.split()) for (row,) in rows)


def spelling_key(name: str) -> str:
    """Equal for spellings of one name: "Yuriy Ushakov" and "Iuri Ushakov"."""
    return " ".join(_folded(word) for word in plain_text(name).split())


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    forms = _spellings().get(word)
    if forms is not None:
        return plain_text(forms[0])
    for endings in _endings():
        for ending in endings:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: -len(ending)] + endings[0]
    return word


def other_spellings(name: str) -> Iterator[str]:
    """The name in the other transliterations that newspapers use, at most a handful, never `name` itself."""
    forms: list[list[str]] = [[]]
    for word in name.split():
        choices = [word, *_respelled(word)]
        forms = [[*form, choice] for form in forms for choice in choices][:_MAX_SPELLINGS]
    for form in forms[1:]:
        yield " ".join(form)


def _respelled(word: str) -> Iterator[str]:
    plain = plain_text(word)
    for form in _spellings().get(plain, ()):
        if plain_text(form) != plain:
            yield form
    if plain in _spellings():
        return
    for endings in _endings():
        found = next((e for e in sorted(endings, key=len, reverse=True) if plain.endswith(e)), None)
        if found is not None and len(plain) > len(found) + 1 and plain.isalpha() and word.isalpha():
            yield from (word[: len(word) - len(found)] + ending for ending in endings if ending != found)
            return


def person_names(name: str, country: str | None, weight: float, surname_weight: float) -> tuple[Named, ...]:
    """The names under which a person called `name` is found: in full, without middle names, respelled, by surname."""
    names = [Named(text=name, kind=NameKind.NAME, weight=weight)]
    words = name.split()
    family = surname(name, country)
    if family is not None and country not in SURNAME_FIRST:
        given = words[0]
        short = f"{given} {family}"
        if short != name and not given.endswith("."):
            names.append(Named(text=short, kind=NameKind.ALIAS, weight=weight / 2))
    if house := _HOUSE.fullmatch(name):
        names.append(Named(text=house[1], kind=NameKind.ALIAS, weight=weight / 2))
    if family is not None and country in REVERSED and len(words) == 2:
        names.append(Named(text=f"{words[1]} {words[0]}", kind=NameKind.ALIAS, weight=weight / 2))
    for text in tuple(named.text for named in names):
        names.extend(Named(text=other, kind=NameKind.ALIAS, weight=weight / 4) for other in other_spellings(text))
    if family is not None and surname_weight > 0:
        names.append(Named(text=family, kind=NameKind.SURNAME, weight=surname_weight))
        names.extend(
            Named(text=other, kind=NameKind.SURNAME, weight=surname_weight / 2) for other in other_spellings(family)
        )
    return tuple(names)
