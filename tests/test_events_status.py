"""Did it happen? One row a cue: what stands around the trigger decides."""

import pytest
from building import events_of, values_of

from kg.model import BlockKind, Status

TALKS = "talks/NOUN/talk between Russia and Ukraine"
STATUSES = [
    ("Trump met/VERB/meet Putin .", Status.OCCURRED),
    ("Trump did not meet/VERB Putin .", Status.DENIED),
    ("Trump did n't meet/VERB Putin .", Status.DENIED),
    ("Trump has never/ADV met/VERB/meet Putin .", Status.DENIED),
    ("Trump failed/VERB/fail to meet/VERB Putin .", Status.DENIED),
    ("Trump refused/VERB/refuse to meet/VERB Putin .", Status.DENIED),
    ("Trump ruled/VERB/rule out/ADP a meeting between Putin and Zelenskyy .", Status.DENIED),
    ("Iran denied/VERB/deny an attack on Israel .", Status.DENIED),
    ("There/PRON were no air strikes/NOUN/strike on Iran .", Status.DENIED),
    ("The meeting between Trump and Putin was cancelled/VERB/cancel .", Status.DENIED),
    (f"The {TALKS} collapsed/VERB/collapse .", Status.OCCURRED),  # they had been held
    ("No country attacked/VERB/attack Iran .", Status.DENIED),
    ("Nobody arrested/VERB/arrest Putin .", Status.DENIED),
    ("Russia has yet/ADV to attack/VERB Ukraine .", Status.DENIED),
    ("Trump decided/VERB/decide against meeting/VERB/meet Putin .", Status.DENIED),
    ("Iran blocked/VERB/block sanctions/NOUN/sanction on Russia .", Status.DENIED),
    ("A visit by Trump to Kyiv , planned/VERB/plan for May/PROPN , did not take/VERB place/NOUN .", Status.DENIED),
    ("Iran welcomed/VERB/welcome the truce between Russia and Ukraine .", Status.OCCURRED),
    ("Trump agreed/VERB/agree to a trade deal with Putin .", Status.OCCURRED),
    ("An attack on Iran could prompt/VERB a response/NOUN .", Status.POSSIBLE),
    ("Russia and Ukraine fought/VERB/fight a war in May/PROPN .", Status.OCCURRED),
    ("Iran would welcome/VERB a truce between Russia and Ukraine .", Status.POSSIBLE),
    ("Iran supports/VERB/support the truce between Russia and Ukraine .", Status.OCCURRED),
    ("Iran supports/VERB/support a truce between Russia and Ukraine .", Status.POSSIBLE),
    ("A truce between Russia and Ukraine would end/VERB the misery/NOUN .", Status.POSSIBLE),
    ("Macron looked/VERB/look forward/ADV to/SCONJ meeting/VERB/meet Putin .", Status.PLANNED),
    ("Macron was supposed/VERB/suppose to meet/VERB Putin .", Status.PLANNED),
    ("No date/NOUN has been set/VERB for a meeting between Trump and Putin .", Status.PLANNED),
    ("Voters in Geneva vote/VERB to elect/VERB Macron .", Status.OCCURRED),
    ("Macron made/VERB/make arrangements/NOUN/arrangement for a meeting between Trump and Putin .", Status.PLANNED),
    ("Russia is in talks/NOUN/talk with Ukraine .", Status.ONGOING),
    ("Russia attacks/VERB/attack Ukraine almost/ADV every night/NOUN .", Status.ONGOING),
    ("Trump will meet/VERB Putin .", Status.PLANNED),
    ("Trump plans/VERB/plan to meet/VERB Putin .", Status.PLANNED),
    ("Trump agreed/VERB/agree to meet/VERB Putin .", Status.PLANNED),
    ("Trump is expected/VERB/expect to meet/VERB Putin .", Status.PLANNED),
    ("Trump is scheduled/VERB/schedule to meet/VERB Putin .", Status.PLANNED),
    ("Trump is to meet/VERB Putin .", Status.PLANNED),
    (f"New/ADJ {TALKS} will resume/VERB .", Status.PLANNED),
    (f"New/ADJ {TALKS} are to be held/VERB/hold .", Status.PLANNED),
    ("The upcoming/ADJ meeting between Trump and Putin drew/VERB/draw crowds .", Status.PLANNED),
    ("Trump would meet/VERB Putin .", Status.POSSIBLE),
    ("Trump could meet/VERB Putin .", Status.POSSIBLE),
    ("If Trump met/VERB/meet Putin , prices would fall/VERB .", Status.POSSIBLE),
    ("Trump wants/VERB/want to meet/VERB Putin .", Status.POSSIBLE),
    (f"Trump urged/VERB/urge {TALKS} .", Status.POSSIBLE),
    ("Sanctions/NOUN/sanction against Russia should be raised/VERB/raise .", Status.POSSIBLE),
    ("Trump threatened/VERB/threaten sanctions/NOUN/sanction on Russia .", Status.POSSIBLE),
    ("The possible/ADJ meeting between Trump and Putin drew/VERB/draw crowds .", Status.POSSIBLE),
    (f"The ongoing/ADJ {TALKS} tire/VERB everybody .", Status.ONGOING),
    (f"New/ADJ {TALKS} are underway/ADV .", Status.ONGOING),
    ("Russia is attacking/VERB/attack Ukraine .", Status.ONGOING),
    ("The war between Russia and Ukraine must end/VERB .", Status.ONGOING),
    ("Macron fears/VERB/fear a wider/ADJ war between Israel and Iran .", Status.POSSIBLE),
    (f"New/ADJ {TALKS} were to have been held/VERB/hold .", Status.DENIED),
    ("Without meeting/VERB/meet Putin , Trump left/VERB/leave .", Status.DENIED),
    ("Trump is due/ADJ to meet/VERB Putin .", Status.PLANNED),
    ("A meeting between Trump and Putin set/VERB for Friday drew/VERB/draw crowds .", Status.PLANNED),
    (f"New/ADJ {TALKS} that will be held/VERB/hold on Friday drew/VERB/draw crowds .", Status.PLANNED),
    ("Macron said/VERB/say that he would meet/VERB Putin on Monday .", Status.PLANNED),
    ("Macron said/VERB/say that he would meet/VERB Putin if the war ended/VERB/end .", Status.POSSIBLE),
    ("Trump will meet/VERB Putin if the guns fall/VERB silent/ADJ .", Status.POSSIBLE),
    ("Will/AUX Trump meet/VERB Putin ?", Status.POSSIBLE),
    ("Why/ADV did Trump meet/VERB Putin ?", Status.OCCURRED),
    ("Peace will require/VERB a meeting between Trump and Putin .", Status.POSSIBLE),
    ("Trump did not rule/VERB out/ADP a meeting between Putin and Zelenskyy .", Status.POSSIBLE),
    (f"Macron will speak/VERB after the {TALKS} .", Status.OCCURRED),
    (f"Macron will build/VERB on previous/ADJ {TALKS} .", Status.OCCURRED),
    ("Iranian students gather/VERB to protest/VERB against Trump .", Status.OCCURRED),
    ("Israel agreed/VERB/agree to stop/VERB the strikes/NOUN/strike on Iran .", Status.OCCURRED),
    ("Putin will not attend/VERB a summit with Trump .", Status.PLANNED),
    ("Putin will boycott/VERB the summit/NOUN between Trump and Merz .", Status.PLANNED),
    ("Putin did not attend/VERB the summit/NOUN between Trump and Merz .", Status.OCCURRED),
    (f"New/ADJ {TALKS} , which will raise/VERB hopes , took/VERB/take place .", Status.OCCURRED),
    (f"Trump postponed/VERB/postpone {TALKS} .", Status.PLANNED),
    ("Macron will not condemn/VERB the attack/NOUN of Israel on Iran .", Status.OCCURRED),
    ("A meeting between Trump and Putin was not mentioned/VERB/mention .", Status.POSSIBLE),
    ("Iran is being attacked/VERB/attack by Israel .", Status.ONGOING),
    ("Macron underlined/VERB/underline the importance of working/VERB/work together/ADV with Merz .", Status.POSSIBLE),
    ("Russia claims/VERB/claim to have attacked/VERB/attack Ukraine .", Status.OCCURRED),
    ("Israel was the first/ADJ country to attack/VERB Iran .", Status.OCCURRED),
    ("At a meeting between Trump and Putin , Macron agreed/VERB/agree to rest/VERB .", Status.OCCURRED),
    ("Many/ADJ are missing/VERB/miss after the attack/NOUN of Israel on Iran .", Status.OCCURRED),
    ("Trump managed/VERB/manage to meet/VERB Putin .", Status.OCCURRED),
    ("US is imposing/VERB/impose sanctions/NOUN/sanction on Russia .", Status.OCCURRED),
    ("Russia is holding/VERB/hold talks/NOUN/talk with Ukraine .", Status.ONGOING),
    ("US condemned/VERB/condemn that Russia is detaining/VERB/detain Macron .", Status.ONGOING),
]


