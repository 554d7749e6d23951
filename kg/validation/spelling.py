"""How a graph's texts and names are spelled (VOCABULARY.md, writing rules), as far as SHACL has no words for it.

That an IRI is one (RFC 3987) is checked by whatever reads a graph: such a file cannot be loaded at all.
"""

import unicodedata
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.validation.paths import Path
from kg.validation.report import VIOLATION, Violation

SHAPES: Final = "https://w3id.org/newskg/shapes#"
RULES: Final = {
    "NormalText": "A text must be in Unicode normal form C (NFC), so that equal words are equal strings.",
    "CleanText": "A text must not hold the character NUL, which stores and databases cut it at.",
    "NormalName": "An IRI must be in Unicode normal form C (NFC), so that equal names are equal strings.",
}
"""Rules of this module: local names under SHAPES, and what they say."""


class Spelling:
    """Collects what is misspelled in the triples that it is shown."""

    def __init__(self) -> None:
        self.violations: list[Violation] = []

    def look_at(self, triple: Triple) -> None:
        """Check a triple's object: a text, or a name. Names of subjects are objects of the facts about them."""
        value = triple.object
        if isinstance(value, Literal):
            if "\0" in value.value:
                self._breaks("CleanText", triple)
            if not unicodedata.is_normalized("NFC", value.value):
                self._breaks("NormalText", triple)
        elif isinstance(value, NamedNode) and not unicodedata.is_normalized("NFC", value.value):
            self._breaks("NormalName", triple)

    def _breaks(self, rule: str, triple: Triple) -> None:
        subject = triple.subject
        if isinstance(subject, Triple) or isinstance(triple.object, Triple):
            return
        self.violations.append(
            Violation(
                severity=VIOLATION,
                node=subject,
                route=Path(property=triple.predicate.value),
                found=triple.object,
                message=RULES[rule],
                shape=f"{SHAPES}{rule}",
                constraint="Spelling",
            )
        )
