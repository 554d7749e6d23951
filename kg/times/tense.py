"""Does the clause around an expression look forward or back?

Only words are used: modal verbs, plans ("set for", "is expected"), infinitives of what is to come, and past
forms. The nearest cue before the expression decides; without one, the nearest after it; first within the
same comma clause, then within the sentence.
"""

import re
from enum import Enum
from typing import Final

from kg.times.tables import cue_words


class Lean(Enum):
    """Which way the clause looks."""

    PAST = "past"
    FUTURE = "future"
    OPEN = "open"


_REACH: Final = 160  # characters looked at on either side: two long clauses
_MODAL = r"(?:will|would|shall|won['’]t|may|might|could|must|should)"
_WAS_TO_HAVE = r"(?:was|were) to have(?: been)?(?: \w+)?"  # "was to have been held on Sunday" was planned for then
_HAD_MEANT = r"had(?: \w+)? (?:planned|hoped|intended|expected|wanted|promised|agreed)(?: to \w+)?"  # by now it is past
_CUE: Final = re.compile(
    rf"\b(?:(?P<past_have>{_MODAL} have \w+|(?:had|have|has) been \w+|{_HAD_MEANT})"
    rf"|(?P<future>{_WAS_TO_HAVE}|(?:{_MODAL}|['’]ll|to)(?: (?:not|also|now|likely|then|only|probably))? be(?: \w+)?"
    rf"|{_MODAL}(?: (?:also|not|likely))?(?: \w+)?|\w+['’]ll|{cue_words('plan')})"
    rf"|(?P<past>{cue_words('aspect')} to \w+|{cue_words('past')}|\w{{2,20}}(?<!ne)ed)"
    rf"|(?P<infinitive>to {cue_words('infinitive')}))\b"
)
_MOVED: Final = re.compile(rf"\b{cue_words('shift')}\b[^;:.]*$", re.IGNORECASE)
_MOVED_REACH: Final = 60  # characters between a verb that moves a date and the date: its object, in a few words
_BREAK: Final = re.compile(r"[;:“”\"()—]")


def lean_around(text: str, begin: int, end: int) -> Lean:
    """The lean of the clause around `text[begin:end]`; `text` is one sentence."""
    before = _BREAK.split(text[max(0, begin - _REACH) : begin])[-1]
    after = _BREAK.split(text[end : end + _REACH], maxsplit=1)[0]
    near = before.rsplit(",", 1)[-1], after.split(",", 1)[0]
    for left, right in (near, (before, after)):
        found = _last(left) or _first(right)
        if found:
            return found
    return Lean.OPEN


def is_moved(text: str, begin: int) -> bool:
    """Does a verb before `begin` move a date, so that "from March to May" is no range?"""
    return bool(_MOVED.search(text[max(0, begin - _MOVED_REACH) : begin]))


def _last(text: str) -> Lean | None:
    found = None
    for match in _CUE.finditer(text):
        found = match
    return None if found is None else _lean_of(found)


def _first(text: str) -> Lean | None:
    found = _CUE.search(text)
    return None if found is None else _lean_of(found)


def _lean_of(match: re.Match[str]) -> Lean:
    return Lean.PAST if match.lastgroup in {"past", "past_have"} else Lean.FUTURE
