"""Which states fight which others in the conflicts that the base knows."""

from functools import cache
from pathlib import Path
from typing import Final

from kg.knowledge.tables import read_table

_TABLE: Final = Path(__file__).parent / "curated" / "conflicts.tsv"


@cache
def opponents_of(state: str) -> frozenset[str]:
    """Wikidata ids of the states that stand against this one, or beside it, in a conflict of 2022-2026."""
    wars = (set(states.split("; ")) for _, _, states in read_table(_TABLE, columns=3))
    return frozenset(other for war in wars if state in war for other in war - {state})
