"""A file is there whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path

from kg.errors import GraphError


def write_atomically(path: Path, content: bytes) -> None:
    """Write beside `path` and rename onto it, so that a reader never meets half a file.

    A link at `path` is replaced, not followed. Raises GraphError when the place cannot be written.
    """
    write_in_pieces(path, (content,))


def write_in_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """As `write_atomically`, of a content that is made while it is written."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("xb") as file:
            file.writelines(pieces)
        draft.replace(path)
    except OSError as error:
        raise GraphError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)
