// The view of the whole graph: made when its tab is first opened, filtered like the picture, a way into it.
import {edgesOf, nodes, otherEnd, words} from "./data.js";
import {button, byId, el, fill, number} from "./dom.js";
import {isShown} from "./filters.js";
import {drawWhole, hasWebGL} from "./islands.js";
import {chosen, on, visit} from "./selection.js";
import {onFirstOpening, open, openTab} from "./tabs.js";
import {calm, colour} from "./theme.js";
import {MOST_DRAWN, expand, focusOn, places} from "./view.js";

const NAME = "overview";
const STEP = 80; // pixels of a key
const ZOOM = 1.5;
const CLOSE_UP = 150; // nodes in view, about, around one that is looked for
const GLIDE = 350; // milliseconds
const RING = 2; // pixels between a node and its ring
const LINES = 0.5; // opacity of the chosen node's

const stage = el("div", {id: "whole", role: "application", tabindex: "0", "aria-label": words.whole});
const note = el("p", {id: "whole-shown"});
const message = el("div", {id: "whole-message", hidden: "hidden"});
let view = null; // {renderer, refresh}, once made
let isStale = false; // since it was drawn last

const say = (sentence, ...more) => {
  message.replaceChildren(el("p", {role: "status"}, sentence), ...more);
  message.hidden = false;
};

const camera = () => view.renderer.getCamera();
const go = (state) => {
  if (!view) return;
  if (calm.matches) camera().setState(state); else camera().animate(state, {duration: GLIDE, easing: "quadraticInOut"});
};
const zoomBy = (factor) => { if (view) go({ratio: camera().ratio / factor}); };
const showAll = () => go({x: 0.5, y: 0.5, ratio: 1});
const panBy = (right, down) => {
  const {width, height} = view.renderer.getDimensions();
  const {x, y} = view.renderer.viewportToFramedGraph({x: width / 2 + right, y: height / 2 + down});
  camera().setState({x, y});
};
const lookAt = (id) => {
  const {x, y} = view.renderer.getNodeDisplayData(id);
  go({x, y, ratio: Math.min(camera().ratio, Math.sqrt(CLOSE_UP / nodes.length))});
};

const showInPicture = (id) => {
  if (!places.has(id) && places.size >= MOST_DRAWN) focusOn(id); else expand(id);
  openTab("picture");
  visit(id, {focus: true});
};

// Rings around what the picture draws; the chosen node, its edges and its neighbours.
const drawMarks = () => {
  const {renderer} = view;
  const context = renderer.getCanvases().marks.getContext("2d");
  const {width, height} = renderer.getDimensions();
  const spot = (id) => {
    const shape = renderer.getNodeDisplayData(id);
    return {...renderer.framedGraphToViewport(shape), size: renderer.scaleSize(shape.size)};
  };
  const ring = ({x, y, size}) => {
    if (x < -size || y < -size || x > width + size || y > height + size) return;
    context.moveTo(x + size + RING, y);
    context.arc(x, y, size + RING, 0, 2 * Math.PI);
  };
  context.clearRect(0, 0, width, height);
  context.lineWidth = 1;
  context.strokeStyle = colour("control");
  context.beginPath();
  for (const id of places.keys()) if (isShown(id)) ring(spot(id));
  context.stroke();
  if (chosen.node === null || !isShown(chosen.node)) return;
  const middle = spot(chosen.node);
  const ends = [];
  context.strokeStyle = colour("accent");
  context.globalAlpha = LINES;
  context.beginPath();
  for (const index of edgesOf(chosen.node)) {
    const other = otherEnd(index, chosen.node);
    if (!isShown(other)) continue;
    const end = spot(other);
    const [across, up] = [end.x - middle.x, end.y - middle.y];
    const rim = (middle.size + RING) / Math.max(Math.hypot(across, up), middle.size + RING); // part of the line that the node hides
    context.moveTo(middle.x + rim * across, middle.y + rim * up);
    context.lineTo(end.x, end.y);
    ends.push(end);
  }
  context.stroke();
  context.globalAlpha = 1;
  context.beginPath();
  ends.forEach(ring);
  context.stroke();
  context.lineWidth = 3;
  context.strokeStyle = colour("ink");
  context.beginPath();
  ring(middle);
  context.stroke();
};

