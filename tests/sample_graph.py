"""A graph made by hand, for the tests of everything that reads one."""

from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.store import Graph
from kg.vocab import BASE, KG, RDF, RDFS, SCHEMA

SAMPLE: Final = Path(__file__).parent / "samples" / "news.trig"
CALL: Final = f"{BASE}event/2025-07-03-phone-call-donald-trump-vladimir-putin"
HOSTILE_TEXTS: Final = (
    'quotes " and \' and """ and \\ backslash \\n',
    "<script>alert(1)</script> & ]]> {{7*7}} [bold]x[/bold]",
    "escape \x1b[31mred\x1b[0m bell \x07 feed \x0c next \x85 end",
    "right \u202e to left \u2066 marks, joiner \u200d, tab\t, line\nbreak, return\r.",
    "beyond the plane 𝔘 🇺🇦",
    "ends like a block .\n<http://evil> <http://p> 1 .",
)


def sample() -> Graph:
    """The graph of `tests/samples/news.trig`."""
    return Graph.load(SAMPLE)


def hostile() -> Graph:
    """Entities whose labels try to break every writer."""
    quads = []
    for number, text in enumerate(HOSTILE_TEXTS):
        subject = NamedNode(f"{BASE}entity/hostile-{number}")
        quads.append(Quad(subject, NamedNode(f"{RDF}type"), NamedNode(f"{SCHEMA}Person")))
        quads.append(Quad(subject, NamedNode(f"{RDFS}label"), Literal(text, language="en")))
        quads.append(Quad(subject, NamedNode(f"{KG}mentionedIn"), NamedNode(f"{BASE}article/dot-{number}.")))
        quads.append(Quad(subject, NamedNode(f"{SCHEMA}url"), NamedNode(f"{BASE}entity/ends-in-a-dot.")))
    return Graph(quads)
