"""Members of the United States Congress, presidents and vice presidents: unitedstates/congress-legislators (CC0)."""

from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from kg.knowledge.facts import Harvest, Held, Named, Ref, Thing, wiki_ref
from kg.knowledge.names import NameKind
from kg.knowledge.naming import person_names

SOURCE: Final = "us-congress"
TRUST: Final = 6
UNITED_STATES: Final = "Q30"
EARLIEST: Final = date(2008, 1, 1)  # terms that ended before are not news any more
_TITLES: Final = {"sen": "Senator", "rep": "Representative", "prez": "President", "viceprez": "Vice President"}
_EXECUTIVE_WEIGHT: Final = 3.0
_MEMBER_WEIGHT: Final = 0.7
_SURNAME_SHARE: Final = 0.3


def harvest(data: Path) -> Harvest:
    """One thing a person, one post a term."""
    things: list[Thing] = []
    held: list[Held] = []
    for file in ("us-executive.yaml", "us-congress-current.yaml"):
        for record in yaml.load((data / "gazetteer" / file).read_text("utf-8"), Loader=yaml.CSafeLoader):
            terms = [term for term in record["terms"] if date.fromisoformat(term["end"]) >= EARLIEST]
            if not terms:
                continue
            thing = _thing(record, executive=file == "us-executive.yaml")
            things.append(thing)
            held.extend(_post(term, thing.refs[0]) for term in terms)
    return Harvest(things=tuple(things), held=tuple(held))


def _post(term: dict[str, Any], person: Ref) -> Held:
    return Held(
        person=person,
        title=_TITLES[term["type"]],
        body=UNITED_STATES,
        source=SOURCE,
        begin=date.fromisoformat(term["start"]),
        end=date.fromisoformat(term["end"]),
        top=term["type"] == "prez",
    )


def _thing(record: dict[str, Any], *, executive: bool) -> Thing:
    identifiers, name = record["id"], record["name"]
    plain = f"{name['first']} {name['last']}"
    title = identifiers.get("wikipedia")
    refs = tuple(
        ref for ref in (identifiers.get("wikidata"), wiki_ref(title) if title else wiki_ref(plain)) if ref is not None
    )
    weight = _EXECUTIVE_WEIGHT if executive else _MEMBER_WEIGHT
    main = title.split(" (")[0] if title else plain
    names = list(person_names(main, UNITED_STATES, weight, weight * _SURNAME_SHARE))
    others = {plain, name.get("official_full"), f"{name['nickname']} {name['last']}" if name.get("nickname") else None}
    names += [
        Named(text=text, kind=NameKind.ALIAS, weight=weight / 2) for text in sorted(filter(None, others - {main}))
    ]
    return Thing(
        refs=refs,
        source=SOURCE,
        trust=TRUST,
        name=main,
        type="Person",
        country=UNITED_STATES,
        names=tuple(names),
        gender=record["bio"].get("gender", "").lower() or None,
    )
