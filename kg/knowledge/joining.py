"""Which things of different sources are one although they share no identifier."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from kg.knowledge.facts import Held, Ref, wiki_ref
from kg.knowledge.merging import Merged
from kg.knowledge.names import NameKind, normalize_name, plain_text
from kg.knowledge.naming import PARTICLES, spelling_key
from kg.knowledge.tables import read_pairs

CURATED: Final = "curated"
_CURATED: Final = Path(__file__).parent / "curated"
_PLACES: Final = frozenset({"Country", "Place", "City", "AdministrativeArea"})
_BODIES: Final = frozenset(
    {"Organization", "GovernmentOrganization", "PoliticalParty", "Corporation", "NewsMediaOrganization"}
)
_MAIN: Final = frozenset({NameKind.NAME, NameKind.ALIAS, NameKind.ACRONYM})
_AREA_HINT: Final = re.compile(
    r"state|province|region|oblast|governorate|department|territory|republic|county|krai", re.I
)
_SUFFIX: Final = re.compile(r" (City|Province|province|Oblast|oblast|Governorate|State|Region|Krai)$")
_RANK: Final = {"Country": 0, "City": 1, "AdministrativeArea": 2}


def redirect_joins(merged: Sequence[Merged]) -> Iterator[tuple[Ref, Ref]]:
    """Titles that differ only in capitals, marks and hyphens, or in how a person's name is transliterated."""
    first: dict[tuple[str, str], Merged] = {}
    for one in sorted(merged, key=lambda one: (one.wikidata is None, -one.weight, one.id)):
        if one.wikipedia is None:
            continue
        words = one.wikipedia.replace("_", " ")
        keys = [("title", normalize_name(words))]
        if one.type == "Person" and "(" not in words:
            keys.append(("person", spelling_key(words)))
        for key in keys:
            other = first.setdefault(key, one)
            if other is not one and (one.wikidata is None or other.wikidata is None) and _alike(one, other):
                yield one.id, other.id
                break


def _alike(one: Merged, other: Merged) -> bool:
    return "Thing" in (one.type, other.type) or _family(one.type) == _family(other.type)


def _family(kind: str) -> str:
    return "place" if kind in _PLACES else "body" if kind in _BODIES else kind


def title_joins(merged: Sequence[Merged]) -> Iterator[tuple[Ref, Ref]]:
    """Places and bodies known by title alone ↔ the one with an id that bears the title as a name.

    "Punjab,_Pakistan" and "Georgia_(U.S._state)" are held against the country and the kind that the hint tells.
    """
    by_name: dict[str, list[Merged]] = defaultdict(list)
    country_names: dict[str, Ref] = {}
    for one in merged:
        if one.wikidata is not None and one.type != "Person":
            for key in {normalize_name(text) for text, kinds in one.names.items() if _MAIN & set(kinds)}:
                by_name[key].append(one)
                if one.type == "Country":
                    country_names[key] = one.id
    for one in merged:
        if one.wikidata is not None or one.wikipedia is None or one.type == "Person" or CURATED in one.sources:
            continue
        found = _bearer(one, by_name, country_names)
        if found is not None:
            yield one.id, found.id


def curated_joins(merged: Sequence[Merged]) -> Iterator[tuple[Ref, Ref]]:
    """Titles of the portal that redirect ("U.S._Treasury_Department"), and bodies known by id alone ↔ the curated thing
    of that name.
    """
    bearers: dict[str, list[Merged]] = defaultdict(list)
    for one in merged:
        if CURATED in one.sources and one.type != "Person":
            known = {text for text, kinds in one.names.items() if _MAIN & set(kinds)}
            for key in {normalize_name(text) for text in known}:
                bearers[key].append(one)
    for one in merged:
        if CURATED in one.sources or one.type == "Person":
            continue
        if one.wikidata is None and one.wikipedia is not None:
            found = bearers.get(normalize_name(one.wikipedia.replace("_", " ")), ())
        elif one.wikipedia is None:
            found = [other for other in bearers.get(normalize_name(one.name), ()) if other.wikidata is None]
        else:
            continue
        if len(found) == 1 and _alike(one, found[0]) and one.country in (None, found[0].country):
            yield one.id, found[0].id


def _bearer(one: Merged, by_name: Mapping[str, list[Merged]], country_names: Mapping[str, Ref]) -> Merged | None:
    words = (one.wikipedia or "").replace("_", " ")
    match = re.match(r"^(?P<text>[^,(]+?)(?:, (?P<comma>[^()]+)| \((?P<paren>[^()]+)\))?$", words)
    if match is None:
        return None
    hint = match["comma"] or match["paren"]
    wanted = [other for other in by_name.get(normalize_name(match["text"]), ()) if _compatible(one, other)]
    if not wanted:
        wanted = list(_without_suffix(match["text"], by_name))
    if hint is not None:
        country = country_names.get(normalize_name(hint))
        wanted = [
            other
            for other in wanted
            if (country is not None and other.country == country)
            or (other.type == "AdministrativeArea" and _AREA_HINT.search(hint) is not None and country is None)
        ]
    elif one.country is not None:
        wanted = [other for other in wanted if other.country in (None, one.country)]
    wanted.sort(key=lambda other: (_RANK.get(other.type, 3), -other.weight, other.id))
    if hint is None and len(wanted) > 1 and wanted[0].type == wanted[1].type and wanted[0].type != "Country":
        return None
    return wanted[0] if wanted else None


