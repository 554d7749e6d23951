"""Where a text names an event: triggers of ontology/newskg.ttl matched on lemmas, with their guards."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.clauses import doers, governor, themes
from kg.lexicon import read_words
from kg.schema import EventSchema, Trigger

ARTICLES = frozenset({"a", "an", "the"})  # "struck a deal" is followed by "deal"
GUARD_WORDS = 3  # at most, before a trigger: "prisoners of war"
PHRASAL = 2  # words of "pull out"
PARTICLES = frozenset({"compound:prt", "advmod"})
TIME_WORDS = 4  # tokens between a verb and its preposition: "spoke on Friday morning with"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Tokens `start:end` name an event of `trigger.event_type`."""

    trigger: Trigger
    start: int
    end: int
    sentence: int
    lemma: str


def match_triggers(doc: Doc, span: Span, sentence: int, schema: EventSchema) -> tuple[tuple[Match, ...], ...]:
    """For each trigger place in a sentence the readings of it, longest and most specific first."""
    lemmas = [token.lemma_.lower() for token in span]
    present = frozenset(lemmas) | {token.lower_ for token in span}
    places: list[tuple[Match, ...]] = []
    i = 0
    while i < len(lemmas):
        found = tuple(_at(doc, span, i, sentence, lemmas, present, schema))
        if found:
            longest = max(match.end for match in found)
            places.append(tuple(match for match in found if match.end == longest))
            i = longest - span.start
        else:
            i += 1
    return tuple(places)


def _at(
    doc: Doc, span: Span, i: int, sentence: int, lemmas: list[str], present: frozenset[str], schema: EventSchema
) -> Iterator[Match]:
    for trigger in schema.triggers.get(lemmas[i], ()):
        for lemma in trigger.lemmas:
            start = span.start + i
            length = _length(doc[start], lemma.split(), lemmas[i:], trigger)
            if not length or not _tagged(doc, start, length, trigger):
                continue
            after = _following(doc, start + length, span.end)
            words = doc[start : start + length]
            if _guards_pass(trigger, i, i + length, lemmas, present, after) and _theme_fits(trigger, words):
                yield Match(trigger=trigger, start=start, end=start + length, sentence=sentence, lemma=lemma)


def _length(first: Token, words: list[str], lemmas: list[str], trigger: Trigger) -> int:
    """How many tokens the trigger's words take from here on, 0 if they do not stand here.

    The particle of a verb may stand behind its object: "pulled its troops out".
    """
    if lemmas[: len(words)] == words:
        return len(words)
    if trigger.pos != "VERB" or len(words) != PHRASAL:
        return 0
    return int(any(child.dep_ in PARTICLES and child.lower_ == words[1] for child in first.children))


def _theme_fits(trigger: Trigger, words: Span) -> bool:
    if trigger.unless_governor and governor(words).lemma_ in trigger.unless_governor:
        return False
    if trigger.doer or trigger.unless_doer:
        who = doers(words)
        if (trigger.doer and not trigger.doer & who) or trigger.unless_doer & who:
            return False
    if not trigger.theme and not trigger.unless_theme:
        return True
    about = themes(words, verb=trigger.pos == "VERB")
    return (not trigger.theme or bool(trigger.theme & about)) and not trigger.unless_theme & about


def _tagged(doc: Doc, start: int, length: int, trigger: Trigger) -> bool:
    """Whether the token that counts has the trigger's part of speech: first of a verb phrase, last of a noun phrase."""
    if trigger.pos == "VERB":
        # "Wounded soldiers", "the jailed leader" tell of them, and of no event.
        return doc[start].pos_ == "VERB" and doc[start].dep_ != "amod"
    last = doc[start + length - 1]
    if last.dep_ == "compound" and last.head.lemma_.lower() in read_words("bearers.txt"):
        return False
    # "Exchange of prisoners", "on high alert": three words are enough.
    return length > 2 or last.pos_ in {"NOUN", "PROPN"}


def _following(doc: Doc, start: int, end: int) -> str:
    """Lemma of the next word that is no adverb or time: "spoke this morning with" is followed by "with"."""
    for token in doc[start : min(end, start + TIME_WORDS)]:
        if token.pos_ != "ADV" and token.lemma_.lower() not in read_words("times_of_day.txt"):
            return token.lemma_.lower()
    return ""


def _guards_pass(
    trigger: Trigger, start: int, end: int, lemmas: list[str], present: frozenset[str], after: str
) -> bool:
    following = next((lemma for lemma in lemmas[end : end + 2] if lemma not in ARTICLES), "")
    before = " ".join(lemmas[max(0, start - GUARD_WORDS) : start])
    own = set(lemmas[start:end])
    others = present - own if trigger.near & own else present
    return (
        (not trigger.near or bool(trigger.near & others))
        and not trigger.unless_near & present
        and (not trigger.next_is or after in trigger.next_is)
        and following not in trigger.unless_next
        and not any(f" {before}".endswith(f" {words}") for words in trigger.unless_previous)
    )
