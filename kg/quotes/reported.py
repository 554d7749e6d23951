"""Reported speech along trees: "X said (that) …", "…, X said", "X vowed to …", "X condemned …", "according to X, …"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.clauses import is_infinitive
from kg.quotes.cues import Cue, Kind, cue_at
from kg.quotes.sources import LIKELY, Attribution, Source, Sources

MIN_WORDS = 4
"""Tokens of a content; what is shorter ("said so", "denied it") says nothing by itself."""

MODALS = frozenset({"may", "might", "can", "could", "should", "must", "would", "will", "shall"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
CONDITIONS = frozenset({"if", "unless", "whether"})
BREAKS = frozenset({";", ":", "-", "–", "—", "--"})
RELATIVES = frozenset({"which", "that", "whom", "who"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl"})
BEFORE_NOUN = frozenset({"det", "amod", "nummod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked"})
COMPLETING = frozenset({"obj", "obl", "xcomp", "ccomp", "advcl"})
"""Relations of what completes the content of a verb: "described it as a success", "accused him of lying"."""

COMPLETING_CASES = frozenset({"as", "of", "for", "among"})
NOMINAL = frozenset({"nmod", "obj", "obl", "nsubj", "nsubj:pass", "compound", "appos", "amod", "conj"})
SAID_ON = 80
"""Tokens of a content that are looked through for a participle of its speaker's."""

CLIMB = 8
"""Steps from "according to X" to the clause that it stands in."""

TRIMMED = frozenset({".", ",", ";", ":", "-", "–", "—", "―"})
OPENERS = TRIMMED | {"that"}


class ReportedSpeech:
    """The reported statements of one article."""

    def __init__(self, doc: Doc, spans: Sequence[Span], sources: Sources) -> None:
        self.doc = doc
        self.spans = spans
        self.sources = sources

    def find(self) -> Iterator[Attribution]:
        """In the order of their cues."""
        for sentence, span in enumerate(self.spans):
            for token in span:
                if token.lower_ == "according":
                    yield from self._according(token, sentence)
                elif (cue := cue_at(token)) is not None and cue.kind not in {Kind.QUOTE, Kind.LEADS} and _said(token):
                    yield from self._reported(cue, sentence)

    def _reported(self, cue: Cue, sentence: int) -> Iterator[Attribution]:
        content = self._content(cue)
        source = self.sources.of_verb(cue, sentence) if content is not None else None
        if content is not None and source is not None:
            begin, end = content
            claimed = not (cue.given and begin == cue.verb.i)
            yield from self._attribution(begin, self._said_on(begin, end, source), source, claimed=claimed)

    def _said_on(self, begin: int, end: int, source: Source) -> int:
        """Where the same speaker goes on in a participle: "…, adding that …" is a statement of its own."""
        for token in self.doc[begin + 1 : min(end, begin + SAID_ON)]:
            if _says_on(token) and (cue := cue_at(token)) is not None:
                further = self.sources.of_verb(cue, source.sentence) if cue.kind is Kind.CLAUSE else None
                if further is not None and further.speakers == source.speakers:
                    return token.left_edge.i
        return end

    def _according(self, token: Token, sentence: int) -> Iterator[Attribution]:
        source = self.sources.according_to(token.i, sentence)
        if source is None:
            return
        preposition = self.doc[token.i + 1]
        noun = (preposition.head if preposition.dep_ == "fixed" else preposition).head
        clause = noun.head
        for _ in range(CLIMB):
            if clause.dep_ not in NOMINAL or any(child.dep_ in SUBJECTS for child in clause.children):
                break
            clause = clause.head
        first, last = noun.left_edge.i, noun.right_edge.i + 1
        begin, end = clause.left_edge.i, clause.right_edge.i + 1
        subject = next((child for child in clause.children if child.dep_ in SUBJECTS), clause)
        if clause.i < first and _blank(self.doc[last:end]):
            end = first
        elif subject.i > first or subject.lower_ in RELATIVES:
            begin = last
        yield from self._attribution(begin, end, source)

    def _attribution(self, begin: int, end: int, source: Source, *, claimed: bool = True) -> Iterator[Attribution]:
        span = self.spans[source.sentence]
        begin, end = max(begin, span.start), min(end, span.end)
        while begin < end and (self.doc[begin].is_space or self.doc[begin].lower_ in OPENERS):
            begin += 1
        while end > begin and (self.doc[end - 1].is_space or self.doc[end - 1].text in TRIMMED):
            end -= 1
        if end - begin >= MIN_WORDS:
            last = self.doc[end - 1]
            yield Attribution(
                begin=self.doc[begin].idx,
                end=last.idx + len(last.text),
                source=replace(source, confidence=min(source.confidence, LIKELY)),
                sentences=(source.sentence,),
                verbatim=False,
                claimed=claimed,
            )

    # ── contents, as token ranges ────────────────────────────────────────────────────────────────

    def _content(self, cue: Cue) -> tuple[int, int] | None:
        verb = cue.verb
        governors = (verb, cue.particle) if cue.particle is not None else (verb,)  # "made clear that …"
        clause = next((child for token in governors for child in token.children if child.dep_ == "ccomp"), None)
        if clause is not None:
            begin, end = self._clause(clause, cue)
            own = cue.kind is Kind.ACT or (cue.kind is Kind.REQUEST and is_infinitive(clause))
            return (verb.i if own and verb.i < begin else begin), end
        if verb.dep_ == "parataxis" and cue.kind is Kind.CLAUSE and any(child.dep_ in SUBJECTS for child in verb.lefts):
            return self._around(cue)
        if cue.kind is Kind.INTENT:
            told = [child for child in verb.rights if child.dep_ in {"xcomp", "obj"}]  # "threatened further action"
            told = [child for child in told if child.dep_ == "xcomp"] or told
            return (verb.i, told[0].right_edge.i + 1) if told else None
        gerund = next((child for child in verb.rights if child.dep_ == "xcomp" and child.lower_.endswith("ing")), None)
        if gerund is not None and cue.kind is not Kind.REQUEST:
            return (verb.i if cue.kind is Kind.ACT else gerund.left_edge.i), gerund.right_edge.i + 1
        if cue.kind is Kind.REQUEST:
            asked = any(child.dep_ in {"xcomp", "advcl"} and is_infinitive(child) for child in verb.rights)
            return self._completed(cue) if asked else None
        if cue.kind is Kind.NAMING and not any(_names(child) for child in verb.rights):
            return None  # "called an ally", "called a meeting"
        return self._completed(cue) if cue.kind in {Kind.CONTENT, Kind.ACT, Kind.NAMING} else None

    def _clause(self, clause: Token, cue: Cue) -> tuple[int, int]:
        """The clause, without what somebody goes on to say in a participle: "…, adding that …"."""
        begin, end = _edges(clause)
        more = (child for child in cue.verb.rights if child.dep_ == "ccomp" and child.i > clause.i)
        end = max((child.right_edge.i + 1 for child in more), default=end)  # "was standing" and "firm": the tree errs
        for child in clause.rights:
            if _says_on(child):
                end = min(end, child.left_edge.i)
        return begin, (end if not clause.i < cue.verb.i < end else cue.verb.left_edge.i)

    def _around(self, cue: Cue) -> tuple[int, int] | None:
        """ "The talks will resume, Lavrov said", where the clause is the verb's head; not across a colon or a dash."""
        begin, end = _edges(cue.verb.head)
        first, last = _edges(cue.verb)
        if any(child.dep_ in {"obj", "xcomp"} for child in cue.verb.rights) or self.doc[first - 1].text in BREAKS:
            return None
        if last >= end or _blank(self.doc[last:end]):
            return begin, first
        return (last, end) if first <= begin else (begin, end)

    def _completed(self, cue: Cue) -> tuple[int, int] | None:
        """A noun phrase with what completes it, or what the cue's preposition governs, or what "which" takes up."""
        verb, particle = cue.verb, cue.particle
        objects = [child for child in verb.rights if child.dep_ in {"obj", "iobj", "obl"}]
        if particle is not None and particle.dep_ in {"case", "mark"}:
            begin, end = particle.i + 1, particle.head.right_edge.i + 1
        elif not objects:
            return self._taken_up(verb)
        elif (objects[0].dep_ == "obl" and cue.kind is not Kind.REQUEST) or (
            cue.things and self.sources.person_at(objects[0])
        ):
            return None
        else:
            begin, end = _edges(objects[0])
        for child in verb.rights:
            if _says_on(child) or (child.dep_ == "advcl" and any(one.dep_ in SUBJECTS for one in child.lefts)):
                break  # "called it a compromise, while Macron described it as …"
            if child.left_edge.i >= end and (child.left_edge.i == end or _completes(child)):
                end = child.right_edge.i + 1 if child.dep_ in COMPLETING else end
        return (begin if cue.kind in {Kind.CONTENT, Kind.NAMING} else verb.i), end

    def _taken_up(self, verb: Token) -> tuple[int, int] | None:
        """ "A policy of turning away boats which both have criticised": from the noun to the verb."""
        if verb.dep_ != "acl:relcl" or not any(child.lower_ in RELATIVES for child in verb.lefts):
            return None
        noun, end = verb.head, verb.left_edge.i
        for _ in range(CLIMB):
            begin = min((child.left_edge.i for child in noun.lefts if child.dep_ in BEFORE_NOUN), default=noun.i)
            if end - begin >= MIN_WORDS and noun.pos_ in {"NOUN", "PROPN"}:
                return begin, verb.i + 1
            noun = noun.head
        return None


