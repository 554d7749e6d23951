// Search over every name in the graph, drawn or not, with completion; a list of results under a field.
import {nodes, words} from "./data.js";
import {announce, byId, countOf, el, kindName, named, sign} from "./dom.js";
import {reveal} from "./filters.js";
import {visit} from "./selection.js";
import {places} from "./view.js";

const MOST_RESULTS = 12;

const folded = (string) => string.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
// What is searched: made when it is needed first, or when the page has nothing else to do.
let haystacks = null;
const prepare = () => {
  haystacks ||= nodes.map((node) => {
    const main = folded(node.kind === "event" ? `${node.type} ${node.when || ""} ${node.label}` : node.label);
    // a date that only one source gives leads to the event too
    const days = (node.dates || []).map((date) => folded(`${node.type} ${date}`));
    return {main, all: ` ${[main, ...(node.names || []).map(folded), ...days].join("\n ")}`};
  });
};
(window.requestIdleCallback || setTimeout)(prepare);

// A day's number is looked for as a whole ("2" is not in "2025"), everything else anywhere in a name.
const holds = (names, part) => (/^\d{1,2}$/.test(part) ? names.split(/\D+/).includes(part) : names.includes(part));

// Node ids for a query, best first: names that begin with it, then words that do, then the rest; then by importance.
const find = (query) => {
  prepare();
  const parts = folded(query).split(/\s+/).filter(Boolean);
  if (!parts.length) return [];
  const whole = parts.join(" ");
  const found = [[], [], []];
  haystacks.forEach(({main, all}, id) => {
    if (!parts.every((part) => holds(all, part))) return;
    found[main.startsWith(whole) ? 0 : all.includes(` ${whole}`) ? 1 : 2].push(id);
  });
  return found.flat();
};

// The other name by which the query found a node; null when its own name has it.
const alias = (node, parts) => {
  const has = (name) => parts.every((part) => holds(folded(name), part));
  return has(node.label) ? null : (node.names || []).find(has) || null;
};

// A field with completion over the graph's names: `pick` gets the node, `pass` says which nodes may be offered.
export const completion = (field, list, pick, pass = () => true) => {
  let active = -1;
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    const options = list.querySelectorAll("[role=option]");
    active = options.length ? (index + options.length) % options.length : -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) return;
    field.setAttribute("aria-activedescendant", options[active].id);
    options[active].scrollIntoView({block: "nearest"});
  };
  const take = (id) => { close(); field.value = ""; pick(id); };
  const optionFor = (id, at, parts) => {
    const node = nodes[id];
    const notes = [kindName(node), node.kind === "event" ? node.when || words.undated : null, alias(node, parts),
      places.has(id) ? null : words.not_drawn].filter(Boolean);
    const option = el("li", {role: "option", id: `${list.id}-${at}`, "data-node": id, "aria-selected": "false"},
      sign(node), named(node.label, {class: "name"}), el("small", {}, named(notes.join(" · "))));
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field
    option.addEventListener("click", () => take(id));
    return option;
  };
  const offer = () => {
    const found = find(field.value).filter(pass);
    const parts = folded(field.value).split(/\s+/).filter(Boolean);
    const options = found.slice(0, MOST_RESULTS).map((id, at) => optionFor(id, at, parts));
    const asked = parts.length > 0;
    list.replaceChildren(...(options.length || !asked ? options : [el("li", {role: "option", "aria-disabled": "true", class: "none"}, words.no_results)]));
    list.hidden = !asked;
    field.setAttribute("aria-expanded", String(asked));
    announce(asked ? countOf(words.results, found.length) : "");
    mark(0);
  };
  field.addEventListener("input", offer);
  field.addEventListener("focus", () => { if (field.value.trim()) offer(); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(active + (event.key === "ArrowDown" ? 1 : -1));
    else if (event.key === "Enter") {
      const option = list.querySelector("[aria-selected=true][data-node]");
      if (option && !list.hidden) take(Number(option.dataset.node));
    } else if (event.key === "Escape") { close(); return; } else return;
    event.preventDefault();
  });
};

completion(byId("query"), byId("results"), (id) => { reveal(id); visit(id, {focus: true}); });
