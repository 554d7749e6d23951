"""One actor a linked thing, and one a chain without a link. Where nothing fits, an actor has no link (NIL)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kg.knowledge import Entry, KnowledgeBase, normalize_name
from kg.linking.choosing import Choice, Chooser, is_plain_word, label_of
from kg.model import NAME_KINDS, Actor, Chain, MentionKind
from kg.naming import slug

NIL_TYPES = {"PER": "Person", "LOC": "Place", "ORG": "Organization", "NORP": "Thing"}
NATIONAL_BODY = "GovernmentOrganization"
NO_NAMES = frozenset({MentionKind.PRONOUN, MentionKind.NOMINAL})
LEAST_CONFIDENCE = 0.6
"""A link less sure than this is not made: of 0.1, 0.2 … 0.9 it was worth the most on the days that the confidence was
fitted on, where a wrong link costs two right ones (tests/measure_linking.py calibration --fit)."""


def link_entities(
    chains: Sequence[Chain], knowledge: KnowledgeBase, published: date | None = None
) -> tuple[Actor, ...]:
    """One actor a linked thing, and one a chain without a link, in the order of first mention.

    `published` tells who is in office: a surname alone is most likely theirs.
    """
    chooser = Chooser(chains, knowledge, published)
    actors: dict[str, Actor] = {}
    for chain in chains:
        choice = chooser.choose(chain)
        sure = choice is not None and choice.confidence >= LEAST_CONFIDENCE
        actor = _actor(chain, choice if sure else None, knowledge)
        if actor is None:
            continue
        known = actors.get(actor.key)
        actors[actor.key] = _joined(known, actor) if known else actor
    return tuple(actors.values())


def _actor(chain: Chain, choice: Choice | None, knowledge: KnowledgeBase) -> Actor | None:
    names = [m for m in chain.mentions if m.kind in NAME_KINDS]
    if choice is None and not names:
        return None
    aliases = tuple(dict.fromkeys(m.text for m in chain.mentions if m.kind not in NO_NAMES and m.label != "PLURAL"))
    if choice is not None:
        name = _told_apart(choice.entry)
        return Actor(
            key=choice.entry.id,
            type=choice.entry.type,
            name=name,
            aliases=tuple(alias for alias in aliases if alias != name),
            knowledge_id=choice.entry.id,
            confidence=choice.confidence,
            mentions=chain.mentions,
        )
    if all(m.kind is MentionKind.DEMONYM for m in names):
        return None  # "Kurdish", "Western": an adjective without an entry is nobody in particular
    name = max((m.text for m in names), key=lambda text: (len(text.split()), -aliases.index(text)))
    label = label_of(chain)
    once = len(names) == 1 or label == "MISC"  # "Labour", typed by the tagger and named again, is a name
    if label != "PER" and once and all(is_plain_word(m.text) for m in names):
        return None  # "Summit", "Order", "Allies": a capital does not make a name
    kind = NIL_TYPES.get(label) or _type_of_namesakes(name, knowledge)
    return Actor(
        key=f"nil/{kind.lower()}/{slug(normalize_name(name), longest=None)}",
        type=kind,
        name=name,
        aliases=tuple(alias for alias in aliases if alias != name),
        mentions=chain.mentions,
    )


def _told_apart(entry: Entry) -> str:
    """ "Ministry of Foreign Affairs (South Korea)", as its article is called: other countries have one, too."""
    title = (entry.wikipedia or "").replace("_", " ")
    apart = entry.type == NATIONAL_BODY and title.startswith(f"{entry.name} (")
    return title if apart else entry.name


def _type_of_namesakes(name: str, knowledge: KnowledgeBase) -> str:
    """The "Labour Party" of a country that the base does not know is a party like the others."""
    types = {knowledge.entry(candidate.id).type for candidate in knowledge.candidates(name)}
    return types.pop() if len(types) == 1 else "Thing"


def _joined(known: Actor, more: Actor) -> Actor:
    return replace(
        known.with_mentions({*more.mentions} - {*known.mentions}),
        aliases=tuple(dict.fromkeys([*known.aliases, *more.aliases])),
        confidence=max(known.confidence, more.confidence),
    )
