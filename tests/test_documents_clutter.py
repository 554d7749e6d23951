"""What is recognised as clutter, and above all what is not."""

from datetime import date

import pytest

from kg.documents.bylines import dateline, parse_byline, parse_date_line
from kg.documents.clutter import is_clutter_line
from kg.documents.composition import compose
from kg.documents.dates import parse_date
from kg.documents.drafts import Draft, Line
from kg.documents.normalization import clean, unwrap
from kg.model import BlockKind, Document

PARAGRAPH = "The two ministers met in Geneva on Friday and agreed that their teams would return to the table in a week."
SECOND = "A spokesman for the foreign ministry said that the talks had been frank, and that no date had been set yet."
THIRD = "Critics of the deal have argued that it leaves the hardest questions open and asks too little of either side."


def document(*lines: str, **metadata: str | tuple[str, ...]) -> Document:
    text = tuple(Line(text=line) for line in "\n\n".join(lines).split("\n"))
    draft = Draft(identifier="a.txt", origin="a.txt", lines=text, wrapped=True, **metadata)  # type: ignore[arg-type]
    composed = compose(draft, lambda problem: pytest.fail(str(problem)))
    assert composed is not None
    return composed


def clutter(found: Document) -> list[str]:
    return [found.text[block.begin : block.end] for block in found.blocks if block.kind is BlockKind.CLUTTER]


def kinds(found: Document) -> list[str]:
    return [block.kind.value for block in found.blocks]


# A page as a content farm serves it: everything around the three paragraphs is clutter.
ABOVE = ("Jane RoeFeaturedCold WarWest AfricaChadSudan warUnited KingdomJohn Doe", "Home > World > Africa")
TITLE = "Ministers Just Agreed to Return to the Table"
BELOW = (
    "About the Author: Mary Q. Sample",
    "Mary Q. Sample is a senior diplomacy writer at The Daily Example. Sample was a teacher before she wrote.",
    "She lives in Bath and holds a degree in history from a university in the north of the country, and a cat.",
    "Image: Wikimedia Commons.", "Source link", "Related Posts", "Envoys Leave the Capital", "2 of 86",
        "Share on Facebook",
    "Share on XShare by email",
 "Subscribe to our newsletter", "© 2025 The Daily Example. All rights reserved.",
    "This article was originally published by The Daily Example.", "Follow us on Instagram and YouTube",
    "We use cookies to improve your experience on our site.",
)  # fmt: skip


def test_documents_clutter_around_an_article() -> None:
    found = document(*ABOVE, TITLE, PARAGRAPH, "Advertisement", SECOND, THIRD, *BELOW)
    assert clutter(found) == [*ABOVE, "Advertisement", *BELOW]
    assert kinds(found).count("paragraph") == 3
    assert found.title == TITLE
    assert (found.authors, found.publisher) == (("Mary Q. Sample",), "The Daily Example")


def test_documents_clutter_byline_and_date_become_metadata() -> None:
    found = document(TITLE, "By Jane Doe and John Roe, Reuters", "Published: 3 July 2025, 14:05 GMT", PARAGRAPH, SECOND)
    assert clutter(found) == ["By Jane Doe and John Roe, Reuters", "Published: 3 July 2025, 14:05 GMT"]
    assert (found.authors, found.publisher) == (("Jane Doe", "John Roe"), "Reuters")
    assert found.published == date(2025, 7, 3)


def test_documents_clutter_does_not_override_metadata() -> None:
    given: dict[str, str | tuple[str, ...]] = {
        "publisher": "The Example",
        "authors": ("Ann Other",),
        "published": "2025-07-03",
    }
    found = document(TITLE, "By Jane Doe, Reuters", "July 4, 2025", PARAGRAPH, **given)
    assert (found.authors, found.publisher, found.published) == (("Ann Other",), "The Example", date(2025, 7, 3))


@pytest.mark.parametrize(
    ("prefix", "publisher", "published"),
    [
        ("LONDON (Reuters) -", "Reuters", None),
        ("WASHINGTON, July 3 (Reuters) —", "Reuters", None),
        ("KYIV/GENEVA, July 3, 2025 (AP) --", "Associated Press", date(2025, 7, 3)),
        ("MOSCOW, July 3. /TASS/.", "TASS", None),
        ("TEL AVIV, Israel —", None, None),
        ("GENEVA, 3 July 2025 (Alpine Dispatch) —", "Alpine Dispatch", date(2025, 7, 3)),
        ("Paris (AFP) –", "Agence France-Presse", None),
        ("Thursday, May 7, 2015", None, date(2015, 5, 7)),
    ],
)
def test_documents_clutter_dateline_is_a_block(prefix: str, publisher: str | None, published: date | None) -> None:
    found = document(TITLE, f"{prefix} {PARAGRAPH}", SECOND)
    assert f"{prefix} {PARAGRAPH}" in found.text
    assert clutter(found) == [prefix]
    assert kinds(found) == ["title", "clutter", "paragraph", "paragraph"]
    assert found.text[found.blocks[2].begin : found.blocks[2].end] == PARAGRAPH
    assert (found.publisher, found.published) == (publisher, published)


