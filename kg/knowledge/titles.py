"""Titles of offices compared by meaning: "PM", "premier" and "prime minister" are one."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.knowledge.names import plain_text
from kg.knowledge.tables import read_table

LEADER: Final = "leader"
_TABLE: Final = Path(__file__).parent / "curated" / "titles.tsv"


@lru_cache(maxsize=1)
def title_forms() -> dict[str, str]:
    """Every known way of writing an office (plain text) → its one title."""
    forms: dict[str, str] = {}
    for title, variants in read_table(_TABLE, columns=2):
        for variant in (title, *variants.split("; ")):
            forms[plain_text(variant)] = title
    return forms


@lru_cache(maxsize=4096)
def canonical_title(title: str) -> str:
    """The one title for what is written: "minister of foreign affairs" → "Foreign Minister"; unknown ones unchanged."""
    return title_forms().get(plain_text(title), title)


def same_title(one: str, other: str) -> bool:
    """Do the two name the same kind of office?"""
    return _meaning(one) == _meaning(other)


@lru_cache(maxsize=4096)
def _meaning(title: str) -> str:
    """What titles of one kind of office have in common."""
    return plain_text(canonical_title(title))
