"""Did it happen? Status read up the tree from a trigger: negation, modals, plans, wishes, conditions, denials.

Each word on the way from the trigger to the verb of its clause may say something of what stands under it ("did not
agree to meet": plan, then denial). The way ends where a clause begins whose truth the words above do not touch: in
relative clauses, in what somebody said, behind "after" and "because", and under words that take the event for granted
("violations of the ceasefire"). Polarity and signatures of verbs follow Nairn, Condoravdi and Karttunen (2006).

Refuse, don't guess: an event counts as occurred only where nothing on this way says otherwise.
"""

from collections.abc import Iterator, Set
from itertools import islice

from spacy.tokens import Doc, Span, Token

from kg.clauses import MOST_CHILDREN, has_case, has_features, is_infinitive, is_misjoined
from kg.events.cues import governing_cue, is_definite, own_cues, predicative_cue
from kg.events.telling import is_habit
from kg.lexicon import read_pairs, read_words
from kg.model import BlockKind, Status

DEPTH = 12  # steps up the tree; the longest that decided anything on EWT's dev part had seven
ONGOING_TYPES = frozenset({"Conflict"})  # a war that is spoken of still goes on, wished or planned as its end may be
AGREEMENT = "Agreement"
RISKED = frozenset({"prevent", "avoid", "avert", "risk", "threaten", "veer", "fear", "possible", "wider"})
RISK_REACH = 5  # tokens: "veering into conflict"
RAISING = frozenset({"mean", "appear", "seem", "believe", "think", "expect", "look"})
"""Verbs whose negation reaches into their clause; "did not say that Putin had accepted" denies nothing."""
CLOSED = frozenset({"acl:relcl", "parataxis", "root", "appos", "dep", "vocative", "discourse", "orphan", "list"})
OUTSIDE = frozenset(
    {"after", "since", "following", "despite", "because", "as", "while", "although", "though", "when", "over", "from"}
)
"""Words before a phrase or clause whose event the clause above takes for granted."""
BEFORE_IT_CAME = frozenset({"before", "until", "till"})  # such words do so where their clause is in the past tense
INFINITIVES = frozenset({"xcomp", "acl", "advcl", "csubj"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
ENDING = frozenset({"end", "finish", "conclude", "stop"})
DECIDING = (Status.DENIED, Status.POSSIBLE, Status.PLANNED, Status.ONGOING)
ORDINALS = frozenset({"first", "second", "third", "last", "latest", "only"})
STATES = frozenset({"acl", "acl:relcl"})
RELATIVES = frozenset({"that", "which"})
AUXILIARIES = frozenset({"aux", "aux:pass"})
COPULAS = AUXILIARIES | {"cop"}
CONDITIONS = frozenset({"if", "unless"})
ASKING = frozenset({"what", "who", "why", "when", "where", "how", "which"})
"""Questions that take for granted that it happened: "why did they meet?"."""
APPOINTED = frozenset({"date", "timetable"})
NOBODY = frozenset({"nobody", "none"})
WELCOMING = frozenset({"welcome", "support"})
"""Who welcomes or supports the truce speaks of one that is there; who would welcome one does not."""
WOULD = frozenset({"would", "’d", "'d"})
MODALS = WOULD | {"could", "might", "may"}
FIGHTING = frozenset({"fight", "wage"})
GOING_ON = frozenset({"in", "on", "under"})
"""Prepositions of those who are at it: "is in talks", "is on trial", "is under investigation"."""
PRESENT_BE = frozenset({"is", "are", "'s", "’s", "'re", "’re", "am", "been", "be"})


def event_status(doc: Doc, span: Span, start: int, end: int, *, event_type: str, verb: bool, kind: BlockKind) -> Status:
    """Status of the event that `doc[start:end]` names in its sentence."""
    if event_type in ONGOING_TYPES:
        risked = any(token.lemma_ in RISKED for token in doc[max(span.start, start - RISK_REACH) : start])
        over = _is_over(doc[start:end].root)
        return Status.POSSIBLE if risked else Status.OCCURRED if over else Status.ONGOING
    trigger = doc[start:end].root
    if event_type == AGREEMENT and trigger.head.lemma_ == "agree" and trigger.dep_ in {"obj", "obl"}:
        trigger = trigger.head  # "agreed to a trade truce": it is made, whatever it brings
    announced = trigger.dep_ == "ccomp" and trigger.i < trigger.head.i  # "Trump to meet Putin, Kremlin says"
    headline = kind is not BlockKind.PARAGRAPH and governing_cue(trigger) is None
    if verb and (headline or announced) and is_infinitive(trigger):
        return Status.PLANNED  # headlines: "Trump to meet Putin"
    return _Way(trigger).climb()


class _Way:
    """The way from a trigger up its tree, with what has been said of the event so far."""

    def __init__(self, trigger: Token) -> None:
        self.trigger = trigger
        self.word = trigger
        self.status: Status | None = None
        self.below = trigger  # the last word but one on the way
        self.purpose = False  # of something of which the text does not say that it was done
        self.attended = False  # who "will not attend the summit" denies none

    def climb(self) -> Status:
        """Reads each word on the way until nothing above it can touch the event."""
        granted = not self._own(self.word) or _carried_out(self.word)
        for _ in range(DEPTH):
            governor = self.word.head
            if granted or governor == self.word or self.word.dep_ in CLOSED or not self._goes_on(governor):
                break
            if is_misjoined(self.word):
                break
            joined = self.below = self.word
            self.word = governor
            granted = (joined.dep_ != "conj" or _shares(joined)) and not self._own(governor)
        if not granted and self.word.head == self.word:
            self._whole_sentence(self.word)
        return self.status or (Status.POSSIBLE if self.purpose else Status.OCCURRED)

    def _say(self, status: Status | None) -> None:
        """What a word further out says of the event."""
        if self.attended and status in {Status.DENIED, Status.POSSIBLE}:
            status = Status.PLANNED if status is Status.POSSIBLE else None
        inner = self.status
        if inner is None or status is None:
            self.status = inner if status is Status.OCCURRED else inner or status
        elif status is Status.DENIED:
            self.status = Status.POSSIBLE if inner is Status.DENIED else status
        elif status is Status.POSSIBLE or (status is Status.PLANNED and inner is Status.ONGOING):
            self.status = status

    def _own(self, word: Token) -> bool:
        """Reads the words that stand with one word; False where they take the event for granted ("previous").

        Of several the negation decides.
        """
        found = {status for _, status in own_cues(word)}
        found |= {Status.DENIED} if self._nobody(word) else set()
        if None in found:
            return False
        if found & {Status.PLANNED, Status.POSSIBLE} and Status.DENIED not in found and _conditional(word):
            found = {Status.POSSIBLE}
        found -= {Status.DENIED} if self.attended else set()
        found |= {told for child in islice(word.rights, MOST_CHILDREN) if (told := _told_by(child)) is not None}
        status = next((status for status in DECIDING if status in found), None)
        if status is not None:
            self._say(status)
        elif self.status is None and (word == self.trigger or word.lemma_ in _supports()) and _lasts(word):
            self.status = Status.ONGOING
        return True

    def _nobody(self, verb: Token) -> bool:
        """ "No one was arrested", "arrested nobody"; of "no talks were held" the talks themselves are denied.

        Of "nobody was killed" the attack is not.
        """
        parts = SUBJECTS | {"obj"} if verb == self.trigger else SUBJECTS
        named = (child for child in islice(verb.children, MOST_CHILDREN) if child.dep_ in parts and child != self.below)
        return verb.lemma_ not in read_words("verbs.tsv", "harming") and any(map(_is_nobody, named))

    def _goes_on(self, governor: Token) -> bool:
        """Reads what the governor says; False where the way ends."""
        word = self.word
        cue = governing_cue(word)
        if cue is not None and not (word.dep_ == "ccomp" and cue[1] is Status.OCCURRED):
            if cue[0][0] in WELCOMING:
                return self._welcomed(governor)
            if cue[1] is None:
                return False
            self._say(cue[1])
            # What "will continue" goes on already; talks for which there is no date yet are planned.
            return cue[1] is not Status.ONGOING and cue[0][0] not in APPOINTED
        if word.dep_ == "ccomp":
            self._future_in_past(governor)
            return governor.lemma_ in RAISING
        if word.dep_ in SUBJECTS or (word.dep_ == "compound" and governor.pos_ == "VERB"):
            return self._subject(governor)  # headlines: "Trump–Zelenskyy call set for 4 July"
        if is_infinitive(word) and word.dep_ in INFINITIVES:
            if _elects(word, governor):
                return True
            if word.dep_ == "advcl":
                # The purpose of what was done was reached more often than not (13 of 18 on EWT's dev part).
                told = "Tense=Past" in governor.morph or governor.lemma_ in read_words("verbs.tsv", "assembling")
                self.purpose = self.purpose or not told
            elif not _has_done(word, governor):
                self._say(Status.POSSIBLE)
            return True
        if word.pos_ in {"VERB", "AUX"}:
            return word.dep_ in {"xcomp", "conj", "csubj"} or (word.dep_ == "advcl" and not _stands_outside(word))
        return self._noun(governor)

    def _welcomed(self, governor: Token) -> bool:
        """ "Welcomed the truce", "would welcome a truce", "supports the release of hostages"."""
        there = is_definite(self.word) and all(not has_case(child, {"of"}) for child in _phrases(self.word))
        if _hypothetical(governor) or (governor.lemma_ == "support" and not there):
            self._say(Status.POSSIBLE)
        return False

    def _subject(self, governor: Token) -> bool:
        told = read_pairs("predicates.tsv").get(governor.lemma_)
        told = read_pairs("predicates.tsv").get(governor.lower_) if told is None else told
        if told:
            self._say(Status(told))
            if told == Status.POSSIBLE:
                return False  # what was not mentioned or proposed is not denied either
        cue = predicative_cue(governor) if told is None else None
        if cue is not None:
            self._say(cue[1])
        elif told is None and _hypothetical(governor, MODALS) and not is_definite(self.word):
            self._say(Status.POSSIBLE)  # "a deal would end the war", "an attack could prompt a response"
        return told is not None or cue is not None or governor.lemma_ in _supports()

    def _noun(self, governor: Token) -> bool:
        """Whether what is said above a noun says something of the event that it names."""
        word = self.word
        if word.dep_ in {"conj", "compound"}:
            return True
        if word.dep_ == "obj" and governor.lemma_ in read_words("verbs.tsv", "attending"):
            self.attended = True
            return True
        if _stands_outside(word):
            return False
        if governor.pos_ in {"NOUN", "PROPN", "NUM"}:
            return has_case(word, {"of"}) or not is_definite(word)
        return governor.lemma_ in _supports() or not is_definite(word) or has_case(word, {"at", "during"})

    def _future_in_past(self, governor: Token) -> None:
        """ "He said that he would travel on Monday" tells of a plan, unless on a condition."""
        joined = self.below if self.below.dep_ == "conj" else self.word  # "that it was good and that they would meet"
        would = any(child.lemma_ == "would" for child in islice(joined.lefts, MOST_CHILDREN))
        if would and self.status is Status.POSSIBLE and "Tense=Past" in governor.morph and not _conditional(self.word):
            self.status = Status.PLANNED

    def _whole_sentence(self, root: Token) -> None:
        """Questions and orders tell of nothing that happened."""
        asked = any(child.text == "?" for child in islice(root.rights, MOST_CHILDREN))
        asked = asked and not any(child.lower_ in ASKING for child in islice(root.lefts, MOST_CHILDREN))
        if asked or "Mood=Imp" in root.morph:
            self._say(Status.POSSIBLE)


def _elects(verb: Token, governor: Token) -> bool:
    """ "Chileans vote to elect their president"."""
    return governor.lemma_ in read_words("verbs.tsv", "voting") and verb.lemma_ in read_words("verbs.tsv", "choosing")


def _is_over(war: Token) -> bool:
    """ "After twelve days of war", "the war ended", "fought a war last June"; "wants to end the war" ends none."""
    phrase = war.head if war.dep_ == "nmod" and war.head.pos_ == "NOUN" else war
    after = any(has_case(word, {"after"}) for word in (war, phrase))
    verb = war.head
    ended = verb.lemma_ in ENDING and war.dep_ in {"obj", *SUBJECTS} and "Tense=Past" in verb.morph
    finite = "VerbForm=Fin" in verb.morph or any(
        child.dep_ in AUXILIARIES for child in islice(verb.lefts, MOST_CHILDREN)
    )
    fought = verb.lemma_ in FIGHTING and war.dep_ == "obj" and has_features(verb, "Tense=Past", "VerbForm=Fin")
    return after or fought or (ended and finite and not any(status is Status.DENIED for _, status in own_cues(verb)))


def _carried_out(noun: Token) -> bool:
    """ "The countermeasures taken against China", whatever is to become of them."""
    behind = (child for child in islice(noun.rights, MOST_CHILDREN) if child.dep_ == "acl")
    done = any(
        "Tense=Past" in clause.morph
        and clause.lemma_ in _supports()
        and not read_pairs("predicates.tsv").get(clause.lemma_)  # "a visit planned for May"
        for clause in behind
    )
    return done and is_definite(noun)


def _has_done(infinitive: Token, governor: Token) -> bool:
    """ "Claims to have killed four", "the first president to be arrested"."""
    auxiliaries = (child.lower_ for child in islice(infinitive.lefts, MOST_CHILDREN) if child.dep_ == "aux")
    return "have" in auxiliaries or any(child.lower_ in ORDINALS for child in islice(governor.lefts, MOST_CHILDREN))


def _told_by(clause: Token) -> Status | None:
    """ "A call set for 4 July", "talks that will be held": what a clause on an event noun says became of it."""
    told = read_pairs("predicates.tsv").get(clause.lemma_)
    if told == "" and any(child.dep_ == "obj" for child in islice(clause.rights, MOST_CHILDREN)):
        return None  # "a treaty which will increase trade": what it does, not whether it comes
    if clause.dep_ == "acl" and told and not is_infinitive(clause):
        return Status(told)
    relative = clause.dep_ == "acl:relcl" and any(
        child.dep_ in SUBJECTS and child.lower_ in RELATIVES for child in islice(clause.lefts, MOST_CHILDREN)
    )
    if not relative or (told is None and clause.lemma_ not in _supports()):
        return None
    return Status(told) if told else next((status for _, status in own_cues(clause) if status is not None), None)


def _shares(joined: Token) -> bool:
    """ "Will visit Kyiv and meet Zelenskyy": a verb without auxiliary and subject shares those of the first."""
    own = any(child.dep_ in {"aux", "nsubj", "nsubj:pass"} for child in islice(joined.lefts, MOST_CHILDREN))
    return not own and "VerbForm=Fin" not in joined.morph and joined.pos_ == joined.head.pos_


def _conditional(verb: Token) -> bool:
    """ "Would respond if the broadcasts do not stop"; a condition on one of joined verbs is one on all."""
    joined = (verb, *(child for child in islice(verb.children, MOST_CHILDREN) if child.dep_ == "conj"))
    clauses = (child for one in joined for child in islice(one.children, MOST_CHILDREN) if child.dep_ == "advcl")
    return any(word.lower_ in CONDITIONS for clause in clauses for word in islice(clause.lefts, MOST_CHILDREN))


def _stands_outside(word: Token) -> bool:
    outside = OUTSIDE | BEFORE_IT_CAME if "Tense=Past" in word.morph else OUTSIDE
    before = (child for child in islice(word.lefts, MOST_CHILDREN) if child.dep_ in {"mark", "case", "advmod"})
    return any(child.lower_ in outside for child in before)


def _is_nobody(noun: Token) -> bool:
    no = (child for child in islice(noun.lefts, MOST_CHILDREN) if child.dep_ == "det" and child.lower_ == "no")
    return noun.lower_ in NOBODY or (noun.lemma_ not in APPOINTED and any(no))


def _hypothetical(verb: Token, modals: Set[str] = WOULD) -> bool:
    return any(child.lower_ in modals and child.dep_ == "aux" for child in islice(verb.lefts, MOST_CHILDREN))


def _phrases(noun: Token) -> Iterator[Token]:
    return (child for child in islice(noun.rights, MOST_CHILDREN) if child.dep_ == "nmod")


def _lasts(verb: Token) -> bool:
    """ "Is attacking", "have been giving", "citizens wrongfully detained"; "is announcing" tells of one act.

    So do "attack every night" and "is in talks".
    """
    before = {child.lower_ for child in islice(verb.lefts, MOST_CHILDREN) if child.dep_ in AUXILIARIES}
    if verb.pos_ == "NOUN":
        being = {child.lower_ for child in islice(verb.lefts, MOST_CHILDREN) if child.dep_ == "cop"}
        return bool(being & PRESENT_BE) and has_case(verb, GOING_ON)
    if verb.pos_ != "VERB":
        return False
    if has_features(verb, "Tense=Pres", "VerbForm=Fin") and is_habit(verb):
        return True
    if verb.lower_.endswith("ing"):
        return bool(before & PRESENT_BE) and verb.lemma_ not in read_words("performatives.txt")
    if "being" in before:
        return bool(before & PRESENT_BE)
    participle = "VerbForm=Part" in verb.morph and (not before or before <= PRESENT_BE) and verb.dep_ in STATES
    return participle and "been" not in before and verb.lemma_ in read_words("states.txt")


def _supports() -> frozenset[str]:
    return read_words("supports.tsv")
