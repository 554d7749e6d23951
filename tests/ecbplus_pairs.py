"""What speaks for two mentions being one event: numbers for every pair of mentions in a pool of articles.

The pool is what is compared at a time (ECB+: a topic). Words are weighted by how rare they are in it. Nothing here
needs trees or a network: a `Telling` is what the reader left of a mention, an article is a list of its words.
Of N mentions there are N(N-1)/2 pairs, in the order of `numpy.triu_indices(N, 1)`.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from os.path import commonprefix

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

Floats = NDArray[np.float64]
Rarity = Callable[[str], float]

STORIES = 2
"""Groups that the articles of a pool are parted into: a topic of ECB+ tells of two occasions. A pool of another kind
needs another number: with none (`parted=1`) the model loses 1.4 points of CoNLL F1."""

COMPARED_ROLES = ("ARG0", "ARG1", "ARG2", "ARGM-LOC", "ARGM-TMP")
LAST_PLACE, EARLY_PLACE = 20, 10
"""Sentences further down count as this one: the latter of a pair, and the former."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One mention of an event with its surroundings; all words are lower-case lemmas."""

    article: int  # index into the pool's articles
    sentence: int
    word: str  # of the trigger's head
    words: frozenset[str]  # of the whole trigger
    tag: str  # UPOS of the head
    context: tuple[str, ...]  # content words of the sentence outside the trigger
    names: frozenset[str]  # words of names in the sentence
    numbers: frozenset[str]
    roles: Mapping[str, frozenset[str]]  # PropBank role → words of its fillers
    beside: frozenset[str]  # content words that hang on the head, or that it hangs on


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledArticle:
    """The content words of one article, without the commonest; `lead` are those of its first sentences."""

    words: tuple[str, ...]
    lead: tuple[str, ...]
    names: tuple[str, ...]  # of names and numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTable:
    """What training said of words: log odds that two mentions in like articles are one event.

    Attributes:
        alike: of a pair of different words in alphabetical order, above what is usual for such pairs.
        same: of one word, both times.
    """

    alike: Mapping[tuple[str, str], float]
    same: Mapping[str, float]


def pair_features(
    tellings: Sequence[Telling],
    articles: Sequence[PooledArticle],
    table: WordTable,
    rarity: Rarity,
    parted: int = STORIES,
) -> dict[str, Floats]:
    """Feature → its values for all pairs. `rarity` is the inverse document frequency in everything that was read."""
    size = len(tellings)
    pairs = np.triu_indices(size, 1)
    found = article_features(tellings, articles, parted)
    local = rarity_in([article.words for article in articles])
    contexts = [telling.context for telling in tellings]
    found["sentence words"] = cosines(weighted(contexts, local))[pairs]
    found["sentence words, by all texts"] = cosines(weighted(contexts, rarity))[pairs]
    often = Counter(telling.word for telling in tellings)
    rows: dict[str, list[float]] = {}
    for a, b in zip(*(index.tolist() for index in pairs), strict=True):
        one, other = tellings[a], tellings[b]
        values = {
            **word_features(one, other, table, rarity, local),
            **argument_features(one, other, rarity, local),
            "more frequent word": math.log(max(often[one.word], often[other.word])),
            "rarer word": math.log(min(often[one.word], often[other.word])),
            "same sentence": float((one.article, one.sentence) == (other.article, other.sentence)),
            "earlier place": float(min(one.sentence, other.sentence, EARLY_PLACE)),
            "later place": float(min(max(one.sentence, other.sentence), LAST_PLACE)),
            "words of the shorter sentence": math.log(1 + min(len(one.context), len(other.context))),
        }
        for name, value in values.items():
            rows.setdefault(name, []).append(value)
    return found | {name: np.array(values) for name, values in rows.items()}


def article_features(
    tellings: Sequence[Telling], articles: Sequence[PooledArticle], parted: int = STORIES
) -> dict[str, Floats]:
    """How alike the articles of two mentions are: by all words, by the lead, by names, and in what else they resemble.

    The last is the cosine of their rows of likenesses to all articles: two that resemble the same ones tell one story.
    """
    place = np.array([telling.article for telling in tellings])
    pairs = np.triu_indices(len(tellings), 1)
    whole, lead, names = (
        cosines(weighted(bags, rarity_in(bags)))
        for bags in (
            [article.words for article in articles],
            [article.lead for article in articles],
            [article.names for article in articles],
        )
    )
    both = (whole + lead) / 2
    resembling = cosines(both - both.mean(axis=0))
    stories = parted_into(resembling, parted)
    tables = {
        "article words": whole,
        "lead words": lead,
        "article names": names,
        "articles resemble the same": resembling,
        "same story": (stories[:, None] == stories[None, :]).astype(float),
        "same article": np.eye(len(articles)),
    }
    return {name: values[np.ix_(place, place)][pairs] for name, values in tables.items()}


