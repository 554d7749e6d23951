"""Chains of names: the same name or entry, a shorter form of a longer name, an acronym and what it stands for."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import count

from kg.coreference.forms import LongNames, is_beginning, is_end, is_tail
from kg.knowledge import normalize_name
from kg.lexicon import read_words
from kg.model import NAME_KINDS, Mention, MentionKind

PERSON = "PER"
HALVES = frozenset({"north", "south", "east", "west"})
BODIES = frozenset({"ORG", "MISC"})
MOST_WORDS = 60
"""Words of a name by whose beginnings and ends it is found; no name has as many."""


class Cluster:
    """A chain while it grows."""

    def __init__(self, mention: Mention, number: int) -> None:
        self.number = number  # how many chains were begun before it
        self.mentions = [mention]
        self.label = mention.label
        self.names = {normalize_name(mention.text)}
        self.candidate = mention.candidates[0] if mention.candidates else None

    def add(self, mention: Mention) -> None:
        """The mention is another one of the same."""
        self.mentions.append(mention)
        if mention.kind in NAME_KINDS:
            self.names.add(normalize_name(mention.text))
            if self.label == "MISC":
                self.label = mention.label

    def titles(self) -> set[str]:
        """Its posts as the text gives them."""
        return {mention.title for mention in self.mentions if mention.title}

    def before(self, begin: int) -> Iterable[Mention]:
        """Its mentions before that offset, but for pronouns."""
        return (
            mention for mention in self.mentions if mention.begin < begin and mention.kind is not MentionKind.PRONOUN
        )

    def subjects_before(self, pronoun: Mention) -> Iterable[Mention]:
        """What a pronoun may take up: names, roles, and other pronouns for the same ("He … . He … his")."""
        return [mention for mention in self.mentions if mention.begin < pronoun.begin]


class NamedClusters:
    """The chains of an article's names, and where to find them."""

    def __init__(self) -> None:
        self.items: list[Cluster] = []
        self.numbers = count()
        self.by_candidate: dict[str, Cluster] = {}
        self.by_name: dict[str, list[Cluster]] = defaultdict(list)
        self.by_part: dict[str, set[Cluster]] = defaultdict(set)  # by the beginnings and ends of names

    def add_name(self, mention: Mention) -> None:
        """Names come longest first, so that a short form finds its full form."""
        name = normalize_name(mention.text)
        found = self._same_name(mention, name) or self._same_candidate(mention) or self._short_form(mention, name)
        if found is None:
            found = self.begin(mention)
        else:
            found.add(mention)
        if found not in self.by_name[name]:
            self.by_name[name].append(found)
            self.by_name[name].sort(key=lambda cluster: cluster.number)
            words = name.split()[:MOST_WORDS]
            for i in range(1, len(words)):
                self.by_part[" ".join(words[:i])].add(found)
                self.by_part[" ".join(words[i:])].add(found)

    def begin(self, mention: Mention) -> Cluster:
        """A new chain with this mention."""
        cluster = Cluster(mention, next(self.numbers))
        self.items.append(cluster)
        if cluster.candidate is not None:
            self.by_candidate.setdefault(cluster.candidate, cluster)
        return cluster

    def _same_name(self, mention: Mention, name: str) -> Cluster | None:
        top = mention.candidates[0] if mention.candidates else None
        for cluster in self.by_name[name]:
            # "Negotiating with Kyiv", "wounded in Kyiv": a name may stand for its government here and not there.
            otherwise = cluster.candidate != top and cluster.candidate in mention.candidates
            if cluster.candidate == top or (cluster.label == mention.label and not otherwise):
                return cluster
        return None

    def _same_candidate(self, mention: Mention) -> Cluster | None:
        return self.by_candidate.get(mention.candidates[0]) if mention.candidates else None

    def _short_form(self, mention: Mention, short: str) -> Cluster | None:
        """ "Witkoff" after "Steve Witkoff"; "State Department" after "US State Department"; "the North" of Korea."""
        words = short.split()
        sharing = self.by_part[short]
        if len(words) == 1 and words[0] in HALVES:
            fits = [c for c in sharing if c.label == "LOC" and any(name.startswith(f"{words[0]} ") for name in c.names)]
        elif mention.label == PERSON or (mention.label == "MISC" and len(words) == 1):
            fits = [c for c in sharing if c.label == PERSON and any(is_tail(words, name) for name in c.names)]
        elif len(words) > 1 or (words[:1] and words[0] in read_words("bodies.txt")):
            bodies = [c for c in sharing if c.label in BODIES]
            fits = [c for c in bodies if any(is_end(words, name) for name in c.names)]
            fits = fits or [c for c in bodies if any(is_beginning(words, name) for name in c.names)]
        else:
            return None
        return fits[0] if len(fits) == 1 else None

    def join_acronyms(self) -> None:
        """ "KCNA" and "Korean Central News Agency": initials of a longer name of the same article."""
        at = {(m.begin, m.end): c for c in self.items for m in c.mentions}
        longer = LongNames(m for c in self.items for m in c.mentions)
        for short in [c for c in self.items if any(m.text.isupper() and " " not in m.text for m in c.mentions)]:
            named = (at[long.begin, long.end] for m in short.mentions for long in longer.of(m))
            fits = [c for c in named if c is not short and c.label in BODIES and short.label in BODIES]
            if fits:
                long = min(fits, key=lambda cluster: cluster.number)
                for mention in short.mentions:
                    long.add(mention)
                    at[mention.begin, mention.end] = long
                self.items.remove(short)
                self.by_candidate.pop(short.candidate or "", None)
