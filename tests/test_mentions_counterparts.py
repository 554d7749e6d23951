"""Counterparts: "his Turkish counterpart" is who holds the same post there on the article's day."""

from datetime import date

import pytest
from building import SmallKnowledge, entry, make_doc, name_entities, office

from kg.knowledge import NameKind
from kg.mentions import find_mentions
from kg.model import Mention, MentionKind

SINCE = date(2024, 1, 1)
KNOWN = SmallKnowledge(
    entry("Q1", "Sergei Lavrov"),
    entry("Q2", "Hakan Fidan"),
    entry("Q3", "Emmanuel Macron"),
    entry("Q4", "Friedrich Merz"),
    entry("Q5", "Isaac Herzog"),
    entry("Q6", "Benjamin Netanyahu"),
    entry("Q43", "Turkey", "Country"),
    entry("Q36", "Poland", "Country"),
    entry("Q142", "France", "Country"),
    entry("Q801", "Israel", "Country"),
    names=[
        ("Turkish", "Q43", NameKind.DEMONYM, 0.9),
        ("Polish", "Q36", NameKind.DEMONYM, 0.9),
        ("French", "Q142", NameKind.DEMONYM, 0.9),
        ("Israeli", "Q801", NameKind.DEMONYM, 0.9),
    ],
    offices=[
        office("Q1", "foreign minister", "Q159", SINCE),
        office("Q2", "foreign minister", "Q43", SINCE),
        office("Q3", "president", "Q142", SINCE),
        office("Q3", "leader", "Q142", SINCE),
        office("Q4", "chancellor", "Q183", SINCE),
        office("Q5", "president", "Q801", SINCE),
        office("Q6", "leader", "Q801", SINCE),
    ],
)


def counterpart_in(line: str, published: date | None = date(2025, 7, 4), **labels: str) -> Mention:
    doc, _, spans = make_doc(line)
    name_entities(doc, **labels)
    [found] = [m for m in find_mentions(doc, spans, KNOWN, published) if "counterpart" in (m.text, m.text.split()[-1])]
    assert found.kind is MentionKind.ROLE
    return found


@pytest.mark.parametrize(
    ("line", "holder"),
    [
        ("Foreign Minister Sergei Lavrov spoke/VERB/speak with his Turkish/ADJ counterpart .", "Q2"),
        ("Sergei Lavrov spoke/VERB/speak with his Turkish/ADJ counterpart .", "Q2"),
        ("Friedrich Merz spoke/VERB/speak with his French/ADJ counterpart .", "Q3"),
    ],
)
def test_mentions_take_a_counterpart_for_the_holder_of_the_same_post(line: str, holder: str) -> None:
    assert counterpart_in(line, PER="Sergei Lavrov|Friedrich Merz").candidates == (holder,)


def test_mentions_know_no_counterpart_without_an_incumbent_or_between_two() -> None:
    polish = "Foreign Minister Sergei Lavrov met/VERB/meet his Polish/ADJ counterpart ."
    assert counterpart_in(polish, PER="Sergei Lavrov").candidates == ()
    israeli = "President Emmanuel Macron met/VERB/meet his Israeli/ADJ counterpart ."
    assert counterpart_in(israeli, PER="Emmanuel Macron").candidates == ()


def test_mentions_give_a_named_counterpart_the_post_of_the_other() -> None:
    line = "Foreign Minister Sergei Lavrov met/VERB/meet his Polish/ADJ counterpart Jan Nowak ."
    doc, _, spans = make_doc(line)
    name_entities(doc, PER="Sergei Lavrov|Jan Nowak")
    found = find_mentions(doc, spans, KNOWN, date(2025, 7, 4))
    assert [m.title for m in found if m.text == "Jan Nowak"] == ["Foreign Minister"]
