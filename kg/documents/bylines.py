"""Who wrote an article, for whom and when, as the page itself says it: bylines, datelines, lines that are a date.

Nothing is guessed: a line is a byline only if all of it is names, roles, outlets and dates.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kg.documents.dates import match_date
from kg.documents.rules import clutter_rules, fold

LONGEST_BYLINE = 160  # characters; four names with their roles fit
MOST_NAME_WORDS = 5  # "Maria de la Cruz Lopez"
LONGEST_DATELINE = 90  # characters; "KYIV/WASHINGTON, July 3, 2025 (Reuters) - " has 42

_BYLINE = re.compile(r"(?:by|written by|words by|story by|text by|reported by|authors?:|author\s*[|–—-]) +(?=\S)", re.I)
_ABOUT = re.compile(r"about the (?:authors?|writer): *", re.I)
_NAME_WORD = r"(?:[A-Z][\w.'’-]*|Mc[A-Z]\w+)"
_PARTICLE = r"(?:de|da|del|della|der|den|di|dos|du|van|von|bin|bint|al|el|la|le|ter|ten|y)"
_NAME = re.compile(rf"{_NAME_WORD}(?: (?:{_NAME_WORD}|{_PARTICLE}))*")
_SPLIT = re.compile(r"\s*(?:,? and |,|;| & | with |\s[|·•–—/-]\s| for | in )\s*")
_LABEL = re.compile(
    r"(?P<late>(?:last )?(?:updated|modified|edited|revised)|)(?P<first>(?:first )?(?:published|posted|released)|date|)"
    r"(?: date)?\s*(?:on|at|:)?\s*",
    re.I,
)
_BETWEEN = re.compile(r"[\s|·•,;/()–—-]*")
_DATELINE = re.compile(
    r"(?P<place>[A-Z][^\W\d_a-z]+(?:[ .'’/-]+[A-Z.]+)*|(?:[A-Z]\w+ ?){1,3}(?=\s*\()|(?=\())"
    r"(?P<region>(?:, (?:[A-Z][\w.]*|of)(?: [A-Z][\w.]*){0,2})*?)"
    r"(?P<day>,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?)(?:,? \d{4})?)?"
    r"(?P<agency>[,.]?\s*(?:\((?P<round>[^()]{2,40})\)|/(?P<slash>[A-Z]{2,10})/))?"
    r"\s*(?P<dash>\.?\s*[–—-]{1,2}|(?<=/)\.)\s+(?=\S)"
)
_OUTLET = re.compile(r"[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+){0,3}")
_OPENING = re.compile("[A-Z0-9\"'“‘(]")
_CREDIT = re.compile(
    r"(?<=[.!?\"”)]) (?P<credit>[(\[]?(?:image|photo|photograph|picture|file photo|photo credit|image credit)s?"
    r"(?: by |: ?)[^:]{2,80}[)\]]?\.?|[(\[]?(?:reuters|ap photo|afp|epa)/[A-Z][^.:]{2,60}[)\]]?\.?)$",
    re.I,
)
_TERM = re.compile(r"(?P<name>[A-Z][\w.'’-]+(?: [\w.'’-]+){0,4}?) (?:is|was|has|covers|writes|reports|serves|works)\b")
_EMPLOYER = re.compile(
    r" (?:at|for|with) (?P<name>(?:[Tt]he )?[A-Z][\w.&'’-]*[\w](?: (?:of |and |for |the )?[A-Z][\w&'’-]*)*)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What a byline, a date line or an author's biography tells."""

    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prefix:
    """The first `length` characters of a paragraph that are a dateline, with what they tell."""

    length: int
    credit: Credit


def agency(text: str) -> str | None:
    """The publisher behind an agency's name, if it is one that we know."""
    return clutter_rules().agencies.get(text.strip())


def first_agency(names: Iterable[str | None]) -> str | None:
    """The first of these names that is an agency's ("Reuters", "By Jane Doe, AFP"), as the publisher is called."""
    for name in filter(None, names):
        credit = parse_byline(name) or parse_names(name)
        for known in (agency(name), credit.publisher if credit else None):
            if known in clutter_rules().agencies.values():
                return known
    return None


def parse_byline(line: str) -> Credit | None:
    """A line such as "By Jane Doe and John Roe, Reuters | 3 July 2025". None when anything in it is no name."""
    head = _BYLINE.match(line)
    if not head or len(line) > LONGEST_BYLINE:
        return None
    rest, day = _without_date(line[head.end() :].strip())
    credit = parse_names(rest)
    return Credit(authors=credit.authors, publisher=credit.publisher, published=day) if credit else None


