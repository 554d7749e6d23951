"""What stands around a trigger, along Universal Dependencies trees: subject, object, possessor, modifier, prepositions.

Passives, relative clauses, participles, control, coordination and light verbs lead to the actor that is meant.
Relations: https://universaldependencies.org/en/dep/
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.clauses.references import Reference, References
from kg.lexicon import read_rows
from kg.model import Actor, MentionKind

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
OBJECTS = frozenset({"obj", "iobj"})
OBLIQUES = frozenset({"obl", "obl:agent", "nmod"})
BEFORE_NOUN = frozenset({"amod", "compound", "nmod:desc", "nmod:unmarked"})
INSIDE = BEFORE_NOUN | {"nmod:poss", "nmod", "flat", "appos", "nummod", "obl:unmarked"}
"""Relations from the head of a phrase to a name inside it: "Iranian nuclear sites", "dozens of Ukrainian cities"."""

JOINTS = frozenset({",", "and", "the", "as", "well"})
SAME = frozenset({"appos", "flat"})
"""Those that name the same: "the head of the council, Enver Solomon" is Solomon, not the council."""

SHARING = frozenset({"conj", "advcl", "parataxis", "aux", "cop", "xcomp"})
"""Relations of a verb without a subject to the verb whose subject it has."""

RELATIVES = frozenset({"who", "which", "that", "whom"})
PRONOUNS = frozenset({"he", "she", "it", "they"})
OBJECT_CONTROL = frozenset(
    {"ask", "tell", "urge", "order", "force", "allow", "help", "persuade", "invite", "warn", "call", "press", "let"}
)
"""Verbs whose object does what the infinitive says: "urged Putin to meet"."""

PLACE_NOUNS = frozenset(
    {"city", "town", "village", "port", "province", "region", "district", "state", "island", "capital", "area"}
)
SYNONYMS = {"inside": "in", "within": "in", "onto": "on"}
BREAKS = frozenset({";", ":", "—", "--"})
PLACING = frozenset({"in", "at", "near"})
PLACE_REACH = 22
"""Tokens from a trigger to its place; what stands farther belongs to another noun."""

LOCATING = frozenset({"in", "at", "near", "off", "outside", "of", "into"})
NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "SYM"})
DEPTH = 3
"""Steps from the head of a phrase to a name inside it, and from a verb to the one whose subject it has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """An actor in a position of a trigger."""

    position: str
    actor: str
    group: int  # first token of the coordinated group that it stands in


