// The picture: which nodes are drawn, where, how they look, and what the legend hides.

const MOST_DRAWN = 1500; // vis-network stays fluid up to here
const MOST_ADDED = 30; // neighbours added at once
const FADED = 0.18;
const RING = 150; // canvas units from a node to the neighbours added around it

const container = document.getElementById("picture");
const places = new Map(opening.nodes.map((node) => [node.id, {x: node.x, y: node.y}]));
const hiddenKinds = new Set(opening.hidden);
const hiddenStatuses = new Set();
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");
let chosen = null; // the selected node's id

const palette = new Map(); // of the current theme; page.css has the colours
const colour = (name) => {
  if (!palette.has(name)) palette.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return palette.get(name);
};
const dashes = {Planned: [9, 6], Possible: [2, 6]};
const isHidden = (node) => hiddenKinds.has(node.kind) || hiddenStatuses.has(node.kind === "event" ? node.status : null);

let close = null; // the chosen node and its neighbours; the others fade
const isFaded = (id) => close !== null && !close.has(id);

const hasLabelInside = (node) => ["box", "ellipse"].includes(node.shape);

const lookOfNode = (node) => {
  const inside = hasLabelInside(node);
  const tone = colour(node.kind);
  const border = node.conflict ? colour("conflict") : node.status === "Denied" ? colour("denied")
    : inside ? tone : colour("paper");
  return {
    id: node.id, label: inside ? node.drawn_label : undefined, shape: node.shape, size: node.size, ...places.get(node.id),
    hidden: isHidden(node), opacity: isFaded(node.id) ? FADED : 1,
    margin: 7, borderWidth: node.conflict ? 2.5 : inside ? 1.25 : 1.5, borderWidthSelected: 3,
    shapeProperties: {borderDashes: dashes[node.status] || false, borderRadius: 5},
    color: {
      background: inside ? colour(`${node.kind}-fill`) : tone, border,
      highlight: {background: inside ? colour(`${node.kind}-fill`) : tone, border: colour("ink")},
      hover: {background: inside ? colour(`${node.kind}-fill`) : tone, border: colour("ink")},
    },
    font: {size: node.font, face: colour("face"), color: isFaded(node.id) ? colour("faint") : colour("ink")},
  };
};

// An arrow runs from who does to what is done, and on to whom it is done.
const arrowOf = (roles) => {
  if (roles.some((role) => ["agent", "mediator"].includes(role))) return "from";
  return roles.some((role) => ["target", "recipient"].includes(role)) ? "to" : "";
};

const lookOfEdge = (id) => {
  const edge = edges[id];
  const touched = chosen !== null && (edge.source === chosen || edge.target === chosen);
  const roles = edge.roles.map(roleName).join(", ");
  const tone = edge.conflict ? "conflict" : edge.status === "Denied" ? "denied" : touched ? "ink" : "line";
  const said = edge.status && edge.status !== "Occurred" ? ` · ${text.statuses[edge.status]}` : "";
  const arrow = arrowOf(edge.roles);
  return {
    id, from: edge.source, to: edge.target,
    title: roles + said + (edge.conflict ? ` · ${words.sign_conflict}` : ""), // plain text: vis sets innerText
    label: touched ? roles : edge.conflict ? "≠" : "",
    hidden: isHidden(nodes[edge.source]) || isHidden(nodes[edge.target]),
    width: touched ? 2 : edge.conflict ? 1.8 : 1.3, dashes: dashes[edge.status] || false,
    color: {color: colour(tone), hover: colour("ink"), highlight: colour("ink"),
      opacity: close && !touched ? FADED : 1},
    font: {size: 11, face: colour("face"), color: colour("muted"), strokeWidth: 4, strokeColor: colour("paper")},
    arrows: {
      to: {enabled: arrow === "to", scaleFactor: 0.45}, from: {enabled: arrow === "from", scaleFactor: 0.45},
      middle: {enabled: edge.status === "Denied", type: "bar", scaleFactor: 0.8},
    },
  };
};

const drawnNodes = new vis.DataSet();
const drawnEdges = new vis.DataSet();

const redraw = () => {
  close = chosen === null ? null : new Set([chosen, ...neighbours(chosen)]);
  const shown = [...places.keys()];
  const shownEdges = [];
  edges.forEach((edge, id) => { if (places.has(edge.source) && places.has(edge.target)) shownEdges.push(id); });
  drawnNodes.remove(drawnNodes.getIds().filter((id) => !places.has(id)));
  drawnEdges.remove(drawnEdges.getIds().filter((id) => !places.has(edges[id].source) || !places.has(edges[id].target)));
  drawnNodes.update(shown.map((id) => lookOfNode(nodes[id])));
  drawnEdges.update(shownEdges.map((id) => lookOfEdge(id)));
  const all = nodes.length.toLocaleString("en");
  const drawn = shown.filter((id) => !isHidden(nodes[id])).length;
  document.getElementById("drawn").textContent = drawn === nodes.length
    ? fill(words.drawn_all, {all}) : fill(words.drawn, {drawn: drawn.toLocaleString("en"), all});
};

redraw();
const network = new vis.Network(container, {nodes: drawnNodes, edges: drawnEdges}, opening.options);
const motion = () => (calm.matches ? false : {duration: 350, easingFunction: "easeInOutQuad"});
const showAll = () => network.fit({animation: motion(), maxZoomLevel: 1.4});
const zoomBy = (factor) => network.moveTo({scale: network.getScale() * factor, animation: motion()});
const lookAt = (id) => network.focus(id, {scale: Math.max(0.8, network.getScale()), animation: motion()});

// The first free spot on rings around a point; far enough from every drawn node to be read.
const freeSpot = (x, y) => {
  for (let step = 1; step < 400; step += 1) {
    const angle = step * 2.39996; // the golden angle leaves no spokes
    const reach = RING * Math.sqrt(step / 3);
    const spot = {x: Math.round(x + reach * Math.cos(angle)), y: Math.round(y + reach * 0.7 * Math.sin(angle))};
    if (![...places.values()].some((at) => Math.abs(at.x - spot.x) < 110 && Math.abs(at.y - spot.y) < 48)) return spot;
  }
  return {x, y};
};

const addToPicture = (id) => {
  if (places.has(id) || places.size >= MOST_DRAWN) return;
  const around = neighbours(id).filter((other) => places.has(other)).map((other) => places.get(other));
  const middle = (axis) => around.reduce((sum, at) => sum + at[axis], 0) / Math.max(1, around.length);
  places.set(id, freeSpot(middle("x"), middle("y")));
};

const undrawnNeighbours = (id) => neighbours(id).filter((other) => !places.has(other));

const addNeighbours = (id) => {
  addToPicture(id);
  const at = places.get(id);
  for (const other of undrawnNeighbours(id).slice(0, MOST_ADDED)) {
    if (at && places.size < MOST_DRAWN) places.set(other, freeSpot(at.x, at.y));
  }
  redraw();
};

const startAgain = () => {
  places.clear();
  opening.nodes.forEach((node) => places.set(node.id, {x: node.x, y: node.y}));
  redraw();
  showAll();
};

const choose = (id) => {
  chosen = id;
  redraw();
  if (id !== null && places.has(id)) network.selectNodes([id], false);
  else network.unselectAll();
};

dark.addEventListener("change", () => { palette.clear(); redraw(); });
network.once("afterDrawing", () => network.fit({animation: false, maxZoomLevel: 1.4}));
network.on("dragEnd", ({nodes: moved}) => moved.forEach((id) => places.set(id, network.getPosition(id))));
