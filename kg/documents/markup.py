"""HTML to lines without a tree, for fragments in feeds, JSON and Markdown and for pages too deep for a tree.

Not html.parser: in Python 3.11 it needs half a minute for 60 kB of unclosed tags and raises AssertionError on broken
declarations. These expressions are linear: no repetition runs over the "<" that begins another tag.
"""

import html
import re
from dataclasses import dataclass, field

from kg.documents.drafts import Line
from kg.model import BlockKind

_BLOCK_NAMES = """
address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead title tr ul
"""
# Elements whose content is never the article's text.
_SKIPPED_NAMES = "noscript template svg math head iframe object audio video canvas select button nav aside"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NO_TEXT = re.compile(
    r"<!\[CDATA\[|\]\]>|<!--.*?(?:-->|\Z)|<[!?][^<>]*>?|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE
)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b(?:(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>|[^<>]*>)")


@dataclass(slots=True)
class _Lines:
    """Lines as they grow. `skipped` are the open elements whose content is left out."""

    done: list[Line] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    heading: bool = False

    def add(self, text: str) -> None:
        if not self.skipped:
            self.parts.append(text)

    def tag(self, closing: bool, name: str) -> None:
        if name == "body":
            self.skipped.clear()  # a <head> that was never closed ends here
        elif name in _SKIPPED and not closing:
            self.skipped.append(name)
        elif name in self.skipped:
            del self.skipped[self.skipped.index(name) :]
        if name in _BLOCKS:
            self.end_line()
            self.heading = name in _HEADINGS and not closing

    def end_line(self) -> None:
        text = " ".join(html.unescape("".join(self.parts)).split())
        self.parts.clear()
        if text:
            self.done.append(Line(text=text, kind=BlockKind.HEADING if self.heading else None))


def markup_lines(text: str) -> list[Line]:
    """One line for each block element that holds text. Scripts, menus and the page's head are left out."""
    text = _NO_TEXT.sub("", text)
    lines, position = _Lines(), 0
    for match in _TAG.finditer(text):
        lines.add(text[position : match.start()])
        lines.tag(match[1] == "/", match[2].lower())
        position = match.end()
    lines.add(text[position:])
    lines.end_line()
    return lines.done


def markup_title(text: str) -> str | None:
    """The content of `<title>`."""
    match = _TITLE.search(text)
    return " ".join(html.unescape(match[1]).split()) or None if match else None


def markup_text(text: str) -> str:
    """The text of an HTML fragment in one line: "Peace &amp; <b>war</b>" is "Peace & war"."""
    return " ".join(line.text for line in markup_lines(text))
