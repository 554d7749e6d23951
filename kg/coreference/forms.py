"""How names and titles are shortened: what may be a shorter form of what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kg.knowledge.titles import same_title
from kg.model import Mention

ROLE_WORDS_DROPPED = frozenset({"former", "ex", "acting", "then"})
RANKS = frozenset({"vice", "deputy", "assistant", "under"})
"""Words that make another post of a post."""
PRIME = frozenset({"prime"})
BELONGING = frozenset({"of", "the", "for"})
"""Before the end of a name: the "Tariff Commission of the State Council" is not the State Council."""

BEHIND = frozenset({"of", "for", "on"})
GOVERNMENT = "government"  # of a country is the country


@lru_cache(maxsize=4096)
def head_of(title: str) -> str:
    """ "Deputy Prime Minister" -> "minister"; "Secretary of State" -> "secretary"."""
    words = title.lower().replace("-", " ").split(" of ")[0].split(" for ")[0].split()
    words = [word for word in words if word not in ROLE_WORDS_DROPPED]
    return words[-1] if words else ""


@lru_cache(maxsize=4096)
def may_be_called(post: str, title: str) -> bool:
    """Whether the bearer of a post may be called by a title: a "Secretary of State" "the secretary".

    No "Vice President" is "the president", and no "Foreign Minister" "the defence minister".
    """
    held, said = _title_words(post), _title_words(title)
    if same_title(post, title):
        return True
    within = said <= held or (held <= said and not (said - held) & PRIME)
    return head_of(post) == head_of(title) and held & RANKS == said & RANKS and within


def _title_words(title: str) -> frozenset[str]:
    return frozenset(title.lower().replace("-", " ").split()) - ROLE_WORDS_DROPPED


def is_tail(words: list[str], name: str) -> bool:
    """Whether `words` end the name, or are its first: "Steve" of "Steve Witkoff"."""
    other = name.split()
    return is_end(words, name) or (len(other) > 1 and words == other[:1])


def is_end(words: list[str], name: str) -> bool:
    """Whether `words` end the name and mean the same: "Commission" of "European Commission"."""
    other = name.split()
    whole = other[:1] == [GOVERNMENT] or not (set(other[-len(words) - 1 : -len(words)]) & BELONGING)
    return 0 < len(words) < len(other) and other[-len(words) :] == words and whole


def is_beginning(words: list[str], name: str) -> bool:
    """Whether the name goes on with what it is about: "Supreme Court" of "Supreme Court of Cassation"."""
    other = name.split()
    return len(words) < len(other) and other[: len(words)] == words and other[len(words)] in BEHIND


class LongNames:
    """What an acronym may stand for: names by their initials, and by where they end."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.by_initials: dict[str, list[Mention]] = defaultdict(list)
        self.by_end: dict[int, list[Mention]] = defaultdict(list)
        for mention in mentions:
            initials = "".join(word[0] for word in mention.text.replace("-", " ").split() if word[0].isupper())
            self.by_initials[initials].append(mention)
            self.by_end[mention.end].append(mention)

    def of(self, short: Mention) -> Iterator[Mention]:
        """By initials, or in parentheses directly after the name with most of its letters among the name's capitals."""
        yield from self.by_initials.get(short.text, ())
        if short.text.isupper():
            for long in self.by_end.get(short.begin - len(" ("), ()):
                capitals = {char for char in long.text if char.isupper()}
                if sum(char in capitals for char in short.text) >= len(short.text) - 1:
                    yield long
