"""Annotations and readings made by hand, but for the trees of sentences, so that tests load no knowledge base."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

import spacy
from spacy.tokens import Doc, Span

from kg.events import extract_events
from kg.knowledge import Candidate, Entry, NameKind, Office, normalize_name
from kg.model import (
    Actor,
    ActorRef,
    Assertion,
    Block,
    BlockKind,
    Chain,
    DateRange,
    Document,
    EventMention,
    Mention,
    MentionKind,
    Quote,
    Reading,
    Sentence,
    Status,
    TimeExpression,
    Value,
)
from kg.reader.trained import TrainedReader
from kg.schema import EventSchema, load_event_schema
from kg.shingles import shingles_of

NLP = spacy.blank("en")
GLUED = frozenset({".", ",", "'s", "’s", ":", ";", "”", "’", "?", "!", ")"})  # no space before them
OPENING = frozenset({"“", "‘", "(", "$", "€"})  # no space after them
WORDS_OF_TAG = {
    "DET": "the a an this that these those both all no his her their its",
    "ADP": "in on at of with by for to from against between near into after before over about as",
    "CCONJ": "and or but",
    "AUX": "is are was were be been has have had will would may could should must did does do",
    "PART": "not n't ’s 's",
    "PRON": "he she they it who which him them",
    "SCONJ": "if while because",
    "PUNCT": '. , : ; ? ! “ ” " ‘ ( ) – — -',
}
TAG_OF = {word: tag for tag, words in WORDS_OF_TAG.items() for word in words.split()}
LEMMA_OF = {"is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "has": "have", "had": "have", "did": "do"}
PEOPLE = ("Trump", "Putin", "Macron", "Zelenskyy", "Merz", "Lavrov", "Ushakov", "Xi", "Rubio")
COUNTRIES = {"Russia": "Russian", "Ukraine": "Ukrainian", "Israel": "Israeli", "Iran": "Iranian", "Qatar": "", "US": ""}
PLACES = {"Istanbul": "City", "Tehran": "City", "Kyiv": "City", "Geneva": "City", "Alaska": "AdministrativeArea"}


@cache
def reader() -> TrainedReader:
    """The packaged network, which the trees of made docs come from."""
    return TrainedReader()


def as_document(identifier: str, text: str, *, published: date | None = None, titled: bool = False) -> Document:
    """An article whose lines are its paragraphs; with `titled` the first is its title."""
    lines = [match.span() for match in re.finditer(r"[^\n]*\S[^\n]*", text)]
    kinds = [BlockKind.TITLE if titled else BlockKind.PARAGRAPH, *[BlockKind.PARAGRAPH] * len(lines)]
    blocks = tuple(Block(begin=begin, end=end, kind=kind) for (begin, end), kind in zip(lines, kinds, strict=False))
    return Document(identifier=identifier, text=text, published=published, blocks=blocks)


def make_doc(*lines: str, apart: str = "") -> tuple[Doc, tuple[Sentence, ...], tuple[Span, ...]]:
    """A Doc from lines such as "Trump met/VERB/meet Putin .", one sentence a line; `apart` stands between them.

    A word without a tag is of a closed class, a number, a name (capital) or a noun; its lemma is itself in lower case.
    Trees and features are the reader's.
    """
    words, spaces, tags, lemmas, starts = [], [], [], [], []
    for line in lines:
        if words and apart:
            words.append(apart)
            spaces[-1] = False
            spaces.append(False)
            tags.append("SPACE")
            lemmas.append(apart)
            starts.append(False)
        for position, piece in enumerate(line.split()):
            word, tag, lemma = _piece(piece)
            if words and position and (word in GLUED or words[-1] in OPENING):
                spaces[-1] = False
            words.append(word)
            spaces.append(True)
            tags.append(tag)
            lemmas.append(lemma)
            starts.append(position == 0)
    tree = reader()(Doc(NLP.vocab, words=words, spaces=spaces, sent_starts=starts))
    heads, deps = [token.head.i for token in tree], [token.dep_ for token in tree]
    morphs = [str(token.morph) for token in tree]
    doc = Doc(NLP.vocab, words=words, spaces=spaces, pos=tags, morphs=morphs, lemmas=lemmas, heads=heads, deps=deps)
    spans = tuple(doc[s.start : s.end - (s[-1].text == apart)] for s in doc.sents)
    sentences = tuple(
        Sentence(begin=s.start_char, end=s.end_char, text=s.text, kind=BlockKind.PARAGRAPH) for s in spans
    )
    return doc, sentences, spans


def _piece(piece: str) -> tuple[str, str, str]:
    """Word, part of speech and lemma of "met/VERB/meet", "met/VERB" or "met"."""
    word, tag, lemma = [*piece.split("/"), "", ""][:3]
    lower = word.lower()
    if not tag:
        numeral = any(char.isdigit() for char in word)
        tag = TAG_OF.get(lower) or ("NUM" if numeral else "PROPN" if word[0].isupper() else "NOUN")
    return word, tag, lemma or LEMMA_OF.get(lower, lower)


def actor(
    doc: Doc,
    text: str,
    type: str = "Person",
    *,
    key: str | None = None,
    label: str = "PER",
    also: Mapping[str, MentionKind] | None = None,
) -> Actor:
    """An actor mentioned by name wherever `text` stands in the Doc, and wherever the forms in `also` do."""
    kinds = {text: MentionKind.NAME, **(also or {})}
    mentions = [
        Mention(
            begin=span.start_char + match.start(),
            end=span.start_char + match.end(),
            text=form,
            kind=kind,
            label="NORP" if kind is MentionKind.DEMONYM else label,
            sentence=number,
        )
        for form, kind in kinds.items()
        for number, span in enumerate(doc.sents)
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", span.text)
    ]
    mentions.sort(key=lambda mention: mention.begin)
    return Actor(key=key or text.lower(), type=type, name=text, mentions=tuple(mentions))


def name_entities(doc: Doc, **labels: str) -> None:
    """Marks names as a tagger would: PER="Vladimir Putin|Trump", wherever they stand."""
    doc.set_ents(
        [
            doc.char_span(match.start(), match.end(), label=label)
            for label, names in labels.items()
            for match in re.finditer(rf"(?<!\w)(?:{names})(?!\w)", doc.text)
        ]
    )


def cast(doc: Doc) -> tuple[Actor, ...]:
    """The persons, countries and places of PEOPLE, COUNTRIES and PLACES that the Doc names; keys in lower case."""
    actors = [actor(doc, name) for name in PEOPLE]
    for name, demonym in COUNTRIES.items():
        also = {demonym: MentionKind.DEMONYM} if demonym else None
        actors.append(actor(doc, name, "Country", label="LOC", also=also))
    actors.extend(actor(doc, name, kind, label="LOC") for name, kind in PLACES.items())
    return tuple(found for found in actors if found.mentions)


def time_at(
    doc: Doc, text: str, first: date | None, last: date | None = None, *, duration: str | None = None
) -> TimeExpression:
    """The time expression that stands as `text` in the Doc."""
    begin = doc.text.index(text)
    return TimeExpression(
        begin=begin,
        end=begin + len(text),
        text=text,
        sentence=next(n for n, s in enumerate(doc.sents) if s.start_char <= begin < s.end_char),
        range=DateRange(begin=first, end=last or first) if first else None,
        duration=duration,
    )


def events_of(
    *lines: str,
    actors: Callable[[Doc], Sequence[Actor]] = cast,
    times: Callable[[Doc], Sequence[TimeExpression]] = lambda _: (),
    quotes: Sequence[Quote] = (),
    published: date | None = None,
    kind: BlockKind = BlockKind.PARAGRAPH,
    schema: EventSchema | None = None,
    lands: Mapping[str, str] | None = None,
    apart: str = "",
) -> tuple[EventMention, ...]:
    """The events of these lines (see `make_doc`), whose first sentence is of this kind."""
    doc, sentences, spans = make_doc(*lines, apart=apart)
    sentences = (replace(sentences[0], kind=kind), *sentences[1:])
    schema = schema or load_event_schema()
    return extract_events(doc, sentences, spans, actors(doc), times(doc), quotes, schema, published, lands or {})


def roles_of(event: EventMention) -> set[tuple[str, str]]:
    """The event's (role, actor key) pairs without its place."""
    return {
        (a.property, a.value.key) for a in event.assertions if isinstance(a.value, ActorRef) and a.property != "place"
    }


