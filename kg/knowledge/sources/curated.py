"""What was written by hand: the tables in `curated/`, each with its source and licence at the top (CC0)."""

import re
from datetime import date
from pathlib import Path
from typing import Final

from kg.knowledge.facts import Harvest, Held, Named, Ref, Thing, wiki_ref
from kg.knowledge.names import NameKind
from kg.knowledge.naming import person_names
from kg.knowledge.tables import read_table

SOURCE: Final = "curated"
SUBDIVISIONS: Final = "subdivisions"  # joined to the parts of countries that other sources know by id alone
TRUST: Final = 9  # as high as the territories: among their ids the lower one counts
_CURATED: Final = Path(__file__).parent.parent / "curated"
_DEMONYM_WEIGHT: Final = 30.0
_ALIAS_WEIGHT: Final = 10.0
_THING_WEIGHT: Final = 10.0
_MEDIA_WEIGHT: Final = 3.0
_PERSON_WEIGHT: Final = 5.0
_SURNAME_WEIGHT: Final = 5.0
_FORMER: Final = 0.3  # of these weights, for who left office long ago
_SUBDIVISION_WEIGHT: Final = 2.0  # less than a city of the same name
_SUBDIVISION_TRUST: Final = 4  # the list of territories knows those better that it has
_KIND_OF_PART: Final = re.compile(
    r"^(?:Al|Autonomous Region of) | (?:Autonomous )?(?:Province|Governorate|State|Region|Department|Voivodeship|"
    r"Prefecture|County|Republic)$"
)
_OTHER_SENSE: Final = 5.0  # of a metonym: the city or the building


def harvest() -> Harvest:
    """All tables together."""
    posts, persons = _offices()
    return Harvest(
        things=(
            *(*_demonyms(), *_aliases(), *_things(), *_media(), *_metonyms(), *_conflicts(), *_subdivisions()),
            *persons,
        ),
        held=posts,
    )


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _kind(text: str) -> NameKind:
    letters = text.replace(".", "")
    return NameKind.ACRONYM if letters.isupper() and " " not in letters and len(letters) <= 6 else NameKind.ALIAS


def _demonyms() -> list[Thing]:
    return [
        Thing(
            refs=(identifier,),
            source=SOURCE,
            trust=0,
            names=tuple(Named(text=t, kind=NameKind.DEMONYM, weight=_DEMONYM_WEIGHT) for t in _split(words)),
        )
        for identifier, words in read_table(_CURATED / "demonyms.tsv", columns=2)
    ]


def _aliases() -> list[Thing]:
    return [
        Thing(
            refs=(ref,),
            source=SOURCE,
            trust=0,
            names=tuple(Named(text=t, kind=NameKind(kind), weight=_ALIAS_WEIGHT) for t in _split(words)),
        )
        for ref, words, kind in read_table(_CURATED / "aliases.tsv", columns=3)
    ]


def _things() -> list[Thing]:
    found = []
    tables = (_CURATED / "things.tsv", _CURATED / "bodies.tsv")
    rows = (row for table in tables for row in read_table(table, columns=5))
    for identifier, title, kind, country, names in rows:
        texts = _split(names)
        found.append(
            Thing(
                refs=tuple(filter(None, (identifier, wiki_ref(title)))),
                source=SOURCE,
                trust=TRUST,
                name=texts[0],
                type=kind,
                country=country or None,
                names=tuple(
                    Named(text=t, kind=_kind(t) if n else NameKind.NAME, weight=_THING_WEIGHT / (1 if n == 0 else 2))
                    for n, t in enumerate(texts)
                ),
            )
        )
    return found


def _media() -> list[Thing]:
    found = []
    for title, country, names in read_table(_CURATED / "media.tsv", columns=3):
        main = title.split(" (")[0]
        texts = [(main, NameKind.NAME), *((text, _kind(text)) for text in _split(names) if text != main)]
        found.append(
            Thing(
                refs=(wiki_ref(title),),
                source=SOURCE,
                trust=TRUST,
                name=main,
                type="NewsMediaOrganization",
                country=country or None,
                names=tuple(Named(text=text, kind=kind, weight=_MEDIA_WEIGHT) for text, kind in texts),
            )
        )
    return found


def _metonyms() -> list[Thing]:
    found = []
    for name, meant, share, title, kind, identifier in read_table(_CURATED / "metonyms.tsv", columns=6):
        if float(share):
            names = (Named(text=name, kind=NameKind.METONYM, weight=float(share)),)
            found.append(Thing(refs=(meant,), source=SOURCE, trust=0, names=names))
        if title:
            refs = tuple(filter(None, (identifier, wiki_ref(title))))
            main = title.replace("_", " ")
            names = (Named(text=name, kind=NameKind.NAME if name == main else NameKind.ALIAS, weight=_OTHER_SENSE),)
            found.append(
                Thing(refs=refs, source=SOURCE, trust=TRUST, name=main, type=kind, country=meant or None, names=names)
            )
    return found


def _subdivisions() -> list[Thing]:
    found = []
    for country, titles in read_table(_CURATED / "subdivisions.tsv", columns=2):
        for cell in _split(titles):
            title = cell.removesuffix("*")
            name = title.split(" (")[0].split(", ")[0]
            names = [Named(text=name, kind=NameKind.NAME, weight=_SUBDIVISION_WEIGHT)]
            if cell != title:
                short = _KIND_OF_PART.sub("", name)
                names.append(Named(text=short, kind=NameKind.ALIAS, weight=_SUBDIVISION_WEIGHT))
            found.append(
                Thing(
                    refs=(wiki_ref(title),),
                    source=SUBDIVISIONS,
                    trust=_SUBDIVISION_TRUST,
                    name=name,
                    type="AdministrativeArea",
                    country=country,
                    names=tuple(names),
                )
            )
    return found


def _conflicts() -> list[Thing]:
    return [
        Thing(
            refs=(wiki_ref(title),),
            source=SOURCE,
            trust=TRUST,
            name=_split(names)[0],
            type="Event",
            names=tuple(
                Named(text=t, kind=NameKind.NAME if n == 0 else NameKind.ALIAS, weight=_ALIAS_WEIGHT)
                for n, t in enumerate(_split(names))
            ),
        )
        for title, names, _ in read_table(_CURATED / "conflicts.tsv", columns=3)
    ]


def _offices() -> tuple[tuple[Held, ...], list[Thing]]:
    posts: list[Held] = []
    persons: dict[Ref, Thing] = {}
    rows = [(row, 1.0) for row in read_table(_CURATED / "offices.tsv", columns=6)]
    rows += [(row, _FORMER) for row in read_table(_CURATED / "former_leaders.tsv", columns=6)]
    for (title, country, post, body, begin, end), share in rows:
        ref = wiki_ref(title)
        name = title.split(" (")[0]
        posts.append(
            Held(
                person=ref,
                title=post,
                body=body,
                source=SOURCE,
                begin=date.fromisoformat(begin) if begin else None,
                end=date.fromisoformat(end) if end else None,
            )
        )
        persons.setdefault(
            ref,
            Thing(
                refs=(ref,),
                source=SOURCE,
                trust=TRUST - 1,
                name=name,
                type="Person",
                country=country or None,
                names=person_names(name, country or None, share * _PERSON_WEIGHT, share * _SURNAME_WEIGHT),
            ),
        )
    return tuple(posts), list(persons.values())
