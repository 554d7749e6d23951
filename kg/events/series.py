"""Events of a series, and what came of them.

"Like the first round on 16 May and the second on 2 June" leaves a noun out; "the first round had led to an exchange"
leaves out between whom.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from spacy.tokens import Doc, Span, Token

from kg.clauses import MOST_CHILDREN
from kg.events.attributes import ordinals
from kg.lexicon import read_words

NOMINAL = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj", "root", "ROOT"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


def left_out(doc: Doc, span: Span, taken: Sequence[range]) -> Iterator[tuple[int, int]]:
    """(token, number) of each "the second" that stands for an event noun which the text does not repeat.

    `taken` are the token ranges of the sentence's events with what stands before them, which number those.
    """
    numbers = ordinals()
    for i in range(span.start + 1, span.end):
        token = doc[i]
        if token.lower_ not in numbers or doc[i - 1].lower_ != "the" or token.dep_ not in NOMINAL:
            continue
        following = doc[i + 1] if i + 1 < span.end else None
        if following is not None and following.pos_ in {"NOUN", "PROPN", "ADJ", "NUM"}:
            continue
        if not any(i in tokens for tokens in taken):
            yield i, numbers[token.lower_]


def cause_of(noun: Token) -> Token | None:
    """The subject of a verb such as "lead to" that governs an event noun: what this event came of."""
    verb = noun.head
    if noun.dep_ not in {"obj", "obl"} or verb.lemma_.lower() not in read_words("outcome_verbs.txt"):
        return None
    return next((child for child in islice(verb.lefts, MOST_CHILDREN) if child.dep_ in SUBJECTS), None)
