"""The day of a scene goes to what is told on in it, and to nothing else."""

from datetime import date

import pytest
from building import events_of, time_at, values_of

from kg.model import BlockKind, DateRange, TimeExpression

FRIDAY, SATURDAY, ARTICLE = date(2025, 8, 15), date(2025, 8, 16), date(2025, 8, 18)
LEAD = "On Friday Israel struck/VERB/strike Tehran ."


def day(value: date) -> DateRange:
    return DateRange(begin=value, end=value)


def dates_of_last(*lines: str, published: date | None = ARTICLE, kind: BlockKind = BlockKind.PARAGRAPH) -> list[object]:
    """The dates of the event that the last of the lines tells of."""

    def times(doc: object) -> list[TimeExpression]:
        days = {"Friday": FRIDAY, "Saturday": SATURDAY}
        return [time_at(doc, name, value) for name, value in days.items() if name in str(doc)]

    events = events_of(*lines, times=times, published=published, kind=kind)
    [event] = [event for event in events if max(event.sentences) == len(lines) - 1]
    return list(values_of(event, "date"))


@pytest.mark.parametrize(
    "line",
    [
        "Iran attacked/VERB/attack Geneva .",
        "Iran carried/VERB/carry out/ADP an attack/NOUN on Geneva .",
        "Geneva was attacked/VERB/attack by Iran .",
        "Iran answered/VERB/answer by attacking/VERB/attack Geneva .",
        "Iran attacked/VERB/attack Geneva , officials said/VERB/say .",
    ],
)
def test_narrative_carries_the_day_of_a_scene(line: str) -> None:
    lead = "On Friday Israel struck/VERB/strike Tehran in Iran ."
    assert dates_of_last(lead, line) == [day(FRIDAY)]


@pytest.mark.parametrize(
    "line",
    [
        "Israel had attacked/VERB/attack Geneva .",
        "Israel has attacked/VERB/attack Geneva .",
        "Israel will attack/VERB Geneva .",
        "Israel did not attack/VERB Geneva .",
        "Macron spoke/VERB/speak of previous/ADJ attacks/NOUN/attack of Israel on Geneva .",
        "Macron said/VERB/say that Israel attacked/VERB/attack Geneva .",
        "Russia attacked/VERB/attack Ukraine .",
    ],
    ids=["pluperfect", "perfect", "future", "denied", "taken-for-granted", "reported", "others"],
)
def test_narrative_carries_no_day_to_what_is_not_told_in_the_scene(line: str) -> None:
    assert dates_of_last(LEAD, line) == []


@pytest.mark.parametrize(
    "lead",
    [
        "On Friday Macron said/VERB/say that Israel would rest/VERB .",
        "On Friday Israel will rest/VERB .",
        "Before Friday Israel had rested/VERB/rest .",
    ],
    ids=["reporting-day", "plan", "background"],
)
def test_narrative_opens_a_scene_only_where_something_is_told(lead: str) -> None:
    assert dates_of_last(lead, "Israel attacked/VERB/attack Geneva .") == []


def test_narrative_opens_no_scene_long_before_the_article_and_none_without_its_date() -> None:
    line = "Israel attacked/VERB/attack Geneva ."
    assert dates_of_last(LEAD, line, published=date(2025, 9, 18)) == []
    assert dates_of_last(LEAD, line, published=None) == []


def test_narrative_carries_the_latest_of_several_days_of_a_paragraph() -> None:
    second = "On Saturday Iran rested/VERB/rest and Israel watched/VERB/watch ."
    assert dates_of_last(LEAD, second, "Iran attacked/VERB/attack Geneva .") == [day(SATURDAY)]


def test_narrative_gives_a_time_at_the_head_of_a_sentence_to_all_its_main_verbs() -> None:
    line = "On Friday Trump met/VERB/meet Putin , and Macron visited/VERB/visit Ukraine ."
    meeting, visit = events_of(line, times=lambda doc: [time_at(doc, "Friday", FRIDAY)], published=ARTICLE)
    assert (values_of(meeting, "date"), values_of(visit, "date")) == ([day(FRIDAY)], [day(FRIDAY)])


@pytest.mark.parametrize(
    ("line", "dates"),
    [
        ("US is imposing/VERB/impose sanctions/NOUN/sanction on Russia .", [day(ARTICLE)]),
        ("US is preparing/VERB/prepare sanctions/NOUN/sanction on Russia .", []),
        ("US has imposed/VERB/impose sanctions/NOUN/sanction on Russia .", []),
    ],
)
def test_narrative_dates_what_is_done_by_saying_it(line: str, dates: list[DateRange]) -> None:
    assert dates_of_last(line) == dates
    assert dates_of_last(line, kind=BlockKind.TITLE) == []


def test_narrative_takes_a_headline_at_its_word_where_the_text_itself_speaks_so() -> None:
    headline = "US announces/VERB/announce sanctions/NOUN/sanction on Iran"
    lines = (headline, "US is imposing/VERB/impose sanctions/NOUN/sanction on Russia .")
    events = events_of(*lines, kind=BlockKind.TITLE, published=ARTICLE)
    assert [values_of(event, "date") for event in events] == [[day(ARTICLE)], [day(ARTICLE)]]


def test_narrative_of_one_day_is_about_all_whom_its_first_sentences_name() -> None:
    title, told = "Macron watches/VERB/watch Israel", "Macron phoned/VERB/phone Putin ."
    assert dates_of_last(title, LEAD, told) == [day(FRIDAY)]
    assert dates_of_last(title, LEAD, "On Saturday Iran rested/VERB/rest .", told) == []


@pytest.mark.parametrize(
    ("lines", "dates"),
    [
        (["Israel strikes/VERB/strike Tehran ."], [day(ARTICLE)]),
        (["Israel is attacking/VERB/attack Tehran ."], []),
        (["Israel attacks/VERB/attack Tehran almost/ADV every night/NOUN ."], []),
        (["Israel accuses/VERB/accuse Iran of an attack/NOUN on Tehran ."], []),
        (["Israel struck/VERB/strike Geneva .", "Iran attacks/VERB/attack Tehran ."], []),
        (["People sleep/VERB ."] * 4 + ["Israel strikes/VERB/strike Tehran ."], []),
    ],
    ids=["bulletin", "goes-on", "habit", "accused", "story", "long"],
)
def test_narrative_dates_what_a_bulletin_tells_in_the_present(lines: list[str], dates: list[object]) -> None:
    assert dates_of_last(*lines) == dates


def test_narrative_dates_nothing_that_a_text_does_each_time() -> None:
    line = "Each time/NOUN Israel attacks/VERB/attack Iran , US imposes/VERB/impose sanctions/NOUN/sanction on Russia ."
    events = events_of(line, published=ARTICLE)
    assert [values_of(event, "date") for event in events if event.type == "Sanction"] == [[]]
