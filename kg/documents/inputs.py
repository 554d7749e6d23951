"""Which files to read: arguments expanded, each file once, in an order that the arguments do not change."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.documents.normalization import without_noncharacters
from kg.documents.problems import Problem, ProblemKind, Report

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file (`path`), or standard input (no path)."""

    identifier: str
    path: Path | None


def find_inputs(inputs: Sequence[str | Path], *, on_problem: Report) -> tuple[Input, ...]:
    """Files, folders with all that is in them (hidden names left out, links followed once) and `-`, by identifier.

    A file reached twice, also through a link, is listed once: without a link where it can, then by what sorts first.
    """
    found: list[Input] = []
    for given in inputs:
        if str(given) == STANDARD_INPUT:
            found.append(Input(identifier=STANDARD_INPUT, path=None))
        elif (path := Path(given)).is_dir():
            inside = list(_walk(path, on_problem))
            if not inside:
                reason = "the folder holds no file; hidden ones are not read"
                on_problem(Problem(identifier=_identifier(path), kind=ProblemKind.EMPTY, reason=reason, fatal=True))
            found += inside
        else:
            found.append(Input(identifier=_identifier(path), path=path))
    once: dict[str, Input] = {}
    for one in sorted(found, key=lambda one: (_is_linked(one), one.identifier)):
        once.setdefault(_place(one), one)
    return tuple(sorted(once.values(), key=lambda one: one.identifier))


def _place(one: Input) -> str:
    return os.path.realpath(one.path) if one.path else STANDARD_INPUT


def _is_linked(one: Input) -> bool:
    # normpath, not resolve: only the path's own text is made absolute, links in it stay.
    return one.path is not None and _place(one) != os.path.normpath(Path.cwd() / one.path)


def _walk(folder: Path, on_problem: Report) -> Iterator[Input]:
    def report(error: OSError) -> None:
        name = _identifier(Path(error.filename or folder))
        reason = f"the folder cannot be listed ({error.strerror or error})"
        on_problem(Problem(identifier=name, kind=ProblemKind.UNREADABLE, reason=reason, fatal=True))

    seen: set[str] = set()
    for place, folders, names in os.walk(folder, onerror=report, followlinks=True):
        real = os.path.realpath(place)
        if real in seen:  # a link that leads back
            folders.clear()
            continue
        seen.add(real)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            # Sockets, pipes and devices in a folder would block for ever; broken links are reported when read.
            if not name.startswith(".") and (path.is_file() or not path.exists()):
                yield Input(identifier=_identifier(path), path=path)


def _identifier(path: Path) -> str:
    """The path as given; what of a name is not UTF-8 or no character is replaced, so that it can be written."""
    return without_noncharacters(os.fsencode(path.as_posix()).decode("utf-8", errors="replace"))
