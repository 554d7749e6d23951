"""Text as it is stored: NFC, one paragraph a line, nothing invisible. Applied once, before offsets exist."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from kg.documents.drafts import Line

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile("[\t\x1f\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Control characters, soft hyphen, zero-width and bidirectional controls, tags, lone surrogates and the
# non-characters that XML writers reject.
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(f"{chr((n << 16) | 0xFFFE)}{chr((n << 16) | 0xFFFF)}" for n in range(17))
_INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    f"\ud800-\udfff\U000e0000-\U000e007f{_NONCHARACTERS}]"
)
_NONCHARACTER = re.compile(f"[{_NONCHARACTERS}]")

WIDEST_WRAP = 100  # characters; mail and pandoc break at 72 to 80, editors at up to 100
NARROWEST_WRAP = 50  # shorter lines are verse, lists or headings
FULL_LINES = 0.8  # share of lines that the next word would have made too long; paragraphs reach it by accident never
FEWEST_BROKEN = 3  # lines that must be broken before we believe in a fixed width
MOST_PASSES = 8  # joining may make another join possible; real texts are stable after one


def clean(text: str) -> str:
    """NFC without control, zero-width and bidirectional characters; only `\\n` breaks lines, only " " is a space."""
    text = _LINE_BREAK.sub("\n", text)
    text = _SPACE.sub(" ", text)
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def without_noncharacters(text: str) -> str:
    """`text` with U+FFFD for each of Unicode's 66 noncharacters, which rapper and XML parsers refuse."""
    return _NONCHARACTER.sub("\ufffd", text)


def clean_word(text: str) -> str:
    """`clean` for metadata: one line, single spaces."""
    return " ".join(clean(text).split())


def clean_lines(lines: Iterable[Line]) -> list[Line]:
    """Clean lines with single spaces, at most one blank line between two and none at either end."""
    kept: list[Line] = []
    for line in lines:
        for piece in clean(line.text).split("\n"):
            text = " ".join(piece.split())
            if text:
                kept.append(replace(line, text=text))
            elif kept and kept[-1].text:
                kept.append(Line(text=""))
    while kept and not kept[-1].text:
        kept.pop()
    return kept


def unwrap(lines: list[Line]) -> list[Line]:
    """Join lines that were broken at a fixed width (50 to 100 characters), so that one line is one paragraph."""
    for _ in range(MOST_PASSES):
        width = _wrap_width(lines)
        if width is None:
            break
        lines = list(_joined(lines, width))
    return lines


def _is_full(line: Line, after: Line, width: int) -> bool:
    """Whether the first word of the line after would have made this one too long."""
    return len(line.text) <= width < len(line.text) + 1 + len(after.text.split(" ", 1)[0])


def _wrap_width(lines: list[Line]) -> int | None:
    """The width at which lines were broken. Lists and verse have shorter lines and say nothing about it."""
    pairs = [(line, after) for line, after in pairwise(lines) if after.text and len(line.text) >= NARROWEST_WRAP]
    width = max((len(line.text) for line, _ in pairs if len(line.text) <= WIDEST_WRAP), default=0)
    full = sum(_is_full(line, after, width) for line, after in pairs)
    return width if full >= max(FEWEST_BROKEN, FULL_LINES * len(pairs)) else None


def _joined(lines: list[Line], width: int) -> Iterator[Line]:
    parts: list[str] = []
    for line, after in zip(lines, [*lines[1:], Line(text="")], strict=True):
        parts.append(line.text)
        if line.text and after.text and _is_full(line, after, width):
            # A word with a hyphen may be broken after it: "state-" + "owned".
            if not re.search(r"[^\W\d_]-$", line.text):
                parts.append(" ")
            continue
        yield replace(line, text="".join(parts))
        parts = []
