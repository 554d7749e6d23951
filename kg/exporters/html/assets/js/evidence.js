// Rows of the panel: sentences with their source, facts, statements, and what sources disagree on, side by side.
import {articles, edgeAt, edgesOf, factAt, nodes, otherEnd, sentenceAt, statementAt, text, words} from "./data.js";
import {countOf, el, fill, named, roleName, sign, statusBadge, webLink} from "./dom.js";
import {visit} from "./selection.js";

const FIRST_SENTENCES = 2; // of a fact, before "more sentences"
const LEAST_MARKED = 2; // characters: one letter or digit would be marked by chance
const DATE = /^(\d{1,2}) (\p{L}+) \d{4}$/u; // as the page writes it; articles leave the year out
const BESIDE = ["hasPlace", "about", "hasSubEvent"]; // roles of what takes no part in an event

export const nodeLink = (id, label) =>
  el("button", {type: "button", class: "node", onclick: () => visit(id, {focus: true})},
    sign(nodes[id]), named(label || nodes[id].label));

export const sourceLine = (article) => {
  const {outlet, date, headline, url, copy_of: copyOf} = articles[article];
  return el("cite", {}, named(outlet, {class: "outlet"}), date ? ` · ${date} · ` : " · ",
    url ? webLink(headline, url) : named(headline), copyOf === undefined ? null : ` (${words.copy})`);
};

// The words of a sentence that name the things in question, marked. `about` are node ids and texts.
const wordsFor = (about) => {
  const names = new Set();
  for (const one of about.flatMap((thing) => (nodes[thing]?.kind === "event" ? takePart(thing) : [thing]))) {
    if (typeof one === "string") {
      const [, day, month] = DATE.exec(one) || [];
      [one, ...(day ? [`${day} ${month}`, `${month} ${day}`] : [])].forEach((form) => names.add(form));
      continue;
    }
    const {label, kind, names: others = []} = nodes[one];
    if (kind === "topic") continue; // its label is ours, not the sentence's
    [label, ...others].forEach((name) => names.add(name));
    if (kind === "person") names.add(label.split(" ").at(-1));
  }
  return [...names].filter((name) => name.length >= LEAST_MARKED).sort((a, b) => b.length - a.length);
};
const marked = (sentence, about) => {
  const names = wordsFor(about);
  if (!names.length) return [sentence];
  const escaped = names.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${escaped.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  return sentence.split(pattern).map((part, at) => (at % 2 ? el("mark", {}, part) : part));
};

export const quotation = (index, about = []) => el("blockquote", {class: "evidence"},
  el("p", {}, el("bdi", {}, marked(sentenceAt(index).text, about))), sourceLine(sentenceAt(index).article));

export const takePart = (event) => [...new Set(Array.from(edgesOf(event)).filter((index) => edgeAt(index).source === event
  && edgeAt(index).roles.some((role) => !BESIDE.includes(role))).map((index) => otherEnd(index, event)))].sort((a, b) => a - b);

// `reader` is the node in whose panel the row stands: no need to name it again.
export const eventRow = (id, role, reader) => () => {
  const others = takePart(id).filter((other) => other !== reader);
  return el("li", {class: "event-row"},
    el("time", {}, nodes[id].when || words.undated),
    el("div", {}, nodeLink(id, nodes[id].type), " ", statusBadge(nodes[id]),
      el("small", {}, named([role, others.slice(0, 4).map((other) => nodes[other].label).join(", ")].filter(Boolean).join(" · ")))));
};

// Statements and facts below must have been loaded.
export const statementRow = (index, {speaker = true} = {}) => () => {
  const said = statementAt(index);
  const first = (said.sentences || [])[0];
  const who = [
    speaker ? (said.speaker === undefined ? words.speaker_unknown : nodeLink(said.speaker)) : null,
    said.relayed_by === undefined ? null : nodeLink(said.relayed_by, fill(words.via, {name: nodes[said.relayed_by].label})),
    said.addressee === undefined ? null : nodeLink(said.addressee, fill(words.to, {name: nodes[said.addressee].label})),
  ];
  const people = [said.speaker, said.relayed_by, ...(said.about || [])].filter((id) => id !== undefined);
  return el("li", {class: "said"}, el("blockquote", {},
    el("p", {class: said.verbatim ? "verbatim" : ""}, el("bdi", {}, marked(said.text, said.about || []))),
    el("div", {class: "who"}, who),
    first === undefined ? null : el("details", {}, el("summary", {}, words.evidence),
      said.sentences.map((sentence) => quotation(sentence, people)))));
};

const factNotes = (fact) => [
  fact.rejected ? words.rejected : null,
  fact.attributed_to === undefined ? null : fill(words.according, {name: nodes[fact.attributed_to].label}),
  fact.sources === undefined ? null : countOf(words.sources, fact.sources),
  fact.confidence === undefined ? null : fill(words.confidence, {n: fact.confidence}),
].filter(Boolean).join(" · ");

const factEvidence = (fact) => {
  const about = [fact.subject, ...(fact.object === undefined ? [fact.value] : [fact.object])];
  const quoted = (fact.sentences || []).map((sentence) => () => quotation(sentence, about));
  return [
    ...quoted.slice(0, FIRST_SENTENCES).map((row) => row()),
    quoted.length > FIRST_SENTENCES ? el("details", {class: "rest"},
      el("summary", {}, countOf(words.other_sentences, quoted.length - FIRST_SENTENCES)),
      quoted.slice(FIRST_SENTENCES).map((row) => row())) : null,
    fact.more_sentences ? el("p", {class: "note"}, countOf(words.more_sentences, fact.more_sentences)) : null,
  ];
};

export const factRow = (index, {open = false} = {}) => () => {
  const fact = factAt(index);
  return el("li", {}, el("details", {class: "fact", open},
    el("summary", {}, el("span", {class: "role"}, roleName(fact.role)), " ", named(fact.value, {class: "value"}),
      " ", el("small", {}, named(factNotes(fact)))),
    fact.object === undefined ? null : nodeLink(fact.object),
    factEvidence(fact)));
};

// Sets of facts that contradict each other, the preferred first.
export const rivalries = (indexes) => {
  const seen = new Set();
  const sets = [];
  for (const index of indexes) {
    if (!factAt(index).conflicts || seen.has(index)) continue;
    const rivals = [index];
    for (const rival of rivals) { // grows while it is walked: conflicts of conflicts belong together
      for (const other of factAt(rival).conflicts || []) if (!rivals.includes(other)) rivals.push(other);
    }
    rivals.forEach((rival) => seen.add(rival));
    sets.push(rivals.sort((a, b) => Number(Boolean(factAt(a).rejected)) - Number(Boolean(factAt(b).rejected)) || a - b));
  }
  return sets;
};

export const disagreements = (indexes) => rivalries(indexes).map((rivals) => () =>
  el("div", {class: "conflict"}, el("h4", {}, roleName(factAt(rivals[0]).role)),
    el("div", {class: "sides"}, rivals.map((rival) => el("div", {class: "side"},
      el("p", {class: "value"}, named(factAt(rival).value)), el("small", {}, named(factNotes(factAt(rival)))),
      factEvidence(factAt(rival)))))));

// "Who is this, in a word": for lists of results and paths.
export const shortNote = (node) => [node.kind === "event" ? node.when || words.undated : null,
  node.status ? text.statuses[node.status] : null].filter(Boolean).join(" · ");
