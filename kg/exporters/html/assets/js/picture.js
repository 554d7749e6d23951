// The picture: how the drawn nodes and edges look, and what the reader does with them.
import {degreeOf, edgeAt, neighbours, nodes, opening, text, words} from "./data.js";
import {byId, fill, number, roleName} from "./dom.js";
import {isShown} from "./filters.js";
import {drawNames, nameAt} from "./names.js";
import {chosen, on, tell, visit, visitEdge} from "./selection.js";
import {calm, colour} from "./theme.js";
import {drawnEdges, expand, isDrawn, move, own, places} from "./view.js";

const FADED = 0.18;
const CROWDED = 400; // nodes from which on lines are left out while the picture moves
const LABELLED = 8; // touched edges up to which each says its role: more would cover each other
const ARRANGING_STEPS = 120; // of vis-network's physics; 300 nodes settle within about 100
const DASHES = {Planned: [9, 6], Possible: [2, 6]};
export const container = byId("picture");

let close = null; // the chosen nodes and their neighbours; the others fade
export const isFaded = (id) => close !== null && !close.has(id);
const isClose = (id) => close !== null && close.has(id);
let path = null; // nodes of a path that is shown
let sayRoles = false;

export const hasLabelInside = (node) => ["box", "ellipse"].includes(node.shape);

// A node's border, for the canvas and for SVG alike.
export const borderOf = (node) => ({
  colour: colour(node.conflict ? "conflict" : node.status === "Denied" ? "denied" : hasLabelInside(node) ? node.kind : "paper"),
  width: node.conflict ? 2.5 : hasLabelInside(node) ? 1.25 : 1.5, dashes: DASHES[node.status] || null,
});

const lookOfNode = (node) => {
  const inside = hasLabelInside(node);
  const tone = colour(node.kind);
  const {colour: border, width, dashes} = borderOf(node);
  const background = inside ? colour(`${node.kind}-fill`) : tone;
  return {
    id: node.id, label: inside ? node.drawn_label : undefined, shape: node.shape, size: node.size, ...places.get(node.id),
    hidden: !isShown(node.id), opacity: isFaded(node.id) ? FADED : 1, fixed: own.pinned.has(node.id),
    margin: 7, borderWidth: width, borderWidthSelected: 3,
    shapeProperties: {borderDashes: dashes || false, borderRadius: 5},
    color: {background, border, highlight: {background, border: colour("ink")}, hover: {background, border: colour("ink")}},
    font: {size: node.font, face: colour("face"), color: isFaded(node.id) ? colour("faint") : colour("ink")},
  };
};

// An arrow runs from who does to what is done, and on to whom it is done.
export const arrowOf = (roles) => {
  if (roles.some((role) => ["agent", "mediator"].includes(role))) return "from";
  return roles.some((role) => ["target", "recipient"].includes(role)) ? "to" : "";
};

// What an edge looks like, for the canvas and for SVG alike.
export const strokeOf = (index) => {
  const edge = edgeAt(index);
  const touched = path !== null ? path.has(edge.source) && path.has(edge.target)
    : chosen.edge === index || edge.source === chosen.node || edge.target === chosen.node;
  const tone = edge.conflict ? "conflict" : edge.status === "Denied" ? "denied" : touched ? "ink" : "line";
  return {edge, touched, colour: colour(tone), width: touched ? 2 : edge.conflict ? 1.8 : 1.3,
    dashes: DASHES[edge.status] || null, opacity: close && !touched ? FADED : 1, arrow: arrowOf(edge.roles)};
};

const lookOfEdge = (index) => {
  const {edge, touched, arrow, ...stroke} = strokeOf(index);
  const roles = edge.roles.map(roleName).join(", ");
  const status = edge.status && edge.status !== "Occurred" ? ` · ${text.statuses[edge.status]}` : "";
  return {
    id: index, from: edge.source, to: edge.target,
    title: roles + status + (edge.conflict ? ` · ${words.sign_conflict}` : ""), // plain text: vis sets innerText
    label: touched && sayRoles ? roles : edge.conflict ? "≠" : undefined,
    hidden: !isShown(edge.source) || !isShown(edge.target), width: stroke.width, dashes: stroke.dashes || false,
    color: {color: stroke.colour, hover: colour("ink"), highlight: colour("ink"), opacity: stroke.opacity},
    font: {size: 11, face: colour("face"), color: colour("muted"), strokeWidth: 4, strokeColor: colour("paper")},
    arrows: {
      to: {enabled: arrow === "to", scaleFactor: 0.45}, from: {enabled: arrow === "from", scaleFactor: 0.45},
      middle: {enabled: edge.status === "Denied", type: "bar", scaleFactor: 0.8},
    },
  };
};

const drawn = {nodes: new vis.DataSet(), edges: new vis.DataSet()};
const replace = (set, wanted, looks) => {
  const kept = new Set(wanted);
  set.remove(set.getIds().filter((id) => !kept.has(id)));
  set.update(wanted.map(looks));
};

