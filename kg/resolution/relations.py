"""Facts about entities that articles state apart from events: posts held, countries represented, places contained."""

from collections import defaultdict
from collections.abc import Callable, Sequence
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


def resolve_relations(
    articles: Sequence[Article], entities: Entities, source_of: Callable[[int], int]
) -> tuple[dict[str, Post], tuple[Fact, ...]]:
    """Posts by id, and the facts whose subjects are entities or posts."""
    posts: dict[str, Post] = {}
    claims: dict[str, list[Claim]] = defaultdict(list)
    for index, article in enumerate(articles):
        for relation in article.reading.relations:
            subject = entities.id_of(index, relation.subject)
            value = _object(relation, index, entities, posts)
            if value is None or value == subject:
                continue
            where = Evidence(article=index, sentence=relation.sentence)
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
    facts = [fact for subject, found in sorted(claims.items()) for fact in facts_about(subject, found, source_of)]
    return dict(sorted(posts.items())), tuple(facts)


def _object(relation: Relation, index: int, entities: Entities, posts: dict[str, Post]) -> str | None:
    body = entities.id_of(index, relation.object) if relation.object is not None else None
    if relation.type is not RelationType.POST:
        return body
    if not relation.title:
        return None
    title = relation.title[0].upper() + relation.title[1:]
    label = f"{title} of {entities.by_id[body].name}" if body else title
    post = Post(id=f"post/{slug(label)}", title=title, label=label, body=body)
    posts.setdefault(post.id, post)
    return post.id