def values_of(event: EventMention, name: str) -> list[Value]:
    """The different values of a property, in the order of the assertions."""
    found = (a.value for a in event.assertions if a.property == name)
    return list(dict.fromkeys(v.key if isinstance(v, ActorRef) else v for v in found))


def chain(actor: Actor) -> Chain:
    """The actor's mentions as a chain."""
    return Chain(mentions=actor.mentions)


class SmallKnowledge:
    """A knowledge base of a few entries: what the stages ask of `kg.knowledge.KnowledgeBase` and nothing else."""

    def __init__(
        self, *entries: Entry, names: Sequence[tuple[str, str, NameKind, float]] = (), offices: Sequence[Office] = ()
    ) -> None:
        """`names` are (name, entry id, kind, prior); every entry bears its own name too."""
        self.entries = {entry.id: entry for entry in entries}
        self.terms = tuple(offices)
        self.names: dict[str, list[Candidate]] = {}
        own = [(entry.name, entry.id, NameKind.NAME, 0.9) for entry in entries]
        for name, id, kind, prior in [*own, *names]:
            self.names.setdefault(normalize_name(name), []).append(Candidate(id=id, kind=kind, prior=prior))

    def __contains__(self, entry_id: object) -> bool:
        return entry_id in self.entries

    def entry(self, entry_id: str) -> Entry:
        return self.entries[entry_id]

    def gender_of(self, first_name: str) -> str | None:
        return next((e.gender for e in self.entries.values() if e.name.lower().split()[0] == first_name.lower()), None)

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        return tuple(sorted(self.names.get(normalize_name(name), ()), key=lambda c: (-c.prior, c.id)))

    def longest_match(self, words: Sequence[str], start: int) -> int:
        if not words[start][0].isupper() or words[start].lower() == "the":
            return 0
        known = (n for n in range(len(words) - start, 0, -1) if self.candidates(" ".join(words[start : start + n])))
        return next((n for n in known if words[start + n - 1][-1].isalnum()), 0)

    def holders(self, title: str, body: str, on: date | None = None) -> tuple[Office, ...]:
        fits = (o for o in self.terms if o.title == title.lower() and o.body == body)
        return tuple(o for o in fits if on is None or o.held_on(on))

    def offices(self, person: str, on: date | None = None) -> tuple[Office, ...]:
        return tuple(o for o in self.terms if o.person == person and (on is None or o.held_on(on)))