def _without_suffix(text: str, by_name: Mapping[str, list[Merged]]) -> Iterator[Merged]:
    """ "Kharkiv Oblast" is the area of the list called "Kharkiv", "Davao City" the city called "Davao"."""
    match = _SUFFIX.search(text)
    if match is not None:
        kind = "City" if match[1] == "City" else "AdministrativeArea"
        found = by_name.get(normalize_name(text[: match.start()]), ())
        yield from (other for other in found if other.type == kind)


def _compatible(one: Merged, other: Merged) -> bool:
    return one.type == "Thing" or _family(one.type) == _family(other.type)


def person_joins(merged: Sequence[Merged], held: Iterable[Held]) -> Iterator[tuple[Ref, Ref]]:
    """Persons known by title ↔ the one office holder with an id, of that country, whose name is spelt alike."""
    by_spelling: dict[str, list[Merged]] = defaultdict(list)
    for one in merged:
        if one.type == "Person" and one.wikidata is not None:
            by_spelling[spelling_key(one.name)].append(one)
    bodies: dict[Ref, set[Ref]] = defaultdict(set)
    posts: dict[Ref, set[tuple[str, Ref]]] = defaultdict(set)
    for post in held:
        bodies[post.person].add(post.body)
        posts[post.person].add((post.title, post.body))
    by_post: dict[tuple[str, Ref], list[Merged]] = defaultdict(list)
    for one in merged:
        if one.type == "Person" and one.wikidata is not None:
            for ref in one.refs:
                for held_post in sorted(posts[ref]):
                    by_post[held_post].append(one)
    for one in merged:
        if one.type != "Person" or one.wikidata is not None:
            continue
        lands = {one.country} | {body for ref in one.refs for body in bodies[ref]}
        found = [other for other in by_spelling.get(spelling_key(one.name), ()) if other.country in lands - {None}]
        if not found:
            mine = set().union(*(posts[ref] for ref in one.refs))
            wanted = {other.id: other for post in mine for other in by_post[post]}
            found = [wanted[ref] for ref in sorted(wanted) if _contained(_tokens(one.name), _tokens(wanted[ref].name))]
        if len(found) == 1:
            yield one.id, found[0].id


def _contained(short: frozenset[str], long: frozenset[str]) -> bool:
    """Are the words of one name all in the other: "Cyril Ramaphosa", "Matamela Cyril Ramaphosa"?"""
    return len(short) > 1 and (short <= long or (len(long) > 1 and long <= short))


# ── leaders ──────────────────────────────────────────────────────────────────────────────────────


def leader_joins(merged: Sequence[Merged], held: Iterable[Held]) -> Iterator[tuple[Ref, Ref]]:
    """Leaders of the factbook, who have a name only, ↔ the person of that country with that surname and given name.

    `curated/leader_titles.tsv` tells those whom the factbook spells in its own way.
    """
    told = read_pairs(_CURATED / "leader_titles.tsv")
    held = tuple(held)
    by_token: dict[str, set[int]] = defaultdict(set)
    persons = [one for one in merged if one.type == "Person" and not one.id.startswith("n/")]
    for index, one in enumerate(persons):
        for token in {token for text in one.names for token in _tokens(text)}:
            by_token[token].add(index)
    posts: dict[Ref, set[tuple[str, Ref]]] = defaultdict(set)
    for post in held:
        posts[post.person].add((post.title, post.body))
    articles = {ref for one in merged for ref in one.refs if ref.startswith("w/")}
    for leader in merged:
        if not leader.id.startswith("n/"):
            continue
        if leader.name in told:
            yield leader.id, wiki_ref(told[leader.name])
            continue
        family = next(text for text, kinds in leader.names.items() if NameKind.SURNAME in kinds)
        sets = [by_token.get(token, set()) for token in _tokens(family)]
        found = [persons[index] for index in set.intersection(*sets)] if sets else []
        best = _best_person(leader, found, posts)
        if best is not None:
            yield leader.id, best.id
        elif wiki_ref(leader.name) in articles:  # known, but not as a person's
            yield leader.id, wiki_ref(leader.name)


def _best_person(leader: Merged, found: list[Merged], posts: Mapping[Ref, set[tuple[str, Ref]]]) -> Merged | None:
    mine = posts[leader.id]
    given = _tokens(leader.name)

    def fit(one: Merged) -> tuple[bool, int, float]:
        same_post = any(mine & posts[ref] for ref in one.refs)
        shared = max(len(given & _tokens(text)) for text in one.names)
        return same_post, shared, one.weight

    def acceptable(one: Merged) -> bool:
        same_post, shared, _ = fit(one)
        at_home = one.country == leader.country or any(
            body == leader.country for ref in one.refs for _, body in posts[ref]
        )
        whole = shared == len(given)
        return same_post or (at_home and (shared > 1 or whole)) or (one.country is None and whole and len(given) > 1)

    if not any(acceptable(one) for one in found):  # a monarch of several realms
        found = [
            one
            for one in found
            if spelling_key(one.name) == spelling_key(leader.name) and any(posts[r] for r in one.refs)
        ]
        return found[0] if len(found) == 1 else None
    wanted = sorted((one for one in found if acceptable(one)), key=lambda one: (*fit(one), one.id), reverse=True)
    return wanted[0] if wanted else None


def _tokens(name: str) -> frozenset[str]:
    return frozenset(spelling_key(word) for word in plain_text(name).split() if word not in PARTICLES and len(word) > 1)
