"""Writes docs/ontology.html, the reference of the ontology and of the rules that its shapes check.

python tests/ontology_page.py
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import jinja2
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS

from kg.ontology_files import ontology_path
from kg.validation import articles, spelling
from kg.vocab import KG, QUERY_PREFIXES

PAGE: Final = Path(__file__).parent.parent / "docs" / "ontology.html"
ONTOLOGY: Final = rdflib.URIRef(KG.removesuffix("#"))
TEMPLATE: Final = "ontology_page.html.j2"
PREFIXES: Final = {**QUERY_PREFIXES, "wd": "http://www.wikidata.org/entity/", "wikibase": "http://wikiba.se/ontology#"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing to know of a term: names that may lead to other terms, or a text."""

    name: str
    links: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term as the page shows it."""

    name: str  # "kg:PhoneCall"
    label: str
    definition: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Terms of one kind."""

    id: str
    title: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A shape that reports."""

    name: str
    message: str
    warning: bool


class Ontology:
    """newskg.ttl, asked for what the page shows."""

    def __init__(self) -> None:
        self.graph = rdflib.Graph().parse(ontology_path("newskg.ttl"))

    def sections(self) -> tuple[Section, ...]:
        """All terms: classes, properties, annotations and individuals."""
        classes = self._typed(OWL.Class)
        events = [node for node in classes if self.graph.value(node, self._kg("eventLabel"))]
        relations = self._typed(OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
        return (
            self._section("events", "Event classes", events),
            self._section("classes", "Other classes", [node for node in classes if node not in events]),
            self._section("properties", "Properties", relations),
            self._section("individuals", "Individuals", self._typed(OWL.NamedIndividual)),
            self._section("annotations", "Annotations: what the program reads", self._typed(OWL.AnnotationProperty)),
            self._section("word-lists", "Word lists", self._typed(self._kg("WordList"))),
        )

    def about(self) -> dict[str, str]:
        """Title, description and version of the ontology."""
        wanted = {"title": DCTERMS.title, "description": DCTERMS.description, "version": OWL.versionInfo}
        return {name: str(self.graph.value(ONTOLOGY, predicate)) for name, predicate in wanted.items()}

    def _section(self, id_: str, title: str, nodes: Iterable[rdflib.term.Node]) -> Section:
        return Section(id=id_, title=title, terms=tuple(self._term(node) for node in nodes))

    def _typed(self, *kinds: rdflib.term.Node) -> list[rdflib.term.Node]:
        """Named terms of a kind, ours first, by name."""
        found = {node for kind in kinds for node in self.graph.subjects(RDF.type, kind)}
        named = [node for node in found if isinstance(node, rdflib.URIRef)]
        return sorted(named, key=lambda node: (not short(node).startswith("kg:"), short(node)))

    def _term(self, node: rdflib.term.Node) -> Term:
        texts = (self.graph.value(node, name) for name in (SKOS.definition, RDFS.comment, SKOS.scopeNote))
        links = (
            ("is a kind of", RDFS.subClassOf),
            ("is a kind of", RDFS.subPropertyOf),
            ("is a", RDF.type),
            ("of", RDFS.domain),
            ("leads to", RDFS.range),
            ("near to", SKOS.closeMatch),
            ("wider than", SKOS.narrowMatch),
            ("defined by", RDFS.isDefinedBy),
        )
        rows = [Row(name=name, links=found) for name, predicate in links if (found := self._named(node, predicate))]
        rows += [
            Row(name=name, text=self._words(node, local))
            for name, local in (("in labels", "eventLabel"), ("CAMEO root", "cameoRoot"), ("words", "lemma"))
            if self._words(node, local)
        ]
        if self.graph.value(node, self._kg("symmetric")):
            rows.append(Row(name="parties", text="all play the same part"))
        rows += [Row(name="trigger", text=self._trigger(trigger)) for trigger in self._kept(node, "trigger")]
        rows += [Row(name="role", text=self._slot(slot)) for slot in self._kept(node, "slot")]
        return Term(
            name=short(node),
            label=str(self.graph.value(node, RDFS.label) or short(node)),
            definition=next((str(text) for text in texts if text is not None), ""),
            rows=tuple(rows),
        )

    def _named(self, node: rdflib.term.Node, predicate: rdflib.term.Node) -> tuple[str, ...]:
        """Names of values, those of a union or an enumeration one by one; OWL's own classes say nothing here."""
        found: set[str] = set()
        for value in self.graph.objects(node, predicate):
            members = self.graph.value(value, OWL.unionOf) or self.graph.value(value, OWL.oneOf)
            for member in self.graph.items(members) if members is not None else (value,):
                if isinstance(member, rdflib.URIRef) and not str(member).startswith((str(OWL), str(RDF))):
                    found.add(short(member))
        return tuple(sorted(found))

    def _kept(self, node: rdflib.term.Node, local: str) -> list[rdflib.term.Node]:
        """Blank nodes in an order that does not depend on their labels."""
        write = self._slot if local == "slot" else self._trigger
        return sorted(self.graph.objects(node, self._kg(local)), key=write)

    def _trigger(self, trigger: rdflib.term.Node) -> str:
        words = self._words(trigger, "lemma")
        guards = [
            f"{short(predicate).removeprefix('kg:')} {self._words(trigger, short(predicate).removeprefix('kg:'))}"
            for predicate in sorted(set(self.graph.predicates(trigger)))
            if short(predicate) not in {"kg:lemma", "kg:pos", "kg:slot"}
        ]
        roles = [self._slot(slot) for slot in self._kept(trigger, "slot")]
        pos = self._words(trigger, "pos").lower()
        return f"{pos}: {words}" + "".join(f" · {part}" for part in [*guards, *roles])

    def _slot(self, slot: rdflib.term.Node) -> str:
        kind = self._words(slot, "actorClass")
        who = f" ({kind} only)" if kind else ""
        return f"{self._words(slot, 'position')}{who} → {self._words(slot, 'fills')}"

    def _words(self, node: rdflib.term.Node, local: str) -> str:
        return ", ".join(sorted(short(value) for value in self.graph.objects(node, self._kg(local))))

    def _kg(self, local: str) -> rdflib.URIRef:
        return rdflib.URIRef(KG + local)


def short(node: rdflib.term.Node) -> str:
    """An IRI with the prefix of `kg query`, anything else as its text."""
    if isinstance(node, rdflib.URIRef):
        for prefix, iri in PREFIXES.items():
            if str(node).startswith(iri) and str(node) != iri:
                return f"{prefix}:{str(node).removeprefix(iri)}"
    return str(node)


def rules() -> tuple[Rule, ...]:
    """Every rule that `kg validate` can report, by name."""
    shapes = rdflib.Graph().parse(ontology_path("shapes.ttl"))
    found = [
        Rule(
            name=str(shape).rpartition("#")[2],
            message=str(message),
            warning=shapes.value(shape, SH.severity) == SH.Warning,
        )
        for shape, message in shapes.subject_objects(SH.message)
    ]
    ours = {**spelling.RULES, **articles.RULES}
    found += [Rule(name=name, message=message, warning=False) for name, message in ours.items()]
    return tuple(sorted(found, key=lambda rule: rule.name))


def page() -> str:
    """The reference as HTML; the same ontology gives the same bytes."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=jinja2.StrictUndefined
    )
    ontology = Ontology()
    sections = ontology.sections()
    known = {term.name for section in sections for term in section.terms}
    template = environment.get_template(TEMPLATE)
    return template.render(**ontology.about(), sections=sections, rules=rules(), known=known) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
