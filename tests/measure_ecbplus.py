"""Measure which event mentions of different articles are one event, on ECB+, within topic.

python tests/measure_ecbplus.py --data ../shared/data [--show] [--vectors]

CoNLL F1 (mean of MUC, B³, CEAF-e by scorch; key and response of all topics together) of the checked mentions of topics
1 to 35, given ("gold"), and of our own triggers ("end to end", in checked sentences). The model is learned on four
fifths of the topics and applied to the fifth. Folds are by topic; threshold and features are the same for all of them.

`--vectors` adds likeness by the published all-MiniLM-L6-v2 (tests/ecbplus_vectors.py), which the product does not have.
`--show` lists what is joined wrongly or missed. Nothing that is learned here is kept: a topic of ECB+ is two stories of
fires, trials and weddings without dates, and what resolution compares (kg/resolution/matching.py) is dated news.
"""

import argparse
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from ecbplus_corpus import Article, document_counts, head_of, pooled, read_corpus, telling, tokens_in
from ecbplus_model import BIAS, PairModel, company, joined, logistic
from ecbplus_pairs import WordTable, article_features, pair_features
from scorch.scores import b_cubed, ceaf_e, muc

from kg.pipeline import load_knowledge
from kg.resolution.across import _articles
from kg.resolution.entities import resolve_entities
from kg.resolution.events import cluster_events

FOLDS, INNER = 5, 4
NEGATIVES = 4  # every so many pairs that are two events are learned from, and weigh as much more
RIDGE = 10.0  # penalty of squared weights of standardized features
SEED = 0
NO_WORDS = WordTable(alike={}, same={})
ALIKE_PRIOR, ALIKE_USUAL, SAME_PRIOR = (0.1, 2.0), 3.0, 1.5  # pseudo-counts; log odds of an unknown pair


@dataclass(slots=True)
class Topic:
    """A pool with all that does not depend on what was learned."""

    articles: list
    mentions: list  # (article name, spans)
    chains: list  # of each mention; None for our own
    tellings: list
    features: dict
    same_story: np.ndarray
    answers: np.ndarray
    chosen: np.ndarray  # pairs to learn from

    @property
    def size(self):
        return len(self.mentions)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--show", action="store_true", help="list what is not right")
    parser.add_argument("--vectors", action="store_true", help="with the published MiniLM; needs the extra `train`")
    args = parser.parse_args()
    corpus = read_corpus(args.data / "eval" / "ecbplus")
    counts, size = document_counts(corpus), len(corpus)

    def rarity(word: str) -> float:
        return math.log((1 + size) / (1 + counts.get(word, 0)))

    pools = defaultdict[str, list[Article]](list)
    for article in corpus:
        pools[article.topic].append(article)
    names = sorted(pools, key=int)
    gold = {name: gold_topic(pools[name], rarity) for name in names}
    if args.vectors:
        add_vectors(gold, pools)
    key = [cluster for name in names for cluster in grouped(gold[name], gold[name].chains)]
    print(f"{sum(map(len, key))} mentions, {len(key)} events, {sum(len(c) == 1 for c in key)} of one mention")
    report("lemma", key, [c for t in gold.values() for c in grouped(t, [m.word for m in t.tellings])])
    report("lemma and story", key, [c for t in gold.values() for c in grouped(t, stories_and_words(t))])
    models = {}
    response = []
    for number in range(FOLDS):
        held = names[number::FOLDS]
        model = learn([gold[name] for name in names if name not in held])
        for name in held:
            models[name] = model
            response += clustered(gold[name], model)
    report("model", key, response)
    if args.show:
        show(
            key,
            response,
            {m: t.word for topic in gold.values() for m, t in zip(topic.mentions, topic.tellings, strict=True)},
        )
    if args.vectors:
        return
    own = {name: own_topic(pools[name], rarity) for name in names}
    matched = {mention for topic in own.values() for mention in topic.mentions} & set().union(*key)
    total = sum(topic.size for topic in own.values())
    print(f"own triggers: {total} in checked sentences; {len(matched)} of {sum(map(len, key))} gold mentions found")
    report("end to end, as it is", key, [c for name in names for c in as_it_is(pools[name], own[name])])
    report("end to end, model", key, [c for name in names for c in clustered(own[name], models[name])])