class Clauses(References):
    """The positions around any token range of an article."""

    def __init__(self, doc: Doc, spans: Sequence[Span], actors: Sequence[Actor]) -> None:
        super().__init__(doc, spans, actors)
        self.supports = {row[0]: row[1] for row in read_rows("supports.tsv")}

    def arguments(self, start: int, end: int, sentence: int, *, verb: bool) -> tuple[Argument, ...]:
        """All actors in a position of the trigger `doc[start:end]`, the nearest positions first."""
        trigger, span = self.doc[start:end], self.spans[sentence]
        head = trigger.root
        found = [*(self._verb(head) if verb else self._noun(head)), *self._prepositions(trigger, head, verb)]
        found += self._where(head)
        arguments = dict[Argument, None]()
        for position, group in found:
            for ref in group:
                if span.start <= ref.start < span.end and not start <= ref.start < end:
                    for actor in ref.actors:
                        arguments[Argument(position=position, actor=actor, group=group[0].start)] = None
        return tuple(arguments)

    def governed_by(self, preposition: int, span: Span) -> tuple[str, ...]:
        """Actors of the group that the preposition at this token governs."""
        token = self.doc[preposition]
        while token.dep_ == "fixed":
            token = token.head
        group = self._group(token.head) if token.dep_ in {"case", "mark", "cc:preconj"} else []
        return tuple(actor for ref in group if span.start <= ref.start < span.end for actor in ref.actors)

    def located(self, end: int, span: Span) -> Iterator[tuple[int, str]]:
        """(token of the preposition, actor) of what "in", "at" or "near" precedes behind a trigger in its clause.

        For places alone: which word of the clause they hang on matters little, and trees err there.
        """
        for token in self.doc[end : min(span.end, end + PLACE_REACH)]:
            if token.text in BREAKS or token.lower_ in RELATIVES or (token.pos_ == "VERB" and not self._light(token)):
                return
            if token.dep_ == "case" and token.lower_ in PLACING:
                yield from ((token.i, actor) for actor in self.governed_by(token.i, span))

    def opening(self, span: Span) -> tuple[str, ...]:
        """Actors of the preposition that opens a sentence: "In the Iranian province of Gilan, …"."""
        return self.governed_by(span.start, span) if span[0].lower_ in PLACING and span[0].dep_ == "case" else ()

    def _light(self, verb: Token) -> bool:
        return verb.lemma_ in self.supports or verb.dep_ in {"amod", "acl"}

    def subject(self, i: int, span: Span) -> list[Reference]:
        """The group that does what the verb says."""
        return [ref for ref in self._subject(self.doc[i]) if span.start <= ref.start < span.end]

    # ── verbs ────────────────────────────────────────────────────────────────────────────────────

    def _verb(self, verb: Token) -> Iterator[tuple[str, list[Reference]]]:
        passive = self._passive(verb)
        yield ("object" if passive else "subject"), self._subject(verb)
        if not passive:
            yield from (("object", self._group(child)) for child in verb.children if child.dep_ in OBJECTS)

    def _passive(self, verb: Token) -> bool:
        if any(child.dep_ in {"aux:pass", "nsubj:pass"} for child in verb.children):
            return True
        participle = {"VerbForm=Part", "Tense=Past"} <= set(str(verb.morph).split("|"))
        bare = verb.dep_ in {"acl", "amod", "advcl"} and not any(child.dep_ == "aux" for child in verb.children)
        return participle and bare

    def _subject(self, verb: Token, depth: int = 0) -> list[Reference]:
        governor = verb.head
        own = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if own is not None:
            if own.lower_ in RELATIVES and verb.dep_ == "acl:relcl":
                return self._group(governor)
            reported = verb.dep_ == "ccomp" and own.lower_ in PRONOUNS and own.i not in self.at
            return self._subject(governor, depth + 1) if reported and depth < DEPTH else self._group(own)
        if depth == DEPTH or governor == verb:
            return []
        if verb.dep_ in {"xcomp", "ccomp"} and governor.lemma_ in OBJECT_CONTROL:
            controlling = [child for child in governor.children if child.dep_ in OBJECTS]
            if controlling:
                return self._group(controlling[0])
        if verb.dep_ in SHARING:
            return self._subject(governor, depth + 1)
        if verb.dep_.startswith("acl") and governor.pos_ in {"NOUN", "PROPN", "PRON"}:
            return self._group(governor) or self._equated(governor)
        return []

    def _equated(self, noun: Token) -> list[Reference]:
        """ "The candidates elected were Quat and Chan": what a copula says that the noun is."""
        equal = noun.dep_ in SUBJECTS and any(child.dep_ == "cop" for child in noun.head.children)
        return self._group(noun.head) if equal else []

    # ── nouns ────────────────────────────────────────────────────────────────────────────────────

    def _noun(self, noun: Token) -> Iterator[tuple[str, list[Reference]]]:
        for place in (noun, *self._above(noun)):
            for child in place.children:
                if child.dep_ == "nmod:poss":
                    yield "possessor", self._group(child) or self._several_before(child)
                elif child.dep_ in BEFORE_NOUN:
                    yield "modifier", list(self._names_before(child))
        support = self._support(noun)
        if support is not None and not self._passive(support) and noun.dep_ != "nsubj":
            yield self.supports[support.lemma_], self._subject(support)

    def _several_before(self, pronoun: Token) -> list[Reference]:
        """The nearest coordination of names, or plural role, before "their" in its sentence."""
        if pronoun.lower_ != "their":
            return []
        for i in range(pronoun.i - 1, pronoun.sent.start - 1, -1):
            ref = self.at.get(i)
            if ref is not None and ref.end == i + 1:
                first = self.doc[ref.start : ref.end].root
                while first.dep_ == "conj":
                    first = first.head
                group = self._group(first)
                if len(group) > 1 or len(ref.actors) > 1:
                    return group
        return []

    def _above(self, noun: Token) -> Iterator[Token]:
        """ "ceasefire talks": nouns that the event noun stands before."""
        while noun.dep_ == "compound":
            noun = noun.head
            yield noun

    def _names_before(self, modifier: Token) -> Iterator[Reference]:
        """ "U.S.-China trade talks": all names among the words before the noun."""
        ref = self.at.get(modifier.i)
        if ref is not None:
            yield ref
        for child in modifier.children:
            if child.dep_ in BEFORE_NOUN | {"conj", "flat"}:
                yield from self._names_before(child)

    def _support(self, noun: Token) -> Token | None:
        """The light verb that governs an event noun: "held their sixth phone call", "gave €1 million in aid"."""
        while noun.dep_ in {"compound", "conj", "nmod"} and noun.head.pos_ in NOMINAL:
            of = any(child.dep_ == "case" and child.lower_ == "of" for child in noun.children)
            if noun.dep_ == "nmod" and not of and noun.head.pos_ not in {"NUM", "SYM"}:
                break
            noun = noun.head
        verb = noun.head
        governed = noun.dep_ in {"obj", "obl", "nsubj:pass", "nsubj"} and verb.pos_ == "VERB"
        return verb if governed and verb.lemma_ in self.supports else None

    # ── prepositions ─────────────────────────────────────────────────────────────────────────────

    def _prepositions(self, trigger: Span, head: Token, verb: bool) -> Iterator[tuple[str, list[Reference]]]:
        governors = [*trigger, *self._above(head)]
        if not verb:
            support = self._support(head)
            governors += [support] if support is not None else []
            governors += [child for child in head.children if child.dep_.startswith("acl")]
        for governor in dict.fromkeys(governors):
            for child in governor.children:
                if trigger.start <= child.i < trigger.end:
                    continue
                meant = next((c for c in child.children if c.dep_ == "nsubj"), None)
                if meant is not None and any(c.dep_ == "mark" and c.lower_ == "for" for c in child.children):
                    yield "for", self._group(meant)  # "aid for Ukraine to rebuild"
                elif child.dep_ in OBLIQUES:
                    yield from self._without_other_agents(governor, self._oblique(child))
                elif child.dep_ in {"obj", "nsubj:pass"} and (verb or governor != head):
                    inner = self._obliques_of(child)
                    yield from ((position, group) for position, group in inner if position != "of")

    def _where(self, trigger: Token) -> Iterator[tuple[str, list[Reference]]]:
        """ "He flew to Moscow, where he is to meet Putin": the place that a relative clause is about."""
        for _ in range(DEPTH):
            if trigger.dep_ == "acl:relcl" and any(child.lower_ == "where" for child in trigger.children):
                yield "in", self._group(trigger.head)
            trigger = trigger.head

    def _without_other_agents(
        self, governor: Token, found: Iterable[tuple[str, list[Reference]]]
    ) -> Iterator[tuple[str, list[Reference]]]:
        """ "Talks mediated by Qatar between the two": the agent of a participle is none of the noun's."""
        other = governor.dep_.startswith("acl") and governor.lemma_ not in self.supports
        return ((position, group) for position, group in found if not (other and position == "by"))

    def _oblique(self, noun: Token, depth: int = 0) -> Iterator[tuple[str, list[Reference]]]:
        """The preposition and the group that it governs; "on transfers to Ukraine" goes on inside a nameless one."""
        case = next((child.lower_ for child in noun.children if child.dep_ == "case"), "")
        group = self._group(noun)
        located = case in LOCATING and bool(group) and group[0].mention.kind is MentionKind.DEMONYM
        if case and group and not located:  # "in the Israeli strikes" is not in Israel
            yield SYNONYMS.get(case, case), group
            if noun.pos_ == "PROPN":  # "with President Xi in California": the place is the meeting's
                inner = self._obliques_of(noun, DEPTH)
                yield from ((position, more) for position, more in inner if position in LOCATING)
        elif depth < DEPTH:
            yield from self._obliques_of(noun, depth + 1)

    def _obliques_of(self, noun: Token, depth: int = 0) -> Iterator[tuple[str, list[Reference]]]:
        for child in noun.children:
            if child.dep_ == "nmod":
                yield from self._oblique(child, depth)
            elif child.dep_ == "acl" and self._passive(child):  # "rounds aimed at a loudspeaker"
                obliques = (inner for inner in child.children if inner.dep_ == "obl")
                yield from (pair for inner in obliques for pair in self._oblique(inner, depth))

    # ── phrases ──────────────────────────────────────────────────────────────────────────────────

    def _group(self, head: Token) -> list[Reference]:
        """The references of a phrase and of what is coordinated with it, in text order."""
        found = dict[Reference, None]()
        for token in (head, *self._conjuncts(head)):
            ref = self._inside(token)
            if ref is not None and not (found and self._apposed(next(iter(found)), ref)):
                found |= dict.fromkeys([ref, *self._listed_after(ref), *self._called(token)])
        return list(found)

    def _apposed(self, first: Reference, ref: Reference) -> bool:
        """ "Putin, Russia": a comma alone joins no person and country."""
        between = {token.lower_ for token in self.doc[first.end : ref.start]}
        return first.mention.label != ref.mention.label and "and" not in between and "," in between

    def _called(self, noun: Token) -> list[Reference]:
        """ "The Ukrainian port of Odesa" names Odesa besides Ukraine."""
        if noun.lower_ not in PLACE_NOUNS:
            return []
        inner = (child for child in noun.children if child.dep_ == "nmod" and child.i in self.at)
        return [self.at[child.i] for child in inner]

    def _listed_after(self, ref: Reference) -> list[Reference]:
        """What follows in a list such as "President Macron, Chancellor Merz and Prime Minister Starmer".

        Trees of long lists of titles and names are often wrong. Names joined by commas alone are no list; and in "met
        Putin, and Macron said" the second is the subject of another clause.
        """
        listed, joined, last = list[Reference](), False, ref
        while (following := self._next(last)) is not None:
            joints = {token.lower_ for token in self.doc[last.end : following.start]}
            root, before = self._root(following), self._root(last)
            if not joints or not joints <= JOINTS or (root.dep_ in SUBJECTS and before.dep_ not in SUBJECTS):
                break
            joined = joined or "and" in joints
            listed.append(following)
            last = following
        return listed if joined else []

    def _next(self, ref: Reference) -> Reference | None:
        i = ref.end
        while i < len(self.doc) and i not in self.at and self.doc[i].lower_ in JOINTS:
            i += 1
        following = self.at.get(i)
        return following if following is not None and following.mention.label == ref.mention.label else None

    def _root(self, ref: Reference) -> Token:
        return self.doc[ref.start : ref.end].root

    def _conjuncts(self, head: Token) -> Iterable[Token]:
        for child in head.children:
            if child.dep_ == "conj":
                yield child
                yield from self._conjuncts(child)

    def _inside(self, head: Token, depth: int = 0) -> Reference | None:
        """The reference at the head of a phrase, else the first inside it."""
        ref = self.at.get(head.i)
        if ref is not None or depth == DEPTH:
            return ref
        for child in sorted(head.children, key=lambda token: token.dep_ not in SAME):
            of = child.dep_ != "nmod" or any(c.dep_ == "case" and c.lower_ == "of" for c in child.children)
            hosting = child.dep_ == "obj" and head.dep_ == "conj"  # "Ukraine and refugee-hosting Moldova"
            if (hosting or child.dep_ in INSIDE) and of and (ref := self._inside(child, depth + 1)) is not None:
                return ref
        return None
