"""Semantic roles on a `Doc`: which tokens are predicates, and which tokens head their arguments (PropBank roles)."""

from collections.abc import Sequence

from spacy.tokens import Doc

Predicate = tuple[int, tuple[tuple[int, str], ...]]
"""Token index of a predicate, and (token index of the argument's head, role) of each argument."""

USER_KEY = "newskg_predicates"


def set_predicates(doc: Doc, predicates: Sequence[Predicate]) -> None:
    """Keep the predicates with the `Doc` (`doc.user_data`)."""
    doc.user_data[USER_KEY] = tuple(predicates)


def predicates_of(doc: Doc) -> tuple[Predicate, ...]:
    """Predicates in text order; none if the pipeline that read the `Doc` finds no semantic roles."""
    return tuple(doc.user_data.get(USER_KEY, ()))
