"""Markdown (CommonMark), with or without front matter."""

from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kg.documents.drafts import Draft, Line, spaced
from kg.documents.front_matter import draft_with, split_front_matter
from kg.documents.markup import markup_lines, markup_text
from kg.documents.problems import Report
from kg.model import BlockKind

LONGEST_WRAPPED = 120  # characters; nobody breaks lines wider than this, so such a line is a paragraph of its own


def read_markdown(text: str, identifier: str, on_problem: Report) -> Iterator[Draft]:
    """One draft; the first first-level heading is the title unless the front matter has one."""
    fields, body = split_front_matter(text, identifier, on_problem)
    yield draft_with(fields, identifier=identifier, origin=identifier, lines=spaced(markdown_lines(body)))


def markdown_lines(body: str) -> list[Line]:
    """Paragraphs, headings, list items and table rows in order. Code is clutter, links and emphasis are their text."""
    lines: list[Line] = []
    heading: BlockKind | None = None
    row: list[str] = []
    titled = in_row = False
    for token in _parser().parse(body):
        if token.type == "heading_open":
            heading = BlockKind.HEADING if titled or token.tag != "h1" else BlockKind.TITLE
            titled = titled or heading is BlockKind.TITLE
        elif token.type == "heading_close":
            heading = None
        elif token.type == "tr_open":
            row, in_row = [], True
        elif token.type == "tr_close":
            lines.append(Line(text=" | ".join(row)))
            in_row = False
        elif token.type == "inline" and in_row:
            row.append(" ".join(_inline(token)))
        elif token.type == "inline":
            lines += [Line(text=text, kind=heading) for text in _inline(token)]
        elif token.type == "html_block":
            lines += markup_lines(token.content)
        elif token.type in ("fence", "code_block"):
            lines.append(Line(text=" ".join(token.content.split()), kind=BlockKind.CLUTTER))
    return [line for line in lines if line.text.strip()]


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _inline(token: Token) -> list[str]:
    """The text of a paragraph without markup; more than one where hard breaks or very long lines divide it."""
    texts, parts = [], [""]
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts[-1] += child.content.replace("**", "")  # asterisks that CommonMark could not pair
        elif _breaks(child, parts[-1]):
            texts.append(" ".join(parts))
            parts = [""]
        elif child.type == "softbreak":
            parts.append("")
        elif child.type == "html_inline":
            parts[-1] += markup_text(child.content)
    return [*texts, " ".join(parts)]


def _breaks(child: Token, line: str) -> bool:
    """Whether a paragraph ends here for a reader: a hard break, or the end of a line that nobody would have wrapped."""
    if child.type == "html_inline":
        return child.content.lower().startswith("<br")
    return child.type == "hardbreak" or (child.type == "softbreak" and len(line) > LONGEST_WRAPPED)
