"""What a Universal Dependencies tree says of one word; each question is asked by several stages."""

from collections.abc import Iterator, Set
from itertools import islice

from spacy.tokens import Token

OBJECTS = frozenset({"obj", "iobj"})
MOST_CHILDREN = 30
"""Children of a word that are looked at; the longest real phrases of the treebanks have fewer."""


def has_case(noun: Token, prepositions: Set[str]) -> bool:
    """Whether one of the prepositions governs the noun."""
    children = islice(noun.children, MOST_CHILDREN)
    return any(child.dep_ == "case" and child.lower_ in prepositions for child in children)


def is_infinitive(verb: Token) -> bool:
    """Whether "to" opens its clause."""
    return any(child.lower_ == "to" and child.dep_ == "mark" for child in islice(verb.lefts, MOST_CHILDREN))


def is_object(child: Token) -> bool:
    """Whether a word is an object of its head: so is what trees call an oblique though no preposition governs it."""
    if child.dep_ != "obl":
        return child.dep_ in OBJECTS
    bare = all(word.dep_ != "case" for word in islice(child.lefts, MOST_CHILDREN))
    behind = child.i > child.head.i
    return bare and behind and all(other.dep_ != "obj" for other in islice(child.head.rights, MOST_CHILDREN))


def has_features(word: Token, *features: str) -> bool:
    """Whether the word has all these features of Universal Dependencies: "Tense=Past"."""
    return all(feature in word.morph for feature in features)


def is_misjoined(verb: Token) -> bool:
    """ "Refused to sign and left": a finite verb that the tree joins to an infinitive or gerund, not to its head."""
    finite = verb.dep_ == "conj" and has_features(verb, "VerbForm=Fin")
    return finite and any(has_features(verb.head, form) for form in ("VerbForm=Inf", "VerbForm=Ger"))


def compounds_over(noun: Token) -> Iterator[Token]:
    """ "ceasefire talks": the nouns that a noun stands before."""
    while noun.dep_ == "compound":
        noun = noun.head
        yield noun
