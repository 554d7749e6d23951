"""Universal Dependencies treebanks and IOB2 name files, as far as the reader's tables and measurements need them.

Format: https://universaldependencies.org/format.html. Multi-word ranges and empty nodes are skipped.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

COLUMNS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldToken:
    """One word line."""

    form: str
    lemma: str
    upos: str
    xpos: str
    features: dict[str, str]
    space_after: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldSentence:
    """One sentence; `paragraph` is True where it opens a paragraph or a document."""

    text: str
    tokens: tuple[GoldToken, ...]
    paragraph: bool


def read_sentences(path: Path) -> Iterator[GoldSentence]:
    """Yield the sentences of one CoNLL-U file in order."""
    text, opens, tokens = "", False, list[GoldToken]()
    spaceless_range_end, range_end = False, ""
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line.startswith(("# newpar", "# newdoc")):
            opens = True
        elif line and line[0].isdigit():
            columns = line.split("\t")
            number = columns[0]
            spaceless = "SpaceAfter=No" in columns[9]
            if "-" in number:
                range_end, spaceless_range_end = number.split("-")[1], spaceless
            elif "." not in number:
                tokens.append(_token(columns, spaceless or (number == range_end and spaceless_range_end)))
        elif not line and tokens:
            yield GoldSentence(text=text, tokens=tuple(tokens), paragraph=opens)
            text, opens, tokens, range_end = "", False, [], ""


def _token(columns: list[str], spaceless: bool) -> GoldToken:
    pairs = (pair.split("=", 1) for pair in columns[5].split("|") if "=" in pair)
    return GoldToken(
        form=columns[1],
        lemma=columns[2],
        upos=columns[3],
        xpos=columns[4],
        features=dict(pairs),
        space_after=not spaceless,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSentence:
    """One sentence of a UNER file; `tags` are IOB2, `document` is True where it opens a document."""

    text: str
    forms: tuple[str, ...]
    tags: tuple[str, ...]
    document: bool


def read_names(path: Path) -> Iterator[NamedSentence]:
    """Yield the sentences of a UNER file (columns: number, form, tag, …)."""
    text, opens, forms, tags = "", False, list[str](), list[str]()
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line.startswith("# newdoc"):
            opens = True
        elif line and line[0].isdigit():
            columns = line.split("\t")
            forms.append(columns[1])
            tags.append(columns[2])
        elif not line and forms:
            yield NamedSentence(text=text, forms=tuple(forms), tags=tuple(tags), document=opens)
            text, opens, forms, tags = "", False, [], []


def open_treebanks(data: Path, split: str) -> tuple[Path, ...]:
    """Files of English EWT and of GUM's open genres for "train", "dev" or (EWT only) "test"."""
    ewt = data / "ud" / "ewt" / f"en_ewt-ud-{split}.conllu"
    return (ewt, *sorted((data / "ud" / "gum" / split).glob("*.conllu")))
