"""HTML to lines without a tree: safe for any nesting and any damage. For fragments in feeds, JSON and Markdown."""

import re
from html.parser import HTMLParser

from kg.documents.drafts import Line
from kg.model import BlockKind

_BLOCKS = frozenset(
    "address article aside blockquote body br center dd details div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# Their content is never the article's text.
_SKIPPED = frozenset(
    "script style noscript template svg math head iframe object audio video canvas select button nav aside form".split()
)
# Comments, declarations and instructions hold no text, and Python's parser raises AssertionError on broken ones.
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_NO_TEXT = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>?", re.DOTALL)


class _LineParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self.title: list[str] = []
        self._parts: list[str] = []
        self._heading = False
        self._skipped: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "title":
            self._in_title = True
        if tag in _SKIPPED:
            self._skipped.append(tag)
        elif tag == "body":
            self._skipped.clear()  # an unclosed <head> ends here
        if tag in _BLOCKS:
            self.break_line()
            self._heading = tag in _HEADINGS

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        if tag in self._skipped:
            while self._skipped.pop() != tag:
                pass
        if tag in _BLOCKS:
            self.break_line()
            self._heading = False

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self._skipped:
            self._parts.append(data)

    def break_line(self) -> None:
        text = " ".join("".join(self._parts).split())
        self._parts.clear()
        if text:
            self.lines.append(Line(text=text, kind=BlockKind.HEADING if self._heading else None))


def markup_lines(html: str) -> tuple[list[Line], str | None]:
    """One line for each block element that holds text, and the content of `<title>`. Scripts and menus are left out."""
    parser = _LineParser()
    parser.feed(_NO_TEXT.sub("", _CDATA.sub("", html)))
    parser.close()
    parser.break_line()
    return parser.lines, " ".join("".join(parser.title).split()) or None


def markup_text(html: str) -> str:
    """The text of an HTML fragment in one line: "Peace &amp; <b>war</b>" is "Peace & war"."""
    return " ".join(line.text for line in markup_lines(html)[0])
