"""Who said what: the source of direct and reported speech, and exact offsets."""

from dataclasses import replace

import pytest
from building import cast, events_of, make_doc

from kg.model import Quote
from kg.quotation import quotation_spans
from kg.quotes import attribute_quotes, place_in_events

WORDS = "We want/VERB peace in Ukraine"
TEXT = "We want peace in Ukraine"


def quotes_of(*lines: str, apart: str = "") -> tuple[Quote, ...]:
    doc, sentences, spans = make_doc(*lines, apart=apart)
    found = attribute_quotes(doc, sentences, spans, cast(doc))
    assert all(doc.text[quote.begin : quote.end] == quote.text for quote in found)
    return found


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        (f"“ {WORDS} , ” said/VERB/say Trump .", "said"),
        (f"“ {WORDS} , ” Trump said/VERB/say .", "said"),
        (f'" {WORDS} , " Trump said/VERB/say .', "said"),
        (f"‘ {WORDS} , ’/PUNCT Trump said/VERB/say .", "said"),
        (f"Trump told/VERB/tell reporters/NOUN : “ {WORDS} ”", "told"),
        (f"Trump warned/VERB/warn , “ {WORDS} ”", "warned"),
        (f"“ {WORDS} , ” according/VERB to Trump .", "according to"),
        (f"According/VERB to Trump , “ {WORDS} ”", "according to"),
    ],
    ids=["said-x", "x-said", "straight", "single", "colon", "comma", "according-to", "according-to-first"],
)
def test_quotes_find_the_source_beside_the_words(line: str, cue: str) -> None:
    [quote] = quotes_of(line)
    assert (quote.text, quote.speaker, quote.cue) == (TEXT, "trump", cue)
    assert quote.verbatim
    assert quote.sentences == (0,)


def test_quotes_keep_apart_who_spoke_and_who_relayed_it() -> None:
    [quote] = quotes_of(f"“ {WORDS} , ” Ushakov quoted/VERB/quote Putin as saying/VERB/say .")
    assert (quote.speaker, quote.relayed_by) == ("putin", "ushakov")


def test_quotes_name_the_person_at_the_end_of_a_title() -> None:
    [quote] = quotes_of(f"“ {WORDS} , ” said/VERB/say Russia aide Ushakov .")
    assert quote.speaker == "ushakov"


def test_quotes_are_introduced_by_the_sentence_before() -> None:
    [quote] = quotes_of("Trump acknowledged/VERB/acknowledge the lack of progress :", f"“ {WORDS} ”", apart="\n\n")
    assert (quote.speaker, quote.sentences) == ("trump", (0, 1))


@pytest.mark.parametrize("apart", ["", "\n\n"], ids=["same-paragraph", "next-paragraph"])
def test_quotes_go_on_by_turn_with_less_confidence(apart: str) -> None:
    first, second = quotes_of(
        f"“ {WORDS} , ” Trump said/VERB/say .", "“ It will come/VERB very/ADV soon/ADV . ”", apart=apart
    )
    assert second.speaker == first.speaker == "trump"
    assert second.confidence < first.confidence


def test_quotes_end_their_turn_after_a_paragraph_of_something_else() -> None:
    lines = (
        f"“ {WORDS} , ” Trump said/VERB/say .",
        "Rain fell/VERB/fall .",
        "“ It will come/VERB very/ADV soon/ADV . ”",
    )
    [quote] = quotes_of(*lines, apart="\n\n")
    assert quote.text == TEXT


def test_quotes_go_on_after_a_pronoun_that_is_nobody_s() -> None:
    _, second = quotes_of(
        f"“ {WORDS} , ” Trump said/VERB/say .", "“ It will come/VERB very/ADV soon/ADV , ” it added/VERB/add ."
    )
    assert second.speaker == "trump"


def test_quotes_without_a_source_are_left_out() -> None:
    assert quotes_of(f"“ {WORDS} . ”") == ()


