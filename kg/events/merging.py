"""Which trigger places of one article name the same event.

Similarity alone would join two different calls: ordinals, dates, places, and actors that exclude each other veto.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType

from kg.events.draft import AID, PAIR, Draft, Group
from kg.lexicon import read_words
from kg.model import HAPPENED, DateRange, Status

ASYMMETRIC_ROLES = ("agent", "target", "recipient")
COMPATIBLE = (
    frozenset({Status.OCCURRED, Status.ONGOING}),
    frozenset({Status.PLANNED, Status.POSSIBLE}),
    frozenset({Status.DENIED, Status.POSSIBLE}),
    frozenset({Status.PLANNED, Status.ONGOING}),
)
SHARED_STAGE = frozenset({"Election"})  # told winner by winner: those of one paragraph or candidate are one election
LASTING = frozenset({"Conflict"})  # a war is one thing at all its dates and places
AGREEMENT, TRUCE = "Agreement", "Ceasefire"
AGREEING = frozenset({"agree"})  # "the two leaders agreed": "the" is theirs, and it may be on something else
SIGNED = frozenset({"Agreement", "Ceasefire", "PrisonerExchange"})  # what persons make for their countries
OF_BOTH_SIDES = frozenset({"PrisonerExchange"})  # whose count may be that of one side
CONVENED = frozenset({"meeting", "summit", "talk", "negotiation"})  # "the talks in Geneva", whoever holds them
GIVEN = ("amount", "count")
MONTH = 31  # days
HEADLINE = 0  # index of the sentence that announces what the text tells
ANAPHOR_REACH = 12  # sentences that "the call" looks back over


class _Growing:
    """A group while it grows, with what is asked of it for each further draft of the article."""

    def __init__(self, draft: Draft) -> None:
        self.drafts: list[Draft] = []
        self.unlike: dict[tuple[object, ...], Draft] = {}  # one draft of each kind that vetoes alike
        self.roles: dict[str, set[str]] = defaultdict(set)
        self.actors: set[str] = set()
        self.add(draft)

    def add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        self.unlike.setdefault(_vetoing(draft), draft)
        self.actors |= draft.actors()
        for role, actor in draft.roles:
            self.roles[role].add(actor)

    @property
    def last(self) -> Draft:
        return self.drafts[-1]


def _vetoing(draft: Draft) -> tuple[object, ...]:
    """All of a draft that `_vetoed` looks at."""
    sides = (draft.actors("agent"), draft.actors("target"))
    where = (draft.place, draft.place_type)
    return (draft.status, draft.former, draft.later, _multilateral(draft), draft.date, *where, *sides, draft.attributes)


def merge_drafts(drafts: Sequence[Draft], lands: Mapping[str, str] = MappingProxyType({})) -> tuple[Group, ...]:
    """Groups of drafts, one an event, in text order. Anaphors without an antecedent are left out.

    `lands` are the countries for which persons act.
    """
    groups: list[_Growing] = []
    announced: list[Draft] = []  # by a headline, before the text says who: "A sixth call, and still no truce"
    of_type: dict[str, list[_Growing]] = defaultdict(list)
    for draft in (_with_parties(draft, groups) for draft in drafts):
        alike = of_type[draft.type]
        best = max(
            (group for group in alike if _fits(group, draft, lands) and not _vetoed(group, draft)),
            key=lambda group: (len(draft.actors() & group.actors), group.last.sentence),
            default=None,
        )
        truce = _truce_meant(draft, of_type[TRUCE], lands) if best is None else None
        if best is not None:
            best.add(draft)
        elif truce is not None:
            truce.add(replace(draft, type=TRUCE, roles=()))
        elif not draft.anaphor:
            alike.append(_Growing(draft))
            groups.append(alike[-1])
        elif draft.anaphor and draft.sentence == HEADLINE and not draft.definite:
            announced.append(draft)
        elif another := _one_of_several(draft, alike) or _war_of_truce(draft, of_type[TRUCE]):
            alike.append(_Growing(another))
            groups.append(alike[-1])
        elif draft.lemma in CONVENED and draft.place is not None:
            alike.append(_Growing(replace(draft, anaphor=False)))
            groups.append(alike[-1])
    for draft in announced:
        host = next((g for g in of_type[draft.type] if not _vetoed(g, draft)), None)
        if host is not None:
            host.add(draft)
    told = (sorted(group.drafts, key=lambda draft: draft.start) for group in _join_bare(groups) if _has_some(group))
    return tuple(_with_sum(group) for group in told)


def _with_sum(group: Sequence[Draft]) -> Group:
    """Of "314 prisoners, 157 from each side" the sum alone counts."""
    counts = {n for draft in group if isinstance(n := draft.attribute("count"), int)}
    halves = {("count", n) for n in counts if group[0].type in OF_BOTH_SIDES and PAIR * n in counts}
    if not halves:
        return tuple(group)
    return tuple(replace(draft, attributes=tuple(a for a in draft.attributes if a not in halves)) for draft in group)


def _with_parties(draft: Draft, groups: Sequence[_Growing]) -> Draft:
    """ "The first round had led to an exchange": between the parties of that round, where no others are named."""
    if draft.type in AID and not draft.roles and not draft.anaphor:
        return replace(draft, roles=_usual_parties(groups))
    if draft.outcome_of is None or not draft.symmetric:
        return draft
    cause = next((g for g in groups for member in g.drafts if member.start <= draft.outcome_of < member.end), None)
    parties = tuple(("participant", actor) for actor in sorted(cause.roles["participant"])) if cause else ()
    return replace(draft, roles=parties) if set(draft.roles) <= set(parties) else draft


def _usual_parties(groups: Sequence[_Growing]) -> tuple[tuple[str, str], ...]:
    """ "500 generators were delivered": by and to whom the text told most of as giving and receiving aid."""
    pairs = Counter(pair for group in groups if group.drafts[0].type in AID for d in group.drafts for pair in d.roles)
    usual = ((role, [(n, pair) for pair, n in pairs.items() if pair[0] == role]) for role in ("agent", "recipient"))
    most = [(max(found), found) for _, found in usual if found]
    return tuple(pair for (n, pair), found in most if sum(n == other for other, _ in found) == 1)


def _one_of_several(draft: Draft, groups: Sequence[_Growing]) -> Draft | None:
    """ "The first round", "previous rounds", "their meeting in London on 9 June": another than the one spoken of.

    It is between the parties of the one that the article tells most of.
    """
    placed = draft.place is not None and draft.date is not None
    if not (draft.former or draft.later or draft.attribute("ordinal") is not None or placed):
        return None
    for group in sorted(groups, key=lambda group: len(group.drafts))[::-1]:
        pairs = (pair for member in group.drafts for pair in member.roles)
        parties = tuple(dict.fromkeys(pair for pair in pairs if pair[0] == "participant"))
        if parties and set(draft.roles) <= set(parties):
            return replace(draft, roles=parties)
    return None


def _truce_meant(draft: Draft, truces: Sequence[_Growing], lands: Mapping[str, str]) -> _Growing | None:
    """ "The pact was signed by the two ministers": the ceasefire of their countries that was told of."""
    if draft.type != AGREEMENT or not draft.roles or not _takes_up(draft):
        return None
    mine = draft.actors("participant")
    alike = (
        one for one in truces if mine == one.roles["participant"] or _stand_for(mine, one.roles["participant"], lands)
    )
    return next((one for one in alike if not _vetoed(one, draft)), None)


def _war_of_truce(draft: Draft, truces: Sequence[_Growing]) -> Draft | None:
    """ "The war" of an article that tells of the truce of two, and of no war before: theirs, and over if that holds."""
    between = {frozenset(group.roles["participant"]): group for group in truces}
    pairs = [parties for parties in between if len(parties) == PAIR]
    if draft.type not in LASTING or draft.roles or len(pairs) != 1:
        return None
    parties, truce = pairs[0], between[pairs[0]]
    roles = tuple(("participant", actor) for actor in sorted(parties))
    held = any(member.status is Status.OCCURRED for member in truce.drafts)
    return replace(draft, roles=roles, status=Status.OCCURRED if held else draft.status)


def _fits(group: _Growing, draft: Draft, lands: Mapping[str, str]) -> bool:
    """Whether a draft may name the event of a group of its class, by who takes part and where it stands."""
    if draft.type in SHARED_STAGE:
        same = draft.paragraph == group.last.paragraph
        if same or (draft.actors("participant") & group.roles["participant"]) - {draft.place, group.last.place}:
            return True
    if draft.anaphor or (draft.definite and not draft.roles):
        near = draft.sentence - group.last.sentence <= ANAPHOR_REACH
        shared = bool(draft.actors() & group.actors)
        return near and (not draft.actors() or shared or (draft.anaphor and not draft.symmetric))
    if not draft.roles:
        return draft.sentence - group.last.sentence <= 1
    if draft.symmetric:
        mine, theirs = draft.actors("participant"), group.roles["participant"]
        if draft.status is Status.POSSIBLE and not draft.definite and len(mine) == 1 < len(theirs):
            return draft.paragraph == group.last.paragraph  # "progress requires direct talks with him": of others
        if (mine & theirs and (mine <= theirs or theirs <= mine)) or not theirs:
            return True
        return draft.type in SIGNED and _takes_up(draft) and _stand_for(mine, theirs, lands)
    return _roles_agree(group, draft)


def _takes_up(draft: Draft) -> bool:
    """ "The pact was signed": one told of before, not an earlier one and not what "the two leaders agreed"."""
    return draft.definite and not draft.former and draft.lemma not in AGREEING


def _stand_for(some: frozenset[str], others: Set[str], lands: Mapping[str, str]) -> bool:
    """ "The pact was signed by the two ministers": each for one of the countries that have made it."""
    acting = {lands.get(one) for one in some}
    return len(acting) == len(some) == len(others) and acting == others and not some & others


def _roles_agree(group: _Growing, draft: Draft) -> bool:
    shared = False
    for role in ASYMMETRIC_ROLES:
        mine, theirs = draft.actors(role), group.roles[role]
        if mine and theirs:
            if not mine & theirs:
                return False
            shared = True
    return shared


def _vetoed(group: _Growing, draft: Draft) -> bool:
    if draft.type in LASTING:
        return False
    return any(
        _different(member, draft, "ordinal")
        or (draft.former and member.status not in HAPPENED)
        or (draft.later and member.status in HAPPENED and draft.status not in HAPPENED)
        or (member.later and member.status not in HAPPENED and draft.status in HAPPENED)
        or (_multilateral(member) != _multilateral(draft) and not draft.anaphor)
        or _disjoint(member.date, draft.date)
        or (member.date is not None and draft.date is not None and _goes_on(member) != _goes_on(draft))
        or _swapped(member, draft)
        or not _statuses_agree(member, draft)
        or _different(member, draft, "amount")
        or (_different(member, draft, "count") and not _each_side(member, draft))
        or _other_gift(member, draft)
        or _elsewhere(member, draft)
        for member in group.unlike.values()
    )


def _different(a: Draft, b: Draft, name: str) -> bool:
    first, second = a.attribute(name), b.attribute(name)
    return first is not None and second is not None and first != second


def _each_side(a: Draft, b: Draft) -> bool:
    """ "Swapped 314 prisoners", "exchanged 157 prisoners each"."""
    counts = sorted(n for n in (a.attribute("count"), b.attribute("count")) if isinstance(n, int))
    return a.type in OF_BOTH_SIDES and len(counts) == PAIR and counts[1] == PAIR * counts[0]


def _other_gift(a: Draft, b: Draft) -> bool:
    """ "€145 million", "500 generators", "aid since 2014": a sum is no number of things; neither goes on for years."""
    first, second = ({name for name in GIVEN if draft.attribute(name) is not None} for draft in (a, b))
    lasts = bool(first and _goes_on(b)) or bool(second and _goes_on(a))
    return a.type in AID and (lasts or bool(first and second and not first & second))


def _disjoint(a: DateRange | None, b: DateRange | None) -> bool:
    return a is not None and b is not None and (a.end < b.begin or b.end < a.begin)


def _goes_on(draft: Draft) -> bool:
    """ "Has been giving aid since 2014": no single gift of it."""
    long = draft.date is not None and (draft.date.end - draft.date.begin).days > MONTH
    return long and draft.status is Status.ONGOING


def _multilateral(draft: Draft) -> bool:
    return draft.lemma.split()[0] in read_words("multilateral.txt")


def _elsewhere(a: Draft, b: Draft) -> bool:
    named = a.place is not None and b.place is not None
    return named and a.place != b.place and a.place_type == b.place_type


def _swapped(a: Draft, b: Draft) -> bool:
    return bool(a.actors("agent") & b.actors("target")) or bool(a.actors("target") & b.actors("agent"))


def _statuses_agree(a: Draft, b: Draft) -> bool:
    if a.status == b.status or b.anaphor:
        return True
    return frozenset({a.status, b.status}) in COMPATIBLE


def _join_bare(groups: list[_Growing]) -> list[_Growing]:
    """A headline's event without actors ("Ceasefire holds") joins the first event of its class that has some."""
    joined: list[_Growing] = []
    for group in groups:
        placed = _has_some(group)
        if placed and any(draft.roles or draft.sentence != HEADLINE for draft in group.drafts):
            joined.append(group)
            continue
        kind = group.drafts[0].type
        hosts = (g for g in groups if g is not group and g.drafts[0].type == kind and g.drafts[0].roles)
        host = next((g for g in hosts if not placed or any(draft.place for draft in g.drafts)), None)
        if host is not None and not any(_vetoed(host, draft) for draft in group.drafts):
            for draft in group.drafts:
                host.add(draft)
        elif placed:
            joined.append(group)
    return joined


def _has_some(group: _Growing) -> bool:
    return bool(group.actors) or any(draft.place for draft in group.drafts)
