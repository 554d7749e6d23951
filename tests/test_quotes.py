"""Who said what: the source of direct and reported speech, and exact offsets."""

import time
from dataclasses import replace

import pytest
from building import actor, cast, events_of, make_doc

from kg.lexicon import read_words
from kg.model import BlockKind, Quote
from kg.quotation import quotation_spans
from kg.quotes import attribute_quotes, claims_of, place_in_events

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
        (f"''/PUNCT {WORDS} , ''/PUNCT Trump said/VERB/say .", "said"),
        (f"Trump told/VERB/tell reporters/NOUN : “ {WORDS} ”", "told"),
        (f"Trump warned/VERB/warn , “ {WORDS} ”", "warned"),
        (f"“ {WORDS} , ” according/VERB to Trump .", "according to"),
        (f"According/VERB to Trump , “ {WORDS} ”", "according to"),
    ],
    ids=["said-x", "x-said", "straight", "single", "doubled", "colon", "comma", "according-to", "according-to-first"],
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


@pytest.mark.parametrize(
    ("first", "pronoun", "speakers"),
    [("Trump", "he", ["trump", "trump"]), ("Russia", "it", ["russia", "russia"]), ("Trump", "it", ["trump"])],
)
def test_quotes_go_on_after_a_pronoun_that_is_nobody_s(first: str, pronoun: str, speakers: list[str]) -> None:
    second = f"“ It will come/VERB very/ADV soon/ADV , ” {pronoun} added/VERB/add ."
    quotes = quotes_of(f"“ {WORDS} , ” {first} said/VERB/say .", second)
    assert [quote.speaker for quote in quotes] == speakers


@pytest.mark.parametrize(
    "line",
    [
        f"“ {WORDS} , ” a voter/NOUN said/VERB/say .",
        f"A voter/NOUN said/VERB/say : “ {WORDS} ”",
        f"A voter/NOUN shouted/VERB/shout , “ {WORDS} ”",
    ],
)
def test_quotes_of_people_without_a_name_are_not_the_last_speaker_s(line: str) -> None:
    [quote] = quotes_of("“ It will come/VERB very/ADV soon/ADV , ” Trump said/VERB/say .", line)
    assert quote.sentences == (0,)


def test_quotes_leave_out_titles_of_works() -> None:
    assert quotes_of("Trump said/VERB/say so on “ Face/VERB the Nation This Week . ”") == ()


def test_quotes_follow_any_verb_right_before_the_marks() -> None:
    [quote] = quotes_of(f"Putin waited/VERB/wait until Trump boomed/VERB/boom , “ {WORDS} ”")
    assert quote.speaker == "trump"


def test_quotes_go_on_after_an_abbreviation() -> None:
    said = f"“ {WORDS} , ” Gen. Trump , an old/ADJ member/NOUN of the panel/NOUN , said/VERB/say in a phone interview ."
    first, second = quotes_of(said, "“ It will come/VERB very/ADV soon/ADV . ”")
    assert second.speaker == first.speaker == "trump"


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
    ("line", "text"),
    [
        ("Trump , the old/ADJ leader/NOUN , said/VERB/say peace in Ukraine is near/ADJ .", "peace in Ukraine is near"),
        ("Trump vowed/VERB/vow to fight/VERB on in Ukraine .", "vowed to fight on in Ukraine"),
        ("Trump called/VERB/call for peace/NOUN in all of Ukraine .", "called for peace in all of Ukraine"),
        ("Trump urged/VERB/urge Putin to end/VERB the war/NOUN .", "urged Putin to end the war"),
        (
            "Trump accused/VERB/accuse Putin of breaking/VERB/break the truce/NOUN .",
            "accused Putin of breaking the truce",
        ),
        ("Trump suggested/VERB/suggest holding/VERB/hold talks in Geneva .", "holding talks in Geneva"),
        ("Trump made/VERB/make clear/ADJ that the war/NOUN is near/ADJ .", "the war is near"),
        ("Trump denied/VERB/deny that the war/NOUN is near/ADJ .", "denied that the war is near"),
        (
            "It is a very/ADV bad/ADJ plan which Trump has condemned/VERB/condemn .",
            "a very bad plan which Trump has condemned",
        ),
    ],
)
def test_quotes_take_the_content_that_belongs_to_the_verb(line: str, text: str) -> None:
    [quote] = quotes_of(line)
    assert (quote.text, quote.speaker) == (text, "trump")


