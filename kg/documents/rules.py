"""The clutter lists of `clutter.toml`, compiled once."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class ClutterRules:
    """See clutter.toml for what each list means. Phrases are folded with `fold`."""

    longest_line: int
    phrases: frozenset[str]
    anywhere: re.Pattern[str]
    edges: re.Pattern[str]
    teaser_heads: frozenset[str]
    writer: re.Pattern[str]
    staff: re.Pattern[str]
    byline_roles: frozenset[str]
    not_names: frozenset[str]
    not_places: frozenset[str]
    camel_words: tuple[str, ...]
    agencies: dict[str, str]


def fold(text: str) -> str:
    """Lower case, straight apostrophes, no punctuation at either end: the key by which whole lines are compared."""
    text = text.casefold().replace("’", "'")
    begin = next((index for index, character in enumerate(text) if character.isalnum()), len(text))
    end = next((index for index in range(len(text), begin, -1) if text[index - 1].isalnum()), begin)
    return text[begin:end]


@cache
def clutter_rules() -> ClutterRules:
    """The lists as shipped."""
    table = tomllib.loads(files(__package__).joinpath("clutter.toml").read_text(encoding="utf-8"))
    return ClutterRules(
        longest_line=table["longest_line"],
        phrases=frozenset(fold(phrase) for phrase in table["phrases"]),
        anywhere=_any_of(table["anywhere"]),
        edges=_any_of(table["edges"]),
        teaser_heads=frozenset(fold(phrase) for phrase in table["teaser_heads"]),
        writer=_noun(table["writer_nouns"]),
        staff=_noun(table["staff_nouns"]),
        byline_roles=frozenset(table["byline_roles"]),
        not_names=frozenset(table["not_names"]),
        not_places=frozenset(table["not_places"]),
        camel_words=tuple(table["camel_words"]),
        agencies=dict(table["agencies"]),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _noun(nouns: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(nouns)})s?\b", re.IGNORECASE)
