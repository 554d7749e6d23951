// The column of filters, which is the legend too.
import {edgeAt, edgeCount, nodes, text, words} from "./data.js";
import {button, byId, countOf, el, fill, named, number} from "./dom.js";
import {activeCount, changeFilters, clearFilters, counted, filters, valuesOfNode} from "./filters.js";
import {on} from "./selection.js";

const FIRST_CHOICES = 8; // of a list, before "Show all"

// A checkbox for one value of a filter; `without` when the filter names what is not wanted.
const choice = (filter, value, label, count, {mark = null, without = false} = {}) => {
  const box = el("input", {type: "checkbox", name: String(value), "data-filter": filter, "data-without": without || null});
  box.addEventListener("change", () => {
    const wanted = new Set(filters[filter]);
    if (box.checked === without) wanted.delete(value); else wanted.add(value);
    changeFilters({[filter]: wanted});
  });
  box.value = String(value);
  box.isChosen = () => filters[filter].has(value) !== without;
  return el("label", {class: mark ? "marked" : ""}, box, mark, named(label), el("small", {}, number(count)));
};

const choices = (filter, labelOf) => {
  const found = counted(valuesOfNode[filter]);
  const rows = ([value, count]) => choice(filter, value, labelOf(value), count);
  const field = byId(filter);
  field.append(...found.slice(0, FIRST_CHOICES).map(rows));
  if (found.length > FIRST_CHOICES) {
    const more = button(countOf(words.all, found.length), () => {
      more.replaceWith(...found.slice(FIRST_CHOICES).map(rows));
      refresh();
    }, {class: "more"});
    field.append(more);
  }
  byId(filter).closest("details").hidden = !found.length;
};

const ranges = () => {
  const confidence = el("input", {type: "range", id: "confidence", min: 0, max: 100, step: 5});
  confidence.addEventListener("input", () => changeFilters({confidence: Number(confidence.value)}));
  const sources = el("input", {type: "number", id: "sources", min: 1, max: 99, step: 1});
  sources.addEventListener("input", () => changeFilters({sources: Math.max(1, Number(sources.value) || 1)}));
  byId("certainty").append(
    el("label", {class: "range"}, words.filter_confidence, el("output", {id: "confidence-value", for: "confidence"}), confidence),
    el("label", {class: "range"}, words.filter_sources, sources));
};

// What the boxes say follows the filters, whoever changed them.
const refresh = () => {
  document.querySelectorAll("#filters input[type=checkbox]").forEach((box) => { box.checked = box.isChosen(); });
  byId("confidence").value = filters.confidence;
  byId("confidence-value").textContent = fill(words.percent, {n: filters.confidence});
  byId("sources").value = filters.sources;
  const active = activeCount();
  byId("clear-filters").hidden = active === 0;
  byId("clear-filters").textContent = countOf(words.clear_filters, active);
};

const signs = () => {
  const byKind = new Map(counted(valuesOfNode.kinds));
  const byStatus = new Map(counted(valuesOfNode.statuses));
  byId("kinds").append(...Object.entries(text.kinds).filter(([kind]) => byKind.has(kind))
    .map(([kind, [, many]]) => choice("kinds", kind, many, byKind.get(kind),
      {mark: el("span", {class: `sign ${kind}`, "aria-hidden": "true"}), without: true})));
  byId("statuses").append(...Object.entries(text.statuses).filter(([status]) => byStatus.has(status))
    .map(([status, name]) => choice("statuses", status, name, byStatus.get(status),
      {mark: el("span", {class: `line ${status.toLowerCase()}`, "aria-hidden": "true"}), without: true})));
  const roles = new Set();
  for (let index = 0; index < edgeCount; index += 1) edgeAt(index).roles.forEach((role) => roles.add(role));
  byId("strokes").append(
    roles.has("agent") ? strokeRow(words.sign_agent, "arrow", "→") : "",
    nodes.some((node) => node.conflict) ? strokeRow(words.sign_conflict, "conflict", "≠") : "");
};
const strokeRow = (label, name, mark) => el("p", {}, el("span", {class: `line ${name}`, "aria-hidden": "true"}, mark), label);

signs();
choices("types", (type) => type);
choices("topics", (topic) => nodes[topic].label);
choices("outlets", (outlet) => outlet);
ranges();
byId("clear-filters").addEventListener("click", clearFilters);
on("filters", refresh);
refresh();