@pytest.mark.parametrize(
    "line",
    [
        "Trump did not/PART say/VERB that peace in Ukraine is near/ADJ .",
        "Trump may say/VERB that peace in Ukraine is near/ADJ .",
        "Trump wants/VERB/want to say/VERB that peace in Ukraine is near/ADJ .",
        "The war/NOUN goes/VERB/go on if Trump says/VERB/say that peace in Ukraine is near/ADJ .",
        "Trump called/VERB/call the old/ADJ friend/NOUN on Friday .",
        "Trump welcomed/VERB/welcome Putin in the far/ADJ north/NOUN of Alaska .",
        "We/PRON were here/ADV before : Trump declared/VERB/declare war/NOUN .",
    ],
    ids=["denied", "possible", "wanted", "condition", "telephoned", "guest", "other-clause"],
)
def test_quotes_are_said_and_not_only_possible(line: str) -> None:
    assert quotes_of(line) == ()


def test_quotes_of_several_speakers_are_each_one_s() -> None:
    quotes = quotes_of("Trump and Macron said/VERB/say that peace in Ukraine is near/ADJ .")
    assert [quote.speaker for quote in quotes] == ["trump", "macron"]


def test_quotes_part_what_the_speaker_goes_on_to_say() -> None:
    line = "Trump stressed/VERB/stress his wish for peace , adding/VERB/add that the war/NOUN is near/ADJ ."
    first, second = quotes_of(line)
    assert (first.text, second.text) == ("his wish for peace", "the war is near")
    assert first.speaker == second.speaker == "trump"


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("A spokesman/NOUN for Trump said/VERB/say that {0} .", "trump"),
        ("Israeli officials/NOUN/official said/VERB/say that {0} .", "israel"),
        ("Critics/NOUN/critic of Trump said/VERB/say that {0} .", None),
        ("Israeli voters/NOUN/voter said/VERB/say that {0} .", None),
    ],
)
def test_quotes_tell_voices_from_other_people(line: str, speaker: str | None) -> None:
    found = quotes_of(line.format("the war/NOUN is near/ADJ"))
    assert [quote.speaker for quote in found] == ([speaker] if speaker else [])


def test_quotes_inside_a_statement_are_relayed() -> None:
    outer, inner = quotes_of(
        "Ushakov said/VERB/say that Putin believes/VERB/believe that peace in Ukraine is near/ADJ ."
    )
    assert (outer.speaker, outer.relayed_by) == ("ushakov", None)
    assert (inner.speaker, inner.relayed_by) == ("putin", "ushakov")


def test_quotes_within_quotes_of_a_passive_are_relayed() -> None:
    [quote] = quotes_of("Putin was quoted/VERB/quote by Ushakov as saying/VERB/say that peace in Ukraine is near/ADJ .")
    assert (quote.speaker, quote.relayed_by) == ("putin", "ushakov")


def test_quotes_of_a_paper_that_only_passes_on_are_not_its_own() -> None:
    doc, sentences, spans = make_doc(
        "According/VERB to Herald , Trump believes/VERB/believe that peace in Ukraine is near/ADJ ."
    )
    actors = (*cast(doc), actor(doc, "Herald", "NewsMediaOrganization", label="ORG"))
    [quote] = attribute_quotes(doc, sentences, spans, actors)
    assert (quote.speaker, quote.relayed_by) == ("trump", "herald")


def test_quotes_of_a_paper_that_cites_somebody_are_that_one_s() -> None:
    line = "According/VERB to Herald , citing/VERB/cite Trump , peace in Ukraine is near/ADJ ."
    doc, sentences, spans = make_doc(line)
    actors = (*cast(doc), actor(doc, "Herald", "NewsMediaOrganization", label="ORG"))
    [quote] = attribute_quotes(doc, sentences, spans, actors)
    assert (quote.speaker, quote.relayed_by) == ("trump", "herald")


def test_quotes_are_relayed_by_who_speaks_around_their_verb() -> None:
    quotes = quotes_of(
        "Iran has a very/ADV bad/ADJ plan which , according/VERB to Macron , Trump condemned/VERB/condemn ."
    )
    assert ("trump", "macron") in {(quote.speaker, quote.relayed_by) for quote in quotes}


def test_quotes_in_an_issued_statement_are_the_issuer_s() -> None:
    line = "Trump issued/VERB/issue a statement/NOUN calling/VERB/call for peace/NOUN in all of Ukraine ."
    [quote] = quotes_of(line)
    assert (quote.text, quote.speaker) == ("calling for peace in all of Ukraine", "trump")


