"""Counterparts: who holds abroad the post that somebody of the text holds at home ("his Turkish counterpart")."""

from collections.abc import Iterator, Sequence
from datetime import date

from spacy.tokens import Doc, Token

from kg.knowledge import KnowledgeBase
from kg.knowledge.titles import LEADER, canonical_title
from kg.mentions.names import Name
from kg.model import Mention

COUNTERPART = "counterpart"
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
LEADING = frozenset({"President", "Prime Minister", "Chancellor"})
"""Posts of those who lead a country, whatever it calls them: Merz's counterpart in Paris is the president."""

SAME_POST = {"Secretary of State": "Foreign Minister", "Foreign Minister": "Secretary of State"}
REACH = 60
"""Tokens from a counterpart back to whose it is, where the sentence does not tell."""


class Counterparts:
    """Whose counterparts those of one article are; persons are added in text order."""

    def __init__(self, doc: Doc, knowledge: KnowledgeBase, published: date | None) -> None:
        self.doc = doc
        self.knowledge = knowledge
        self.published = published
        self.persons: list[tuple[Name, Mention]] = []

    def title(self, i: int) -> str:
        """The post at home of the one whose counterpart is at this token, as the text gives it, else the base."""
        return next(self._titles(i), "")

    def holders(self, i: int, land: str) -> tuple[str, ...]:
        """Who holds it in that country on the article's day; nobody where two may be meant."""
        if self.published is None:
            return ()
        for title in self._titles(i):
            post = canonical_title(title)
            found = self._held(post, land) or self._held(SAME_POST.get(post, ""), land)
            leader = self._held(LEADER, land) if post in LEADING else found
            if found and leader and set(found) != set(leader):
                return ()  # a president's counterpart where a prime minister leads the country
            if found or leader:
                return found or leader
        return ()

    def _held(self, title: str, land: str) -> tuple[str, ...]:
        offices = self.knowledge.holders(title, land, self.published) if title else ()
        return tuple(dict.fromkeys(office.person for office in offices))

    def _titles(self, i: int) -> Iterator[str]:
        whose = self._whose(i)
        if whose is None:
            return
        if whose.title:
            yield whose.title
        elif whose.candidates and self.published is not None:
            offices = self.knowledge.offices(whose.candidates[0], self.published)
            yield from (office.title for office in sorted(offices, key=lambda office: not office.top))

    def _whose(self, i: int) -> Mention | None:
        """The subject of the clause, else the person named last before."""
        before = [(name, mention) for name, mention in self.persons if name.start < i]
        for verb in self.doc[i].ancestors:
            subject = next((child for child in verb.lefts if child.dep_ in SUBJECTS and child.i < i), None)
            if subject is not None:
                return self._in(subject, before) or self._last(i, before)
        return self._last(i, before)

    def _in(self, subject: Token, before: Sequence[tuple[Name, Mention]]) -> Mention | None:
        inside = range(subject.left_edge.i, subject.right_edge.i + 1)
        return next((mention for name, mention in before if name.start in inside), None)

    def _last(self, i: int, before: Sequence[tuple[Name, Mention]]) -> Mention | None:
        return next((mention for name, mention in reversed(before) if i - name.end <= REACH), None)
