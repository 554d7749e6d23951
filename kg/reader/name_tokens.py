"""Which tokens belong to names.

A token is part of a name if it is capitalised where a capital means something; where it means nothing (at the start
of a sentence, in a headline) the rest of the document decides, then whether the word is an ordinary one.
After Mikheev 2002, "Periods, Capitalized Words, etc.", section 5 (document-centred disambiguation).
"""

from functools import cache, lru_cache

from kg.reader.lexicon import is_common, may_be
from kg.reader.name_labels import Source
from kg.reader.tagset import CLOSED
from kg.reader.wordlists import words

HYPHENS = frozenset("-‐‑")
SYMBOLS = frozenset("$€£¥%@#+=")
ARTICLES = frozenset(
    {"al", "el", "as", "ash", "ad", "ar", "at", "ul", "an", "bar", "ben", "ez", "az", "es", "et", "er", "en", "ed"}
)
DIRECTIONS = frozenset({"North", "South", "East", "West"})
LONGEST_LISTED = 6
MIXED_CASE = 4
"""Letters that a word like "rescEU" needs to count as a name although it begins in lower case."""


@cache
def listed_names() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Listed names of several tokens, by first token, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name in sorted(words("places") | words("more_places") | words("groups") | words("demonyms")):
        tokens = tuple(name.replace("-", " - ").split())
        if 1 < len(tokens) <= LONGEST_LISTED:
            found.setdefault(tokens[0], []).append(tokens)
    for name in sorted(words("organizations")):
        tokens = tuple(name.replace("-", " - ").split())
        if len(tokens) > 1:
            found.setdefault(tokens[0], []).append(tokens)
    return {first: tuple(sorted(names, key=lambda tokens: (-len(tokens), tokens))) for first, names in found.items()}


