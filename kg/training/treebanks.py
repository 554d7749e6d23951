"""Universal Dependencies treebanks and UNER's name files.

Formats: https://universaldependencies.org/format.html; UNER is a CoNLL-U header over (number, form, IOB2 tag, …).
Multi-word ranges and empty nodes are skipped.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from kg.reader.trees import ROOT

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word line; `head` counts words from 0, `ROOT` for the root; `begin` is an offset in the sentence's text."""

    form: str
    lemma: str
    upos: str
    features: str
    head: int
    relation: str
    misc: str
    begin: int
    space_after: bool

    @property
    def end(self) -> int:
        """Offset behind the word's last character."""
        return self.begin + len(self.form)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence; `opens` is "document", "paragraph" or ""."""

    id: str
    text: str
    words: tuple[Word, ...]
    opens: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSentence:
    """One sentence of a UNER file, with an IOB2 tag a word."""

    id: str
    forms: tuple[str, ...]
    tags: tuple[str, ...]


def read_treebank(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of one CoNLL-U file in order."""
    for comments, rows in _blocks(path):
        text = comments.get("text", "")
        words, place = list[Word](), 0
        for row in rows:
            if not row[0].isdigit():
                continue
            begin = text.find(row[1], place)
            if begin < 0 or text[place:begin].strip():
                raise ValueError(f"{path}: word {row[1]!r} is not in the text of {comments.get('sent_id')}")
            place = begin + len(row[1])
            words.append(_word(row, begin, place == len(text) or text[place].isspace()))
        if words[-1].space_after and "SpaceAfter=No" in rows[-1][9]:
            words[-1] = _word(rows[-1], words[-1].begin, False)
        opens = "document" if "newdoc" in comments else "paragraph" if "newpar" in comments else ""
        yield Sentence(id=comments.get("sent_id", ""), text=text, words=tuple(words), opens=opens)


def read_names(path: Path) -> Iterator[NamedSentence]:
    """Yield the sentences of one UNER file in order."""
    for comments, rows in _blocks(path):
        forms, tags = tuple(row[1] for row in rows), tuple(row[2] for row in rows)
        yield NamedSentence(id=comments.get("sent_id", ""), forms=forms, tags=tags)


def treebank_files(data: Path, split: str) -> dict[str, tuple[Path, ...]]:
    """Files of EWT and of GUM's open genres for "train", "dev" or (EWT only) "test"."""
    gum = tuple(sorted((data / "ud" / "gum" / split).glob("*.conllu")))
    files = {"EWT": (data / "ud" / "ewt" / f"en_ewt-ud-{split}.conllu",), "GUM": gum}
    return {name: paths for name, paths in files.items() if paths}


def by_document(items: Iterable[T], sentence_of: Callable[[T], Sentence]) -> Iterator[list[T]]:
    """Consecutive items that each belong to a sentence, document by document."""
    document = list[T]()
    for item in items:
        if sentence_of(item).opens == "document" and document:
            yield document
            document = []
        document.append(item)
    if document:
        yield document


def raw_text(sentences: list[Sentence]) -> tuple[str, list[int]]:
    """The running text (an empty line before each paragraph) and the offset at which each sentence begins."""
    text, begins, spaceless = "", list[int](), True
    for sentence in sentences:
        if sentence.opens and text:
            text += "\n\n"
        elif not spaceless:
            text += " "
        begins.append(len(text))
        text += sentence.text
        spaceless = not sentence.words[-1].space_after
    return text, begins


def _word(row: list[str], begin: int, space_after: bool) -> Word:
    return Word(
        form=row[1],
        lemma=row[2],
        upos=row[3],
        features=row[5],
        head=int(row[6]) - 1 if row[6] != "0" else ROOT,
        relation=row[7],
        misc=row[9],
        begin=begin,
        space_after=space_after,
    )


def _blocks(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    comments, rows = dict[str, str](), list[list[str]]()
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("#"):
            name, _, value = line[1:].partition("=")
            comments[name.strip().split(" ")[0]] = value.removeprefix(" ")
        elif line and line[0].isdigit():
            rows.append(line.split("\t"))
        elif not line and rows:
            yield comments, rows
            comments, rows = {}, []
