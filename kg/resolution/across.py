"""Readings of all articles into one resolved graph. The order of the readings never shows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.knowledge import KnowledgeBase
from kg.model import Document, Reading
from kg.naming import slug
from kg.resolution.candidates import Candidate, claims_of
from kg.resolution.copies import copies
from kg.resolution.decisions import NONE, Decisions, unlinked
from kg.resolution.entities import Entities, resolve_entities
from kg.resolution.events import cluster_events
from kg.resolution.labels import preferred_date
from kg.resolution.memory import Memory, Remembered, ingredients, untouched
from kg.resolution.model import Article, Event, Evidence, Fact, Resolution
from kg.resolution.naming import Name, accounts, distinct_ids, name_of
from kg.resolution.relations import resolve_relations
from kg.resolution.statements import resolve_statements
from kg.resolution.support import Claim, facts_about, tolls_rejected
from kg.schema import EventSchema


def resolve_across_documents(
    readings: Sequence[Reading],
    knowledge: KnowledgeBase,
    schema: EventSchema,
    decisions: Decisions = NONE,
    memory: Memory | None = None,
) -> Resolution:
    """Entities, events, statements and facts of all articles together, as people have decided.

    With a `memory` of the last resolution, events that it had in the same way are `untouched`.
    """
    articles = {name: unlinked(article, decisions) for name, article in _articles(readings, knowledge).items()}
    entities = resolve_entities(articles, knowledge, decisions)
    events, event_ids = _events(articles, entities, schema, decisions, memory or Memory())
    posts, facts = resolve_relations(articles, entities)
    return Resolution(
        articles=articles,
        entities=entities.by_id,
        posts=posts,
        events=events,
        statements=resolve_statements(articles, entities, event_ids),
        facts=facts,
    )


def _articles(readings: Sequence[Reading], knowledge: KnowledgeBase) -> dict[str, Article]:
    """Articles by id, in the order of ids; the same text twice is one article, as it first came out."""
    latest_first = sorted(readings, key=lambda reading: first_of(reading.document), reverse=True)
    by_id = {article_id(reading.document): reading for reading in latest_first}
    ids = sorted(by_id)
    ordered = [by_id[article_id] for article_id in ids]
    copied = copies(ordered)
    originals = {ids[index]: ids[original] for index, original in copied.items()}
    agencies = {key: _agency(by_id[originals.get(key, key)].document, knowledge) for key in ids}
    return {key: Article(id=key, reading=by_id[key], copy_of=originals.get(key), agency=agencies[key]) for key in ids}


def _agency(document: Document, knowledge: KnowledgeBase) -> str | None:
    """The entity that an agency is when somebody says "according to Reuters": both are one source."""
    if document.agency is None:
        return None
    known = next(iter(knowledge.candidates(document.agency)), None)
    return f"entity/{slug(knowledge.entry(known.id).name if known else document.agency)}"


def first_of(document: Document) -> tuple[date, str]:
    """What the article is ordered by among those with the same text: the one that came out first counts."""
    return (document.published or date.max, document.identifier)


def article_id(document: Document) -> str:
    """ "article/<publisher>-<headline>-<8 hex of the text's digest>"."""
    publisher = slug(document.publisher) if document.publisher else "unknown"
    headline = slug(document.title) if document.title else "untitled"
    return f"article/{publisher}-{headline}-{document.sha256[:8]}"


def _events(
    articles: Mapping[str, Article], entities: Entities, schema: EventSchema, decisions: Decisions, memory: Memory
) -> tuple[tuple[Event, ...], dict[tuple[str, str], str]]:
    clusters = cluster_events(articles.values(), entities, decisions)
    keys = [ingredients(cluster, articles, entities) for cluster in clusters]
    drafts: list[Event | None] = []  # None for what is remembered
    names: list[Name] = []
    for cluster, key in zip(clusters, keys, strict=True):
        known = memory.before.get(key)
        draft, name = (None, known.name) if known is not None else _event(cluster, articles, entities, schema)
        drafts.append(draft)
        names.append(name)
    events: list[Event] = []
    event_ids: dict[tuple[str, str], str] = {}
    for cluster, key, event, name, (event_id, replaced) in zip(
        clusters, keys, drafts, names, distinct_ids(names), strict=True
    ):
        memory.now[key] = remembered = Remembered(name=name, id=event_id, replaces=replaced)
        event_ids.update({(c.article, c.event.id): event_id for c in cluster})
        if memory.before.get(key) == remembered:
            events.append(untouched(cluster, remembered, articles))
            continue
        made = event or _event(cluster, articles, entities, schema)[0]
        facts: tuple[Fact, ...] = tuple(replace(fact, subject=event_id) for fact in made.facts)
        events.append(replace(made, id=event_id, facts=facts, replaces=replaced))
    return tuple(sorted(events, key=lambda event: event.id)), event_ids


def _event(
    cluster: Sequence[Candidate], articles: Mapping[str, Article], entities: Entities, schema: EventSchema
) -> tuple[Event, Name]:
    """The event, which has no id yet, and its name."""
    event_class = schema.classes[cluster[0].event.type]
    about = list(_topic_claims(cluster, articles))
    facts = tolls_rejected(facts_about("", [*claims_of(cluster, entities), *about], articles))
    told = accounts(cluster, facts, articles, entities, event_class)
    name = name_of(told, preferred_date(facts), entities, event_class)
    event = Event(
        id="",
        type=event_class.name,
        label=name.label,
        articles=tuple(sorted({candidate.article for candidate in cluster})),
        evidence=tuple(sorted(Evidence(article=c.article, sentence=n) for c in cluster for n in c.event.sentences)),
        facts=facts,
        topics=tuple(sorted({str(claim.value) for claim in about})),
    )
    return event, name


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
