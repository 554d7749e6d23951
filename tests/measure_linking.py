"""Measure who is who: links of names that the development articles do not show.

python tests/measure_linking.py heldout --data ../shared/data [--show]    names linked on portal days left out
python tests/measure_linking.py fair --data ../shared/data [--show]       news_fair_v2_dev: links end to end
python tests/measure_linking.py coreference --data ../shared/data         chains of named actors, and all, on GUM dev
python tests/measure_linking.py calibration --data ../shared/data [--fit]   how sure links are, and how sure they say

`heldout` compiles the knowledge base without every tenth day of the current-events portal, reads the items of those
days as articles, and compares what names became with where the portal links them. Counted are anchors whose title is
of a person, country, place or body, but for demonyms that stand for an army or a team; right is the article's own
title or one that redirects to it. "known" is the share whose right entry is among the anchor's candidates at all.

`fair` counts names (labels with a capital that are no pronouns and not marked as coreference or optional) of persons,
places and organizations with a Wikidata id, and our links of names inside the evaluated span. Right is the same id,
or, where our entry has an article and no id, the same title as the label's name.

`calibration` prints the curve of the confidence of links on days of the portal that its weights were not fitted on:
what was foretold, what was observed; and what links right and wrong each threshold leaves (tests/calibration.py).

`coreference` reads GUM's dev documents as articles: CoNLL F1 (mean of MUC, B³ and CEAF-e, by scorch, with all documents
as one) of chains of two mentions and more. Mentions are matched by their heads: ours is the smallest annotated mention
whose head it holds. "Named" are chains of persons, places and organizations with a proper noun as some mention's head;
of ours then count those that share a mention with one of them.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from building import as_document

from kg.knowledge import Entry, KnowledgeBase, NameKind, normalize_name
from kg.knowledge.compile import compile_base
from kg.knowledge.coverage import held_out_days, types_and_titles
from kg.knowledge.sources.current_events import is_name
from kg.knowledge.sources.portal import read_items
from kg.model import NAME_KINDS, Actor, Reading
from kg.pipeline import Tools, read_article
from kg.training.names import gum_mentions
from kg.training.treebanks import Sentence, by_document, raw_text, read_treebank, treebank_files

FAIR_TYPES = frozenset({"Q215627", "Q43229", "Q27096213"})  # person, organization, place
PRONOUNS = frozenset(
    {"I", "I'm", "He", "She", "It", "They", "We", "His", "Her", "My", "You", "Their", "Its", "Our", "The"}
)
BODIES = frozenset({"Organization", "GovernmentOrganization", "PoliticalParty", "Corporation", "NewsMediaOrganization"})
ACTORS = frozenset({"person", "place", "organization"})
COUNTED = frozenset({"Person", "Country", "AdministrativeArea", "City", "Place"}) | BODIES


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["heldout", "fair", "coreference", "calibration"])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--show", action="store_true", help="list what is not right")
    parser.add_argument("--fit", action="store_true", help="calibration: fit the weights anew")
    args = parser.parse_args()
    if args.what == "calibration":
        from calibration import measure_calibration

        measure_calibration(args.data, args.show, args.fit)
        return
    measures = {"heldout": measure_heldout, "fair": measure_fair, "coreference": measure_coreference}
    measures[args.what](args.data, args.show)


def measure_heldout(data: Path, show: bool) -> None:
    days = held_out_days(data)
    base = KnowledgeBase(compile_base(data, skip=days)[0])
    types, titles = types_and_titles(data)
    tools = replace(Tools.load(), knowledge=base)
    counts: Counter[tuple[str, str]] = Counter()
    for number, item in enumerate(read_items(data / "current-events")):
        if item.day.isoformat() not in days or item.heading:
            continue
        document = as_document(f"{item.day}-{number}", item.text, published=item.day)
        found = dict(links_of(read_article(document, tools)))
        for begin, end, title in item.links:
            kind = types.get(plain(title), "")
            if kind not in COUNTED or not is_name(item.text[begin:end]):
                continue
            group = "body" if kind in BODIES else "person" if kind == "Person" else "place"
            anchor = item.text[begin:end]
            if kind != "Country" and is_demonym(anchor, base):
                continue  # "Russian" for the Russian army
            linked = [actor for span, actor in found.items() if overlap(span, (begin, end))]
            ours = {title_of(base.entry(actor.knowledge_id)) for actor in linked if actor.knowledge_id}
            names = {titles.get(name, name) for name in ours}
            known = titles[plain(title)] in {title_of(base.entry(one.id)) for one in base.candidates(anchor)}
            verdict = "right" if titles[plain(title)] in names else "wrong" if names else "none"
            for name in (group, "all"):
                counts[name, verdict] += 1
                counts[name, "known"] += known
            if show and verdict != "right":
                what = f"{verdict}{', known' if known else ''}: {anchor} → {title}, not {sorted(names)}"
                print(f"  {what} | {item.text[:160]}")
    for group in ("person", "place", "body", "all"):
        total = sum(counts[group, verdict] for verdict in ("right", "wrong", "none"))
        verdicts = ("right", "wrong", "none", "known")
        shares = ", ".join(f"{verdict} {counts[group, verdict] / total:.3f}" for verdict in verdicts)
        print(f"{group}: {total} anchors, {shares}")


def measure_fair(data: Path, show: bool) -> None:
    tools = Tools.load()
    right = given = wanted = 0
    for line in (data / "eval" / "news_fair_v2_dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        low, high = row["evaluation_span"]
        document = as_document(str(row["id"]), row["text"])
        labels = [
            label
            for label in row["labels"]
            if label["entity_id"][:1] == "Q" and label["entity_id"][1:].isdigit() and not label["coref"]
        ]
        kinds = {label["id"]: set(label["type"].split("|")) for label in labels}
        gold = [
            label
            for label in labels
            if kinds[label["id"]] & FAIR_TYPES and not label.get("optional") and is_name_like(row["text"], label)
        ]
        wanted += len(gold)
        system = [(span, actor) for span, actor in links_of(read_article(document, tools)) if low <= span[0] < high]
        for label in gold:
            hits = [actor for span, actor in system if overlap(span, label["span"])]
            good = any(same(actor, label, tools.knowledge) for actor in hits)
            right += good
            if show and not good:
                names = [actor.knowledge_id for actor in hits]
                print(
                    f"  missed: {row['text'][slice(*label['span'])]} → {label['name']} ({label['entity_id']}), {names}"
                )
        for span, actor in system:
            if actor.knowledge_id is None:
                continue
            near = [label for label in row["labels"] if overlap(span, label["span"])]
            if any(label not in gold for label in near) and not any(label in gold for label in near):
                continue  # of a kind that is not counted
            given += 1
            if show and not any(same(actor, label, tools.knowledge) for label in near):
                print(f"  wrong: {row['text'][slice(*span)]} → {actor.name} ({actor.knowledge_id})")
    precision, recall = right / given, right / wanted
    print(
        f"links: precision {precision:.3f}, recall {recall:.3f}, F1 {2 * precision * recall / (precision + recall):.3f}"
    )
    print(f"{wanted} labels, {given} links, {right} right")


# ── coreference ──────────────────────────────────────────────────────────────────────────────────


Mention = tuple[str, int, int]
Chains = list[set[Mention]]


def measure_coreference(data: Path, show: bool) -> None:
    from scorch.scores import b_cubed, ceaf_e, conll2012, muc

    tools = Tools.load()
    named, rest, ours = Chains(), Chains(), Chains()
    for path in treebank_files(data, "dev")["GUM"]:
        for sentences in by_document(read_treebank(path), lambda sentence: sentence):
            text, begins = raw_text(sentences)
            heads, gold = gold_chains(path.stem, sentences, begins)
            named += gold[0]
            rest += gold[1]
            reading = read_article(as_document(path.stem, text), tools)
            ours += system_chains(path.stem, reading, heads)
    for name, key in (("named actors", named), ("all", named + rest)):
        mentions = set[Mention]().union(*key)
        response = [chain for chain in ours if name == "all" or chain & mentions]
        parts = ", ".join(
            f"{measure.__name__} {100 * measure(key, response)[2]:.1f}" for measure in (muc, b_cubed, ceaf_e)
        )
        print(
            f"{name}: CoNLL F1 {100 * conll2012(key, response):.1f} ({parts}); {len(key)} chains, ours {len(response)}"
        )
        if show:
            found = set[Mention]().union(*response)
            print(f"  mentions: recall {len(mentions & found) / len(mentions):.3f}")


def gold_chains(
    document: str, sentences: Sequence[Sentence], begins: Sequence[int]
) -> tuple[dict[Mention, int], tuple[Chains, Chains]]:
    """The offset of every mention's head; the chains of named actors, and the other ones."""
    heads = dict[Mention, int]()
    chains, actors = defaultdict[str, set[Mention]](set), set[str]()
    for sentence, offset in zip(sentences, begins, strict=True):
        for begin, end, kind, chain in gum_mentions(sentence.words):
            words = sentence.words[begin:end]
            head = next((w for w in words if not begin <= w.head < end), words[-1])
            mention = (document, offset + words[0].begin, offset + words[-1].end)
            heads[mention] = offset + head.begin
            chains[chain].add(mention)
            if head.upos == "PROPN" and kind in ACTORS:
                actors.add(chain)
    long = {chain: mentions for chain, mentions in chains.items() if len(mentions) > 1}
    return heads, (
        [mentions for chain, mentions in long.items() if chain in actors],
        [mentions for chain, mentions in long.items() if chain not in actors],
    )


