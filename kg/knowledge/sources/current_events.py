"""Actors, their names and the posts that news gives them, from Wikipedia's current-events portal (CC BY-SA).

Taken are facts only: which names link to which article, how often, and who is called what on which day.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kg.knowledge.facts import Harvest, Held, Named, Ref, Thing, wiki_ref
from kg.knowledge.names import NameKind, normalize_name, plain_text
from kg.knowledge.naming import person_names, surname
from kg.knowledge.sources.portal import Link, read_links
from kg.knowledge.sources.typing_titles import LEFT_OUT, THING, Lore, title_text, type_of_title
from kg.knowledge.titles import title_forms

SOURCE: Final = "current-events"
TRUST: Final = 2
BASE_WEIGHT: Final = 1.0  # added to the count of links: an article that is linked once is still somebody
SURNAME_SHARE: Final = 0.4  # how often, against full names, news uses a surname alone that means this person
ALIEN_ANCHOR: Final = 3  # links that an anchor needs which shares no word with the title
FORMER: Final = re.compile(
    r"\b(former|ex|late|then|deposed|ousted|late|future|incoming|outgoing|next|elect|candidate|impeached|acting|interim|"
    r"deputy|vice|first|assistant|designate|shadow|exiled|one time|removed|suspended|rival|jailed|disgraced|previous|"
    r"longtime|under|opposition|nominated|presumptive|several|hopeful|self proclaimed|wartime|convicted|veteran)$"
)
_PERSON_OFFICE: Final = re.compile(
    r"^(?P<title>[A-Z][A-Za-z’'. -]+?)(?: of(?: the)? | \((?P<paren>[^()]+)\)$)(?P<body>.*)$"
)
_CLOSED_CLASS: Final = frozenset(
    {
        "Leader",
        "Chief Executive",
        "Chairman",
        "Senator",
        "Representative",
        "Ambassador",
        "Governor",
        "Mayor",
        "Prince",
        "Speaker",
        "Chief of Staff",
        "Special Envoy",
        "Central Bank Governor",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lands:
    """Countries and bodies by the names and demonyms that stand before a title: plain text → ref."""

    names: Mapping[str, Ref]
    demonyms: Mapping[str, Ref]


def harvest(folder: Path, lore: Lore, lands: Lands, known: Collection[str], skip: Collection[str] = ()) -> Harvest:
    """`known` are titles that other sources type; `skip` holds days (ISO) to leave out."""
    by_title: dict[str, list[Link]] = defaultdict(list)
    for link in read_links(folder, skip):
        by_title[link.title].append(link)
    things: list[Thing] = []
    held: list[Held] = []
    for title, links in sorted(by_title.items()):
        kind = THING if title in known else type_of_title(title, links, lore)
        if kind == LEFT_OUT or (title not in known and plain_text(title) in lands.demonyms):
            continue
        posts = posts_of(title, links, lands) if kind == "Person" or title in known else ()
        held.extend(posts)
        things.append(_thing(title, kind, links, lands, title in known, posts))
    return Harvest(things=tuple(things), held=tuple(held))


def _thing(title: str, kind: str, links: Sequence[Link], lands: Lands, known: bool, posts: Sequence[Held]) -> Thing:
    country = _country(title, kind, links, lands, posts)
    text = title_text(title)
    weight = BASE_WEIGHT + len(links)
    names = list(_anchored_names(title, kind, links, lands))
    if kind == "Person":
        names.extend(person_names(text, country, weight, weight * SURNAME_SHARE))
    else:
        names.append(Named(text=text, kind=NameKind.NAME, weight=BASE_WEIGHT))
    return Thing(
        refs=(wiki_ref(title),),
        source=SOURCE,
        trust=TRUST,
        name=text,
        type=None if known or kind == THING else kind,
        country=country,
        names=tuple(names),
    )


# ── names ────────────────────────────────────────────────────────────────────────────────────────


def _anchored_names(title: str, kind: str, links: Sequence[Link], lands: Lands) -> Iterable[Named]:
    text = title_text(title)
    words = set(plain_text(text).split())
    for anchor, count in sorted(Counter(link.anchor for link in links).items()):
        plain = plain_text(anchor)
        if not is_name(anchor) or plain in title_forms() or _is_other_land(title, plain, lands):
            continue
        if not words & set(plain.split()) and not _is_initials(plain, text) and count < ALIEN_ANCHOR:
            continue
        if kind == "Person" and plain_text(surname(text, None) or "") == plain:
            yield Named(text=anchor, kind=NameKind.SURNAME, weight=count)
        elif normalize_name(anchor) == normalize_name(text):
            yield Named(text=anchor, kind=NameKind.NAME, weight=count)
        elif anchor.isupper() and " " not in anchor:
            yield Named(text=anchor, kind=NameKind.ACRONYM, weight=count)
        else:
            yield Named(text=anchor, kind=NameKind.ALIAS, weight=count)


def is_name(text: str) -> bool:
    """Could this be a name: capitals on every word but small ones, no possessive, not a year or a number?"""
    words = re.sub(r"[-–/]", " ", text).split()
    if not words or re.search(r"['’]s\b(?! [A-Z])", text) or not any(c.isupper() for c in text) or text[0].isdigit():
        return False
    small = {
        "of",
        "the",
        "and",
        "for",
        "in",
        "on",
        "de",
        "la",
        "du",
        "al",
        "el",
        "bin",
        "ibn",
        "von",
        "van",
        "der",
        "da",
        "dos",
        "do",
        "to",
        "ul",
        "ur",
        "e",
        "y",
        "war",
        "conflict",
        "invasion",
        "province",
        "district",
        "region",
    }
    return all(word[0].isupper() or word in small or not word[0].isalpha() for word in words)


def _is_other_land(title: str, plain: str, lands: Lands) -> bool:
    """Is it a word for another thing: "Israeli" linked to an army, "Russian President" linked to Putin?"""
    if plain in lands.demonyms:
        return True
    if plain in lands.names:
        return plain != plain_text(title_text(title)) and len(plain) > 0
    for count in range(1, 4):
        first, rest = plain.split()[:count], plain.split()[count:]
        if rest and " ".join(first) in lands.demonyms and " ".join(rest) in title_forms():
            return True
    return False


def _is_initials(plain: str, text: str) -> bool:
    initials = "".join(word[0] for word in text.split() if word[0].isupper()).lower()
    return len(plain) >= 2 and plain == initials


def _country(title: str, kind: str, links: Sequence[Link], lands: Lands, posts: Sequence[Held]) -> Ref | None:
    if kind == "Person":
        bodies = Counter(post.body for post in posts for _ in post.seen)
        return bodies.most_common(1)[0][0] if bodies else None
    hint = re.search(r"\(([^()]+)\)$|, ([^,]+)$", title.replace("_", " "))
    if hint is not None:
        ref = lands.names.get(plain_text(hint[1] or hint[2]))
        if ref is not None:
            return ref
    words = plain_text(title_text(title)).split()
    for place in range(1, len(words)):
        if words[place - 1] in ("of", "the", "in") and " ".join(words[place:]) in lands.names:
            return lands.names[" ".join(words[place:])]
    for count in (3, 2, 1):
        first = " ".join(words[:count])
        if len(words) > count and first in lands.demonyms:
            return lands.demonyms[first]
    if kind in ("Place", "City", "AdministrativeArea", THING):
        found = Counter(ref for link in links if (ref := _land_after(link, lands)) is not None)
        if found:
            return min(found, key=lambda ref: (-found[ref], ref))
    return None


def _land_after(link: Link, lands: Lands) -> Ref | None:
    match = re.match(r"(?:, [A-Z][^,.;]*)?, (?:the )?([A-Z][\w’' -]*)", link.after)
    if match is None:
        return None
    words = plain_text(match[1]).split()
    for count in (4, 3, 2, 1):
        if len(words) >= count and " ".join(words[:count]) in lands.names:
            return lands.names[" ".join(words[:count])]
    return None


# ── posts ────────────────────────────────────────────────────────────────────────────────────────


def posts_of(title: str, links: Sequence[Link], lands: Lands) -> tuple[Held, ...]:
    """The posts that the words before the links to a person give: "French foreign minister [Jean-Noël Barrot]".

    Words such as "former" or "acting" in front of them rule a post out.
    """
    seen: dict[tuple[str, Ref], list[date]] = defaultdict(list)
    for link in links:
        found = _post_before(link, lands)
        if found is not None:
            seen[found].append(link.day)
    return tuple(
        Held(person=wiki_ref(title), title=post, body=body, source=SOURCE, seen=tuple(sorted(days)))
        for (post, body), days in sorted(seen.items())
    )


def _post_before(link: Link, lands: Lands) -> tuple[str, Ref] | None:
    words = plain_text(link.before).split()
    for count in range(min(8, len(words)), 0, -1):
        post = title_forms().get(" ".join(words[-count:]))
        if post is None:
            continue
        rest = words[:-count]
        body = _land_at_end(rest, lands)
        if body is not None:
            ref, length = body
            return None if FORMER.search(" ".join(rest[: len(rest) - length])) else (post, ref)
        linked = _office_of_title(link.previous, lands)
        if linked is not None and not FORMER.search(" ".join(rest)):
            return linked
        return None
    return None


def _land_at_end(words: Sequence[str], lands: Lands) -> tuple[Ref, int] | None:
    """The country or body that `words` end with, as demonym, name or possessive, and how many words it takes."""
    words = list(words)
    possessive = bool(words) and words[-1] == "s"
    if possessive:
        words.pop()
    for count in range(min(4, len(words)), 0, -1):
        text = " ".join(words[-count:])
        ref = lands.demonyms.get(text) or lands.names.get(text)
        if ref is not None:
            return ref, count + possessive
    return None


def _office_of_title(title: str | None, lands: Lands) -> tuple[str, Ref] | None:
    """Read "Minister_of_Foreign_Affairs_(Iran)" as (Foreign Minister, Iran)."""
    if title is None:
        return None
    words = title.replace("_", " ")
    paren = re.match(r"^(.*) \(([^()]+)\)$", words)
    splits = (
        [(paren[1], paren[2])]
        if paren
        else [(words[: m.start()], words[m.end() :]) for m in re.finditer(" of ", words)]
    )
    for office, body in splits:
        post, ref = title_forms().get(plain_text(office)), lands.names.get(plain_text(body).removeprefix("the "))
        if post is not None and ref is not None:
            return post, ref
    return None
