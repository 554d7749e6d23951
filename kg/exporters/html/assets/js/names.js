// Names are drawn by us, in the same size on the screen at every zoom, the important first and none over another.
const READABLE = opening.options.nodes.scaling.label.drawThreshold - 1; // pixels: vis leaves smaller text in boxes out
const SMALL_NAME = 11; // pixels, of an event whose box is too small for its text
const IMPORTANT_NAME = 13.5; // pixels: names in a larger font than this stay in a crowd
const widths = new Map(); // of a line in a font of 100 pixels
let names = []; // where names stand now, for clicks on them: {id, left, right, top, bottom}

const widthOf = (context, line) => {
  if (!widths.has(line)) {
    context.font = `100px ${colour("face")}`;
    widths.set(line, context.measureText(line).width);
  }
  return widths.get(line) / 100;
};

// Where a name may stand: below its node, above, to the right, to the left.
const nameSpots = (context, node, at, scale) => {
  const inside = hasLabelInside(node);
  const size = (inside ? SMALL_NAME : node.font) / scale;
  const lines = inside ? [node.drawn_label.replace("\n", node.kind === "event" ? " · " : " ")] : node.drawn_label.split("\n");
  const width = Math.max(...lines.map((line) => widthOf(context, line))) * size;
  const height = lines.length * size * 1.2;
  const body = bodyOf(node, at);
  const gap = 3 / scale;
  return [[0, body.bottom + gap - at.y], [0, body.top - gap - height - at.y],
    [body.right + gap + width / 2 - at.x, -height / 2], [body.left - gap - width / 2 - at.x, -height / 2]]
    .map(([right, down]) => ({id: node.id, lines, size, x: at.x + right, left: at.x + right - width / 2,
      right: at.x + right + width / 2, top: at.y + down, bottom: at.y + down + height}));
};

const bodyOf = (node, at) => {
  const lines = node.drawn_label.split("\n");
  const high = hasLabelInside(node) ? lines.length * node.font * 0.6 + 7 : node.size;
  const wide = hasLabelInside(node) ? Math.max(...lines.map((line) => line.length)) * node.font * 0.28 + 7 : node.size;
  return {left: at.x - wide, right: at.x + wide, top: at.y - high, bottom: at.y + high};
};

// Rectangles by the cells that they touch, so that a name is compared with its surroundings only.
const CELL = 120; // pixels
class Crowd {
  constructor(scale) { this.side = CELL / scale; this.cells = new Map(); }

  * around({left, right, top, bottom}) {
    for (let column = Math.floor(left / this.side); column <= right / this.side; column += 1) {
      for (let row = Math.floor(top / this.side); row <= bottom / this.side; row += 1) yield `${column} ${row}`;
    }
  }

  add(box) {
    for (const cell of this.around(box)) this.cells.set(cell, [...(this.cells.get(cell) || []), box]);
  }

  hasRoomFor(box) {
    for (const cell of this.around(box)) {
      const hit = (this.cells.get(cell) || [])
        .some((o) => o.left < box.right && box.left < o.right && o.top < box.bottom && box.top < o.bottom);
      if (hit) return false;
    }
    return true;
  }
}

const writeName = (context, spot, scale) => {
  const faded = isFaded(spot.id);
  context.font = `${spot.id === chosen ? "600 " : ""}${spot.size}px ${colour("face")}`;
  context.strokeStyle = colour("paper");
  context.lineWidth = 3.5 / scale;
  context.fillStyle = colour(faded ? "faint" : hasLabelInside(nodes[spot.id]) ? "muted" : "ink");
  spot.lines.forEach((line, number) => {
    const y = spot.top + number * spot.size * 1.2;
    context.strokeText(line, spot.x, y);
    context.fillText(line, spot.x, y);
  });
};

const drawNames = (context) => {
  const scale = network.getScale();
  const at = network.getPositions();
  const shown = [...places.keys()].filter((id) => at[id] && !isHidden(nodes[id]));
  const bodies = new Crowd(scale);
  const written = new Crowd(scale);
  shown.forEach((id) => bodies.add(bodyOf(nodes[id], at[id])));
  const order = shown.filter((id) => !(hasLabelInside(nodes[id]) && nodes[id].font * scale >= READABLE));
  order.sort((a, b) => Number(isFaded(a)) - Number(isFaded(b)) || a - b);
  names = [];
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  const {x: left, y: top} = network.DOMtoCanvas({x: 0, y: 0});
  const {x: right, y: bottom} = network.DOMtoCanvas({x: container.clientWidth, y: container.clientHeight});
  const isWhole = (spot) => left < spot.left && spot.right < right && top < spot.top && spot.bottom < bottom;
  for (const id of order) {
    const spots = nameSpots(context, nodes[id], at[id], scale).filter((spot) => written.hasRoomFor(spot));
    // an important name may cover a box or be cut by the window rather than be missing; the others may not
    const important = nodes[id].font >= IMPORTANT_NAME && !hasLabelInside(nodes[id]) || (close !== null && close.has(id));
    const spot = spots.find((free) => isWhole(free) && bodies.hasRoomFor(free))
      || (important ? spots.find(isWhole) || spots[0] : null);
    if (!spot) continue;
    names.push(spot);
    written.add(spot);
    writeName(context, spot, scale);
  }
};

// The node under a click, on its shape or on its name; null on empty ground.
const nodeAt = ({nodes: [id], pointer: {canvas: {x, y}}}) => {
  if (id !== undefined) return id;
  const hit = names.find((box) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom);
  return hit ? hit.id : null;
};

network.on("afterDrawing", drawNames);
