"""Names of agreements, laws and days in capitals: "Geneva Joint Statement", "Treaty of Waitangi", "Waitangi Day"."""

import calendar
from typing import Final

from spacy.tokens import Doc, Span

from kg.knowledge import KnowledgeBase
from kg.lexicon import read_words

INSIDE: Final = frozenset({"of", "on", "for", "against"})
FURTHER: Final = frozenset({"of"})
JOINTS: Final = frozenset({"and", "the"})
BINDING: Final = frozenset({"Accord", "Accords", "Charter", "Convention", "Declaration", "Pact", "Protocol", "Treaty"})
"""Words whose subject belongs to the name: not of "the Joint Statement on Climate", "the Patriot Act on Monday"."""

DAY: Final = "Day"
OPENING: Final = frozenset({"ADJ", "NOUN", "NUM", "PROPN"})
DAYS: Final = frozenset({*calendar.day_name, *calendar.month_name})


def document_at(doc: Doc, start: int, limit: int, knowledge: KnowledgeBase) -> int:
    """Length of the name that begins there, in tokens; 0 where there is none."""
    end = _capitals(doc, start, limit)
    if end == start or (doc[end - 1].text == DAY and doc[start].pos_ not in OPENING):  # "On Election Day", "Every Day"
        return 0
    if doc[end - 1].text not in read_words("documents.txt"):
        return 0
    whole = _with_subject(doc, end, limit, knowledge)
    return whole - start if whole - start > 1 else 0


def _with_subject(doc: Doc, end: int, limit: int, knowledge: KnowledgeBase) -> int:
    """Where "Convention on the Rights of the Child" ends; the "Constitution of Russia" names Russia besides."""
    leading = INSIDE if doc[end - 1].text in BINDING else frozenset[str]()
    while end + 1 < limit and doc[end].lower_ in leading:
        begin = end + 1 + (doc[end + 1].lower_ == "the")
        following = _capitals(doc, begin, limit)
        while following + 1 < limit and following > begin and doc[following].lower_ in JOINTS:
            further = _capitals(doc, following + 1, limit)
            if further == following + 1:
                break
            following = further
        if following == begin or _is_other(doc[begin:following], knowledge):
            break
        end, leading = following, FURTHER
    return end


def _is_other(subject: Span, knowledge: KnowledgeBase) -> bool:
    """Whether it is a country's or a person's name, or a day: "the Constitution of Ukraine", "on Saturday"."""
    known = (knowledge.candidates(name) for name in (subject[0].text, subject.text))
    actor = any(found and knowledge.entry(found[0].id).type in {"Country", "Person"} for found in known)
    day = subject[0].text in DAYS or subject[-1].text == DAY
    return actor or day or any(token.ent_type_ == "PER" for token in subject)


def _capitals(doc: Doc, start: int, limit: int) -> int:
    end = start
    while end < limit and doc[end].text[0].isupper():
        end += 1
    return end
