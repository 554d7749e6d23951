// A thing's events on a line of time, for its panel.
import {nodes, words} from "./data.js";
import {countOf, el, fill} from "./dom.js";
import {visit} from "./selection.js";

const WIDTH = 360; // of the drawing's own units
const HEIGHT = 46;
const BASELINE = 32;
const STEP = 6; // between events of one day
const MOST_HIGH = 5;
const dayNumber = (iso) => Date.parse(`${iso}T00:00:00Z`) / 86400000;

// Events outside of these parts of all are left out of the scale, so that one date of 1945 does not flatten the rest.
const [EARLY, LATE] = [0.05, 0.95];
export const scaleOf = (days) => {
  const sorted = [...days].sort((a, b) => a - b);
  const at = (part) => sorted[Math.floor(part * (sorted.length - 1))];
  const [low, high] = [at(EARLY), at(LATE)];
  const room = Math.max(1, (high - low) * 0.05);
  return {first: Math.max(sorted[0], low - room * 4), last: Math.min(sorted.at(-1), high + room * 4)};
};

export const lifeLine = (events) => {
  const dated = events.filter((id) => nodes[id].day);
  if (dated.length < 2) return null;
  const {first, last} = scaleOf(dated.map((id) => dayNumber(nodes[id].day)));
  const span = Math.max(1, last - first);
  const stacked = new Map();
  const kept = dated.filter((id) => dayNumber(nodes[id].day) >= first && dayNumber(nodes[id].day) <= last);
  const dots = kept.map((id) => {
    const x = 8 + (WIDTH - 16) * ((dayNumber(nodes[id].day) - first) / span);
    const place = Math.round(x / STEP);
    stacked.set(place, (stacked.get(place) || 0) + 1);
    const y = BASELINE - 5 - STEP * (Math.min(stacked.get(place), MOST_HIGH) - 1);
    return el("circle", {cx: x, cy: y, r: 3, class: `dot ${(nodes[id].status || "").toLowerCase()}`, "data-node": id});
  });
  const shown = [kept[0], kept.at(-1)].map((id) => nodes[id].when);
  const drawing = el("svg", {viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "lifeline", role: "img",
    "aria-label": fill(words.life_line, {events: countOf(words.dated_events, dated.length), first: shown[0], last: shown[1]})},
  el("line", {x1: 4, x2: WIDTH - 4, y1: BASELINE, y2: BASELINE, class: "axis"}), dots,
  el("text", {x: 4, y: HEIGHT - 2, class: "tick"}, shown[0]),
  el("text", {x: WIDTH - 4, y: HEIGHT - 2, class: "tick", "text-anchor": "end"}, shown[1]));
  drawing.addEventListener("click", ({target}) => { if (target.dataset.node) visit(Number(target.dataset.node), {focus: true}); });
  return drawing;
};
