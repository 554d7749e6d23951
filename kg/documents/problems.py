"""What went wrong with an input, in one line for people."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class ProblemKind(StrEnum):
    """Why an input was not read, or what was odd about it."""

    EMPTY = "empty"  # no text in it
    BINARY = "binary"  # not text at all
    ENCODING = "encoding"  # damaged or guessed encoding
    LANGUAGE = "language"  # not English
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"  # missing, no permission, a read error
    UNKNOWN_FORMAT = "unknown-format"
    BAD_RECORD = "bad-record"  # one record of a file of records
    FRONT_MATTER = "front-matter"
    METADATA = "metadata"  # a date, address or name that cannot be used
    DUPLICATE = "duplicate"  # the same record twice


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`reason` says what is wrong and what to do. A fatal problem means that the document was not read."""

    identifier: str
    kind: ProblemKind
    reason: str
    fatal: bool

    def __str__(self) -> str:
        return f"{self.identifier}: {'not read: ' if self.fatal else ''}{self.reason}"


Report = Callable[[Problem], None]
