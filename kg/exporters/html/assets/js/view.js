// The working view: which nodes are drawn and where. What matters most, or what is looked for; the reader adds to it.
import {edgeAt, edgesOf, neighbours, nodes, opening} from "./data.js";
import {isNarrowed, isShown} from "./filters.js";
import {on, tell} from "./selection.js";

export const MOST_DRAWN = 1500; // vis-network stays fluid up to here
export const MOST_ADDED = 30; // neighbours added at once
const RING = 150; // canvas units from a node to the neighbours added around it
const ROOM = {width: 110, height: 48}; // canvas units that a node with its name takes

const home = new Map(opening.nodes.map((node) => [node.id, {x: node.x, y: node.y}]));
export const places = new Map(home); // what is drawn: node → where
// What the reader did: nodes added and taken away, nodes held where they are, and a node to see the surroundings of.
export const own = {added: new Set(), removed: new Set(), pinned: new Map(), focus: null};

export const isDrawn = (id) => places.has(id) && isShown(id);
export const undrawnNeighbours = (id) => neighbours(id).filter((other) => !places.has(other));

// The first free spot on rings around a point; far enough from every drawn node to be read.
const freeSpot = (x, y) => {
  const taken = [...places.values()];
  for (let step = 1; step < 400; step += 1) {
    const angle = step * 2.39996; // the golden angle leaves no spokes
    const reach = RING * Math.sqrt(step / 3);
    const spot = {x: Math.round(x + reach * Math.cos(angle)), y: Math.round(y + reach * 0.7 * Math.sin(angle))};
    if (!taken.some((at) => Math.abs(at.x - spot.x) < ROOM.width && Math.abs(at.y - spot.y) < ROOM.height)) return spot;
  }
  return {x, y};
};

const spotNear = (id) => {
  const around = neighbours(id).filter((other) => places.has(other)).map((other) => places.get(other));
  const middle = (axis) => around.reduce((sum, at) => sum + at[axis], 0) / Math.max(1, around.length);
  return freeSpot(middle("x"), middle("y"));
};

// The most reported events of what is looked for and who has to do with them, as the opening view is chosen.
const lookedFor = () => {
  const limit = opening.limit;
  const events = nodes.filter((node) => node.kind === "event" && isShown(node.id)).slice(0, Math.max(1, limit / 2)).map(({id}) => id);
  const counts = new Map();
  for (const event of events) {
    for (const other of neighbours(event)) if (isShown(other) && nodes[other].kind !== "event") counts.set(other, (counts.get(other) || 0) + 1);
  }
  const actors = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([id]) => id).slice(0, limit - events.length);
  return [...events, ...actors];
};

// A thing, what it has to do with, and who else had to do with these events.
const surroundings = (id) => {
  const near = neighbours(id).filter(isShown);
  const beyond = new Set(near.filter((other) => nodes[other].kind === "event").flatMap(neighbours).filter(isShown));
  return [...new Set([id, ...near, ...[...beyond].sort((a, b) => a - b)])].slice(0, opening.limit);
};

const base = () => {
  if (own.focus !== null) return surroundings(own.focus);
  return isNarrowed() ? lookedFor() : [...home.keys()];
};

// Draw what the filters and the reader's own changes ask for; `arrange` when most of it has no place yet.
const fillView = () => {
  const before = new Map([...home, ...places, ...own.pinned]);
  const wanted = new Set([...base(), ...own.added].filter((id) => !own.removed.has(id)).slice(0, MOST_DRAWN));
  places.clear();
  const fresh = [...wanted].filter((id) => !before.has(id));
  for (const id of wanted) if (before.has(id)) places.set(id, before.get(id));
  fresh.forEach((id) => places.set(id, spotNear(id)));
  tell("view", {arrange: own.focus !== null || fresh.length > places.size / 4, fit: true});
};

export const add = (wanted) => {
  for (const id of wanted) {
    if (places.size >= MOST_DRAWN) break;
    own.removed.delete(id);
    if (places.has(id)) continue;
    own.added.add(id);
    places.set(id, spotNear(id));
  }
  tell("view", {});
};

export const expand = (id) => {
  add([id]);
  const {x, y} = places.get(id) || {x: 0, y: 0};
  for (const other of undrawnNeighbours(id).filter(isShown).slice(0, MOST_ADDED)) {
    if (places.size >= MOST_DRAWN) break;
    own.removed.delete(other);
    own.added.add(other);
    places.set(other, freeSpot(x, y));
  }
  tell("view", {});
};

// Neighbours that hang on this node alone.
export const leavesOf = (id) => neighbours(id).filter((leaf) => places.has(leaf)
  && neighbours(leaf).every((other) => other === id || !places.has(other)));

export const remove = (unwanted) => {
  for (const id of unwanted) {
    places.delete(id);
    own.added.delete(id);
    own.pinned.delete(id);
    own.removed.add(id);
  }
  tell("view", {});
};

export const move = (id, at) => { if (places.has(id)) places.set(id, at); };
export const togglePin = (id) => {
  if (own.pinned.has(id)) own.pinned.delete(id); else own.pinned.set(id, places.get(id));
  tell("view", {});
};
export const focusOn = (id) => {
  own.focus = id;
  if (id !== null) own.removed.delete(id);
  fillView();
};
// The reader's own changes, from a link; without any, the opening view.
export const restore = ({added = [], removed = [], pinned = [], focus = null} = {}) => {
  Object.assign(own, {added: new Set(added), removed: new Set(removed), pinned: new Map(pinned), focus});
  places.clear();
  fillView();
};

export const drawnEdges = () => {
  const leaving = (id) => Array.from(edgesOf(id)).filter((index) => edgeAt(index).source === id && places.has(edgeAt(index).target));
  return [...places.keys()].flatMap(leaving).sort((a, b) => a - b);
};

let wasNarrowed = isNarrowed();
on("filters", () => { // kinds and statuses only hide; what is looked for is drawn anew
  if (isNarrowed() || wasNarrowed || own.focus !== null) fillView(); else tell("view", {});
  wasNarrowed = isNarrowed();
});
