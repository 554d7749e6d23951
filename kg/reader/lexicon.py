"""Which tags a word form can have, the likeliest first.

Sources in order: `tag_lexicon.tsv` (forms seen in the training treebanks), lemminflect's word list with the order of
its ambiguity classes in `tag_classes.tsv` (after Kupiec 1992), and the ending's usual tags in `tag_endings.tsv`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import lemminflect

from kg.reader.tagset import CLOSED, TAG_ID
from kg.reader.wordlists import table

CACHED_FORMS = 1 << 16
"""Word types kept in memory: more than a thousand articles have."""

LONGEST_WORD = 40
"""Longer forms are no words: they are not looked up."""

LONGEST_ENDING = 4
NUMBER = re.compile(r"[+-]?[\d٠-٩][\d.,:/’'-]*|\d+(?:st|nd|rd|th)s?")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
DECADE = re.compile(r"[’']?\d+0['’]?s")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|\S+\.(?:com|org|net|gov|edu)(?:/\S*)?")
TWINS = {"VERB.VBG": "VERB.GER", "VERB.VB": "VERB.IMP"}
"""Forms that always look the same."""

SYMBOLS = frozenset("$€£¥₽₴₹₪%+=<>|~^&*#@°§©®™/")

SHAPES = {"other": 0, "lower": 1, "capital": 2, "capitals": 3, "digits": 4, "opening": 5}
"""`opening`: a capital where every word would have one (at the start of a sentence, in a headline)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordForm:
    """What the tagging rules know of a form before they look at its neighbours."""

    tags: tuple[int, ...]  # possible tag ids, likeliest first
    mask: int  # the same as bits
    shape: int
    common: bool  # known to be an ordinary word when written in lower case


@lru_cache(maxsize=CACHED_FORMS)
def word_form(form: str, opening: bool) -> WordForm:
    """Analyse `form`; `opening` says that its capital means nothing where it stands."""
    tags = _tags(form, opening)
    ids = tuple(TAG_ID[tag] for tag in tags)
    return WordForm(
        tags=ids, mask=sum(1 << tag for tag in ids), shape=_shape(form, opening), common=is_common(form.lower())
    )


def may_be(form: str, tag: str) -> bool:
    """Does the lexicon allow the rule tag `tag` for `form`?"""
    return bool(word_form(form, False).mask >> TAG_ID[tag] & 1)


def is_common(lower: str) -> bool:
    """Is `lower` an ordinary word of English?"""
    return lower in _lexicon() or bool(known_tags(lower))


def _shape(form: str, opening: bool) -> int:
    if any(character.isdigit() for character in form):
        return SHAPES["digits"]
    if not form[:1].isupper():
        return SHAPES["lower" if form[:1].isalpha() else "other"]
    if opening:
        return SHAPES["opening"]
    return SHAPES["capitals" if len(form) > 1 and form.isupper() else "capital"]


def _tags(form: str, opening: bool) -> tuple[str, ...]:
    lower = form.lower().replace("’", "'")
    fixed = _without_letters(form)
    if fixed and lower not in _lexicon():
        return fixed
    usual = _lexicon().get(lower) or known_tags(lower)
    if not form[:1].isupper():
        return usual or _ending_tags(lower)
    as_name = _lexicon().get(f"^{form}", ())
    if opening:
        if usual:
            return _merge(usual, as_name, ("PROPN",))
        return _merge(as_name, ("PROPN",), _ending_tags(lower))
    if as_name:
        return _merge(as_name, ("PROPN",), usual)
    if usual and usual[0] in CLOSED and not form.isupper():
        return _merge(usual, ("PROPN",))
    return _merge(("PROPN",), usual or _ending_tags(lower))


def _merge(*lists: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for tags in lists for tag in tags))


def _without_letters(form: str) -> tuple[str, ...]:
    """Tags of numbers, punctuation, symbols and addresses; () for words."""
    if len(form) > LONGEST_WORD or ADDRESS.fullmatch(form):
        return ("X", "PROPN", "NOUN")
    if ORDINAL.fullmatch(form):
        return ("ADJ", "NOUN", "ADV")
    if DECADE.fullmatch(form):
        return ("NOUN", "NUM")
    if NUMBER.fullmatch(form):
        return ("NUM", "X", "NOUN")
    if any(character.isalnum() for character in form):
        return ("PROPN", "NOUN", "NUM") if any(character.isdigit() for character in form) else ()
    if any(character in SYMBOLS for character in form) and not form.isspace():
        return ("SYM", "PUNCT", "NOUN")
    return ("PUNCT", "SYM")


def known_tags(lower: str) -> tuple[str, ...]:
    """Tags that lemminflect's word list allows for `lower`, likeliest first; () if it does not know the form."""
    possible = word_list_tags(lower)
    if not possible:
        return ()
    return _classes().get("|".join(sorted(possible)), possible)


@lru_cache(maxsize=CACHED_FORMS)
def word_list_tags(lower: str) -> tuple[str, ...]:
    """Tags that lemminflect's word list allows, sorted by name."""
    if len(lower) > LONGEST_WORD:
        return ()
    tags = set[str]()
    for upos, lemmas in lemminflect.getAllLemmas(lower).items():
        if upos in {"VERB", "AUX"}:
            tags.update(_verb_tags(lower, lemmas))
        elif upos in TAG_ID:
            tags.add(upos)
    return tuple(sorted(tags))


def _verb_tags(lower: str, lemmas: tuple[str, ...]) -> set[str]:
    tags = set[str]()
    for lemma in lemmas:
        inflections = lemminflect.getAllInflections(lemma, upos="VERB")
        past = inflections.get("VBD", ())
        # lemminflect leaves out participles that look like the past tense
        for form, spellings in {"VBN": past, **inflections}.items():
            if lower in spellings:
                tags.add(f"VERB.{form}")
    tags.update(twin for tag, twin in TWINS.items() if tag in tags)
    return {tag for tag in tags if tag in TAG_ID}


def ending_of(lower: str, length: int) -> str:
    """The key under which `tag_endings.tsv` keeps the last `length` letters."""
    return lower[-length:] if len(lower) > length else f"^{lower}"


def _ending_tags(lower: str) -> tuple[str, ...]:
    for length in range(LONGEST_ENDING, 0, -1):
        found = _endings().get(ending_of(lower, length))
        if found:
            return found
    return ("NOUN", "PROPN", "ADJ", "VERB.VB")


def _tag_table(name: str) -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1].split(" ")) for row in table(name)}


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[str, ...]]:
    return _tag_table("tag_lexicon.tsv")


@lru_cache(maxsize=1)
def _classes() -> dict[str, tuple[str, ...]]:
    return _tag_table("tag_classes.tsv")


@lru_cache(maxsize=1)
def _endings() -> dict[str, tuple[str, ...]]:
    return _tag_table("tag_endings.tsv")
