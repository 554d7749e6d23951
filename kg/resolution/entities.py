"""Actors of all articles into entities: linked ones by identity, others by name and class; people of one name whom the
base does not know are one where their articles agree (namesakes.py).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kg.knowledge import Entry, KnowledgeBase, normalize_name
from kg.model import NAME_KINDS, Actor, Verdict
from kg.naming import digest, slug
from kg.resolution.decisions import NONE, Decisions
from kg.resolution.model import Article, Entity, Evidence, Fact, Rank
from kg.resolution.namesakes import Circle, circles, told_apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Entities:
    """Entities by id, and the id of each article's actors."""

    by_id: dict[str, Entity]
    ids: dict[tuple[str, str], str]  # (article id, actor key) -> entity id
    lands: dict[str, str]  # leaders and bodies of a state -> the country, where the articles name it too

    def id_of(self, article: str, key: str) -> str:
        """The entity that an actor of an article is."""
        return self.ids[article, key]


def resolve_entities(
    articles: Mapping[str, Article], knowledge: KnowledgeBase, decisions: Decisions = NONE
) -> Entities:
    """One entity for all actors with the same identity."""
    groups: dict[str, list[tuple[str, Actor]]] = defaultdict(list)
    identities = _identities(articles, knowledge)
    for article in articles.values():
        for actor in article.reading.actors:
            groups[identities[article.id, actor.key]].append((article.id, actor))
    slugs = _slugs({identity: members[0][1] for identity, members in groups.items()})
    _decide(groups, slugs, decisions)
    by_id: dict[str, Entity] = {}
    ids: dict[tuple[str, str], str] = {}
    for identity, members in sorted(groups.items()):
        entity = _entity(slugs[identity], members, knowledge, articles)
        by_id[entity.id] = entity
        ids.update({(article, actor.key): entity.id for article, actor in members})
    return Entities(by_id=by_id, ids=ids, lands=_lands(groups, slugs, knowledge))


def _lands(
    groups: Mapping[str, list[tuple[str, Actor]]], slugs: Mapping[str, str], knowledge: KnowledgeBase
) -> dict[str, str]:
    """Whose deeds are a country's: "Putin struck" may be "Russia struck"."""
    lands = {}
    for identity, members in groups.items():
        known = members[0][1].knowledge_id
        entry = knowledge.entry(known) if known is not None else None
        land = f"kb {entry.country}" if entry is not None and acts_for_land(entry) else None
        if land is not None and land in slugs:
            lands[f"entity/{slugs[identity]}"] = f"entity/{slugs[land]}"
    return lands


def acts_for_land(entry: Entry) -> bool:
    """Whether an entry is a leader or a body of a state."""
    return entry.country is not None and (entry.leader or entry.type == "GovernmentOrganization")


def _identities(articles: Mapping[str, Article], knowledge: KnowledgeBase) -> dict[tuple[str, str], str]:
    """What each actor is identified by: its entry, else its name and type, with an article where that is in doubt."""
    identities: dict[tuple[str, str], str] = {}
    persons: dict[str, list[tuple[str, str, Circle]]] = defaultdict(list)
    for article in articles.values():
        known = circles(article, knowledge)
        for actor in article.reading.actors:
            name = normalize_name(actor.name)
            if actor.knowledge_id is not None:
                identities[article.id, actor.key] = f"kb {actor.knowledge_id}"
            elif actor.type != "Person":
                identities[article.id, actor.key] = f"nil {actor.type} {name}"
            elif " " in name:
                persons[name].append((article.id, actor.key, known[actor.key]))
            else:  # a bare surname is the same person only within its article
                identities[article.id, actor.key] = f"nil {actor.type} {name} {article.id}"
    for name, members in persons.items():
        groups = told_apart([circle for _, _, circle in members])
        for group in groups:
            apart = f" {members[group[0]][0]}" if len(groups) > 1 else ""
            for place in group:
                owner, key, _ = members[place]
                identities[owner, key] = f"nil Person {name}{apart}"
    return identities


def _decide(groups: dict[str, list[tuple[str, Actor]]], slugs: dict[str, str], decisions: Decisions) -> None:
    """Take apart and put together what people have decided; the ids in decisions are those before any of them."""
    identity_of = {f"entity/{name}": identity for identity, name in slugs.items()}
    for first, second in decisions.of_entities(Verdict.DIFFERENT):
        moving = second if second.articles else first
        identity = identity_of.get(moving.id)
        if identity is None or not moving.articles:
            continue  # two entities with ids of their own are apart as they are
        apart = [member for member in groups[identity] if member[0] in moving.articles]
        if apart and len(apart) < len(groups[identity]):
            groups[identity] = [member for member in groups[identity] if member not in apart]
            name = f"{identity} {apart[0][0]}"
            groups[name], slugs[name] = apart, f"{slugs[identity]}-{digest(name, length=8)}"
            identity_of[f"entity/{slugs[name]}"] = name
    home: dict[str, str] = {}  # of what has joined another
    for pair in decisions.of_entities(Verdict.SAME):
        names = [identity_of.get(thing.id) for thing in pair]
        found = sorted({_root(name, home) for name in names if name is not None})
        if len(found) > 1:  # a linked one gives the name
            kept, joined = sorted(found, key=lambda name: not name.startswith("kb "))
            groups[kept] += groups.pop(joined)
            home[joined] = kept


def _root(name: str, home: Mapping[str, str]) -> str:
    while name in home:
        name = home[name]
    return name


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
    name_slug: str, members: list[tuple[str, Actor]], knowledge: KnowledgeBase, articles: Mapping[str, Article]
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
        articles=tuple(sorted({article for article, _ in members})),
        mention_count=sum(len(member.mentions) for _, member in members),
        identity=(_same(f"entity/{name_slug}", entry.id, members, articles),) if entry and _is_known(entry) else (),
    )


def _is_known(entry: Entry) -> bool:
    """Whether others have an IRI for it."""
    return bool(entry.wikidata or entry.wikipedia or entry.iri)


def _same(entity_id: str, entry_id: str, members: list[tuple[str, Actor]], articles: Mapping[str, Article]) -> Fact:
    """That the entity is the entry, as sure as the surest article is, with where each article first names it."""
    return Fact(
        subject=entity_id,
        property="sameAs",
        value=entry_id,
        evidence=tuple(sorted(Evidence(article=article, sentence=_first(actor)) for article, actor in members)),
        confidence=round(max(actor.confidence for _, actor in members), 2),
        rank=Rank.NORMAL,
        source_count=len({articles[article].source for article, _ in members}),
    )


def _first(actor: Actor) -> int:
    """The sentence that names the actor first; one with a role or pronoun where none names it."""
    named = [mention.sentence for mention in actor.mentions if mention.kind in NAME_KINDS]
    return min(named or [mention.sentence for mention in actor.mentions], default=0)
