"""What people have decided about the graph: two things are the same, or not, or a link is wrong.

A decision names an event by the sentences that told of it and an entity by its id, so that it holds whatever is read,
added or called otherwise later. The file is YAML, written by `kg decide` and by hand:

    - same:
        - {event: PhoneCall, name: "Phone call: …", told: ["article/…#char=0,57"]}
        - {event: PhoneCall, name: "Phone call: …", told: ["article/…#char=80,121", "article/…#char=0,90"]}
    - different:
        - {entity: entity/john-roe, articles: [article/…]}
        - {entity: entity/john-roe, articles: [article/…]}
    - wrong-link:
        - {entity: entity/georgia, articles: [article/…]}
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import yaml

from kg.errors import DecisionError
from kg.model import NAME_KINDS, Actor, EventMention, Verdict
from kg.naming import slug
from kg.resolution.model import Article

LARGEST_FILE: Final = 16 * 2**20
HEAD: Final = "# What people have decided about the graph. Written by `kg decide`; edit it as you like.\n"
EVENT_KEYS: Final = frozenset({"event", "told"})
ENTITY_KEYS: Final = frozenset({"entity", "articles"})
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Makes no dates and numbers of what looks like them."""
_PLACE: Final = re.compile(r"(article/\S+)#char=(\d{1,9}),(\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedEvent:
    """An event as it stood in articles: sentences as "article/…#char=begin,end"."""

    type: str
    told: tuple[str, ...]
    name: str = field(default="", compare=False)  # for people


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedEntity:
    """An entity, in these articles or in all."""

    id: str  # "entity/…"
    articles: tuple[str, ...] = ()
    name: str = field(default="", compare=False)  # for people


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict on two things of one kind, or on the link of one entity."""

    verdict: Verdict
    things: tuple[DecidedEvent | DecidedEntity, ...]


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions, ready to be looked up."""

    all: tuple[Decision, ...] = ()
    _sides: Mapping[tuple[str, str], list[tuple[int, int, int, int]]] = field(init=False, repr=False)
    _wrong: Mapping[str, Set[str]] = field(init=False, repr=False)  # ids by article, "" for all articles

    def __post_init__(self) -> None:
        wrong: dict[str, set[str]] = {}
        for (entity,) in self.of_entities(Verdict.WRONG_LINK):
            for article in entity.articles or ("",):
                wrong.setdefault(article, set()).add(entity.id)
        object.__setattr__(self, "_wrong", wrong)
        sides: dict[tuple[str, str], list[tuple[int, int, int, int]]] = {}
        for number, decision in enumerate(self.all):
            for side, thing in enumerate(decision.things):
                for place in thing.told if isinstance(thing, DecidedEvent) else ():
                    article, begin, end = _read_place(place)
                    where = (number, side, begin, end)
                    sides.setdefault((article, thing.type), []).append(where)  # type: ignore[union-attr]
        object.__setattr__(self, "_sides", sides)

    def sides_of(self, article: Article, event: EventMention) -> frozenset[tuple[int, int]]:
        """The (decision, side) pairs that an article's event stands on."""
        found = self._sides.get((article.id, event.type))
        if not found:
            return frozenset()
        spans = [(s.begin, s.end) for s in (article.reading.sentences[n] for n in event.sentences)]
        return frozenset((n, side) for n, side, b, e in found if any(begin < e and b < end for begin, end in spans))

    def wrong_links(self, article: str) -> Set[str]:
        """Ids of the entities whose link is wrong in an article."""
        return self._wrong.get(article, set()) | self._wrong.get("", set()) if self._wrong else set()

    def of_entities(self, verdict: Verdict) -> Iterator[tuple[DecidedEntity, ...]]:
        """The entities of each decision with this verdict."""
        for decision in self.all:
            entities = tuple(thing for thing in decision.things if isinstance(thing, DecidedEntity))
            if decision.verdict is verdict and entities:
                yield entities


NONE: Final = Decisions()


def unlinked(article: Article, decisions: Decisions) -> Article:
    """The article without the links that were decided to be wrong: who is named there is then known by name alone."""
    wrong = decisions.wrong_links(article.id)
    if not wrong:
        return article
    reading = article.reading
    actors = tuple(_unlinked(actor) if _possible_id(actor, wrong) else actor for actor in reading.actors)
    return replace(article, reading=replace(reading, actors=actors))


def _possible_id(actor: Actor, wrong: Set[str]) -> bool:
    if actor.knowledge_id is None:
        return False
    plain = f"entity/{slug(actor.name)}"
    return plain in wrong or f"{plain}-{slug(actor.knowledge_id)}" in wrong


def _unlinked(actor: Actor) -> Actor:
    named = [mention.text for mention in actor.mentions if mention.kind in NAME_KINDS]
    return replace(actor, knowledge_id=None, name=max(named, key=len, default=actor.name), aliases=())


def read_decisions(path: Path) -> Decisions:
    """The decisions of a file. Raises DecisionError that says what is wrong where."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DecisionError(f"{path}: larger than {LARGEST_FILE // 2**20} MiB")
        content = yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        raise DecisionError(f"{path}: cannot be read: {' '.join(str(error).split())}") from error
    if content in (None, ""):
        return NONE
    if not isinstance(content, list):
        raise DecisionError(f"{path}: expected a list of decisions (- same: …)")
    return Decisions(tuple(_decision(row, f"{path}: decision {number}") for number, row in enumerate(content, 1)))


def write_decisions(decisions: Iterable[Decision], *, head: str = HEAD) -> str:
    """The decisions as a file's text."""
    rows = [{str(decision.verdict): [_row(thing) for thing in decision.things]} for decision in decisions]
    return head + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, width=120)


