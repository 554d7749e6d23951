// The keyboard: everything that the mouse can do. `?` shows the list.
import {nodes, text} from "./data.js";
import {byId, el} from "./dom.js";
import {clearFilters} from "./filters.js";
import {actions} from "./panel.js";
import {arrange, container, panBy, showAll, zoomBy} from "./picture.js";
import {chosen, visit} from "./selection.js";
import {openTab, tabNames} from "./tabs.js";

const STEP = 80; // pixels
const steps = {ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP]};
const help = byId("help");

const act = (name) => () => {
  const action = chosen.node === null ? null : actions(nodes[chosen.node])[name];
  if (action) action.does();
};
const everywhere = {
  "/": () => byId("query").focus(), "?": () => help.showModal(), 0: showAll, r: arrange, x: clearFilters,
  e: act("expand"), c: act("collapse"), f: act("focus"), p: act("pin"), h: act("hide"), a: act("add"), s: act("show"),
  Escape: () => visit(null),
};
const isWriting = ({target}) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isWriting(event) || help.open) return;
  const tab = /^[1-9]$/.test(event.key) ? tabNames[Number(event.key) - 1] : undefined;
  if (tab !== undefined) openTab(tab, {focus: true});
  else if (everywhere[event.key]) everywhere[event.key]();
  else return;
  event.preventDefault();
});
container.addEventListener("keydown", (event) => {
  if (event.key === "+" || event.key === "-") zoomBy(event.key === "+" ? 1.3 : 1 / 1.3);
  else if (steps[event.key]) panBy(...steps[event.key]);
  else return;
  event.preventDefault();
});

byId("keys").append(...text.keys.flatMap(([keys, meaning]) => [
  el("dt", {}, keys.split(" ").map((key) => el("kbd", {}, key))), el("dd", {}, meaning)]));
byId("help-button").addEventListener("click", () => help.showModal());
byId("help-close").addEventListener("click", () => help.close());
