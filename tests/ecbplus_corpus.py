"""ECB+ as the measure of event coreference reads it: articles, checked event mentions, and what our reader makes of it.

Texts are rebuilt from tokens, a line a sentence, without the line of the address that ecbplus files begin with.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from building import as_document
from ecbplus_pairs import PooledArticle, Telling
from spacy.tokens import Doc

from kg.model import Reading
from kg.pipeline import Tools, read_article
from kg.reader import annotate
from kg.reader.roles import predicates_of

CHECKED = Path(__file__).parent / "ecbplus_sentences.txt"
LEAD = 5  # sentences
CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "NUM"})
HEADS = CONTENT | {"AUX"}
COMMONEST = frozenset(
    [
        "be",
        "have",
        "do",
        "say",
        "will",
        "would",
        "can",
        "could",
        "may",
        "make",
        "get",
        "take",
        "go",
        "know",
        "it",
        "he",
        "she",
        "they",
    ]
)
MODIFIERS = frozenset({"compound", "flat", "nummod", "amod", "nmod:poss"})
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    chain: tuple[str, ...]
    sentence: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    topic: str
    name: str
    doc: Doc
    reading: Reading
    lines: dict[int, Span]  # sentence → offsets
    checked: frozenset[int]
    gold: tuple[GoldMention, ...]


def read_corpus(folder: Path) -> list[Article]:
    tools, checked = Tools.load(), checked_sentences()
    paths = sorted(folder.glob("*/*.xml"), key=lambda path: (int(path.parent.name), path.name))
    return [_read(path, tools, checked.get(path.name, frozenset())) for path in paths]


def checked_sentences() -> dict[str, frozenset[int]]:
    found = {}
    for line in CHECKED.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        head, *files = line.split()
        kind, usual = ("ecbplus", {1, 3}) if head.endswith("+") else ("ecb", {0})
        for file in files:
            number, _, listed = file.partition(":")
            sentences = set(map(int, listed.split(","))) if listed else usual
            found[f"{head[:-1]}_{number}{kind}.xml"] = frozenset(sentences)
    return found


def _read(path: Path, tools: Tools, checked: frozenset[int]) -> Article:
    root = ElementTree.parse(path).getroot()
    sentences = defaultdict[int, list[tuple[str, str]]](list)
    for token in root.findall("token"):
        sentences[int(token.get("sentence", ""))].append((token.get("t_id", ""), token.text or ""))
    text, lines, places = "", dict[int, Span](), dict[str, tuple[int, Span]]()
    for number, tokens in sentences.items():
        if "ecbplus" in path.name and tokens[0][1].startswith("http"):
            continue
        text += "\n" if text else ""
        begin = len(text)
        for index, (key, word) in enumerate(tokens):
            text += " " if index else ""
            places[key] = (number, (len(text), len(text) + len(word)))
            text += word
        lines[number] = (begin, len(text))
    document, topic = as_document(path.name, text), path.parent.name
    return Article(
        topic=topic,
        name=path.name,
        doc=annotate(document, tools.nlp),
        reading=read_article(document, tools),
        lines=lines,
        checked=checked,
        gold=tuple(_gold(root, topic, path.name, places, checked)),
    )


def _gold(root, topic, name, places, checked):
    chains = {}
    for relation in root.find("Relations"):
        across = relation.tag == "CROSS_DOC_COREF"
        for source in relation.findall("source"):
            chain = (topic, relation.get("note")) if across else (topic, name, "within", relation.get("r_id"))
            if across or source.get("m_id") not in chains:
                chains[source.get("m_id")] = chain
    for mark in root.find("Markables"):
        tokens = [anchor.get("t_id") for anchor in mark.findall("token_anchor")]
        if "ACTION" not in mark.tag or not tokens or any(token not in places for token in tokens):
            continue
        sentence = places[tokens[0]][0]
        if sentence in checked:
            yield GoldMention(
                chain=chains.get(mark.get("m_id"), (topic, name, "alone", mark.get("m_id"))),
                sentence=sentence,
                spans=tuple(sorted(places[token][1] for token in tokens)),
            )


def tokens_in(doc: Doc, spans: Sequence[Span]) -> list[int]:
    return [t.i for t in doc if any(t.idx < end and t.idx + len(t) > begin for begin, end in spans)]


def head_of(doc: Doc, tokens: Sequence[int]) -> int:
    tops = [i for i in tokens if doc[i].head.i not in tokens or doc[i].head.i == i] or list(tokens)
    return next((i for i in tops if doc[i].pos_ in HEADS), tops[0])


def telling(article: Article, place: int, sentence: int, spans: Sequence[Span]) -> Telling:
    """A mention as the pair model sees it."""
    doc = article.doc
    tokens = tokens_in(doc, spans)
    inside, head = frozenset(tokens), doc[head_of(doc, tokens)]
    begin, end = article.lines[sentence]
    around = [t for t in doc if begin <= t.idx < end and t.i not in inside]
    roles = defaultdict[str, set[str]](set)
    for predicate, arguments in predicates_of(doc):
        for filler, role in arguments if predicate in inside else ():
            if filler not in inside:
                roles[role].add(doc[filler].lemma_.lower())
                modifiers = (t for t in around if t.head.i == filler and t.i != filler and t.dep_ in MODIFIERS)
                roles[role].update(t.lemma_.lower() for t in modifiers)
    beside = {t.lemma_.lower() for t in around if t.head.i == head.i and t.pos_ in CONTENT}
    if head.head.i not in inside and head.head.pos_ in CONTENT:
        beside.add(head.head.lemma_.lower())
    return Telling(
        article=place,
        sentence=sentence,
        word=head.lemma_.lower(),
        words=frozenset(doc[i].lemma_.lower() for i in tokens if doc[i].pos_ in CONTENT) or frozenset({head.lemma_}),
        tag=head.pos_,
        context=tuple(w for t in around if t.pos_ in CONTENT and (w := t.lemma_.lower()) not in COMMONEST),
        names=frozenset(t.lemma_.lower() for t in around if t.pos_ == "PROPN" or t.ent_type_),
        numbers=frozenset(t.lower_ for t in around if t.pos_ == "NUM"),
        roles={role: frozenset(words) for role, words in roles.items()},
        beside=frozenset(beside),
    )


def pooled(article: Article) -> PooledArticle:
    words = [t for t in article.doc if t.text[0].isalnum()]
    content = [t for t in words if t.pos_ in CONTENT and t.lemma_.lower() not in COMMONEST]
    end = sorted(article.lines.values())[:LEAD][-1][1]
    return PooledArticle(
        words=tuple(t.lemma_.lower() for t in content),
        lead=tuple(t.lemma_.lower() for t in content if t.idx < end),
        names=tuple(t.lemma_.lower() for t in words if t.pos_ in {"PROPN", "NUM"} or t.ent_type_),
    )


def document_counts(articles: Sequence[Article]) -> Counter[str]:
    return Counter(w for a in articles for w in {t.lemma_.lower() for t in a.doc if t.pos_ in CONTENT})
