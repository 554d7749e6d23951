"""What an article, an event and a statement are about: concepts of ontology/topics.ttl, few rather than many.

A concept's names, its cue phrases, its event classes and its actors each speak for it; the title counts more.
"""

import re
from collections.abc import Sequence
from functools import cache

from kg.model import Actor, BlockKind, EventMention, Quote, Sentence, TopicAssignment
from kg.topic_scheme import Topic, plain_phrase

MAX_TOPICS = 6  # annotated articles have 4 to 8
MIN_SCORE = 2.0  # a single cue phrase in the body is not enough
NAME_WEIGHT, CUE_WEIGHT, EVENT_WEIGHT, ACTOR_WEIGHT = 1.5, 0.7, 1.0, 1.5
TITLE_FACTOR = 2.5
REPEATS = 3  # further hits of the same phrase add nothing


def assign_topics(
    sentences: Sequence[Sentence], actors: Sequence[Actor], events: Sequence[EventMention], topics: Sequence[Topic]
) -> tuple[TopicAssignment, ...]:
    """The best concepts of the article, best first, with the sentences that speak for them."""
    texts = [plain_phrase(sentence.text) for sentence in sentences]
    present = {actor.knowledge_id for actor in actors if actor.knowledge_id is not None}
    found = [_assignment(topic, sentences, texts, present, events) for topic in topics]
    ranked = sorted((item for item in found if item is not None), key=lambda item: (-item[0], item[1].topic))
    return tuple(assignment for _, assignment in ranked[:MAX_TOPICS])


def event_topics(
    assignments: Sequence[TopicAssignment], events: Sequence[EventMention], topics: Sequence[Topic]
) -> tuple[tuple[str, str], ...]:
    """(event id, topic) for events whose class speaks for a topic of their article."""
    known = {topic.slug: topic for topic in topics}
    return tuple(
        (event.id, assignment.topic)
        for event in events
        for assignment in assignments
        if event.type in known[assignment.topic].event_types
    )


def quote_topics(quote: Quote, assignments: Sequence[TopicAssignment], topics: Sequence[Topic]) -> tuple[str, ...]:
    """Topics of the article that a statement names."""
    text = plain_phrase(quote.text)
    known = {topic.slug: topic for topic in topics}
    return tuple(sorted(a.topic for a in assignments if any(_hits(n, text) for n in known[a.topic].names)))


def _assignment(
    topic: Topic,
    sentences: Sequence[Sentence],
    texts: Sequence[str],
    present: set[str],
    events: Sequence[EventMention],
) -> tuple[float, TopicAssignment] | None:
    if topic.actors and not topic.actors <= present:
        return None
    score = 0.0
    support: set[int] = set()
    for phrases, weight in ((topic.names, NAME_WEIGHT), (topic.cues, CUE_WEIGHT)):
        for phrase in phrases:
            hits = [i for i, text in enumerate(texts) if _hits(phrase, text)]
            support.update(hits)
            titled = any(sentences[i].kind is BlockKind.TITLE for i in hits)
            score += weight * (min(len(hits), REPEATS) ** 0.5) * (TITLE_FACTOR if titled else 1.0)
    telling = [event for event in events if event.type in topic.event_types]
    score += EVENT_WEIGHT * (min(len(telling), REPEATS) ** 0.5)
    support.update(i for event in telling for i in event.sentences)
    if topic.actors:
        score += ACTOR_WEIGHT
        # Where a concept asks for phrases or events too, the actors' presence alone does not speak for it.
        if not support and (topic.cues or topic.event_types):
            return None
    if score < MIN_SCORE or not support:
        return None
    confidence = round(min(0.95, score / (score + 2.0)), 2)
    return score, TopicAssignment(topic=topic.slug, confidence=confidence, sentences=tuple(sorted(support))[:REPEATS])


def _hits(phrase: str, text: str) -> bool:
    return phrase in text and _pattern(phrase).search(text) is not None


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?:s|es)?(?!\w)")
