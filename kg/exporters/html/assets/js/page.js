// Wiring: choosing, the legend, the list, the buttons, and the address bar (so that Back works).

const LIST_STEP = 100;

// Open a thing in the panel; `focus` also moves the picture and the keyboard there.
const visit = (id, {focus = false, remember = true} = {}) => {
  if (id !== null && isHidden(nodes[id])) reveal(nodes[id]);
  choose(id);
  show(id);
  if (focus && id !== null && places.has(id)) lookAt(id);
  if (focus || id === null) panel.querySelector("h2").focus({preventScroll: true});
  if (remember) history.pushState(null, "", id === null ? "#" : `#${encodeURIComponent(nodes[id].iri)}`);
};

// What was filtered away comes back when it is asked for by name.
const reveal = (node) => {
  for (const [name, hidden] of [[node.kind, hiddenKinds], [node.status, hiddenStatuses]]) {
    if (hidden.delete(name)) document.querySelector(`#legend input[name="${name}"]`).checked = true;
  }
  fillList();
};

const openFromAddress = () => {
  let iri = "";
  try { iri = decodeURIComponent(location.hash.slice(1)); } catch { /* a broken address opens the overview */ }
  visit(nodeOfIri.has(iri) ? nodeOfIri.get(iri) : null, {remember: false});
};

const counts = (keyOf) => nodes.reduce((found, node) => {
  const key = keyOf(node);
  return key === undefined ? found : found.set(key, (found.get(key) || 0) + 1);
}, new Map());

const checkbox = (name, label, mark, number, hidden) => {
  const box = el("input", {type: "checkbox", name, checked: hidden.has(name) ? false : ""});
  box.addEventListener("change", () => {
    if (box.checked) hidden.delete(name); else hidden.add(name);
    redraw();
    fillList();
  });
  return el("label", {}, box, mark, el("span", {}, label), el("small", {}, number.toLocaleString("en")));
};

const drawLegend = () => {
  const byKind = counts((node) => node.kind);
  const byStatus = counts((node) => (node.kind === "event" ? node.status : undefined));
  document.getElementById("kinds").append(...Object.entries(text.kinds).filter(([kind]) => byKind.has(kind))
    .map(([kind, [, many]]) => checkbox(kind, many, el("span", {class: `sign ${kind}`, "aria-hidden": "true"}),
      byKind.get(kind), hiddenKinds)));
  const statuses = Object.entries(text.statuses).filter(([status]) => byStatus.has(status));
  document.getElementById("statuses").append(...statuses.map(([status, name]) => checkbox(status, name,
    el("span", {class: `line ${status.toLowerCase()}`, "aria-hidden": "true"}), byStatus.get(status), hiddenStatuses)));
  if (nodes.some((node) => node.conflict)) {
    document.getElementById("statuses").append(el("p", {}, el("span", {class: "line conflict", "aria-hidden": "true"}, "≠"),
      words.sign_conflict));
  }
};

const fillList = (count = LIST_STEP) => {
  const shown = nodes.filter((node) => !isHidden(node));
  const rows = shown.slice(0, count).map((node) => el("li", {}, nodeLink(node.id),
    el("small", {}, node.when && !node.label.includes(node.when) ? node.when : "")));
  const more = shown.length > count
    ? [el("li", {}, el("button", {type: "button", class: "more", onclick: () => fillList(count + LIST_STEP)}, words.list_more))]
    : [];
  document.getElementById("rows").replaceChildren(...rows, ...more);
};

network.on("click", (event) => {
  const id = nodeAt(event);
  if (id !== chosen) visit(id);
});
network.on("doubleClick", (event) => {
  const id = nodeAt(event);
  if (id !== null) { addNeighbours(id); show(id); }
});
network.on("hoverNode", () => { container.style.cursor = "pointer"; });
network.on("blurNode", () => { container.style.cursor = ""; });
const panBy = {ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80]}; // pixels
container.addEventListener("keydown", (event) => {
  if (event.key === "+" || event.key === "-") zoomBy(event.key === "+" ? 1.3 : 1 / 1.3);
  else if (panBy[event.key]) {
    const {x, y} = network.getViewPosition();
    const [right, down] = panBy[event.key].map((pixels) => pixels / network.getScale());
    network.moveTo({position: {x: x + right, y: y + down}});
  } else if (event.key === "Escape") visit(null);
  else return;
  event.preventDefault();
});
document.getElementById("zoom-in").addEventListener("click", () => zoomBy(1.3));
document.getElementById("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
document.getElementById("fit").addEventListener("click", showAll);
document.getElementById("reset").addEventListener("click", () => { visit(null); startAgain(); });
window.addEventListener("popstate", openFromAddress);
if (matchMedia("(max-width: 60rem)").matches) document.querySelectorAll("#side details").forEach((part) => { part.open = false; });

drawLegend();
fillList();
openFromAddress();
