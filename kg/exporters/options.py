"""What can be said of the HTML page when it is written."""

from typing import TypedDict


class PageOptions(TypedDict, total=False):
    """Of `Graph.to_html`, and of everything that writes the page among other files."""

    title: str | None
    limit: int | None  # nodes drawn when the page opens, 1 to 1,500; 300 unless told
    sparql: bool  # whether it carries a SPARQL engine (2 MB) and can be asked; it does unless told
