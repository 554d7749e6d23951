"""Who belongs to which body, and what lies where, as the words between two names say (lexicon/belonging.tsv)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc

from kg.clauses import span_of
from kg.knowledge import KnowledgeBase
from kg.lexicon import read_rows
from kg.model import LOCALITIES, NAME_KINDS, Actor, Mention, MentionKind, Relation, RelationType

COUNTRY = "Country"
PARTY = "PoliticalParty"
BODIES = frozenset({"Organization", "GovernmentOrganization", PARTY, "NewsMediaOrganization", "Corporation"})
WIDTH = {"Place": 0, "City": 1, "AdministrativeArea": 2, COUNTRY: 3}
POSSESSIVES = {"’s": "'s", "'": "'s", "’": "'s"}
LONGEST_GAP = 9  # words between two names; the longest that a pattern allows
DESCRIBING = frozenset({"ADJ", "ADP", "DET", "NOUN", "NUM", "PART", "PROPN", "PUNCT"})
"""Parts of speech between the names; "Russia bombed the city of Kherson" does not say where Kherson lies."""

PARTICIPLES = frozenset({"based", "headquartered", "located"})
CONFIDENCE = 0.85


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pattern:
    relation: RelationType
    kinds: tuple[str, str]
    second_belongs: bool
    hanging: bool
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    start: int
    end: int
    mention: Mention
    actor: Actor


def state_belonging(doc: Doc, actors: Sequence[Actor], knowledge: KnowledgeBase) -> Iterator[Relation]:
    """Members of bodies, parts of bodies, and places in places, from names that follow each other."""
    names = _names(doc, actors)
    yield from _by_name(names, actors, knowledge)
    for place, (one, other) in enumerate(pairwise(names)):
        if one.mention.sentence != other.mention.sentence or not 0 <= other.start - one.end <= LONGEST_GAP:
            continue
        between = doc[one.end : other.start]
        if any(token.pos_ not in DESCRIBING and token.lower_ not in PARTICIPLES for token in between):
            continue
        gap = " ".join(POSSESSIVES.get(token.lower_, token.lower_) for token in between)
        for pattern in _patterns():
            if pattern.words.fullmatch(gap) and _is_kind(one, pattern.kinds[0]) and _is_kind(other, pattern.kinds[1]):
                part, whole = (other, one) if pattern.second_belongs else (one, other)
                hangs = not pattern.hanging or doc[other.start : other.end].root.head in doc[one.start : one.end]
                listed = gap == "," and _is_list(doc, names, place)
                if (
                    hangs
                    and not listed
                    and not _is_post(part, whole)
                    and _may_be_in(part.actor, whole.actor, knowledge)
                ):
                    yield Relation(
                        type=pattern.relation,
                        subject=part.actor.key,
                        object=whole.actor.key,
                        sentence=one.mention.sentence,
                        confidence=CONFIDENCE,
                    )
                break


def _by_name(names: Sequence[_Named], actors: Sequence[Actor], knowledge: KnowledgeBase) -> Iterator[Relation]:
    """The "Indonesian Navy" is Indonesia's, as its own name and the base say, where the article names Indonesia."""
    countries = {actor.knowledge_id: actor.key for actor in actors if actor.type == COUNTRY and actor.knowledge_id}
    for name in names:
        if name.actor.type not in BODIES or name.actor.knowledge_id is None:
            continue
        country = knowledge.entry(name.actor.knowledge_id).country
        first = name.mention.text.split(maxsplit=1)
        if country in countries and len(first) > 1 and country in {one.id for one in knowledge.candidates(first[0])}:
            yield Relation(
                type=RelationType.CONTAINED_IN,
                subject=name.actor.key,
                object=countries[country],
                sentence=name.mention.sentence,
                confidence=CONFIDENCE,
            )


def _is_list(doc: Doc, names: Sequence[_Named], place: int) -> bool:
    """Whether two places with a comma between are a list: "Kansas, Utah, Texas", "Xinjiang, Tibet, and Hong Kong".

    What a place lies in is wider, or the next is: "Val-d'Oise, Île-de-France, France".
    """
    part, whole = (WIDTH[name.actor.type] for name in names[place : place + 2])
    following = names[place + 2] if place + 2 < len(names) else None
    if following is None or not _is_kind(following, "Where"):
        return whole <= part
    between = [token.lower_ for token in doc[names[place + 1].end : following.start][:3]]
    if between in (["and"], ["or"], [",", "and"], [",", "or"]):
        return True
    goes_up = between == [","] and WIDTH[following.actor.type] > whole
    return whole < part or (whole == part and (whole == WIDTH["City"] or not goes_up))


def _names(doc: Doc, actors: Sequence[Actor]) -> list[_Named]:
    """All names and demonyms by place; where two overlap the first and longer one."""
    found = list[_Named]()
    places = [(m, actor) for actor in actors for m in actor.mentions if m.kind in NAME_KINDS]
    for mention, actor in sorted(places, key=lambda place: (place[0].begin, -place[0].end)):
        span = span_of(doc, mention.begin, mention.end)
        if not found or span.start >= found[-1].end:
            found.append(_Named(start=span.start, end=span.end, mention=mention, actor=actor))
    return found


def _is_kind(named: _Named, kind: str) -> bool:
    actor, demonym = named.actor, named.mention.kind is MentionKind.DEMONYM
    if kind == "Land":
        return actor.type == COUNTRY
    if demonym:
        return False
    if kind == "Where":
        return actor.type in LOCALITIES or actor.type == COUNTRY
    if kind == "Place":
        return actor.type in LOCALITIES
    if kind == "Body":
        return actor.type in BODIES
    return actor.type == {"Party": PARTY}.get(kind, kind)


def _is_post(part: _Named, whole: _Named) -> bool:
    """ "Secretary General Mark Rutte of NATO" holds a post there: more than a member."""
    return part.mention.body == whole.mention.begin or part.actor is whole.actor


def _may_be_in(part: Actor, whole: Actor, knowledge: KnowledgeBase) -> bool:
    """Not where the base knows better: "US NATO ambassador" puts NATO in no country."""
    if part.knowledge_id is None or whole.knowledge_id is None:
        return True
    known, around = knowledge.entry(part.knowledge_id), knowledge.entry(whole.knowledge_id)
    land = around.id if around.type == COUNTRY else around.country
    if known.country is None:
        return known.type in LOCALITIES or around.type != COUNTRY
    return land is None or known.country == land


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            relation=RelationType(relation),
            kinds=(first, second),
            second_belongs=belongs == "second",
            hanging=tree == "nmod",
            words=re.compile(words),
        )
        for relation, first, second, belongs, tree, words in read_rows("belonging.tsv")
    )
