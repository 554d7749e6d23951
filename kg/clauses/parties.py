"""Who takes part in what a noun tells of, where it stands in a clause of theirs.

Relations: https://universaldependencies.org/en/dep/
"""

from collections.abc import Iterator

from spacy.tokens import Token

from kg.clauses.phrases import SUBJECTS, several
from kg.clauses.placing import TEMPORAL
from kg.clauses.references import Reference
from kg.clauses.subjects import Subjects
from kg.clauses.tokens import has_case, is_object
from kg.lexicon import read_words
from kg.schema import GUEST, HOST

FOR, WITH = frozenset({"for"}), frozenset({"with"})
PREDICATED = {"subject": frozenset({"in", "at", "on"}), "object": frozenset({"under"})}
CLAUSE_DEPTH = 6
"""Steps from a noun to the verb of its clause."""

ATTENDED = TEMPORAL | {"in", "at"}


class Parties(Subjects):
    """The parties of event nouns that hang on a verb."""

    def _convened(self, noun: Token) -> Iterator[tuple[str, list[Reference]]]:
        """ "Trump received Macron for talks": both take part."""
        judged = noun.head.lemma_ in read_words("verbs.tsv", "judging")
        if noun.dep_ == "obl" and noun.head.pos_ == "VERB" and has_case(noun, FOR) and not judged:
            guests = [child for child in noun.head.children if child.dep_ == "obj"]
            if guests:
                hosting = noun.head.lemma_ in read_words("verbs.tsv", "hosting")
                yield (HOST if hosting else "subject"), self._subject(noun.head)
                yield (GUEST if hosting else "object"), self._group(guests[0])

    def _predicated(self, noun: Token) -> Iterator[tuple[str, list[Reference]]]:
        """ "They are in talks", "at war": they take part; "he is under investigation": it is done to him."""
        position = next((told for told, cases in PREDICATED.items() if has_case(noun, cases)), None)
        if position is None:
            return
        if any(child.dep_ == "cop" for child in noun.children):
            yield position, self._subject(noun)
        elif noun.dep_ == "nmod" and noun.head.head == noun.head:
            yield position, self._group(noun.head)  # headlines: "Israel, Hamas in talks"

    def _wielded(self, noun: Token) -> Iterator[tuple[str, list[Reference]]]:
        """ "Hit Iran with sanctions", "responded with air strikes", "was hit by tariffs"."""
        verb, struck = noun.head, noun.head.lemma_ in read_words("striking.txt")
        wielded = noun.dep_ == "obl" and has_case(noun, WITH) and verb.lemma_ in read_words("verbs.tsv", "wielding")
        if self._passive(verb) and (wielded or (noun.dep_ == "obl:agent" and struck)):
            yield "object", self._subject(verb)
        elif wielded:
            yield "subject", self._subject(verb)
            yield from (("object", self._group(child)) for child in verb.children if is_object(child))

    def _minded(self, noun: Token) -> Iterator[tuple[str, list[Reference]]]:
        """ "Putin expressed openness to talks", "Putin is open to talks": he is one of the parties."""
        governor = noun.head
        if governor.lemma_ not in read_words("nouns.tsv", "attitude"):
            return
        if noun.dep_ in {"nmod", "obl"} and governor.pos_ == "ADJ":
            yield "group", self._subject(governor)
        elif noun.dep_ == "nmod" and governor.dep_ == "obj" and governor.head.pos_ == "VERB":
            owner = next((child for child in governor.children if child.dep_ == "nmod:poss"), None)
            yield "group", self._group(owner) if owner is not None else self._subject(governor.head)

    def _party(self, noun: Token) -> list[Reference]:
        """ "The two leaders welcomed the resumption of talks": several subjects of the clause of a noun without any."""
        token = noun
        for _ in range(CLAUSE_DEPTH):
            if token.dep_ in {"root", "ROOT", "acl:relcl"} or token.dep_ in SUBJECTS:
                return []
            token = token.head
            if token.pos_ == "VERB" and not self._passive(token):
                return several(self._subject(token))
        return []

    def _attending(self, noun: Token) -> list[Reference]:
        """ "Zelenskiy said after a meeting with Merz …": the one who does something then met Merz, or who tells it."""
        if noun.dep_ not in {"obl", "nmod"} or not has_case(noun, ATTENDED):
            return []
        token = noun.head
        for _ in range(CLAUSE_DEPTH):
            if token.pos_ == "VERB":
                subject = self._subject(token)
                if subject or token.dep_ not in {"ccomp", "advcl", "xcomp"}:
                    return subject
            elif token.dep_ not in {"obl", "nmod"}:
                return []
            token = token.head
        return []
