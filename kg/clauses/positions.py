"""What stands around a trigger, along Universal Dependencies trees: subject, object, possessor, modifier, prepositions.

Light verbs, guests, nouns in a row and prepositions lead to the actor that is meant.
Relations: https://universaldependencies.org/en/dep/
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.clauses.parties import ATTENDED, Parties
from kg.clauses.phrases import BEFORE_NOUN, DEPTH, OF, PLACE_NOUNS, SENT, SUBJECTS
from kg.clauses.placing import PLACING, TEMPORAL, dates_another, places, verb_of_subject
from kg.clauses.references import Reference
from kg.clauses.subjects import RELATIVES
from kg.clauses.tokens import compounds_over, has_case, is_infinitive, is_object
from kg.lexicon import read_words
from kg.model import MentionKind
from kg.schema import UNDERGOER

OBLIQUES = frozenset({"obl", "obl:agent", "nmod"})

PAIRING = frozenset({"between", "among"})

SYNONYMS = {"inside": "in", "within": "in", "throughout": "in", "onto": "on"}
OPPOSING = frozenset({"against", "over"})
DOING = frozenset({"by", "of"})
OWNING = frozenset({"possessor", "modifier", "subject", "object", "group", "between", "of", "by"})
"""Positions in which a noun's own parties stand."""
BREAKS = frozenset({";", ":", "—", "--"})
PLACE_REACH = 22
"""Tokens from a trigger to its place; what stands farther belongs to another noun."""

THERE_REACH = 20
"""Tokens from a place to the sentence that takes it up with "there"."""

WHEN = frozenset({"when", "after", "as", "while"})
"""Words that join two happenings at one place."""

LOCATING = frozenset({"in", "at", "near", "off", "outside", "of", "into", "across"})
BEHIND_NAMES = LOCATING - OF | {"between"}
"""Prepositions whose group a tree may hang on a name though it is the event's: "mediated by Qatar between …"."""

NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "SYM"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """An actor in a position of a trigger."""

    position: str
    actor: str
    group: int  # first token of the coordinated group that it stands in


