"""Annotations and readings made by hand, so that a stage's tests load no model and no knowledge base."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import spacy
from spacy.tokens import Doc, Span

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
    Value,
)

NLP = spacy.blank("en")
GLUED = frozenset({".", ",", "'s", "’s", ":", ";", "”", "?", "!"})


def make_doc(*lines: str) -> tuple[Doc, tuple[Sentence, ...], tuple[Span, ...]]:
    """A Doc from lines such as "Trump/PROPN met/VERB/meet Putin/PROPN ./PUNCT", one sentence a line."""
    words, spaces, tags, lemmas, starts = [], [], [], [], []
    for line in lines:
        for position, piece in enumerate(line.split()):
            word, tag, lemma = [*piece.split("/"), "X", ""][:3] if piece.count("/") < 2 else piece.split("/")
            if words and position and word in GLUED:
                spaces[-1] = False
            words.append(word)
            spaces.append(True)
            tags.append(tag)
            lemmas.append(lemma or word.lower())
            starts.append(position == 0)
    doc = Doc(NLP.vocab, words=words, spaces=spaces, pos=tags, lemmas=lemmas, sent_starts=starts)
    spans = tuple(doc.sents)
    sentences = tuple(
        Sentence(begin=s.start_char, end=s.end_char, text=s.text, kind=BlockKind.PARAGRAPH) for s in spans
    )
    return doc, sentences, spans


def actor(doc: Doc, text: str, type: str = "Person", *, key: str | None = None, label: str = "PER") -> Actor:
    """An actor mentioned by name wherever `text` stands in the Doc."""
    mentions = []
    for number, span in enumerate(doc.sents):
        at = span.text.find(text)
        if at >= 0:
            begin = span.start_char + at
            mentions.append(
                Mention(
                    begin=begin,
                    end=begin + len(text),
                    text=text,
                    kind=MentionKind.NAME,
                    label=label,
                    sentence=number,
                )
            )
    return Actor(key=key or text.lower(), type=type, name=text, mentions=tuple(mentions))


def chain(actor: Actor) -> Chain:
    """The actor's mentions as a chain."""
    return Chain(mentions=actor.mentions)


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
