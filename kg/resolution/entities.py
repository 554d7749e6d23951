"""Actors of all articles into entities: linked ones by identity, others by name and class; people of one name whom the
base does not know are one where their articles agree (namesakes.py).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kg.knowledge import KnowledgeBase, normalize_name
from kg.model import NAME_KINDS, Actor
from kg.naming import digest, slug
from kg.resolution.model import Article, Entity, Evidence, Fact, Rank
from kg.resolution.namesakes import Circle, circles, told_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Entities:
    """Entities by id, and the id of each article's actors."""

    by_id: dict[str, Entity]
    ids: dict[tuple[int, str], str]  # (article index, actor key) -> entity id

    def id_of(self, article: int, key: str) -> str:
        """The entity that an actor of an article is."""
        return self.ids[article, key]


def resolve_entities(
    articles: Sequence[Article], knowledge: KnowledgeBase, source_of: Callable[[int], int]
) -> Entities:
    """One entity for all actors with the same identity. `source_of` gives an article's independent source."""
    groups: dict[str, list[tuple[int, Actor]]] = defaultdict(list)
    identities = _identities(articles, knowledge, source_of)
    for index, article in enumerate(articles):
        for actor in article.reading.actors:
            groups[identities[index, actor.key]].append((index, actor))
    slugs = _slugs({identity: members[0][1] for identity, members in groups.items()})
    by_id: dict[str, Entity] = {}
    ids: dict[tuple[int, str], str] = {}
    for identity, members in sorted(groups.items()):
        entity = _entity(slugs[identity], members, knowledge, source_of)
        by_id[entity.id] = entity
        ids.update({(index, actor.key): entity.id for index, actor in members})
    return Entities(by_id=by_id, ids=ids)


def _identities(
    articles: Sequence[Article], knowledge: KnowledgeBase, source_of: Callable[[int], int]
) -> dict[tuple[int, str], str]:
    """What each actor is identified by: its entry, else its name and type, with an article where that is in doubt."""
    identities: dict[tuple[int, str], str] = {}
    persons: dict[str, list[tuple[int, str, Circle]]] = defaultdict(list)
    for index, article in enumerate(articles):
        known = circles(article, source_of(index), knowledge)
        for actor in article.reading.actors:
            name = normalize_name(actor.name)
            if actor.knowledge_id is not None:
                identities[index, actor.key] = f"kb {actor.knowledge_id}"
            elif actor.type != "Person":
                identities[index, actor.key] = f"nil {actor.type} {name}"
            elif " " in name:
                persons[name].append((index, actor.key, known[actor.key]))
            else:  # a bare surname is the same person only within its article
                identities[index, actor.key] = f"nil {actor.type} {name} {article.id}"
    for name, members in persons.items():
        groups = told_apart([circle for _, _, circle in members])
        for group in groups:
            apart = f" {articles[members[group[0]][0]].id}" if len(groups) > 1 else ""
            for place in group:
                index, key, _ = members[place]
                identities[index, key] = f"nil Person {name}{apart}"
    return identities


def _slugs(actors: dict[str, Actor]) -> dict[str, str]:
    taken: dict[str, list[str]] = defaultdict(list)
    for identity, actor in sorted(actors.items()):
        taken[slug(actor.name)].append(identity)
    slugs: dict[str, str] = {}
    for name, identities in taken.items():
        for place, identity in enumerate(identities):
            linked = actors[identity].knowledge_id
            suffix = slug(linked) if linked else digest(identity, length=8)
            slugs[identity] = name if place == 0 else f"{name}-{suffix}"
    return slugs


def _entity(
    name_slug: str, members: list[tuple[int, Actor]], knowledge: KnowledgeBase, source_of: Callable[[int], int]
) -> Entity:
    actor = members[0][1]
    entry = knowledge.entry(actor.knowledge_id) if actor.knowledge_id is not None else None
    seen = Counter(
        mention.text
        for _, member in members
        for mention in member.mentions
        if mention.kind in NAME_KINDS and mention.label != "PLURAL"
    )
    aliases = {text.removeprefix("the ").removeprefix("The ") for text in seen} - {actor.name}
    return Entity(
        id=f"entity/{name_slug}",
        type=actor.type,
        name=actor.name,
        aliases=tuple(sorted(aliases)),
        wikidata=entry.wikidata if entry else None,
        wikipedia=entry.wikipedia if entry else None,
        own_iri=entry.iri if entry else None,
        leader=entry.leader if entry else False,
        articles=tuple(sorted({index for index, _ in members})),
        mention_count=sum(len(member.mentions) for _, member in members),
        identity=(_same(f"entity/{name_slug}", entry.id, members, source_of),) if entry is not None else (),
    )


def _same(entity_id: str, entry_id: str, members: list[tuple[int, Actor]], source_of: Callable[[int], int]) -> Fact:
    """That the entity is the entry, as sure as the surest article is, with where each article first names it."""
    return Fact(
        subject=entity_id,
        property="sameAs",
        value=entry_id,
        evidence=tuple(sorted(Evidence(article=index, sentence=_first(actor)) for index, actor in members)),
        confidence=round(max(actor.confidence for _, actor in members), 2),
        rank=Rank.NORMAL,
        source_count=len({source_of(index) for index, _ in members}),
    )


def _first(actor: Actor) -> int:
    """The sentence that names the actor first; one with a role or pronoun where none names it."""
    named = [mention.sentence for mention in actor.mentions if mention.kind in NAME_KINDS]
    return min(named or [mention.sentence for mention in actor.mentions], default=0)