const toPicture = button(words.whole_to_picture, () => showInPicture(chosen.node), {id: "whole-to-picture"});
const tellState = () => {
  const shown = nodes.reduce((sum, node) => sum + isShown(node.id), 0);
  note.textContent = fill(words.whole_shown, {shown: number(shown), all: number(nodes.length)});
  toPicture.disabled = chosen.node === null;
};
const isOpen = () => view !== null && open.name === NAME;
let isWaiting = false; // for the next frame: a slider that is drawn tells of many changes
// Draw again; `afresh` when nodes have changed, not only marks.
const update = (afresh) => {
  isStale = isStale || afresh;
  if (!isOpen() || isWaiting) return;
  isWaiting = true;
  requestAnimationFrame(() => {
    isWaiting = false;
    if (!isOpen()) return;
    tellState();
    if (isStale) view.refresh(); else view.renderer.scheduleRender();
    isStale = false;
  });
};

const listen = (renderer) => {
  renderer.on("afterRender", drawMarks);
  renderer.on("clickNode", ({node}) => visit(Number(node)));
  renderer.on("clickStage", () => { if (chosen.node !== null) visit(null); });
  renderer.on("doubleClickNode", ({node, preventSigmaDefault}) => { preventSigmaDefault(); showInPicture(Number(node)); });
  renderer.on("enterNode", () => { stage.style.cursor = "pointer"; });
  renderer.on("leaveNode", () => { stage.style.cursor = ""; });
  for (const canvas of stage.querySelectorAll("canvas")) canvas.addEventListener("webglcontextlost", lose, {once: true});
};
const lose = () => {
  if (!view) return; // each of its canvases says so
  const {renderer} = view;
  view = null;
  renderer.kill();
  say(words.whole_lost, button(words.whole_again, make, {class: "more"}));
};

const make = async () => {
  if (!hasWebGL()) { say(words.whole_no_webgl); return; }
  say(words.whole_making);
  await new Promise((done) => { requestAnimationFrame(() => setTimeout(done)); }); // lets the message be seen
  view = await drawWhole(stage);
  listen(view.renderer);
  message.hidden = true;
  tellState();
  stage.renderer = view.renderer; // for tests and measurements, as is what follows
  stage.dataset.ready = "true";
};

const moves = {ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP]};
stage.addEventListener("keydown", (event) => {
  if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "+" || event.key === "-") zoomBy(event.key === "+" ? ZOOM : 1 / ZOOM);
  else if (event.key === "0") showAll();
  else if (moves[event.key]) panBy(...moves[event.key]);
  else return;
  event.preventDefault();
});

const page = byId(`${NAME}-view`);
if (page) { // of a graph that the picture shows in full there is none
  page.append(stage, message, el("div", {id: "whole-tools"}, note,
    button("+", () => zoomBy(ZOOM), {"aria-label": words.zoom_in, title: words.zoom_in}),
    button("−", () => zoomBy(1 / ZOOM), {"aria-label": words.zoom_out, title: words.zoom_out}),
    button(words.fit, showAll), toPicture));
  onFirstOpening(NAME, make);
  on("tab", () => { if (isOpen()) update(false); });
  on("filters", () => update(true));
  on("theme", () => update(true));
  on("view", () => update(false));
  on("chosen", ({focus}) => {
    update(false);
    if (isOpen() && focus && chosen.node !== null && isShown(chosen.node)) lookAt(chosen.node);
  });
  new ResizeObserver(() => { if (isOpen()) view.renderer.scheduleRender(); }).observe(stage);
}
