"""Our modules as one script: order, circles, what is missing, and what the bundle does not know."""

import re
import shutil
import subprocess

import pytest

from kg.errors import GraphError
from kg.exporters.html.bundle import bundle
from kg.exporters.html.wording import ASSETS

OURS = {path.name: path.read_text(encoding="utf-8") for path in (ASSETS / "js").glob("*.js")}


def test_html_bundle_puts_modules_after_what_they_import() -> None:
    modules = {
        "page.js": 'import {shout} from "./b.js";\nimport "./a.js";\nshout(1);\n',
        "a.js": 'import {twice} from "./b.js";\ntwice(2);\n',
        "b.js": "export const twice = (n) => 2 * n;\nexport function shout() {}\nexport class Crowd {}\n",
        "unused.js": "never();\n",
    }
    script = bundle(modules)
    assert script.startswith('(() => {\n"use strict";\n')
    assert script.index("const bModule") < script.index("const aModule") < script.index("const pageModule")
    assert script.count("const bModule") == 1
    assert "return {twice, shout, Crowd};" in script
    assert "const {shout} = bModule;" in script
    assert "import" not in script
    assert "never" not in script


@pytest.mark.skipif(not shutil.which("node"), reason="no node: apt-get install nodejs")
def test_html_bundle_runs_as_the_modules_would() -> None:
    modules = {
        "page.js": 'import {add, total} from "./b.js";\nimport {Crowd} from "./b.js";\nadd(2);\n'
        "console.log(total(), new Crowd().size);\n",
        "b.js": "let sum = 1;\nexport const add = (n) => { sum += n; };\nexport const total = () => sum;\n"
        "export class Crowd { size = 7; }\n",
    }
    answer = subprocess.run(["node", "-e", bundle(modules)], capture_output=True, text=True, check=True)
    assert answer.stdout == "3 7\n"


@pytest.mark.parametrize(
    ("modules", "message"),
    [
        ({}, "page.js is missing"),
        ({"page.js": 'import "./gone.js";\n'}, "gone.js is missing"),
        (
            {"page.js": 'import "./a.js";\n', "a.js": 'import "./b.js";\n', "b.js": 'import "./a.js";\n'},
            "a.js → b.js → a",
        ),
        ({"page.js": 'import "./page.js";\n'}, "circle"),
        ({"page.js": 'import * as all from "./a.js";\n'}, "does not know: import"),
        ({"page.js": "export default 3;\n"}, "does not know: export default 3"),
        ({"page.js": "export {a};\n"}, "does not know: export {a}"),
        ({"page.js": 'import one from "./a.js";\n'}, "does not know: import one"),
        ({"page.js": 'import {one as two} from "./a.js";\n', "a.js": "export const one = 1;\n"}, "does not know"),
        ({"page.js": 'import {one} from "https://evil.example/a.js";\n'}, "does not know"),
        ({"page.js": 'import {one} from "../a.js";\n'}, "does not know"),
        ({"page.js": "export let one = 1;\n"}, "does not know"),
    ],
)
def test_html_bundle_says_what_it_cannot_do(modules: dict[str, str], message: str) -> None:
    with pytest.raises(GraphError, match=message):
        bundle(modules)


def test_html_bundle_of_our_modules_has_all_of_them_and_what_they_import() -> None:
    script = bundle(OURS)
    for name in OURS.keys() - {"worker.js"}:  # a script of its own
        assert f"const {name.removesuffix('.js')}Module = " in script, f"{name} is imported by nothing"
    exported = {
        file: set(re.findall(r"^export (?:async )?(?:const|function|class) (\w+)", text, re.MULTILINE))
        for file, text in OURS.items()
    }
    for text in OURS.values():
        for names, file in re.findall(r'^import \{([^}]*)\} from "\./([a-z]+\.js)";', text, re.MULTILINE):
            wanted = {name.strip() for name in names.split(",")}
            assert wanted <= exported.get(file, wanted), "the engine beside the worker is not ours"


def test_html_bundle_modules_are_small_and_set_text_as_text() -> None:
    for name, text in OURS.items():
        assert text.count("\n") < 250, name
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"):
            assert word not in text, f"{name}: {word}"
