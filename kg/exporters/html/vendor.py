"""Code of others that the page carries."""

import re
from functools import cache
from typing import Final

from kg.exporters.html.wording import ASSETS

SOURCE_MAP: Final = re.compile(r"//# sourceMappingURL=.*")  # of a file that is not in the page


@cache
def vendored(name: str) -> str:
    """A script of assets/vendor, its licence in front."""
    folder = ASSETS / "vendor"
    licence = (folder / f"{name}.LICENSE.txt").read_text(encoding="utf-8").strip()
    code = (folder / f"{name}.min.js").read_text(encoding="utf-8")
    return f"/*! {name}\n{licence}\n*/\n{SOURCE_MAP.sub('', code)}"
