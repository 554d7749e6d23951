// The side panel: what a thing is, and which sentences say so. With nothing chosen, an overview.

const FIRST_ROWS = 12; // of a list, before "Show all"
const FIRST_SENTENCES = 2; // of a fact, before "more sentences"
const panel = document.getElementById("panel");

const sign = (node) => el("span", {class: `sign ${node.kind}`, "aria-hidden": "true"});
const statusBadge = (node) => node.status
  ? el("span", {class: `status ${node.status.toLowerCase()}`}, text.statuses[node.status]) : null;

const nodeLink = (id, label) =>
  el("button", {type: "button", class: "node", onclick: () => visit(id, {focus: true})},
    sign(nodes[id]), named(label || nodes[id].label));

// A section with rows; long ones open on demand.
const section = (heading, rows, {id, tag = "ul"} = {}) => {
  if (!rows.length) return null;
  const list = el(tag, {class: "rows"}, rows.slice(0, FIRST_ROWS).map((row) => row()));
  const part = el("section", {id}, el("h3", {}, heading), list);
  if (rows.length > FIRST_ROWS) {
    const more = el("button", {type: "button", class: "more"}, countOf(words.all, rows.length));
    more.addEventListener("click", () => { list.append(...rows.slice(FIRST_ROWS).map((row) => row())); more.remove(); });
    part.append(more);
  }
  return part;
};

const sourceLine = (article) => {
  const {outlet, date, headline, url, copy_of: copyOf} = articles[article];
  return el("cite", {}, named(outlet, {class: "outlet"}), date ? ` · ${date} · ` : " · ",
    url ? webLink(headline, url) : named(headline), copyOf === undefined ? null : ` (${words.copy})`);
};

const quotation = (index) => el("blockquote", {class: "evidence"},
  el("p", {}, named(sentences[index].text)), sourceLine(sentences[index].article));

const BESIDE = ["hasPlace", "about", "hasSubEvent"]; // roles of what takes no part in an event
const takePart = (event) => edgesOf(event).map((index) => edges[index])
  .filter((edge) => edge.source === event && edge.roles.some((role) => !BESIDE.includes(role)))
  .map((edge) => edge.target).sort((a, b) => a - b);

// `reader` is the node in whose panel the row stands: no need to name it again.
const eventRow = (id, role, reader) => () => {
  const others = takePart(id).filter((other) => other !== reader);
  return el("li", {class: "event-row"},
    el("time", {}, nodes[id].when || words.undated),
    el("div", {}, nodeLink(id, nodes[id].type), " ", statusBadge(nodes[id]),
      el("small", {}, named([role, others.slice(0, 4).map((other) => nodes[other].label).join(", ")].filter(Boolean).join(" · ")))));
};

const statementRow = (index, {speaker = true} = {}) => () => {
  const said = statements[index];
  const first = (said.sentences || [])[0];
  const who = [
    speaker ? (said.speaker === undefined ? words.speaker_unknown : nodeLink(said.speaker)) : null,
    said.relayed_by === undefined ? null : nodeLink(said.relayed_by, fill(words.via, {name: nodes[said.relayed_by].label})),
    said.addressee === undefined ? null : nodeLink(said.addressee, fill(words.to, {name: nodes[said.addressee].label})),
  ];
  return el("li", {class: "said"}, el("blockquote", {},
    el("p", {class: said.verbatim ? "verbatim" : ""}, named(said.text)),
    el("div", {class: "who"}, who),
    first === undefined ? null : el("details", {}, el("summary", {}, words.evidence), said.sentences.map(quotation))));
};

const factNotes = (fact) => [
  fact.rejected ? words.rejected : null,
  fact.attributed_to === undefined ? null : fill(words.according, {name: nodes[fact.attributed_to].label}),
  fact.sources === undefined ? null : countOf(words.sources, fact.sources),
  fact.confidence === undefined ? null : fill(words.confidence, {n: fact.confidence}),
].filter(Boolean).join(" · ");

const factEvidence = (fact) => [
  ...(fact.sentences || []).slice(0, FIRST_SENTENCES).map(quotation),
  (fact.sentences || []).length > FIRST_SENTENCES ? el("details", {class: "rest"},
    el("summary", {}, countOf(words.other_sentences, fact.sentences.length - FIRST_SENTENCES)),
    fact.sentences.slice(FIRST_SENTENCES).map(quotation)) : null,
  fact.more_sentences ? el("p", {class: "note"}, countOf(words.more_sentences, fact.more_sentences)) : null,
];

const factRow = (index) => () => {
  const fact = facts[index];
  return el("li", {}, el("details", {class: "fact"},
    el("summary", {}, el("span", {class: "role"}, roleName(fact.role)), " ", named(fact.value, {class: "value"}),
      " ", el("small", {}, named(factNotes(fact)))),
    fact.object === undefined ? null : nodeLink(fact.object),
    factEvidence(fact)));
};

// Facts that contradict each other, side by side, one block for each property.
const disagreements = (indexes) => {
  const seen = new Set();
  const blocks = [];
  for (const index of indexes) {
    if (!facts[index].conflicts || seen.has(index)) continue;
    const rivals = [index];
    for (const rival of rivals) { // grows while it is walked: conflicts of conflicts belong together
      for (const other of facts[rival].conflicts || []) if (!rivals.includes(other)) rivals.push(other);
    }
    rivals.forEach((rival) => seen.add(rival));
    rivals.sort((a, b) => Number(Boolean(facts[a].rejected)) - Number(Boolean(facts[b].rejected)) || a - b);
    blocks.push(() => el("div", {class: "conflict"}, el("h4", {}, roleName(facts[index].role)),
      el("div", {class: "sides"}, rivals.map((rival) => el("div", {class: "side"},
        el("p", {class: "value"}, named(facts[rival].value)), el("small", {}, named(factNotes(facts[rival]))),
        factEvidence(facts[rival]))))));
  }
  return blocks;
};

