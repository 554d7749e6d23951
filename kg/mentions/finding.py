"""All mentions of one article, in text order."""

from collections.abc import Iterator, Sequence
from datetime import date

from spacy.tokens import Doc, Span

from kg.knowledge import KnowledgeBase
from kg.lexicon import read_rows
from kg.mentions.names import Name, merge_persons, names_in
from kg.mentions.titles import Titles
from kg.model import Mention, MentionKind

FORMS_OF_ADDRESS = frozenset({"majesty", "highness", "excellency", "holiness", "eminence", "honour", "honor"})


def find_mentions(
    doc: Doc, spans: Sequence[Span], knowledge: KnowledgeBase, published: date | None
) -> tuple[Mention, ...]:
    """All mentions in text order, not overlapping. `published` dates the office table's answers."""
    words = [token.text for token in doc]
    inner = frozenset(t.text for t in doc if t.text[:1].isupper() and not t.is_sent_start)
    tagged = {ent.start: ent for ent in doc.ents}
    names: list[Name] = []
    for index, span in enumerate(spans):
        names.extend(names_in(doc, span, index, words, inner, tagged, knowledge))
    names = merge_persons(doc, names)
    finder = Titles(doc, names, knowledge, published)
    mentions = [finder.with_title(name) for name in names]
    for index, span in enumerate(spans):
        mentions.extend(finder.roles(span, index))
        mentions.extend(_pronouns(span, index))
    return tuple(sorted(mentions, key=lambda mention: (mention.begin, mention.end)))


def _pronouns(span: Span, index: int) -> Iterator[Mention]:
    genders = {row[0]: row[1] for row in read_rows("pronouns.tsv")}
    for token in span:
        gender = genders.get(token.lower_)
        addresses = token.i + 1 < span.end and token.nbor().lower_ in FORMS_OF_ADDRESS  # "His Majesty"
        if gender is not None and not addresses:
            yield Mention(
                begin=token.idx,
                end=token.idx + len(token.text),
                text=token.text,
                kind=MentionKind.PRONOUN,
                label=gender,
                sentence=index,
            )
