"""The measure of who said what: when ours and an annotated attribution are a pair."""

from dataclasses import replace

import pytest
from building import cast, make_doc
from measure_quotes import Attribution, attributions, judge, kind_of

from kg.model import Quote
from kg.quotes import attribute_quotes

LINE = "A spokesman/NOUN for Trump said/VERB/say that peace in Ukraine is near/ADJ ."


def verdict(source: str, content: str, ours: Quote | None = None) -> tuple[bool, bool, list[bool]]:
    """Within reach, right, and which of ours are right."""
    doc, sentences, spans = make_doc(LINE)
    [found] = attribute_quotes(doc, sentences, spans, cast(doc))
    places = [(doc.text.index(piece), doc.text.index(piece) + len(piece)) for piece in (source, content)]
    gold = Attribution(source=tuple(places[:1]), content=tuple(places[1:]))
    verdicts = judge(doc, [gold], [ours or found], cast(doc))
    [(_, reached, right)] = verdicts.wanted
    return reached, right, [good for _, good in verdicts.given]


@pytest.mark.parametrize(
    ("source", "content", "expected"),
    [
        ("A spokesman for Trump", "that peace in Ukraine is near", (True, True, [True])),
        ("A spokesman for Trump", "is near", (True, False, [False])),
        ("Ukraine", "that peace in Ukraine is near", (True, False, [False])),
        ("A spokesman", "that peace in Ukraine is near", (False, False, [False])),
    ],
    ids=["both", "other-words", "other-source", "nobody-named"],
)
def test_measure_quotes_pairs_need_source_and_content(
    source: str, content: str, expected: tuple[bool, bool, list[bool]]
) -> None:
    assert verdict(source, content) == expected


def test_measure_quotes_pairs_need_half_of_the_annotated_words() -> None:
    doc, sentences, spans = make_doc(LINE)
    [found] = attribute_quotes(doc, sentences, spans, cast(doc))
    part = replace(found, begin=found.end - len("near"), text="near")
    assert verdict("A spokesman for Trump", "that peace in Ukraine is near", part) == (True, False, [True])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“We want peace,”", "direct"),
        ("that “we want peace,” and soon", "mixed"),
        ("that they want peace", "indirect"),
        ('"It goes on in another paragraph', "direct"),
    ],
)
def test_measure_quotes_knows_kinds_by_the_marks(text: str, kind: str) -> None:
    assert kind_of(text, [(0, len(text))]) == kind


def test_measure_quotes_reads_attributions_that_have_a_source() -> None:
    lines = ["T1\tSource 0 5\tTrump", "T2\tCue 6 10\tsaid", "T3\tContent 11 15;20 24\tthat peace"]
    lines += ["E1\tAttribution:T2 Content:T3 Cue:T2 Source:T1", "E2\tAttribution-no-source:T2 Content:T3 Cue:T2"]
    assert list(attributions("\n".join(lines))) == [Attribution(source=((0, 5),), content=((11, 15), (20, 24)))]