class NameTokens:
    """A text's capitals. `part[i]`: token i belongs to a name; `glued[i]`: it cannot be parted from the one before;
    `alone`: forms that stand without a hyphen beside them somewhere.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.texts = source.texts
        self.seen = self._seen()
        self.part = [self._is_part(index, source.loud[index]) for index in range(len(source.texts))]
        self.glued = [False] * len(source.texts)
        self._mark_listed()
        self._mark_articles()
        self._mark_directions()
        self.alone = frozenset(
            text
            for index, text in enumerate(self.texts)
            if text in self.seen and HYPHENS.isdisjoint(self.texts[max(0, index - 1) : index + 2])
        )

    def is_part_at(self, index: int) -> bool:
        """Is there a token `index`, in the same sentence as the one before, that belongs to a name?"""
        return index < len(self.texts) and self.part[index] and not self.source.starts[index]

    def _seen(self) -> frozenset[str]:
        """Forms that bear a capital where it means something."""
        source = self.source
        return frozenset(
            text
            for text, free, tag in zip(source.texts, source.free, source.tags, strict=True)
            if text[0].isupper() and not free and tag not in CLOSED and not nameless(text)
        )

    def _is_part(self, index: int, loud: bool) -> bool:
        text, tag = self.texts[index], self.source.tags[index]
        if not text[0].isupper():
            return _mixed_case(text)
        if nameless(text):
            return self._behind_given_name(index) if len(text) > 1 else self._is_initial(index)
        if text in words("name_prefixes") and self.texts[index + 1 : index + 2] and self.texts[index + 1] in HYPHENS:
            return False
        if not self.source.free[index]:
            return (tag not in CLOSED and not self._emphasis(index)) or self._beside_name(index)
        if loud:
            return text in self.seen or text.title() in self.seen or not is_common(text.lower())
        if tag in CLOSED:
            return False
        if text in words("given_names") and self._before_unusual(index):
            return True
        if len(text) > 1 and text.isupper():
            return not self._emphasis(index)
        if text in words("organizations") and self.source.tags[index + 1 : index + 2]:
            return self.source.tags[index + 1].startswith(("VERB.VB", "AUX", "PART")) or text in self.seen
        known = text in self.seen or not is_common(text.lower()) or text in words("demonyms")
        return known or (text in words("leaders") and self._acts(index + 1))

    def _before_unusual(self, index: int) -> bool:
        """Is the next token capitalised and no ordinary word?"""
        after = self.texts[index + 1 : index + 2]
        inside = after != [] and not self.source.starts[index + 1]
        return inside and after[0][0].isupper() and not is_common(after[0].lower())

    def _is_initial(self, index: int) -> bool:
        return self.texts[index] not in {"A", "I"} and not self.source.free[index] and self._before_unusual(index)

    def _acts(self, index: int) -> bool:
        """Does a verb stand at `index`, so that what is before it may be a surname: "Trump meets Putin"?"""
        if self.source.tags[index : index + 1] == [] or self.source.starts[index]:
            return False
        if self.source.tags[index].startswith(("VERB", "AUX", "PART")):
            return True
        after = self.texts[index + 1 : index + 2]
        return may_be(self.texts[index], "VERB.VBZ") and after != [] and after[0][0].isupper()

    def _emphasis(self, index: int) -> bool:
        """Is this an ordinary word in capitals ("VERY")?"""
        text = self.texts[index]
        ordinary = len(text) > 1 and text.isupper() and is_common(text.lower()) and text not in words("organizations")
        return ordinary and self.source.tags[index] != "PROPN"

    def _beside_name(self, index: int) -> bool:
        """Is this a surname that looks like a function word: "James To", "He Lifeng"?"""
        text = self.texts[index]
        if self.source.tags[index] == "DET" or text in {"I", "The", "And"} or text.isupper():
            return False
        return self._behind_given_name(index) or self._before_unusual(index)

    def _behind_given_name(self, index: int) -> bool:
        return index > 0 and not self.source.starts[index] and self.texts[index - 1] in words("given_names")

    def _mark_articles(self) -> None:
        """Join "al", "-", "Sadr"."""
        for index in range(len(self.texts) - 2):
            article = self.texts[index].lower() in ARTICLES and self.texts[index + 1] in HYPHENS
            if article and self.part[index + 2] and not any(self.source.gaps[index + 1 : index + 3]):
                self.part[index : index + 2] = [True, True]
                self.glued[index + 1 : index + 3] = [True, True]

    def _mark_directions(self) -> None:
        """ "West" belongs to "Kowloon West" and "West Bengal", but "the West" is no name."""
        for index, text in enumerate(self.texts):
            if text in DIRECTIONS and not self.part[index]:
                after = self.is_part_at(index + 1) and not self.source.free[index]
                before = index > 0 and self.part[index - 1] and not self.source.starts[index]
                self.part[index] = after or before

    def _mark_listed(self) -> None:
        listed = listed_names()
        for index, text in enumerate(self.texts):
            for tokens in listed.get(text, ()):
                end = index + len(tokens)
                if tuple(self.texts[index:end]) == tokens and not any(self.source.starts[index + 1 : end]):
                    self.part[index:end] = [True] * len(tokens)
                    self.glued[index + 1 : end] = [True] * (len(tokens) - 1)
                    break


@lru_cache(maxsize=1 << 14)
def nameless(text: str) -> bool:
    """Is `text` capitalised but no name: a day, a month, "CEO", "US$"?"""
    return text in words("not_names") or text in words("calendar") or not SYMBOLS.isdisjoint(text)


def _mixed_case(text: str) -> bool:
    """Is this a lower-case word with capitals inside, like "rescEU" or "iPhone"?"""
    return len(text) >= MIXED_CASE and text.isalpha() and not text.islower() and text[0].islower()


def is_place(text: str) -> bool:
    """Is `text` a listed place?"""
    return text in words("places") or text in words("more_places")


def is_listed(text: str) -> bool:
    """Is `text` a listed place, people or organization?"""
    return is_place(text) or is_group(text) or text in words("organizations")


def is_group(text: str) -> bool:
    """Is `text` a listed people, faith or party following?"""
    return text in words("demonyms") or text in words("groups")
