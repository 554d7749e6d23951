"""What the text states about actors apart from events: posts held, and what belongs where."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from kg.knowledge import KnowledgeBase
from kg.linking.belonging import state_belonging
from kg.model import NAME_KINDS, Actor, MentionKind, Relation, RelationType

VAGUE_POSTS = frozenset({"leader", "leaders", "chief", "head", "official"})  # "the Russian leader" names no post
POST_CONFIDENCE = 0.9


def state_relations(doc: Doc, actors: Sequence[Actor], knowledge: KnowledgeBase) -> tuple[Relation, ...]:
    """Posts held, members and parts of bodies, and places in places, as the text gives them beside a name."""
    # A role phrase may begin with the country that it names ("Russian president"): only names answer for a place.
    key_at = {m.begin: actor.key for actor in actors for m in actor.mentions if m.kind in NAME_KINDS}
    types = {actor.key: actor.type for actor in actors}
    found = [relation for actor in actors for relation in _posts(actor, key_at, types)]
    found.extend(state_belonging(doc, actors, knowledge))
    return tuple(sorted(set(found), key=lambda r: (r.sentence, r.type, r.subject, r.object or "", r.title or "")))


def _posts(actor: Actor, key_at: dict[int, str], types: dict[str, str]) -> Iterator[Relation]:
    if actor.type != "Person":
        return
    for mention in actor.mentions:
        if not mention.title or mention.label == "PLURAL":
            continue
        body = key_at.get(mention.body) if mention.body is not None else None
        if mention.kind is MentionKind.ROLE and (body is None or mention.title.lower() in VAGUE_POSTS):
            continue
        post = Relation(
            type=RelationType.POST,
            subject=actor.key,
            object=body,
            title=mention.title,
            sentence=mention.sentence,
            confidence=POST_CONFIDENCE,
        )
        yield post
        if body is not None and types[body] == "Country":
            yield Relation(
                type=RelationType.REPRESENTS,
                subject=actor.key,
                object=body,
                sentence=mention.sentence,
                confidence=POST_CONFIDENCE,
            )


def lands_of(actors: Sequence[Actor], knowledge: KnowledgeBase) -> dict[str, str]:
    """For which country a person acts, both actors of one article: {person's key: country's key}."""
    countries = {actor.key for actor in actors if actor.type == "Country"}
    known = (actor for actor in actors if actor.type == "Person" and actor.knowledge_id is not None)
    lands = {actor.key: knowledge.entry(actor.key).country for actor in known}
    return {person: land for person, land in lands.items() if land in countries}
