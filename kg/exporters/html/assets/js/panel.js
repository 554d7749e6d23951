// The side panel: what a thing is, and which sentences say so. With nothing chosen, an overview.
import {articles, articlesOn, degreeOf, edgeAt, edgesOf, factAt, factsAbout, leftOut, load, neighbours, nodes, otherEnd, outletsOf,
  relayedBy, said, saidAbout, saidBy, saidIn, sentenceAt, text, words} from "./data.js";
import {button, byDay, byId, countOf, el, fill, kindName, named, number, roleName, sign, statusBadge, webLink} from "./dom.js";
import {disagreements, eventRow, factRow, nodeLink, quotation, sourceLine, statementRow} from "./evidence.js";
import {reveal} from "./filters.js";
import {lifeLine} from "./lifeline.js";
import {pathSection} from "./paths.js";
import {lookAt} from "./picture.js";
import {NARROW} from "./theme.js";
import {chosen, on, tell, visit} from "./selection.js";
import {MOST_ADDED, MOST_DRAWN, add, expand, focusOn, leavesOf, own, places, remove, togglePin, undrawnNeighbours} from "./view.js";

const FIRST_ROWS = 12; // of a list, before "Show all"
const panel = byId("panel");

// A section with rows; long ones open on demand.
const section = (heading, rows, {id, tag = "ul"} = {}) => {
  if (!rows.length) return null;
  const list = el(tag, {class: "rows"}, rows.slice(0, FIRST_ROWS).map((row) => row()));
  const part = el("section", {id}, el("h3", {}, heading), list);
  if (rows.length > FIRST_ROWS) {
    const more = button(countOf(words.all, rows.length), () => {
      list.append(...rows.slice(FIRST_ROWS).map((row) => row()));
      more.remove();
    }, {class: "more"});
    part.append(more);
  }
  return part;
};

const heading = (label) => el("h2", {tabindex: "-1"}, named(label));
const titleOf = (node) => {
  const line = [kindName(node), node.when || (node.kind === "event" ? words.undated : null)].filter(Boolean).join(" · ");
  return [el("p", {class: "kind"}, sign(node), line, " ", statusBadge(node)), heading(node.label)];
};

export const actions = (node) => {
  const {id} = node;
  const isDrawn = places.has(id);
  const more = undrawnNeighbours(id).length;
  const full = places.size >= MOST_DRAWN;
  const again = () => { tell("open-tab", "picture"); show(); if (places.has(id)) lookAt(id); };
  const leaves = isDrawn ? leavesOf(id) : [];
  return {
    close: {label: words.close, does: () => visit(null)},
    show: isDrawn && {label: words.show, does: () => { reveal(id); again(); }},
    add: !isDrawn && !full && {label: words.add, does: () => { reveal(id); add([id]); again(); }},
    expand: isDrawn && more > 0 && !full
      && {label: countOf(words.add_neighbours, Math.min(more, MOST_ADDED)), does: () => { expand(id); again(); }},
    collapse: leaves.length > 0 && {label: countOf(words.collapse, leaves.length), does: () => { remove(leaves); show(); }},
    focus: degreeOf(id) > 0 && {label: own.focus === id ? words.unfocus : words.focus,
      does: () => { tell("open-tab", "picture"); focusOn(own.focus === id ? null : id); show(); }},
    pin: isDrawn && {label: own.pinned.has(id) ? words.unpin : words.pin, does: () => { togglePin(id); show(); }},
    hide: isDrawn && {label: words.hide, does: () => { remove([id]); visit(null); }},
  };
};

const buttons = (node) => el("p", {class: "buttons"},
  Object.entries(actions(node)).filter(([, action]) => action).map(([name, {label, does}]) => button(label, does, {id: name})),
  places.size >= MOST_DRAWN ? el("span", {class: "note"}, fill(words.full, {n: MOST_DRAWN})) : null);

const definitions = (pairs) => {
  const kept = pairs.filter(([, values]) => values.length);
  return kept.length ? el("dl", {}, kept.flatMap(([term, values]) => [el("dt", {}, term), el("dd", {}, values)])) : null;
};

const relationsOf = (node) => {
  const byRole = new Map();
  for (const index of edgesOf(node.id)) {
    const {target, roles} = edgeAt(index);
    const other = otherEnd(index, node.id);
    if (nodes[other].kind === "event" || (node.kind !== "event" && target === node.id)) continue;
    for (const role of roles) byRole.set(role, [...(byRole.get(role) || []), other]);
  }
  const order = Object.keys(text.roles);
  return [...byRole].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([role, ids]) => [roleName(role), ids.map((id) => nodeLink(id))]);
};

const rolesIn = (event, id) => [...new Set(Array.from(edgesOf(event), edgeAt)
  .filter((edge) => edge.source === event && edge.target === id).flatMap((edge) => edge.roles))].map(roleName).join(", ");

// Posts with the days of the articles that name somebody so.
const postsOf = (id) => factsAbout(id).map(factAt).filter((fact) => fact.role === "holds" && !fact.rejected).map((fact) => {
  const told = (fact.sentences || []).map((sentence) => articles[sentenceAt(sentence).article]).filter(({day}) => day)
    .sort((a, b) => (a.day < b.day ? -1 : 1));
  const dates = [...new Set([told.at(0)?.date, told.at(-1)?.date])].filter(Boolean).join(" – ");
  return el("span", {}, named(fact.value), dates ? el("small", {}, ` ${fill(words.post_dated, {dates})}`) : null);
});

