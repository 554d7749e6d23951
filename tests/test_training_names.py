"""Names of four corpora under one set of labels."""

from pathlib import Path

import pytest
from annotating import parsed, tags

from kg.training.names import gum_tags, iob_spans, is_demonym, is_title, text_tags, uner_tags


@pytest.mark.parametrize(
    ("forms", "given", "expected"),
    [
        ("Ada Lind left Oslo .", "B-PER I-PER O B-LOC O", "B-PER I-PER O B-LOC O"),
        ("Ada Bo", "B-PER B-PER", "B-PER B-PER"),
        ("the Russian navy", "O B-OTH O", "O B-NORP O"),
        ("South Korean tea", "B-OTH I-OTH O", "B-NORP I-NORP O"),
        (
            "the Harvest Cup",
            "O B-OTH I-OTH",
            "O B-NORP|B-EVENT|B-MISC I-NORP|I-EVENT|I-MISC",
        ),
        ("Tern , Bo", "B-ORG B-O B-PER", "B-ORG O B-PER"),
        ("Tern x Lab", "O B-O O", "O ? O"),
        ("Lab left", "I-ORG O", "B-ORG O"),
    ],
    ids=[
        "plain",
        "side-by-side",
        "demonym",
        "demonym-of-two-words",
        "other-is-one-of-three",
        "stray-on-punctuation",
        "stray-on-a-word",
        "never-begun",
    ],
)
def test_training_names_of_uner(forms: str, given: str, expected: str) -> None:
    assert uner_tags(forms.split(), given.split()) == tuple(map(tags, expected.split()))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("O O", []),
        ("B-PER I-PER O B-LOC", [(0, 2, "PER"), (3, 4, "LOC")]),
        ("B-PER B-PER I-LOC", [(0, 1, "PER"), (1, 2, "PER"), (2, 3, "LOC")]),
        ("", []),
    ],
)
def test_training_names_spans(given: str, expected: list[tuple[int, int, str]]) -> None:
    assert list(iob_spans(given.split())) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Russian", True), ("Syrians", True), ("South Korean", True), ("Russia", False), ("s", False)],
)
def test_training_names_demonyms(text: str, expected: bool) -> None:
    assert is_demonym(text) is expected


@pytest.mark.parametrize(("word", "expected"), [("Minister", True), ("president", True), ("Putin", False)])
def test_training_names_titles(word: str, expected: bool) -> None:
    assert is_title(word) is expected


