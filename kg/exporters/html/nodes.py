"""Nodes and articles of the page, written from what the graph says of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from kg.exporters.html.evidence import EvidenceIndex
from kg.exporters.html.records import PageArticle, PageFact, PageNode
from kg.exporters.html.source import Thing
from kg.exporters.html.wording import (
    class_name,
    day_range,
    drawn_label,
    interface_text,
    legible,
    local_name,
    parse_day,
)
from kg.vocab import KG, ORG, RDFS, SCHEMA, SEM, SKOS

MAX_LABEL: Final = 300  # characters of a name kept in the page
MAX_NAMES: Final = 30  # alternative names kept of one thing
MAX_URL: Final = 2_000  # longer addresses break in browsers

KIND_OF_CLASS: Final = {
    f"{SEM}Event": "event",
    f"{SCHEMA}Person": "person",
    f"{SCHEMA}Country": "country",
    f"{SCHEMA}Organization": "organization",
    f"{SCHEMA}Place": "place",
    f"{SKOS}Concept": "topic",
}  # first match wins


def web_address(text: str | None) -> str | None:
    """`text` when it is an http or https URL without spaces or controls, else None."""
    if not text or len(text) > MAX_URL or any(c.isspace() or not c.isprintable() for c in text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:  # for example an unclosed "[" in the host
        return None
    return text if parts.scheme in ("http", "https") and parts.netloc else None


@dataclass(frozen=True, slots=True)
class NodeWriter:
    """Turns things into records; knows the numbers that the page gives to nodes and articles (IRI → number)."""

    nodes: Mapping[str, int]
    names: Mapping[str, str]  # IRI → label
    leaves: Mapping[str, str]  # IRI → narrowest class
    articles: Mapping[str, int]
    evidence: EvidenceIndex
    facts: Mapping[int, Sequence[PageFact]]  # node → facts about it

    def node(self, thing: Thing, salience: float, mentions: int) -> PageNode:
        """The record of an actor, an event or a topic."""
        kind = next((kind for cls, kind in KIND_OF_CLASS.items() if cls in thing.types), "thing")
        type_name = class_name(self.leaves[thing.iri])
        begin, end = (parse_day(thing.text(f"{SEM}has{which}TimeStamp")) for which in ("Begin", "End"))
        first = begin or end
        name = self._name(thing)
        event_lines = (type_name, day_range(begin, end, short=True))
        facts = self.facts.get(self.nodes[thing.iri], ())
        conflict = any(fact.conflicts for fact in facts)
        is_so = next((fact for fact in facts if kind == "event" and fact.role == "type"), None)
        return PageNode(
            id=self.nodes[thing.iri],
            iri=thing.iri,
            kind=kind,
            label=name,
            type=type_name,
            drawn_label="\n".join(filter(None, event_lines)) if kind == "event" else drawn_label(name),
            salience=salience,
            mentions=mentions,
            names=self._other_names(thing, name),
            links=_web_links(thing),
            posts=tuple(legible(self.names[p], MAX_LABEL) for p in thing.iris(f"{ORG}holds") if self.names.get(p)),
            articles=tuple(sorted(self.articles[a] for a in thing.iris(f"{KG}mentionedIn") if a in self.articles)),
            sentences=self.evidence.of(thing)[0],
            status=_status(thing),
            day=first.isoformat() if first else None,
            last=end.isoformat() if end and end != first else None,
            when=day_range(begin, end, short=False),
            dates=tuple(fact.value for fact in facts if conflict and fact.role == "date"),
            confidence=is_so.confidence if is_so else None,
            sources=is_so.sources if is_so else None,
            conflict=conflict,
        )

    def article(self, thing: Thing) -> PageArticle:
        """The record of an article."""
        words = interface_text()
        day = parse_day(thing.text(f"{SCHEMA}datePublished"))
        publisher = thing.iri_of(f"{SCHEMA}publisher")
        outlet = self.names.get(publisher, "") if publisher else thing.text(f"{SCHEMA}publisher") or ""
        return PageArticle(
            headline=legible(thing.text(f"{SCHEMA}headline") or "", MAX_LABEL) or words["no_headline"],
            outlet=legible(outlet, MAX_LABEL) or words["no_outlet"],
            date=day_range(day, day, short=False),
            day=day.isoformat() if day else None,
            url=web_address(thing.text(f"{SCHEMA}url") or thing.iri_of(f"{SCHEMA}url")),
            copy_of=self.articles.get(thing.iri_of(f"{KG}copyOf") or ""),
            topics=tuple(self.nodes[iri] for iri in thing.iris(f"{SCHEMA}about") if iri in self.nodes),
        )

    def _name(self, thing: Thing) -> str:
        label = self.names.get(thing.iri) or class_name(thing.iri)
        return legible(label, MAX_LABEL) or str(interface_text()["unnamed"])

    def _other_names(self, thing: Thing, name: str) -> tuple[str, ...]:
        texts = thing.texts(f"{SKOS}altLabel", f"{RDFS}label")
        others = dict.fromkeys(legible(text, MAX_LABEL) for text in texts)
        return tuple(other for other in others if other not in ("", name))[:MAX_NAMES]


def _status(thing: Thing) -> str | None:
    known = interface_text()["statuses"]
    return next((status for iri in thing.iris(f"{KG}status") if (status := local_name(iri)) in known), None)


def _web_links(thing: Thing) -> tuple[tuple[str, str], ...]:
    addresses = sorted({*thing.iris(f"{SCHEMA}sameAs", f"{SCHEMA}url"), *thing.texts(f"{SCHEMA}url")})
    checked = [address for text in addresses if (address := web_address(text))]
    return tuple((legible(_site_name(address), MAX_LABEL), address) for address in checked)


def _site_name(address: str) -> str:
    host = urlsplit(address).netloc.lower()
    known: Mapping[str, str] = interface_text()["sites"]
    return next((name for site, name in known.items() if host == site or host.endswith(f".{site}")), host)
