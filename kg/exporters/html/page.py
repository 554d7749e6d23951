"""One HTML file with everything inside, made through pyvis with a template of our own.

pyvis' own page asks content networks for scripts even when told not to and lets text run as script in three places
(heading, node menu, titles), so nothing of it is used but the network, its options and vis-network's code.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kg.errors import GraphError
from kg.exporters.html import asking, overview
from kg.exporters.html.bundle import bundle
from kg.exporters.html.layout import Box, place
from kg.exporters.html.packing import at_once, packed
from kg.exporters.html.rdf import PageGraph
from kg.exporters.html.records import Contents, PageNode, plain
from kg.exporters.html.vendor import SOURCE_MAP, vendored
from kg.exporters.html.wording import ASSETS, interface_text
from kg.exporters.inert import digest, inert, trusted

SHAPES: Final = {
    "person": "dot",
    "country": "square",
    "organization": "diamond",
    "place": "triangleDown",
    "thing": "hexagon",
    "event": "box",
    "topic": "ellipse",
}  # of vis-network; box and ellipse have their label inside
AT_FIRST_HIDDEN: Final = ("topic",)  # a topic is tied to many things: its lines are drawn when the reader asks
MOST_TOPICS: Final = 40  # placed for the moment when the reader asks for them
LABEL_INSIDE: Final = ("box", "ellipse")
NODE_SIZE: Final = (9.0, 26.0)  # radius in canvas units of the least and the most salient node
CROWD: Final = 60  # drawn nodes from which on the picture gets small on the screen and important nodes larger in it
FONT_SIZE: Final = (12.0, 16.0)  # of names beside nodes: pixels of the screen at every zoom
INSIDE_FONT_SIZE: Final = (12.0, 16.0)  # of names in boxes: canvas units
NAME_ROOM: Final = 1.4  # canvas units kept for a pixel of a name: a usual picture is shown at 0.7 of its size
CHARACTER_WIDTH: Final = 0.56  # of the font size, mean of a sans-serif
LINE_HEIGHT: Final = 1.25
BOX_MARGIN: Final = 8.0
OPTIONS: Final[dict[str, Any]] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "tooltipDelay": 150},
    "edges": {"smooth": False, "selectionWidth": 0, "hoverWidth": 0},
    "nodes": {"scaling": {"label": {"drawThreshold": 9}}},  # pixels: smaller text is left out, not smeared
}


@dataclass(frozen=True, slots=True)
class Look:
    """How large a node is drawn, in canvas units."""

    size: float  # radius; of no meaning for a box
    font: float
    room: Box


def page(contents: Contents, graph: PageGraph, *, limit: int, sparql: bool = True) -> str:
    """The page as text; `limit` nodes at most are drawn when it opens; with `sparql` it can be asked."""
    shown = opening_view(contents, limit)
    looks = _looks(contents.nodes, len(shown))
    network = _network(contents, shown, looks)
    style, vis_network, code = _asset("page.css") + _asset("ask.css"), _vis_network(), _code()
    has_overview = overview.is_worth_it(contents, {node.id for node in shown}, AT_FIRST_HIDDEN)
    late = [vendored(name) for name in overview.LIBRARIES] if has_overview else []
    engine = {"sparql": asking.engine()} if sparql and graph.scope != "none" else {}
    left_out = (() if has_overview else (overview.VIEW,)) + (() if sparql else (asking.VIEW,))
    embedded = at_once(contents) | {"scope": graph.scope, "asking": asking.offered(graph), "text": interface_text()}
    nodes = [
        plain(node) | {"shape": SHAPES[node.kind], "size": round(look.size, 1), "font": round(look.font, 1)}
        for node, look in zip(contents.nodes, looks, strict=True)
    ]
    network.templateEnv.autoescape = True  # pyvis makes its environment without
    network.templateEnv.globals.update(
        contents=contents,
        words=interface_text()["page"],
        views={view: label for view, label in interface_text()["views"].items() if view not in left_out},
        policy=_policy(scripts=(vis_network, code, *late), styles=(style,), engine=bool(engine)),
        style=trusted(style),
        library=trusted(vis_network),
        code=trusted(code),
        embedded=inert(embedded | {"nodes": nodes}),
        picture=inert({"nodes": network.nodes, "limit": limit, "options": network.options, "hidden": AT_FIRST_HIDDEN}),
        packed=packed(contents, graph)
        | (overview.overview_parts(contents, AT_FIRST_HIDDEN) if has_overview else {})
        | engine,
    )
    return str(network.generate_html())


def opening_view(contents: Contents, limit: int) -> tuple[PageNode, ...]:
    """The most reported events, who has to do with them, and then whoever is tied to these; in order of importance.

    Topics come on top of the limit: they are tied to many things and are drawn when the reader asks for them.
    """
    nodes, ties = contents.nodes, _ties(contents)
    events = [node.id for node in nodes if node.kind == "event" and ties[node.id]][: max(1, limit // 2)]
    counts = Counter(other for event in events for other in ties[event] if nodes[other].kind not in AT_FIRST_HIDDEN)
    actors = sorted(counts, key=lambda other: (-counts[other], other))
    shown = set(events[: limit - 1] + actors[: limit - min(len(events), limit - 1)])
    shown = {one for one in shown if ties[one] & shown}
    for node in nodes:
        if len(shown) >= limit:
            break
        if node.kind not in AT_FIRST_HIDDEN and (ties[node.id] & shown or not contents.edges):
            shown.add(node.id)
    topics = Counter(other for one in shown for other in ties[one] if nodes[other].kind in AT_FIRST_HIDDEN)
    shown.update(topic for topic, _ in topics.most_common(MOST_TOPICS))
    return tuple(nodes[one] for one in sorted(shown)) or nodes[:limit]


def _ties(contents: Contents) -> list[set[int]]:
    """Each node's neighbours."""
    ties: list[set[int]] = [set() for _ in contents.nodes]
    for edge in contents.edges:
        ties[edge.source].add(edge.target)
        ties[edge.target].add(edge.source)
    return ties


