"""What stands around a trigger: subject, object, possessor, modifier and prepositional groups.

Shallow and left-to-right: parts of speech and punctuation bound the clause, no tree is needed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from kg.clauses.phrases import DASHES, MODIFIER_REACH, OWNING, POSSESSIVES, Phrases, Reference
from kg.lexicon import read_rows
from kg.model import Actor, MentionKind

REACH = 28  # tokens that an argument may stand away from its trigger
SUPPORT_REACH = 9  # tokens between a light verb and its event noun
BREAKS = frozenset({";", ":", "—", "--"})
QUOTES = frozenset({"“", "”", '"', "‘", "(", ")"})  # they bound no clause
RELATIVES = frozenset({"who", "which", "that"})
SUBORDINATORS = frozenset(
    {"that", "which", "who", "whom", "whose", "while", "although", "because", "but", "where", "when"}
)
MEANS = frozenset({"phone", "telephone", "video", "letter"})  # "spoke by phone" names no agent
MODIFYING = frozenset({"ADJ", "NOUN", "NUM", "PROPN", "ADV"})
LOCATING = frozenset({"in", "at", "near", "off", "outside", "of", "into"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """An actor in a position of a trigger."""

    position: str
    actor: str
    group: int  # first token of the coordinated group that it stands in


class Clauses(Phrases):
    """The positions around any token range of an article."""

    def __init__(self, doc: Doc, spans: Sequence[Span], actors: Sequence[Actor]) -> None:
        super().__init__(doc, spans, actors)
        self.supports = {row[0]: row[1] for row in read_rows("supports.tsv")}

    def arguments(self, start: int, end: int, sentence: int, *, verb: bool) -> tuple[Argument, ...]:
        """All actors in a position of the trigger `doc[start:end]`."""
        span = self.spans[sentence]
        found: list[tuple[str, list[Reference]]] = []
        if verb:
            found.extend(self._verb(start, end, span))
        else:
            found.extend(self._noun(start, end, span))
        found.extend(self._prepositions(end, span))
        return tuple(
            Argument(position=position, actor=actor, group=group[0].start)
            for position, group in found
            for ref in group
            for actor in ref.actors
        )

    def governed_by(self, preposition: int, span: Span) -> tuple[str, ...]:
        """Actors of the group that the preposition at this token governs."""
        ref = self._after_preposition(preposition + 1, span)
        return tuple(actor for member in self._group_on(ref, span) for actor in member.actors) if ref else ()

    def _verb(self, start: int, end: int, span: Span) -> Iterator[tuple[str, list[Reference]]]:
        passive = self._passive(start, span)
        if subject := self.subject(start, span):
            yield ("object" if passive else "subject"), subject
        if not passive and (following := self._object(end, span)):
            yield "object", following

    def _noun(self, start: int, end: int, span: Span) -> Iterator[tuple[str, list[Reference]]]:
        modifiers = self._modifiers(start, span)
        if modifiers is not None:
            yield modifiers
        support = self._support(start, span)
        if support is not None:
            subject = [] if self._passive(support, span) else self.subject(support, span)
            if subject:
                yield self.supports[self.doc[support].lemma_], subject
        elif self._is_light_subject(end, span) and (agents := self._agent_after(end, span)):
            yield "by", agents

    def _passive(self, i: int, span: Span) -> bool:
        """A past participle after a form of "be", or one that "by" follows."""
        token = self.doc[i]
        if token.pos_ != "VERB" or token.lower_ == token.lemma_ or token.lower_.endswith("ing"):
            return False
        j = i - 1
        while j >= span.start and self.doc[j].pos_ in {"ADV", "PART", "AUX"}:
            if self.doc[j].lemma_ == "be":
                return True
            j -= 1
        agent = i + 2 < span.end and self.doc[i + 1].lower_ == "by" and self.doc[i + 2].lower_ not in MEANS
        return agent and (j < span.start or self.doc[j].pos_ != "PRON")

    def subject(self, i: int, span: Span) -> list[Reference]:
        """The group before the verb that no preposition governs."""
        j = i - 1
        while j >= span.start and (self.doc[j].pos_ in {"AUX", "ADV", "PART"} or self.doc[j].text in QUOTES):
            if self.doc[j].lower_ == "to":
                break
            j -= 1
        if j > span.start and self.doc[j].lower_ in {"and", "or", "but"}:
            previous = self._verb_before(j, span)
            if previous is not None and not self._passive(previous, span):
                return self.subject(previous, span)
        if j > span.start and self.doc[j].lower_ == "to" and self.doc[j - 1].pos_ == "AUX":  # "is to meet"
            j -= 1
            while j > span.start and self.doc[j].pos_ in {"AUX", "ADV"}:
                j -= 1
        if j > span.start and self.doc[j].lower_ == "to":  # control: "plans to meet", "agreed to hold"
            previous = self._verb_before(j, span)
            if previous is not None:
                return self.subject(previous, span)
        floor = max(span.start, i - REACH)
        if j > floor and self.doc[j].text == ",":
            j = self._before_parenthesis(j, floor)
        first = j
        while j >= floor:
            token = self.doc[j]
            if token.text in BREAKS or token.lower_ in SUBORDINATORS - RELATIVES:
                return []
            if token.lower_ in RELATIVES and j < first:
                return []  # "said that people were killed": a clause with a subject of its own
            ref = self.at.get(j)
            if ref is None:
                if token.pos_ == "VERB" and not self._reduced(j):
                    return []
                j -= 1
                continue
            group = self._group_back(ref, floor)
            if not self._governed(group[0], floor):
                return group
            j = group[0].start - 1
        return []

    def _before_parenthesis(self, comma: int, floor: int) -> int:
        """ "Zelenskyy, who visited Denmark on Thursday, said": the token before the comma that opens the insertion."""
        opening = next((k for k in range(comma - 1, floor, -1) if self.doc[k].text == ","), None)
        return comma - 1 if opening is None else opening - 1

    def _reduced(self, i: int) -> bool:
        """A participle inside the subject: "the talks mediated by Qatar", "leaders meeting in Alaska"."""
        return self.doc[i].lower_.endswith(("ing", "ed"))

    def _verb_before(self, j: int, span: Span) -> int | None:
        for i in range(j - 1, max(span.start, j - REACH) - 1, -1):
            if self.doc[i].text in BREAKS:
                return None
            if self.doc[i].pos_ == "VERB":
                return i
        return None

    def _object(self, end: int, span: Span) -> list[Reference]:
        """The first noun phrase after the verb, or the name inside it ("struck Iranian nuclear sites")."""
        for i in range(end, min(span.end, end + REACH)):
            token = self.doc[i]
            ref = self._named_at(i)
            if ref is not None:
                return self._group_on(ref, span)
            if token.pos_ in {"ADP", "VERB", "SCONJ", "PUNCT", "PRON"} or token.lower_ in SUBORDINATORS:
                return self._of_object(i, span) if token.lower_ == "of" else []
        return []

    def _of_object(self, i: int, span: Span) -> list[Reference]:
        """ "hit dozens of Ukrainian cities": the name after "of"."""
        for j in range(i + 1, min(span.end, i + MODIFIER_REACH)):
            if j in self.at:
                return self._group_on(self.at[j], span)
        return []

    def _modifiers(self, start: int, span: Span) -> tuple[str, list[Reference]] | None:
        """Names before the noun: possessors ("Trump's call") and modifiers ("Israeli strike")."""
        i = start - 1
        floor = max(span.start, start - 1 - MODIFIER_REACH)
        while i >= floor:
            ref = self.at.get(i)
            if ref is not None:
                return self._pair(ref, i, span)
            token = self.doc[i]
            if token.text in POSSESSIVES and i - 1 in self.at:
                return "possessor", self._group_back(self.at[i - 1], span.start)
            if token.lower_ == "their":
                owners = self._several_before(i, span)
                return ("possessor", owners) if owners else None
            participle = token.pos_ == "VERB" and i > span.start and self.doc[i - 1].pos_ in {"ADV", "ADJ", "NUM"}
            if token.pos_ not in MODIFYING and token.lower_ not in DASHES and not participle:
                return None
            i -= 1
        return None

    def _several_before(self, i: int, span: Span) -> list[Reference]:
        """The nearest list of names, or plural role, before "their" in its sentence."""
        for j in range(i - 1, span.start - 1, -1):
            ref = self.at.get(j)
            if ref is not None:
                group = self._group_back(ref, span.start)
                if len(group) > 1 or len(ref.actors) > 1:
                    return group
        return []

    def _pair(self, last: Reference, i: int, span: Span) -> tuple[str, list[Reference]] | None:
        """ "Trump–Putin call", "US and Russian officials": the names before the noun, joined by a dash or "and"."""
        if last.mention.kind is MentionKind.PRONOUN:
            owns = self.doc[i].lower_ in OWNING
            return ("possessor", [last]) if owns else None
        pair = [last]
        while pair[0].start - 2 >= span.start and self.doc[pair[0].start - 1].lower_ in DASHES | {"and"}:
            ref = self.at.get(pair[0].start - 2)
            if ref is None:
                break
            pair.insert(0, ref)
        return "modifier", pair

    def _support(self, start: int, span: Span) -> int | None:
        """The light verb that governs an event noun: "held their sixth phone call"."""
        for i in range(start - 1, max(span.start, start - SUPPORT_REACH) - 1, -1):
            token = self.doc[i]
            attributive = self._reduced(i) and i > span.start and self.doc[i - 1].pos_ in {"DET", "ADJ", "ADP", "NUM"}
            if token.pos_ == "VERB" and token.lemma_ in self.supports and not attributive:
                return i
            if token.text in BREAKS or token.lower_ in SUBORDINATORS:
                return None
            if token.pos_ == "VERB" and not self._reduced(i):
                return None
            if token.pos_ == "ADP" and token.lower_ not in {"of", "out", "on", "in"}:
                return None
        return None

    def _is_light_subject(self, end: int, span: Span) -> bool:
        return any(self.doc[i].lemma_ in self.supports for i in range(end, min(span.end, end + SUPPORT_REACH)))

    def _agent_after(self, end: int, span: Span) -> list[Reference]:
        for i in range(end, min(span.end, end + REACH)):
            if self.doc[i].lower_ == "by" and (i + 1) in self.at:
                return self._group_on(self.at[i + 1], span)
        return []

    def _prepositions(self, end: int, span: Span) -> Iterator[tuple[str, list[Reference]]]:
        """Prepositional groups to the right, up to the end of the clause."""
        i = end
        limit = min(span.end, end + REACH)
        while i < limit:
            token = self.doc[i]
            if token.text in BREAKS or (token.lower_ in SUBORDINATORS and not self._held(i, span)):
                return
            if token.pos_ in {"ADP", "SCONJ", "PART"} and token.lower_ not in {"as", "after", "before", "since"}:
                ref = self._after_preposition(i + 1, span)
                locates = token.lower_ in LOCATING and ref is not None and ref.mention.kind is MentionKind.DEMONYM
                if ref is not None and not locates:  # "in the Israeli strikes" is not in Israel
                    yield token.lower_, self._group_on(ref, span)
                    i = ref.end
                    continue
            if token.pos_ == "VERB" and token.lemma_ not in self.supports:
                if self._narrows(i, span):
                    i += 1
                    continue
                agent = self._participle_agent(i, span)
                if agent is None:
                    return
                i = agent.end  # "talks mediated by Qatar between the two": its agent is none of the noun's
                continue
            i += 1

    def _held(self, i: int, span: Span) -> bool:
        """ "rounds that took place in Turkey": a relative clause that only says where or when."""
        verbs = [token.lemma_ for token in self.doc[i + 1 : min(span.end, i + 4)] if token.pos_ in {"VERB", "NOUN"}]
        return self.doc[i].lower_ in RELATIVES and verbs[:1] in (["take"], ["hold"]) and self.doc[i].lower_ != "who"

    def _narrows(self, i: int, span: Span) -> bool:
        """ "rounds aimed at a loudspeaker": a participle between a noun and its preposition, "by" apart."""
        return (
            self.doc[i].lower_.endswith("ed")
            and i > span.start
            and self.doc[i - 1].pos_ == "NOUN"
            and i + 1 < span.end
            and self.doc[i + 1].pos_ == "ADP"
            and self.doc[i + 1].lower_ != "by"
        )

    def _participle_agent(self, i: int, span: Span) -> Reference | None:
        """The last name of "mediated by Qatar and Egypt" behind a noun."""
        if not self._reduced(i) or i + 1 >= span.end or self.doc[i + 1].lower_ != "by":
            return None
        ref = self._after_preposition(i + 2, span)
        return self._group_on(ref, span)[-1] if ref is not None else None

    def _after_preposition(self, start: int, span: Span) -> Reference | None:
        for i in range(start, min(span.end, start + MODIFIER_REACH + 2)):
            ref = self._named_at(i)
            if ref is not None:
                return ref
            if self.doc[i].pos_ in {"ADP", "VERB", "AUX", "PUNCT", "SCONJ"} and self.doc[i].lower_ not in {"both"}:
                return None
        return None