def entry(id: str, name: str, type: str = "Person", *, country: str | None = None, gender: str | None = None) -> Entry:
    """An entry of the knowledge base."""
    return Entry(
        id=id,
        name=name,
        type=type,
        wikidata=None,
        wikipedia=None,
        country=country,
        prior=0.9,
        leader=False,
        gender=gender,
        source="test",
    )


def office(person: str, title: str, body: str, begin: date | None = None, end: date | None = None) -> Office:
    """A post held for a time; the title in lower case."""
    return Office(person=person, title=title, body=body, begin=begin, end=end, top=True, source="test")


@dataclass(frozen=True, kw_only=True)
class Told:
    """An event as an article tells it, for `make_reading`."""

    type: str = "PhoneCall"
    roles: Sequence[tuple[str, str]] = (("participant", "Donald Trump"), ("participant", "Vladimir Putin"))
    status: Status = Status.OCCURRED
    day: date | None = None
    numbers: dict[str, Value] = field(default_factory=dict)


def make_reading(
    *events: Told,
    name: str = "a",
    published: date | None = date(2025, 7, 4),
    text: str = "Something was reported about somebody by an outlet today.",
    quotes: Sequence[Quote] = (),
) -> Reading:
    """A reading of one sentence with these events; actors are persons named in the roles."""
    document = Document(
        identifier=f"{name}.txt",
        text=text,
        blocks=(Block(begin=0, end=len(text), kind=BlockKind.PARAGRAPH),),
        title=text.split(".")[0],
        published=published,
        publisher=f"Outlet {name}",
    )
    sentence = Sentence(begin=0, end=len(text), text=text, kind=BlockKind.PARAGRAPH)
    names = dict.fromkeys(person for event in events for _, person in event.roles)
    return Reading(
        document=document,
        sentences=(sentence,),
        actors=tuple(Actor(key=person, type="Person", name=person) for person in names),
        events=tuple(_mention(number, event) for number, event in enumerate(events)),
        quotes=tuple(quotes),
        shingles=shingles_of((sentence,)),
    )


def _mention(number: int, told: Told) -> EventMention:
    values: list[tuple[str, Value]] = [(role, ActorRef(key=person)) for role, person in told.roles]
    values.append(("status", told.status))
    if told.day is not None:
        values.append(("date", DateRange(begin=told.day, end=told.day)))
    values.extend(told.numbers.items())
    return EventMention(
        id=f"e{number}",
        type=told.type,
        triggers=((0, 1),),
        words=("call",),
        sentences=(0,),
        assertions=tuple(Assertion(property=n, value=v, sentence=0, confidence=0.8) for n, v in values),
        confidence=0.8,
    )
