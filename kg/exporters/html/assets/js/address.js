// The state of the page in its address, so that a link and the browser's Back bring it back.
import {question, setQuestion} from "./ask.js";
import {edgeAt, edgesOf, nodeOfIri, nodes, opening, text} from "./data.js";
import {changeFilters, filters} from "./filters.js";
import {lookFrom, network, together} from "./picture.js";
import {chosen, on, visit, visitEdge} from "./selection.js";
import {open, openTab, tabNames} from "./tabs.js";
import {own, restore} from "./view.js";

const SETS = ["statuses", "types", "outlets"];
const MOST_QUESTION = 4000; // characters of a query that a link carries
const SHIFT = 300; // milliseconds after the last change, so that a drag is one

// Things are named by what their IRIs do not share, so that links stay short and hold across rebuilds.
const shared = nodes.reduce((start, {iri}) => {
  let length = 0;
  while (length < start.length && start[length] === iri[length]) length += 1;
  return start.slice(0, length);
}, nodes.length ? nodes[0].iri : "").replace(/[^/#]*$/, "");
const nameOf = (id) => nodes[id].iri.slice(shared.length);
const idOf = (name) => nodeOfIri(shared + name) ?? nodeOfIri(name);
const known = (names) => names.map(idOf).filter((id) => id !== undefined);

const written = () => {
  const state = new URLSearchParams();
  const put = (name, value) => { if (value !== "" && value !== null && value !== undefined) state.set(name, value); };
  const each = (name, values) => values.forEach((value) => state.append(name, value));
  if (chosen.node !== null) put("at", nameOf(chosen.node));
  if (chosen.edge !== null) {
    const {source, target} = edgeAt(chosen.edge);
    put("at", nameOf(source));
    put("to", nameOf(target));
  }
  if (open.name !== tabNames[0]) put("view", open.name);
  if (open.name === "ask" && question.text.length <= MOST_QUESTION) put("ask", question.text);
  SETS.forEach((name) => each(name, [...filters[name]]));
  const kinds = [...filters.kinds];
  if (kinds.join() !== opening.hidden.join()) state.set("kinds", kinds.join(".")); // empty when even topics are shown
  each("topics", [...filters.topics].map(nameOf));
  if (filters.confidence) put("confidence", filters.confidence);
  if (filters.sources > 1) put("sources", filters.sources);
  put("from", filters.from);
  put("until", filters.to);
  each("plus", [...own.added].map(nameOf));
  each("minus", [...own.removed].map(nameOf));
  each("pin", [...own.pinned].map(([id, {x, y}]) => `${Math.round(x)},${Math.round(y)},${nameOf(id)}`));
  if (own.focus !== null) put("around", nameOf(own.focus));
  if (moved) {
    const {x, y} = network.getViewPosition();
    put("eye", [Math.round(x), Math.round(y), network.getScale().toPrecision(3)].join(","));
  }
  return state.toString();
};

let moved = false; // whether the reader has moved the picture
let last = null; // what the address says
const write = (push) => {
  const state = written();
  if (state === last) return;
  last = state;
  history[push ? "pushState" : "replaceState"](null, "", `#${state}`);
};

const dayIn = (string) => (/^\d{4}-\d\d-\d\d$/.test(string) && !Number.isNaN(Date.parse(string)) ? string : "");
const between = (low, high, string) => Math.min(high, Math.max(low, Number(string) || low));
const numbers = (string) => string.split(",").map(Number);
const read = () => {
  const hash = location.hash.slice(1);
  let plain = "";
  try { plain = decodeURIComponent(hash); } catch { /* a broken address opens the overview */ }
  const state = new URLSearchParams(nodeOfIri(plain) === undefined ? hash : {at: plain.slice(shared.length)});
  const all = (name) => state.getAll(name);
  const wanted = {kinds: new Set(state.has("kinds") ? state.get("kinds").split(".").filter((kind) => Object.hasOwn(text.kinds, kind)) : opening.hidden),
    ...Object.fromEntries(SETS.map((name) => [name, new Set(all(name))])), topics: new Set(known(all("topics"))),
    confidence: between(0, 100, state.get("confidence")), sources: between(1, 99, state.get("sources")),
    from: dayIn(state.get("from")), to: dayIn(state.get("until"))};
  const pins = all("pin").map((pin) => { const [x, y, ...name] = pin.split(","); return [idOf(name.join(",")), {x: Number(x), y: Number(y)}]; });
  const at = idOf(state.get("at") || "");
  const to = idOf(state.get("to") || "");
  const edge = at === undefined || to === undefined ? undefined
    : Array.from(edgesOf(at)).find((index) => edgeAt(index).source === at && edgeAt(index).target === to);
  const [x, y, scale] = numbers(state.get("eye") || "");
  moved = scale > 0 && Number.isFinite(x + y + scale);
  together(() => {
    changeFilters(wanted);
    restore({added: known(all("plus")), removed: known(all("minus")), focus: idOf(state.get("around") || "") ?? null,
      pinned: pins.filter(([id, spot]) => id !== undefined && Number.isFinite(spot.x + spot.y))});
    if (edge === undefined) visit(at ?? null, {remember: false}); else visitEdge(edge, {remember: false});
    lookFrom(moved ? {position: {x, y}, scale} : null);
  });
  setQuestion((state.get("ask") || "").slice(0, MOST_QUESTION));
  openTab(tabNames.includes(state.get("view")) ? state.get("view") : tabNames[0]);
};

export const beginRemembering = () => {
  read();
  last = location.hash.slice(1);
  let waiting = null;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(() => write(false), SHIFT); };
  on("chosen", ({remember}) => { if (remember) write(true); });
  ["filters", "view", "ask"].forEach((event) => on(event, later));
  on("tab", () => write(false));
  const move = () => { moved = true; later(); };
  ["zoom", "dragEnd"].forEach((event) => network.on(event, move));
  on("moved", move);
  network.on("animationFinished", later);
  window.addEventListener("popstate", () => { read(); last = location.hash.slice(1); });
};
