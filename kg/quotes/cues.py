"""Cues: verbs that introduce what somebody said, and how their content stands beside them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Token

from kg.clauses import is_infinitive
from kg.lexicon import read_rows

DEMANDING = "DEMAND"
ADDRESSED, INFINITIVE = "addressed", "infinitive"  # see kg/lexicon/acts.tsv


class Kind(StrEnum):
    """What stands for the content of a verb; see kg/lexicon/speech_verbs.tsv."""

    CLAUSE = "clause"
    INTENT = "intent"
    REQUEST = "request"
    CONTENT = "content"
    ACT = "act"
    NAMING = "naming"
    QUOTE = "quote"
    LEADS = "leads"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A verb of saying, with the particle or preposition that belongs to it."""

    verb: Token
    kind: Kind
    particle: Token | None = None
    addressee: str = ""  # the position of who is spoken to: "object", or a preposition
    things: bool = False  # whether the object must be no person
    given: bool = False  # whether it judges what is given instead of claiming it

    @property
    def text(self) -> str:
        """As it stands in the text: "called for"."""
        return self.verb.text if self.particle is None else f"{self.verb.text} {self.particle.text}"

    def act(self, *, addressed: bool) -> str | None:
        """What is done by saying so, as a category of PLOVER: "called for" demands, and so does "said that X must".

        `addressed` is whether the text names whom it is said to.
        """
        lemma = self.verb.lemma_ if self.particle is None else f"{self.verb.lemma_} {self.particle.lower_}"
        named, condition = _acts().get(lemma, (None, ""))
        if (condition == ADDRESSED and not addressed) or (condition == INFINITIVE and not _asks_to(self.verb)):
            return None
        return named or (DEMANDING if self.kind is Kind.CLAUSE and _obliges(self.verb) else None)

    @classmethod
    def of_any(cls, verb: Token) -> "Cue | None":
        """Any verb as a cue, for places where only a quotation can follow."""
        return (cue_at(verb) or cls(verb=verb, kind=Kind.QUOTE)) if verb.pos_ == "VERB" else None


def _obliges(verb: Token) -> bool:
    """ "Said that China must drop barriers", but not "said that he must leave"."""
    clauses = (child for child in verb.children if child.dep_ == "ccomp")
    for clause in clauses:
        subject = next((child for child in clause.children if child.dep_ == "nsubj"), None)
        if subject is not None and subject.pos_ != "PRON" and any(c.lemma_ == "must" for c in clause.children):
            return True
    return False


def cue_at(verb: Token) -> Cue | None:
    """The cue that this token is, also with the word after it ("point out"); None when it introduces no speech."""
    if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"amod", "compound"}:
        return None
    following = verb.nbor() if verb.i + 1 < len(verb.doc) else None
    rows = _rows()
    row = rows.get(f"{verb.lemma_} {following.lower_}") if following is not None else None
    if row is not None:
        return Cue(verb=verb, particle=following, kind=row[0], addressee=row[1], things=row[2], given=row[3])
    row = rows.get(verb.lemma_)
    return Cue(verb=verb, kind=row[0], addressee=row[1], things=row[2], given=row[3]) if row is not None else None


def _asks_to(verb: Token) -> bool:
    inner = (child for child in verb.children if child.dep_ in {"xcomp", "ccomp"})
    return any(is_infinitive(clause) for clause in inner)


@cache
def _acts() -> dict[str, tuple[str | None, str]]:
    return {lemma: (act, condition) for lemma, act, condition in read_rows("acts.tsv", 3)}


@cache
def _rows() -> dict[str, tuple[Kind, str, bool, bool]]:
    return {
        lemma: (Kind(kind), addressee.strip("-"), things == "things", given == "given")
        for lemma, kind, addressee, things, given in read_rows("speech_verbs.tsv", 5)
    }
