"""Statements of all articles: the same words of the same speaker are one statement with several sources."""

from collections import defaultdict
from collections.abc import Mapping

from kg.knowledge import normalize_name
from kg.model import Quote
from kg.naming import digest, slug
from kg.resolution.entities import Entities
from kg.resolution.model import Article, Evidence, Reference, Statement
from kg.resolution.support import Claim, facts_about


def resolve_statements(
    articles: Mapping[str, Article], entities: Entities, event_ids: Mapping[tuple[str, str], str]
) -> tuple[Statement, ...]:
    """Statements in the order of their ids. `event_ids` maps (article, event) to the resolved event."""
    groups: dict[str, list[tuple[str, Quote]]] = defaultdict(list)
    for article in articles.values():
        for quote in article.reading.quotes:
            if quote.speaker is not None:
                speaker = entities.id_of(article.id, quote.speaker)
                mark = digest(speaker, normalize_name(quote.text), str(quote.verbatim), length=12)
                groups[f"statement/{slug(entities.by_id[speaker].name)}-{mark}"].append((article.id, quote))
    return tuple(
        _statement(statement_id, members, articles, entities, event_ids)
        for statement_id, members in sorted(groups.items())
    )


def _statement(
    statement_id: str,
    members: list[tuple[str, Quote]],
    articles: Mapping[str, Article],
    entities: Entities,
    event_ids: Mapping[tuple[str, str], str],
) -> Statement:
    evidence = {Evidence(article=article, sentence=n) for article, quote in members for n in quote.sentences}
    claims: list[Claim] = []
    for article, quote in members:
        where = Evidence(article=article, sentence=quote.sentences[0])
        for name, value in _values(article, quote, entities, event_ids):
            claims.append(Claim(property=name, value=value, evidence=where, confidence=quote.confidence))
        if quote.act is not None:
            claims.append(Claim(property="act", value=quote.act, evidence=where, confidence=quote.confidence))
        sure = {topic.topic: topic.confidence for topic in articles[article].reading.topics}
        claims.extend(
            Claim(property="about", value=topic, evidence=where, confidence=sure[topic]) for topic in quote.topics
        )
    return Statement(
        id=statement_id,
        text=members[0][1].text,
        verbatim=members[0][1].verbatim,
        articles=tuple(sorted({article for article, _ in members})),
        evidence=tuple(sorted(evidence)),
        facts=facts_about(statement_id, claims, articles),
        topics=tuple(sorted({topic for _, quote in members for topic in quote.topics})),
    )


def _values(
    article: str, quote: Quote, entities: Entities, event_ids: Mapping[tuple[str, str], str]
) -> list[tuple[str, Reference]]:
    """Properties that lead to something else of the graph. Nobody passes on or hears what they say themselves."""
    keys = (("speaker", quote.speaker), ("relayedBy", quote.relayed_by), ("addressee", quote.addressee))
    voices = [(name, entities.id_of(article, key)) for name, key in keys if key is not None]
    speaker = dict(voices).get("speaker")
    found = [(name, Reference(id=id)) for name, id in voices if name == "speaker" or id != speaker]
    found.extend(("about", Reference(id=entities.id_of(article, key))) for key in quote.about)
    told = dict.fromkeys(event_ids[article, id] for id in quote.events if (article, id) in event_ids)
    found.extend(("about", Reference(id=event)) for event in told)
    event = event_ids.get((article, quote.said_in)) if quote.said_in is not None else None
    if event is not None:
        found.append(("saidIn", Reference(id=event)))
    return found
