"""What the rules say: sentence ends, tags, lemmas and names of news English."""

import pytest
from spacy.language import Language
from spacy.tokens import Token

from kg.reader import load_reader
from kg.reader.treebank import read_names, read_sentences


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_reader()


def token(text: str, word: str, nlp: Language) -> Token:
    return next(token for token in nlp(text) if token.text == word)


def names(text: str, nlp: Language) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in nlp(text).ents]


@pytest.mark.parametrize(
    "sentences",
    [
        ["Mr. Li met Gen. J. Cole on Jan. 5 at 9 a.m. in St. Paul.", "They spoke."],
        ["The U.S. President left.", "He flew home."],
        ["It happened in the U.S.", "The envoy denied it."],
        ["“We will not stop.", "We cannot,” he said.", "Nobody replied."],
        ["“Why now?” Minister Roy asked.", "Silence."],
        ["Prices rose 3.5 percent.", "No. 4 was closed…", "Then it opened."],
        ["1. The parties will meet.", "2. The talks go on."],
        ["“Not today … I am busy,” she said."],
        ["Acme Inc. shares fell.", "(They rose later.)", "End"],
        ["He left.", "“She stayed.”", "They met."],
    ],
)
def test_reader_rules_sentences(nlp: Language, sentences: list[str]) -> None:
    assert [sent.text for sent in nlp(" ".join(sentences)).sents] == sentences


@pytest.mark.parametrize(
    ("text", "word", "upos", "lemma"),
    [
        ("He said the strikes killed two people.", "strikes", "NOUN", "strike"),
        ("The army strikes targets every night.", "targets", "NOUN", "target"),
        ("The talks ended on Monday.", "talks", "NOUN", "talk"),
        ("She talks to him.", "talks", "VERB", "talk"),
        ("They will call the president.", "call", "VERB", "call"),
        ("The call lasted an hour.", "call", "NOUN", "call"),
        ("The ministers are meeting in Paris.", "meeting", "VERB", "meet"),
        ("The meeting was short.", "meeting", "NOUN", "meeting"),
        ("Trump meets Putin in Alaska.", "meets", "VERB", "meet"),
        ("The EU will visit Kyiv.", "visit", "VERB", "visit"),
        ("Two men were killed by gunmen.", "men", "NOUN", "man"),
        ("She has not yet signed the deal.", "deal", "NOUN", "deal"),
    ],
)
def test_reader_rules_event_words(nlp: Language, text: str, word: str, upos: str, lemma: str) -> None:
    found = token(text, word, nlp)
    assert (found.pos_, found.lemma_) == (upos, lemma)


@pytest.mark.parametrize(
    ("text", "word", "features"),
    [
        ("He said it.", "said", {"Tense": "Past", "VerbForm": "Fin"}),
        ("The bridge was destroyed.", "destroyed", {"Tense": "Past", "VerbForm": "Part"}),
        ("She has not yet seen it.", "seen", {"Tense": "Past", "VerbForm": "Part"}),
        ("They want to talk.", "talk", {"VerbForm": "Inf"}),
        ("He thinks so.", "thinks", {"Tense": "Pres", "VerbForm": "Fin"}),
        ("The leaders left.", "leaders", {"Number": "Plur"}),
        ("The leader left.", "leader", {"Number": "Sing"}),
    ],
)
def test_reader_rules_morphology(nlp: Language, text: str, word: str, features: dict[str, str]) -> None:
    found = token(text, word, nlp).morph.to_dict()
    assert features.items() <= found.items()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He met Russian President Vladimir Putin.", [("Russian", "NORP"), ("Vladimir Putin", "PER")]),
        ("A Trump–Zelenskyy call is set.", [("Trump", "PER"), ("Zelenskyy", "PER")]),
        ("He wants the Israel-Iran war to end.", [("Israel", "LOC"), ("Iran", "LOC")]),
        ("We saw Secretary of State Marco Rubio there.", [("Marco Rubio", "PER")]),
        ("They met Mohammed bin Salman and Kim Jong-un.", [("Mohammed bin Salman", "PER"), ("Kim Jong-un", "PER")]),
        ("It is in the Strait of Hormuz.", [("Strait of Hormuz", "LOC")]),
        ("He leads the Ministry of Foreign Affairs.", [("Ministry of Foreign Affairs", "ORG")]),
        ("They left the New People's Party.", [("New People's Party", "ORG")]),
        ("On Monday in July, nobody came.", []),
        ("Supreme Court judges and NATO agreed.", [("Supreme Court", "ORG"), ("NATO", "ORG")]),
        ("The U.S.-led coalition left Bosnia and Herzegovina.", [("U.S.", "LOC"), ("Bosnia and Herzegovina", "LOC")]),
        ("Foreign aid fell. Critics were angry.", []),
        ("She lives in the town of Xyzzyville.", [("Xyzzyville", "LOC")]),
    ],
)
def test_reader_rules_names(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert names(text, nlp) == expected


def test_reader_rules_surname_takes_the_label_of_the_full_name(nlp: Language) -> None:
    assert names("The envoy, Dr. Anna Qwertz, came. Later Qwertz left.", nlp)[-1] == ("Qwertz", "PER")


def test_reader_rules_headline_relies_on_the_body(nlp: Language) -> None:
    text = "Envoy Zorba Meets Big Council After Long Delay\n\nYesterday the envoy Zorba came to a council."
    assert names(text, nlp)[0] == ("Zorba", "PER")
    assert "Big Council After Long Delay" not in [name for name, _ in names(text, nlp)]


def test_reader_treebank_reads_conllu_and_iob(tmp_path) -> None:  # type: ignore[no-untyped-def]
    conllu = tmp_path / "a.conllu"
    conllu.write_text(
        "# newpar\n# text = It's on.\n1-2\tIt's\t_\t_\t_\t_\t_\t_\t_\t_\n"
        "1\tIt\tit\tPRON\tPRP\tNumber=Sing\t3\tnsubj\t_\t_\n2\t's\tbe\tAUX\tVBZ\t_\t3\tcop\t_\t_\n"
        "3\ton\ton\tADV\tRB\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n\n",
        encoding="utf-8",
    )
    (sentence,) = read_sentences(conllu)
    assert sentence.paragraph
    assert [(t.form, t.space_after) for t in sentence.tokens] == [
        ("It", True),
        ("'s", True),
        ("on", False),
        (".", True),
    ]
    iob = tmp_path / "a.iob2"
    iob.write_text("# newdoc\n# text = In Rome\n1\tIn\tO\t-\t-\n2\tRome\tB-LOC\t-\t-\n", encoding="utf-8")
    (named,) = read_names(iob)
    assert named.document
    assert named.tags == ("O", "B-LOC")
