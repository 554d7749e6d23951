"""Where the files of ontology/ are: inside the package in a wheel, beside it in an editable install."""

from pathlib import Path
from typing import Final

from kg.errors import OntologyError

PACKAGED: Final = Path(__file__).parent / "ontology"
REPOSITORY: Final = Path(__file__).parent.parent / "ontology"


def ontology_path(name: str, *, folders: tuple[Path, ...] = (PACKAGED, REPOSITORY)) -> Path:
    """The file called `name` ("newskg.ttl") in the first of `folders` that exists.

    Raises OntologyError when no folder exists, or when the first that does has no such file.
    """
    folder = next((candidate for candidate in folders if candidate.is_dir()), None)
    if folder is None:
        places = " nor ".join(str(candidate) for candidate in folders)
        raise OntologyError(f"no ontology folder at {places}; reinstall newskg")
    path = folder / name
    if Path(name).name != name or not path.is_file():
        known = ", ".join(sorted(file.name for file in folder.glob("*.ttl"))) or "no Turtle file"
        raise OntologyError(f"{folder} has no file {name!r}; it has: {known}")
    return path
