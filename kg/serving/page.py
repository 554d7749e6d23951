"""The page to ask from: one HTML file without anything from elsewhere."""

from dataclasses import asdict
from importlib.resources import files
from typing import Final

import jinja2

from kg.exporters.inert import digest, inert, trusted
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
    known = inert({"prefixes": prefixes, "queries": queries})
    template = jinja2.Environment(autoescape=True).from_string((folder / "page.html").read_text(encoding="utf-8"))
    page = template.render(title=title, script=trusted(script), style=trusted(style), known=known)
    policy = (
        f"default-src 'none'; script-src {digest(script)}; style-src {digest(style)}; connect-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return page.encode(), policy
