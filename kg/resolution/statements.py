"""Statements of all articles: the same words of the same speaker are one statement with several sources."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from kg.knowledge import normalize_name
from kg.model import Quote
from kg.naming import digest, slug
from kg.resolution.entities import Entities
from kg.resolution.model import Article, Evidence, Reference, Statement
from kg.resolution.support import Claim, facts_about


def resolve_statements(
    articles: Sequence[Article],
    entities: Entities,
    event_ids: dict[tuple[int, str], str],
    source_of: Callable[[int], int],
) -> tuple[Statement, ...]:
    """Statements in the order of their ids. `event_ids` maps (article, event) to the resolved event."""
    groups: dict[str, list[tuple[int, Quote]]] = defaultdict(list)
    for index, article in enumerate(articles):
        for quote in article.reading.quotes:
            if quote.speaker is not None:
                speaker = entities.id_of(index, quote.speaker)
                mark = digest(speaker, normalize_name(quote.text), str(quote.verbatim), length=12)
                groups[f"statement/{slug(entities.by_id[speaker].name)}-{mark}"].append((index, quote))
    return tuple(
        _statement(statement_id, members, articles, entities, event_ids, source_of)
        for statement_id, members in sorted(groups.items())
    )


def _statement(
    statement_id: str,
    members: list[tuple[int, Quote]],
    articles: Sequence[Article],
    entities: Entities,
    event_ids: dict[tuple[int, str], str],
    source_of: Callable[[int], int],
) -> Statement:
    evidence = {Evidence(article=index, sentence=n) for index, quote in members for n in quote.sentences}
    claims: list[Claim] = []
    for index, quote in members:
        where = Evidence(article=index, sentence=quote.sentences[0])
        for name, value in _values(index, quote, entities, event_ids):
            claims.append(Claim(property=name, value=value, evidence=where, confidence=quote.confidence))
        if quote.act is not None:
            claims.append(Claim(property="act", value=quote.act, evidence=where, confidence=quote.confidence))
        sure = {topic.topic: topic.confidence for topic in articles[index].reading.topics}
        claims.extend(
            Claim(property="about", value=topic, evidence=where, confidence=sure[topic]) for topic in quote.topics
        )
    return Statement(
        id=statement_id,
        text=members[0][1].text,
        verbatim=members[0][1].verbatim,
        articles=tuple(sorted({index for index, _ in members})),
        evidence=tuple(sorted(evidence)),
        facts=facts_about(statement_id, claims, source_of),
        topics=tuple(sorted({topic for _, quote in members for topic in quote.topics})),
    )


def _values(
    index: int, quote: Quote, entities: Entities, event_ids: dict[tuple[int, str], str]
) -> list[tuple[str, Reference]]:
    found: list[tuple[str, Reference]] = []
    for name, key in (("speaker", quote.speaker), ("relayedBy", quote.relayed_by), ("addressee", quote.addressee)):
        if key is not None:
            found.append((name, Reference(id=entities.id_of(index, key))))
    found.extend(("about", Reference(id=entities.id_of(index, key))) for key in quote.about)
    told = dict.fromkeys(event_ids[index, id] for id in quote.events if (index, id) in event_ids)
    found.extend(("about", Reference(id=event)) for event in told)
    event = event_ids.get((index, quote.said_in)) if quote.said_in is not None else None
    if event is not None:
        found.append(("saidIn", Reference(id=event)))
    return found
