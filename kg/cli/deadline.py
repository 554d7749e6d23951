"""The end of a command that takes too long."""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kg.cli.exits import NOT_ALL_WELL
from kg.terminal import complain


@contextmanager
def time_limit(seconds: float, hint: str) -> Iterator[None]:
    """End the process with one line when the block takes longer; 0 is no limit.

    Oxigraph's Python interface has no way to stop a query (0.5.13), but lets other threads run meanwhile: only the end
    of the process stops its work for certain. Nothing that the process has opened needs closing.
    """
    if not seconds:
        yield
        return

    def end() -> None:
        complain(f"stopped after {seconds:g} seconds; {hint}")
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(NOT_ALL_WELL)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
