"""The label inventories of the trained reader: index = the network's output."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

CORE_ROLES = frozenset({"ARG0", "ARG1", "ARG2", "ARG3", "ARG4", "ARG5", "ARGA"})
"""PropBank's numbered roles, of which a predicate has each at most once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """`roles` and `scripts` as in PropBank and `kg.reader.lemmas`; `tags` are IOB2; `features` as in CoNLL-U."""

    upos: tuple[str, ...]
    features: tuple[str, ...]
    scripts: tuple[str, ...]
    relations: tuple[str, ...]
    tags: tuple[str, ...]
    roles: tuple[str, ...]

    @classmethod
    def read(cls, path: Path) -> "Labels":
        """Labels from the JSON file that `write` makes."""
        return cls(**{name: tuple(values) for name, values in json.loads(path.read_text(encoding="utf-8")).items()})

    def write(self, path: Path) -> None:
        """One JSON object, diff-friendly."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
