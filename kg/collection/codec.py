"""Articles and readings as bytes and back.

Articles are JSON, which every version of the program reads. Readings are pickled, for speed, and for the version alone
that made them; a store may come from somebody else, so nothing but a reading is ever made of such bytes.
"""

import datetime
import decimal
import io
import json
import pickle
import zlib
from dataclasses import asdict
from enum import Enum
from typing import Any, Final

from kg import model
from kg.errors import GraphError
from kg.model import Block, BlockKind, Document, Reading
from kg.resolution.memory import Remembered
from kg.resolution.naming import Name

LEVEL: Final = 1  # zlib's fastest: a fifth of the size at a tenth of the time that pickling takes
SAFE: Final = {
    (datetime.__name__, "date"): datetime.date,
    (decimal.__name__, "Decimal"): decimal.Decimal,
    **{
        (model.__name__, name): kind
        for name, kind in vars(model).items()
        if isinstance(kind, type) and (hasattr(kind, "__dataclass_fields__") or issubclass(kind, Enum))
    },
}
"""All that a reading consists of, by module and name."""


def pack_document(document: Document) -> bytes:
    """The article as bytes, for every version of the program."""
    told = {**asdict(document), "published": document.published.isoformat() if document.published else None}
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode("utf-8", "surrogatepass"), LEVEL)


def unpack_document(packed: bytes) -> Document:
    """The article. Raises GraphError when the bytes are not one."""
    try:
        told = json.loads(zlib.decompress(packed).decode("utf-8", "surrogatepass"))
        blocks = tuple(Block(begin=b["begin"], end=b["end"], kind=BlockKind(b["kind"])) for b in told.pop("blocks"))
        day = told.pop("published")
        published = datetime.date.fromisoformat(day) if day else None
        return Document(**{**told, "authors": tuple(told["authors"])}, blocks=blocks, published=published)
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GraphError(f"an article in the store is broken ({error})") from error


def pack(reading: Reading) -> bytes:
    """The reading as bytes, for the program's own version alone."""
    return zlib.compress(pickle.dumps(reading, protocol=5), LEVEL)


def unpack(packed: bytes) -> Reading:
    """The reading. Raises GraphError when the bytes are not one."""
    try:
        reading = _Unpickler(io.BytesIO(zlib.decompress(packed))).load()
    except (zlib.error, pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, IndexError) as error:
        raise GraphError(f"a reading in the store is broken ({error})") from error
    if not isinstance(reading, Reading):
        raise GraphError("a reading in the store is broken (it is something else)")
    return reading


def pack_event(event: Remembered) -> str:
    """What is remembered of an event, as JSON."""
    name = event.name
    return json.dumps([name.id, name.mark, name.label, sorted(name.others), event.id, event.replaces])


def unpack_event(packed: str) -> Remembered:
    """What is remembered of an event."""
    own, mark, label, others, event_id, replaces = json.loads(packed)
    name = Name(id=own, mark=mark, label=label, others=frozenset(others))
    return Remembered(name=name, id=event_id, replaces=tuple(replaces))


class _Unpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return SAFE[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} does not belong into a reading") from None
