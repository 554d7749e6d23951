"""What people see: tables, progress and one-line complaints. Article text never steers the terminal."""

import os
import signal
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TextIO

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH: Final = 10_000
"""Columns when the output is no terminal: a row is a line, so that grep and wc can be used."""
_LINE_BREAKS: Final = str.maketrans(dict.fromkeys("\t\n\r\x0b\x0c\x85\u2028\u2029", " "))
_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cs"})
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that reorder what stands around them (Unicode TR9), here the rest of the table."""


class StageProgress(Protocol):
    """How far a build has come; `total` is None while it is unknown."""

    @property
    def stage(self) -> str:
        """Name of the stage, for people."""
        ...

    @property
    def done(self) -> int:
        """Articles that the stage has finished."""
        ...

    @property
    def total(self) -> int | None:
        """Articles that the stage will have finished at its end."""
        ...


def printable(text: str) -> str:
    """`text` on one line, without control characters (terminal escapes among them) and direction marks."""
    flat = text.translate(_LINE_BREAKS)
    if flat.isprintable() and _BIDI.isdisjoint(flat):
        return flat
    return "".join(c for c in flat if c not in _BIDI and unicodedata.category(c) not in _HIDDEN_CATEGORIES)


def begin_output() -> None:
    """Call before printing an answer: `kg … | head` then ends quietly, as other commands do.

    Not before, because a worker that dies during a build must be an error, not our end.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def say(text: str = "") -> None:
    """One line on stdout."""
    sys.stdout.write(printable(text) + "\n")


def write(text: str) -> None:
    """Output for machines on stdout, as it is."""
    sys.stdout.write(text)


def complain(text: str) -> None:
    """One line on stderr."""
    sys.stderr.write(f"kg: {printable(text)}\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table on stdout. Colours only on a terminal, and not with NO_COLOR (rich's own rule)."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(Text(printable(column)), overflow="fold")
    for row in rows:
        # Text, not str: square brackets of a headline are no markup.
        table.add_row(*(Text(printable(cell)) for cell in row))
    _console(sys.stdout).print(table)


@contextmanager
def progress_display(enabled: bool) -> Iterator[Callable[[StageProgress], None] | None]:
    """A bar for each stage on stderr while the block runs; None when not enabled or stderr is no terminal."""
    if not (enabled and sys.stderr.isatty()):
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    tasks: dict[str, TaskID] = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=_console(sys.stderr), transient=True) as bars:

        def show(progress: StageProgress) -> None:
            name = printable(progress.stage)
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=progress.total)
            bars.update(tasks[name], completed=progress.done, total=progress.total)

        yield show


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """One stage alone."""

    stage: str
    done: int
    total: int | None


@contextmanager
def counter_display(enabled: bool, stage: str, total: int | None = None) -> Iterator[Callable[[int], None] | None]:
    """As `progress_display`, of one stage that tells how many are done."""
    with progress_display(enabled) as show:
        yield None if show is None else lambda done: show(_Counted(stage=stage, done=done, total=total))


def _console(stream: TextIO) -> "Console":
    from rich.console import Console

    width = None if stream.isatty() or "COLUMNS" in os.environ else PIPE_WIDTH
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
