"""What the graph tells, by the node that it is told of: the pieces in which a graph grows.

Each quad of the graph is about one subject, so that what an article more changes is what its subjects tell otherwise.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import chain

from kg.provenance import Run
from kg.resolution import Article, Entity, Event, Fact, Post, Resolution, Statement
from kg.topic_scheme import TopicNode, topics_with_broader


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldArticle:
    """An article with the numbers of those of its sentences that are evidence for something."""

    article: Article
    cited: tuple[int, ...]

    def __repr__(self) -> str:
        """All that the graph says of the article; its text is what its id names."""
        document = replace(self.article.reading.document, text="", blocks=())
        return repr((self.article.id, self.article.copy_of, document, self.article.reading.topics, self.cited))


Told = Entity | Post | Event | Statement | Fact | ToldArticle | TopicNode | Run
"""What quads are made of. Equal ones, by their `repr`, give equal quads."""


def is_untouched(subject: tuple[Told, ...]) -> bool:
    """Whether all that is told of a node is what was told of it before."""
    return all(isinstance(told, Event) and told.untouched for told in subject)


def subjects(resolution: Resolution, run: Run | None = None) -> dict[str, tuple[Told, ...]]:
    """All that the graph tells of each of its nodes, by the node's id; no quad belongs to two of them."""
    found: dict[str, list[Told]] = defaultdict(list)
    for things in (resolution.entities.values(), resolution.posts.values(), resolution.events, resolution.statements):
        for thing in things:
            found[thing.id].append(thing)
    for fact in resolution.facts:
        found[fact.subject].append(fact)
    cited = _cited(resolution)
    for article in resolution.articles.values():
        found[article.id].append(ToldArticle(article=article, cited=tuple(sorted(cited[article.id]))))
    for topic in topics_with_broader(_topics(resolution)):
        found[topic.iri].append(topic)
    if run is not None:
        found[run.id].append(run)
    return {name: tuple(told) for name, told in found.items()}


def _cited(resolution: Resolution) -> dict[str, set[int]]:
    """The sentences of each article that are evidence for something in the graph."""
    cited: dict[str, set[int]] = defaultdict(set)
    told: tuple[Event | Statement, ...] = (*resolution.events, *resolution.statements)
    facts = chain(
        resolution.facts,
        (fact for one in told for fact in one.facts),
        (fact for entity in resolution.entities.values() for fact in entity.identity),
    )
    for support in chain(told, facts):
        for place in support.evidence:
            cited[place.article].add(place.sentence)
    return cited


def _topics(resolution: Resolution) -> set[str]:
    articles = {topic.topic for article in resolution.articles.values() for topic in article.reading.topics}
    events = {topic for event in resolution.events for topic in event.topics}
    return articles | events | {topic for said in resolution.statements for topic in said.topics}
