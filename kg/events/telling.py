"""Which verb tells of an event, and how: in a main clause, in the simple past, or as an act done by saying it."""

from itertools import islice

from spacy.tokens import Token

from kg.events.cues import MOST_CHILDREN, is_definite
from kg.lexicon import read_words

STEPS = 6  # up a tree, from a time or an event noun to the verb of its clause
CLAUSES = frozenset({"ccomp", "acl:relcl", "parataxis"})
NO_CLAUSE = frozenset({"nsubj", "nsubj:pass", "mark", "case"})
MEANS = frozenset({"by", "through", "thereby"})
PASSIVE = frozenset({"was", "were"})
PRESENT = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"})


def opens_clause(word: Token) -> bool:
    """Whether a word heads a clause with a time of its own: "by firing" and "killing five" do not."""
    if word.dep_ != "advcl":
        return word.dep_ in CLAUSES
    own = any(child.dep_ in NO_CLAUSE and child.lower_ not in MEANS for child in islice(word.lefts, MOST_CHILDREN))
    return own or not word.lower_.endswith("ing")


def verb_over(token: Token) -> Token | None:
    """The verb of the clause that a word stands in."""
    for _ in range(STEPS):
        if token.pos_ == "VERB" and not (token.dep_ == "advcl" and not opens_clause(token)):
            return token
        if token.head == token:
            return None
        token = token.head
    return None


def telling_verb(trigger: Token) -> Token | None:
    """The verb that tells of the event: the trigger, a light verb over it, or one whose clause brings it in as new."""
    verb = verb_over(trigger)
    if verb is None or trigger.pos_ == "VERB" or verb.lemma_ in read_words("supports.tsv"):
        return verb
    return verb if trigger.head == verb and not is_definite(trigger) else None


def tells_past(verb: Token) -> bool:
    """Whether a verb tells something in the simple past in a main clause: no "had met", "has met", "would meet"."""
    joined = verb.dep_ == "conj" and not _auxiliaries(verb)  # "three were killed and 172 injured"
    return _is_past(verb.head if joined and "VerbForm=Part" in verb.morph else verb) and _is_main(verb)


def acts_now(verb: Token) -> bool:
    """Whether a main clause does what it says by saying it: "the EU is allocating €145 million", "we agree"."""
    auxiliaries = _auxiliaries(verb)
    progressive = verb.lower_.endswith("ing") and bool(auxiliaries) and auxiliaries <= PRESENT
    present = {"Tense=Pres", "VerbForm=Fin"} <= set(str(verb.morph).split("|")) and not auxiliaries
    return (progressive or present) and verb.lemma_ in read_words("performatives.txt") and _is_main(verb)


def _auxiliaries(verb: Token) -> frozenset[str]:
    children = islice(verb.lefts, MOST_CHILDREN)
    return frozenset(child.lower_ for child in children if child.dep_ in {"aux", "aux:pass"})


def _is_past(verb: Token) -> bool:
    auxiliaries = _auxiliaries(verb)
    if "VerbForm=Part" in verb.morph:
        return bool(auxiliaries) and auxiliaries <= PASSIVE
    return {"Tense=Past", "VerbForm=Fin"} <= set(str(verb.morph).split("|")) and not auxiliaries


def _is_main(verb: Token) -> bool:
    """Also of a clause before "…, officials said"."""
    for _ in range(STEPS):
        if verb.head == verb or verb.dep_ == "parataxis":
            return True
        if verb.dep_ == "ccomp":
            return verb.i < verb.head.i
        if verb.dep_ != "conj":
            return False
        verb = verb.head
    return False
