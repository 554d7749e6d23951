// Names are drawn by us, in the same size on the screen at every zoom, the important first and none over another.
import {nodes, opening} from "./data.js";
import {colour} from "./theme.js";
import {places} from "./view.js";

const READABLE = opening.options.nodes.scaling.label.drawThreshold - 1; // pixels: vis leaves smaller text in boxes out
const SMALL_NAME = 11; // pixels, of an event whose box is too small for its text
const IMPORTANT_NAME = 13.5; // pixels: names in a larger font than this stay in a crowd
export const LINE = 1.2; // of the font's size
const widths = new Map(); // of a line in a font of 100 pixels
let names = []; // where names stand now: {id, lines, size, x, left, right, top, bottom} in canvas units

const widthOf = (context, line) => {
  if (!widths.has(line)) {
    context.font = `100px ${colour("face")}`;
    widths.set(line, context.measureText(line).width);
  }
  return widths.get(line) / 100;
};

// Where a name may stand: below its node, above, to the right, to the left.
const nameSpots = (context, node, at, scale, inside) => {
  const size = (inside ? SMALL_NAME : node.font) / scale;
  const lines = inside ? [node.drawn_label.replace("\n", node.kind === "event" ? " · " : " ")] : node.drawn_label.split("\n");
  const width = Math.max(...lines.map((line) => widthOf(context, line))) * size;
  const height = lines.length * size * LINE;
  const body = bodyOf(node, at, inside);
  const gap = 3 / scale;
  return [[0, body.bottom + gap - at.y], [0, body.top - gap - height - at.y],
    [body.right + gap + width / 2 - at.x, -height / 2], [body.left - gap - width / 2 - at.x, -height / 2]]
    .map(([right, down]) => ({id: node.id, lines, size, x: at.x + right, left: at.x + right - width / 2,
      right: at.x + right + width / 2, top: at.y + down, bottom: at.y + down + height}));
};

export const bodyOf = (node, at, inside) => {
  const lines = node.drawn_label.split("\n");
  const high = inside ? lines.length * node.font * 0.6 + 7 : node.size;
  const wide = inside ? Math.max(...lines.map((line) => line.length)) * node.font * 0.28 + 7 : node.size;
  return {left: at.x - wide, right: at.x + wide, top: at.y - high, bottom: at.y + high};
};

// Rectangles by the cells that they touch, so that a name is compared with its surroundings only.
const CELL = 120; // pixels
class Crowd {
  constructor(scale) { this.side = CELL / scale; this.cells = new Map(); }

  around({left, right, top, bottom}) {
    const found = [];
    for (let column = Math.floor(left / this.side); column <= right / this.side; column += 1) {
      for (let row = Math.floor(top / this.side); row <= bottom / this.side; row += 1) found.push(column * 100003 + row);
    }
    return found;
  }

  add(box) {
    for (const cell of this.around(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }

  hasRoomFor(box) {
    return this.around(box).every((cell) => !(this.cells.get(cell) || [])
      .some((o) => o.left < box.right && box.left < o.right && o.top < box.bottom && box.top < o.bottom));
  }
}

const write = (context, spot, scale, chosen) => {
  context.font = `${spot.id === chosen ? "600 " : ""}${spot.size}px ${colour("face")}`;
  context.strokeStyle = colour("paper");
  context.lineWidth = 3.5 / scale;
  context.fillStyle = spot.colour;
  spot.lines.forEach((line, row) => {
    const y = spot.top + row * spot.size * LINE;
    context.strokeText(line, spot.x, y);
    context.fillText(line, spot.x, y);
  });
};

// Where names stand in an area of the canvas at a scale; `at` are the places of the nodes.
export const namesIn = (context, {isDrawn, isFaded, isClose, hasLabelInside}, {scale, at, left, top, right, bottom}) => {
  const isWhole = (box) => left < box.left && box.right < right && top < box.top && box.bottom < bottom;
  const isSeen = ({x, y}) => left <= x && x <= right && top <= y && y <= bottom;
  const shown = [...places.keys()].filter((id) => at[id] && isDrawn(id) && isSeen(at[id]));
  const bodies = new Crowd(scale);
  const written = new Crowd(scale);
  shown.forEach((id) => bodies.add(bodyOf(nodes[id], at[id], hasLabelInside(nodes[id]))));
  const order = shown.filter((id) => !(hasLabelInside(nodes[id]) && nodes[id].font * scale >= READABLE));
  order.sort((a, b) => Number(isFaded(a)) - Number(isFaded(b)) || a - b);
  const found = [];
  for (const id of order) {
    const inside = hasLabelInside(nodes[id]);
    const spots = nameSpots(context, nodes[id], at[id], scale, inside).filter((spot) => written.hasRoomFor(spot));
    // an important name may cover a box or be cut by the window rather than be missing; the others may not
    const important = (nodes[id].font >= IMPORTANT_NAME && !inside) || isClose(id);
    const spot = spots.find((free) => isWhole(free) && bodies.hasRoomFor(free))
      || (important ? spots.find(isWhole) || spots[0] : null);
    if (!spot) continue;
    found.push({...spot, colour: colour(isFaded(id) ? "faint" : inside ? "muted" : "ink")});
    written.add(spot);
  }
  return found;
};

export const drawNames = (context, picture) => {
  const {network, container, chosen} = picture;
  const scale = network.getScale();
  const {x: left, y: top} = network.DOMtoCanvas({x: 0, y: 0});
  const {x: right, y: bottom} = network.DOMtoCanvas({x: container.clientWidth, y: container.clientHeight});
  names = namesIn(context, picture, {scale, at: network.getPositions(), left, top, right, bottom});
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  names.forEach((spot) => write(context, spot, scale, chosen));
};

export const nameAt = ({x, y}) => {
  const hit = names.find((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
  return hit ? hit.id : null;
};
