"""The rules of the code's layout: import contracts, file sizes, words that name nothing."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "kg").rglob("*.py"))
LONGEST_FILE = 340  # lines; a file should fit in a head
BANNED = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}


def test_architecture_import_contracts_hold() -> None:
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(script)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_architecture_files_fit_in_a_head() -> None:
    long = {
        str(p.relative_to(ROOT)): n for p in SOURCES if (n := len(p.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    assert not long


def test_architecture_modules_have_telling_names_and_docstrings() -> None:
    for path in SOURCES:
        assert path.stem not in BANNED, path
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{path} does not say what it is for"


def test_architecture_core_never_prints() -> None:
    """Only the commands and the compilers of tables speak to a terminal."""
    speaking = {"terminal.py", "compile.py", "coverage.py", "compile_names.py"}
    for path in SOURCES:
        if path.name in speaking or "cli" in path.parts:
            continue
        calls = (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call))
        assert not [c.lineno for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"], path


def test_architecture_no_silent_except() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                empty = all(isinstance(part, ast.Pass) for part in node.body)
                assert not (node.type is None or empty), f"{path}:{node.lineno}"