const nodePanel = (node) => {
  const {id} = node;
  const about = factsAbout(id);
  const events = neighbours(id).filter((other) => nodes[other].kind === "event").sort(byDay);
  const told = node.articles || articlesOn(id);
  return [
    ...titleOf(node),
    node.names ? el("p", {class: "also"}, `${words.also}: `, named(node.names.join(" · "))) : null,
    node.links ? el("p", {class: "links"}, node.links.map(([name, url]) => webLink(name, url))) : null,
    definitions([[words.posts, postsOf(id)], ...relationsOf(node),
      [words.told_by, node.kind === "event" ? [[countOf(text.articles, told.length), countOf(text.outlets, outletsOf(id).size),
        node.confidence === undefined ? null : fill(words.confidence, {n: node.confidence})].filter(Boolean).join(" · ")] : []]]),
    buttons(node),
    node.kind === "event" ? null : lifeLine(events),
    section(words.disagreement, disagreements(about), {id: "disagreement", tag: "div"}),
    section(words.evidence, node.kind === "event"
      ? (node.sentences || []).map((s) => () => el("li", {}, quotation(s, neighbours(id)))) : [], {id: "evidence"}),
    section(words.facts, about.filter((fact) => !factAt(fact).rejected).map((fact) => factRow(fact)), {id: "facts"}),
    section(words.its_events, events.map((event) => eventRow(event, rolesIn(event, id), id)), {id: "events"}),
    section(fill(words.said_by, {name: node.label}), saidBy(id).map((s) => statementRow(s, {speaker: false})), {id: "said"}),
    section(fill(words.relayed_by, {name: node.label}), relayedBy(id).map((s) => statementRow(s))),
    section(words.said_there, saidIn(id).map((s) => statementRow(s))),
    section(words.said_about, saidAbout(id).map((s) => statementRow(s))),
    pathSection(node),
    section(words.mentioned, told.map((article) => () => el("li", {}, sourceLine(article)))),
  ];
};

const edgeFacts = ({source, target}) => factsAbout(source).filter((fact) => factAt(fact).object === target);
const edgePanel = (edge) => {
  const facts = edgeFacts(edge);
  return [
    el("p", {class: "kind"}, edge.roles.map(roleName).join(", "), " ", statusBadge(edge)),
    heading(`${nodes[edge.source].label} – ${nodes[edge.target].label}`),
    definitions([[words.between_ends, [nodeLink(edge.source), nodeLink(edge.target)]]]),
    el("p", {class: "buttons"}, button(words.close, () => visit(null), {id: "close"})),
    section(words.disagreement, disagreements(facts), {id: "disagreement", tag: "div"}),
    section(words.facts, facts.filter((fact) => !factAt(fact).rejected).map((fact) => factRow(fact, {open: true})), {id: "facts"}),
    facts.length ? null : el("p", {class: "note"}, words.no_fact),
  ];
};

const overviewPanel = () => {
  const events = nodes.filter((node) => node.kind === "event").map((node) => node.id);
  const coming = events.filter((id) => ["Planned", "Possible"].includes(nodes[id].status)).sort(byDay);
  const latest = events.filter((id) => ["Occurred", "Ongoing"].includes(nodes[id].status) && nodes[id].day)
    .sort((a, b) => byDay(b, a));
  const actors = nodes.filter((node) => ["person", "country", "organization"].includes(node.kind)).slice(0, 8);
  const conflicts = nodes.filter((node) => node.conflict).map((node) => node.id);
  return [
    heading(words.overview),
    el("p", {class: "counts"}, [countOf(text.articles, articles.length), countOf(text.events, events.length),
      countOf(text.statements, said.length)].join(" · ")),
    el("p", {class: "note"}, words.overview_hint),
    leftOut ? el("p", {class: "note"}, fill(words.left_out, {n: number(leftOut)})) : null,
    section(words.central, actors.map((node) => () => el("li", {}, nodeLink(node.id),
      el("small", {}, ` ${countOf(words.mentions, node.mentions)}`))), {id: "central"}),
    section(words.disagree, conflicts.map((id) => eventRow(id))),
    section(words.coming, coming.map((id) => eventRow(id))),
    section(words.latest, latest.map((id) => eventRow(id))),
    section(words.articles, articles.map((_, index) => () => el("li", {}, sourceLine(index)))),
  ];
};

const neededFor = (id) => ({facts: factsAbout(id), sentences: nodes[id].sentences || [],
  statements: [...saidBy(id), ...relayedBy(id), ...saidIn(id), ...saidAbout(id)]});

let turn = 0; // of the last request, so that a slower earlier one does not overwrite it
const show = async ({focus = false} = {}) => {
  turn += 1;
  const mine = turn;
  const {node, edge} = chosen;
  panel.setAttribute("aria-busy", "true");
  if (node !== null) await load(neededFor(node));
  if (edge !== null) await load({facts: factsAbout(edgeAt(edge).source)});
  if (mine !== turn) return;
  const parts = node !== null ? nodePanel(nodes[node]) : edge !== null ? edgePanel(edgeAt(edge)) : overviewPanel();
  const held = panel.contains(document.activeElement) ? document.activeElement.id : "";
  panel.replaceChildren(...parts.filter((part) => part !== null));
  panel.setAttribute("aria-busy", "false");
  panel.scrollTop = 0;
  if (focus && matchMedia(NARROW).matches) panel.scrollIntoView(); // it stands below the picture there
  if (focus || (node === null && edge === null && turn > 1)) panel.querySelector("h2").focus({preventScroll: true});
  else if (held) (byId(held) || panel.querySelector("h2")).focus({preventScroll: true}); // a button that did something is still there
};
on("chosen", show);
