"""What is remembered of events from one resolution to the next, so that those of which nothing new is told cost little.

Which articles tell of an event is found anew each time. What they say of it together, and what it is called, depends on
these articles alone and on the entities that they name: the same of both is the same event, word for word.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import ActorRef
from kg.resolution.candidates import Candidate
from kg.resolution.entities import Entities
from kg.resolution.model import Article, Event, Evidence
from kg.resolution.naming import Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """An event's own name, and the id and the replaced ids that it had among all others."""

    name: Name
    id: str
    replaces: tuple[str, ...]


@dataclass(slots=True)
class Memory:
    """Events by what they were made of: `before` from the last resolution, `now` from this one."""

    before: Mapping[bytes, Remembered] = field(default_factory=dict)
    now: dict[bytes, Remembered] = field(default_factory=dict)


def ingredients(cluster: Sequence[Candidate], articles: Mapping[str, Article], entities: Entities) -> bytes:
    """A digest of all that an event is made of."""
    told = []
    for candidate in cluster:
        article = articles[candidate.article]
        told += [article.id, article.source, str(article.reading.document.published), candidate.event.id]
        for assertion in candidate.event.assertions:
            keys = [assertion.value.key] if isinstance(assertion.value, ActorRef) else []
            for key in [*keys, *filter(None, [assertion.attributed_to])]:
                entity = entities.by_id[entities.id_of(article.id, key)]
                told += [entity.id, entity.name, entity.type]
    return hashlib.blake2b("\x1f".join(told).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def untouched(cluster: Sequence[Candidate], remembered: Remembered, articles: Mapping[str, Article]) -> Event:
    """An event that is told of as before: its id, topics and evidence, without its facts."""
    sentences = {
        Evidence(article=c.article, sentence=n)
        for c in cluster
        for n in (*c.event.sentences, *(assertion.sentence for assertion in c.event.assertions))
    }
    topics = {
        topic for c in cluster for event, topic in articles[c.article].reading.event_topics if event == c.event.id
    }
    return Event(
        id=remembered.id,
        type=cluster[0].event.type,
        label="",
        articles=(),
        evidence=tuple(sentences),
        facts=(),
        topics=tuple(topics),
        untouched=True,
    )
