// The whole graph on the graphics card: graphology holds it, sigma.js draws it where Python placed it.
import {edgeCount, endsOf, nodes} from "./data.js";
import {isShown} from "./filters.js";
import {lines, run, unpack} from "./packed.js";
import {calm, colour} from "./theme.js";

const REACH = 32767; // of a place, as in islands.py
const LEAST_SIZE = {share: 0.4, from: 1, to: 4}; // radius: this share of the usual gap between nodes, in pixels
const MOST_SIZE = {share: 3, from: 9, to: 14};
const LABELLED_FROM = {share: 2.2, most: 4}; // times the least size, but pixels at most: smaller nodes get their names when zoomed in
const LABEL_CELL = {width: 100, names: 3, most: 34}; // pixels, names offered in it; characters of a name
const HOVERED_NAME = 80; // characters
const NAME_SIZE = {from: 11, most: 15}; // pixels
const EDGES = {one: 0.25, far: 0.4, near: 1, nearAt: 0.15}; // opacity: of one, of all of them seen from far and near; near is this camera's ratio
const MANY_EDGES = 50000; // from which on they are left out while the picture moves: a browser without a graphics card stalls
const CAMERA = {closest: 0.004, farthest: 1.6};

const within = ({share, from, to}, gap) => Math.min(to, Math.max(from, share * gap));
const cut = (name, most) => (name.length > most ? `${name.slice(0, most - 1)}…` : name);
const nameOf = (node) => cut(node.kind === "event" ? node.drawn_label.replace("\n", " · ") : node.label, LABEL_CELL.most);

const readPlaces = async () => new Int16Array(await unpack(lines("places")[0]).arrayBuffer());

const makeGraph = (places) => {
  const graph = new graphology.MultiUndirectedGraph();
  for (let id = nodes.length - 1; id >= 0; id -= 1) { // the most important last, on top
    graph.addNode(id, {x: places[2 * id] / REACH, y: places[2 * id + 1] / REACH});
  }
  for (let index = 0; index < edgeCount; index += 1) graph.addUndirectedEdgeWithKey(index, ...endsOf(index));
  return graph;
};

const write = (context, label, x, y, size) => {
  context.font = `${size}px ${colour("face")}`;
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colour("paper");
  context.strokeText(label, x, y);
  context.fillStyle = colour("ink");
  context.fillText(label, x, y);
};

// sigma offers the most important names of each cell; those are written that do not lie on a more important one.
class Names {
  constructor() {
    this.offered = [];
    this.widths = new Map(); // of a name, in its font's size
  }

  offer(name) { if (name.label) this.offered.push(name); }

  widthOf(context, label) {
    if (!this.widths.has(label)) {
      context.font = `100px ${colour("face")}`;
      this.widths.set(label, context.measureText(label).width / 100);
    }
    return this.widths.get(label);
  }

  writeAll(context) {
    const taken = [];
    for (const {label, x, y, size} of this.offered.sort((a, b) => b.size - a.size || a.key - b.key)) {
      const font = Math.min(NAME_SIZE.most, NAME_SIZE.from + size / 3);
      const left = x + size + 3;
      const box = {left, right: left + font * this.widthOf(context, label), top: y - 0.7 * font, bottom: y + 0.7 * font};
      if (taken.some((one) => one.left < box.right && box.left < one.right && one.top < box.bottom && box.top < one.bottom)) continue;
      taken.push(box);
      write(context, label, left, y, font);
    }
    this.offered = [];
  }
}

const drawHovered = (context, {key, x, y, size}) => {
  const label = cut(nodes[key].label, HOVERED_NAME);
  context.font = `${NAME_SIZE.most - 1}px ${colour("face")}`;
  const width = context.measureText(label).width + 14;
  const isLeft = x + size + width + 6 > context.canvas.clientWidth && x - size - width > 6; // no room at the right
  const left = isLeft ? x - size - width - 6 : x + size + 6;
  context.fillStyle = colour("ink");
  context.beginPath();
  context.roundRect(left, y - 13, width, 26, 6);
  context.fill();
  context.fillStyle = colour("paper");
  context.textBaseline = "middle";
  context.fillText(label, left + 7, y + 0.5);
  context.strokeStyle = colour("ink");
  context.lineWidth = 2;
  context.beginPath();
  context.arc(x, y, size + 2, 0, 2 * Math.PI);
  context.stroke();
};

