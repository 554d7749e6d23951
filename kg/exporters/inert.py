"""What a page of ours takes as it is, and how its Content-Security-Policy names it."""

import base64
import hashlib
import json
from typing import Any

from markupsafe import Markup


def trusted(text: str) -> Markup:
    """Text that a template takes as it is: files of ours, and what has been made inert."""
    return Markup(text)  # noqa: S704


def inert(content: Any) -> Markup:
    """JSON that no HTML parser can leave: no `<`, `>`, `&`, and ASCII only."""
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return trusted(text)


def digest(text: str) -> str:
    """The name of an inline script or style among a policy's sources (CSP 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