class Clauses(Parties):
    """The positions around any token range of an article."""

    def arguments(self, start: int, end: int, *, verb: bool) -> tuple[Argument, ...]:
        """All actors in a position of the trigger `doc[start:end]`, the nearest positions first."""
        trigger = self.doc[start:end]
        head = trigger.root
        found = [*(self._verb(head) if verb else self._noun(head)), *self._prepositions(trigger, head, verb)]
        around = {position for position, group in found if group}
        if not verb and (not around or (around <= PLACING and has_case(head, ATTENDED))):
            found.append(("group", self._party(head)))
        if not verb and {position for position, group in found if group} & (OWNING | {"with"}) == {"with"}:
            found.append(("group", self._attending(head)))
        found += self._where(head)
        if any(position == UNDERGOER for position, _ in found):  # "received aid from Germany": by Germany
            found = [("by" if position == "from" else position, group) for position, group in found]
        arguments = dict[Argument, None]()
        for position, group in found:
            for ref in group:
                if not start <= ref.start < end:
                    for actor in ref.actors:
                        arguments[Argument(position=position, actor=actor, group=group[0].start)] = None
        return tuple(arguments)

    def governed_by(self, preposition: int, span: Span) -> tuple[str, ...]:
        """Actors of the group that the preposition at this token governs."""
        return tuple(actor for ref in self.governed(preposition, span) for actor in ref.actors)

    def governed(self, preposition: int, span: Span) -> list[Reference]:
        """The group that the preposition at this token governs."""
        token = self.doc[preposition]
        while token.dep_ == "fixed":
            token = token.head
        return _within(span, self._group(token.head) if token.dep_ in {"case", "mark", "cc:preconj"} else ())

    def located(self, end: int, span: Span, *, whole: bool = False) -> Iterator[str]:
        """Actors of what "in", "at" or "near" precedes behind a trigger in its clause.

        For places alone: which word of the clause they hang on matters little, and trees err there. With `whole` also
        what follows a phrase such as "after the attack, …".
        """
        trigger = self.doc[end - 1]
        bounds, over = not whole and dates_another(trigger), {trigger, verb_of_subject(trigger), None}
        over |= {trigger.head} if trigger.dep_ not in {"ccomp", "parataxis"} else set()
        for token in self.doc[end : min(span.end, end + PLACE_REACH)]:
            if token.text in BREAKS or token.lower_ in RELATIVES or (bounds and token.text == ","):
                return
            if token.pos_ == "VERB" and not self._goes_on(token, trigger):
                return
            if token.dep_ == "cop" and trigger.pos_ == "VERB":
                return  # "the case on which the court ruled was of a school in Livorno"
            behest = token.head.lemma_ in read_words("nouns.tsv", "behest")
            if token.dep_ == "case" and places(token) and not behest:
                verb = verb_of_subject(token.head)
                if verb not in over and verb is not None and not self._goes_on(verb, trigger):
                    return  # "…, a spokesman in Berlin said"
                yield from self._lying(token, span)

    def _lying(self, preposition: Token, span: Span) -> Iterator[str]:
        """ "In the Iranian province of Gilan" is in Gilan, and in Iran; "in the Iranian strikes" is not in Iran."""
        group = self.governed(preposition.i, span)
        names = [ref for ref in group if ref.mention.kind is not MentionKind.DEMONYM]
        if preposition.head.lemma_ in PLACE_NOUNS:
            # "The Ukrainian town of Nikopol" is Nikopol first, "the Mawasi area of Khan Yunis" is Mawasi.
            names += [ref for ref in group if ref not in names]
            names.sort(key=lambda ref: self.doc[ref.start].dep_ == "amod")
        return (actor for ref in names for actor in ref.actors)

    def opening(self, span: Span) -> tuple[str, ...]:
        """Actors of the preposition that opens a sentence: "In the Iranian province of Gilan, …"."""
        return self.governed_by(span.start, span) if span[0].lower_ in PLACING and span[0].dep_ == "case" else ()

    def there(self, span: Span) -> tuple[str, ...]:
        """Actors named before a sentence that opens with "There, …", the nearest first."""
        if span[0].lower_ != "there" or span[0].dep_ != "advmod":
            return ()
        before = (ref for ref in reversed(self.references) if span.start - THERE_REACH <= ref.end <= span.start)
        return tuple(actor for ref in before for actor in ref.actors)

    def _goes_on(self, verb: Token, trigger: Token) -> bool:
        """Whether what stands behind this verb may still be where the trigger happens."""
        if verb.dep_ == "xcomp" and not is_infinitive(verb):  # "saved them after they were found swimming near Aceh"
            verb = verb.head
        told = verb == trigger.head or (verb.dep_ == "conj" and verb.head == trigger.head)
        harm = told and verb.lemma_ in read_words("verbs.tsv", "harming")
        return harm or self._light(verb) or self._circumstance(verb, trigger)

    def _circumstance(self, verb: Token, trigger: Token) -> bool:
        """ "16 people are killed when a building collapses in Karachi": both are there.

        "It began in November, when a roof in Novi Sad collapsed" tells of a time.
        """
        if verb.dep_ == "conj" and verb.head in {trigger, trigger.head}:
            return not any(child.dep_ in SUBJECTS for child in verb.children)
        under = verb.dep_ == "advcl" and verb.head in {trigger, trigger.head}
        joints = (child for child in verb.children if child.dep_ in {"advmod", "mark"} and child.lower_ in WHEN)
        return under and any(joint.lower_ != "when" or self.doc[joint.i - 1].text != "," for joint in joints)

    def _light(self, verb: Token) -> bool:
        return verb.lemma_ in self.supports or verb.dep_ in {"amod", "acl"}

    def subject(self, i: int, span: Span) -> list[Reference]:
        """The group that does what the verb says."""
        return _within(span, self._subject(self.doc[i]))

    def agent(self, i: int, span: Span) -> list[Reference]:
        """The group that does what the verb says, behind "by" when it is passive."""
        verb = self.doc[i]
        if not self._passive(verb):
            return self.subject(i, span)
        return next((_within(span, self._group(child)) for child in verb.children if child.dep_ == "obl:agent"), [])

    def patient(self, i: int, span: Span) -> list[Reference]:
        """The group to which it is done: the verb's object, or the subject of a passive."""
        verb = self.doc[i]
        if self._passive(verb):
            return self.subject(i, span)
        return next((_within(span, self._group(child)) for child in verb.children if is_object(child)), [])

    # ── verbs ────────────────────────────────────────────────────────────────────────────────────

    def _verb(self, verb: Token) -> Iterator[tuple[str, list[Reference]]]:
        passive = self._passive(verb)
        yield ("object" if passive else "subject"), self._subject(verb)
        yield from self._office(verb)
        if not passive:
            yield from (("object", self._group(child)) for child in self._objects(verb))
            yield "for", self._helped(verb)
        elif all(child.dep_ != "obl:agent" for child in verb.children):  # "was detained and questioned by the police"
            joined = (child for child in verb.children if child.dep_ == "conj" and self._passive(child))
            agents = (agent for child in joined for agent in child.children if agent.dep_ == "obl:agent")
            yield from (("by", self._group(agent)) for agent in agents)

    def _office(self, verb: Token) -> Iterator[tuple[str, list[Reference]]]:
        """ "Was elected president of Poland": Poland's."""
        offices = (child for child in verb.children if child.dep_ == "xcomp" and child.pos_ in NOMINAL)
        inner = (pair for office in offices for pair in self._obliques_of(office))
        yield from (("office", group) for position, group in inner if position in OF)

    # ── nouns ────────────────────────────────────────────────────────────────────────────────────

    def _noun(self, noun: Token) -> Iterator[tuple[str, list[Reference]]]:
        for place in (noun, *compounds_over(noun)):
            for child in place.children:
                if child.dep_ == "nmod:poss":
                    yield "possessor", self._group(child) or self._several_before(child)
                elif child.dep_ in BEFORE_NOUN:
                    yield "modifier", list(self._names_before(child))
        support, convened = self._support(noun), list(self._convened(noun))
        yield from convened
        if support is not None and not convened and not self._passive(support) and not self._leads(noun):
            yield self.supports[support.lemma_], self._subject(support)
        elif support is not None and not convened and noun.dep_ == "obl":
            yield "object", self._subject(support)  # "was placed under investigation"
        yield from self._predicated(noun)
        yield from self._wielded(noun)
        yield from self._minded(noun)
        if noun.dep_ in SUBJECTS and noun.head.lemma_ in read_words("striking.txt"):
            struck = [self._group(child) for child in noun.head.children if is_object(child)]
            yield from (("in", group) for group in struck)
            yield from (("object", group) for group in struck)  # "the new sanctions target Russian banks"

    def _leads(self, noun: Token) -> bool:
        """Whether a noun is a subject, or stands before one: "war maniacs made a threat"."""
        while noun.dep_ == "compound":
            noun = noun.head
        return noun.dep_ == "nsubj"

    def _support(self, noun: Token) -> Token | None:
        """The light verb that governs an event noun: "held a call", "gave €1 million in aid", "led a team to talks"."""
        while noun.dep_ in {"compound", "conj", "nmod"} and noun.head.pos_ in NOMINAL:
            sent = noun.head.lemma_ in read_words("nouns.tsv", "delegated")
            if noun.dep_ == "nmod" and not has_case(noun, OF) and not sent and noun.head.pos_ not in {"NUM", "SYM"}:
                break
            noun = noun.head
            if noun.lemma_ in read_words("nouns.tsv", "apart"):
                return None
        verb = noun.head
        governed = noun.dep_ in {"obj", "obl", "nsubj:pass", "nsubj"} and verb.pos_ == "VERB"
        governed = governed and not has_case(noun, TEMPORAL)
        return verb if governed and verb.lemma_ in self.supports else None

    # ── prepositions ─────────────────────────────────────────────────────────────────────────────

    def _prepositions(self, trigger: Span, head: Token, verb: bool) -> Iterator[tuple[str, list[Reference]]]:
        governors = [*trigger, *compounds_over(head)]
        if not verb:
            support = self._support(head)
            governors += [support] if support is not None else []
            counted = head.dep_ == "nmod" and has_case(head, OF)  # "rounds of talks that took place in Turkey"
            nouns = (*trigger, head.head) if counted else trigger
            governors += [child for noun in nouns for child in noun.children if child.dep_.startswith("acl")]
        for governor in dict.fromkeys(governors):
            for child in governor.children:
                if trigger.start <= child.i < trigger.end:
                    continue
                meant = next((c for c in child.children if c.dep_ == "nsubj"), None)
                if meant is not None and any(c.dep_ == "mark" and c.lower_ == "for" for c in child.children):
                    yield "for", self._group(meant)  # "aid for Ukraine to rebuild"
                elif child.dep_ in OBLIQUES:
                    found = self._oblique(child)
                    if not trigger.start <= governor.i < trigger.end:
                        found = self._without_other_agents(governor, found)
                    # "At a meeting between the two, Macron agreed": what is between them is the meeting.
                    other = PAIRING if verb and not has_case(child, PAIRING) else frozenset[str]()
                    yield from (pair for pair in found if pair[0] not in other)
                elif child.dep_ in {"obj", "nsubj:pass"} and (verb or governor != head):
                    inner = self._obliques_of(child)
                    yield from ((position, group) for position, group in inner if position not in SENT)

    def _where(self, trigger: Token) -> Iterator[tuple[str, list[Reference]]]:
        """ "He flew to Moscow, where he is to meet Putin": the place that stands before "where"."""
        for _ in range(DEPTH):
            for child in trigger.children:
                before = child.i - 2 if child.i > 1 and self.doc[child.i - 1].text == "," else child.i - 1
                if child.lower_ == "where" and before in self.at:
                    yield "in", [self.at[before]]
            trigger = trigger.head

    def _without_other_agents(
        self, governor: Token, found: Iterable[tuple[str, list[Reference]]]
    ) -> Iterator[tuple[str, list[Reference]]]:
        """ "Talks mediated by Qatar between the two": the agent of a participle is none of the noun's."""
        support = self.supports.get(governor.lemma_)
        other = governor.dep_.startswith("acl") and support is None
        meant = {"by": UNDERGOER} if support == UNDERGOER else {}  # "sanctions faced by Iran"
        return ((meant.get(position, position), group) for position, group in found if not (other and position == "by"))

    def _oblique(self, noun: Token, depth: int = 0) -> Iterator[tuple[str, list[Reference]]]:
        """The preposition and the group that it governs; "on transfers to Ukraine" goes on inside a nameless one."""
        case = next((child.lower_ for child in noun.children if child.dep_ == "case"), "")
        group = self._group(noun)
        if noun.lemma_ == "hand" and case == "at":  # "killed at the hands of"
            yield from (("by", inner) for _, inner in self._obliques_of(noun, DEPTH))
            return
        if noun.lemma_ in read_words("nouns.tsv", "behest"):
            return
        located = case in LOCATING and bool(group) and group[0].mention.kind is MentionKind.DEMONYM
        located = located and (len(group) > 1 or noun.lower_ not in PLACE_NOUNS)  # "off the Libyan coast" is
        if case and group and not located:  # "in the Israeli strikes" is not in Israel
            yield SYNONYMS.get(case, case), group
            if noun.pos_ == "PROPN":  # "with President Xi in California": the place is the meeting's
                inner = self._obliques_of(noun, DEPTH)
                yield from ((position, more) for position, more in inner if position in BEHIND_NAMES)
        elif depth < DEPTH:
            others = frozenset[str]()
            if case == "for":  # "jailed for the murder of …", "in retaliation for strikes by …": another's doing
                others = DOING
            elif noun.lemma_ in read_words("nouns.tsv", "suffered"):
                others = OF  # "protests against the murder of a student" are not against the student
            # "Protests against the arrests by the police" are against the police.
            opposed = dict.fromkeys(DOING, case) if case in OPPOSING else {}
            inner = self._obliques_of(noun, depth + 1)
            yield from ((opposed.get(position, position), more) for position, more in inner if position not in others)

    def _obliques_of(self, noun: Token, depth: int = 0) -> Iterator[tuple[str, list[Reference]]]:
        for child in noun.children:
            if child.dep_ == "nmod":
                yield from self._oblique(child, depth)
            elif child.dep_ == "acl" and self._passive(child):  # "rounds aimed at a loudspeaker"
                obliques = (inner for inner in child.children if inner.dep_ == "obl")
                yield from (pair for inner in obliques for pair in self._oblique(inner, depth))


def _within(span: Span, references: Iterable[Reference]) -> list[Reference]:
    return [ref for ref in references if span.start <= ref.start < span.end]