// Of "#rrggbb", which all colours of page.css are. sigma's lines want colours that are multiplied with their opacity.
const translucent = (hex, opacity) => {
  const parts = [1, 3, 5].map((at) => Math.round(parseInt(hex.slice(at, at + 2), 16) * opacity));
  return `rgba(${parts.join(", ")}, ${opacity})`;
};

// A renderer in `container`; its nodes' and edges' keys are ours as strings. Its canvas "marks" is for the caller to draw on.
export const drawWhole = async (container) => {
  if (!globalThis.Sigma) {
    await run("graphology-code");
    await run("sigma-code");
  }
  const graph = makeGraph(await readPlaces());
  const {offsetWidth: width, offsetHeight: height} = container;
  const gap = Math.sqrt((width * height) / (5 * Math.max(nodes.length, 1))); // a fifth of the room is taken: ROOM in islands.py
  const [least, most] = [within(LEAST_SIZE, gap), within(MOST_SIZE, gap)];
  const highest = nodes.reduce((found, node) => Math.max(found, node.salience), 0) || 1;
  const edgeLooks = new Map();
  const edgeLook = (hidden) => { // two objects for all edges
    if (!edgeLooks.has(hidden)) edgeLooks.set(hidden, {hidden, size: 1, type: "line", zIndex: 0, color: translucent(colour("muted"), EDGES.one)});
    return edgeLooks.get(hidden);
  };
  const names = new Names();
  const renderer = new Sigma(graph, container, {
    allowInvalidContainer: true, // of a tab that is not open
    enableCameraRotation: false, minCameraRatio: CAMERA.closest, maxCameraRatio: CAMERA.farthest, stagePadding: 24,
    hideEdgesOnMove: edgeCount > MANY_EDGES,
    labelGridCellSize: LABEL_CELL.width, labelDensity: LABEL_CELL.names, labelRenderedSizeThreshold: Math.min(LABELLED_FROM.most, LABELLED_FROM.share * least),
    zoomDuration: calm.matches ? 1 : 200, inertiaDuration: calm.matches ? 1 : 200,
    defaultDrawNodeLabel: (context, name) => names.offer(name), defaultDrawNodeHover: drawHovered,
    edgeProgramClasses: {line: Sigma.rendering.EdgeLineProgram},
    nodeReducer: (key, {x, y}) => {
      const node = nodes[key];
      const size = least + (node.salience / highest) ** 3 * (most - least);
      return {x, y, size, color: colour(node.kind), label: nameOf(node), hidden: !isShown(Number(key))};
    },
    edgeReducer: (key) => {
      const [source, target] = endsOf(Number(key));
      return edgeLook(!isShown(source) || !isShown(target));
    },
  });
  renderer.createCanvasContext("marks", {beforeLayer: "labels"});
  renderer.resize(true);
  const paleEdges = () => {
    const nearness = Math.min(1, Math.log(renderer.getCamera().ratio) / Math.log(EDGES.nearAt));
    renderer.getCanvases().edges.style.opacity = EDGES.far + Math.max(0, nearness) * (EDGES.near - EDGES.far);
  };
  renderer.on("beforeRender", paleEdges);
  renderer.on("afterRender", () => names.writeAll(renderer.getCanvases().labels.getContext("2d")));
  renderer.scheduleRender(); // sigma drew before anybody could listen, and the resizing has wiped the names away
  return {renderer, refresh: () => { edgeLooks.clear(); renderer.refresh(); }};
};

export const hasWebGL = () => {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2") || canvas.getContext("webgl");
  if (!context) return false;
  context.getExtension("WEBGL_lose_context")?.loseContext(); // browsers keep only some of them
  return true;
};