def _said(verb: Token) -> bool:
    """Whether the verb tells that something was said: not denied, not only possible, wanted or expected."""
    for child in verb.lefts:
        if child.lower_ in NEGATIONS or (child.dep_ == "aux" and child.lower_ in MODALS):
            return False
        if child.dep_ == "mark" and child.lower_ in CONDITIONS:
            return False
    if not is_infinitive(verb):
        return True
    leading = cue_at(verb.head)
    return verb.dep_ == "advcl" or (leading is not None and leading.kind is Kind.LEADS)


def _says_on(verb: Token) -> bool:
    """ "…, adding that …": a participle with which somebody goes on to speak."""
    return verb.dep_ == "advcl" and verb.lower_.endswith("ing") and cue_at(verb) is not None


def _names(child: Token) -> bool:
    """Whether it tells what something is called: "a success", "as a success", "among the best"."""
    named = child.dep_ == "xcomp" or (child.dep_ == "obj" and any(other.dep_ == "iobj" for other in child.head.rights))
    return named or (child.dep_ in {"obl", "advcl"} and any(case.lower_ in {"as", "among"} for case in child.lefts))


def _completes(child: Token) -> bool:
    if child.dep_ in {"obj", "xcomp", "ccomp"}:
        return True
    return any(case.dep_ in {"case", "mark"} and case.lower_ in COMPLETING_CASES for case in child.lefts)


def _blank(span: Span) -> bool:
    return all(token.is_punct or token.is_space for token in span)


def _edges(token: Token) -> tuple[int, int]:
    return token.left_edge.i, token.right_edge.i + 1
