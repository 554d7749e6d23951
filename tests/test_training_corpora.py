"""The corpora as sentences to learn from: trees, roles, names of four sources; the sample's and a few made here."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from annotating import SAMPLE, conllu, tags

from kg.training.corpora import HELD_OUT_EVERY, on_words_of, read_current_events, read_re3d, read_trees, title_labels
from kg.training.preparation import tokenizer
from kg.training.sentences import Annotated, Predicate

TOKENIZE = tokenizer()
TITLES = {
    "Ada_Lind": "Person",
    "Bo_Lind": "Person",
    "Oslo": "City",
    "Norway": "Country",
    "Tern_Bank": "Corporation",
    "Fish_Act": "Legislation",
    "Storm_Ada": "Event",
    "Monarchy": "Concept",
}


def knowledge() -> Any:
    """A knowledge base as far as `title_labels` looks at it."""
    entries = {title: SimpleNamespace(wikipedia=title, type=kind) for title, kind in TITLES.items()}
    nothing = {"untitled": SimpleNamespace(wikipedia="", type="Person")}

    class Knowledge(dict[str, SimpleNamespace]):
        entry = dict.__getitem__

    return Knowledge(entries | nothing)


def names(sentence: Annotated) -> dict[str, str]:
    """Words and their tags, several joined by "|"; words that are certainly no names left out."""
    assert sentence.names is not None
    found = {
        word: "|".join(sorted(allowed)) or "?" for word, allowed in zip(sentence.words, sentence.names, strict=True)
    }
    return {word: allowed for word, allowed in found.items() if allowed != "O"}


# ── treebanks ────────────────────────────────────────────────────────────────────────────────────


def test_training_corpora_join_names_and_roles_to_ewt() -> None:
    first, second, *_ = [annotated for _, annotated in read_trees(SAMPLE, "train", "EWT")]
    assert first.opens
    assert not second.opens
    assert names(first) == {"Norway": "B-LOC", "Chile": "B-LOC", "Oslo": "B-LOC"}
    assert first.predicates == (Predicate(word=5, arguments=((0, "ARG0"), (7, "ARGM-LOC"), (9, "ARGM-TMP"))),)
    assert second.predicates is not None
    assert second.predicates[1] == Predicate(word=11, arguments=((6, "ARG1"), (8, "R-ARG1"), (9, "ARG0")))


def test_training_corpora_take_gum_s_names_from_its_entities() -> None:
    sentences = [annotated for _, annotated in read_trees(SAMPLE, "train", "GUM")]
    assert names(sentences[0]) == {"Governor": "?", "Elena": "B-PER", "Brandt": "I-PER", "Lisbon": "B-LOC"}
    assert [names(sentences[1])[word] for word in ("University", "of", "Porto")] == ["B-ORG", "I-ORG", "I-ORG"]
    assert all(sentence.predicates is None for sentence in sentences)


def test_training_corpora_leave_open_what_a_split_lacks() -> None:
    assert all(annotated.names is None for _, annotated in read_trees(SAMPLE, "test", "EWT"))
    assert list(read_trees(SAMPLE, "test", "GUM")) == []


def treebank(data: Path, *, uner: str, arguments: list[list[Any]]) -> Annotated:
    """The one sentence of a corpus with these names and arguments."""
    for folder in ("ud/ewt", "uner", "propbank"):
        (data / folder).mkdir(parents=True)
    rows = "\n1 Ada Ada PROPN NNP _ 2 nsubj _ _\n2 met meet VERB VBD _ 0 root _ _\n3 both both DET DT _ 4 det _ _\n"
    text = f"# sent_id = a-1\n# text = Ada met both men{rows}4 men man NOUN NNS _ 2 obj _ _"
    (data / "ud/ewt/en_ewt-ud-train.conllu").write_text(conllu(text), encoding="utf-8")
    (data / "uner/en_ewt-ud-train.iob2").write_text(conllu(f"# sent_id = a-1\n{uner}"), encoding="utf-8")
    row = {"sent_id": "a-1", "predicates": [{"token": 1, "roleset": "meet.01", "args": arguments}]}
    (data / "propbank/ewt.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    ((_, annotated),) = read_trees(data, "train", "EWT")
    return annotated


@pytest.mark.parametrize(
    ("uner", "expected"),
    [
        ("1 Ada B-PER - x\n2 met O - -\n3 both O - -\n4 men O - -", tuple(map(tags, ("B-PER", "O", "O", "O")))),
        ("1 Ada B-PER - x\n2 met O - -", None),
    ],
    ids=["aligned", "words-differ"],
)
def test_training_corpora_use_names_only_on_the_same_words(tmp_path: Path, uner: str, expected: Any) -> None:
    assert treebank(tmp_path, uner=uner, arguments=[]).names == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([[0, 1, "ARG0"], [1, 2, "V"], [2, 4, "ARG1"]], ((0, "ARG0"), (3, "ARG1"))),
        ([[2, 4, "ARG1"], [3, 4, "ARG2"]], ((3, "ARG1"),)),
        ([[0, 4, "ARG1"], [0, 2, "C-V"]], ()),
        ([], ()),
    ],
    ids=["heads", "same-head-once", "the-predicate-itself", "none"],
)
def test_training_corpora_roles_stand_at_heads(tmp_path: Path, arguments: list[list[Any]], expected: Any) -> None:
    annotated = treebank(tmp_path, uner="", arguments=arguments)
    assert annotated.predicates == (Predicate(word=1, arguments=expected),)


def test_training_corpora_on_the_reader_s_words() -> None:
    pairs = [on_words_of(sentence, annotated, TOKENIZE) for sentence, annotated in read_trees(SAMPLE, "train", "EWT")]
    assert "did" in pairs[1].words
    assert [len(sentence.words) for sentence in pairs] == [len(s.words) for s, _ in read_trees(SAMPLE, "train", "EWT")]


# ── re3d ─────────────────────────────────────────────────────────────────────────────────────────


def test_training_corpora_re3d_gives_a_passage_a_line() -> None:
    passages = list(read_re3d(SAMPLE / "re3d", TOKENIZE))
    assert [names(passage) for passage in passages] == [
        {
            "Prime": "?",
            "Minister": "?",
            "Karim": "B-PER",
            "Haddad": "I-PER",
            "General": "?",
            "Omar": "B-PER",
            "Saleh": "I-PER",
            "Baghdad": "B-LOC",
        },
        {"The": "?", "Kurdish": "B-NORP", "United": "B-ORG", "Nations": "I-ORG"},
        {"The": "?", "Amman": "B-LOC"},
    ]
    assert all(passage.opens and not passage.whole and passage.tree is None for passage in passages)


@pytest.mark.parametrize(
    ("text", "value", "kind", "expected"),
    [
        ("the Army left", "the Army", "Organisation", {"Army": "B-ORG"}),
        ("He wept", "He", "Person", {"He": "?"}),
        ("Ada’s aide left", "Ada’s", "Person", {"Ada": "B-PER"}),
        (
            "President Ada Lind’s aide",
            "President Ada Lind’s",
            "Person",
            {"President": "?", "Ada": "B-PER", "Lind": "I-PER"},
        ),
        ("the prime minister left", "the prime minister", "Person", {}),
        ("Oslo harbour", "Oslo harbour", "Location", {"Oslo": "?"}),
        ("It cost 3 Krone", "3 Krone", "Money", {"It": "?", "3": "?", "Krone": "?"}),
    ],
    ids=["article", "pronoun", "possessive", "title", "title-alone", "ends-small", "another-kind"],
)
def test_training_corpora_re3d_cuts_names_out_of_mentions(
    tmp_path: Path, text: str, value: str, kind: str, expected: dict[str, str]
) -> None:
    source = tmp_path / "Source"
    source.mkdir()
    begin = text.index(value)
    row = {"documentId": "1", "type": kind, "begin": begin, "end": begin + len(value), "value": value}
    (source / "entities.json").write_text(json.dumps(row) + "\n", encoding="utf-8")
    (source / "documents.json").write_text(json.dumps({"_id": "1", "text": text}) + "\n", encoding="utf-8")
    (passage,) = read_re3d(tmp_path, TOKENIZE)
    assert names(passage) == expected


# ── current events ───────────────────────────────────────────────────────────────────────────────


def link(anchor: str, title: str = "") -> str:
    return f'[{anchor}](https://en.wikipedia.org/wiki/{(title or anchor).replace(" ", "_")} "{title or anchor}")'


def day(folder: Path, *items: str, number: int = 1) -> None:
    bullets = "".join(f"  * {item} [(Wire)](https://example.org/)\n" for item in items)
    (folder / f"2025-03-{number:02}.md").write_text(f"#### News\n\n* {link('Monarchy')}\n{bullets}", encoding="utf-8")


def read_day(folder: Path, *items: str) -> list[dict[str, str]]:
    day(folder, *items)
    return [names(item) for item in read_current_events(folder, knowledge(), TOKENIZE, held_out=False)]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (f"{link('Ada Lind')} left {link('Oslo')}.", {"Ada": "B-PER", "Lind": "I-PER", "Oslo": "B-LOC"}),
        (f"{link('Tern Bank')} paid.", {"Tern": "B-ORG", "Bank": "I-ORG"}),
        (f"The {link('Fish Act')} ended.", {"The": "?", "Fish": "B-MISC", "Act": "I-MISC"}),
        (f"{link('Storm Ada')} came.", {"Storm": "B-EVENT", "Ada": "I-EVENT"}),
        (f"{link('Norwegian', 'Norway')} boats left.", {"Norwegian": "B-NORP"}),
        (f"A {link('Prime Minister', 'Ada Lind')} left.", {"A": "?", "Prime": "?", "Minister": "?"}),
        (f"{link('Her Majesty', 'Ada Lind')} left.", {"Her": "?", "Majesty": "?"}),
        (f"a {link('visit to Oslo', 'Oslo')} ended.", {"Oslo": "?"}),
        (f"{link('Gull Island')} sank.", {"Gull": "?", "Island": "?"}),
        ("Nothing is linked.", {"Nothing": "?"}),
    ],
    ids=[
        "person-and-place",
        "organization",
        "law",
        "event",
        "demonym",
        "title",
        "anchor-without-the-name",
        "small-first-word",
        "unknown-title",
        "no-link",
    ],
)
def test_training_corpora_current_events_label_links(tmp_path: Path, item: str, expected: dict[str, str]) -> None:
    assert read_day(tmp_path, item) == [expected]


def test_training_corpora_current_events_label_what_is_named_again() -> None:
    passages = list(read_current_events(SAMPLE / "current-events", samples(), TOKENIZE, held_out=False))
    assert len(passages) == 9
    assert passages[0].words.count("Zelenskyy") == 2
    assert names(passages[0])["Zelenskyy"] == "B-PER"
    assert names(passages[2])["Macron"] == "B-PER"


def samples() -> Any:
    """The knowledge that the sample's people are people."""
    found = knowledge()
    found |= {t: SimpleNamespace(wikipedia=t, type="Person") for t in ("Volodymyr_Zelenskyy", "Emmanuel_Macron")}
    return found


