"""What was agreed on is the event, and that it was agreed on no other."""

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.events.draft import Draft

AGREEMENT = "Agreement"
AGREED = frozenset({"obj", "obl", "xcomp", "ccomp"})
"""Relations of what is agreed on to the verb."""


def without_agreeing(doc: Doc, found: Sequence[Draft]) -> list[Draft]:
    """The drafts of a sentence without those of agreeing on another: "agreed to swap prisoners", "signed a truce"."""
    heads = [doc[draft.start : draft.end].root for draft in found if draft.type != AGREEMENT]
    agreed = {head.head.i for head in heads if head.dep_ in AGREED}
    return [draft for draft in found if draft.type != AGREEMENT or draft.start not in agreed]