const redraw = () => {
  close = path !== null ? path : chosen.edge !== null ? new Set([edgeAt(chosen.edge).source, edgeAt(chosen.edge).target])
    : chosen.node !== null && own.focus === null ? new Set([chosen.node, ...neighbours(chosen.node)]) : null;
  sayRoles = path !== null || chosen.node === null || degreeOf(chosen.node) <= LABELLED;
  replace(drawn.nodes, [...places.keys()], (id) => lookOfNode(nodes[id]));
  replace(drawn.edges, drawnEdges(), lookOfEdge);
  const visible = [...places.keys()].filter(isShown).length;
  byId("drawn").textContent = visible === nodes.length ? fill(words.drawn_all, {all: number(nodes.length)})
    : fill(words.drawn, {drawn: number(visible), all: number(nodes.length)});
};

export const network = new vis.Network(container, drawn, opening.options);
const motion = () => (calm.matches ? false : {duration: 350, easingFunction: "easeInOutQuad"});
export const showAll = (animation = motion()) => network.fit({animation, maxZoomLevel: 1.4,
  nodes: [...places.keys()].filter(isShown)});
let linked = null; // the view that a link asks for, which neither the first drawing nor arranging overrules
export const lookFrom = (view) => { linked = view; if (view) network.moveTo(view); };
const rest = (animation) => { if (linked) network.moveTo(linked); else showAll(animation); };
const moveBy = (change) => { network.moveTo(change); tell("moved"); };
export const zoomBy = (factor) => moveBy({scale: network.getScale() * factor, animation: motion()});
export const panBy = (right, down) => {
  const {x, y} = network.getViewPosition();
  moveBy({position: {x: x + right / network.getScale(), y: y + down / network.getScale()}});
};
export const lookAt = (id) => network.focus(id, {scale: Math.max(0.8, network.getScale()), animation: motion()});
export const showPath = (ids) => {
  path = ids === null ? null : new Set(ids);
  redraw();
  if (path) network.fit({nodes: ids, animation: motion(), maxZoomLevel: 1.2});
};

// vis-network's physics moves what is not pinned until it stands well, and stops.
const spread = () => {
  network.setOptions({physics: {enabled: true, solver: "forceAtlas2Based", stabilization: {iterations: ARRANGING_STEPS, fit: false},
    forceAtlas2Based: {avoidOverlap: 0.9, springLength: 110, gravitationalConstant: -90}}});
  network.once("stabilizationIterationsDone", () => {
    network.setOptions({physics: {enabled: false}});
    Object.entries(network.getPositions()).forEach(([id, at]) => move(Number(id), at));
    rest();
  });
  network.stabilize(ARRANGING_STEPS);
};
export const arrange = () => { linked = null; spread(); };

// The node under a click, on its shape or on its name; null on empty ground.
const nodeUnder = ({nodes: [id], pointer: {canvas}}) => (id === undefined ? nameAt(canvas) : id);

export const look = {isDrawn, isFaded, isClose, hasLabelInside};
const drawEverything = (context) => drawNames(context, {network, container, chosen: chosen.node, ...look});
const settle = () => {
  const many = places.size > CROWDED;
  network.setOptions({interaction: {hideEdgesOnDrag: many, hideEdgesOnZoom: many}});
};

network.on("afterDrawing", drawEverything);
network.on("click", (event) => {
  const id = nodeUnder(event);
  if (id === null && event.edges.length) visitEdge(event.edges[0]);
  else if (id !== chosen.node || chosen.edge !== null) visit(id);
});
network.on("doubleClick", (event) => {
  const id = nodeUnder(event);
  if (id !== null) { expand(id); visit(id); }
});
network.on("dragEnd", ({nodes: moved}) => moved.forEach((id) => {
  move(id, network.getPosition(id));
  if (own.pinned.has(id)) own.pinned.set(id, places.get(id));
}));
network.on("hoverNode", () => { container.style.cursor = "pointer"; });
network.on("blurNode", () => { container.style.cursor = ""; });
const mark = ({focus = false} = {}) => {
  if (chosen.node !== null && places.has(chosen.node)) {
    network.selectNodes([chosen.node], false);
    if (focus) lookAt(chosen.node);
  } else network.unselectAll();
};
const refresh = ({arrange: afresh = false, fit = false} = {}) => {
  redraw();
  settle();
  if (afresh && places.size > 1) spread(); else if (fit) rest(motion());
};

let waiting = null; // what changes that are drawn together ask for
let hasBegun = false;
// Several changes, drawn once.
export const together = (changes) => {
  waiting = {};
  try { changes(); } finally {
    const asked = waiting;
    waiting = null;
    refresh(asked);
    mark();
    if (!hasBegun) rest(false); // before the first drawing, so that there is one
    hasBegun = true;
  }
};
on("view", ({arrange: afresh = false, fit = false}) => {
  if (waiting) { waiting.arrange ||= afresh; waiting.fit ||= fit; return; }
  linked = null;
  refresh({arrange: afresh, fit});
});
on("chosen", ({focus}) => {
  path = null;
  if (waiting) return;
  redraw();
  mark({focus});
});
on("theme", redraw);