GUM = {
    "flat-person": (
        """
        # text = President Ada Lind left.
        1  President  president  NOUN   NN   _  2  nmod:desc  _  Entity=(1-person-new-cf1-1-coref
        2  Ada        Ada        PROPN  NNP  _  4  nsubj      _  _
        3  Lind       Lind       PROPN  NNP  _  2  flat       _  Entity=1)
        4  left       leave      VERB   VBD  _  0  root       _  SpaceAfter=No
        5  .          .          PUNCT  .    _  4  punct      _  _
        """,
        "O B-PER I-PER O O",
    ),
    "title-in-the-name": (
        """
        # text = Prime Minister Ada Lind left
        1  Prime     Prime     PROPN  NNP  _  2  compound  _  Entity=(1-person-new-cf1-1-coref
        2  Minister  Minister  PROPN  NNP  _  3  compound  _  _
        3  Ada       Ada       PROPN  NNP  _  5  nsubj     _  _
        4  Lind      Lind      PROPN  NNP  _  3  flat      _  Entity=1)
        5  left      leave     VERB   VBD  _  0  root      _  _
        """,
        "? ? B-PER I-PER O",
    ),
    "title-is-the-head": (
        """
        # text = King Bo left
        1  King  King   PROPN  NNP  _  3  nsubj  _  Entity=(1-person-new-cf1-1-coref
        2  Bo    Bo     PROPN  NNP  _  1  flat   _  Entity=1)
        3  left  leave  VERB   VBD  _  0  root   _  _
        """,
        "? B-PER O",
    ),
    "title-alone": (
        """
        # text = the King left
        1  the   the    DET    DT   _  2  det    _  Entity=(1-person-new-cf1-1-coref
        2  King  King   PROPN  NNP  _  3  nsubj  _  Entity=1)
        3  left  leave  VERB   VBD  _  0  root   _  _
        """,
        "O ? O",
    ),
    "of-inside": (
        """
        # text = the University of Porto won
        1  the         the         DET    DT   _  2  det    _  Entity=(1-organization-new-cf1-1-coref
        2  University  University  PROPN  NNP  _  5  nsubj  _  _
        3  of          of          ADP    IN   _  4  case   _  _
        4  Porto       Porto       PROPN  NNP  _  2  nmod   _  Entity=(2-place-new-cf2-1-coref)1)
        5  won         win         VERB   VBD  _  0  root   _  _
        """,
        "O B-ORG I-ORG I-ORG O",
    ),
    "person-of-a-party": (
        """
        # text = Alvin Yeung of Civic Party won
        1  Alvin  Alvin  PROPN  NNP  _  6  nsubj     _  Entity=(1-person-new-cf1-1-coref
        2  Yeung  Yeung  PROPN  NNP  _  1  flat      _  _
        3  of     of     ADP    IN   _  5  case      _  _
        4  Civic  Civic  PROPN  NNP  _  5  compound  _  Entity=(2-organization-new-cf2-2-coref
        5  Party  Party  PROPN  NNP  _  1  nmod      _  Entity=2)1)
        6  won    win    VERB   VBD  _  0  root      _  _
        """,
        "B-PER I-PER O B-ORG I-ORG O",
    ),
    "adjective-inside": (
        """
        # text = the Red Cross and Russian oil
        1  the      the      DET    DT   _  3  det   _  Entity=(1-organization-new-cf1-2-coref
        2  Red      red      ADJ    JJ   _  3  amod  _  _
        3  Cross    Cross    PROPN  NNP  _  0  root  _  Entity=1)
        4  and      and      CCONJ  CC   _  6  cc    _  _
        5  Russian  Russian  ADJ    JJ   _  6  amod  _  _
        6  oil      oil      NOUN   NN   _  3  conj  _  _
        """,
        "O B-ORG I-ORG O B-NORP O",
    ),
    "demonym-as-noun": (
        """
        # text = Syrians wept
        1  Syrians  Syrian  PROPN  NNPS  _  2  nsubj  _  Entity=(1-person-new-cf1-1-coref)
        2  wept     weep    VERB   VBD   _  0  root   _  _
        """,
        "B-NORP O",
    ),
    "common-noun": (
        """
        # text = the harbour of Lisbon
        1  the      the      DET    DT   _  2  det   _  Entity=(1-place-new-cf1-2-coref
        2  harbour  harbour  NOUN   NN   _  0  root  _  _
        3  of       of       ADP    IN   _  4  case  _  _
        4  Lisbon   Lisbon   PROPN  NNP  _  2  nmod  _  Entity=(2-place-new-cf2-1-coref)1)
        """,
        "O O O B-LOC",
    ),
    "date": (
        """
        # text = on Monday
        1  on      on      ADP    IN   _  2  case  _  _
        2  Monday  Monday  PROPN  NNP  _  0  root  _  Entity=(1-time-new-cf1-1-coref)
        """,
        "O ?",
    ),
    "across-sentences": (
        """
        # text = Oslo left
        1  Oslo  Oslo   PROPN  NNP  _  2  nsubj  _  Bridge=1<4|Entity=7)(2-place-new-cf1-1-coref)
        2  left  leave  VERB   VBD  _  0  root   _  Entity=(9-event-new-cf1-1-coref
        """,
        "B-LOC O",
    ),
    "object": (
        """
        # text = the Tern sank near Cape Cod
        1  the   the   DET    DT   _  2  det       _  Entity=(1-object-new-cf1-2-coref
        2  Tern  Tern  PROPN  NNP  _  3  nsubj     _  Entity=1)
        3  sank  sink  VERB   VBD  _  0  root      _  _
        4  near  near  ADP    IN   _  6  case      _  _
        5  Cape  Cape  PROPN  NNP  _  6  compound  _  Entity=(2-place-new-cf2-2-coref
        6  Cod   Cod   PROPN  NNP  _  3  obl       _  Entity=2)
        """,
        "O B-MISC O O B-LOC I-LOC",
    ),
}


@pytest.mark.parametrize(("text", "expected"), GUM.values(), ids=GUM)
def test_training_names_of_gum(tmp_path: Path, text: str, expected: str) -> None:
    (sentence,) = parsed(tmp_path / "gum.conllu", text)
    assert gum_tags(sentence) == tuple(map(tags, expected.split()))


def test_training_names_of_gum_keep_a_demonym_in_a_name(tmp_path: Path) -> None:
    (sentence,) = parsed(
        tmp_path / "gum.conllu",
        """
        # text = the European Union
        1  the       the       DET    DT   _  3  det   _  Entity=(1-organization-new-cf1-2-coref
        2  European  European  ADJ    NNP  _  3  amod  _  _
        3  Union     Union     PROPN  NNP  _  0  root  _  Entity=1)
        """,
    )
    assert gum_tags(sentence) == tuple(map(tags, ("O", "B-ORG", "I-ORG")))


TEXT = "Ada met Bo-Lind in Oslo in 2024."
WORDS = [(0, 3), (4, 7), (8, 10), (10, 11), (11, 15), (16, 18), (19, 23), (24, 26), (27, 31), (31, 32)]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], "? O ? O ? O ? O ? O"),
        ([(8, 15, ("PER",)), (19, 23, ("LOC", "ORG"))], "? O B-PER I-PER I-PER O B-LOC|B-ORG O ? O"),
        ([(0, 2, ("PER",)), (20, 23, ("LOC",))], "? O ? O ? O ? O ? O"),
        ([(0, 3, ())], "? O ? O ? O ? O ? O"),
    ],
    ids=["nothing-known", "known", "cut-words", "no-label"],
)
def test_training_names_of_text(spans: list[tuple[int, int, tuple[str, ...]]], expected: str) -> None:
    assert text_tags(WORDS, TEXT, spans) == tuple(map(tags, expected.split()))
