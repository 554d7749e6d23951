"""kg.times: what is found, and which days it stands for."""

import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.model import BlockKind, Sentence, TimeExpression
from kg.times import normalize_times, spans
from kg.times.search import RULES

FRIDAY = date(2025, 7, 4)
VOCAB = Vocab()


def read(
    text: str, published: date | None = FRIDAY, kind: BlockKind = BlockKind.PARAGRAPH
) -> tuple[TimeExpression, ...]:
    """Every line of the text is a sentence."""
    sentences = [
        Sentence(begin=match.start(), end=match.end(), text=match[0], kind=kind)
        for match in re.finditer(r"[^\n]+", text)
    ]
    return normalize_times(
        Doc(VOCAB, words=[text] if text else [], spaces=[False] if text else []), sentences, published
    )


def days(text: str, published: date | None = FRIDAY) -> list[str]:
    """Of every expression: one day, "first/last", the duration, or "?" for what the text leaves open."""
    found = []
    for one in read(text, published):
        if one.range is None:
            found.append(one.duration or "?")
        elif one.range.begin == one.range.end:
            found.append(str(one.range.begin))
        else:
            found.append(f"{one.range.begin}/{one.range.end}")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They spoke on July 2, 2025.", "2025-07-02"),
        ("They spoke on 2 July 2025.", "2025-07-02"),
        ("They spoke on the 2nd of July 2025.", "2025-07-02"),
        ("They spoke on Wed, 2 Jul 2025.", "2025-07-02"),
        ("Monday, May 18, 2015", "2015-05-18"),
        ("Filed 2025-07-02 in Kyiv.", "2025-07-02"),
        ("Filed 02.07.2025 in Kyiv.", "2025-07-02"),
        ("Filed 25/12/2024 in Kyiv.", "2024-12-25"),
        ("In July 2025 it ended.", "2025-07-01/2025-07-31"),
        ("It ended in 2024.", "2024-01-01/2024-12-31"),
        ("the 2022 invasion", "2022-01-01/2022-12-31"),
        ("Russia's full-scale 2022 invasion", "2022-01-01/2022-12-31"),
        ("Resolution 2254 (2015)", "2015-01-01/2015-12-31"),
        ("between 3 and 5 July 2025", "2025-07-03/2025-07-05"),
        ("on 3–5 July 2025", "2025-07-03/2025-07-05"),
        ("on July 3-5, 2025", "2025-07-03/2025-07-05"),
        ("in London on June 9 and 10, 2025", "2025-06-09/2025-06-10"),
        ("from November 20 to December 11, 2015", "2015-11-20/2015-12-11"),
        ("from December 20 to January 11, 2015", "2014-12-20/2015-01-11"),
        ("28 December 2024 – 3 January 2025", "2024-12-28/2025-01-03"),
        ("January–March 2025", "2025-01-01/2025-03-31"),
        ("between June 2024 and December 2025", "2024-06-01/2025-12-31"),
        ("between January and May 2025", "2025-01-01/2025-05-31"),
        ("from 2014 to 2022", "2014-01-01/2022-12-31"),
        ("the 2025-26 season", "2025-01-01/2026-12-31"),
        ("in early July 2025", "2025-07-01/2025-07-10"),
        ("in mid-July 2025", "2025-07-11/2025-07-20"),
        ("at the end of February 2024", "2024-02-21/2024-02-29"),
        ("early in 2016", "2016-01-01/2016-12-31"),
        ("the first quarter of 2025", "2025-01-01/2025-03-31"),
        ("the second half of 2025", "2025-07-01/2025-12-31"),
        ("the last week of June 2025", "2025-06-24/2025-06-30"),
        ("in summer 2025", "2025-06-01/2025-08-31"),
        ("in winter 2024", "2024-12-01/2025-02-28"),
        ("in the 1990s", "1990-01-01/1999-12-31"),
        ("in the '80s", "1980-01-01/1989-12-31"),
        ("in the 20th century", "1901-01-01/2000-12-31"),
        ("the September 11 attacks", "2001-09-11"),
        ("on New Year's Eve 2024", "2024-12-31"),
    ],
)
def test_times_with_a_year_need_no_article_date(text: str, expected: str) -> None:
    assert days(text, published=None) == [expected]
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2025-07-04"),
        ("yesterday evening", "2025-07-03"),
        ("Kyiv was hit last night.", "2025-07-03"),
        ("the day after tomorrow", "2025-07-06"),
        ("Kyiv was hit overnight.", "2025-07-03/2025-07-04"),
        ("They spoke on Thursday.", "2025-07-03"),
        ("They spoke on Friday.", "2025-07-04"),
        ("They spoke late on Saturday night.", "2025-06-28"),
        ("He arrived last Friday.", "2025-06-27"),
        ("He arrives next Monday.", "2025-07-07"),
        ("He arrived on Monday last week.", "2025-06-23"),
        ("this week", "2025-06-30/2025-07-06"),
        ("last week", "2025-06-23/2025-06-29"),
        ("earlier this month", "2025-07-01/2025-07-04"),
        ("later this week", "2025-07-04/2025-07-06"),
        ("late last month", "2025-06-21/2025-06-30"),
        ("next year", "2026-01-01/2026-12-31"),
        ("over the weekend", "2025-06-28/2025-06-29"),
        ("this weekend", "2025-07-05/2025-07-06"),
        ("last summer", "2024-06-01/2024-08-31"),
        ("this winter", "2025-12-01/2026-02-28"),
        ("two days ago", "2025-07-02"),
        ("nearly three weeks ago", "2025-06-09/2025-06-15"),
        ("two years ago", "2023-01-01/2023-12-31"),
        ("in the past two weeks", "2025-06-20/2025-07-04"),
        ("over the next three days", "2025-07-04/2025-07-07"),
        ("since January", "2025-01-01/2025-07-04"),
        ("since 2022", "2022-01-01/2025-07-04"),
        ("since February 24, 2022", "2022-02-24/2025-07-04"),
        ("since last week", "2025-06-23/2025-07-04"),
        ("from Monday to Wednesday", "2025-06-30/2025-07-02"),
        ("by the end of the year", "2025-01-01/2025-12-31"),
        ("in June last year", "2024-06-01/2024-06-30"),
        ("last June", "2025-06-01/2025-06-30"),
        ("next July", "2026-07-01/2026-07-31"),
    ],
)
def test_times_told_from_the_article(text: str, expected: str) -> None:
    assert days(text) == [expected]
    assert set(days(text, published=None)) == {"?"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On 1 July, Macron spoke with both.", "2025-07-01"),
        ("The call is set for 4 July.", "2025-07-04"),
        ("The call is set for 14 July.", "2025-07-14"),
        ("The vote was set for 2 July.", "2025-07-02"),
        ("The vote is to be held from November 20 to December 11.", "2025-11-20/2025-12-11"),
        ("The city fell on November 20.", "2024-11-20"),
        ("The deal expires on October 18.", "2025-10-18"),
        ("He returned to office in January.", "2025-01-01/2025-01-31"),
        ("The fleet sails on Monday, 7 July.", "2025-07-07"),
    ],
)
def test_times_without_a_year_take_the_nearest(text: str, expected: str) -> None:
    assert days(text) == [expected]
    assert all(day == "?" for day in days(text, published=None))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trump will meet Putin on Thursday.", ["2025-07-10"]),
        ("The trial opens on Thursday.", ["2025-07-10"]),
        ("He had planned to visit Baghdad in April.", ["2025-04-01/2025-04-30"]),
        ("Trump, Putin to meet in Alaska on Saturday", ["2025-07-05"]),
        ("On Tuesday, Trump will host Putin.", ["2025-07-08"]),
        ("Talks are scheduled for Monday.", ["2025-07-07"]),
        ("The White House said on Thursday that Trump would host him on Monday.", ["2025-07-03", "2025-07-07"]),
        ("Trump will host Putin, the White House said on Thursday.", ["2025-07-03"]),
        ("He failed to reach a deal on Thursday.", ["2025-07-03"]),
        ("The talks had been scheduled for Thursday.", ["2025-07-03"]),
        ("The talks were to have been held on Thursday.", ["2025-07-10"]),
    ],
)
def test_times_weekday_follows_the_tense_of_its_clause(text: str, expected: list[str]) -> None:
    assert days(text) == expected


