"""Which events of many readings resolution makes one, with what it knew of each: for measuring, by document.

`kg.resolution` gives events with their articles, not which of an article's events each is; the same steps are taken
here with the candidates kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import EventMention, Reading
from kg.pipeline import load_knowledge
from kg.resolution import Article
from kg.resolution.across import _articles, _events
from kg.resolution.candidates import Candidate
from kg.resolution.decisions import NONE
from kg.resolution.entities import Entities, resolve_entities
from kg.resolution.events import MIN_SCORE, cluster_events
from kg.resolution.matching import similarity, veto
from kg.resolution.memory import Memory
from kg.schema import load_event_schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """Candidates by document and event; those of one number are one event."""

    articles: Mapping[str, Article]
    entities: Entities
    clusters: tuple[tuple[Candidate, ...], ...]
    home: dict[tuple[str, str], int]  # (identifier of the document, id of its event) -> place in `clusters`
    ids: dict[tuple[str, str], str]  # (identifier of the document, id of its event) -> id of the event in the graph

    def candidate(self, identifier: str, event: EventMention) -> Candidate:
        """What was known of a document's event."""
        members = self.clusters[self.home[identifier, event.id]]
        return next(c for c in members if self.identifier(c) == identifier and c.event.id == event.id)

    def identifier(self, candidate: Candidate) -> str:
        """The document that tells it."""
        return self.articles[candidate.article].reading.document.identifier

    def id_of(self, candidate: Candidate) -> str:
        """The event of the graph that it is part of."""
        return self.ids[self.identifier(candidate), candidate.event.id]

    def same(self, one: tuple[str, EventMention], other: tuple[str, EventMention]) -> bool:
        """Whether two documents' events are one."""
        return self.home[one[0], one[1].id] == self.home[other[0], other[1].id]

    def why(self, one: Candidate, other: Candidate) -> str:
        """What keeps two candidates apart: a veto, too few shared, or another member of their clusters."""
        if one.event.type != other.event.type:
            return f"their classes differ: {one.event.type}, {other.event.type}"
        reason = veto(one, other)
        if reason is not None:
            return f"veto: {reason}"
        score = similarity(one, other)
        if score < MIN_SCORE:
            return f"score {score:.2f}"
        for mine in self._beside(one):
            for theirs in self._beside(other):
                reason = veto(mine, theirs)
                if reason is not None:
                    names = f"{self.identifier(mine)} and {self.identifier(theirs)}"
                    return f"score {score:.2f}, veto between members of their clusters: {reason} ({names})"
        return f"score {score:.2f}, nothing keeps them apart"

    def _beside(self, candidate: Candidate) -> tuple[Candidate, ...]:
        return self.clusters[self.home[self.identifier(candidate), candidate.event.id]]

    def describe(self, candidate: Candidate) -> str:
        """Class, roles, dates, places, numbers and status in one line."""
        name = {entity.id: entity.name for entity in self.entities.by_id.values()}
        parts = [f"{role}={name[actor]}" for role, actor in candidate.roles]
        parts += [f"date={d.begin}" if d.begin == d.end else f"date={d.begin}/{d.end}" for d in candidate.dates]
        parts += [f"place={name[place]}" for _, place in candidate.places]
        parts += [f"{key}={value}" for key, value in candidate.numbers]
        parts += sorted(candidate.statuses)
        published = f"published={candidate.published}"
        return " ".join([candidate.event.type, f"{'/'.join(candidate.event.words)}:", *parts, published])


def cluster(readings: Sequence[Reading]) -> Clusters:
    """All readings in one graph."""
    knowledge, schema = load_knowledge(), load_event_schema()
    articles = _articles(readings, knowledge)
    entities = resolve_entities(articles, knowledge)
    clusters = tuple(tuple(members) for members in cluster_events(articles.values(), entities))
    home = {
        (articles[c.article].reading.document.identifier, c.event.id): number
        for number, members in enumerate(clusters)
        for c in members
    }
    _, event_ids = _events(articles, entities, schema, NONE, Memory())
    ids = {(articles[name].reading.document.identifier, event): id for (name, event), id in event_ids.items()}
    return Clusters(articles=articles, entities=entities, clusters=clusters, home=home, ids=ids)
