"""Which entry of the knowledge base a chain means, and what the text states about it apart from events.

Context decides between candidates: the tagger's label, how often news means an entry by that name, and whether the
entry's country is named in the article. Where nothing fits, the actor stays without a link (NIL).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import lemminflect
from spacy.tokens import Doc

from kg.knowledge import Candidate, Entry, KnowledgeBase, NameKind, normalize_name
from kg.knowledge.base import OWN_NAMES
from kg.model import NAME_KINDS, Actor, Chain, Mention, MentionKind, Relation, RelationType
from kg.naming import slug

FITTING_TYPES = {
    "PER": {"Person"},
    "LOC": {"Country", "Place", "City", "AdministrativeArea"},
    "NORP": {"Country", "Place", "AdministrativeArea", "Organization", "Thing"},
}
NIL_TYPES = {"PER": "Person", "LOC": "Place", "ORG": "Organization", "NORP": "Thing"}
NATIONAL = frozenset({"GovernmentOrganization", "PoliticalParty", "Legislation"})
"""Of one country: under a name that others' share they are meant only where their country is named."""

NO_NAMES = frozenset({MentionKind.PRONOUN, MentionKind.NOMINAL})
SURNAME_PRIOR = 0.5  # a bare surname links only to somebody whom news mostly means by it
HOLDER_PRIOR = 0.95
ALONE_PRIOR = 0.9  # "Royal Air Force": nobody else is called so
CONTEXT_BONUS = 0.3  # for an entry whose country is named in the article
VAGUE_POSTS = frozenset({"leader", "leaders", "chief", "head", "official"})  # "the Russian leader" names no post
POST_CONFIDENCE = 0.9
CONTAINED_CONFIDENCE = 0.85


def link_entities(chains: Sequence[Chain], knowledge: KnowledgeBase) -> tuple[Actor, ...]:
    """One actor a linked thing, and one a chain without a link, in the order of first mention."""
    present = {m.candidates[0] for chain in chains for m in chain.mentions if m.candidates}
    lands = _lands(map(knowledge.entry, present))
    actors: dict[str, Actor] = {}
    for chain in chains:
        actor = _actor(chain, present, lands, knowledge)
        if actor is None:
            continue
        known = actors.get(actor.key)
        actors[actor.key] = _joined(known, actor) if known else actor
    return tuple(actors.values())


def state_relations(doc: Doc, actors: Sequence[Actor]) -> tuple[Relation, ...]:
    """Posts held and places contained, as the text gives them beside a name."""
    # A role phrase may begin with the country that it names ("Russian president"): only names answer for a place.
    key_at = {m.begin: actor.key for actor in actors for m in actor.mentions if m.kind in NAME_KINDS}
    types = {actor.key: actor.type for actor in actors}
    found = [relation for actor in actors for relation in _posts(actor, key_at, types)]
    found.extend(_contained(doc, actors, types))
    return tuple(sorted(set(found), key=lambda r: (r.sentence, r.type, r.subject, r.object or "", r.title or "")))


def lands_of(actors: Sequence[Actor], knowledge: KnowledgeBase) -> dict[str, str]:
    """For which country a person acts, both actors of one article: {person's key: country's key}."""
    countries = {actor.key for actor in actors if actor.type == "Country"}
    known = (actor for actor in actors if actor.type == "Person" and actor.knowledge_id is not None)
    lands = {actor.key: knowledge.entry(actor.key).country for actor in known}
    return {person: land for person, land in lands.items() if land in countries}


def _lands(present: Iterable[Entry]) -> set[str]:
    """The countries of the places and persons in an article; a party may be a namesake and tells nothing."""
    telling = [entry for entry in present if not _is_national(entry)]
    return {land for entry in telling for land in (entry.id, entry.country) if land is not None}


def _actor(chain: Chain, present: set[str], lands: set[str], knowledge: KnowledgeBase) -> Actor | None:
    names = [m for m in chain.mentions if m.kind in NAME_KINDS]
    label = _label(chain)
    entry, confidence = _choose(chain, names, label, present, lands, knowledge)
    if entry is None and not names:
        return None
    aliases = tuple(dict.fromkeys(m.text for m in chain.mentions if m.kind not in NO_NAMES and m.label != "PLURAL"))
    if entry is not None:
        return Actor(
            key=entry.id,
            type=entry.type,
            name=entry.name,
            aliases=tuple(alias for alias in aliases if alias != entry.name),
            knowledge_id=entry.id,
            confidence=confidence,
            mentions=chain.mentions,
        )
    if all(m.kind is MentionKind.DEMONYM for m in names):
        return None  # "Kurdish", "Western": an adjective without an entry is nobody in particular
    name = max((m.text for m in names), key=lambda text: (len(text.split()), -aliases.index(text)))
    once = len(names) == 1 or label == "MISC"  # "Labour", typed by the tagger and named again, is a name
    if label != "PER" and once and all(_is_plain_word(m.text) for m in names):
        return None  # "Summit", "Order", "Allies": a capital does not make a name
    kind = NIL_TYPES.get(label) or _type_of_namesakes(name, knowledge)
    return Actor(
        key=f"nil/{kind.lower()}/{slug(normalize_name(name), longest=None)}",
        type=kind,
        name=name,
        aliases=tuple(alias for alias in aliases if alias != name),
        confidence=0.6,
        mentions=chain.mentions,
    )


