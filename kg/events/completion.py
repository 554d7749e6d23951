"""The other side of a war: parties that a sentence leaves out and the article tells elsewhere.

"Trump wants to end the war in Ukraine" names one side. Where the article's attacks, invasions and wars set that country
against one other country and no more, the other one is a party, too, of its war, its truce and the invasion.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.events.draft import Draft

FIGHTING = frozenset({"Conflict", "Invasion", "Attack"})
SIDES = ("agent", "target", "participant")
OF_TWO = frozenset({"Conflict", "Ceasefire"})
ONE_SIDED = "Invasion"
WAR = "Conflict"

OPPONENTS = 2

Group = tuple[Draft, ...]


def complete_parties(
    groups: Sequence[Group], drafts: Sequence[Draft], types: Mapping[str, str], lands: Mapping[str, str]
) -> tuple[Group, ...]:
    """Groups of drafts with the missing opponent, and "the war" that nobody is named with.

    `drafts` are all of the article, `types` of its actors, and `lands` for which country a person acts.
    """
    opponents = _opponents(groups, types, lands)
    completed = tuple(_completed(group, opponents, types, lands) for group in groups)
    war = _the_war(completed, drafts, opponents)
    return (*completed, war) if war else completed


def _the_war(groups: Sequence[Group], drafts: Sequence[Draft], opponents: Mapping[str, frozenset[str]]) -> Group:
    """ "Emerges from this war": the war of the only two that the article sets against each other."""
    told = [draft for draft in drafts if draft.type == WAR and draft.anaphor and draft.definite and not draft.roles]
    pairs = {frozenset({country, other}) for country, others in opponents.items() for other in others}
    if not told or len(pairs) != 1 or any(group[0].type == WAR for group in groups):
        return ()
    pair = next(iter(pairs))
    roles = tuple(("participant", country) for country in sorted(pair))
    invaded = {
        actor for group in groups if group[0].type == ONE_SIDED for draft in group for actor in draft.actors("target")
    }
    place = next(iter(invaded & pair), None) if len(invaded & pair) == 1 else None
    return (replace(told[0], anaphor=False, roles=roles, place=told[0].place or place), *told[1:])


def _opponents(
    groups: Sequence[Group], types: Mapping[str, str], lands: Mapping[str, str]
) -> Mapping[str, frozenset[str]]:
    found = defaultdict[str, set[str]](set)
    for group in groups:
        countries = _countries(group, types, lands) if group[0].type in FIGHTING else frozenset()
        if len(countries) == OPPONENTS:
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
    others = opponents.get(next(iter(countries)), frozenset())
    if len(others) != 1:
        return group
    role = "participant" if kind in OF_TWO else _missing(group)
    first = replace(group[0], roles=(*group[0].roles, (role, next(iter(others)))))
    return (first, *group[1:])


def _missing(group: Group) -> str:
    return "target" if any(draft.actors("agent") for draft in group) else "agent"
