"""What a build uses unless it is told otherwise."""

from typing import Final

DEFAULT_READER: Final = "newskg_reader"
"""Name of the packaged spaCy component that reads English."""

WIKIDATA_ENDPOINT: Final = "https://query.wikidata.org/sparql"
"""Asked by `kg knowledge refresh`, and by nothing else."""