def parse_about(line: str) -> Credit | None:
    """ "About the Author: Jane Doe" """
    head = _ABOUT.match(line)
    return parse_names(line[head.end() :]) if head and len(line) <= LONGEST_BYLINE else None


def parse_names(text: str) -> Credit | None:
    """Names, outlets and roles in any order; None when a part is none of these or nobody is named."""
    rules = clutter_rules()
    authors: list[str] = []
    publisher: str | None = None
    for part in (piece.strip() for piece in _SPLIT.split(text) if piece.strip()):
        known = agency(part.removesuffix(" Staff").removesuffix(" staff"))
        if known:
            publisher = publisher or known
        elif fold(part) in rules.byline_roles:
            continue
        elif part.startswith("The ") and authors and _NAME.fullmatch(part):
            publisher = publisher or part
        elif is_name(part):
            authors.append(part.title() if part.isupper() else part)
        elif not (authors and _NAME.fullmatch(part)):  # a place after the name ("in Kyiv") is left out
            return None
    return Credit(authors=tuple(authors), publisher=publisher) if authors or publisher else None


def is_name(text: str) -> bool:
    """Two to five capitalised words (and particles) that can be a person."""
    words = text.split()
    return (
        2 <= len(words) <= MOST_NAME_WORDS
        and _NAME.fullmatch(text) is not None
        and words[0].casefold() not in clutter_rules().not_names
        and not any(word.endswith(("'s", "’s")) for word in words)  # "By Donald Trump's Own Account"
    )


def parse_date_line(line: str) -> Credit | None:
    """A line that is nothing but dates, with or without labels. "Updated" alone gives no day of publication."""
    rest, published, found = line, None, False
    if len(line) > LONGEST_BYLINE:
        return None
    while rest:
        label = _LABEL.match(rest)
        rest = rest[label.end() :] if label else rest
        match = match_date(rest)
        if not match:
            return None
        day, end = match
        if not published and not (label and label["late"]):
            published = day
        rest, found = _BETWEEN.sub("", rest[end:], count=1), True
    return Credit(published=published) if found else None


def dateline(paragraph: str) -> Prefix | None:
    """The dateline at the head of a paragraph: "KYIV, July 3 (Reuters) - ", "Thursday, May 7, 2015 On Tuesday …"."""
    whole = match_date(paragraph)
    if whole and re.match(r"\s+(?:[–—-]+\s+)?[A-Z\"“]", paragraph[whole[1] :]):
        spaces = len(paragraph) - len(paragraph[whole[1] :].lstrip(" –—-"))
        return Prefix(length=spaces, credit=Credit(published=whole[0]))
    match = _DATELINE.match(paragraph[:LONGEST_DATELINE])
    if not match or not _OPENING.match(paragraph[match.end() :]):
        return None
    named = match["round"] or match["slash"] or ""
    publisher = agency(named)
    place = match["place"].strip()
    shouted = place.isupper() and len(place) > len("USA") and place not in clutter_rules().not_places
    if not (publisher or shouted):
        return None
    if not publisher and _OUTLET.fullmatch(named):
        publisher = named  # after a place in capitals the brackets hold the outlet, known to us or not
    found = match_date(match["day"].lstrip(", ")) if match["day"] else None
    return Prefix(length=match.end(), credit=Credit(publisher=publisher, published=found[0] if found else None))


def trailing_credit(paragraph: str) -> int | None:
    """Where a picture's credit begins that ends a caption: "… in Paris. Image: Home Office."."""
    match = _CREDIT.search(paragraph, max(0, len(paragraph) - LONGEST_BYLINE))
    return match.start("credit") if match else None


def parse_biography(paragraph: str) -> Credit | None:
    """Who is described by the first sentence of an author's biography, and for which outlet that person writes."""
    match = _TERM.match(paragraph)
    if not match:
        return None
    sentence = re.split(r"(?<=[a-z]{2})\. ", paragraph, maxsplit=1)[0]
    noun = clutter_rules().staff.search(sentence, match.end())
    employer = _EMPLOYER.match(sentence, noun.end()) if noun else None
    authors = (match["name"],) if is_name(match["name"]) else ()
    return Credit(authors=authors, publisher=employer["name"] if employer else None)


def _without_date(text: str) -> tuple[str, date | None]:
    """The text before a date that ends it, and the date."""
    for cut in re.finditer(r"[\s|·•,;–—-]+(?=[A-Z0-9])", text):
        credit = parse_date_line(text[cut.end() :])
        if credit:
            return text[: cut.start()], credit.published
    return text, None
