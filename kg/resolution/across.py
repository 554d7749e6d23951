"""Readings of all articles into one resolved graph. The order of the readings never shows."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.knowledge import KnowledgeBase
from kg.model import Reading
from kg.naming import digest, slug
from kg.resolution.copies import copies
from kg.resolution.entities import Entities, resolve_entities
from kg.resolution.events import Candidate, claims_of, cluster_events
from kg.resolution.labels import event_label, event_slug
from kg.resolution.model import Article, Event, Evidence, Fact, Resolution
from kg.resolution.relations import resolve_relations
from kg.resolution.statements import resolve_statements
from kg.resolution.support import Claim, facts_about
from kg.schema import EventSchema


def resolve_across_documents(readings: Sequence[Reading], knowledge: KnowledgeBase, schema: EventSchema) -> Resolution:
    """Entities, events, statements and facts of all articles together."""
    articles = _articles(readings)
    entities = resolve_entities(articles, knowledge)
    events, event_ids = _events(articles, entities, schema)
    posts, facts = resolve_relations(articles, entities)
    return Resolution(
        articles=articles,
        entities=entities.by_id,
        posts=posts,
        events=events,
        statements=resolve_statements(articles, entities, event_ids),
        facts=facts,
    )


def _articles(readings: Sequence[Reading]) -> dict[str, Article]:
    """Articles by id, in the order of ids; the same text twice is one article."""
    by_id = {_article_id(reading): reading for reading in sorted(readings, key=lambda r: r.document.identifier)}
    ids = sorted(by_id)
    ordered = [by_id[article_id] for article_id in ids]
    copied = copies(ordered)
    originals = {ids[index]: ids[original] for index, original in copied.items()}
    return {key: Article(id=key, reading=by_id[key], copy_of=originals.get(key)) for key in ids}


def _article_id(reading: Reading) -> str:
    document = reading.document
    publisher = slug(document.publisher) if document.publisher else "unknown"
    headline = slug(document.title) if document.title else "untitled"
    return f"article/{publisher}-{headline}-{document.sha256[:8]}"


def _events(
    articles: Mapping[str, Article], entities: Entities, schema: EventSchema
) -> tuple[tuple[Event, ...], dict[tuple[str, str], str]]:
    drafts = [
        (_event(cluster, articles, entities, schema), cluster)
        for cluster in cluster_events(articles.values(), entities)
    ]
    drafts.sort(key=lambda draft: (draft[0].id, _mark(draft[1])))
    bearers = Counter(event.id for event, _ in drafts)
    events: list[Event] = []
    event_ids: dict[tuple[str, str], str] = {}
    for event, cluster in drafts:
        if bearers[event.id] > 1:  # each of them is told apart: none keeps an id that another article could move
            event = _renamed(event, f"{event.id}-{_mark(cluster)}")
        events.append(event)
        event_ids.update({(c.article, c.event.id): event.id for c in cluster})
    return tuple(events), event_ids


def _event(
    cluster: Sequence[Candidate], articles: Mapping[str, Article], entities: Entities, schema: EventSchema
) -> Event:
    event_class = schema.classes[cluster[0].event.type]
    about = list(_topic_claims(cluster, articles))
    facts = facts_about("", [*claims_of(cluster, entities), *about], articles)
    involved = sorted({candidate.article for candidate in cluster})
    name = event_slug(event_class.label, facts, entities.by_id, [articles[name] for name in involved])
    event = Event(
        id="",
        type=event_class.name,
        label=event_label(event_class.label, facts, entities.by_id, symmetric=event_class.symmetric),
        articles=tuple(involved),
        evidence=tuple(sorted(Evidence(article=c.article, sentence=n) for c in cluster for n in c.event.sentences)),
        facts=facts,
        topics=tuple(sorted({str(claim.value) for claim in about})),
    )
    return _renamed(event, f"event/{name}")


def _topic_claims(cluster: Sequence[Candidate], articles: Mapping[str, Article]) -> Iterator[Claim]:
    """What the event is about, with the sentences that tell of it as evidence."""
    for candidate in cluster:
        reading = articles[candidate.article].reading
        sure = {topic.topic: topic.confidence for topic in reading.topics}
        for event_id, topic in reading.event_topics:
            if event_id == candidate.event.id:
                for sentence in candidate.event.sentences:
                    where = Evidence(article=candidate.article, sentence=sentence)
                    yield Claim(property="about", value=topic, evidence=where, confidence=sure[topic])


def _renamed(event: Event, event_id: str) -> Event:
    facts: tuple[Fact, ...] = tuple(replace(fact, subject=event_id) for fact in event.facts)
    return replace(event, id=event_id, facts=facts)


def _mark(cluster: Sequence[Candidate]) -> str:
    """Tells events apart that share date, class and actors: a digest of which articles' events they are."""
    return digest(*sorted(f"{c.article}#{c.event.id}" for c in cluster), length=8)