def test_times_of_a_story_keep_its_year() -> None:
    assert days("The war began in February 2022.\nBy April the army had withdrawn.") == [
        "2022-02-01/2022-02-28",
        "2022-04-01/2022-04-30",
    ]
    assert days("The war began in February 2022.\nOn 3 July the army withdrew.")[1] == "2025-07-03"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 2 July. The same day he left.", "2025-07-02"),
        ("They met on 2 July.\nHe left the next day.", "2025-07-03"),
        ("They met on 2 July.\nHe had arrived the day before.", "2025-07-01"),
        ("They met on 2 July.\nTwo days later he left.", "2025-07-04"),
        ("They met on 2 July.\nHe left on the following Monday.", "2025-07-07"),
        ("They met on 2 July.\nNothing else.\nHe left the next day.", "2025-07-03"),
        ("They met on 2 July.\nNothing.\nNothing.\nNothing else.\nHe left the next day.", "?"),
        ("They met on 4 July.\nHe left the next day.", "?"),
        ("They met in July 2024.\nHe left the next day.", "?"),
        ("They met on 2 July, two days after the vote.", "?"),
    ],
)
def test_times_told_from_the_day_before_them(text: str, expected: str) -> None:
    assert days(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They spoke for nearly an hour.", "PT1H"),
        ("a two-hour call", "PT2H"),
        ("a 90-minute call", "PT90M"),
        ("a two-and-a-half-hour call", "PT2H30M"),
        ("They spoke for two hours and 15 minutes.", "PT2H15M"),
        ("It lasted an hour and a half.", "PT1H30M"),
        ("a 30-day truce", "P30D"),
        ("the 12-day war", "P12D"),
        ("a two-week pause", "P14D"),
        ("for an additional period of 90 days", "P90D"),
        ("after three days of talks", "P3D"),
        ("lasting twenty-five years", "P25Y"),
        ("after two decades of rule", "P20Y"),
        ("a year-long blockade", "P1Y"),
    ],
)
def test_times_durations(text: str, expected: str) -> None:
    assert days(text) == [expected]
    assert days(text, published=None) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "They sent 2000 soldiers and 2025 shells.",
        "Theresa May said it may rain.",
        "Protesters March in Paris",
        "a 45-year-old man and a two-year-old",
        "Bloody Sunday and the Good Friday Agreement",
        "USA Today and the Sunday Times reported it.",
        "a second round of talks",
        "In 3,000 homes 4.5 million people live 24/7.",
        "They pushed for a second time.",
        "call +7 495 2025-1 or 10.0.0.1",
    ],
)
def test_times_leaves_out_what_is_no_time(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    "text", ["30 February 2025", "on 31 April", "29 February 2023", "07/02/2025", "on May 1 and 20", "1 July 0000"]
)
def test_times_that_do_not_exist_or_are_unclear_have_no_range(text: str) -> None:
    assert set(days(text)) <= {"?", "2025-07-01"}


