"""Part-of-speech tagging by ordered transformations (Brill 1995, "Transformation-Based Error-Driven Learning").

Every word first gets its likeliest tag; then each rule of `tag_rules.tsv`, in order, changes one tag into another
wherever its conditions hold and the lexicon allows the new tag for the word. A rule sees the tags as they were
before it, so it can be applied to a whole text at once with array operations.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.reader.lexicon import SHAPES, word_form
from kg.reader.tagset import TAG_ID, TAGS
from kg.reader.wordlists import table

PADDING = 3
"""Empty places between sentences: the furthest that a condition looks is one less."""

LEARNED = "tag_rules.tsv"
HEADLINES = "tag_rules_news.tsv"
PASSED_OVER = frozenset(TAG_ID[tag] for tag in ("ADV", "PART", "INTJ"))

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """`field` of the token at `offset` has `value`: "t" tag, "w" word, "s" shape, "u" the word before it, adverbs and
    negations left out ("has not yet *seen*": has).
    """

    field: str
    offset: int
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Change `source` into `target` where all conditions hold. Tags are ids."""

    source: int
    target: int
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A text laid out for the rules: parallel arrays with `PADDING` empty places around every sentence."""

    t: Ints  # current tag ids
    w: Ints  # word ids (0: in no rule)
    s: Ints  # shapes
    u: Ints  # ids of the last word before each that is neither adverb nor negation
    mask: Ints  # possible tags, as bits
    places: Ints  # where token i stands in the arrays above

    def field(self, name: str) -> Ints:
        """The array called `name`."""
        return {"t": self.t, "w": self.w, "s": self.s, "u": self.u}[name]


def tag(texts: Sequence[str], starts: Sequence[bool], opening: Sequence[bool]) -> Board:
    """Return the text with its tags, as the rules learned from the treebanks give them.

    Args:
        texts: token texts, none of them white space.
        starts: whether a token opens a sentence.
        opening: whether a token's capital means nothing where it stands.
    """
    board = lay_out(texts, starts, opening, word_ids())
    for rule in rules(LEARNED):
        apply(rule, board)
    return board


def tags_of(board: Board) -> list[str]:
    """The rule tag of every token, as it now stands."""
    return [TAGS[index] for index in board.t[board.places].tolist()]


def correct(board: Board, proper: Iterable[int]) -> None:
    """Make the tokens in `proper` proper nouns, then apply the rules for headlines that rest on proper nouns."""
    for index in proper:
        board.t[board.places[index]] = TAG_ID["PROPN"]
    for rule in rules(HEADLINES):
        apply(rule, board)


def lay_out(texts: Sequence[str], starts: Sequence[bool], opening: Sequence[bool], ids: dict[str, int]) -> Board:
    """Look every word up and place it on a board; `ids` gives the words that rules may ask for."""
    tags, words, shapes, before, masks = ([0] * PADDING for _ in range(5))
    columns = (tags, words, shapes, before, masks)
    places = list[int]()
    last = 0
    for text, start, free in zip(texts, starts, opening, strict=True):
        if start:
            last = 0
            for column in columns:
                column.extend([0] * PADDING)
        form = word_form(text, free)
        word = ids.get(text.lower().replace("’", "'"), 0)
        places.append(len(tags))
        for column, value in zip(columns, (form.tags[0], word, form.shape, last, form.mask), strict=True):
            column.append(value)
        if form.tags[0] not in PASSED_OVER:
            last = word
    for column in columns:
        column.extend([0] * PADDING)
    t, w, s, u, mask, where = (np.array(column, dtype=np.int64) for column in (*columns, places))
    return Board(t=t, w=w, s=s, u=u, mask=mask, places=where)


def matches(rule: Rule, board: Board) -> Ints:
    """Places where `rule` would change the tag."""
    places: Ints = np.flatnonzero(board.t == rule.source)
    places = places[(board.mask[places] >> rule.target) & 1 == 1]
    for condition in rule.conditions:
        if not len(places):
            break
        places = places[board.field(condition.field)[places + condition.offset] == condition.value]
    return places


def apply(rule: Rule, board: Board) -> None:
    """Change the tags on `board`."""
    board.t[matches(rule, board)] = rule.target


@cache
def word_ids() -> dict[str, int]:
    """Ids from 1 of the words that conditions name."""
    conditions = (
        part.split("=", 1) for name in (LEARNED, HEADLINES) for row in table(name) for part in row[2].split(" ")
    )
    found = dict.fromkeys(value for field, value in conditions if field[0] in "wu")
    return {word: index for index, word in enumerate(found, start=1)}


@cache
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of the table `name`, in order; columns: from, to, conditions ("t-1=DET w0=call")."""
    return tuple(
        Rule(
            source=TAG_ID[row[0]],
            target=TAG_ID[row[1]],
            conditions=tuple(_condition(part) for part in row[2].split(" ")),
        )
        for row in table(name)
    )


def _condition(text: str) -> Condition:
    name, value = text.split("=", 1)
    kinds = {"t": TAG_ID, "w": word_ids(), "u": word_ids(), "s": SHAPES}
    return Condition(field=name[0], offset=int(name[1:]), value=kinds[name[0]][value])
