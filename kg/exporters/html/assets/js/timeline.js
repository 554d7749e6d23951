// Events by day as bars, to brush: the days chosen are a filter like the others.
import {eventsOf, nodes, text, words} from "./data.js";
import {byId, countOf, el, fill, number} from "./dom.js";
import {changeFilters, filters, passesButForDays} from "./filters.js";
import {scaleOf} from "./lifeline.js";
import {chosen, on} from "./selection.js";

const MOST_BARS = 120;
const DAY = 86400000; // milliseconds
const STEPS = [1, 7, 30.4375, 91.3125, 365.25, 3652.5]; // days of a bar: a day, a week, a month, a quarter, a year, ten
const HEIGHT = 40; // of the drawing's own units

const numberOf = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const dayWords = (iso) => {
  const [year, month, day] = iso.split("-").map(Number);
  return `${day} ${text.months_short[month - 1]} ${year}`;
};

const days = nodes.filter((node) => node.kind === "event" && node.day).map((node) => numberOf(node.day));
const [earliest, latest] = [days.reduce((a, b) => Math.min(a, b), Infinity), days.reduce((a, b) => Math.max(a, b), -Infinity)];
const strip = byId("timeline");
const svg = byId("bars");
let scale = null; // {first, step, count}: days from `first`, the first and the last bar hold all before and after

const makeScale = () => {
  const {first, last} = scaleOf(days);
  const step = STEPS.find((length) => (last - first) / length < MOST_BARS) || STEPS.at(-1);
  return {first: Math.floor(first), step, count: Math.floor((last - Math.floor(first)) / step) + 1};
};
const barOf = (iso) => Math.min(scale.count - 1, Math.max(0, Math.floor((numberOf(iso) - scale.first) / scale.step)));
const firstDayOf = (bar) => isoOf(Math.ceil(scale.first + bar * scale.step));
const lastDayOf = (bar) => isoOf(Math.ceil(scale.first + (bar + 1) * scale.step) - 1);

// A range of bars as a filter; the outermost bars are open, since they hold what lies beyond the scale.
const choose = (left, right) => {
  const [low, high] = [Math.min(left, right), Math.max(left, right)];
  const whole = low === 0 && high === scale.count - 1;
  changeFilters(whole ? {from: "", to: ""} : {from: low === 0 ? "" : firstDayOf(low), to: high === scale.count - 1 ? "" : lastDayOf(high)});
};
const chosenBars = () => [filters.from ? barOf(filters.from) : 0, filters.to ? barOf(filters.to) : scale.count - 1];

const heights = (pass) => {
  const found = new Array(scale.count).fill(0);
  for (const node of nodes) if (node.kind === "event" && node.day && pass(node)) found[barOf(node.day)] += 1;
  return found;
};

const draw = () => {
  const all = heights(passesButForDays);
  const mine = chosen.node === null ? null : new Set(eventsOf(chosen.node));
  const own = mine ? heights((node) => mine.has(node.id) && passesButForDays(node)) : null;
  const highest = Math.max(1, ...all);
  const [left, right] = chosenBars();
  const height = (count) => (count ? Math.max(2, HEIGHT * Math.sqrt(count / highest)) : 0); // the root keeps single events visible
  const bar = (count, at, kind) => el("rect", {x: at + 0.08, width: 0.84, y: HEIGHT - height(count), height: height(count),
    class: `${kind}${at < left || at > right ? " outside" : ""}`});
  svg.setAttribute("viewBox", `0 0 ${scale.count} ${HEIGHT}`);
  svg.replaceChildren(...all.map((count, at) => bar(count, at, "bar")), ...(own ? own.map((count, at) => bar(count, at, "own")) : []));
  const [from, to] = [byId("from"), byId("to")];
  for (const [field, value, iso] of [[from, left, firstDayOf(left)], [to, right, lastDayOf(right)]]) {
    field.max = scale.count - 1;
    field.value = value;
    field.setAttribute("aria-valuetext", dayWords(iso));
  }
  const first = left === 0 ? isoOf(earliest) : firstDayOf(left); // the outermost bars hold what lies beyond the scale
  const last = right === scale.count - 1 ? isoOf(latest) : lastDayOf(right);
  byId("days").textContent = fill(words.days, {first: dayWords(first), last: dayWords(last),
    events: countOf(text.events, all.slice(left, right + 1).reduce((sum, count) => sum + count, 0))});
  const undated = nodes.filter((node) => node.kind === "event" && !node.day && passesButForDays(node)).length;
  byId("undated").textContent = undated ? fill(words.undated_events, {n: number(undated)}) : "";
  byId("all-days").hidden = !filters.from && !filters.to;
};

const brush = () => {
  let begun = null;
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    return Math.min(scale.count - 1, Math.max(0, Math.floor(scale.count * (event.clientX - box.left) / box.width)));
  };
  svg.addEventListener("pointerdown", (event) => { begun = at(event); svg.setPointerCapture(event.pointerId); });
  svg.addEventListener("pointermove", (event) => { if (begun !== null) choose(begun, at(event)); });
  svg.addEventListener("pointerup", (event) => { if (begun !== null) choose(begun, at(event)); begun = null; });
  byId("from").addEventListener("input", () => choose(Number(byId("from").value), Math.max(Number(byId("from").value), chosenBars()[1])));
  byId("to").addEventListener("input", () => choose(Math.min(Number(byId("to").value), chosenBars()[0]), Number(byId("to").value)));
  byId("all-days").addEventListener("click", () => changeFilters({from: "", to: ""}));
};

if (days.length > 1) {
  scale = makeScale();
  strip.hidden = false;
  brush();
  draw();
  on("filters", draw);
  on("chosen", draw);
}
