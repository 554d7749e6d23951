"""Phrases along Universal Dependencies trees: which actors a head word and what is coordinated with it name."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from kg.clauses.references import Reference, References
from kg.clauses.tokens import has_case
from kg.lexicon import read_words
from kg.model import GENDERS, MentionKind

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
BEFORE_NOUN = frozenset({"amod", "compound", "nmod:desc", "nmod:unmarked"})
INSIDE = BEFORE_NOUN | {"nmod:poss", "nmod", "flat", "appos", "nummod", "obl:unmarked"}
"""Relations from the head of a phrase to a name inside it: "Iranian nuclear sites", "dozens of Ukrainian cities"."""

OF = frozenset({"of"})
SENT = OF | {"from"}
"""Prepositions of those whom somebody stands for: "officials from Panama and the U.S."."""
JOINTS = frozenset({",", "and", "the", "as", "well"})
STATES = frozenset({"LOC", "NORP", "ORG"})
"""Labels of names that may stand for a state or a body: one list may have several of them."""
SAME = frozenset({"appos", "flat"})
"""Those that name the same: "the head of the council, Enver Solomon" is Solomon, not the council."""

PLACE_NOUNS = frozenset(
    {"city", "town", "village", "port", "province", "region", "district", "state", "island", "capital", "area"}
    | {"territory", "airspace", "soil", "waters", "coast", "border", "outskirts", "suburb", "governorate"}
    | {"oblast", "county", "municipality", "prefecture"}
)
THEIR_REACH = 60
"""Tokens from "their" back to those whose it is: two sentences."""
LOYAL = frozenset({"loyal", "affiliated"})
LIKENESS = frozenset({"style", "type", "like", "era"})
DEPTH = 3
"""Steps from the head of a phrase to a name inside it, and from a verb to the one whose subject it has."""


def several(group: list[Reference]) -> list[Reference]:
    """The group if it is of more than one actor, else nobody."""
    return group if len({actor for ref in group for actor in ref.actors}) > 1 else []


def _kind(ref: Reference) -> str:
    """ "He and President Macron": a pronoun's label is its gender."""
    return "PER" if ref.mention.label in GENDERS else ref.mention.label


def _is_leaving(word: Token) -> bool:
    """ "Withdrew troops from Chad", "the withdrawal of troops from Chad": these are not Chad's."""
    return word.lemma_ in read_words("verbs.tsv" if word.pos_ == "VERB" else "nouns.tsv", "leaving")


