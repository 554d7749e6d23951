"""The articles of a store, for those who only read them."""

from collections.abc import Iterator
from pathlib import Path

from kg.collection.codec import unpack_document
from kg.collection.disk import READINGS
from kg.collection.shelf import Shelf
from kg.errors import GraphError


def stored_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """The articles of a store as they were read: IRI and text. Raises GraphError for a store without articles."""
    shelf = Shelf(folder / READINGS, writable=False)
    try:
        base = shelf.setting("base")
        if base is None:
            raise GraphError(f"{folder}: nothing has been added to this store yet")
        for article in shelf.identifiers():
            yield f"{base}{article}", unpack_document(shelf.document(article)).text
    finally:
        shelf.close()