def _row(thing: DecidedEvent | DecidedEntity) -> dict[str, Any]:
    if isinstance(thing, DecidedEvent):
        return {"name": thing.name, "event": thing.type, "told": list(thing.told)}
    where = {"articles": list(thing.articles)} if thing.articles else {}
    return {"name": thing.name, "entity": thing.id, **where}


def _decision(row: object, where: str) -> Decision:
    if not isinstance(row, dict) or len(row) != 1:
        raise DecisionError(f"{where}: expected one of {', '.join(Verdict)} with a list of things")
    ((name, things),) = row.items()
    if name not in set(Verdict):
        raise DecisionError(f"{where}: {name!r} is none of {', '.join(Verdict)}")
    verdict = Verdict(name)
    found = tuple(_thing(thing, where) for thing in things) if isinstance(things, list) else ()
    if len(found) != (1 if verdict is Verdict.WRONG_LINK else 2) or len({type(thing) for thing in found}) != 1:
        wanted = "one entity" if verdict is Verdict.WRONG_LINK else "two events or two entities"
        raise DecisionError(f"{where}: {verdict} takes {wanted}")
    if verdict is Verdict.WRONG_LINK and isinstance(found[0], DecidedEvent):
        raise DecisionError(f"{where}: only an entity has a link")
    return Decision(verdict=verdict, things=found)


def _thing(row: object, where: str) -> DecidedEvent | DecidedEntity:
    if not isinstance(row, dict) or ("event" in row) == ("entity" in row):
        raise DecisionError(f"{where}: a thing is an event or an entity")
    strangers = sorted(str(key) for key in row.keys() - {"name", *(EVENT_KEYS if "event" in row else ENTITY_KEYS)})
    if strangers:
        raise DecisionError(f"{where}: {strangers[0]!r} says nothing about a thing")
    name = str(row.get("name", ""))
    if "event" in row:
        told = _texts(row.get("told"), where)
        for place in told:
            if not _PLACE.fullmatch(place):
                raise DecisionError(f"{where}: {place!r} is no sentence (article/…#char=begin,end)")
        return DecidedEvent(type=str(row["event"]), told=told, name=name)
    articles = _texts(row.get("articles", []), where)
    for path, kind in ((str(row["entity"]), "entity"), *((article, "article") for article in articles)):
        if not path.startswith(f"{kind}/"):
            raise DecisionError(f"{where}: {path!r} is no {kind} ({kind}/…)")
    return DecidedEntity(id=str(row["entity"]), articles=articles, name=name)


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise DecisionError(f"{where}: expected a list of texts, not {value!r}")
    return tuple(value)


def _read_place(place: str) -> tuple[str, int, int]:
    found = _PLACE.fullmatch(place)
    if found is None:
        raise DecisionError(f"{place!r} is no sentence (article/…#char=begin,end)")
    return found[1], int(found[2]), int(found[3])
