// How two things hang together: the shortest ways between them, and who stands between.
import {degreeOf, edgeAt, edgesOf, nodes, otherEnd, words} from "./data.js";
import {button, byId, countOf, el, fill, named, roleName} from "./dom.js";
import {nodeLink, shortNote} from "./evidence.js";
import {isShown} from "./filters.js";
import {completion} from "./search.js";
import {showPath} from "./picture.js";
import {add} from "./view.js";

const MOST_BETWEEN = 20;
// What ties everything to everything tells nothing: topics, and the place that something lies in.
const tells = (index) => {
  const {source, target, roles} = edgeAt(index);
  return nodes[source].kind !== "topic" && nodes[target].kind !== "topic" && !roles.every((role) => role === "containedInPlace");
};
const links = (id) => Array.from(edgesOf(id)).filter(tells).filter((index) => isShown(otherEnd(index, id)));

// Edges of one shortest path, the important nodes first; null without a path. Breadth first, over what the filters show.
const shortestPath = (from, to) => {
  const came = new Map([[from, null]]); // node → edge that led there
  let front = [from];
  while (front.length && !came.has(to)) {
    const next = new Set();
    for (const id of front) for (const index of links(id)) {
      const other = otherEnd(index, id);
      if (!came.has(other)) { came.set(other, index); next.add(other); }
    }
    front = [...next].sort((a, b) => a - b);
  }
  if (!came.has(to)) return null;
  const path = [];
  for (let id = to; id !== from; id = otherEnd(came.get(id), id)) path.unshift(came.get(id));
  return path;
};

// Whom both have to do with: [node, events with the one, events with the other], those with most of both first.
const between = (one, other) => {
  const contacts = (id) => {
    const found = new Map();
    for (const index of links(id)) {
      const event = otherEnd(index, id);
      if (nodes[event].kind !== "event") { found.set(event, new Set([id])); continue; }
      for (const further of links(event)) {
        const third = otherEnd(further, event);
        if (nodes[third].kind === "event" || third === id) continue;
        found.set(third, (found.get(third) || new Set()).add(event));
      }
    }
    return found;
  };
  const [ones, others] = [contacts(one), contacts(other)];
  return [...ones.keys()].filter((id) => others.has(id) && id !== one && id !== other && nodes[id].kind !== "place")
    .map((id) => [id, ones.get(id).size, others.get(id).size])
    .sort((a, b) => Math.min(b[1], b[2]) - Math.min(a[1], a[2]) || b[1] + b[2] - a[1] - a[2] || a[0] - b[0])
    .slice(0, MOST_BETWEEN);
};

const pathNodes = (from, path) => path.reduce((ids, index) => [...ids, otherEnd(index, ids.at(-1))], [from]);

const answer = (from, to) => {
  const path = shortestPath(from, to);
  const middle = between(from, to);
  const ids = path ? pathNodes(from, path) : null;
  if (ids) { add(ids); showPath(ids); }
  return [
    el("h4", {}, fill(words.path_between, {one: nodes[from].label, other: nodes[to].label})),
    ids ? el("ol", {class: "path"}, ids.map((id, at) => el("li", {},
      at ? el("small", {}, edgeAt(path[at - 1]).roles.map(roleName).join(", ")) : null,
      nodeLink(id), el("small", {}, ` ${shortNote(nodes[id])}`)))) : el("p", {class: "note"}, words.no_path),
    el("h4", {}, words.between),
    middle.length ? el("ul", {class: "rows"}, middle.map(([id, ones, others]) => el("li", {}, nodeLink(id),
      el("small", {}, named(` ${fill(words.between_counts, {ones: countOf(words.ties, ones), one: nodes[from].label,
        others: countOf(words.ties, others), other: nodes[to].label})}`))))) : el("p", {class: "note"}, words.nobody_between),
    button(words.path_done, () => { showPath(null); byId("path-answer").replaceChildren(); }, {class: "more"}),
  ];
};

// The part of a node's panel that asks for the other end.
export const pathSection = (node) => {
  if (!degreeOf(node.id)) return null;
  const field = el("input", {type: "search", id: "path-to", placeholder: words.path_to, "aria-label": words.path_to, role: "combobox",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "path-results", autocomplete: "off", spellcheck: "false"});
  const list = el("ul", {id: "path-results", role: "listbox", class: "results", "aria-label": words.path_to, hidden: ""});
  const place = el("div", {id: "path-answer", "aria-live": "polite"});
  completion(field, list, (other) => place.replaceChildren(...answer(node.id, other)), (id) => id !== node.id);
  return el("section", {id: "paths"}, el("h3", {}, words.paths), el("div", {class: "completing"}, field, list), place);
};
