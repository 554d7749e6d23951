"""Who does what a verb says, along Universal Dependencies trees.

Passives, relative clauses, participles, control and coordination lead to the actor that is meant.
Relations: https://universaldependencies.org/en/dep/
"""

from collections.abc import Sequence

from spacy.tokens import Doc, Span, Token

from kg.clauses.phrases import BEFORE_NOUN, DEPTH, SUBJECTS, Phrases, several
from kg.clauses.references import Reference
from kg.clauses.tokens import OBJECTS, has_features, is_infinitive, is_misjoined, is_object
from kg.lexicon import read_pairs, read_words
from kg.model import Actor

SHARING = frozenset({"conj", "advcl", "parataxis", "aux", "cop", "xcomp"})
"""Relations of a verb without a subject to the verb whose subject it has."""

RELATIVES = frozenset({"who", "which", "that", "whom"})
PRONOUNS = frozenset({"he", "she", "it", "they"})
PURPOSES = frozenset({"advcl", "acl", "xcomp"})
HELPING = frozenset({"help", "support", "assist", "aid", "rebuild"})
REASONS = frozenset({"of", "from", "for", "over"})
"""What stands before the gerund of those who are blamed, punished, praised or kept from it."""


class Subjects(Phrases):
    """The phrases of one article, and the subjects of its verbs."""

    def __init__(self, doc: Doc, spans: Sequence[Span], actors: Sequence[Actor]) -> None:
        super().__init__(doc, spans, actors)
        self.supports = read_pairs("supports.tsv")

    def _passive(self, verb: Token) -> bool:
        if any(child.dep_ == "aux:pass" for child in verb.children):
            return True
        if any(child.dep_ == "nsubj:pass" for child in verb.children):  # headlines: "Minister arrested"
            # "Parliament appointed Jane Roe": the tree errs where there is an object.
            return not any(child.dep_ == "obj" and child.i in self.at for child in verb.children)
        participle = has_features(verb, "VerbForm=Part", "Tense=Past")
        bare = verb.dep_ in {"acl", "amod", "advcl", "xcomp"} and not any(
            child.dep_ == "aux" for child in verb.children
        )
        return participle and (bare or self._shares_passive(verb))

    def _shares_passive(self, verb: Token) -> bool:
        """ "Was arrested and charged": the second participle goes on with the passive of the first."""
        own = any(child.dep_ == "aux" or child.dep_ in SUBJECTS | OBJECTS for child in verb.children)
        return verb.dep_ == "conj" and not own and self._passive(verb.head)

    def _subject(self, verb: Token, depth: int = 0) -> list[Reference]:
        governor = verb.head
        subjects = [child for child in verb.children if child.dep_ in SUBJECTS]
        full = (child for child in subjects if child.lower_ not in RELATIVES)
        own = next(full, subjects[0] if subjects else None)  # of "which both have criticised" it is "both"
        if (
            len(subjects) > 1
            and (planning := self._announced(verb)) is not None
            and own is not None
            and own.i < planning.i
        ):
            own = next((child for child in subjects if child.i > planning.i), own)
        if own is None and verb.dep_ != "acl:relcl":  # English puts no object there: the tree errs
            own = next((child for child in verb.lefts if child.dep_ == "obj"), None)
        if own is not None:
            relative = own.lower_ in RELATIVES and verb.dep_ == "acl:relcl"
            if (governor if relative else own).lemma_ in read_words("nouns.tsv", "draft"):
                return []
            if relative:
                return self._group(governor)
            if own.lower_ == "they" and own.i not in self.at and (acting := self._several_acting(own)):
                return acting
            reported = verb.dep_ == "ccomp" and own.lower_ in PRONOUNS and own.i not in self.at
            return self._subject(governor, depth + 1) if reported and depth < DEPTH else self._group(own)
        if depth == DEPTH or governor == verb:
            return []
        if self._announced(governor) == verb:
            return self._group(next(child for child in governor.children if child.dep_ in SUBJECTS))
        complement = verb.dep_ in {"xcomp", "ccomp"}
        held = complement or (verb.dep_ == "advcl" and self._held_against(verb))
        accused = held and governor.lemma_ in read_words("verbs.tsv", "gerund")
        if accused or (complement and governor.lemma_ in read_words("verbs.tsv", "control")):
            controlling = [child for child in governor.children if child.dep_ in OBJECTS]
            if controlling:
                return self._group(controlling[0])
        if verb.dep_ == "advcl" and verb.lemma_ in read_words("verbs.tsv", "harming") and self._passive(governor):
            return next((self._group(child) for child in governor.children if child.dep_ == "obl:agent"), [])
        if verb.dep_ in SHARING:
            return self._subject(governor.head if is_misjoined(verb) else governor, depth + 1)
        if verb.dep_.startswith("acl") and governor.pos_ in {"NOUN", "PROPN", "PRON"}:
            if verb.dep_ == "acl" and governor.i not in self.at and self._purposed(verb):
                return self._owner(governor, depth)
            return self._group(governor) or self._equated(governor)
        return []

    def _objects(self, verb: Token) -> list[Token]:
        """Its objects; "named Jane Roe foreign minister": trees take the one for the other."""
        objects = [child for child in verb.children if is_object(child)]
        return objects or [child for child in verb.children if child.dep_ == "xcomp" and child.ent_type_ == "PER"]

    def _announced(self, saying: Token) -> Token | None:
        """ "Xi to host Lula in May, ministry says": the infinitive whose subject hangs on the verb of saying."""
        first = next((child for child in saying.children if child.dep_ in SUBJECTS), None)
        if first is None:
            return None
        behind = (child for child in saying.children if child.dep_ == "ccomp" and first.i < child.i < saying.i)
        return next((child for child in behind if is_infinitive(child)), None)

    def _purposed(self, verb: Token) -> bool:
        """ "the decision to withdraw", "the importance of working together": not what the noun itself does."""
        return any(child.dep_ == "mark" and child.i < verb.i for child in verb.children)

    def _helped(self, verb: Token) -> list[Reference]:
        """ "Gave €5 million to help Moldova through the winter": for whom that is."""
        given = [verb, *(child for child in verb.children if child.dep_ in OBJECTS)]
        purposes = [child for word in given for child in word.rights if child.dep_ in PURPOSES]
        helping = [word for word in purposes if word.lemma_ in HELPING and is_infinitive(word)]
        return [ref for word in helping for child in word.children if child.dep_ == "obj" for ref in self._group(child)]

    def _held_against(self, verb: Token) -> bool:
        """ "Accused them of", "sanctioned them for buying": what those do to whom something is done for it."""
        return any(child.lower_ in REASONS for child in verb.lefts if child.dep_ in {"mark", "case"})

    def _owner(self, noun: Token, depth: int) -> list[Reference]:
        """Who decided in "Russia's decision to withdraw" and in "Putin announced a plan to withdraw"."""
        for child in noun.children:
            if child.dep_ == "nmod:poss" or child.dep_ in BEFORE_NOUN:
                group = self._group(child) if child.dep_ == "nmod:poss" else list(self._names_before(child))
                if group:
                    return group
        if noun.dep_ not in OBJECTS or noun.head.pos_ != "VERB" or depth == DEPTH:
            return []
        given = next((child for child in noun.head.children if child.dep_ == "iobj"), None)  # "gave Russia a week to"
        if given is not None:
            return self._group(given)
        # Who discusses a campaign to do something does not do it; who announces a plan does.
        return self._subject(noun.head, depth + 1) if noun.head.lemma_ in self.supports else []

    def _equated(self, noun: Token) -> list[Reference]:
        """ "The candidates elected were Quat and Chan": what a copula says that the noun is."""
        equal = noun.dep_ in SUBJECTS and any(child.dep_ == "cop" for child in noun.head.children)
        return self._group(noun.head) if equal else []

    def _several_acting(self, pronoun: Token) -> list[Reference]:
        """ "They" are the several subjects of the sentence before: "The two leaders met. They agreed …"."""
        before = pronoun.sent.start - 1
        if before < 0:
            return []
        main = self.doc[before].sent.root
        subject = next((child for child in main.children if child.dep_ in SUBJECTS), None)
        if subject is None or subject.lower_ == "they":
            return []
        return several(self._group(subject))
