"""The resolved graph as quads: the only file that decides triples. VOCABULARY.md is the contract.

Default graph: the merged answer (layer 1) and the facts (layer 2). An article's named graph: the article, its
sentences, what it mentions, and which of its sentences support what (layer 3). The union of all is graph.ttl.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.literals import day, decimal, escaped_title, integer, text
from kg.model import Amount, DateRange, Sentence, Status
from kg.naming import digest, slug
from kg.provenance import Run
from kg.resolution import Article, Entity, Event, Evidence, Fact, Post, Rank, Reference, Resolution, Statement
from kg.resolution.model import FactValue
from kg.schema import EventSchema
from kg.subjects import Told, ToldArticle, subjects
from kg.topic_scheme import TopicNode
from kg.vocab import (
    BASE,
    DCTERMS,
    KG,
    NIF,
    ORG,
    PLOVER,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    SKOS,
    TOPIC,
    WIKIDATA,
    WIKIPEDIA,
    XSD,
)

TYPE: Final = NamedNode(f"{RDF}type")
LABEL: Final = NamedNode(f"{RDFS}label")
DERIVED: Final = NamedNode(f"{PROV}wasDerivedFrom")
MENTIONED: Final = NamedNode(f"{KG}mentionedIn")
COPY_OF: Final = NamedNode(f"{KG}copyOf")
ABOUT: Final = NamedNode(f"{SCHEMA}about")

ROLES: Final = frozenset({"participant", "agent", "target", "recipient", "mediator"})
PREDICATES: Final = {
    **{role: f"{KG}{role}" for role in ROLES},
    "type": f"{RDF}type",
    "place": f"{SEM}hasPlace",
    "status": f"{KG}status",
    "ordinal": f"{KG}ordinal",
    "duration": f"{SCHEMA}duration",
    "killed": f"{KG}killed",
    "wounded": f"{KG}wounded",
    "count": f"{KG}count",
    "amount": f"{KG}amount",
    "about": f"{SCHEMA}about",
    "speaker": f"{KG}speaker",
    "relayedBy": f"{KG}relayedBy",
    "addressee": f"{KG}addressee",
    "saidIn": f"{KG}saidIn",
    "act": f"{SCHEMA}additionalType",
    "sameAs": f"{SCHEMA}sameAs",
    "holds": f"{ORG}holds",
    "postIn": f"{ORG}postIn",
    "memberOf": f"{ORG}memberOf",
    "subOrganizationOf": f"{ORG}subOrganizationOf",
    "represents": f"{KG}represents",
    "containedInPlace": f"{SCHEMA}containedInPlace",
}
# schema.org classes above the one that the knowledge base gives, written out so that queries need no reasoning
BROADER: Final = {
    "City": ("AdministrativeArea", "Place"),
    "AdministrativeArea": ("Place",),
    "GovernmentOrganization": ("Organization",),
    "PoliticalParty": ("Organization",),
    "NewsMediaOrganization": ("Organization",),
    "Corporation": ("Organization",),
    "EducationalOrganization": ("Organization",),
    "SportsOrganization": ("Organization",),
    "Event": ("Thing",),
}
PARTIES: Final = 2
"""Fewer in an event in which all play the same part, and the graph says that the others were not found."""
BEGIN: Final = f"{SEM}hasBeginTimeStamp"
END: Final = f"{SEM}hasEndTimeStamp"


def to_quads(resolution: Resolution, schema: EventSchema, base: str = BASE, run: Run | None = None) -> Iterator[Quad]:
    """All quads of the graph, some perhaps twice; the store keeps each once. `run` is told of in every fact."""
    writer = GraphWriter(resolution.articles, schema, base, run)
    for told in subjects(resolution, run).values():
        yield from writer.quads(told)


class GraphWriter:
    """Makes quads of what resolution has found."""

    def __init__(self, articles: Mapping[str, Article], schema: EventSchema, base: str, run: Run | None) -> None:
        self.articles = articles
        self.schema = schema
        self.base = base
        self.run = run

    def quads(self, subject: Iterable[Told]) -> Iterator[Quad]:
        """The quads about one subject, all its facts with their evidence among them."""
        for told in subject:
            match told:
                case ToldArticle():
                    yield from self._article(told.article, told.cited)
                case Entity():
                    yield from self._entity(told)
                case Post():
                    yield from self._post(told)
                case Event():
                    yield from self._event(told)
                case Statement():
                    yield from self._statement(told)
                case Fact():
                    yield from self._facts((told,))
                case TopicNode():
                    yield from told.quads
                case Run():
                    yield from self._run(told)

    def _run(self, run: Run) -> Iterator[Quad]:
        node, graph = self._iri(run.id), DefaultGraph()
        yield Quad(node, TYPE, _n(f"{PROV}Activity"), graph)
        yield Quad(node, _n(f"{KG}toolDigest"), Literal(run.tool), graph)
        for model in run.models:
            yield Quad(node, _n(f"{KG}modelDigest"), Literal(model), graph)
        yield Quad(node, _n(f"{KG}configurationDigest"), Literal(run.configuration), graph)

    # ── nodes ────────────────────────────────────────────────────────────────────────────────────

    def _article(self, article: Article, cited: Iterable[int]) -> Iterator[Quad]:
        node, document = self._iri(article.id), article.reading.document
        graph = node
        yield Quad(node, TYPE, _n(f"{SCHEMA}NewsArticle"), graph)
        yield Quad(node, _n(f"{DCTERMS}identifier"), Literal(document.identifier), graph)
        yield Quad(node, _n(f"{KG}sha256"), Literal(document.sha256), graph)
        if document.title:
            yield Quad(node, _n(f"{SCHEMA}headline"), text(document.title), graph)
        if document.published:
            yield Quad(node, _n(f"{SCHEMA}datePublished"), day(document.published), graph)
        for author in document.authors:
            yield Quad(node, _n(f"{SCHEMA}author"), Literal(author), graph)
        if document.url:
            yield Quad(node, _n(f"{SCHEMA}url"), Literal(document.url), graph)
        if document.language:
            yield Quad(node, _n(f"{SCHEMA}inLanguage"), Literal(document.language), graph)
        if document.publisher:
            yield from self._publisher(node, document.publisher)
        if article.copy_of is not None:
            yield Quad(node, COPY_OF, self._iri(article.copy_of), DefaultGraph())
        for topic in article.reading.topics:
            yield Quad(node, ABOUT, _n(f"{TOPIC}{topic.topic}"), graph)
        for number in cited:
            yield from self._sentence(node, article.reading.sentences[number])

    def _sentence(self, article: NamedNode, sentence: Sentence) -> Iterator[Quad]:
        node = _sentence_iri(article, sentence)
        yield Quad(node, TYPE, _n(f"{KG}Sentence"), article)
        yield Quad(node, _n(f"{SCHEMA}isPartOf"), article, article)
        yield Quad(node, _n(f"{NIF}beginIndex"), integer(sentence.begin), article)
        yield Quad(node, _n(f"{NIF}endIndex"), integer(sentence.end), article)
        yield Quad(node, _n(f"{SCHEMA}text"), text(sentence.text), article)

    def _publisher(self, article: NamedNode, name: str) -> Iterator[Quad]:
        node = self._iri(f"publisher/{slug(name)}")
        yield Quad(article, _n(f"{SCHEMA}publisher"), node, article)
        yield Quad(node, TYPE, _n(f"{SCHEMA}Organization"), article)
        yield Quad(node, LABEL, text(name), article)

    def _entity(self, entity: Entity) -> Iterator[Quad]:
        node, graph = self._iri(entity.id), DefaultGraph()
        for name in (entity.type, *BROADER.get(entity.type, ())):
            yield Quad(node, TYPE, _n(f"{SCHEMA}{name}"), graph)
        if entity.leader:
            yield Quad(node, TYPE, _n(f"{KG}Leader"), graph)
        yield Quad(node, LABEL, text(entity.name), graph)
        for alias in entity.aliases:
            yield Quad(node, _n(f"{SKOS}altLabel"), text(alias), graph)
        known = tuple(_same(entity))
        for same in known:
            yield Quad(node, _n(f"{SCHEMA}sameAs"), _n(same), graph)
        yield from self._facts(replace(fact, value=known[0]) for fact in entity.identity)
        yield Quad(node, _n(f"{KG}mentionCount"), integer(entity.mention_count), graph)
        yield from self._mentions(node, entity.articles)

    def _post(self, post: Post) -> Iterator[Quad]:
        node, graph = self._iri(post.id), DefaultGraph()
        yield Quad(node, TYPE, _n(f"{ORG}Post"), graph)
        yield Quad(node, LABEL, text(post.label), graph)

    def _event(self, event: Event) -> Iterator[Quad]:
        node, graph = self._iri(event.id), DefaultGraph()
        for ancestor in self.schema.classes[event.type].ancestors:
            yield Quad(node, TYPE, _n(ancestor), graph)
        yield Quad(node, LABEL, text(event.label), graph)
        for replaced in event.replaces:
            yield Quad(node, _n(f"{DCTERMS}replaces"), self._iri(replaced), graph)
        yield from self._facts(event.facts)
        if self.schema.classes[event.type].symmetric and len(_participants(event)) < PARTIES:
            yield Quad(node, _n(f"{KG}otherParties"), _n(f"{KG}NotFound"), graph)
        yield from self._derived(node, event.evidence)
        yield from self._mentions(node, event.articles)

    def _statement(self, statement: Statement) -> Iterator[Quad]:
        node, graph = self._iri(statement.id), DefaultGraph()
        yield Quad(node, TYPE, _n(f"{KG}Statement"), graph)
        if statement.verbatim:
            yield Quad(node, TYPE, _n(f"{SCHEMA}Quotation"), graph)
        yield Quad(node, _n(f"{SCHEMA}text"), text(statement.text), graph)
        yield from self._facts(statement.facts)
        yield from self._derived(node, statement.evidence)
        yield from self._mentions(node, statement.articles)

    # ── facts and evidence ───────────────────────────────────────────────────────────────────────

    def _facts(self, facts: Iterable[Fact]) -> Iterator[Quad]:
        """Fact nodes with their evidence, and the direct triples of what is not rejected.

        Two values may share a triple (3 July and 3–5 July begin alike; two sums in dollars): the better one, which
        comes first, describes the node, and both give it evidence and contradictions.
        """
        written: set[NamedNode] = set()
        for fact in facts:
            for predicate, value in self._values(fact.property, fact.value):
                node = self._fact_iri(fact.subject, predicate, value)
                if node not in written:
                    written.add(node)
                    yield from self._fact(node, fact, predicate, value)
                for other in fact.conflicts:
                    yield from self._conflict(node, fact, predicate, value, other)
                yield from self._derived(node, fact.evidence)

    def _fact(self, node: NamedNode, fact: Fact, predicate: str, value: NamedNode | Literal) -> Iterator[Quad]:
        graph, subject = DefaultGraph(), self._iri(fact.subject)
        yield Quad(node, TYPE, _n(f"{KG}Fact"), graph)
        yield Quad(node, _n(f"{RDF}subject"), subject, graph)
        yield Quad(node, _n(f"{RDF}predicate"), _n(predicate), graph)
        yield Quad(node, _n(f"{RDF}object"), value, graph)
        yield Quad(node, _n(f"{KG}confidence"), decimal(Decimal(str(fact.confidence))), graph)
        yield Quad(node, _n(f"{KG}rank"), _n(f"{KG}{fact.rank}"), graph)
        yield Quad(node, _n(f"{KG}sourceCount"), integer(fact.source_count), graph)
        if fact.attributed_to:
            yield Quad(node, _n(f"{KG}attributedTo"), self._iri(fact.attributed_to), graph)
        if self.run is not None:
            yield Quad(node, _n(f"{PROV}wasGeneratedBy"), self._iri(self.run.id), graph)
        if fact.rank is not Rank.REJECTED:
            yield Quad(subject, _n(predicate), value, graph)
            if fact.property in ROLES:
                yield Quad(subject, _n(f"{SEM}hasActor"), value, graph)

    def _conflict(
        self, node: NamedNode, fact: Fact, predicate: str, value: NamedNode | Literal, other: FactValue
    ) -> Iterator[Quad]:
        """Link to the fact that `other` is, where it differs in this predicate: two ranges may share a day."""
        for against, conflicting in self._values(fact.property, other):
            if against == predicate and conflicting != value:
                conflict = self._fact_iri(fact.subject, predicate, conflicting)
                yield Quad(node, _n(f"{KG}conflictsWith"), conflict, DefaultGraph())

    def _values(self, name: str, value: object) -> Iterator[tuple[str, NamedNode | Literal]]:
        """(predicate IRI, object) pairs: a date is two timestamps, an amount a number and its currency."""
        if isinstance(value, DateRange):
            yield BEGIN, day(value.begin)
            yield END, day(value.end)
        elif isinstance(value, Amount):
            yield PREDICATES[name], decimal(value.value)
            yield f"{SCHEMA}currency", Literal(value.currency)
        elif isinstance(value, Reference):
            yield PREDICATES[name], self._iri(value.id)
        elif isinstance(value, Status) or name == "type":
            yield PREDICATES[name], _n(f"{KG}{value}")
        elif name == "act":
            yield PREDICATES[name], _n(f"{PLOVER}{value}")
        elif name == "about":
            yield PREDICATES[name], _n(f"{TOPIC}{value}")
        elif isinstance(value, int):
            yield PREDICATES[name], integer(value)
        elif name == "sameAs":
            yield PREDICATES[name], _n(str(value))
        elif name == "duration":
            yield PREDICATES[name], Literal(str(value), datatype=_n(f"{XSD}duration"))
        else:
            raise TypeError(f"no triple for {name} = {value!r}")

    def _fact_iri(self, subject: str, predicate: str, value: NamedNode | Literal) -> NamedNode:
        return self._iri(f"fact/{digest(self.base + subject, predicate, str(value))}")

    def _derived(self, node: NamedNode, evidence: tuple[Evidence, ...]) -> Iterator[Quad]:
        """Links to sentences, in the graphs of their articles."""
        for place in evidence:
            graph = self._iri(place.article)
            sentence = self.articles[place.article].reading.sentences[place.sentence]
            yield Quad(node, DERIVED, _sentence_iri(graph, sentence), graph)

    def _mentions(self, node: NamedNode, articles: tuple[str, ...]) -> Iterator[Quad]:
        for article in articles:
            graph = self._iri(article)
            yield Quad(node, MENTIONED, graph, graph)

    def _iri(self, path: str) -> NamedNode:
        return NamedNode(self.base + path)


def _participants(event: Event) -> set[FactValue]:
    return {fact.value for fact in event.facts if fact.property == "participant" and fact.rank is not Rank.REJECTED}


def _same(entity: Entity) -> Iterator[str]:
    """The IRIs under which others know the entity, the one first that says how sure the link is."""
    if entity.wikidata:
        yield f"{WIKIDATA}{entity.wikidata}"
    if entity.wikipedia:
        yield WIKIPEDIA + escaped_title(entity.wikipedia)
    if entity.own_iri:
        yield entity.own_iri


def _sentence_iri(article: NamedNode, sentence: Sentence) -> NamedNode:
    """RFC 5147: the article's IRI with the sentence's place."""
    return NamedNode(f"{article.value}#char={sentence.begin},{sentence.end}")


def _n(iri: str) -> NamedNode:
    return NamedNode(iri)
