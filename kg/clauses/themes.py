"""What an event word is about: the words of its object, or of the phrases that complete a noun."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from kg.clauses.phrases import SUBJECTS
from kg.clauses.tokens import compounds_over, has_case

COMPLEMENTS = frozenset({"obj", "nsubj:pass"})
GIVEN = frozenset({"with", "of", "as"})
"""Prepositions before what is given or meant: "provide Ukraine with missiles", "name her as envoy".

"Of" stands for "out of" and the like, too, and does no harm."""
PAID_AS = frozenset({"in", "for", "towards", "toward"})
SCALES = frozenset({"thousand", "million", "billion", "trillion"})
INTRANSITIVE = frozenset({"nsubj"})
CLAUSES = frozenset({"ccomp", "xcomp"})
PASSIVE = frozenset({"aux:pass", "nsubj:pass"})
INNER = frozenset(
    {"compound", "amod", "nmod", "nmod:poss", "nmod:desc", "nummod", "conj", "appos", "flat", "obl:unmarked"}
)
DEPTH = 4
"""Steps into a phrase: "delivery of millions of energy-related items"."""


def themes(trigger: Span, *, verb: bool) -> frozenset[str]:
    """Lower-case lemmas and words of the trigger's complement.

    Of a verb: its object or passive subject and what it gives "with" or "of"; the noun that it modifies; its subject
    where it has no object ("the bridge collapsed"). Of a noun: all that stands inside its phrase.
    """
    head = trigger.root
    found = [*_complements(head)] if verb else [head, *compounds_over(head)]
    words = {word for token in found for word in _words(token, trigger)}
    return frozenset(words)


def governor(noun: Span) -> Token:
    """The word that an event noun depends on: the verb of "lifted the last of its sanctions"."""
    token = noun.root
    for _ in range(DEPTH):
        if token.head == token or token.dep_ not in INNER:
            break
        token = token.head
    return token.head


def _complements(verb: Token) -> list[Token]:
    objects = [child for child in verb.children if child.dep_ in COMPLEMENTS or _given(child) or _equal(child)]
    objects += [child for child in verb.children if objects and _paid(objects[0], child)]
    if verb.dep_ in {"acl", "acl:relcl", "amod"}:
        objects.append(verb.head)
    if not objects and verb.dep_ == "conj" and any(child.dep_ == "obj" for child in verb.head.children):
        own = any(child.dep_ in SUBJECTS or child.dep_ == "obl" for child in verb.children)
        return _subjects(verb) if own else [child for child in verb.head.children if child.dep_ in COMPLEMENTS]
    if not objects:
        objects = [object_ for child in verb.children if child.dep_ == "conj" for object_ in _objects(child)]
    clausal = any(child.dep_ in CLAUSES for child in verb.children)  # "the minister confirms that …"
    return objects or ([] if clausal else _subjects(verb))


def doers(verb: Span) -> frozenset[str]:
    """Lower-case lemmas and words of who does what a verb says: its subject, or behind "by" when it is passive."""
    head = verb.root
    passive = any(child.dep_ in PASSIVE for child in head.children)
    found = [child for child in head.children if child.dep_ == "obl:agent"] if passive else _subjects(head)
    if not found and head.dep_ == "acl" and "Tense=Pres" in head.morph:
        found = [head.head]  # "migrants crossing the Channel"
    return frozenset(word for token in found for word in _words(token, verb, DEPTH - 1))


def _subjects(verb: Token) -> list[Token]:
    own = [child for child in verb.children if child.dep_ in INTRANSITIVE]
    return own or ([child for child in verb.head.children if child.dep_ in SUBJECTS] if verb.dep_ == "conj" else [])


def _objects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ == "obj"]


def _equal(child: Token) -> bool:
    """ "named her prime minister", "became president"."""
    return child.dep_ == "xcomp" and child.pos_ in {"NOUN", "PROPN"}


def _given(child: Token) -> bool:
    return child.dep_ == "obl" and has_case(child, GIVEN)


def _paid(sum_: Token, child: Token) -> bool:
    """ "Pledged 500 million euros in military aid", "gave $400 million for drones": what the money is or buys."""
    counted = sum_.pos_ == "SYM" or any(word.lower_ in SCALES for word in sum_.children)
    return counted and child.dep_ == "obl" and child.i > sum_.i and has_case(child, PAID_AS)


def _words(token: Token, trigger: Span, depth: int = 0) -> Iterator[str]:
    if not trigger.start <= token.i < trigger.end:
        yield token.lemma_.lower()
        yield token.lower_
    if depth < DEPTH:
        for child in token.children:
            if child.dep_ in INNER:
                yield from _words(child, trigger, depth + 1)
