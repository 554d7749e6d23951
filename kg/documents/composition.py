"""A draft becomes a Document: text normalised once, title, blocks, clutter, metadata."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.documents import metadata, titles
from kg.documents.bylines import Credit, dateline, first_agency, trailing_credit
from kg.documents.clutter import is_paragraph, mark_clutter
from kg.documents.drafts import Draft, Line
from kg.documents.language import english_tag, foreign_reason
from kg.documents.normalization import clean_lines, unwrap
from kg.documents.problems import Problem, ProblemKind, Report
from kg.model import Block, BlockKind, Document

# Characters. The longest magazine articles have 180,000; time grows faster than length: a minute at worst.
LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """The lines of the text with what each is, and what the lines told about their origin."""

    lines: tuple[str, ...]
    segments: tuple[tuple[tuple[int, int, BlockKind], ...], ...]  # for each line: begin, end, kind inside the line
    title: str | None
    credits: tuple[Credit, ...]


def compose(draft: Draft, on_problem: Report) -> Document | None:
    """The document, or None after a fatal problem (empty, enormous, not English) was reported."""
    lines = clean_lines(draft.lines)
    if draft.wrapped:
        lines = unwrap(lines)
    declared = metadata.language_tag(draft.language)
    refusal = _refusal(lines, declared)
    if refusal:
        on_problem(Problem(identifier=draft.identifier, kind=refusal[0], reason=refusal[1], fatal=True))
        return None
    publisher = metadata.name(draft.publisher)
    authors = metadata.author_names(draft.authors)
    layout = _lay_out(lines, titles.metadata_title(draft.title, publisher, [line.text for line in lines]), authors)
    text, blocks = _blocks(layout)
    url = metadata.address(draft, on_problem)
    published = metadata.publication_day(draft, on_problem)
    told = layout.credits
    return Document(
        identifier=draft.identifier,
        text=text,
        blocks=blocks,
        title=layout.title,
        published=published or next((credit.published for credit in told if credit.published), None),
        publisher=publisher or next((credit.publisher for credit in told if credit.publisher), metadata.hostname(url)),
        authors=authors or tuple(dict.fromkeys(author for credit in told for author in credit.authors)),
        url=url,
        language=english_tag(declared, text),
        agency=first_agency([*(credit.publisher for credit in told), publisher, *draft.authors]),
    )


def _refusal(lines: Sequence[Line], declared: str | None) -> tuple[ProblemKind, str] | None:
    if not any(re.search(r"\w", line.text) for line in lines):
        return ProblemKind.EMPTY, "it holds no text"
    length = sum(len(line.text) + 1 for line in lines)
    if length > LONGEST_TEXT:
        return ProblemKind.TOO_LARGE, f"its text has {length:,} characters, the limit is {LONGEST_TEXT:,}; split it"
    foreign = foreign_reason("\n".join(line.text for line in lines), declared)
    return (ProblemKind.LANGUAGE, foreign) if foreign else None


def _lay_out(lines: list[Line], title: str | None, authors: Sequence[str]) -> _Layout:
    texts = [line.text for line in lines]
    marks = mark_clutter(texts, authors)
    clutter = set(marks.clutter) | {index for index, line in enumerate(lines) if line.kind is BlockKind.CLUTTER}
    known = title or next((line.text for line in lines if line.kind is BlockKind.TITLE), None)
    readable = [index for index, text in enumerate(texts) if text and index not in clutter]
    place = titles.find_title(texts, readable, known)
    if place is None and known:
        texts, lines = [known, "", *texts], [Line(text=known), Line(text=""), *lines]
        clutter, place = {index + 2 for index in clutter}, 0
    kinds = [_kind(lines, texts, index, clutter, place) for index in range(len(texts))]
    segments, told = _segments(texts, kinds)
    found = known or (texts[place] if place is not None else None)
    return _Layout(lines=tuple(texts), segments=segments, title=found, credits=(*marks.credits, *told))


def _kind(lines: Sequence[Line], texts: Sequence[str], index: int, clutter: set[int], title: int | None) -> BlockKind:
    if index == title:  # also where its wording is that of clutter: "Live updates" can be a headline
        return BlockKind.TITLE
    if index in clutter:
        return BlockKind.CLUTTER
    repeated = title is not None and index < titles.TITLE_SEARCH_LINES and titles.same_title(texts[index], texts[title])
    if repeated:
        return BlockKind.CLUTTER
    given = lines[index].kind
    if given is BlockKind.TITLE:  # a second first-level heading
        return BlockKind.HEADING
    if given is None and texts[index] and titles.is_heading(texts, index):
        return BlockKind.HEADING
    return given or BlockKind.PARAGRAPH


def _segments(
    texts: Sequence[str], kinds: Sequence[BlockKind]
) -> tuple[tuple[tuple[tuple[int, int, BlockKind], ...], ...], tuple[Credit, ...]]:
    """Each line cut into blocks: a dateline before the first paragraph and picture credits become clutter."""
    segments: list[tuple[tuple[int, int, BlockKind], ...]] = []
    told: tuple[Credit, ...] = ()
    opened = False
    for text, kind in zip(texts, kinds, strict=True):
        begin, end = 0, len(text)
        parts: list[tuple[int, int, BlockKind]] = []
        if kind is BlockKind.PARAGRAPH and not opened and is_paragraph(text):
            opened = True
            prefix = dateline(text)
            if prefix:
                told, begin = (prefix.credit,), prefix.length
                parts.append((0, len(text[:begin].rstrip()), BlockKind.CLUTTER))
        credit = trailing_credit(text) if kind is BlockKind.PARAGRAPH else None
        if credit is not None and credit > begin:
            parts.append((begin, len(text[:credit].rstrip()), kind))
            begin, kind = credit, BlockKind.CLUTTER
        segments.append((*parts, (begin, end, kind)) if text else ())
    return tuple(segments), told


def _blocks(layout: _Layout) -> tuple[str, tuple[Block, ...]]:
    def placed() -> Iterator[Block]:
        offset = 0
        for text, parts in zip(layout.lines, layout.segments, strict=True):
            yield from (Block(begin=offset + begin, end=offset + end, kind=kind) for begin, end, kind in parts)
            offset += len(text) + 1

    return "\n".join(layout.lines), tuple(placed())
