"""Facts and statements of the page, with the sentences they rest on."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pyoxigraph import Literal

from kg.exporters.html.records import PageFact, PageSentence, PageStatement
from kg.exporters.html.source import Thing
from kg.exporters.html.wording import (
    class_name,
    day_range,
    duration_words,
    interface_text,
    legible,
    local_name,
    parse_day,
)
from kg.vocab import KG, PROV, RDF, SCHEMA

MAX_TEXT: Final = 2_000  # characters of a sentence or a statement
MAX_EVIDENCE: Final = 12  # sentences kept of one fact; a reader looks at the first few
PRECISE_ROLES: Final = ("agent", "target", "recipient", "mediator")
MORE_PRECISE: Final = {"hasActor": ("participant", *PRECISE_ROLES), "participant": PRECISE_ROLES}
ROLES_OF_RANGE: Final = ("hasBeginTimeStamp", "hasEndTimeStamp")


class EvidenceIndex:
    """Numbers the sentences that the page needs, in the order in which they are asked for."""

    def __init__(self, sentences: Mapping[str, Thing], article_index: Mapping[str, int]) -> None:
        self._things = sentences
        self._article_index = article_index
        self._numbers: dict[str, int] = {}
        self._kept: list[PageSentence] = []

    @property
    def sentences(self) -> tuple[PageSentence, ...]:
        """The numbered sentences."""
        return tuple(self._kept)

    def of(self, thing: Thing) -> tuple[tuple[int, ...], int]:
        """Numbers of the sentences that `thing` was derived from, oldest article first, and how many are left out."""
        known = [iri for iri in thing.iris(f"{PROV}wasDerivedFrom") if self._article(iri) is not None]
        known.sort(key=lambda iri: (self._article(iri), self._begin(iri), iri))
        return tuple(self._number(iri) for iri in known[:MAX_EVIDENCE]), max(0, len(known) - MAX_EVIDENCE)

    def _article(self, iri: str) -> int | None:
        sentence = self._things.get(iri)
        return self._article_index.get(sentence.iri_of(f"{SCHEMA}isPartOf") or "") if sentence else None

    def _begin(self, iri: str) -> int:
        digits = iri.rpartition("#char=")[2].partition(",")[0]
        return int(digits) if digits.isdecimal() else 0

    def _number(self, iri: str) -> int:
        if iri not in self._numbers:
            self._numbers[iri] = len(self._kept)
            text = legible(self._things[iri].text(f"{SCHEMA}text") or "", MAX_TEXT)
            self._kept.append(PageSentence(article=self._article(iri) or 0, text=text))
        return self._numbers[iri]


def gather_facts(
    facts: Mapping[str, Thing],
    nodes: Mapping[str, int],
    names: Mapping[str, str],
    evidence: EvidenceIndex,
    leaves: Mapping[str, str],
) -> tuple[PageFact, ...]:
    """The facts about nodes of the page, without those that a more precise fact repeats.

    `nodes` maps IRIs to node ids, `leaves` a node's IRI to its narrowest class.
    """
    wanted = [iri for iri, fact in facts.items() if _is_about_node(fact, nodes, leaves)]
    # in the order of the nodes, so that what is read together gets numbers near each other
    wanted.sort(key=lambda iri: (nodes[facts[iri].iri_of(f"{RDF}subject") or ""], iri))
    groups = _merge_ranges(wanted, facts, evidence)
    index = {iri: number for number, group in enumerate(groups) for iri in group}
    said = {(*_key(facts[group[0]])[:2], _role(facts[group[0]])) for group in groups}
    written = (_fact(group, facts, nodes, names, evidence, index) for group in groups)
    repeated = [_is_repeated(facts[group[0]], said) for group in groups]
    return _renumbered(tuple(written), repeated)


def _is_about_node(fact: Thing, nodes: Mapping[str, int], leaves: Mapping[str, str]) -> bool:
    subject, predicate = fact.iri_of(f"{RDF}subject"), fact.iri_of(f"{RDF}predicate")
    if subject is None or subject not in nodes or predicate is None or not fact.properties.get(f"{RDF}object"):
        return False
    if predicate == f"{SCHEMA}sameAs":
        return False  # shown as the node's addresses
    return predicate != f"{RDF}type" or fact.iri_of(f"{RDF}object") == leaves.get(subject)


def _role(fact: Thing) -> str:
    return local_name(fact.iri_of(f"{RDF}predicate") or "")


def _key(fact: Thing) -> tuple[str, str, str]:
    subject, value = fact.iri_of(f"{RDF}subject") or "", fact.properties[f"{RDF}object"][0].value
    return subject, value, fact.iri_of(f"{KG}rank") or ""


def _is_repeated(fact: Thing, said: set[tuple[str, str, str]]) -> bool:
    """Whether a role that says more is told of the same two things."""
    subject, value, _ = _key(fact)
    return any((subject, value, role) in said for role in MORE_PRECISE.get(_role(fact), ()))


def _merge_ranges(wanted: list[str], facts: Mapping[str, Thing], evidence: EvidenceIndex) -> list[tuple[str, ...]]:
    """The begin and the end of one date, told by the same sentences, become one fact."""
    together: dict[tuple[Any, ...], list[str]] = defaultdict(list)
    for iri in wanted:
        fact, role = facts[iri], _role(facts[iri])
        subject, _, rank = _key(fact)
        same = (subject, "date", rank, evidence.of(fact), fact.iri_of(f"{KG}attributedTo"))
        together[same if role in ROLES_OF_RANGE else (iri,)].append(iri)
    groups: list[tuple[str, ...]] = []
    for members in together.values():
        members.sort(key=lambda iri: (_role(facts[iri]), iri))
        pair = tuple(_role(facts[iri]) for iri in members) == ROLES_OF_RANGE
        groups.extend([tuple(members)] if pair else [(iri,) for iri in members])
    return groups


def _fact(
    group: tuple[str, ...],
    facts: Mapping[str, Thing],
    nodes: Mapping[str, int],
    names: Mapping[str, str],
    evidence: EvidenceIndex,
    index: Mapping[str, int],
) -> PageFact:
    fact = facts[group[0]]
    term = fact.properties[f"{RDF}object"][0]
    sentences, more = evidence.of(fact)
    confidence = _number(fact.text(f"{KG}confidence"))
    sources = _number(fact.text(f"{KG}sourceCount"))
    conflicts = {index[c] for iri in group for c in facts[iri].iris(f"{KG}conflictsWith") if c in index}
    return PageFact(
        subject=nodes[fact.iri_of(f"{RDF}subject") or ""],
        role="date" if len(group) > 1 else _role(fact),
        object=nodes.get(term.value),
        value=_value([facts[iri].properties[f"{RDF}object"][0] for iri in group], names),
        sentences=sentences,
        more_sentences=more,
        confidence=None if confidence is None else round(100 * confidence),
        rejected=fact.iri_of(f"{KG}rank") == f"{KG}Rejected",
        sources=None if sources is None else round(sources),
        attributed_to=nodes.get(fact.iri_of(f"{KG}attributedTo") or ""),
        conflicts=tuple(sorted(conflicts)),
    )


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _value(terms: list[Any], names: Mapping[str, str]) -> str:
    """The object in words: one term, or the first and the last day."""
    first = terms[0]
    if not isinstance(first, Literal):
        status = interface_text()["statuses"].get(local_name(first.value))
        return legible(status or names.get(first.value) or class_name(first.value), MAX_TEXT)
    days = [parse_day(term.value) for term in terms]
    dated = first.datatype.value.endswith(("#date", "#dateTime"))
    shown = day_range(days[0], days[-1], short=False) if dated else None
    return shown or legible(duration_words(first.value), MAX_TEXT)


def _renumbered(written: tuple[PageFact, ...], dropped: list[bool]) -> tuple[PageFact, ...]:
    """Without the dropped facts, in order of subject; `conflicts` point to the new places, both ways."""
    old = sorted(
        (number for number, gone in enumerate(dropped) if not gone or written[number].conflicts),
        key=lambda n: (
            written[n].subject,
            written[n].role,
            written[n].rejected,
            written[n].value,
            written[n].sentences,
        ),
    )
    new = {number: place for place, number in enumerate(old)}
    pairs = {pair for n in old for c in written[n].conflicts if c in new for pair in ((n, c), (c, n))}
    conflicts: dict[int, list[int]] = defaultdict(list)
    for number, other in sorted(pairs):
        conflicts[number].append(new[other])
    return tuple(replace(written[number], conflicts=tuple(sorted(conflicts[number]))) for number in old)


def gather_statements(
    statements: Mapping[str, Thing], nodes: Mapping[str, int], evidence: EvidenceIndex
) -> tuple[PageStatement, ...]:
    """What was said, in order of article and place in it."""
    found = [_statement(thing, nodes, evidence) for thing in statements.values()]
    return tuple(sorted(found, key=lambda s: (s.sentences, s.text)))


def _statement(thing: Thing, nodes: Mapping[str, int], evidence: EvidenceIndex) -> PageStatement:
    def node(predicate: str) -> int | None:
        return nodes.get(thing.iri_of(predicate) or "")

    return PageStatement(
        text=legible(thing.text(f"{SCHEMA}text") or "", MAX_TEXT),
        verbatim=f"{SCHEMA}Quotation" in thing.types,
        speaker=node(f"{KG}speaker"),
        relayed_by=node(f"{KG}relayedBy"),
        addressee=node(f"{KG}addressee"),
        about=tuple(nodes[iri] for iri in thing.iris(f"{SCHEMA}about") if iri in nodes),
        said_in=node(f"{KG}saidIn"),
        sentences=evidence.of(thing)[0],
    )
