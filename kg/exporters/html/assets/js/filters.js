// What the reader wants to see: one set of conditions for the picture, the overview, the timeline and the tables.
import {articles, edgeAt, edgeCount, nodes, opening, outletsOf} from "./data.js";
import {tell} from "./selection.js";

// Sets name what is wanted, and are empty when everything is; `kinds` and `statuses` name what is not wanted.
const nothing = () => ({kinds: new Set(opening.hidden), statuses: new Set(), types: new Set(), topics: new Set(),
  outlets: new Set(), confidence: 0, sources: 1, from: "", to: ""});
export const filters = nothing();

const isEventNarrowed = () => filters.types.size > 0 || filters.topics.size > 0 || filters.confidence > 0
  || filters.sources > 1 || filters.from !== "" || filters.to !== "";
// Whether the reader looks for something, rather than only hiding a kind of thing.
export const isNarrowed = () => isEventNarrowed() || filters.outlets.size > 0;

const topicsOf = new Map(); // event → its topics
for (let index = 0; index < edgeCount; index += 1) {
  const {source, target} = edgeAt(index);
  if (nodes[target].kind === "topic") topicsOf.set(source, [...(topicsOf.get(source) || []), target]);
}
const intersects = (wanted, values) => values.some((value) => wanted.has(value));
const isFromOutlet = (node) => !filters.outlets.size
  || (node.articles || []).some((article) => filters.outlets.has(articles[article].outlet));

// An event whose day is not known is not shown when days are asked for.
const isInTime = (node, {from, to}) => (!from && !to)
  || (Boolean(node.day) && (!to || node.day <= to) && (!from || (node.last || node.day) >= from));

const eventPasses = (node, days) => !filters.kinds.has("event") && !filters.statuses.has(node.status)
  && (!filters.types.size || filters.types.has(node.type))
  && (!filters.topics.size || intersects(filters.topics, topicsOf.get(node.id) || []))
  && (node.confidence || 0) >= filters.confidence && (node.sources || 1) >= filters.sources
  && isInTime(node, days) && isFromOutlet(node);

let shown = new Uint8Array(nodes.length);
const settle = () => {
  const next = new Uint8Array(nodes.length);
  const narrowed = isEventNarrowed();
  for (const node of nodes) {
    if (node.kind === "event") next[node.id] = eventPasses(node, filters);
    else if (!narrowed) next[node.id] = !filters.kinds.has(node.kind) && isFromOutlet(node);
  }
  if (narrowed) { // whoever has to do with an event that is wanted
    for (let index = 0; index < edgeCount; index += 1) {
      const {source, target} = edgeAt(index);
      if (next[source] && nodes[source].kind === "event" && nodes[target].kind !== "event") {
        next[target] = !filters.kinds.has(nodes[target].kind);
      }
    }
  }
  shown = next;
};
settle();

export const isShown = (id) => shown[id] === 1;
// For the timeline, which shows the days around those that are asked for.
export const passesButForDays = (node) => eventPasses(node, {from: "", to: ""});

export const changeFilters = (changes) => {
  Object.assign(filters, changes);
  settle();
  tell("filters");
};
export const clearFilters = () => changeFilters(nothing());

// What was filtered away comes back when it is asked for by name.
export const reveal = (id) => {
  if (isShown(id)) return;
  const wanted = (hidden, value) => new Set([...hidden].filter((name) => name !== value));
  const changes = {kinds: wanted(filters.kinds, nodes[id].kind), statuses: wanted(filters.statuses, nodes[id].status)};
  changeFilters(changes);
  if (!isShown(id)) changeFilters({...nothing(), ...changes});
};

export const activeCount = () => {
  const {kinds, statuses, types, topics, outlets, confidence, sources, from, to} = filters;
  const hidden = [...kinds].filter((kind) => !opening.hidden.includes(kind)).length;
  return hidden + statuses.size + types.size + topics.size + outlets.size + (confidence > 0) + (sources > 1) + Boolean(from || to);
};

// How many nodes have each value, most first: for the lists to choose from.
export const counted = (valuesOf) => {
  const found = new Map();
  for (const node of nodes) for (const value of valuesOf(node)) found.set(value, (found.get(value) || 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
};
export const valuesOfNode = {
  kinds: (node) => [node.kind],
  statuses: (node) => (node.kind === "event" && node.status ? [node.status] : []),
  types: (node) => (node.kind === "event" ? [node.type] : []),
  topics: (node) => (node.kind === "event" ? topicsOf.get(node.id) || [] : []),
  outlets: (node) => (node.kind === "event" ? [...outletsOf(node.id)] : []),
};
