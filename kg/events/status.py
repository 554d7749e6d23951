"""Did it happen? Status from the cues around a trigger: negation, modals, plans, wishes, conditions.

Refuse, don't guess: an event counts as occurred only where nothing in its clause says otherwise.
"""

from functools import cache

from spacy.tokens import Doc, Span, Token

from kg.lexicon import read_rows, read_words
from kg.model import BlockKind, Status

SCOPE = 14  # tokens a cue reaches; beyond, cues on the development articles mostly governed something else
PHRASE = 3  # tokens between an adjective and its noun
BREAKS = frozenset({";", ":", "—", "--", "."})
NEW_CLAUSE = frozenset({"which", "who", "while", "although", "but", "because", "after", "since"})
STRENGTH = {Status.DENIED: 4, Status.POSSIBLE: 3, Status.PLANNED: 2, Status.ONGOING: 1}
ONGOING_TYPES = frozenset({"Conflict"})  # a war that is spoken of still goes on, wished or planned as its end may be
RAISING = frozenset({"appear", "seem", "believe", "think", "expect", "look"})
RISKED = frozenset({"prevent", "avoid", "avert", "risk", "threaten", "veer", "fear", "possible", "wider"})
PREDICATE_REACH = 12  # tokens between an event noun and the auxiliary of its verb
RISK_REACH = 5  # tokens: "veering into conflict"


def event_status(doc: Doc, span: Span, start: int, end: int, *, event_type: str, verb: bool, kind: BlockKind) -> Status:
    """Status of the event that `doc[start:end]` names in its sentence."""
    found = _cue(doc, span, start, end) or (None if verb else _predicate(doc, span, end))
    if found is None and verb and _progressive(doc, span, start):
        found = Status.ONGOING
    if found is None and verb and kind is not BlockKind.PARAGRAPH and _infinitive(doc, span, start):
        found = Status.PLANNED  # headlines: "Trump to meet Putin"
    if event_type in ONGOING_TYPES:
        risked = any(token.lemma_ in RISKED for token in doc[max(span.start, start - RISK_REACH) : start])
        return Status.POSSIBLE if risked else Status.ONGOING
    return found or Status.OCCURRED


def _cue(doc: Doc, span: Span, start: int, end: int) -> Status | None:
    floor, limit = _scope(doc, span, start, end)
    best: Status | None = None
    for i in range(floor, limit):
        if start <= i < end:
            continue
        for words, status, side in _cues().get(doc[i].lemma_.lower(), ()) or _cues().get(doc[i].lower_, ()):
            if (side != "any" and (side == "before") != (i >= end)) or (side == "next" and start - i > PHRASE):
                continue
            if not _matches(doc, i, words, limit) or (i < start and not _reaches(doc[i], doc[start:end].root)):
                continue
            if best is None or STRENGTH[status] > STRENGTH[best]:
                best = status
    return best


def _reaches(cue: Token, trigger: Token) -> bool:
    """Whether the trigger stands under the cue, or under the word that the cue belongs to, in one clause.

    "Without power under bombardment" does not deny the bombardment, nor does "will host those who fled" plan a flight.
    """
    governor = cue if cue.pos_ in {"VERB", "NOUN", "PROPN"} else cue.head
    while trigger != governor:
        if trigger.dep_ == "acl:relcl" or trigger.head == trigger:
            return False
        trigger = trigger.head
    return True


def _predicate(doc: Doc, span: Span, end: int) -> Status | None:
    """What the verb says of an event noun that is its subject: "talks will resume", "sanctions should be raised"."""
    found: Status | None = None
    for i in range(end, min(span.end, end + PREDICATE_REACH)):
        token = doc[i]
        if token.text in BREAKS or token.lower_ in NEW_CLAUSE:
            return None
        if token.pos_ == "VERB":
            # "did not result in a truce" denies the truce; only some verbs speak of whether their subject took place.
            if token.lemma_ in _supports():
                return found
            told_by_verb = _predicates().get(token.lemma_)
            return Status(told_by_verb) if told_by_verb else found if told_by_verb == "" else None
        if token.pos_ in {"AUX", "PART"} and found is None:
            planned = token.lemma_ == "be" and i + 1 < span.end and doc[i + 1].lower_ == "to"
            told = [cue[1] for cue in _cues().get(token.lower_, ()) if len(cue[0]) == 1]
            found = Status.PLANNED if planned else next(iter(told), None)
    return None


@cache
def _predicates() -> dict[str, str]:
    return {row[0]: row[1] if len(row) > 1 else "" for row in read_rows("predicates.tsv")}


@cache
def _supports() -> frozenset[str]:
    return read_words("supports.tsv")


@cache
def _cues() -> dict[str, tuple[tuple[tuple[str, ...], Status, str], ...]]:
    cues: dict[str, list[tuple[tuple[str, ...], Status, str]]] = {}
    for phrase, status, side in read_rows("status_cues.tsv"):
        words = tuple(phrase.split())
        cues.setdefault(words[0], []).append((words, Status(status), side))
    return {first: tuple(sorted(found, key=lambda cue: -len(cue[0]))) for first, found in cues.items()}


def _matches(doc: Doc, i: int, words: tuple[str, ...], limit: int) -> bool:
    if i + len(words) > limit + 1:
        return False
    return all(
        word in {doc[i + k].lemma_.lower(), doc[i + k].lower_} for k, word in enumerate(words) if i + k < len(doc)
    )


def _scope(doc: Doc, span: Span, start: int, end: int) -> tuple[int, int]:
    floor = start
    while floor > span.start and start - floor < SCOPE:
        token = doc[floor - 1]
        if token.text in BREAKS or token.text == "," or token.lower_ in NEW_CLAUSE:
            break
        if token.lower_ == "that" and floor - 2 >= span.start and _reports(doc[floor - 2]):
            break  # "did not say that Putin had accepted": what is not said is not denied
        if token.lower_ == "and" and doc[floor].pos_ in {"VERB", "PRON"} and doc[floor].lemma_ != doc[floor].lower_:
            break
        floor -= 1
    limit, between = end, False
    while limit < span.end and limit - end < SCOPE // 2:
        word = doc[limit].lower_
        if word in BREAKS | NEW_CLAUSE | {",", "that"} or (word == "and" and not between):
            break
        between = word == "between" or (between and word != "and")  # "between A and B": one group
        limit += 1
    return floor, limit


def _reports(token: Token) -> bool:
    """A verb whose negation does not reach into its clause, as that of "does not appear that" does."""
    return token.pos_ == "VERB" and token.lemma_ not in RAISING


def _progressive(doc: Doc, span: Span, start: int) -> bool:
    if not doc[start].lower_.endswith("ing"):
        return False
    before = [token.lower_ for token in doc[max(span.start, start - 4) : start]]
    return any(word in {"is", "are", "'s", "been", "be"} for word in before)


def _infinitive(doc: Doc, span: Span, start: int) -> bool:
    return start > span.start and doc[start - 1].lower_ == "to"
