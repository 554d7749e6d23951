"""The evaluation gate: scores the annotated articles and fails when a measure falls under its floor.

    python tests/eval_gate.py --shared ../shared             check against tests/floors.json
    python tests/eval_gate.py --shared ../shared --update    raise floors to what is measured (never lowers one)

Four settings: the development articles with one graph an article ("single") and one graph for all ("together"), as
QUALITY.md asks, the project's own samples ("seeds", measure_seeds.py), and the reader on the treebanks ("reader",
measure_reader.py).
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from measure_seeds import build_seeds, measure

import kg
from kg.reader import load_reader
from kg.reader.trained import MODEL
from kg.training.measuring import measure_gold_words, measure_raw_text, measure_silver_names

FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.0005  # figures are printed with three decimals
READER_SLACK = 0.003  # processors round the network's int8 products differently
LOWER_IS_BETTER = frozenset({"event_dates_invented", "false_merges", "event_date_silent"})
COUNTS = frozenset({"system", "gold", "mentions", "articles"})


def main() -> int:
    """Exit code 0 when no measure is under its floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--update", action="store_true", help="raise floors to the measured figures")
    args = parser.parse_args()
    if not (args.shared / "eval" / "dev").is_dir():
        print(f"{args.shared}/eval/dev is not there: nothing to measure on", file=sys.stderr)
        return 2
    measured = {setting: flatten(score(args.shared, setting)) for setting in ("single", "together")}
    measured["seeds"] = measure(build_seeds())
    measured["reader"] = measure_reader(args.shared / "data")
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    failures = [line for setting, figures in measured.items() for line in below(setting, figures, floors)]
    print(json.dumps(measured, indent=1))
    for line in failures:
        print(f"UNDER ITS FLOOR: {line}", file=sys.stderr)
    if args.update and not failures:
        FLOORS.write_text(json.dumps(raised(measured, floors), indent=1, sort_keys=True) + "\n", encoding="utf-8")
        print(f"floors raised in {FLOORS}")
    return 1 if failures else 0


def score(shared: Path, setting: str) -> dict[str, object]:
    """What `score.py` says of the development articles."""
    articles = sorted((shared / "eval" / "dev" / "articles").glob("*.txt"))
    with tempfile.TemporaryDirectory() as folder:
        groups = [[article] for article in articles] if setting == "single" else [articles]
        graphs = []
        for number, group in enumerate(groups):
            target = Path(folder) / str(number)
            kg.build(group).save(target, ["turtle"])
            graphs.append(str(target / "graph.ttl"))
        report = Path(folder) / "report.json"
        script = shared / "eval" / "score.py"
        command = [sys.executable, str(script), "--gold", str(shared / "eval" / "dev" / "gold")]
        command += ["--articles", str(shared / "eval" / "dev" / "articles"), "--json", str(report), *graphs]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        result: dict[str, object] = json.loads(report.read_text(encoding="utf-8"))
        return result


def measure_reader(data: Path) -> dict[str, float]:
    """The reader's figures as shares: with gold words, and from raw text."""
    nlp = load_reader()
    gold_words = {f"gold words {name}": row for name, row in measure_gold_words(MODEL, data).items()}
    raw_text = {
        f"raw text {name}": row for split in ("dev", "test") for name, row in measure_raw_text(nlp, data, split).items()
    }
    figures = {**gold_words, **raw_text, "held-out days": measure_silver_names(MODEL, data)}
    return {f"{name}: {m}": round(value / 100, 4) for name, row in figures.items() for m, value in row.items()}


def flatten(report: dict[str, object], prefix: str = "") -> dict[str, float]:
    """{"entities.f": 0.8, …} without counts."""
    flat: dict[str, float] = {}
    for name, value in report.items():
        if isinstance(value, dict):
            flat.update(flatten(value, f"{prefix}{name}."))
        elif name not in COUNTS and isinstance(value, int | float):
            flat[f"{prefix}{name}"] = float(value)
    return flat


def below(setting: str, figures: dict[str, float], floors: dict[str, dict[str, float]]) -> list[str]:
    """Measures that are worse than their floors, and floors that are no longer measured."""
    lines = []
    slack = READER_SLACK if setting == "reader" else SLACK
    for name, floor in sorted(floors.get(setting, {}).items()):
        value = figures.get(name)
        if value is None:
            lines.append(f"{setting} {name}: not measured any more")
        elif (value > floor + slack) if name in LOWER_IS_BETTER else (value < floor - slack):
            lines.append(f"{setting} {name}: {value} against {floor}")
    return lines


def raised(measured: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Floors at least as strict as before."""
    out: dict[str, dict[str, float]] = {}
    for setting, figures in measured.items():
        old = floors.get(setting, {})
        kept = {name: value for name, value in figures.items() if gated(name)}
        out[setting] = {
            name: (min if name in LOWER_IS_BETTER else max)(value, old.get(name, value)) for name, value in kept.items()
        }
    return out


def gated(name: str) -> bool:
    """Floors stand on F1, recall of what is salient, and accuracies; precision and recall alone trade off."""
    return not name.endswith((".p", ".r")) and not name.startswith("event_date_silent")


if __name__ == "__main__":
    sys.exit(main())
