"""Who speaks at a cue: the subject of a verb, whom "according to" names, and who passes it on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Span, Token

from kg.clauses import INSIDE, Clauses, Reference
from kg.lexicon import read_words
from kg.model import NOT_ACTING, Actor
from kg.quotes.cues import Cue, cue_at

MEDIA = "NewsMediaOrganization"
RELAYING = frozenset({"quote", "cite"})
ASKED = "asked"
SAME = frozenset({"appos", "flat", "nmod:desc"})
"""Relations of a name to the phrase that it is another name of: "spokesman Dmitry Peskov"."""

FOR = frozenset({"for", "of", "from", "at", "with", "to"})
"""Prepositions between a voice and whom it speaks for: "a spokesman for the ministry"."""

MAX_SPEAKERS = 4
"""Of more than these together only the first is named: lists of signatories are said to be "among others"."""

CLIMB = 4
"""Steps from a cue up its tree to a verb that tells who passes it on."""

SURE, LIKELY, TURN = 0.9, 0.75, 0.6
"""Confidence of verbatim, of reported speech, and of a speaker known from the quotation before alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who says something, by which cue; `at` is the cue's token."""

    speakers: tuple[str, ...]
    cue: str
    at: int
    sentence: int
    relayed_by: str | None = None
    addressee: str | None = None
    act: str | None = None
    confidence: float = SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A stretch of text with its source; `sentences` hold both; `claimed` as in `Quote`."""

    begin: int
    end: int
    source: Source
    sentences: tuple[int, ...]
    verbatim: bool
    claimed: bool = True


class Sources:
    """The sources of one article."""

    def __init__(self, doc: Doc, spans: Sequence[Span], actors: Sequence[Actor]) -> None:
        self.doc = doc
        self.spans = spans
        self.types = {actor.key: actor.type for actor in actors}
        self.clauses = Clauses(doc, spans, actors)
        self.voices = read_words("voices.txt")
        self.classes = read_words("nominals.tsv")

    def of_verb(self, cue: Cue, sentence: int) -> Source | None:
        """Who does what the verb says: its subject, or behind "by" when it is passive."""
        if cue.verb.lemma_ in RELAYING:
            return self._quoted(cue.verb, cue, sentence)
        if cue.verb.head.lemma_ in RELAYING and any(child.lower_ == "as" for child in cue.verb.lefts):
            return self._quoted(cue.verb.head, cue, sentence)  # "quoted him as saying"
        speakers = self._speaking(self._doing(cue.verb, sentence))
        if not speakers:
            return None
        addressee = self._addressee(cue, sentence, speakers)
        return self._passed_on(
            Source(
                speakers=speakers,
                cue=cue.text,
                at=cue.verb.i,
                sentence=sentence,
                addressee=addressee,
                act=cue.act(addressed=addressee is not None),
            ),
            cue.verb,
        )

    def according_to(self, i: int, sentence: int) -> Source | None:
        """The group that "according to" governs, where `i` is "according"; also "according to X, citing Y"."""
        span = self.spans[sentence]
        if self.doc[i].lower_ != "according" or i + 1 >= span.end or self.doc[i + 1].lower_ != "to":
            return None
        speakers = self._speaking(self.clauses.governed(i + 1, span))
        if not speakers:
            return None
        source = Source(speakers=speakers, cue="according to", at=i, sentence=sentence)
        return self._citing(source, self.doc[i].head)

    def named(self, references: Sequence[Reference], cue: str, at: int, sentence: int) -> Source | None:
        """The actors of these references as a source, if they speak."""
        speakers = self._speaking(references)
        return Source(speakers=speakers, cue=cue, at=at, sentence=sentence) if speakers else None

    def person_at(self, noun: Token) -> bool:
        """Whether a noun phrase is of persons: a name, a pronoun, or a role such as "the minister"."""
        ref = self.clauses.at.get(noun.i)
        return noun.pos_ == "PRON" or (ref is not None and any(self.types[actor] == "Person" for actor in ref.actors))

    def _doing(self, verb: Token, sentence: int) -> list[Reference]:
        span = self.spans[sentence]
        if verb.lower_ == ASKED and verb.dep_ == "advcl" and not any(one.dep_ == "nsubj" for one in verb.lefts):
            return []  # "asked whether he trusted Putin, Trump said …"
        found = self.clauses.agent(verb.i, span)
        if (outer := _joined_to(verb)) is not None and not any(
            self.types[a] == "Person" for r in found for a in r.actors
        ):
            found = self.clauses.agent(outer.i, span) or found
        if not found and verb.dep_ == "acl" and verb.head.dep_ == "obj" and verb.head.lemma_.lower() in self.voices:
            return self.clauses.agent(verb.head.head.i, span)  # "X issued a statement calling for …"
        return found or [ref for noun in verb.lefts if noun.dep_ == "nsubj" for ref in self._behind(noun, span)]

    def _behind(self, voice: Token, span: Span) -> list[Reference]:
        """ "A spokesman for the ministry"."""
        if voice.lemma_.lower() not in self.voices:
            return []
        cases = (case for noun in voice.rights if noun.dep_ == "nmod" for case in noun.lefts if case.lower_ in FOR)
        return next((group for case in cases if (group := self.clauses.governed(case.i, span))), [])

    def _speaking(self, references: Sequence[Reference]) -> tuple[str, ...]:
        """Those of the actors that can speak, and in whose name the head of their phrase does."""
        found = dict.fromkeys(actor for ref in references if self._has_voice(ref) for actor in ref.actors)
        speaking = [actor for actor in found if self.types[actor] not in NOT_ACTING]
        return tuple(speaking if len(speaking) <= MAX_SPEAKERS else speaking[:1])

    def _has_voice(self, ref: Reference) -> bool:
        """Whether who is named speaks, or a voice of theirs: not "critics of Putin", not "Trump's lawyer"."""
        token = self.doc[ref.start : ref.end].root
        body = self.types[ref.actors[0]] not in {"Person", "Country"}
        while token.dep_ in INSIDE:
            head = token.head
            own = token.dep_ in SAME or (body and token.dep_ == "compound" and head.lemma_.lower() in self.classes)
            if not own and head.lemma_.lower() not in self.voices:
                return False  # but for "Yonhap news agency"
            token = head
        return True

    # ── passing on ───────────────────────────────────────────────────────────────────────────────

    def _quoted(self, verb: Token, cue: Cue, sentence: int) -> Source | None:
        """ "Ushakov quoted him as saying", "he was quoted by Interfax as saying": the one quoted speaks."""
        span = self.spans[sentence]
        quoting = self._speaking(self.clauses.agent(verb.i, span))
        quoted = self._speaking(self.clauses.patient(verb.i, span))
        if not (quoted or quoting):
            return None
        relay = quoting[0] if quoting and quoted else None
        return Source(speakers=quoted or quoting, cue=cue.text, at=cue.verb.i, sentence=sentence, relayed_by=relay)

    def _passed_on(self, source: Source, verb: Token) -> Source:
        """With who tells of it: "it quoted critics, with Boswell stating …", "according to AFP, both condemned …"."""
        span = self.spans[source.sentence]
        if self.types[source.speakers[0]] == MEDIA:
            return self._citing(source, verb)
        quoting = [token for token, _ in zip(verb.ancestors, range(CLIMB), strict=False) if _relays(token)]
        told = [self.clauses.agent(token.i, span) for token in quoting]
        cases = (case for noun in verb.children if noun.dep_ == "obl" for case in noun.lefts)
        told += [self.clauses.governed(case.i, span) for case in cases if case.lower_ == "according"]
        for group in told:
            passing = self._speaking(group)
            if passing and not set(passing) & set(source.speakers):
                return replace(source, relayed_by=passing[0])
        return source

    def _citing(self, source: Source, head: Token) -> Source:
        """ "Reuters reported, citing Putin", "according to Reuters, citing Putin": Reuters passes it on."""
        for token in (*head.rights, *head.head.children):
            if token.i > head.i and _relays(token) and token.dep_ in {"acl", "advcl"}:
                cited = self._speaking(self.clauses.patient(token.i, self.spans[source.sentence]))
                if cited and not set(cited) & set(source.speakers):
                    return replace(source, speakers=cited, relayed_by=source.speakers[0])
        return source

    def _addressee(self, cue: Cue, sentence: int, speakers: Sequence[str]) -> str | None:
        """The one who is told: "told Putin", "said to Macron"."""
        verb, span = cue.verb, self.spans[sentence]
        told = list[Reference]()
        if cue.addressee == "object":
            told = self.clauses.patient(verb.i, span)
        elif cue.addressee:
            cases = (case for noun in verb.rights if noun.dep_ == "obl" for case in noun.lefts)
            told = [
                ref for case in cases if case.lower_ == cue.addressee for ref in self.clauses.governed(case.i, span)
            ]
        return next((actor for actor in self._speaking(told) if actor not in speakers), None)


def _joined_to(verb: Token) -> Token | None:
    """ "Putin said Ukraine was weak and blamed the West": the verb of saying that a tree hides behind its content."""
    inner, outer = verb.head, verb.head.head
    joined = verb.dep_ == "conj" and inner.dep_ == "ccomp" and cue_at(inner) is None and cue_at(outer) is not None
    own = any(child.dep_ in {"nsubj", "mark"} for child in verb.lefts)
    return outer if joined and not own else None


def _relays(token: Token) -> bool:
    return token.lemma_ in RELAYING and token.pos_ == "VERB"