def _looks(nodes: Sequence[PageNode], drawn: int) -> list[Look]:
    highest = max((node.salience for node in nodes), default=0.0) or 1.0
    growth = max(1.0, (drawn / CROWD) ** 0.5)
    return [_look(node, (node.salience / highest) ** 2, growth) for node in nodes]


def _look(node: PageNode, weight: float, growth: float) -> Look:
    """`weight` is 0 for the least and 1 for the most salient node; `growth` multiplies the latter's size."""
    inside = SHAPES[node.kind] in LABEL_INSIDE
    least, most = INSIDE_FONT_SIZE if inside else FONT_SIZE
    font = least + weight * (most - least)
    size = NODE_SIZE[0] + weight * (NODE_SIZE[1] * growth - NODE_SIZE[0])
    lines = node.drawn_label.split("\n")
    width, height = font * CHARACTER_WIDTH * max(map(len, lines)), font * LINE_HEIGHT * len(lines)
    if inside:
        return Look(size, font, Box(width + 2 * BOX_MARGIN, height + 2 * BOX_MARGIN))
    return Look(size, font, Box(max(width * NAME_ROOM, 2 * size), 2 * (size + height * NAME_ROOM)))


def _network(contents: Contents, shown: Sequence[PageNode], looks: Sequence[Look]) -> Any:
    """The opening view as a pyvis network, positions included."""
    from pyvis.network import Network  # imports IPython: half a second that other exporters need not pay

    index = {node.id: number for number, node in enumerate(shown)}
    rooms = [looks[node.id].room for node in shown]
    pairs = [(index[e.source], index[e.target]) for e in contents.edges if e.source in index and e.target in index]
    positions = place(rooms, pairs, loose=[index[node.id] for node in shown if node.kind in AT_FIRST_HIDDEN])
    network = Network(directed=True, cdn_resources="in_line")
    network.set_template_dir(str(ASSETS), "template.html")
    network.options = OPTIONS
    for node, (x, y) in zip(shown, positions, strict=True):
        network.add_node(node.id, x=x, y=y)  # how it looks, and the edges, are the page's part
    return network


@cache
def _asset(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


@cache
def _code() -> str:
    return bundle({path.name: path.read_text(encoding="utf-8") for path in (ASSETS / "js").glob("*.js")})


@cache
def _vis_network() -> str:
    """The newest vis-network that pyvis brings along (MIT or Apache-2.0, its header stays)."""
    import pyvis

    found = sorted(Path(pyvis.__file__).parent.glob("templates/lib/vis-*/vis-network.min.js"))
    if not found:
        raise GraphError("pyvis is installed without vis-network.min.js: install pyvis 0.3.2 again")
    code = found[-1].read_text(encoding="utf-8")
    return SOURCE_MAP.sub("", code).replace("</script", "<\\/script")


def _policy(*, scripts: Sequence[str], styles: Sequence[str], engine: bool) -> str:
    """A Content-Security-Policy under which only our own scripts and styles work and nothing is fetched.

    The SPARQL engine needs two more words: WebAssembly may be compiled, and a worker begun from what the page holds.
    """
    allowed = {
        "script-src": (*map(digest, scripts), *(("'wasm-unsafe-eval'",) if engine else ())),
        "style-src": tuple(map(digest, styles)),
        **({"worker-src": ("blob:",)} if engine else {}),
    }
    sources = [f"{name} {' '.join(words)}" for name, words in allowed.items()]
    return "; ".join(("default-src 'none'", *sources, "img-src data:", "base-uri 'none'", "form-action 'none'"))
