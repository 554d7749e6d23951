"""What a preposition and the words over it say of where something is, and of when."""

from spacy.tokens import Token

from kg.clauses.phrases import DEPTH, PLACE_NOUNS, SUBJECTS
from kg.clauses.tokens import has_case

TEMPORAL = frozenset(
    {"since", "after", "before", "until", "during", "despite", "following", "amid", "amidst", "because", "given"}
    | {"ahead", "over"}
)
TOGETHER = frozenset({"during", "amid", "amidst"})
"""Those of them before what goes on at the same time, mostly at the same place."""
PLACING = frozenset({"in", "at", "near", "across", "throughout", "off"})
ALONG = frozenset({"on", "along"})
"""Prepositions that place with a noun of places alone: "on the outskirts of Tripoli", not "on Libya"."""
DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}
    | {"north-east", "north-west", "south-east", "south-west", "outside"}
)
"""Words before "of": "west of Omdurman"."""
NOMINAL_STEPS = frozenset({"nmod", "compound", "appos", "flat", "conj"})
STEPS = 6  # up a tree, from a noun to the subject of its clause


def places(preposition: Token) -> bool:
    """Whether a preposition says where something is."""
    if preposition.lower_ == "of":
        return preposition.i > 0 and preposition.nbor(-1).lower_ in DIRECTIONS
    return preposition.lower_ in PLACING or (preposition.lower_ in ALONG and preposition.head.lower_ in PLACE_NOUNS)


def verb_of_subject(noun: Token) -> Token | None:
    """The verb under whose subject a noun stands: "a spokesman in Berlin said"."""
    for _ in range(STEPS):
        if noun.dep_ in SUBJECTS:
            return noun.head
        if noun.dep_ not in NOMINAL_STEPS:
            return None
        noun = noun.head
    return None


def dates_another(noun: Token) -> bool:
    """ "Three days before the summit, bombers struck Iran": what follows happened elsewhere."""
    for _ in range(DEPTH):
        if has_case(noun, TEMPORAL - TOGETHER):
            return True
        if noun.dep_ not in {"nmod", "compound", "conj"}:
            return False
        noun = noun.head
    return False