def test_times_moved_dates_are_no_range() -> None:
    assert days("They moved the vote from 3 July to 10 July.") == ["2025-07-03", "2025-07-10"]


def test_times_clutter_is_not_read() -> None:
    assert read("July 2, 2025", kind=BlockKind.CLUTTER) == ()


def test_times_name_their_sentence_and_offsets() -> None:
    text = "Über 🚀 nothing here.\nOn July 2, 2025, they spoke for an hour."
    first, second = read(text)
    assert (first.sentence, first.text, text[first.begin : first.end]) == (1, "July 2, 2025", "July 2, 2025")
    assert (second.text, second.duration, second.range) == ("an hour", "PT1H", None)


PIECES = st.sampled_from(
    [
        "July 3 ",
        " 2025 ",
        "May ",
        "to ",
        "and ",
        "– ",
        "from ",
        "since ",
        "between ",
        "last ",
        "next ",
        "the ",
        "week ",
        "two ",
        "a ",
        "days ",
        "ago ",
        "later ",
        "Thursday ",
        "morning ",
        "half ",
        "of ",
        "first ",
        "quarter ",
        ", ",
        ". ",
        "12",
        "-",
        "/",
        "year ",
        "end ",
        "early ",
        "1990s ",
        "hour ",
        "30 February ",
        "9999 ",
        "in ",
        "will ",
        "said ",
        "🚀 ",
        "é",
        "\xa0",
        "decades ",
        "0001-01-01 ",
        "centuries ",
        "twenty-",
        "past ",
        "99 ",
        "31 December 9999 ",
    ]
)


@settings(max_examples=100, deadline=None)
@given(
    text=st.lists(PIECES, max_size=25).map("".join),
    published=st.one_of(st.none(), st.dates()),
)
def test_times_are_in_order_and_quote_the_text(text: str, published: date | None) -> None:
    end = 0
    for one in read(text, published):
        assert end <= one.begin < one.end
        assert text[one.begin : one.end] == one.text
        assert one.range is None or one.duration is None
        end = one.end


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_times_read_any_text(text: str) -> None:
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]
    assert all(any(b <= one.begin and one.end <= e for b, e in lines) for one in read(text))


@pytest.mark.parametrize(
    "unit",
    ["1 ", "3 days and ", "two and a half ", "in early the ", "9-", "for a an the ", "\u00a0"],
)
def test_times_need_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = "On July 3, two days ago, before later " + unit * (length // len(unit))
        begin = time.process_time()
        read(text)
        return time.process_time() - begin

    # Four times the text may take eight times the time (a slow machine), not sixteen (a quadratic pattern).
    assert seconds(100_000) < max(8 * seconds(25_000), 1.0)


def test_times_rules_have_names_and_known_grains() -> None:
    assert all(one.name and one.grain in {"", "day", "month", "year"} for one in RULES)


@given(st.dates(), st.integers(-20, 20))
def test_times_weeks_begin_on_monday(day: date, shift: int) -> None:
    week = spans.week_of(day, shift)
    if week is not None:
        assert (week.begin.weekday(), (week.end - week.begin).days) == (0, 6)
