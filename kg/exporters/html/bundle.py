"""The page's own modules as one script, without a build step: each becomes a function that returns its exports.

The modules are ordinary ES modules, so that editors and linters read them as they are. Of the module syntax they use
`import {a, b} from "./file.js";`, `import "./file.js";` and, at the start of a line, `export const`, `export function`
and `export class`.
"""

import re
from collections.abc import Mapping
from typing import Final

from kg.errors import GraphError

ENTRY: Final = "page.js"
_IMPORT: Final = re.compile(
    r'^import (?:\{(?P<names>\s*\w+(?:,\s*\w+)*,?\s*)\} from )?"\./(?P<file>[a-z]+\.js)";\n', re.MULTILINE
)
_EXPORT: Final = re.compile(r"^export (?=(?:const|(?:async )?function|class) (?P<name>\w+))", re.MULTILINE)
_OTHER: Final = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def bundle(modules: Mapping[str, str], entry: str = ENTRY) -> str:
    """One strict script that runs `entry` after all that it imports; `modules` maps file names to their text.

    Raises GraphError for a missing module, a circle of imports and module syntax that is not supported.
    """
    written: dict[str, str] = {}
    _write(entry, modules, written, ())
    parts = "\n".join(written.values())
    return f'(() => {{\n"use strict";\n{parts}\n}})();\n'


def _write(file: str, modules: Mapping[str, str], written: dict[str, str], on_the_way: tuple[str, ...]) -> None:
    """Add `file` to `written` after what it imports."""
    if file in written:
        return
    if file in on_the_way:
        raise GraphError(f"the page's modules import each other in a circle: {' → '.join((*on_the_way, file))}")
    if file not in modules:
        raise GraphError(f"the page's module {file} is missing")
    text = modules[file]
    for match in _IMPORT.finditer(text):
        _write(match["file"], modules, written, (*on_the_way, file))
    exports = [match["name"] for match in _EXPORT.finditer(text)]
    body = _EXPORT.sub("", _IMPORT.sub(_taken_from_another, text))
    if left := _OTHER.search(body):
        raise GraphError(f"{file}: module syntax that the page's bundle does not know: {left[0]}")
    written[file] = f"const {_variable(file)} = (() => {{\n{body}\nreturn {{{', '.join(exports)}}};\n}})();"


def _taken_from_another(match: re.Match[str]) -> str:
    return f"const {{{match['names']}}} = {_variable(match['file'])};\n" if match["names"] else ""


def _variable(file: str) -> str:
    return f"{file.removesuffix('.js')}Module"