@pytest.mark.parametrize(
    ("line", "addressee"),
    [
        ("Trump told/VERB/tell Putin that peace in Ukraine is near/ADJ .", "putin"),
        ("Trump said/VERB/say to Putin that peace in Ukraine is near/ADJ .", "putin"),
        ("Trump told/VERB/tell reporters/NOUN that peace in Ukraine is near/ADJ .", None),
        ("Trump announced/VERB/announce a large/ADJ shipment/NOUN of aid/NOUN to Ukraine .", None),
    ],
)
def test_quotes_know_whom_they_were_told(line: str, addressee: str | None) -> None:
    [quote] = quotes_of(line)
    assert (quote.speaker, quote.addressee) == ("trump", addressee)


def test_quotes_of_few_words_count_beside_their_verb() -> None:
    first, second = quotes_of(
        "“ We/PRON know/VERB , ” Trump said/VERB/say .", "“ And the war/NOUN is near/ADJ its end/NOUN . ”"
    )
    assert (first.text, first.speaker, second.speaker) == ("We know", "trump", "trump")


@pytest.mark.parametrize("dash", ["―", "—", "–"])
def test_quotes_are_signed_behind_a_dash(dash: str) -> None:
    [quote] = quotes_of(f"“ {WORDS} . ” {dash}/PUNCT Trump", "Macron waited/VERB/wait .", apart="\n\n")
    assert (quote.speaker, quote.cue) == ("trump", dash)


def test_quotes_end_a_sentence_and_their_verb_stands_in_the_next() -> None:
    [quote] = quotes_of("“ Why/ADV do we want/VERB peace in Ukraine ? ”", "Trump asked/VERB/ask .")
    assert (quote.speaker, quote.sentences) == ("trump", (0, 1))


def test_quotes_of_a_name_before_the_name_are_the_last_one_s() -> None:
    [quote] = quotes_of(f"“ {WORDS} , ” Trump lawyer/NOUN Macron said/VERB/say .")
    assert quote.speaker == "macron"


