"""Names as phrases: which tokens a mention covers, lists of names, and what governs them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from kg.model import Actor, Mention, MentionKind

MODIFIER_REACH = 4  # words between a name and the noun it modifies: "Russian full-scale invasion"
JOINTS = frozenset({"and", ",", "the", "as", "well", "&", "with", "both"})
CLAUSE_OPENERS = frozenset({"after", "before", "since", "until", "as", "than"})  # tagged ADP, yet a subject may follow
DASHES = frozenset({"-", "–", "/"})
OWNING = frozenset({"his", "her", "their", "its"})
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A mention as token range, with the actors it stands for (two for "both leaders")."""

    start: int
    end: int
    mention: Mention
    actors: tuple[str, ...]


class Phrases:
    """The references of one article by token, and the lists that they form."""

    def __init__(self, doc: Doc, spans: Sequence[Span], actors: Sequence[Actor]) -> None:
        self.doc = doc
        self.spans = spans
        self.references = _references(doc, actors)
        self.at = {i: ref for ref in self.references for i in range(ref.start, ref.end)}

    def in_sentence(self, sentence: int) -> Iterator[Reference]:
        """References of a sentence in text order."""
        span = self.spans[sentence]
        return (ref for ref in self.references if span.start <= ref.start < span.end)

    def _group_back(self, last: Reference, floor: int) -> list[Reference]:
        """ "Trump, Macron and Putin" from its last name leftwards."""
        group = [last]
        i = self._left_edge(last, floor) - 1
        while i >= floor and (self.doc[i].lower_ in {"and", ","} | DASHES):
            joint = i
            while i >= floor and (self.doc[i].lower_ in {"and", ","} | DASHES):
                i -= 1
            ref = self.at.get(i)
            if ref is None or (self.doc[joint].text == "," and joint == i + 1 and len(group) == 1):
                break
            group.insert(0, ref)
            i = self._left_edge(ref, floor) - 1
        return group

    def _left_edge(self, ref: Reference, floor: int) -> int:
        """The first token of the noun phrase that ends in the name: titles, demonyms, determiners."""
        i = ref.start
        titled = ref.mention.title is not None
        inside = {"DET", "ADJ", "NUM", "NOUN", "PROPN"} if titled else {"DET", "ADJ", "NUM"}
        while i > floor and (
            self.doc[i - 1].pos_ in inside
            or (titled and self.doc[i - 1].text in POSSESSIVES)
            or self.doc[i - 1].lower_ == "both"
        ):
            if (i - 1) in self.at and self.at[i - 1].mention.label == "PER":
                break
            i -= 1
        return i

    def _governed(self, ref: Reference, floor: int) -> bool:
        edge = self._left_edge(ref, floor)
        before = self.doc[edge - 1]
        return edge > floor and before.pos_ == "ADP" and before.lower_ not in CLAUSE_OPENERS

    def _group_on(self, first: Reference, span: Span) -> list[Reference]:
        """ "Putin and Ukrainian President Zelenskyy" from its first name rightwards.

        Names joined by commas alone are no list but an apposition: only the first counts.
        """
        group, i, listed = [first], first.end, False
        while i < span.end and (self.doc[i].lower_ in {"and", ",", "&"} | DASHES):
            while i < span.end and (self.doc[i].lower_ in JOINTS | DASHES):
                listed = listed or self.doc[i].text != ","
                i += 1
            while i < span.end and i not in self.at and self.doc[i].pos_ in {"ADJ", "NOUN", "PROPN", "DET"}:
                i += 1
            ref = self._named_at(i)
            if ref is None or (ref.end < span.end and self.doc[ref.end].text in POSSESSIVES):
                break
            if ref.mention.kind is MentionKind.DEMONYM and self._titled(ref.end):
                ref = self._named_after(ref.end, span) or ref
            group.append(ref)
            i = ref.end
        return group if listed else group[:1]

    def _named_at(self, i: int) -> Reference | None:
        """The reference at a token, unless it is a possessive pronoun: "his" in "of his bill" only owns the noun."""
        ref = self.at.get(i)
        owns = ref is not None and self.doc[ref.start].lower_ in OWNING
        return None if owns else ref

    def _titled(self, i: int) -> bool:
        return i < len(self.doc) and self.doc[i].pos_ in {"NOUN", "PROPN"}

    def _named_after(self, i: int, span: Span) -> Reference | None:
        for j in range(i, min(span.end, i + MODIFIER_REACH)):
            if j in self.at and self.at[j].mention.label == "PER":
                return self.at[j]
        return None


def _references(doc: Doc, actors: Sequence[Actor]) -> list[Reference]:
    """One reference a mention; names of a post's country ("Russian President") stand for nobody themselves."""
    bodies = {m.body for actor in actors for m in actor.mentions if m.body is not None}
    by_place: dict[tuple[int, int], list[tuple[Mention, str]]] = {}
    for actor in actors:
        for mention in actor.mentions:
            by_place.setdefault((mention.begin, mention.end), []).append((mention, actor.key))
    ends = {mention.begin: mention.end for actor in actors for mention in actor.mentions}
    references = []
    for (begin, end), found in sorted(by_place.items()):
        mention = found[0][0]
        if mention.body is not None and end < mention.body <= end + len(" of the "):
            end = ends.get(mention.body, end)  # "President Sánchez of Spain" is one phrase
        span = doc.char_span(mention.lead if mention.lead is not None else begin, end, alignment_mode="expand")
        if span is None or begin in bodies:
            continue
        keys = tuple(dict.fromkeys(key for _, key in found))
        references.append(Reference(start=span.start, end=span.end, mention=mention, actors=keys))
    return references
