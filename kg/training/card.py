"""The model card: what the model is, what it was made of, how good it is, how to make it again."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from string import Template

from kg.reader.trained import NETWORK_FILE, TrainedReader
from kg.reader.words import load_tokenizer
from kg.training.loop import Recipe
from kg.training.measuring import measure_gold_words, measure_raw_text, measure_silver_names

CARD_FILE = "MODEL_CARD.md"
MEGABYTE = 1_000_000

Figures = Mapping[str, Mapping[str, float]]
"""Measures by set."""


def write_card(folder: Path, plain: Path, data: Path, recipe: Recipe, branches: int, polishing: Recipe) -> None:
    """Measure the model in `folder`, and the same one unquantized in `plain`, and write its card."""
    nlp, reader = load_tokenizer(), TrainedReader(folder)
    raw: dict[str, Mapping[str, float]] = {}
    for split in ("test", "dev"):
        raw |= measure_raw_text(lambda text: reader(nlp.make_doc(text)), data, split)
    figures = measure_gold_words(folder, data)
    template = Template((files("kg.training") / "model_card.md").read_text(encoding="utf-8"))
    text = template.substitute(
        epochs=recipe.epochs,
        seed=recipe.seed,
        branches=branches,
        history=_history(recipe, branches, polishing),
        megabytes=round(sum(path.stat().st_size for path in folder.iterdir() if path.name != CARD_FILE) / MEGABYTE, 1),
        network_megabytes=round((folder / NETWORK_FILE).stat().st_size / MEGABYTE, 1),
        gold_words="\n".join(_table(figures)),
        quantization="\n".join(_table(_differences(figures, measure_gold_words(plain, data)))),
        raw_text="\n".join(_table(raw)),
        silver_names="\n".join(_table({"held-out days": measure_silver_names(folder, data)})),
    )
    (folder / CARD_FILE).write_text(text, encoding="utf-8")


def _history(recipe: Recipe, branches: int, polishing: Recipe) -> str:
    if branches == 1:
        return f"One run of {recipe.epochs} passes over the data."
    return (
        f"{branches} runs of {recipe.epochs} passes over the data from the same first weights, the mean of their "
        f"weights, {polishing.epochs} more passes at {polishing.encoder_rate:g} and {polishing.head_rate:g}, and the "
        "mean of the weights before and after these."
    )


def _differences(figures: Figures, others: Figures) -> Figures:
    return {name: {m: value - others[name][m] for m, value in row.items()} for name, row in figures.items()}


def _table(figures: Figures) -> Iterator[str]:
    """Lines of a Markdown table: a row a measure, a column a set."""
    measures = dict.fromkeys(measure for row in figures.values() for measure in row)
    yield f"| | {' | '.join(figures)} |"
    yield f"|---|{'---|' * len(figures)}"
    for measure in measures:
        cells = (f"{row[measure]:.2f}" if measure in row else "–" for row in figures.values())
        yield f"| {measure} | {' | '.join(cells)} |"