@pytest.mark.parametrize(
    "line",
    [
        "Trump declared/VERB/declare an emergency in the whole/ADJ country .",  # only with "that"
        "Trump cited/VERB/cite peace in Ukraine as near/ADJ .",  # only beside quotation marks
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


def test_quotes_are_about_the_events_that_they_tell_of() -> None:
    line = "Trump said/VERB/say that Putin met/VERB/meet Macron before Israel attacked/VERB/attack Iran ."
    events = events_of(line)
    [placed] = place_in_events(quotes_of(line), events)
    assert {event.type for event in events if event.id in placed.events} == {"Meeting", "Attack"}
    assert place_in_events([replace(placed, begin=0, end=5)], events)[0].events == ()


def test_quotes_are_not_said_in_a_call_that_is_only_planned() -> None:
    line = "Trump said/VERB/say that Trump will phone/VERB Putin on Friday ."
    [quote] = quotes_of(line)
    assert place_in_events([quote], events_of(line))[0].said_in is None


@pytest.mark.parametrize(
    "unit",
    [
        f"“ {WORDS} , ” Trump said/VERB/say .",
        f"Trump said/VERB/say : “ {WORDS}",
        "“ ‘/PUNCT “ Trump said/VERB/say",
        "Trump said/VERB/say that Putin said/VERB/say that",
        "” ” ''/PUNCT \" “ according/VERB to Trump",
    ],
    ids=["many", "never-closed", "nested", "reported-in-reported", "marks"],
)
def test_quotes_need_linear_time(unit: str) -> None:
    def seconds(times: int) -> float:
        doc, sentences, spans = make_doc(" ".join([unit] * times))  # one sentence, which is the worst case
        actors = cast(doc)
        begin = time.process_time()
        attribute_quotes(doc, sentences, spans, actors)
        return time.process_time() - begin

    # Four times the text may take eight times the time (a slow machine), not sixteen (every mark against every other).
    assert seconds(800) < max(8 * seconds(200), 0.5)


def test_quotes_nested_deeply_are_one() -> None:
    opening, closing = "“ ‘/PUNCT " * 25, "’/PUNCT ” " * 25
    [quote] = quotes_of(f"{opening} {WORDS} , {closing} Trump said/VERB/say .")
    assert WORDS.replace("/VERB", "") in quote.text
    assert quote.speaker == "trump"


def test_quotes_marks_are_no_apostrophes() -> None:
    doc, sentences, _ = make_doc("The ‘/PUNCT 90s/NOUN and Trump ’s old/ADJ men’s/NOUN clubs .")
    assert list(quotation_spans(doc.text, sentences)) == []


# ── whose claim an event is ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("line", "speakers"),
    [
        ("Lavrov said/VERB/say that Ukraine attacked/VERB/attack Russia on Friday .", {"lavrov"}),
        ("Ukraine attacked/VERB/attack Russia on Friday , Lavrov said/VERB/say .", {"lavrov"}),
        ("According/VERB to Lavrov , Ukraine attacked/VERB/attack Russia on Friday .", {"lavrov"}),
        ("“ Ukraine attacked/VERB/attack Russia on Friday , ” Lavrov said/VERB/say .", {"lavrov"}),
        ("Lavrov says/VERB/say Putin says/VERB/say Ukraine attacked/VERB/attack Russia on Friday .", {"putin"}),
        ("Lavrov condemned/VERB/condemn the attack/NOUN of Ukraine on Russia .", {None}),
        ("Ukraine attacked/VERB/attack Russia on Friday .", {None}),
    ],
    ids=["that", "behind", "according-to", "verbatim", "innermost", "given", "outlet"],
)
def test_quotes_make_events_inside_them_their_speaker_s_claim(line: str, speakers: set[str | None]) -> None:
    [event] = events_of(line, quotes=claims_of(quotes_of(line)))
    assert {assertion.attributed_to for assertion in event.assertions} == speakers


# ── documents that are a statement ───────────────────────────────────────────────────────────────

OWN = ("We/PRON want/VERB peace for all of Ukraine .", "Our/PRON aid/NOUN is ready/ADJ for you/PRON .")


def authored(title: str, *lines: str) -> list[tuple[str, str | None]]:
    """(text, speaker) of what a document with this headline says."""
    doc, sentences, spans = make_doc(title, *lines, apart="\n\n")
    sentences = (replace(sentences[0], kind=BlockKind.TITLE), *sentences[1:])
    return [(quote.text, quote.speaker) for quote in attribute_quotes(doc, sentences, spans, cast(doc))]


@pytest.mark.parametrize(
    "title",
    ["Statement/NOUN by Trump on Ukraine", "Remarks/NOUN by Trump at the White House", "Trump ’s Statement/NOUN"],
)
def test_quotes_of_a_statement_are_its_author_s(title: str) -> None:
    assert authored(title, *OWN) == [
        ("We want peace for all of Ukraine", "trump"),
        ("Our aid is ready for you", "trump"),
    ]


def test_quotes_of_a_declaration_are_its_first_signatory_s() -> None:
    found = authored("The Alaska Declaration/NOUN", *OWN, "Macron", "Merz")
    assert {speaker for _, speaker in found} == {"macron"}


def test_quotes_of_a_joint_statement_are_what_each_party_will_do() -> None:
    lines = ("Iran will open/VERB all of its sites .", "The talks took/VERB/take place/NOUN in Geneva .")
    assert authored("Joint/ADJ Statement/NOUN on the talks", *lines) == [("Iran will open all of its sites", "iran")]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Statement/NOUN by Trump on Ukraine", ("Macron waited/VERB/wait for peace/NOUN in Ukraine .", *OWN[:1])),
        ("Trump and Putin want/VERB peace", OWN),
        ("Remarks/NOUN by Trump", ("MACRON : Thank/VERB you all very much .", *OWN)),
    ],
    ids=["not-in-first-person", "no-statement", "transcript"],
)
def test_quotes_of_other_documents_are_not_their_author_s(title: str, lines: tuple[str, ...]) -> None:
    assert authored(title, *lines) == []


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("Trump threatened/VERB/threaten further action against Iran .", "THREATEN"),
        ("Trump urged/VERB/urge Putin to end/VERB the war .", "DEMAND"),
        ("Trump said/VERB/say that Iran must end/VERB the war on Israel .", "DEMAND"),
        ("Trump said/VERB/say that he must end/VERB the war on Israel .", None),
        ("Trump condemned/VERB/condemn the attack on Israel .", "DISAPPROVE"),
        ("Iran refused/VERB/refuse to meet/VERB Trump .", "REJECT"),
        ("Trump said/VERB/say that peace in Ukraine is near/ADJ .", None),
        ("Trump opposed/VERB/oppose a new/ADJ round of talks/NOUN/talk .", "REJECT"),
        ("Trump complained/VERB/complain about the role of China .", "DISAPPROVE"),
        ("Trump said/VERB/say that he condemned/VERB/condemn the attack on Israel .", "DISAPPROVE"),
        ("Trump refused/VERB/refuse to meet/VERB the Iranian delegation , he said/VERB/say .", "REJECT"),
    ],
)
def test_quotes_do_what_their_verb_does(line: str, act: str | None) -> None:
    [quote] = quotes_of(line)
    assert quote.act == act


