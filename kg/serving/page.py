"""The page to ask from: one HTML file without anything from elsewhere."""

import base64
import hashlib
import json
from dataclasses import asdict
from importlib.resources import files
from typing import Final

import jinja2

from kg.named_queries import named_queries
from kg.sparql import with_prefixes
from kg.vocab import data_prefixes

_FOLDER: Final = "static"


def query_page(title: str, base: str) -> tuple[bytes, str]:
    """The page, and the Content-Security-Policy under which it works: its own script and style, its own endpoint."""
    folder = files("kg.serving") / _FOLDER
    script, style = ((folder / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
    prefixes = data_prefixes(base)
    queries = [
        {
            "name": query.name,
            "answers": query.answers,
            "parameters": [asdict(parameter) for parameter in query.parameters],
            "text": with_prefixes(query.text, prefixes),
        }
        for query in named_queries().values()
    ]
    # In an element of type application/json a browser runs nothing; only "<" could end it.
    known = json.dumps({"prefixes": prefixes, "queries": queries}, ensure_ascii=False).replace("<", "\\u003c")
    template = jinja2.Environment(autoescape=True).from_string((folder / "page.html").read_text(encoding="utf-8"))
    page = template.render(title=title, script=_trusted(script), style=_trusted(style), known=_trusted(known))
    policy = (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page.encode(), policy


def _trusted(text: str) -> str:
    import markupsafe

    return markupsafe.Markup(text)  # noqa: S704 (our own files, and JSON without "<")


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
