"""Which lines of an article are not news: tag lines, share buttons, bylines, biographies, teasers, notices."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.documents.bylines import Credit, parse_about, parse_biography, parse_byline, parse_date_line
from kg.documents.rules import clutter_rules, fold

PARAGRAPH_WORDS = 12  # a line of so many words that ends like a sentence is a paragraph of the article
TEASER_WORDS = 20  # a teaser of another article is a headline
MOST_BIOGRAPHY = 4  # paragraphs about the author
LAST_LINES = 3  # an unannounced biography stands at the very end
FEWEST_JOINS = 2  # "TrumpFeatured" may be a slip, two of them are a tag line
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
_FUNCTION_WORD = re.compile(r"\b(?:the|a|an|and|to|of|in|on|at|for|with|is|are|was|has|have|by|from|as|after|over)\b")
_ABOUT_AUTHOR = re.compile(r"(?:he|she|they|his|her|their|the author|the writer|follow|you can follow)\b", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """`clutter` holds the indices of clutter lines, `credits` what they say about author, outlet and day."""

    clutter: frozenset[int]
    credits: tuple[Credit, ...]


def is_paragraph(text: str) -> bool:
    """Whether a line reads as a paragraph of running text rather than as a headline, caption or button."""
    return len(text.split()) >= PARAGRAPH_WORDS and SENTENCE_END.search(text) is not None


def is_clutter_line(text: str) -> bool:
    """Clutter by its wording alone, wherever it stands."""
    rules = clutter_rules()
    if len(text) > rules.longest_line:
        return False
    return fold(text) in rules.phrases or rules.anywhere.fullmatch(text) is not None or is_tag_line(text)


def is_tag_line(text: str) -> bool:
    """Tags that lost the space between them: "Donald TrumpFeaturedIsrael-Iran WarNorth America"."""
    rules = clutter_rules()
    if len(text) > rules.longest_line or SENTENCE_END.search(text) or _FUNCTION_WORD.search(text):
        return False
    for word in rules.camel_words:
        text = text.replace(word, word.capitalize())
    joins = [len(_joins(word)) for word in text.split()]
    return sum(joins) >= FEWEST_JOINS and (max(joins) >= FEWEST_JOINS or sum(map(bool, joins)) >= FEWEST_JOINS)


def mark_clutter(lines: Sequence[str], authors: Sequence[str] = ()) -> Marks:
    """Clutter among `lines` (blank ones are never clutter). `authors` are those that the metadata name."""
    marked: dict[int, Credit | None] = {
        index: None for index, text in enumerate(lines) if text and is_clutter_line(text)
    }
    marked.update(_biographies(lines))
    first, last = _body(lines, marked)
    edges = [index for index, text in enumerate(lines) if text and index not in marked and not first <= index <= last]
    marked.update((index, credit) for index in edges if (credit := _credit(lines[index])))
    rules = clutter_rules()
    names = {fold(author) for author in authors}
    for index in edges:
        text = lines[index]
        if len(text) <= rules.longest_line and (rules.edges.fullmatch(text) or fold(text) in names):
            marked.setdefault(index, None)
    marked.update(dict.fromkeys(_teasers(lines)))
    known = [*authors, *(name for credit in marked.values() if credit for name in credit.authors)]
    marked.update(dict.fromkeys(_signed_biography(lines, marked, known)))
    credits_found = tuple(credit for _, credit in sorted(marked.items()) if credit)
    return Marks(clutter=frozenset(marked), credits=credits_found)


def _credit(text: str) -> Credit | None:
    return parse_byline(text) or parse_date_line(text)


def _joins(word: str) -> list[str]:
    """The places in a word where a lower-case run meets a capitalised one, each at least three letters long."""
    return re.findall(r"(?<=[a-z]{2})[A-Z](?=[a-z]{2})", word)


def _body(lines: Sequence[str], marked: dict[int, Credit | None]) -> tuple[int, int]:
    """First and last paragraph of running text; (0, last line) where there is none."""
    body = [index for index, text in enumerate(lines) if index not in marked and is_paragraph(text)]
    return (body[0], body[-1]) if body else (0, len(lines) - 1)


def _after(lines: Sequence[str], index: int) -> Iterator[int]:
    """Indices of the lines after `index` that are not blank."""
    return (later for later in range(index + 1, len(lines)) if lines[later])


def _biographies(lines: Sequence[str]) -> Iterator[tuple[int, Credit | None]]:
    """ "About the Author: X" and the paragraphs under it that tell who X is."""
    for index, text in enumerate(lines):
        if not fold(text).startswith(("about the author", "about the writer")):
            continue
        credit = parse_about(text)
        if not credit and fold(text) not in clutter_rules().phrases:
            continue
        yield index, credit
        surnames = [name.split()[-1] for name in credit.authors] if credit else []
        for count, later in enumerate(_after(lines, index)):
            found = parse_biography(lines[later])
            named = any(re.search(rf"\b{re.escape(surname)}\b", lines[later]) for surname in surnames)
            described = found and clutter_rules().writer.search(lines[later])
            if count >= MOST_BIOGRAPHY or not (named or described or _ABOUT_AUTHOR.match(lines[later])):
                break
            yield later, found


def _teasers(lines: Sequence[str]) -> Iterator[int]:
    """Headlines of other articles under "Related Posts" and the like, up to the next paragraph."""
    heads = clutter_rules().teaser_heads
    covered = -1
    for index, text in enumerate(lines):
        if index <= covered or fold(text) not in heads:
            continue
        for later in _after(lines, index):
            if len(lines[later].split()) > TEASER_WORDS or is_paragraph(lines[later]) or _leads_on(lines, later):
                break
            covered = later
            yield later


def _leads_on(lines: Sequence[str], index: int) -> bool:
    """Whether a paragraph of the article follows directly: then this line is its heading and no teaser."""
    following = next(_after(lines, index), None)
    return following is not None and is_paragraph(lines[following])


def _signed_biography(lines: Sequence[str], marked: dict[int, Credit | None], authors: Sequence[str]) -> Iterator[int]:
    """A last paragraph that says who the known author is: "Jane Doe is a correspondent at …"."""
    rest = [index for index, text in enumerate(lines) if text and index not in marked]
    for index in rest[1:][-LAST_LINES:]:
        credit = parse_biography(lines[index])
        if credit and set(credit.authors) & set(authors) and clutter_rules().writer.search(lines[index]):
            yield index
