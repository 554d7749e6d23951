"""Which verb tells of an event, and how: in a main clause, in the simple past, or as an act done by saying it."""

from itertools import islice

from spacy.tokens import Token

from kg.clauses import MOST_CHILDREN, has_features, is_infinitive
from kg.events.cues import is_definite
from kg.lexicon import read_words

STEPS = 6  # up a tree, from a time or an event noun to the verb of its clause
CLAUSES = frozenset({"ccomp", "acl:relcl", "parataxis"})
NO_CLAUSE = frozenset({"nsubj", "nsubj:pass", "mark", "case"})
SAYING = ("clause", "quote")
"""Kinds of speech verbs that take no event for their object."""
GOVERNED = frozenset({"obj", "nsubj", "nsubj:pass", "obl"})
MEANS = frozenset({"by", "through", "thereby"})
OFTEN = frozenset({"nightly", "daily", "weekly", "routinely", "regularly", "constantly", "often", "usually", "always"})
EACH = frozenset({"every", "each", "whenever"})
TIMES = frozenset({"obl", "obl:unmarked", "obl:tmod", "nmod:unmarked", "advcl", "advmod"})
"""Relations of what tells when: "each time Moscow attacks, Brussels adopts sanctions"."""
WHEN = frozenset({"when", "as"})
PASSIVE = frozenset({"was", "were"})
PRESENT = frozenset({"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "’m"})


def opens_clause(word: Token) -> bool:
    """Whether a word heads a clause with a time of its own: "by firing" and "killing five" do not."""
    if word.dep_ != "advcl":
        return word.dep_ in CLAUSES
    own = any(child.dep_ in NO_CLAUSE and child.lower_ not in MEANS for child in islice(word.lefts, MOST_CHILDREN))
    return own or not word.lower_.endswith("ing")


def reports(verb: Token) -> bool:
    """Whether a verb tells what somebody said; "agreed on Friday to meet" and "announced a truce" tell of acts."""
    if any(verb.lemma_ in read_words("speech_verbs.tsv", kind) for kind in SAYING):
        return True
    told = any(child.dep_ in {"ccomp", "parataxis"} for child in islice(verb.children, MOST_CHILDREN))
    return told and verb.lemma_ in read_words("speech_verbs.tsv")


def verb_over(token: Token) -> Token | None:
    """The verb of the clause that a word stands in; of "broke off to phone Putin" the first."""
    for _ in range(STEPS):
        carried = token.dep_ == "advcl" and (is_infinitive(token) or not opens_clause(token))
        elects = token.dep_ == "xcomp" and token.lemma_ in read_words("verbs.tsv", "choosing")  # "vote to elect"
        if token.pos_ == "VERB" and not (carried or elects):
            return token
        if token.head == token:
            return None
        token = token.head
    return None


def telling_verb(trigger: Token) -> Token | None:
    """The verb that tells of the event: the trigger, a light verb over it, or one whose clause brings it in as new."""
    if trigger.pos_ == "VERB":
        return verb_over(trigger)
    noun = trigger
    for _ in range(STEPS):
        if noun.head.pos_ == "VERB" or not _counts_in(noun):
            break
        noun = noun.head
    if noun.head.pos_ != "VERB" or noun.dep_ not in GOVERNED:
        return None
    light = noun.head.lemma_ in read_words("supports.tsv") and noun.dep_ != "obl"
    return verb_over(noun.head) if light or (noun == trigger and not is_definite(trigger)) else None


def _counts_in(noun: Token) -> bool:
    """ "A round of talks", "€153 million in aid"."""
    return noun.dep_ in {"compound", "conj"} or (
        noun.dep_ == "nmod" and any(child.lower_ in {"of", "in"} for child in islice(noun.lefts, MOST_CHILDREN))
    )


def tells_past(verb: Token) -> bool:
    """Whether a verb tells something in the simple past in a main clause: no "had met", "has met", "would meet"."""
    joined = verb.dep_ == "conj" and not _auxiliaries(verb)  # "three were killed and 172 injured"
    return _is_past(verb.head if joined and "VerbForm=Part" in verb.morph else verb) and _is_main(verb)


def tells_present(verb: Token) -> bool:
    """Whether a main clause tells something in the simple present: "two people are killed when a bus crashes"."""
    circumstance = verb.dep_ == "advcl" and any(
        child.lower_ in WHEN for child in islice(verb.lefts, MOST_CHILDREN) if child.dep_ in {"advmod", "mark"}
    )
    if circumstance:
        return _is_present(verb) and verb.head.dep_ != "advcl" and tells_present(verb.head)
    joined = verb.dep_ == "conj" and not _auxiliaries(verb) and "VerbForm=Part" in verb.morph
    return _is_present(verb.head if joined else verb) and _is_main(verb) and not is_habit(verb)


def acts_now(verb: Token) -> bool:
    """Whether a main clause does what it says by saying it: "the EU is allocating €145 million", "we agree"."""
    auxiliaries = _auxiliaries(verb)
    progressive = verb.lower_.endswith("ing") and bool(auxiliaries) and auxiliaries <= PRESENT
    present = has_features(verb, "Tense=Pres", "VerbForm=Fin") and not auxiliaries
    done = (progressive or present) and verb.lemma_ in read_words("performatives.txt")
    return done and _is_main(verb) and not is_habit(verb)


def is_habit(verb: Token) -> bool:
    """ "Attacks cities almost every night", "each time Moscow attacks, …"."""
    around = tuple(islice(verb.children, MOST_CHILDREN))
    inner = (child for phrase in around if phrase.dep_ in TIMES for child in islice(phrase.lefts, MOST_CHILDREN))
    return any(child.lower_ in OFTEN for child in around) or any(child.lower_ in EACH for child in inner)


def _auxiliaries(verb: Token) -> frozenset[str]:
    children = islice(verb.lefts, MOST_CHILDREN)
    return frozenset(child.lower_ for child in children if child.dep_ in {"aux", "aux:pass"})


def _is_past(verb: Token) -> bool:
    auxiliaries = _auxiliaries(verb)
    if "VerbForm=Part" in verb.morph:
        return bool(auxiliaries) and auxiliaries <= PASSIVE
    return has_features(verb, "Tense=Past", "VerbForm=Fin") and not auxiliaries


def _is_present(verb: Token) -> bool:
    auxiliaries = _auxiliaries(verb)
    if "VerbForm=Part" in verb.morph:
        return bool(auxiliaries) and auxiliaries <= PRESENT and not verb.lower_.endswith("ing")
    return has_features(verb, "Tense=Pres", "VerbForm=Fin") and not auxiliaries


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