def _type_of_namesakes(name: str, knowledge: KnowledgeBase) -> str:
    """The "Labour Party" of a country that the base does not know is a party like the others."""
    types = {knowledge.entry(candidate.id).type for candidate in knowledge.candidates(name)}
    return types.pop() if len(types) == 1 else "Thing"


@cache
def _is_plain_word(text: str) -> bool:
    """Whether a single capitalized word is in the dictionary (lemminflect's) and thus hardly a name by itself."""
    return text.isalpha() and not text.isupper() and bool(lemminflect.getAllLemmas(text.lower()))


def _label(chain: Chain) -> str:
    labels = [m.label for m in chain.mentions if m.kind in {MentionKind.NAME, MentionKind.DEMONYM, MentionKind.ROLE}]
    known = [label for label in labels if label not in {"MISC", "PLURAL"}]
    return max(known, key=lambda label: (known.count(label), -known.index(label))) if known else "MISC"


def _choose(
    chain: Chain, names: list[Mention], label: str, present: set[str], lands: set[str], knowledge: KnowledgeBase
) -> tuple[Entry | None, float]:
    if not names:
        ids = [c for m in chain.mentions for c in m.candidates]
        return (knowledge.entry(ids[0]), 0.8) if ids else (None, 0.0)
    best: tuple[float, str] | None = None
    longest = max(len(m.text.split()) for m in names)
    for mention in names:
        if len(mention.text.split()) < longest and label == "PER":
            continue
        order = {candidate_id: rank for rank, candidate_id in enumerate(mention.candidates)}
        known = _candidates(mention, label, knowledge)
        seat = any(candidate.kind is NameKind.METONYM for candidate in known)
        for candidate in known:
            if seat and mention.candidates and candidate.id != mention.candidates[0]:
                continue  # the government, its seat, or the place: the sentence has told already
            entry = knowledge.entry(candidate.id)
            if not _fits(entry, label):
                continue
            if candidate.kind is NameKind.SURNAME and candidate.prior < SURNAME_PRIOR:
                continue
            alone = len(known) == 1 and candidate.kind is NameKind.NAME and candidate.prior >= ALONE_PRIOR
            if _is_national(entry) and entry.country not in lands and _is_generic(mention.text) and not alone:
                continue
            score = candidate.prior - 0.2 * order.get(candidate.id, len(order))
            score += CONTEXT_BONUS * (entry.country is not None and entry.country in present)
            if best is None or (score, candidate.id) > best:
                best = (score, candidate.id)
    return (knowledge.entry(best[1]), min(0.99, max(0.5, 0.6 + 0.4 * best[0]))) if best else (None, 0.0)


def _candidates(mention: Mention, label: str, knowledge: KnowledgeBase) -> tuple[Candidate, ...]:
    """Who bears the name. The holder of the post beside it comes first; of a person also without the names between."""
    known = knowledge.candidates(mention.text)
    words = mention.text.split()
    if not known and label == "PER" and len(words) > 2:
        known = tuple(c for c in knowledge.candidates(f"{words[0]} {words[-1]}") if c.kind in OWN_NAMES)
    if mention.holder is None:
        return known
    holder = Candidate(id=mention.holder, kind=NameKind.NAME, prior=HOLDER_PRIOR)
    return (holder, *(candidate for candidate in known if candidate.id != mention.holder))


def _is_generic(name: str) -> bool:
    """ "Supreme Court", "Democratic Party", "Independence Day": many countries have one."""
    words = name.split()
    return all(_is_plain_word(word) or not word[0].isupper() for word in words)


def _is_national(entry: Entry) -> bool:
    """Whether it may be one country's own, by its type or by the hint of its article's title: "…_(Myanmar)"."""
    return entry.type in NATIONAL or (entry.type != "Person" and (entry.wikipedia or "").endswith(")"))


def _fits(entry: Entry, label: str) -> bool:
    if label == "ORG":
        return entry.type != "Person"
    return label not in FITTING_TYPES or entry.type in FITTING_TYPES[label]


def _joined(known: Actor, more: Actor) -> Actor:
    mentions = tuple(sorted({*known.mentions, *more.mentions}, key=lambda m: (m.begin, m.end)))
    aliases = tuple(dict.fromkeys([*known.aliases, *more.aliases]))
    return Actor(
        key=known.key,
        type=known.type,
        name=known.name,
        aliases=aliases,
        knowledge_id=known.knowledge_id,
        confidence=max(known.confidence, more.confidence),
        mentions=mentions,
    )


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


def _contained(doc: Doc, actors: Sequence[Actor], types: dict[str, str]) -> Iterator[Relation]:
    """ "Woodside, California": a place, a comma, the larger place."""
    places = [
        (m, a) for a in actors if a.type in FITTING_TYPES["LOC"] for m in a.mentions if m.kind is MentionKind.NAME
    ]
    at = {mention.begin: actor for mention, actor in places}
    text = doc.text  # spaCy puts it together anew at each access
    for mention, actor in places:
        gap = re.match(r",\s+", text[mention.end : mention.end + 3])
        larger = at.get(mention.end + gap.end()) if gap else None
        if larger is not None and larger is not actor and types[actor.key] != "Country":
            yield Relation(
                type=RelationType.CONTAINED_IN,
                subject=actor.key,
                object=larger.key,
                sentence=mention.sentence,
                confidence=CONTAINED_CONFIDENCE,
            )
