"""Parties that a sentence leaves out and the article tells elsewhere.

"Trump wants to end the war in Ukraine" names one side. Where the article's attacks, invasions and wars set that country
against one other country and no more, the other one is a party, too, of its war, its truce and the invasion. Where they
set it against nobody, but the article names just one state that the base knows to be at war with it, this one is.
"Washington halted part of its deliveries" leaves out to whom: to the only one that it gives aid to in the article.
"Countermeasures against the United States" are China's where the article tells of it and China alone.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.events.draft import AID, PAIR, Group
from kg.knowledge.conflicts import opponents_of
from kg.model import LOCALITIES

FIGHTING = frozenset({"Conflict", "Invasion", "Attack"})
SIDES = ("agent", "target", "participant")
OF_TWO = frozenset({"Conflict", "Ceasefire"})
ONE_SIDED = "Invasion"
DELIVERING = frozenset({"deliver", "delivery", "deploy", "distribute", "distribution", "airdrop"})
MEASURES = frozenset({"Sanction", "SanctionRelief", "Tariff"})
SUSPENSION = "AidSuspension"


def complete_parties(groups: Sequence[Group], types: Mapping[str, str], lands: Mapping[str, str]) -> tuple[Group, ...]:
    """Groups of drafts with the missing opponent; `types` of actors, `lands` for which country a person acts."""
    opponents = _opponents(groups, types, lands)
    aided = _aided(groups, lands)
    partners = _partners(groups, types, lands)
    whole = (_completed(group, opponents, types, lands) for group in groups)
    imposed = (_with_imposer(_with_recipient(group, aided, lands), partners) for group in whole)
    return tuple(_delivered(group, types) for group in imposed)


def _delivered(group: Group, types: Mapping[str, str]) -> Group:
    """ "500 generators were delivered to Ukraine": there, where no other place is told."""
    receivers = frozenset(actor for draft in group for actor in draft.actors("recipient"))
    told = any(draft.place is not None for draft in group) or all(draft.lemma not in DELIVERING for draft in group)
    if group[0].type not in AID or told or len(receivers) != 1:
        return group
    place = next(iter(receivers))
    is_place = types[place] == "Country" or types[place] in LOCALITIES
    return (replace(group[0], place=place, place_type=types[place]), *group[1:]) if is_place else group


def _partners(
    groups: Sequence[Group], types: Mapping[str, str], lands: Mapping[str, str]
) -> Mapping[str, frozenset[str]]:
    """With which countries each one meets, agrees or exchanges measures."""
    found = defaultdict[str, set[str]](set)
    for group in groups:
        countries = _countries(group, types, lands) if group[0].symmetric or group[0].type in MEASURES else frozenset()
        for country in countries:
            found[country] |= countries - {country}
    return {country: frozenset(others) for country, others in found.items()}


def _with_imposer(group: Group, partners: Mapping[str, frozenset[str]]) -> Group:
    """A measure with the one who took it, when the sentence names only against whom."""
    if group[0].type not in MEASURES or any(draft.actors("agent") for draft in group):
        return group
    burdened = frozenset(actor for draft in group for actor in draft.actors("target"))
    others = partners.get(next(iter(burdened)), frozenset()) if len(burdened) == 1 else frozenset()
    if len(others) != 1:
        return group
    first = replace(group[0], roles=(("agent", next(iter(others))), *group[0].roles))
    return (first, *group[1:])


def _aided(groups: Sequence[Group], lands: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Who gives aid to whom."""
    found = defaultdict[str, set[str]](set)
    for group in groups:
        if group[0].type in AID:
            for giver in _agents(group, lands):
                found[giver] |= {actor for draft in group for actor in draft.actors("recipient")}
    return {giver: frozenset(receivers) for giver, receivers in found.items()}


def _agents(group: Group, lands: Mapping[str, str]) -> frozenset[str]:
    return frozenset(lands.get(actor, actor) for draft in group for actor in draft.actors("agent"))


def _with_recipient(group: Group, aided: Mapping[str, frozenset[str]], lands: Mapping[str, str]) -> Group:
    """A suspension of aid with the one whom its agent aids, when the sentence names nobody."""
    if group[0].type != SUSPENSION or any(draft.actors("recipient") | draft.actors("target") for draft in group):
        return group
    receivers = frozenset(one for giver in _agents(group, lands) for one in aided.get(giver, ()))
    if len(receivers) != 1:
        return group
    first = replace(group[0], roles=(*group[0].roles, ("recipient", next(iter(receivers)))))
    return (first, *group[1:])


def _opponents(
    groups: Sequence[Group], types: Mapping[str, str], lands: Mapping[str, str]
) -> Mapping[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for group in groups:
        countries = _countries(group, types, lands) if group[0].type in FIGHTING else frozenset()
        if len(countries) == PAIR:
            one, other = sorted(countries)
            found[one].add(other)
            found[other].add(one)
    return {country: frozenset(others) for country, others in found.items()}


def _countries(group: Group, types: Mapping[str, str], lands: Mapping[str, str]) -> frozenset[str]:
    actors = (actor for draft in group for role in SIDES for actor in draft.actors(role))
    sides = (lands.get(actor, actor) for actor in actors)
    return frozenset(side for side in sides if types[side] == "Country")


def _completed(
    group: Group, opponents: Mapping[str, frozenset[str]], types: Mapping[str, str], lands: Mapping[str, str]
) -> Group:
    kind, sides = group[0].type, {actor for draft in group for _, actor in draft.roles}
    countries = _countries(group, types, lands)
    if len(countries) != 1 or len(sides) != 1 or (kind not in OF_TWO and kind != ONE_SIDED):
        return group
    country = next(iter(countries))
    others = opponents.get(country) or opponents_of(country) & types.keys()
    if len(others) != 1:
        return group
    role = "participant" if kind in OF_TWO else _missing(group)
    first = replace(group[0], roles=(*group[0].roles, (role, next(iter(others)))))
    return (first, *group[1:])


def _missing(group: Group) -> str:
    return "target" if any(draft.actors("agent") for draft in group) else "agent"