def parted_into(likeness: Floats, parts: int) -> NDArray[np.int64]:
    """Cluster number of each article: average linkage on 1 − likeness, cut into `parts`."""
    if len(likeness) < 2:
        return np.ones(len(likeness), dtype=np.int64)
    distance = np.clip(1 - (likeness + likeness.T) / 2, 0, None)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average")
    return np.asarray(fcluster(tree, parts, "maxclust"), dtype=np.int64)


def word_features(one: Telling, other: Telling, table: WordTable, rarity: Rarity, local: Rarity) -> dict[str, float]:
    """What the two triggers themselves say."""
    first, second = sorted((one.word, other.word))
    rare = sorted((rarity(first), rarity(second)))
    same = first == second
    shared = len(commonprefix([first, second]))  # noqa: RUF071 - characters are what is meant
    return {
        "same word": float(same),
        "shared trigger words": len(one.words & other.words) / len(one.words | other.words),
        "head in the other trigger": float(one.word in other.words or other.word in one.words),
        "shared beginning": shared / max(len(first), len(second)),
        "rarity of the commoner word": rare[0],
        "rarity of the other word": rare[1],
        "rarity in the pool": min(local(first), local(second)),
        "words known to be alike": 0.0 if same else table.alike.get((first, second), 0.0),
        "word known to recur": table.same.get(first, 0.0) if same else 0.0,
        "same part of speech": float(one.tag == other.tag),
        "verbs": float((one.tag == "VERB") + (other.tag == "VERB")),
    }


def argument_features(one: Telling, other: Telling, rarity: Rarity, local: Rarity) -> dict[str, float]:
    """What their sentences and their roles share."""
    mine, theirs = (frozenset[str]().union(*telling.roles.values()) for telling in (one, other))
    found = {
        "shared names": share(one.names, other.names, local),
        "one without names": float(not (one.names and other.names)),
        "numbers": agreement(one.numbers, other.numbers),
        "shared arguments": share(mine, theirs, rarity),
        "one without arguments": float(not (mine and theirs)),
        "shared neighbours": share(one.beside, other.beside, rarity),
        "one without neighbours": float(not (one.beside and other.beside)),
    }
    nothing = frozenset[str]()
    for role in COMPARED_ROLES:
        found[role] = agreement(one.roles.get(role, nothing), other.roles.get(role, nothing))
    return found


def share(one: Set[str], other: Set[str], rarity: Rarity) -> float:
    """Weight of the common words in that of the lighter set, 0 to 1."""
    least = min(sum(map(rarity, sorted(one))), sum(map(rarity, sorted(other))))
    return sum(map(rarity, sorted(one & other))) / least if least > 0 else 0.0


def agreement(one: Set[str], other: Set[str]) -> float:
    """1 if two sets share something, −1 if both hold something else, 0 if one holds nothing."""
    return 0.0 if not (one and other) else 1.0 if one & other else -1.0


def rarity_in(bags: Sequence[Sequence[str]]) -> Rarity:
    """Log of how few of the bags hold a word."""
    holding = Counter(word for bag in bags for word in set(bag))
    size = 1 + len(bags)
    return lambda word: math.log(size / holding.get(word, 1))


def weighted(bags: Sequence[Sequence[str]], rarity: Rarity) -> Floats:
    """TF-IDF: a row a bag, a column a word, logarithmic counts."""
    columns = {word: place for place, word in enumerate(sorted({word for bag in bags for word in bag}))}
    table = np.zeros((len(bags), len(columns)))
    for row, bag in enumerate(bags):
        for word, count in Counter(bag).items():
            table[row, columns[word]] = (1 + math.log(count)) * rarity(word)
    return table


def cosines(rows: Floats) -> Floats:
    """Cosine of every two rows; 0 beside an empty one."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    unit = rows / np.maximum(norms, 1e-9)
    return unit @ unit.T  # type: ignore[no-any-return]