def add_vectors(topics, pools) -> None:
    from ecbplus_vectors import vector_features

    for name, topic in topics.items():
        spans = [mention[1] for mention in topic.mentions]
        topic.features |= vector_features(pools[name], topic.tellings, spans)


def gold_topic(articles, rarity) -> Topic:
    mentions = [(place, gold) for place, article in enumerate(articles) for gold in article.gold]
    names = [(articles[place].name, gold.spans) for place, gold in mentions]
    tellings = [telling(articles[place], place, gold.sentence, gold.spans) for place, gold in mentions]
    return make_topic(articles, names, tellings, [gold.chain for _, gold in mentions], rarity)


def own_topic(articles, rarity) -> Topic:
    """Our triggers in checked sentences; one that holds a gold mention's head, or whose head it holds, is that."""
    names, tellings, taken = [], [], set()
    for place, article in enumerate(articles):
        heads = [(gold, article.doc[head_of(article.doc, tokens_in(article.doc, gold.spans))]) for gold in article.gold]
        for event in article.reading.events:
            for begin, end in event.triggers:
                line = next((n for n, (a, b) in article.lines.items() if a <= begin < b), None)
                if line not in article.checked:
                    continue
                head = article.doc[head_of(article.doc, tokens_in(article.doc, [(begin, end)]))]
                same = [g for g, h in heads if begin <= h.idx < end or any(a <= head.idx < b for a, b in g.spans)]
                name = (article.name, same[0].spans if same else ((begin, end),))
                if name not in taken:
                    taken.add(name)
                    names.append(name)
                    tellings.append(telling(article, place, line, [(begin, end)]))
    return make_topic(articles, names, tellings, [None] * len(names), rarity)


def make_topic(articles, names, tellings, chains, rarity) -> Topic:
    read = [pooled(article) for article in articles]
    pairs = np.triu_indices(len(names), 1)
    story = article_features(tellings, read)["same story"] > 0 if names else np.zeros(0, dtype=bool)
    answers = np.array([chains[a] == chains[b] for a, b in zip(*pairs, strict=True)], dtype=bool)
    drawn = np.random.default_rng(SEED).integers(0, NEGATIVES, len(answers)) == 0
    features = pair_features(tellings, read, NO_WORDS, rarity) if len(names) > 1 else {}
    return Topic(articles, names, chains, tellings, features, story, answers, answers | drawn)


# ── learning ─────────────────────────────────────────────────────────────────────────────────────


def learn(topics: Sequence[Topic]) -> PairModel:
    """Word table and the second regression are fitted on what a model of the other topics said of each topic."""
    known, opinions = {}, {}
    for number in range(INNER):
        held = topics[number::INNER]
        table = word_table([t for t in topics if all(t is not h for h in held)])
        known |= {id(topic): with_words(topic, table) for topic in held}
    for number in range(INNER):
        held = topics[number::INNER]
        rest = [t for t in topics if all(t is not h for h in held)]
        first = fit([known[id(t)] for t in rest], rest)
        opinions |= {id(t): company(logistic(first, known[id(t)]), t.size) for t in held}
    return PairModel(
        first=fit([known[id(t)] for t in topics], topics),
        second=fit([{**known[id(t)], **opinions[id(t)]} for t in topics], topics),
        words=word_table(topics),
    )