def system_chains(document: str, reading: Reading, heads: Mapping[Mention, int]) -> Chains:
    """Chains of two mentions and more; a mention without an annotated one stays as itself."""
    found = Chains()
    for actor in reading.actors:
        chain = set[Mention]()
        for mention in actor.mentions:
            inside = [gold for gold, head in heads.items() if mention.begin <= head < mention.end]
            chain.add(min(inside, key=lambda gold: gold[2] - gold[1], default=(document, mention.begin, mention.end)))
        if len(chain) > 1:
            found.append(chain)
    return found


def is_demonym(name: str, base: KnowledgeBase) -> bool:
    return any(candidate.kind is NameKind.DEMONYM for candidate in base.candidates(name)[:1])


def title_of(entry: Entry) -> str:
    """Its article's title in plain words; of an entry that has none its name."""
    return plain(entry.wikipedia or entry.name)


def links_of(reading: Reading) -> Iterator[tuple[tuple[int, int], Actor]]:
    """Spans of names and demonyms, and what they became."""
    for actor in reading.actors:
        for mention in actor.mentions:
            if mention.kind in NAME_KINDS:
                yield (mention.begin, mention.end), actor


def is_name_like(text: str, label: dict[str, Any]) -> bool:
    words = text[slice(*label["span"])].split()
    return any(word[:1].isupper() and word not in PRONOUNS for word in words)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def same(actor: Actor, label: dict[str, Any], base: KnowledgeBase) -> bool:
    if actor.knowledge_id is None:
        return False
    entry = base.entry(actor.knowledge_id)
    if entry.wikidata:
        return entry.wikidata == label["entity_id"]
    return plain((entry.wikipedia or "").split("_(")[0]) == plain(label["name"])


def plain(title: str) -> str:
    return normalize_name(title.replace("_", " "))


if __name__ == "__main__":
    main()
