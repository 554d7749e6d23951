"""Posts beside names ("Russian President Vladimir Putin") and role phrases without one ("both leaders")."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Span, Token

from kg.knowledge import KnowledgeBase
from kg.knowledge.naming import PARTICLES, spelling_key
from kg.knowledge.titles import same_title
from kg.lexicon import read_words
from kg.mentions.counterparts import COUNTERPART, Counterparts
from kg.mentions.departments import department_before
from kg.mentions.names import Name
from kg.model import Mention, MentionKind

PLURAL = "PLURAL"  # label of "both leaders": several actors at once
MAX_APPOSITION = 9  # words of a post after a name, a name one; longer ones were relative clauses
CONNECTORS = frozenset({"of", "for", "to", "the", "'s", "’s", "-", "–"})
OF_POSTS = frozenset({"of", "for", "to"})
COUNTING = frozenset({"both", "two", "three"})
KNOWN_PARTIES = frozenset({"leaders", "sides", "presidents", "delegations"})
"""What needs no number before it: "the leaders" are those of whom the text tells."""
TWO = "two"
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
STANDING = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod"})
BEFORE_POSTS = frozenset({"the", "a", "an", "who", "is", "now", "then", "currently"})
"""Words between a name's comma and the post: "Rustem Umerov, now secretary of …"."""

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
INDEFINITE = frozenset({"a", "an", "another", "any", "every", "no", "one", "-", "–"})
"""Before a post: "a U.S. envoy", "a pro-Russian president" is nobody in particular."""


