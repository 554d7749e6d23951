"""Oxigraph's server as a child process on a loopback port that nobody else has."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kg.errors import ServerError
from kg.loopback import LOOPBACK
from kg.serving.program import program

PATIENCE: Final = 30.0
"""Seconds that the server may take to listen; it takes 0.1 with a database of a million triples."""
PAUSE: Final = 0.05
"""Seconds between two tries to reach it."""
FAREWELL: Final = 5.0
"""Seconds that it may take to end when asked to, before it is made to."""


@contextmanager
def running_server(database: Path, *, writable: bool, seconds: float) -> Iterator[int]:
    """The port at which Oxigraph answers while the block runs; it gives up a query after `seconds` (0: never).

    Raises ServerError when it does not start.
    """
    port = _free_port()
    command = [program(), "serve" if writable else "serve-read-only", "--location", str(database)]
    command += ["--bind", f"{LOOPBACK}:{port}"]
    if seconds:
        command += ["--timeout-s", str(max(1, round(seconds)))]
    log = database.parent / "server.log"
    with log.open("wb") as output:
        # A session of its own: Ctrl-C is for us, and we end the server when nothing is asked any more.
        server = subprocess.Popen(  # noqa: S603 (no shell, our own program)
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    try:
        _await(server, port, log)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _await(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise ServerError(f"Oxigraph's server ended at once: {said[0] if said else 'it said nothing'}")
        try:
            socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            time.sleep(PAUSE)
        else:
            return
    raise ServerError(f"Oxigraph's server does not listen at port {port} after {PATIENCE:g} seconds")