def fit(features: Sequence[Mapping], topics: Sequence[Topic]) -> dict[str, float]:
    """Logistic regression by Newton's method; weights in units of the features."""
    names = sorted(features[0])
    rows = np.concatenate([np.stack([f[n][t.chosen] for n in names], 1) for f, t in zip(features, topics, strict=True)])
    right = np.concatenate([t.answers[t.chosen] for t in topics]).astype(float)
    counts = np.where(right > 0, 1.0, NEGATIVES)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    rows = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    penalty = np.diag([RIDGE] * len(names) + [1e-6])
    weights = np.zeros(len(names) + 1)
    for _ in range(20):
        guess = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ ((right - guess) * counts) - penalty @ weights
        step = np.linalg.solve((rows * (guess * (1 - guess) * counts)[:, None]).T @ rows + penalty, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-4:
            break
    scaled = weights[:-1] / spread
    return {BIAS: float(weights[-1] - scaled @ mean)} | dict(zip(names, scaled.tolist(), strict=True))


def word_table(topics: Sequence[Topic]) -> WordTable:
    """Counted are pairs of mentions in articles of one story."""
    asked, right = Counter(), Counter()
    for topic in topics:
        for a, b, yes in zip(
            *(i[topic.same_story] for i in np.triu_indices(topic.size, 1)), topic.answers[topic.same_story], strict=True
        ):
            pair = tuple(sorted((topic.tellings[a].word, topic.tellings[b].word)))
            asked[pair] += 1
            right[pair] += int(yes)
    yes, no = ALIKE_PRIOR
    return WordTable(
        alike={
            (a, b): math.log((right[a, b] + yes) / (n - right[a, b] + no)) + ALIKE_USUAL
            for (a, b), n in asked.items()
            if a != b
        },
        same={
            a: math.log((right[a, b] + SAME_PRIOR) / (n - right[a, b] + SAME_PRIOR))
            for (a, b), n in asked.items()
            if a == b
        },
    )


def with_words(topic: Topic, table: WordTable) -> dict:
    alike, recurs = [], []
    for a, b in zip(*np.triu_indices(topic.size, 1), strict=True):
        first, second = sorted((topic.tellings[a].word, topic.tellings[b].word))
        alike.append(0.0 if first == second else table.alike.get((first, second), 0.0))
        recurs.append(table.same.get(first, 0.0) if first == second else 0.0)
    return {**topic.features, "words known to be alike": np.array(alike), "word known to recur": np.array(recurs)}


# ── clusters and scores ──────────────────────────────────────────────────────────────────────────


def clustered(topic: Topic, model: PairModel) -> list[set]:
    chances = model.probabilities(with_words(topic, model.words), topic.size)
    return [{topic.mentions[i] for i in cluster} for cluster in joined(chances, topic.size)]


def grouped(topic: Topic, labels: Iterable) -> list[set]:
    groups = defaultdict(set)
    for mention, label in zip(topic.mentions, labels, strict=True):
        groups[label].add(mention)
    return list(groups.values())


def stories_and_words(topic: Topic) -> list:
    """Word and story of each mention; a story is known by its first mention."""
    table = np.eye(topic.size, dtype=bool)
    table[np.triu_indices(topic.size, 1)] = topic.same_story
    table |= table.T
    return [(t.word, int(np.argmax(row))) for t, row in zip(topic.tellings, table, strict=True)]


def as_it_is(articles, topic: Topic) -> list[set]:
    """Our triggers as `cluster_events` joins them today."""
    resolved = _articles([article.reading for article in articles], load_knowledge())
    entities = resolve_entities(resolved, load_knowledge())
    by_name = {article.name: article for article in articles}
    known, found = set(topic.mentions), []
    for cluster in cluster_events(resolved.values(), entities):
        members = set()
        for one in cluster:
            article = by_name[resolved[one.article].reading.document.identifier]
            for span in one.event.triggers:
                members |= {
                    m for m in known if m[0] == article.name and any(a < span[1] and span[0] < b for a, b in m[1])
                }
        members -= set().union(*found) if found else set()
        if members:
            found.append(members)
    return found


def report(name: str, key: list[set], response: list[set]) -> None:
    for what, least in (("", 1), (" without events of one mention", 2)):
        sides = [[c for c in side if len(c) >= least] for side in (key, response)]
        parts = [measure(*sides) for measure in (muc, b_cubed, ceaf_e)]
        text = ", ".join(
            f"{n} {100 * f:.1f} (R {100 * r:.1f} P {100 * p:.1f})"
            for n, (r, p, f) in zip(("MUC", "B³", "CEAF-e"), parts, strict=True)
        )
        print(f"{name}{what}: CoNLL F1 {100 * sum(f for *_, f in parts) / 3:.2f}; {text}", flush=True)


def show(key, response, words) -> None:
    """Words of each event that is in several clusters, and of each cluster of several events."""
    for title, whole, other in (("parted", key, response), ("joined", response, key)):
        home = {mention: n for n, cluster in enumerate(other) for mention in cluster}
        for cluster in whole:
            parts = defaultdict(list)
            for mention in sorted(cluster):
                parts[home[mention]].append(words[mention])
            if len(parts) > 1:
                print(f"  {title} {min(cluster)[0]}:", " | ".join(" ".join(part) for part in parts.values()))


if __name__ == "__main__":
    main()