@pytest.mark.parametrize(
    "text",
    [
        "NATO — The alliance said", "U.S. President John Doe said", "US – China relations are", "Kyiv – which has said",
        "July 3, 2025 was the day", "On July 3, 2025, the two", "The Government (CDU) – said", "IT - Yes",
    ],
)  # fmt: skip
def test_documents_clutter_no_dateline(text: str) -> None:
    assert dateline(f"{text} that the talks would go on for another week, whatever the other side might want.") is None


def test_documents_clutter_credit_behind_a_caption() -> None:
    caption = "The ministers (left and right) on July 3, 2025. Image: Foreign Ministry."
    found = document(TITLE, PARAGRAPH, caption, SECOND)
    assert clutter(found) == ["Image: Foreign Ministry."]


# Lines of news that look a little like clutter. None may be dropped.
NEWS = [
    "By July, the army had taken three towns in the north of the province and was still on the move, he said.",
    "The report was first published on Thursday by the United Nations.",
    "Reporting by the Example Tribune showed that the minister knew of the plan.",
    "Images by satellite showed smoke over the harbour.",
    "Photos of the meeting show both leaders smiling.",
    "Copyright law is at the centre of the dispute.",
    "Follow-up talks are planned in Rome.",
    "Share prices fell in Frankfurt on Monday.",
    "Join us, he told the crowd, and you will be free.",
    "Subscribe to the theory or not, the army is at the border.",
    "More than 40 people were killed.",
    "Read in full, the letter is less friendly.",
    "Updated sanctions lists were sent to Brussels on Monday.",
    "YouTube, TikTok and WhatsApp Fined by EU",
    "DeSantis, McConnell Clash Over MacArthur Plan",
    "Home Office in Talks With France",
    "He said: “We will not share this with anyone.”",
    "Source: officials in Kyiv say that two bridges were hit.",
    "1 of 3 hostages was freed",
    "Views on the deal differ among the author’s colleagues in Parliament.",
]


@pytest.mark.parametrize("line", NEWS)
def test_documents_clutter_keeps_news(line: str) -> None:
    assert not is_clutter_line(line)
    for lines in ((TITLE, PARAGRAPH, line, SECOND), (TITLE, PARAGRAPH, SECOND, line), (TITLE, line, PARAGRAPH, SECOND)):
        assert clutter(document(*lines)) == []


def test_documents_clutter_keeps_a_last_paragraph_about_a_journalist() -> None:
    about = "Jane Doe is a reporter for The Daily Example who was arrested in the north of the country last year."
    assert clutter(document(TITLE, PARAGRAPH, SECOND, about)) == []
    assert clutter(document(TITLE, PARAGRAPH, SECOND, about, authors=("Jane Doe",))) == [about]


@pytest.mark.parametrize(
    "line",
    ["By Any Means Necessary", "By Land and Sea", "By Jane Doe's Own Account", "By the Numbers", "By 2030, a New Army"],
)
def test_documents_clutter_no_byline(line: str) -> None:
    assert parse_byline(line) is None


def test_documents_clutter_updated_is_not_published() -> None:
    credit = parse_date_line("Updated: July 4, 2025")
    assert credit is not None
    assert credit.published is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-07-03", date(2025, 7, 3)), ("2025-07-03T23:59:00-08:00", date(2025, 7, 3)),
        ("20250703", date(2025, 7, 3)),
        ("Thu, 03 Jul 2025 10:00:00 +0000", date(2025, 7, 3)), ("July 3rd, 2025 at 3:05 p.m. EDT", date(2025, 7, 3)),
        ("3 Sept. 2025", date(2025, 9, 3)), ("13/07/2025", date(2025, 7, 13)), ("1751500800", date(2025, 7, 3)),
        ("03/07/2025", None), ("July 2025", None), ("July 3", None), ("2025", None), ("today", None),
        ("2025-02-30", None),
        ("3 July 2025 or later", None), ("0000-01-01", None), ("", None), ("9" * 5_000, None),
    ],
)  # fmt: skip
def test_documents_dates_are_whole_or_absent(text: str, day: date | None) -> None:
    assert parse_date(text) == day


def test_documents_headings_and_lists() -> None:
    signed = ("Jane Doe", "Minister of Trade")
    found = document(TITLE, PARAGRAPH, "What the deal says", SECOND, "- first point", "- second point", *signed)
    assert kinds(found) == ["title", "paragraph", "heading", "paragraph", *["paragraph"] * 4]


def test_documents_without_headline_has_no_title() -> None:
    found = document(f"{PARAGRAPH} {SECOND}\n{THIRD}")
    assert (found.title, kinds(found)) == (None, ["paragraph", "paragraph"])


def test_documents_normalization_cleans() -> None:
    assert clean("e\u0301\u00a0a\tb\u200b\u202e\x00\ufffe\r\nc\u2028d\rf\ud800") == "\u00e9 a b\nc\nd\nf"


def test_documents_normalization_unwraps_a_fixed_width_only() -> None:
    wrapped = (
        "The two ministers met in Geneva on Friday and agreed that their teams\nwould return to the table in a week, "
        "after a break that nobody had\nexpected to last for so long, and that both had called a state-\n"
        "sponsored pause.\n\nA short list:\none\ntwo"
    )
    joined = [line.text for line in unwrap([Line(text=text) for text in wrapped.split("\n")])]
    assert len(joined) == 5
    assert joined[0].endswith("a state-sponsored pause.")
    paragraphs = [Line(text=PARAGRAPH), Line(text="A short one."), Line(text=SECOND)]
    assert unwrap(paragraphs) == paragraphs
