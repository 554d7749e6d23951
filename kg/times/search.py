"""Finds the time expressions of one sentence; what they mean is resolved later."""

import re
from dataclasses import dataclass
from typing import Final

from kg.times import counted, days, durations, periods, relative
from kg.times.grammar import Rule

RULES: Final = (*days.RULES, *periods.RULES, *relative.RULES, *counted.RULES)
_HINT: Final = re.compile(
    r"[0-9]|day|week|month|year|decade|century|quarter|season|spring|summer|autumn|fall|winter|night|morrow|ning|"
    r"noon|hour|minute|second|ago|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Christmas",
    re.IGNORECASE,
)
"""No rule matches in a sentence without one of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A match of a rule, or (without a rule) of a duration; offsets in the sentence."""

    begin: int
    end: int
    match: re.Match[str]
    rule: Rule | None

    @property
    def year(self) -> int | None:
        """The year that the expression names."""
        year = self.match.groupdict().get("year")
        return int(year) if year else None


def find(text: str) -> list[Found]:
    """The expressions in text order. Of overlapping ones the first, of those the longest, stays."""
    if not _HINT.search(text):
        return []
    lower = text.lower()
    tried = [rule for rule in RULES if not rule.needs or any(word in lower for word in rule.needs)]
    everything = [_found(match, rule) for rule in tried for match in rule.pattern.finditer(text)]
    everything += [_found(match, None) for pattern in durations.PATTERNS for match in pattern.finditer(text)]
    everything.sort(key=lambda found: (found.begin, -found.end))  # stable: rules in their order
    kept: list[Found] = []
    for found in everything:
        if not kept or found.begin >= kept[-1].end:
            kept.append(found)
    return kept


def _found(match: re.Match[str], rule: Rule | None) -> Found:
    group: str | int = "x" if "x" in match.re.groupindex else 0
    return Found(begin=match.start(group), end=match.end(group), match=match, rule=rule)
