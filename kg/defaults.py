"""What a build uses unless it is told otherwise."""

from typing import Final

DEFAULT_READER: Final = "newskg_reader"
"""Name of the packaged spaCy component that reads English."""
