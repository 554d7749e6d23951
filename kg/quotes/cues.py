"""Cues: verbs that introduce what somebody said, and how their content stands beside them."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from spacy.tokens import Token

from kg.lexicon import read_rows


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

    @property
    def text(self) -> str:
        """As it stands in the text: "called for"."""
        return self.verb.text if self.particle is None else f"{self.verb.text} {self.particle.text}"

    @classmethod
    def of_any(cls, verb: Token) -> "Cue | None":
        """Any verb as a cue, for places where only a quotation can follow."""
        return (cue_at(verb) or cls(verb=verb, kind=Kind.QUOTE)) if verb.pos_ == "VERB" else None


def cue_at(verb: Token) -> Cue | None:
    """The cue that this token is, also with the word after it ("point out"); None when it introduces no speech."""
    if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"amod", "compound"}:
        return None
    following = verb.nbor() if verb.i + 1 < len(verb.doc) else None
    row = _rows().get(f"{verb.lemma_} {following.lower_}") if following is not None else None
    if row is not None:
        return Cue(verb=verb, kind=row[0], particle=following, addressee=row[1])
    row = _rows().get(verb.lemma_)
    return Cue(verb=verb, kind=row[0], addressee=row[1]) if row is not None else None


@cache
def _rows() -> dict[str, tuple[Kind, str]]:
    rows = read_rows("speech_verbs.tsv")
    return {row[0]: (Kind(row[1]), row[2] if len(row) > 2 else "") for row in rows}
