"""What event words are about, read along the reader's trees."""

import pytest
from building import make_doc

from kg.clauses import themes


def themes_of(line: str, trigger: str, *, verb: bool = True) -> frozenset[str]:
    doc, _, _ = make_doc(line)
    start = next(token.i for token in doc if token.text == trigger)
    return themes(doc[start : start + 1], verb=verb)


@pytest.mark.parametrize(
    ("line", "trigger", "words"),
    [
        ("Trump suspended/VERB/suspend aid to Ukraine .", "suspended", {"aid"}),
        ("Generators/NOUN/generator have been delivered/VERB/deliver to Ukraine .", "delivered", {"generator"}),
        ("The US provided/VERB/provide Ukraine with missiles/NOUN/missile .", "provided", {"missile"}),
        ("A bridge collapsed/VERB/collapse in Tehran .", "collapsed", {"bridge"}),
        ("Macron named/VERB/name Merz as envoy .", "named", {"envoy"}),
        (
            "Qatar pledged/VERB/pledge 5 million/NUM euros/NOUN/euro in military/ADJ aid .",
            "pledged",
            {"military", "aid"},
        ),
    ],
)
def test_themes_of_verbs_are_their_complements(line: str, trigger: str, words: set[str]) -> None:
    assert words <= themes_of(line, trigger)


def test_themes_of_verbs_leave_out_the_subject_of_an_object() -> None:
    assert "soldiers" not in themes_of("The soldiers seized/VERB/seize a tanker .", "seized")


def test_themes_of_nouns_go_into_their_phrase() -> None:
    line = "The delivery of millions/NOUN/million of tents/NOUN/tent to Ukraine began/VERB/begin ."
    assert {"million", "tent"} <= themes_of(line, "delivery", verb=False)


def test_themes_do_not_hold_the_trigger_itself() -> None:
    assert "delivery" not in themes_of("The delivery of tents began/VERB/begin .", "delivery", verb=False)