class Phrases(References):
    """The references of one article, and the phrases that they stand in."""

    def _group(self, head: Token) -> list[Reference]:
        """The references of a phrase and of what is coordinated with it, in text order."""
        found = dict[Reference, None]()
        for token in (head, *self._conjuncts(head)):
            ref = self._inside(token)
            if ref is not None and token != head and ref.mention.kind is MentionKind.PRONOUN and token.i not in self.at:
                continue  # "dismissed her and his cabinet": whose it is was not dismissed
            if ref is not None and not (found and self._apposed(next(iter(found)), ref)):
                found |= dict.fromkeys(
                    [ref, *self._apposed_list(token, ref), *self._listed_after(ref), *self._called(token)]
                )
        return list(found)

    def _apposed(self, first: Reference, ref: Reference) -> bool:
        """ "Putin, Russia": a comma alone joins no person and country."""
        between = {token.lower_ for token in self.doc[first.end : ref.start]}
        return first.mention.label != ref.mention.label and "and" not in between and "," in between

    def _apposed_list(self, noun: Token, first: Reference) -> list[Reference]:
        """ "The councillors Alvin Yeung from …, Fernando Cheung of … and Raymond Chan": all that the noun calls so."""
        root = self._root(first)
        if root == noun or root.dep_ not in SAME:
            return []
        refs = (self.at.get(token.i) for token in self._conjuncts(root))
        return [ref for ref in refs if ref is not None and _kind(ref) == _kind(first)]

    def _called(self, noun: Token) -> list[Reference]:
        """ "The Ukrainian port of Odesa" names Odesa besides Ukraine."""
        if noun.lower_ not in PLACE_NOUNS:
            return []
        inner = (
            child for child in noun.children if child.dep_ == "nmod" and child.i in self.at and has_case(child, OF)
        )
        return [self.at[child.i] for child in inner]

    def _listed_after(self, ref: Reference) -> list[Reference]:
        """What follows in a list such as "President Macron, Chancellor Merz and Prime Minister Starmer".

        Trees of long lists of titles and names are often wrong. Names joined by commas alone are no list; and in "met
        Putin, and Macron said" the second is the subject of another clause.
        """
        listed, last = list[Reference](), ref
        waiting = list[Reference]()  # for the "and" before the last one
        while (following := self._next(last)) is not None:
            joints = {token.lower_ for token in self.doc[last.end : following.start]}
            root, before = self._root(following), self._root(last)
            if not joints or not joints <= JOINTS or (root.dep_ in SUBJECTS and before.dep_ not in SUBJECTS):
                break
            if root.dep_ == "nmod:poss" and before.dep_ != "nmod:poss":
                break  # "met Lavrov and Putin's wife"
            if joints == {","} and root.dep_ == "nmod:unmarked" and root.head == before:
                last = following  # "Riyadh, Saudi Arabia, and Ankara, Turkey" are two
                continue
            waiting.append(following)
            if "and" in joints:
                listed += waiting
                waiting.clear()
            last = following
        return listed

    def _next(self, ref: Reference) -> Reference | None:
        i = ref.end
        while i < len(self.doc) and i not in self.at and self.doc[i].lower_ in JOINTS:
            i += 1
        following = self.at.get(i)
        alike = following is not None and (_kind(following) == _kind(ref) or self._coordinated(ref, following))
        return following if alike else None

    def _coordinated(self, ref: Reference, following: Reference) -> bool:
        """ "US and Iranian officials", "the EU and Ukraine": names of different kinds that the tree joins."""
        root, before = self._root(following), self._root(ref)
        joined = root.dep_ == "conj" and root.head in {before, before.head}
        beside = root.head == before.head and {root.dep_, before.dep_} <= BEFORE_NOUN
        return {_kind(ref), _kind(following)} <= STATES and (joined or beside)

    def _root(self, ref: Reference) -> Token:
        return self.doc[ref.start : ref.end].root

    def _conjuncts(self, head: Token) -> Iterable[Token]:
        for child in head.children:
            if child.dep_ == "conj" or (child.dep_ == "appos" and self._is_another(head, child)):
                yield child
                yield from self._conjuncts(child)

    def _is_another(self, head: Token, apposed: Token) -> bool:
        """Headlines: "Japan's Ishiba, Korea's Lee agree"; nobody has two names one behind the other."""
        one, other = self.at.get(head.i), self.at.get(apposed.i)
        if one is None or other is None or one.actors == other.actors:
            return False
        between = {token.text for token in self.doc[one.end : other.start]}
        people = all(ref.mention.kind is MentionKind.NAME and ref.mention.label == "PER" for ref in (one, other))
        return people and "," in between and not between & {'"', "“", "("}

    def _inside(self, head: Token, depth: int = 0) -> Reference | None:
        """The reference at the head of a phrase, else the first inside it."""
        ref = self.at.get(head.i)
        if ref is not None or depth == DEPTH:
            return ref
        sent = head.pos_ == "NOUN" and head.lemma_ not in read_words("nouns.tsv", "uttered")
        cases = SENT if sent and not _is_leaving(head.head) else OF
        kin = head.lemma_ in read_words("nouns.tsv", "kin")
        for child in sorted(head.children, key=self._rank):
            of = child.dep_ != "nmod" or has_case(child, cases)
            if child.lower_ in LOYAL and (loyal := self._loyal_to(child)) is not None:
                return loyal
            if kin and child.dep_ in {"nmod:poss", "nmod"}:
                continue  # "killed her and her husband", "the father of": not whose husband he is twice
            hosting = child.dep_ == "obj" and head.dep_ == "conj"  # "Ukraine and refugee-hosting Moldova"
            if (hosting or child.dep_ in INSIDE) and of and (ref := self._inside(child, depth + 1)) is not None:
                return ref
        return None

    def _rank(self, inner: Token) -> tuple[bool, bool]:
        """Those first that name the same, those last whose the thing is."""
        return not self._is_same(inner), self._is_owner(inner)

    def _is_same(self, noun: Token) -> bool:
        """ "The head of the council, Enver Solomon" is Solomon; "Benue state, Nigeria" is Benue."""
        wider = noun.head.lower_ in PLACE_NOUNS and any(child.text == "," for child in noun.lefts)
        return noun.dep_ in SAME and not wider

    def _loyal_to(self, adjective: Token) -> Reference | None:
        """ "Forces loyal to Haftar" are his."""
        to = (
            child for child in adjective.children if child.dep_ in {"obl", "nmod"} and has_case(child, {"to", "with"})
        )
        return next((ref for child in to if (ref := self.at.get(child.i)) is not None), None)

    def _is_owner(self, modifier: Token) -> bool:
        """ "Babiš's ANO party" is ANO, "Russia's Saratov region" is Saratov."""
        ref = self.at.get(modifier.i) if modifier.dep_ == "nmod:poss" else None
        return ref is not None and (_kind(ref) == "PER" or modifier.head.lower_ in PLACE_NOUNS)

    def _names_before(self, modifier: Token) -> Iterator[Reference]:
        """ "U.S.-China trade talks": all names among the words before the noun, but for "a Bosnia-style war"."""
        if modifier.lower_ in LIKENESS:
            return
        ref = self.at.get(modifier.i)
        if ref is not None:
            yield ref
        for child in modifier.children:
            if child.dep_ in BEFORE_NOUN | {"conj", "flat"}:
                yield from self._names_before(child)

    def _several_before(self, pronoun: Token) -> list[Reference]:
        """The nearest coordination of names, or plural role, before "their"."""
        if pronoun.lower_ != "their":
            return []
        for i in range(pronoun.i - 1, max(-1, pronoun.i - 1 - THEIR_REACH), -1):
            ref = self.at.get(i)
            if ref is not None and ref.end == i + 1:
                first = self._root(ref)
                while first.dep_ == "conj":
                    first = first.head
                group = self._group(first)
                if len(group) > 1 or len(ref.actors) > 1:
                    return group
        return []
