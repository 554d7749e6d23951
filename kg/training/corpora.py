"""The corpora beside the project as sentences to learn from and to measure on."""

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from kg.knowledge import KnowledgeBase
from kg.knowledge.sources.portal import Item, read_items
from kg.training.names import gum_tags, is_demonym, is_title, text_tags, uner_tags
from kg.training.projection import project
from kg.training.sentences import Annotated, Predicate, Tags, Tree
from kg.training.treebanks import Sentence, read_names, read_treebank, treebank_files

Tokenize = Callable[[str], list[tuple[int, int]]]
"""Offsets of the words of a text."""

Roles = list[tuple[int, list[tuple[int, int, str]]]]
"""Of each predicate its word and its arguments' word spans with roles."""

Labelled = tuple[int, int, tuple[str, ...]]
"""Begin and end offset of a name and the labels that it may have; none if nothing is known."""

NO_ROLES = frozenset({"V", "C-V"})
RE3D_LABELS = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}
NOT_NAMES = frozenset({"I", "We", "He", "She", "They", "It", "You", "Our", "His", "Her", "Their"})
TITLE_LABELS = {
    "Person": "PER",
    **dict.fromkeys(("Country", "Place", "City", "AdministrativeArea"), "LOC"),
    **dict.fromkeys(
        ("Organization", "GovernmentOrganization", "PoliticalParty", "Corporation", "NewsMediaOrganization"), "ORG"
    ),
    "Event": "EVENT",
    "Legislation": "MISC",
    "Product": "MISC",
}
HELD_OUT_EVERY = 10
"""Every so-manieth current-events day is kept from training, to measure names on."""


def read_trees(data: Path, split: str, corpus: str) -> Iterator[tuple[Sentence, Annotated]]:
    """Sentences of "EWT" or "GUM" with everything that is known of them, on the treebank's own words."""
    roles = read_roles(data / "propbank" / "ewt.jsonl") if corpus == "EWT" else {}
    uner = data / "uner" / f"en_ewt-ud-{split}.iob2"
    named = {item.id: item for item in read_names(uner)} if corpus == "EWT" and uner.exists() else {}
    for path in treebank_files(data, split).get(corpus, ()):
        for sentence in read_treebank(path):
            names: tuple[Tags, ...] | None = None
            item = named.get(sentence.id)
            if corpus == "GUM":
                names = gum_tags(sentence)
            elif item is not None and len(item.forms) == len(sentence.words):
                names = uner_tags(item.forms, item.tags)
            predicates = roles.get(sentence.id)
            yield sentence, _annotated(sentence, names, predicates)


def _annotated(sentence: Sentence, names: tuple[Tags, ...] | None, roles: Roles | None) -> Annotated:
    words = sentence.words
    tree = Tree(
        upos=tuple(word.upos for word in words),
        features=tuple(word.features for word in words),
        lemmas=tuple(word.lemma for word in words),
        heads=tuple(word.head for word in words),
        relations=tuple(word.relation for word in words),
    )
    return Annotated(
        words=tuple(word.form for word in words),
        spaces=tuple(word.space_after for word in words),
        opens=bool(sentence.opens),
        tree=tree,
        names=names,
        predicates=_with_heads(roles, tree.heads) if roles is not None else None,
    )


def read_roles(path: Path) -> dict[str, Roles]:
    """PropBank predicates and arguments by sentence id."""
    roles = dict[str, Roles]()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        roles[row["sent_id"]] = [
            (int(item["token"]), [(begin, end, role) for begin, end, role in item["args"] if role not in NO_ROLES])
            for item in row["predicates"]
        ]
    return roles


def _with_heads(roles: Roles, heads: tuple[int, ...]) -> tuple[Predicate, ...]:
    """Argument spans as their heads: the first word of the span whose own head is outside it."""
    predicates = list[Predicate]()
    for word, arguments in roles:
        found = dict[int, str]()
        for begin, end, role in arguments:
            head = next((i for i in range(begin, end) if not begin <= heads[i] < end), begin)
            if head != word:
                found.setdefault(head, role)
        predicates.append(Predicate(word=word, arguments=tuple(sorted(found.items()))))
    return tuple(predicates)


def on_words_of(sentence: Sentence, annotated: Annotated, tokenize: Tokenize) -> Annotated:
    """The sentence on the words that `tokenize` finds in its text."""
    old = [(word.begin, word.end) for word in sentence.words]
    return project(annotated, old, tokenize(sentence.text), sentence.text)


def read_re3d(folder: Path, tokenize: Tokenize) -> Iterator[Annotated]:
    """Passages (lines) of re3d's conflict reporting with the names in them."""
    for source in sorted(path for path in folder.iterdir() if path.is_dir()):
        spans = dict[str, list[tuple[int, int, str]]]()
        for line in (source / "entities.json").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["type"] in RE3D_LABELS:
                spans.setdefault(row["documentId"], []).append((row["begin"], row["end"], RE3D_LABELS[row["type"]]))
        for line in (source / "documents.json").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield from _passages(row["text"], sorted(spans.get(row["_id"], [])), tokenize)


