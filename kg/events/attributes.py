"""Numbers and labels that stand with an event: ordinals, the dead and wounded, prisoners exchanged, sums of money."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import islice

from spacy.tokens import Doc, Span, Token

from kg.clauses import MOST_CHILDREN
from kg.lexicon import read_pairs, read_rows
from kg.model import Amount, TimeExpression, Value

DURATION_REACH = 70  # characters: "met for nearly three hours … without a ceasefire" is not the ceasefire's
MAX_DIGITS = 12  # longer counts are no people; int() refuses 4,300 digits and stores keep 18
TIMES_REACH = 16  # tokens from a verb to "for the sixth time"
LONG = frozenset({"months", "years", "decades", "weeks"})
ORDINAL_REACH = 5  # "their sixth publicly acknowledged phone call"
LETHAL = frozenset({"Attack", "Casualty", "Disaster", "Invasion", "Conflict", "Protest"})
PAID = frozenset({"MilitaryAid", "HumanitarianAid", "EconomicAid", "Transaction", "AidSuspension"})
HELD = frozenset({"PrisonerExchange", "Release", "Arrest", "Displacement"})
COUNTED = HELD | {"MilitaryAid", "HumanitarianAid"}
MEASURES = frozenset(
    {"day", "week", "month", "year", "ton", "tonne", "kilogram", "litre", "percent", "euro", "dollar", "pound"}
)
ABOUT = frozenset({"obj", "nsubj:pass"})
LASTING = frozenset({"PhoneCall", "Meeting", "Negotiation", "Ceasefire"})
ORDERED = frozenset({"PhoneCall", "Meeting", "Negotiation", "Sanction", "Visit", "PrisonerExchange"})

_NUMBER = r"(?P<n>(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+(?= million))?|[a-z]+(?:-[a-z]+)?)(?: million| thousand| hundred)?)"
_LESS = r"(?:at least |about |around |nearly |more than |over |some |up to |an estimated |almost |as many as )?"
_PEOPLE = (
    r"people|person|civilians|soldiers|children|troops|persons|others|men|women|residents|of them"
    r"|Palestinians|Israelis|Ukrainians|Russians|Iranians"
)
_AMONG = r"(?:, (?:including|among|most|many|some|mostly|mainly|all|half)\b[^.;]{3,80}?,)?"
_WHO = rf"(?: (?:other |more )?(?:{_PEOPLE}))?{_AMONG}"
_NOBODY = (
    r"(?:days?|hours?|weeks?|months?|years?|minutes?|of|in|and|after|as|when|where|who|which|that|the|an?|many|some"
    r"|several|most|January|February|March|April|May|June|July|August|September|October|November|December)"
)
_ANYBODY = rf"(?: (?!{_NOBODY}\b)[A-Za-z’'-]+){{1,4}}"
_BE = r"(?:were|was|is|are|have been|has been|had been|are reported|reportedly)"
_HAVE = r"(?:have|has|had)(?: also| already| now| so far)?"
_DIED = r"(?:died|drowned|perished)"
_GROWS = (  # "the death toll from the collapse has since risen to"
    r"[^.;]{0,90}? (?:rises|rose|risen|increases|increased|climbs|climbed|grows|grew|grown|jumps|jumped|stands|stood)"
    r" (?:to|at)"
)
_KILLED = (
    re.compile(rf"\b(?:kill|kills|killed|killing)\s+{_LESS}{_NUMBER}\b", re.I),
    re.compile(
        rf"\b{_NUMBER}{_WHO} (?:{_BE} )?(?:killed|(?:shot |found |confirmed |reported )?dead|(?:{_HAVE} )?{_DIED})\b",
        re.I,
    ),
    re.compile(rf"\b(?={_NUMBER}{_ANYBODY} (?:{_BE} (?:also )?(?:shot )?killed|(?:{_HAVE} )?{_DIED})\b)", re.I),
    re.compile(rf"\bdeaths? of {_LESS}{_NUMBER}\b", re.I),
    re.compile(rf"\bdeath toll (?:of|at|to) {_LESS}{_NUMBER}\b", re.I),
    re.compile(
        rf"\b(?:death toll|toll|number of (?:deaths|dead|fatalities|people killed))\b{_GROWS} {_LESS}{_NUMBER}\b", re.I
    ),
)
_WOUNDED = (
    re.compile(rf"\b(?:wound|wounds|wounded|wounding|injure|injures|injured|injuring)\s+{_LESS}{_NUMBER}\b", re.I),
    re.compile(rf"\b{_NUMBER}{_WHO} (?:{_BE} )?(?:wounded|injured|hurt)\b", re.I),
    re.compile(rf"\b(?:injury count|number of (?:injured|wounded|injuries))\b{_GROWS} {_LESS}{_NUMBER}\b", re.I),
    re.compile(
        rf"\b(?={_NUMBER}{_ANYBODY} (?:were|are|have been|had been) (?:[a-z]+ly )?(?:wounded|injured|hurt)\b)", re.I
    ),
)
_HELD = r"prisoners?|captives|detainees|hostages|soldiers|pows|people|migrants"
_CAPTIVES = re.compile(rf"\b{_NUMBER}(?: [a-z-]+)?(?: [a-z-]+)? (?:{_HELD})\b", re.I)
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_SIGNED = (
    rf"(?P<sign>US\$|A\$|C\$|[$€£¥])\s?(?P<n>{_DIGITS})\s?-?(?P<scale>thousand|million|billion|trillion|m|bn|tn)?\b"
)
_SPELLED = r"one|two|three|four|five|six|seven|eight|nine|ten"
_NAMED = rf"\b(?P<n2>{_DIGITS}|{_SPELLED})\s(?P<scale2>thousand|million|billion|trillion)\s"
_SCALES = {"hundred": 2, "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9, "tn": 12, "trillion": 12}


def attributes_of(
    doc: Doc, span: Span, start: int, event_type: str, times: Sequence[TimeExpression]
) -> Iterator[tuple[str, Value]]:
    """(property, value) pairs of the event whose trigger begins at `start`. `times` are those of its sentence."""
    text = span.text
    if event_type in ORDERED:
        ordinal = _ordinal(doc, span, start)
        if ordinal is not None:
            yield "ordinal", ordinal
    if event_type in LETHAL:
        yield from casualties(text)
    if event_type in COUNTED:
        match = _CAPTIVES.search(text) if event_type in HELD else None
        count = _number(match["n"]) if match else None
        if count is not None:
            yield "count", count
        elif (told := _told_of(doc[start])) is not None:
            yield "count", told
    if event_type in PAID:
        amount = money(text)
        if amount is not None:
            yield "amount", amount
    if event_type in LASTING:
        trigger = doc[start].idx
        near = [t for t in times if t.duration is not None and abs(t.begin - trigger) <= DURATION_REACH]
        if len(near) == 1 and near[0].duration is not None:
            yield "duration", near[0].duration


def _told_of(verb: Token) -> int | None:
    """How many things a verb is about: "447 generators were delivered", "evacuated 300 villagers"."""
    about = (child for child in islice(verb.children, MOST_CHILDREN) if child.dep_ in ABOUT and child.pos_ == "NOUN")
    for noun in (noun for noun in about if noun.lemma_ not in MEASURES):
        for number in (child for child in islice(noun.lefts, MOST_CHILDREN) if child.dep_ == "nummod"):
            return _number(" ".join(token.text for token in (*number.lefts, number) if token.pos_ == "NUM"))
    return None


def money(text: str) -> Amount | None:
    """The first sum of money in a text."""
    match = _money().search(text)
    if match is None:
        return None
    digits, scale = (match["n"], match["scale"]) if match["n"] else (match["n2"], match["scale2"])
    currency = read_pairs("currencies.tsv")[(match["sign"] or match["name"]).lower()]
    number = _cardinals().get(digits.lower(), digits.replace(",", ""))
    value = Decimal(number).scaleb(_SCALES[scale.lower()] if scale else 0)
    return Amount(value=value, currency=currency)


@cache
def _money() -> re.Pattern[str]:
    names = sorted((name for name in read_pairs("currencies.tsv") if name[-1].isalpha()), key=len, reverse=True)
    return re.compile(rf"{_SIGNED}|{_NAMED}(?P<name>{'|'.join(map(re.escape, names))})\b", re.I)


def casualties(text: str) -> Iterator[tuple[str, Value]]:
    """("killed", n) and ("wounded", n) where the text counts them."""
    for name, patterns in (("killed", _KILLED), ("wounded", _WOUNDED)):
        for pattern in patterns:
            numbers = [number for match in pattern.finditer(text) if (number := _number(match["n"])) is not None]
            if numbers:
                yield name, numbers[0]
                break


def _ordinal(doc: Doc, span: Span, start: int) -> int | None:
    """The ordinal before an event noun, or of "for the sixth time".

    "The first since 2022", "the first such call in five months" numbers nothing.
    """
    found = _counted(doc, span, start)
    if found != 1:
        return found
    again = any(token.lower_ == "since" for token in doc[start : min(span.end, start + ORDINAL_REACH)])
    such = any(token.lower_ == "such" for token in doc[max(span.start, start - ORDINAL_REACH) : start])
    after = [token.lower_ for token in doc[start : min(span.end, start + ORDINAL_REACH)]]
    within = any(one == "in" and other in LONG for one, other in zip(after, [*after[2:], ""], strict=False))
    return None if again or such or within else found


def _counted(doc: Doc, span: Span, start: int) -> int | None:
    words = ordinals()
    for i in range(start + 1, min(span.end - 1, start + TIMES_REACH)):
        if doc[i + 1].lower_ == "time" and doc[i].lower_ in words:
            return words[doc[i].lower_]  # "spoke … for the sixth time"
    for i in range(start - 1, max(span.start, start - 1 - ORDINAL_REACH) - 1, -1):
        token = doc[i]
        if token.lower_ in words:
            return words[token.lower_] if token.pos_ != "ADV" else None  # "he first spoke with"
        # "the third planned call", "publicly known"; "the first round had led to an exchange" numbers no exchange
        participle = token.dep_ == "amod" or doc[i - 1].pos_ == "ADV"
        if token.pos_ in {"VERB", "PUNCT", "PRON"} and not participle:
            return None
    return None


@cache
def ordinals() -> dict[str, int]:
    """Word → number: "second", "2nd"."""
    named = {row[0]: int(row[1]) for row in read_rows("numbers.tsv") if row[2] == "ordinal"}
    suffixed = {f"{n}{_suffix(n)}": n for n in range(1, 100)}
    return {**suffixed, **named}


def _suffix(n: int) -> str:
    if n % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")


@cache
def _cardinals() -> dict[str, int]:
    return {row[0]: int(row[1]) for row in read_rows("numbers.tsv") if row[2] == "cardinal"}


def _number(word: str) -> int | None:
    """ "1,200", "twenty-six" or "2.5 million" as an integer; None for a word that is no number ("some", "dozens")."""
    plain, _, scale = word.replace(",", "").lower().partition(" ")
    if scale:
        if scale not in _SCALES:
            return None
        number = Decimal(plain) if plain.replace(".", "", 1).isdecimal() else _number(plain)
        return None if number is None or len(plain) > MAX_DIGITS else int(Decimal(number).scaleb(_SCALES[scale]))
    if plain.isdecimal():
        return int(plain) if len(plain) <= MAX_DIGITS else None
    parts = [_cardinals().get(part) for part in plain.split("-")]
    return sum(part for part in parts if part is not None) if all(part is not None for part in parts) else None