def test_quotes_know_a_verb_of_saying_for_every_act() -> None:
    assert not read_words("acts.tsv") - read_words("speech_verbs.tsv")


def test_quotes_end_a_phrase_where_the_speaker_goes_on() -> None:
    condemned, promised = quotes_of(
        "Trump condemned/VERB/condemn the attack on Israel whilst/SCONJ promising/VERB/promise "
        "that peace in Gaza is near/ADJ ."
    )
    assert condemned.text == "condemned the attack on Israel"
    assert (promised.speaker, promised.text) == ("trump", "peace in Gaza is near")


@pytest.mark.parametrize("lead", ["Trump :", "Trump ’s answer/NOUN :"])
def test_quotes_are_of_who_stands_before_a_colon(lead: str) -> None:
    [quote] = quotes_of(f"{lead} “ {WORDS} ”")
    assert (quote.text, quote.speaker) == (TEXT, "trump")


def test_quotes_are_of_nobody_where_the_author_speaks_before_a_colon() -> None:
    assert quotes_of(f"Because of Trump I/PRON had to answer/VERB : “ {WORDS} ”") == ()


def test_quotes_are_of_who_said_that_somebody_had_something() -> None:
    found = quotes_of(
        "Trump said/VERB/say Iran had/VERB/have “ no intention/NOUN of leaving/VERB/leave ” "
        "and accused/VERB/accuse Israel of “ a great bias/NOUN in favour/NOUN ” ."
    )
    assert {(quote.text, quote.speaker) for quote in found if quote.verbatim} == {
        ("no intention of leaving", "trump"),
        ("a great bias in favour", "trump"),
    }


def test_quotes_are_relayed_by_who_says_that_somebody_described_it_so() -> None:
    found = quotes_of(
        "Putin described/VERB/describe the talks as “ useful/ADJ for both sides/NOUN ” , Ushakov said/VERB/say ."
    )
    assert [(quote.speaker, quote.relayed_by) for quote in found if quote.verbatim] == [("putin", "ushakov")]


def test_quotes_end_where_another_clause_has_its_own_subject() -> None:
    found = quotes_of(
        "Merz called/VERB/call the agreement a good/ADJ compromise for all , "
        "while Macron described/VERB/describe it as a dark/ADJ day for Iran ."
    )
    assert [(quote.text, quote.speaker, quote.relayed_by) for quote in found] == [
        ("the agreement a good compromise for all", "merz", None),
        ("it as a dark day for Iran", "macron", None),
    ]


def test_quotes_are_no_answer_of_who_is_asked() -> None:
    found = quotes_of(
        "Asked/VERB/ask whether he trusted/VERB/trust Putin , Trump said/VERB/say that he did/VERB/do so ."
    )
    assert all("whether" not in quote.text for quote in found)


def test_quotes_in_single_marks_need_no_punctuation_at_their_end() -> None:
    [quote] = quotes_of(f"Trump : ‘ {WORDS} ’/PUNCT after talks")
    assert (quote.text, quote.speaker) == (TEXT, "trump")


def test_quotes_without_marks_behind_a_colon_go_on_while_somebody_speaks_of_himself() -> None:
    lines = (
        "Trump said/VERB/say :",
        "I welcome/VERB this truce .",
        "Our allies/NOUN agree/VERB .",
        "Rain fell/VERB/fall .",
    )
    [quote] = (quote for quote in quotes_of(*lines, apart="\n\n") if quote.verbatim)
    assert (quote.speaker, quote.sentences) == ("trump", (0, 1, 2))
    assert quote.text.endswith("agree .") or quote.text.endswith("agree.")


@pytest.mark.parametrize("line", ["The truce holds/VERB/hold .", "“ I win/VERB ” , we/PRON read/VERB ."])
def test_quotes_without_marks_behind_a_colon_are_of_who_says_i(line: str) -> None:
    found = quotes_of("Trump said/VERB/say :", line, apart="\n\n")
    assert all(quote.text.startswith("I win") for quote in found if quote.verbatim)
