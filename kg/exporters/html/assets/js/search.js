// Search over every name in the graph, drawn or not, with completion.

const MOST_RESULTS = 12;

const folded = (string) => string.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const haystacks = nodes.map((node) => {
  const main = folded(node.kind === "event" ? `${node.type} ${node.when || ""} ${node.label}` : node.label);
  // a date that only one source gives leads to the event too
  const days = factsAbout(node.id).filter((fact) => facts[fact].role === "date")
    .map((fact) => folded(`${node.type} ${facts[fact].value}`));
  return {main, all: [main, ...(node.names || []).map(folded), ...days].join("\n")};
});

// A day's number is looked for as a whole ("2" is not in "2025"), everything else anywhere in a name.
const holds = (names, part) => (/^\d{1,2}$/.test(part)
  ? names.split(/\D+/).includes(part) : names.includes(part));

// Node ids for a query, best first: names that begin with it, then words that do, then the rest; then by importance.
const find = (query) => {
  const parts = folded(query).split(/\s+/).filter(Boolean);
  if (!parts.length) return [];
  const whole = parts.join(" ");
  const found = [];
  haystacks.forEach(({main, all}, id) => {
    if (!parts.every((part) => holds(all, part))) return;
    const rank = main.startsWith(whole) ? 0 : ` ${all.replace(/\n/g, " ")}`.includes(` ${whole}`) ? 1 : 2;
    found.push([rank, id]);
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, id]) => id);
};

const query = document.getElementById("query");
const results = document.getElementById("results");
let active = -1;

const closeResults = () => {
  results.hidden = true;
  query.setAttribute("aria-expanded", "false");
  query.removeAttribute("aria-activedescendant");
};

const mark = (index) => {
  const options = results.querySelectorAll("[role=option]");
  active = options.length ? (index + options.length) % options.length : -1;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
  if (active < 0) return;
  query.setAttribute("aria-activedescendant", options[active].id);
  options[active].scrollIntoView({block: "nearest"});
};

const alias = (node, parts) => {
  const main = folded(node.label);
  if (parts.every((part) => holds(main, part))) return null;
  return (node.names || []).find((name) => parts.every((part) => holds(folded(name), part))) || null;
};

const listResults = () => {
  const found = find(query.value);
  const parts = folded(query.value).split(/\s+/).filter(Boolean);
  const options = found.slice(0, MOST_RESULTS).map((id, at) => {
    const node = nodes[id];
    const other = alias(node, parts);
    const notes = [kindName(node), node.kind === "event" ? node.when || words.undated : null, other,
      places.has(id) ? null : words.not_drawn].filter(Boolean);
    const option = el("li", {role: "option", id: `result-${at}`, "data-node": id, "aria-selected": "false"},
      sign(node), named(node.label, {class: "name"}), el("small", {}, named(notes.join(" · "))));
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field
    option.addEventListener("click", () => pick(id));
    return option;
  });
  const asked = parts.length > 0;
  results.replaceChildren(...(options.length || !asked ? options : [el("li", {class: "none"}, words.no_results)]));
  results.hidden = !asked;
  query.setAttribute("aria-expanded", String(asked));
  document.getElementById("found").textContent = asked ? countOf(words.results, found.length) : "";
  mark(0);
};

const pick = (id) => {
  closeResults();
  query.value = "";
  visit(id, {focus: true});
};

query.addEventListener("input", listResults);
query.addEventListener("focus", () => { if (query.value.trim()) listResults(); });
query.addEventListener("blur", closeResults);
query.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    mark(active + (event.key === "ArrowDown" ? 1 : -1));
  } else if (event.key === "Enter") {
    const option = results.querySelector("[aria-selected=true]");
    if (option && !results.hidden) pick(Number(option.dataset.node));
  } else if (event.key === "Escape") {
    closeResults();
    return;
  } else return;
  event.preventDefault();
});
