"""People of one name whom the knowledge base does not know: one person as far as their articles agree.

A name alone proves nothing: two articles must agree on the country, on the post, or on somebody else who is named
there; a different country or post keeps them apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from kg.knowledge import KnowledgeBase, normalize_name
from kg.knowledge.names import plain_text
from kg.knowledge.titles import canonical_title
from kg.lexicon import read_words
from kg.model import Actor, Relation, RelationType
from kg.resolution.model import Article

MOST_NAMESAKES = 20
"""Persons of one name that are told apart; an article about yet another one is not compared with the others."""

MOST_COMPANY = 100
"""Others named in an article, the first ones, with whom somebody's company is compared."""

MUCH_COMPANY = 3
"""Others named in both articles that make one person of two posts."""

NO_POSTS = frozenset({"and", "for", "of", "the", "to", "mr", "mrs", "ms", "dr"})
"""Words of titles that tell no post."""

EVERYWHERE = frozenset({"Country", "NewsMediaOrganization"})
"""Types of actors that articles share though they are about different people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """What articles tell of a person that can agree with other articles, or contradict them."""

    lands: frozenset[str]  # knowledge-base ids of the countries in whose posts they are
    posts: frozenset[str]  # words of their titles
    company: frozenset[str]  # others named in the same articles

    def contradicts(self, other: "Circle") -> bool:
        """Different countries; or different posts, and neither a country nor much company that both have."""
        if self.lands and other.lands:
            return not self.lands & other.lands
        apart = bool(self.posts and other.posts) and not self.posts & other.posts
        return apart and len(self.company & other.company) < MUCH_COMPANY

    def agrees(self, other: "Circle") -> bool:
        """Whether something beside the name is the same."""
        return bool(self.lands & other.lands or self.posts & other.posts or self.company & other.company)

    def joined(self, other: "Circle") -> "Circle":
        """What both tell together."""
        return Circle(
            lands=self.lands | other.lands, posts=self.posts | other.posts, company=self.company | other.company
        )


def circles(article: Article, knowledge: KnowledgeBase) -> dict[str, Circle]:
    """The circle of every person of an article whom the base does not know, by actor key."""
    reading = article.reading
    telling = islice(filter(_is_telling, reading.actors), MOST_COMPANY)
    company = {*map(_mark, telling), article.source}
    known = {actor.key: actor.knowledge_id for actor in reading.actors}
    told: dict[str, list[Relation]] = {}
    for relation in reading.relations:
        told.setdefault(relation.subject, []).append(relation)
    return {
        actor.key: Circle(
            lands=_lands(told.get(actor.key, ()), known, knowledge),
            posts=_posts(told.get(actor.key, ())),
            company=frozenset(company - {_mark(actor)}),
        )
        for actor in reading.actors
        if actor.type == "Person" and actor.knowledge_id is None
    }


def told_apart(members: Sequence[Circle]) -> list[list[int]]:
    """Which of these, all of one name, are one person: places in `members`, each group in order."""
    groups: list[tuple[Circle, list[int]]] = []  # the one that grew last comes first
    for place, circle in enumerate(members):
        places, others = [place], []
        for group in groups[:MOST_NAMESAKES]:
            if _is_one(group[0], circle):
                circle, places = group[0].joined(circle), [*group[1], *places]
            else:
                others.append(group)
        groups[:MOST_NAMESAKES] = [(circle, places), *others]
    return sorted(sorted(places) for _, places in groups)


def _is_one(one: Circle, other: Circle) -> bool:
    return one.agrees(other) and not one.contradicts(other)


def _lands(relations: Sequence[Relation], known: dict[str, str | None], knowledge: KnowledgeBase) -> frozenset[str]:
    bodies = (known.get(r.object) for r in relations if r.object and r.type is not RelationType.CONTAINED_IN)
    entries = [knowledge.entry(body) for body in bodies if body is not None]
    lands = (entry.id if entry.type == "Country" else entry.country for entry in entries)
    return frozenset(land for land in lands if land is not None)


def _posts(relations: Sequence[Relation]) -> frozenset[str]:
    """The words of the titles, written in one way: a "lieutenant general" and a "general" may be one."""
    titles = (plain_text(canonical_title(relation.title)) for relation in relations if relation.title)
    return (
        frozenset(word for title in titles for word in title.split()) - read_words("titles.tsv", "modifier") - NO_POSTS
    )


def _is_telling(actor: Actor) -> bool:
    """Known and rarely named, or a full name."""
    if actor.knowledge_id is not None:
        return actor.type not in EVERYWHERE
    return actor.type == "Person" and " " in normalize_name(actor.name)


def _mark(actor: Actor) -> str:
    return actor.knowledge_id or f"nil {normalize_name(actor.name)}"