def test_quotes_leave_out_scare_quotes() -> None:
    assert quotes_of("The “ root causes ” remain/VERB , Trump and Putin .") == ()


def test_quotes_of_places_are_left_out() -> None:
    assert quotes_of(f"Geneva said/VERB/say that {WORDS} .") == ()


def test_quotes_that_never_close_end_with_their_paragraph() -> None:
    [quote] = quotes_of(f"Trump said/VERB/say : “ {WORDS}", "Macron waited/VERB/wait .", apart="\n\n")
    assert quote.text == TEXT


def test_quotes_over_two_sentences_are_one() -> None:
    [quote] = quotes_of("“ We want/VERB peace .", "It is near/ADJ , ” Trump said/VERB/say .")
    assert quote.text == "We want peace. It is near"
    assert quote.sentences == (0, 1)


@pytest.mark.parametrize(
    ("line", "text", "cue"),
    [
        ("Trump said/VERB/say that peace in Ukraine is near/ADJ .", "peace in Ukraine is near", "said"),
        ("Trump said/VERB/say peace in Ukraine is near/ADJ .", "peace in Ukraine is near", "said"),
        ("Peace in Ukraine is near/ADJ , Trump said/VERB/say .", "Peace in Ukraine is near", "said"),
        ("According/VERB to Trump , peace in Ukraine is near/ADJ .", "peace in Ukraine is near", "according to"),
        ("Peace in Ukraine is near/ADJ , according/VERB to Trump .", "Peace in Ukraine is near", "according to"),
        ("Trump declared/VERB/declare that peace in Ukraine is near/ADJ .", "peace in Ukraine is near", "declared"),
        ("Trump stressed/VERB/stress his wish for peace in Ukraine .", "his wish for peace in Ukraine", "stressed"),
    ],
)
def test_quotes_find_reported_speech(line: str, text: str, cue: str) -> None:
    [quote] = quotes_of(line)
    assert (quote.text, quote.speaker, quote.cue, quote.verbatim) == (text, "trump", cue, False)


@pytest.mark.parametrize(
    "line",
    [
        "Trump declared/VERB/declare an emergency in the whole/ADJ country .",  # only with "that"
        "Trump replied/VERB/reply that peace in Ukraine is near/ADJ .",  # only beside quotation marks
        "Trump said/VERB/say nothing .",
        "Old/ADJ and claimed/VERB/claim threats of Trump last/VERB for years/NOUN .",
    ],
)
def test_quotes_take_no_noun_phrase_for_reported_speech(line: str) -> None:
    assert quotes_of(line) == ()


def test_quotes_do_not_report_what_they_cite() -> None:
    [quote] = quotes_of(f"Trump said/VERB/say that “ {WORDS} . ”")
    assert quote.verbatim


def test_quotes_know_what_they_are_about_but_their_speaker() -> None:
    [quote] = quotes_of("Trump said/VERB/say that Trump and Putin want/VERB peace in Ukraine .")
    assert quote.about == ("putin", "ukraine")


def test_quotes_are_said_in_the_call_of_their_sentence() -> None:
    line = "Trump told/VERB/tell Putin in a phone call that peace in Ukraine is near/ADJ ."
    events = events_of(line)
    [quote] = quotes_of(line)
    [placed] = place_in_events([quote], events)
    assert placed.said_in == next(event.id for event in events if event.type == "PhoneCall")
    assert place_in_events([replace(quote, speaker="ukraine")], events)[0].said_in is None


def test_quotes_are_not_said_in_a_call_that_is_only_planned() -> None:
    line = "Trump said/VERB/say that Trump will phone/VERB Putin on Friday ."
    [quote] = quotes_of(line)
    assert place_in_events([quote], events_of(line))[0].said_in is None


def test_quotes_marks_are_no_apostrophes() -> None:
    doc, sentences, _ = make_doc("The ‘/PUNCT 90s/NOUN and Trump ’s old/ADJ men’s/NOUN clubs .")
    assert list(quotation_spans(doc.text, sentences)) == []
