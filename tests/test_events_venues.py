"""What comes of a visit or a meeting is where that was; nothing else is."""

from datetime import date

import pytest
from building import events_of, values_of

ARRIVAL = "Macron arrived/VERB/arrive in Kyiv ."


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ([ARRIVAL, "Macron met/VERB/meet Zelenskyy ."], ["kyiv"]),
        ([ARRIVAL, "Macron will meet/VERB Zelenskyy ."], []),
        ([ARRIVAL, "Trump met/VERB/meet Zelenskyy ."], []),
        ([ARRIVAL, "Macron phoned/VERB/phone Zelenskyy ."], []),
        (["Macron arrived/VERB/arrive in Kyiv to meet/VERB Zelenskyy ."], ["kyiv"]),
        (["Macron flew/VERB/fly to Geneva for talks/NOUN/talk with Putin ."], ["geneva"]),
        (
            ["Macron met/VERB/meet Zelenskyy in Kyiv .", "Macron and Zelenskyy signed/VERB/sign an agreement/NOUN ."],
            ["kyiv"],
        ),
    ],
)
def test_places_of_what_comes_of_a_visit(lines: list[str], place: list[str]) -> None:
    event = events_of(*lines, published=date(2025, 7, 4))[-1]
    assert values_of(event, "place") == place
