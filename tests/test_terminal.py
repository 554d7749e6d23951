import io
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_graph import HOSTILE_TEXTS

from kg.terminal import complain, print_table, printable, progress_display


@given(st.text())
def test_terminal_text_never_steers_the_terminal(text: str) -> None:
    shown = printable(text)
    assert not {c for c in shown if unicodedata.category(c) in ("Cc", "Cs")}
    assert len(shown.splitlines()) <= 1
    assert "\u202e" not in shown


def test_terminal_text_keeps_what_is_written() -> None:
    assert printable("Zelenskyy said: „Слава“, naïve 👩‍🚀\tand\nmore") == "Zelenskyy said: „Слава“, naïve 👩‍🚀 and more"


def test_terminal_table_is_a_line_a_row_in_a_pipe(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    print_table(("text",), [(text,) for text in HOSTILE_TEXTS] + [("x" * 500,)])
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 + len(HOSTILE_TEXTS) + 1
    assert "[bold]x[/bold]" in lines[3]
    assert "\x1b" not in "".join(lines)


def test_terminal_complaint_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    complain("name\nwith break: \x1b[31mreason")
    assert capsys.readouterr().err == "kg: name with break: [31mreason\n"


def test_terminal_progress_is_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    with progress_display(True) as show:
        assert show is None

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    class Step:
        stage, done, total = "read", 1, 2

    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    with progress_display(True) as show:
        assert show is not None
        show(Step())
    assert "read" in stream.getvalue()
    with progress_display(False) as show:
        assert show is None