def test_training_corpora_current_events_know_names_and_surnames_for_a_day(tmp_path: Path) -> None:
    assert read_day(tmp_path, f"{link('Ada Lind')} met {link('Norway')}.", "Lind hates Norway's fish.") == [
        {"Ada": "B-PER", "Lind": "I-PER", "Norway": "B-LOC"},
        {"Lind": "B-PER", "Norway": "B-LOC"},
    ]


def test_training_corpora_current_events_leave_out_contradictions(tmp_path: Path) -> None:
    items = (
        f"{link('Lind', 'Ada Lind')} left.",
        f"{link('Lind', 'Norway')} left.",
        "Lind left.",
        "Oslo-based men left.",
    )
    assert read_day(tmp_path, *items)[2:] == [{"Lind": "?"}, {"Oslo": "?"}]


def test_training_corpora_current_events_hold_every_tenth_day_out(tmp_path: Path) -> None:
    for number in range(1, 2 * HELD_OUT_EVERY + 5):
        day(tmp_path, f"Day number {number} passed.", number=number)
    numbers = [
        [item.words[2] for item in read_current_events(tmp_path, knowledge(), TOKENIZE, held_out=held_out)]
        for held_out in (True, False)
    ]
    assert numbers[0] == ["10", "20"]
    assert sorted(map(int, numbers[0] + numbers[1])) == list(range(1, 25))


def test_training_corpora_titles_have_labels() -> None:
    assert title_labels(knowledge()) == {
        "Ada_Lind": "PER",
        "Bo_Lind": "PER",
        "Oslo": "LOC",
        "Norway": "LOC",
        "Tern_Bank": "ORG",
        "Fish_Act": "MISC",
        "Storm_Ada": "EVENT",
    }
