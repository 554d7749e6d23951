"""Facts about entities that articles state apart from events: posts held, countries represented, places contained."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from kg.model import Relation, RelationType
from kg.naming import slug
from kg.resolution.entities import Entities
from kg.resolution.model import Article, Evidence, Fact, Post, Reference
from kg.resolution.support import Claim, facts_about

PROPERTIES = {
    RelationType.POST: "holds",
    RelationType.MEMBER_OF: "memberOf",
    RelationType.REPRESENTS: "represents",
    RelationType.CONTAINED_IN: "containedInPlace",
    RelationType.PART_OF: "subOrganizationOf",
}


def resolve_relations(articles: Mapping[str, Article], entities: Entities) -> tuple[dict[str, Post], tuple[Fact, ...]]:
    """Posts by id, and the facts whose subjects are entities or posts."""
    posts: dict[str, Post] = {}
    bodies = _bodies(articles, entities)
    claims: dict[str, list[Claim]] = defaultdict(list)
    for article in articles.values():
        for relation in article.reading.relations:
            subject = entities.id_of(article.id, relation.subject)
            value = _object(relation, article.id, entities, posts, bodies)
            if value is None or value == subject:
                continue
            where = Evidence(article=article.id, sentence=relation.sentence)
            told = Claim(
                property=PROPERTIES[relation.type],
                value=Reference(id=value),
                evidence=where,
                confidence=relation.confidence,
            )
            claims[subject].append(told)
            post = posts.get(value)
            if post is not None and post.body is not None:
                claims[value].append(replace(told, property="postIn", value=Reference(id=post.body)))
    facts = [fact for subject, found in sorted(claims.items()) for fact in facts_about(subject, found, articles)]
    return dict(sorted(posts.items())), tuple(facts)


Bodies = dict[tuple[str, str], set[str]]
"""(person, title in lower case) -> the countries and bodies in which articles say that they hold it."""


def _bodies(articles: Mapping[str, Article], entities: Entities) -> Bodies:
    bodies: Bodies = defaultdict(set)
    for article in articles.values():
        for relation in article.reading.relations:
            if relation.type is RelationType.POST and relation.title and relation.object is not None:
                person = entities.id_of(article.id, relation.subject)
                bodies[person, relation.title.lower()].add(entities.id_of(article.id, relation.object))
    return bodies


def _object(relation: Relation, article: str, entities: Entities, posts: dict[str, Post], bodies: Bodies) -> str | None:
    body = entities.id_of(article, relation.object) if relation.object is not None else None
    if body is None and relation.type is RelationType.POST and relation.title:
        # "President Trump" beside "US President Donald Trump": the same post, said shorter.
        told = bodies.get((entities.id_of(article, relation.subject), relation.title.lower()), set())
        body = next(iter(told)) if len(told) == 1 else None
    if relation.type is not RelationType.POST:
        return body
    if not relation.title:
        return None
    title = relation.title[0].upper() + relation.title[1:]
    label = f"{title} of {entities.by_id[body].name}" if body else title
    post = Post(id=f"post/{slug(label)}", title=title, label=label, body=body)
    posts.setdefault(post.id, post)
    return post.id