const titleOf = (node) => {
  const label = el("h2", {tabindex: "-1"}, named(node.label));
  const line = [kindName(node), node.when || (node.kind === "event" ? words.undated : null)].filter(Boolean).join(" · ");
  return [el("p", {class: "kind"}, sign(node), line, " ", statusBadge(node)), label];
};

const buttons = (node) => {
  const more = undrawnNeighbours(node.id).length;
  const full = places.size >= MOST_DRAWN;
  const add = () => { addNeighbours(node.id); choose(node.id); if (places.has(node.id)) lookAt(node.id); show(node.id); };
  const label = places.has(node.id) ? countOf(words.add_neighbours, Math.min(more, MOST_ADDED)) : words.add;
  return el("p", {class: "buttons"},
    el("button", {type: "button", id: "close", onclick: () => visit(null)}, words.close),
    places.has(node.id)
      ? el("button", {type: "button", id: "show", onclick: () => lookAt(node.id)}, words.show) : null,
    (more || !places.has(node.id)) && !full ? el("button", {type: "button", id: "add", onclick: add}, label) : null,
    full && more ? el("span", {class: "note"}, fill(words.full, {n: MOST_DRAWN})) : null);
};

const definitions = (pairs) => {
  const kept = pairs.filter(([, values]) => values.length);
  return kept.length ? el("dl", {}, kept.flatMap(([term, values]) => [el("dt", {}, term), el("dd", {}, values)])) : null;
};

const relationsOf = (node, actors) => {
  const byRole = new Map();
  for (const index of edgesOf(node.id)) {
    const edge = edges[index];
    const other = edge.source === node.id ? edge.target : edge.source;
    if (actors !== (nodes[other].kind !== "event") || (node.kind !== "event" && edge.target === node.id)) continue;
    for (const role of edge.roles) byRole.set(role, [...(byRole.get(role) || []), other]);
  }
  const order = Object.keys(text.roles);
  return [...byRole].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([role, ids]) => [roleName(role), ids.map((id) => nodeLink(id))]);
};

const rolesIn = (event, id) => edgesOf(event).map((e) => edges[e])
  .filter((e) => e.source === event && e.target === id).flatMap((e) => e.roles).map(roleName).join(", ");

const nodePanel = (node) => {
  const {id} = node;
  const about = factsAbout(id);
  const events = neighbours(id).filter((other) => nodes[other].kind === "event").sort(byDay);
  const told = node.articles || articlesOn(id);
  return [
    ...titleOf(node),
    node.names ? el("p", {class: "also"}, `${words.also}: `, named(node.names.join(" · "))) : null,
    node.links ? el("p", {class: "links"}, node.links.map(([name, url]) => webLink(name, url))) : null,
    definitions([
      [words.posts, (node.posts || []).map((post) => named(post))],
      ...relationsOf(node, true),
    ]),
    buttons(node),
    section(words.disagreement, disagreements(about), {id: "disagreement", tag: "div"}),
    section(words.evidence, node.kind === "event" ? (node.sentences || []).map((s) => () => el("li", {}, quotation(s))) : [],
      {id: "evidence"}),
    section(words.facts, about.filter((f) => !facts[f].rejected).map(factRow), {id: "facts"}),
    section(words.its_events, events.map((event) => eventRow(event, rolesIn(event, id), id)), {id: "events"}),
    section(fill(words.said_by, {name: node.label}), saidBy(id).map((s) => statementRow(s, {speaker: false}))),
    section(fill(words.relayed_by, {name: node.label}), relayedBy(id).map((s) => statementRow(s))),
    section(words.said_there, saidIn(id).map((s) => statementRow(s))),
    section(words.said_about, saidAbout(id).map((s) => statementRow(s))),
    section(words.mentioned, told.map((article) => () => el("li", {}, sourceLine(article)))),
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
    el("h2", {tabindex: "-1"}, words.overview),
    el("p", {class: "counts"}, [countOf(text.articles, articles.length), countOf(text.events, events.length),
      countOf(text.statements, statements.length)].join(" · ")),
    el("p", {class: "note"}, words.overview_hint),
    content.left_out ? el("p", {class: "note"}, fill(words.left_out, {n: content.left_out.toLocaleString("en")})) : null,
    section(words.central, actors.map((node) => () => el("li", {}, nodeLink(node.id),
      el("small", {}, ` ${countOf(words.mentions, node.mentions)}`))), {id: "central"}),
    section(words.disagree, conflicts.map((id) => eventRow(id))),
    section(words.coming, coming.map((id) => eventRow(id))),
    section(words.latest, latest.map((id) => eventRow(id))),
    section(words.articles, articles.map((_, index) => () => el("li", {}, sourceLine(index)))),
  ];
};

const show = (id) => {
  const parts = id === null ? overviewPanel() : nodePanel(nodes[id]);
  panel.replaceChildren(...parts.filter((part) => part !== null));
  panel.scrollTop = 0;
};