class Titles:
    """Posts that stand beside names, and role phrases that stand alone."""

    def __init__(self, doc: Doc, names: list[Name], knowledge: KnowledgeBase, published: date | None) -> None:
        self.doc = doc
        self.knowledge = knowledge
        self.published = published
        self.name_at = {i: name for name in names for i in range(name.start, name.end)}
        self.heads = read_words("titles.tsv", "head")
        self.plurals = read_words("titles.tsv", "plural")
        self.words = self.heads | read_words("titles.tsv", "modifier")
        self.used: set[int] = set()  # tokens of titles that stand with a name
        self.further: list[Mention] = []  # posts behind names that have one before them
        self.counterparts = Counterparts(doc, knowledge, published)
        self.departments: set[int] = set()  # tokens of what ministers are of

    def with_title(self, name: Name) -> Mention:
        """The name's mention with the post before it, else after it. Names come in text order."""
        mention = self._titled(name)
        if mention.label == "PER":
            self.counterparts.persons.append((name, mention))
        return mention

    def _titled(self, name: Name) -> Mention:
        if name.mention.label not in {"PER", "MISC"}:
            return name.mention
        start, end = self._before(name)
        lead = self.doc[start].idx if start < end else None
        if start == end:
            start, end = self._after(name)
        elif (behind := self._after(name)) != (name.end, name.end):
            self.further.append(
                replace(self._role(*behind, name.mention.sentence, "PER"), antecedent=name.mention.begin)
            )
            self.used.update(range(*behind))
        if start == end:
            return name.mention
        self.used.update(range(start, end))
        title, body = self._read(start, end)
        body = body or self._of(name.end)
        holder = self._holder(name.mention.text, title, body)
        known = name.mention.candidates
        return replace(
            name.mention,
            label="PER",
            title=title,
            lead=lead,
            body=body.mention.begin if body else None,
            holder=holder,
            candidates=tuple(dict.fromkeys([holder, *known])) if holder else known,
        )

    def _holder(self, name: str, title: str, body: Name | None) -> str | None:
        """Who holds the post then and shares a word of the name: "President Abdel Fattah Al-Sisi of Egypt"."""
        if body is None or not body.mention.candidates:
            return self._bearer(name, title) if body is None else None
        words = set(spelling_key(name).split()) - PARTICLES
        offices = self.knowledge.holders(title, body.mention.candidates[0], self.published)
        persons = {office.person for office in offices}
        agreeing = [one for one in persons if words & set(spelling_key(self.knowledge.entry(one).name).split())]
        return agreeing[0] if len(agreeing) == 1 else None

    def _bearer(self, name: str, title: str) -> str | None:
        """ "Vice President Harris": the only bearer of the name who holds such a post on the article's day."""
        if self.published is None:
            return None
        held = [
            candidate.id
            for candidate in self.knowledge.candidates(name)
            if any(same_title(title, office.title) for office in self.knowledge.offices(candidate.id, self.published))
        ]
        return held[0] if len(held) == 1 else None

    def _of(self, i: int) -> Name | None:
        """ "President Pedro Sánchez of Spain": the body that follows the name."""
        if i + 1 >= len(self.doc) or self.doc[i].lower_ != "of":
            return None
        body = self.name_at.get(i + 2 if self.doc[i + 1].lower_ == "the" else i + 1)
        return body if body is not None and body.mention.label in {"LOC", "ORG"} else None

    def roles(self, span: Span, index: int) -> Iterator[Mention]:
        """Role phrases without a name: "the Russian president", "both leaders"."""
        for i in range(span.start, span.end):
            if i in self.used or i in self.name_at or i + 1 in self.name_at:
                continue  # "NATO member Estonia" is Estonia
            word = self.doc[i].lower_
            if i > span.start and ((word in self.plurals and self._counted(i)) or self._the_two(i)):
                yield self._role(i - 1, i + 1, index, PLURAL)
            elif word in self.heads and self.doc[i].pos_ in {"NOUN", "PROPN"}:
                start = self._role_start(i, span.start)
                if start < i:
                    yield self._role(start, i + 1, index, "PER")

    def _counted(self, i: int) -> bool:
        if self.doc[i + 1 : i + 2].text == "of":
            return False  # "the presidents of Russia and Ukraine" says whose
        if self.doc[i - 1].lower_ in COUNTING:
            return True
        signatories = self.doc[i].text == "Parties"  # as treaties call them
        return self.doc[i - 1].lower_ == "the" and (self.doc[i].lower_ in KNOWN_PARTIES or signatories)

    def _the_two(self, i: int) -> bool:
        """ "The two then sat down": a number that stands for those named before, and counts no noun."""
        return self.doc[i].lower_ == TWO and self.doc[i - 1].lower_ == "the" and self.doc[i].dep_ in STANDING

    def _role_start(self, i: int, floor: int) -> int:
        """First token of the phrase, or `i` where nothing makes it definite."""
        start = i
        while start > floor and self._word_of_title(start - 1):
            start -= 1
        before = self.doc[start - 1].lower_ if start > floor else ""
        if before == "the":
            return start - 1
        if before in INDEFINITE:
            return i
        name = self.name_at.get(start)
        definite = name is not None and name.mention.label in {"NORP", "LOC", "ORG"}
        return start if definite and start < i else i

    def _word_of_title(self, i: int) -> bool:
        if i in self.used:
            return False
        name = self.name_at.get(i)
        if name is not None:
            return name.mention.label in {"NORP", "LOC", "ORG"}
        return self.doc[i].lower_ in self.words or self.doc[i].lower_ in POSSESSIVES

    def _role(self, start: int, end: int, index: int, label: str) -> Mention:
        title, body = self._read(start, end)
        if body is None and end < len(self.doc) and self.doc[end].lower_ == "of":
            body = self.name_at.get(end + 1) or self.name_at.get(end + 2)
        holders: tuple[str, ...] = ()
        if body is not None and self._counterpart(end - 1) and body.mention.candidates:
            holders = self.counterparts.holders(end - 1, body.mention.candidates[0])
        elif body is not None and label == "PER" and body.mention.candidates:
            offices = self.knowledge.holders(title, body.mention.candidates[0], self.published)
            holders = tuple(dict.fromkeys(office.person for office in offices))
        span = self.doc[start:end]
        return Mention(
            begin=span.start_char,
            end=span.end_char,
            text=span.text,
            kind=MentionKind.ROLE,
            label=label,
            sentence=index,
            title=title,
            body=body.mention.begin if body else None,
            candidates=holders,
        )

    def _before(self, name: Name) -> tuple[int, int]:
        """Token range of the post in front of a name, empty where there is none."""
        end = name.start
        floor = self.doc[name.start].sent.start
        if end > floor + 1 and self.doc[end - 1].text == "," and self.doc[end - 2].lower_ in self.heads:
            if self._does(name, self.doc[end - 2]):
                return end, end
            end -= 1
        elif (department := self._department(name, floor)) is not None:
            return department
        elif (apart := self._apart(name, floor)) is not None:
            return apart
        start = end
        if start > floor and self.doc[start - 1].lower_ in CONNECTORS:
            return end, end  # "chairman of the Joint Chiefs": a title stands directly before its holder
        while start > floor and (self._word_of_title(start - 1) or self.doc[start - 1].lower_ in CONNECTORS - {"to"}):
            start -= 1
        while start < end and not self._opens(self.doc[start]):
            start += 1
        has_head = any(self.doc[i].lower_ in self.heads for i in range(start, end) if i not in self.name_at)
        return (start, end) if has_head else (end, end)

    def _department(self, name: Name, floor: int) -> tuple[int, int] | None:
        """ "US Secretary of Homeland Security Kristi Noem": token range of the post, None if none."""
        end = name.start - (self.doc[name.start - 1].text == "," and name.start > floor)
        head = department_before(self.doc, end, floor)
        if head is None or any(self._is_actor(i) for i in range(head, end)):
            return None
        self.departments.update(range(head + 2, end))
        start = head
        while start > floor and self._word_of_title(start - 1):
            start -= 1
        return start, end

    def _is_actor(self, i: int) -> bool:
        """Whether a person or country is named there, or a body whose last word says so ("Council")."""
        name = self.name_at.get(i)
        if name is None:
            return False
        country = any(self.knowledge.entry(one).type == "Country" for one in name.mention.candidates[:1])
        return country or name.mention.label == "PER" or self.doc[name.end - 1].lower_ in read_words("bodies.txt")

    def _apart(self, name: Name, floor: int) -> tuple[int, int] | None:
        """ "The Secretary General of the Council of Europe, Alain Berset, …": token range of the post, None if none.

        Without commas, too ("CEO of the Refugee Council Enver Solomon").
        """
        end = name.start
        if end <= floor + 1:
            return None
        if self.doc[end - 1].text == ",":
            if not self._closed(name):
                return None
            end -= 1
        last = end - 1
        if self.doc[last].text == ")":  # "the secretary general of CEI (Italian Episcopal Conference), …"
            last = next((i - 1 for i in range(last, floor, -1) if self.doc[i].text == "("), last)
        if last not in self.name_at and self.doc[last].pos_ == "NOUN":  # "the president of the Lombardy region, …"
            last -= 1
        body = self.name_at.get(last)
        if body is None or body.mention.label == "PER" or body.end != last + 1:
            return None
        start = body.start
        if start - 2 in self.name_at and self.doc[start - 1].lower_ in POSSESSIVES:
            start = self.name_at[start - 2].start  # "the head of Iran's Revolutionary Guards, …"
        while start > floor and self.doc[start - 1].lower_ in {"of", "the", "for"}:
            start -= 1
        if start == body.start or start == floor or self.doc[start - 1].lower_ not in self.heads:
            return None
        while start > floor and self._word_of_title(start - 1):
            start -= 1
        return start, body.end

    def _closed(self, name: Name) -> bool:
        """Whether an apposition ends behind the name, and no list goes on ("…, Olaf Scholz, and …")."""
        after = [token.lower_ for token in self.doc[name.end : name.end + 2]]
        return after[:1] == [","] and after[1:] != ["and"]

    def _opens(self, token: Token) -> bool:
        return token.lower_ in self.words or token.i in self.name_at

    def _after(self, name: Name) -> tuple[int, int]:
        """Token range of an apposition ", spokesman for the Indonesian military,"."""
        i = name.end
        if i + 1 >= len(self.doc) or self.doc[i].text != "," or name.mention.label != "PER":
            return name.end, name.end
        start = i + 1
        while start < len(self.doc) and self.doc[start].lower_ in BEFORE_POSTS:
            start += 1
        end = start
        length = 0
        while end < len(self.doc) and length < MAX_APPOSITION and self._continues(end):
            body = self.name_at.get(end)
            end = body.end if body is not None else end + 1
            length += 1
        of = next((j for j in range(start, end) if self.doc[j].lower_ in OF_POSTS), end)  # "son of the chairman"
        has_head = any(self.doc[j].lower_ in self.heads for j in range(start, of) if j not in self.name_at)
        closed = end < len(self.doc) and (self.doc[end].is_punct or self._apposed(start, end) or self._goes_on(end))
        return (start, end) if has_head and closed else (name.end, name.end)

    def _goes_on(self, i: int) -> bool:
        """ "Deputy prime minister and economy minister": another post, which is not read."""
        return self.doc[i].lower_ == "and" and self.doc[i + 1 : i + 2].text.lower() in self.words

    def _apposed(self, start: int, end: int) -> bool:
        """Whether a verb ends an apposition: in "after meeting Rubio, the minister left" it has its own subject."""
        root = self.doc[start:end].root
        return self.doc[end].pos_ in {"VERB", "AUX"} and root.dep_ not in SUBJECTS

    def _does(self, name: Name, post: Token) -> bool:
        """ "Through a spokesman, Abbas welcomed it": the name is the subject, the post stands with a preposition."""
        root = self.doc[name.start : name.end].root
        return root.dep_ in SUBJECTS and any(child.dep_ == "case" for child in post.children)

    def _continues(self, i: int) -> bool:
        token = self.doc[i]
        if i in self.name_at:
            return self.name_at[i].mention.label != "PER"
        return token.lower_ in self.words | CONNECTORS | {"at"} or token.pos_ in {"ADJ", "NOUN"}

    def _owns(self, one: Name, other: Name) -> bool:
        """ "The head of Iran's Revolutionary Guards" heads the Guards."""
        between = self.doc[one.end : other.start]
        return len(between) == 1 and between[0].lower_ in POSSESSIVES and other.mention.label == "ORG"

    def _read(self, start: int, end: int) -> tuple[str, Name | None]:
        """The words of the post without its country or body, and that body."""
        body: Name | None = None
        kept: list[str] = []
        for i in range(start, end):
            name = self.name_at.get(i) if i not in self.departments else None
            if name is not None:
                body = name if body is None or self._owns(body, name) else body
            elif self.doc[i].lower_ not in {*POSSESSIVES, "the", "both", "two", "three", "-", "–"}:
                kept.append(self.doc[i].text)
        while kept and kept[-1].lower() in CONNECTORS | {"at"}:
            kept.pop()
        while kept and kept[0].lower() in CONNECTORS:
            kept.pop(0)
        if end > start and self._counterpart(end - 1):
            return (self.counterparts.title(end - 1) if body is not None else ""), body
        return " ".join(kept).replace(" ,", ","), body

    def _counterpart(self, i: int) -> bool:
        return self.doc[i].lower_ == COUNTERPART