@pytest.mark.parametrize(("line", "status"), STATUSES, ids=[line.replace("/", "|") for line, _ in STATUSES])
def test_events_status_follows_the_cues(line: str, status: Status) -> None:
    [event] = events_of(line)
    assert values_of(event, "status") == [status]


@pytest.mark.parametrize(
    "line",
    [
        "Macron will not rest/VERB , but Trump met/VERB/meet Putin .",
        "Trump met/VERB/meet Putin , who will not resign/VERB .",
        "Trump met/VERB/meet Putin ; sanctions/NOUN will follow/VERB .",
        "The possible/ADJ heir of a throne far/ADV away/ADV in Geneva watched/VERB/watch : Trump met/VERB/meet Putin .",
    ],
)
def test_events_status_knows_no_cue_of_another_clause(line: str) -> None:
    [event] = [event for event in events_of(line) if event.type == "Meeting"]
    assert values_of(event, "status") == [Status.OCCURRED]


def test_events_status_of_a_truce_that_talks_did_not_bring_is_not_theirs() -> None:
    [event] = events_of("New/ADJ talks/NOUN/talk between Russia and Ukraine did not bring/VERB peace .")
    assert values_of(event, "status") == [Status.OCCURRED]


def test_events_status_of_an_infinitive_is_planned_in_headlines_only() -> None:
    line = "Trump to meet/VERB Putin"
    [headline] = events_of(line, kind=BlockKind.TITLE)
    [sentence] = events_of(line)
    assert values_of(headline, "status") == [Status.PLANNED]
    assert values_of(sentence, "status") == [Status.POSSIBLE]


def test_events_status_of_what_was_brought_about_is_occurred() -> None:
    [truce] = [e for e in events_of("Trump negotiated/VERB/negotiate a truce with Iran .") if e.type == "Ceasefire"]
    assert values_of(truce, "status") == [Status.OCCURRED]
    events = events_of("Trump is negotiating/VERB/negotiate a truce with Iran .")
    [truce] = [e for e in events if e.type == "Ceasefire"]
    assert values_of(truce, "status") == [Status.POSSIBLE]


def test_events_status_of_what_was_taken_is_occurred_whatever_becomes_of_it() -> None:
    line = "Trump wants/VERB/want to discuss/VERB/discuss the sanctions/NOUN/sanction imposed/VERB/impose on Iran ."
    [event] = events_of(line)
    assert values_of(event, "status") == [Status.OCCURRED]


def test_events_announced_in_a_headline_are_planned() -> None:
    [event] = events_of("Trump to host/VERB Putin in Alaska next/ADJ month , foreign/ADJ ministry says/VERB/say .")
    assert values_of(event, "status") == [Status.PLANNED]