def _passages(text: str, spans: list[tuple[int, int, str]], tokenize: Tokenize) -> Iterator[Annotated]:
    place = 0
    for line in text.splitlines(keepends=True):
        begin, end = place, place + len(line)
        place = end
        inside = [
            (*_bare(text, first, last, label), (label,))
            for first, last, label in spans
            if begin <= first and last <= end
        ]
        named = [(first - begin, last - begin, labels) for first, last, labels in inside if first < last]
        passage = _passage(line, named, tokenize)
        if passage is not None:
            yield passage


def _bare(text: str, begin: int, end: int, label: str) -> tuple[int, int]:
    """The name in "the Government of Iraq" and "Prime Minister Abadi's"; nothing in "the camp", "he", "minister"."""
    words = [(begin + match.start(), match[0]) for match in re.finditer(r"\w[\w.’'-]*", text[begin:end])]
    titles = [place for place, (_, word) in enumerate(words) if label == "PER" and is_title(word.rstrip("."))]
    words = words[titles[-1] + 1 :] if titles else words
    words = words[1:] if words and words[0][1].lower() in {"the", "a", "an"} else words
    if not words or not (words[0][1][0].isupper() and words[-1][1][0].isupper()) or words[0][1] in NOT_NAMES:
        return begin, begin
    last, word = words[-1]
    return words[0][0], last + len(word.removesuffix("'s").removesuffix("’s"))


def read_current_events(
    folder: Path, knowledge: KnowledgeBase, tokenize: Tokenize, held_out: bool
) -> Iterator[Annotated]:
    """News items with the names that they link; `held_out` chooses the days kept from training."""
    days = sorted(path.stem for path in folder.glob("*.md"))
    measured = set(days[HELD_OUT_EVERY - 1 :: HELD_OUT_EVERY])
    labels = title_labels(knowledge)
    by_day = groupby(read_items(folder, skip=set(days) - measured if held_out else measured), key=lambda item: item.day)
    for _, items in by_day:
        day = [item for item in items if not item.heading]
        spans = [[(b, e, _link_labels(i.text[b:e], title, labels)) for b, e, title in i.links] for i in day]
        known = _known_names(zip(day, spans, strict=True))
        for item, linked in zip(day, spans, strict=True):
            passage = _passage(item.text.rstrip(), [*_repeated(item.text, known, linked), *linked], tokenize)
            if passage is not None:
                yield passage


def _known_names(day: Iterable[tuple[Item, list[Labelled]]]) -> dict[str, tuple[str, ...]]:
    """What each name means on one day: linked names, and the surnames of linked people; contradictions left out."""
    found = dict[str, set[tuple[str, ...]]]()
    for item, spans in day:
        for begin, end, labels in spans:
            name = item.text[begin:end]
            found.setdefault(name, set()).add(labels)
            if labels == ("PER",) and " " in name:
                found.setdefault(name.split()[-1], set()).add(labels)
    return {name: next(iter(labels)) for name, labels in found.items() if len(labels) == 1 and labels != {()}}


def _repeated(text: str, known: dict[str, tuple[str, ...]], linked: list[Labelled]) -> Iterator[Labelled]:
    """Further mentions of known names, which the portal does not link again; longer names first."""
    taken = [(begin, end) for begin, end, _ in linked]
    for name in sorted(known, key=lambda name: (-len(name), name)):
        for match in re.finditer(rf"\b{re.escape(name)}\b(?![-’'](?!s\b))", text):
            if not any(begin < match.end() and match.start() < end for begin, end in taken):
                taken.append(match.span())
                yield *match.span(), known[name]


def title_labels(knowledge: KnowledgeBase) -> dict[str, str]:
    """Label by English Wikipedia title, of all entries whose class has one."""
    entries = (knowledge.entry(identifier) for identifier in knowledge)
    return {e.wikipedia: TITLE_LABELS[e.type] for e in entries if e.wikipedia and e.type in TITLE_LABELS}


def _link_labels(anchor: str, title: str, labels: dict[str, str]) -> tuple[str, ...]:
    """What a linked text is: nothing certain if its words are not all capitalized or its title has no class."""
    if is_demonym(anchor):
        return ("NORP",)
    words = anchor.split()
    if title not in labels or is_title(words[-1]) or not words[0][:1].isupper() or not words[-1][:1].isupper():
        return ()
    if labels[title] == "PER" and words[-1].lower() not in title.replace("_", " ").lower():
        return ()  # "Prime Minister of India"
    return (labels[title],)


def _passage(text: str, spans: Iterable[tuple[int, int, Collection[str]]], tokenize: Tokenize) -> Annotated | None:
    offsets = tokenize(text)
    if not offsets:
        return None
    named = [(begin, end, tuple(labels)) for begin, end, labels in spans]
    return Annotated(
        words=tuple(text[begin:end] for begin, end in offsets),
        spaces=tuple(end == len(text) or text[end].isspace() for _, end in offsets),
        opens=True,
        whole=False,
        names=text_tags(offsets, text, named),
    )
