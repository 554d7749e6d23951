// What the reader takes away: the view as PNG or SVG, what is drawn as Turtle, and a link that brings it all back.
import {nodes, scope, title, words} from "./data.js";
import {announce, button, byId, el} from "./dom.js";
import {isShown} from "./filters.js";
import {LINE, bodyOf, namesIn} from "./names.js";
import {arrowOf, borderOf, container, hasLabelInside, isFaded, look, network, strokeOf} from "./picture.js";
import {turtleOf} from "./rdf.js";
import {save} from "./saving.js";
import {colour} from "./theme.js";
import {drawnEdges, places} from "./view.js";

const MARGIN = 40; // canvas units around the drawing
const ARROW = 7; // canvas units
const fileName = (ending) => `${title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph"}.${ending}`;

const savePng = () => {
  const drawing = container.querySelector("canvas");
  const paper = el("canvas", {width: drawing.width, height: drawing.height});
  const context = paper.getContext("2d");
  context.fillStyle = colour("paper");
  context.fillRect(0, 0, paper.width, paper.height);
  context.drawImage(drawing, 0, 0);
  paper.toBlob((blob) => save(fileName("png"), blob), "image/png");
};

const SIDES = {diamond: [[0, -1], [1, 0], [0, 1], [-1, 0]], triangleDown: [[-1, -0.7], [1, -0.7], [0, 1]],
  hexagon: [[-0.5, -0.87], [0.5, -0.87], [1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0]], square: [[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]};
const shapeOf = (node, at) => {
  const inside = hasLabelInside(node);
  const border = borderOf(node);
  const paint = {fill: colour(inside ? `${node.kind}-fill` : node.kind), opacity: isFaded(node.id) ? 0.18 : 1,
    stroke: border.colour, "stroke-width": border.width, "stroke-dasharray": border.dashes ? border.dashes.join(" ") : null};
  const {left, right, top, bottom} = bodyOf(node, at, inside);
  if (node.shape === "dot") return el("circle", {cx: at.x, cy: at.y, r: node.size, ...paint});
  if (SIDES[node.shape]) {
    return el("polygon", {points: SIDES[node.shape].map(([x, y]) => `${at.x + x * node.size},${at.y + y * node.size}`).join(" "), ...paint});
  }
  return el("rect", {x: left, y: top, width: right - left, height: bottom - top, rx: node.shape === "ellipse" ? (bottom - top) / 2 : 5, ...paint});
};

// Where a line from the middle of a node leaves its body.
const leaving = (id, at, towards) => {
  const body = bodyOf(nodes[id], at, hasLabelInside(nodes[id]));
  const [dx, dy] = [towards.x - at.x, towards.y - at.y];
  const part = Math.min(Math.abs((body.right - body.left) / 2 / (dx || 1e-9)), Math.abs((body.bottom - body.top) / 2 / (dy || 1e-9)), 1);
  return {x: at.x + dx * part, y: at.y + dy * part, angle: Math.atan2(dy, dx)};
};
const lineOf = (index) => {
  const {edge, width, dashes, opacity, colour: stroke} = strokeOf(index);
  const [from, to] = [places.get(edge.source), places.get(edge.target)];
  const parts = [el("line", {x1: from.x, y1: from.y, x2: to.x, y2: to.y, stroke, "stroke-width": width, opacity,
    "stroke-dasharray": dashes ? dashes.join(" ") : null})];
  const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  if (edge.conflict) parts.push(...lettering(["≠"], {x, top: y - ARROW, size: 11, fill: colour("conflict")}));
  if (edge.status === "Denied") {
    const angle = Math.atan2(to.y - from.y, to.x - from.x) + Math.PI / 2;
    const [dx, dy] = [ARROW * Math.cos(angle), ARROW * Math.sin(angle)];
    parts.push(el("line", {x1: x - dx, y1: y - dy, x2: x + dx, y2: y + dy, stroke, "stroke-width": width, opacity}));
  }
  const arrow = arrowOf(edge.roles);
  if (arrow) {
    const [id, at, other] = arrow === "to" ? [edge.target, to, from] : [edge.source, from, to];
    const tip = leaving(id, at, other);
    const corner = (turn) => `${tip.x + ARROW * Math.cos(tip.angle + turn)},${tip.y + ARROW * Math.sin(tip.angle + turn)}`;
    parts.push(el("polygon", {points: `${tip.x},${tip.y} ${corner(0.4)} ${corner(-0.4)}`, fill: stroke, opacity}));
  }
  return parts;
};
const lettering = (lines, {x, top, size, fill, weight}) => lines.map((line, row) => el("text", {x, y: top + (row + 0.85) * size * LINE,
  "font-size": size, fill, "font-weight": weight, "text-anchor": "middle", "font-family": "sans-serif", stroke: colour("paper"),
  "stroke-width": size / 4, "paint-order": "stroke"}, line));

const saveSvg = () => {
  const shown = [...places.keys()].filter(isShown);
  const at = shown.length ? shown.map((id) => places.get(id)) : [{x: 0, y: 0}];
  const ends = (axis) => [Math.min(...at.map((place) => place[axis])), Math.max(...at.map((place) => place[axis]))];
  const [[left, right], [top, bottom]] = [ends("x"), ends("y")].map(([low, high]) => [low - 3 * MARGIN, high + 2 * MARGIN]);
  const edges = drawnEdges().filter((index) => [strokeOf(index).edge.source, strokeOf(index).edge.target].every(isShown));
  const names = namesIn(el("canvas").getContext("2d"), look, {scale: 1, at: Object.fromEntries(places), left, top, right, bottom});
  const written = new Set(names.map(({id}) => id));
  const inside = shown.filter((id) => hasLabelInside(nodes[id]) && !written.has(id)).flatMap((id) => {
    const lines = nodes[id].drawn_label.split("\n");
    const size = nodes[id].font;
    return lettering(lines, {x: places.get(id).x, top: places.get(id).y - lines.length * size * LINE / 2, size, fill: colour(isFaded(id) ? "faint" : "ink")});
  });
  const drawing = el("svg", {xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${right - left} ${bottom - top}`,
    width: right - left, height: bottom - top},
  el("rect", {x: left, y: top, width: right - left, height: bottom - top, fill: colour("paper")}),
  edges.flatMap(lineOf), shown.map((id) => shapeOf(nodes[id], places.get(id))), inside,
  names.flatMap((name) => lettering(name.lines, {x: name.x, top: name.top, size: name.size, fill: name.colour})));
  save(fileName("svg"), new Blob([new XMLSerializer().serializeToString(drawing)], {type: "image/svg+xml"}));
};

const saveTurtle = async () => {
  const turtle = await turtleOf(new Set([...places.keys()].filter(isShown).map((id) => nodes[id].iri)));
  save(fileName("ttl"), new Blob([turtle], {type: "text/turtle"}));
};

const copyLink = async () => {
  try {
    await navigator.clipboard.writeText(location.href);
    announce(words.link_copied);
    byId("link").textContent = words.link_copied;
  } catch { // the browser does not let a page from disk write to the clipboard: the address bar has the link
    announce(words.link_in_address);
    byId("link").textContent = words.link_in_address;
  }
  setTimeout(() => { byId("link").textContent = words.copy_link; }, 3000);
};

byId("take").append(
  button(words.save_png, savePng, {id: "png"}), button(words.save_svg, saveSvg, {id: "svg"}),
  scope === "none" ? "" : button(words.save_turtle, saveTurtle, {id: "turtle"}), button(words.copy_link, copyLink, {id: "link"}),
  button(words.print, () => { network.redraw(); window.print(); }, {id: "print"}));
