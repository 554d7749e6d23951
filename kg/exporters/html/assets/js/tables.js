// The graph to read: events, statements, actors, disagreements and sources as tables, filtered like the picture.
import {articles, disputed, degreeOf, eventsOf, factAt, load, neighbours, nodes, outletsOf, said, sentenceAt, statementAt, text, words} from "./data.js";
import {button, byId, countOf, el, fill, named, roleName, statusBadge, webLink} from "./dom.js";
import {nodeLink, rivalries, sourceLine, takePart} from "./evidence.js";
import {filters, isNarrowed, isShown} from "./filters.js";
import {saveTable} from "./saving.js";
import {chosen, on} from "./selection.js";
import {onFirstOpening, open} from "./tabs.js";

const STEP = 100; // rows shown at first and added by "Show more"
const people = (ids) => ids.map((id) => nodeLink(id));
const listed = (ids) => ids.map((id) => nodes[id].label).join(", ");

// A column: name of its heading, the value to sort and search by, and the cell when it is more than that value.
const tables = {
  events: {
    rows: () => nodes.filter((node) => node.kind === "event" && isShown(node.id)).map((node) => node.id),
    node: (id) => id,
    columns: [
      {name: "day", value: (id) => nodes[id].day || "", cell: (id) => nodes[id].when || words.undated},
      {name: "event", value: (id) => nodes[id].label, cell: (id) => nodeLink(id)},
      {name: "kind", value: (id) => nodes[id].type},
      {name: "status", value: (id) => text.statuses[nodes[id].status] || "", cell: (id) => statusBadge(nodes[id]) || ""},
      {name: "who", value: (id) => listed(takePart(id)), cell: (id) => people(takePart(id))},
      {name: "sources", value: (id) => nodes[id].sources || 0, number: true},
      {name: "confidence", value: (id) => nodes[id].confidence || 0, cell: (id) => percent(nodes[id].confidence), number: true},
      {name: "disputed", value: (id) => (nodes[id].conflict ? words.disputed_yes : "")},
    ],
  },
  statements: {
    ready: () => load({statements: said.keys()}),
    rows: () => [...said.keys()].filter((index) => isStatementShown(said[index])),
    node: (index) => said[index].speaker,
    columns: [
      {name: "day", value: (index) => articleOf(index).day || "", cell: (index) => articleOf(index).date || words.undated},
      {name: "speaker", value: (index) => label(said[index].speaker), cell: (index) => link(said[index].speaker)},
      {name: "statement", value: (index) => statementAt(index).text, cell: (index) => quoted(index)},
      {name: "relayed", value: (index) => label(said[index].relayed_by), cell: (index) => link(said[index].relayed_by)},
      {name: "about", value: (index) => listed(said[index].about || []), cell: (index) => people(said[index].about || [])},
      {name: "outlet", value: (index) => articleOf(index).outlet || ""},
    ],
  },
  actors: {
    rows: () => nodes.filter((node) => !["event", "topic"].includes(node.kind) && isShown(node.id)).map((node) => node.id),
    node: (id) => id,
    columns: [
      {name: "name", value: (id) => nodes[id].label, cell: (id) => nodeLink(id)},
      {name: "kind", value: (id) => nodes[id].type},
      {name: "post", value: (id) => (nodes[id].posts || []).join("; ")},
      {name: "mentions", value: (id) => nodes[id].mentions, number: true},
      {name: "events", value: (id) => eventsOf(id).length, number: true},
      {name: "outlets", value: (id) => outletsOf(id).size, number: true},
      {name: "ties", value: (id) => degreeOf(id), number: true},
    ],
    first: {name: "mentions", descending: true},
  },
  disagreements: {
    ready: () => load({facts: disputed}),
    rows: () => rivalries(disputed).filter(([fact]) => isShown(factAt(fact).subject)),
    node: ([fact]) => factAt(fact).subject,
    columns: [
      {name: "about", value: ([fact]) => nodes[factAt(fact).subject].label, cell: ([fact]) => nodeLink(factAt(fact).subject)},
      {name: "what", value: ([fact]) => roleName(factAt(fact).role)},
      {name: "values", value: (set) => set.map((fact) => factAt(fact).value).join(" ≠ "), cell: (set) => sides(set)},
    ],
  },
  sources: {
    rows: () => [...articles.keys()].filter((index) => !filters.outlets.size || filters.outlets.has(articles[index].outlet)),
    columns: [
      {name: "day", value: (index) => articles[index].day || "", cell: (index) => articles[index].date || words.undated},
      {name: "outlet", value: (index) => articles[index].outlet},
      {name: "headline", value: (index) => articles[index].headline, cell: (index) => headline(articles[index])},
      {name: "events", value: (index) => eventsIn(index), number: true},
      {name: "copy", value: (index) => copyOf(articles[index])},
    ],
  },
};

const percent = (n) => (n === undefined ? "" : fill(words.percent, {n}));
const label = (id) => (id === undefined ? "" : nodes[id].label);
const link = (id) => (id === undefined ? "" : nodeLink(id));
const articleOf = (index) => articles[said[index].article] || {};
const quoted = (index) => el("q", {class: statementAt(index).verbatim ? "verbatim" : "plain"}, named(statementAt(index).text));
const headline = ({headline: string, url}) => (url ? webLink(string, url) : named(string));
const copyOf = ({copy_of: original}) => (original === undefined ? "" : fill(words.copy_of, {outlet: articles[original].outlet}));
const sides = (set) => el("ul", {class: "values"}, set.map((fact) => {
  const {value, sentences = [], rejected} = factAt(fact);
  return el("li", {class: rejected ? "" : "preferred"}, named(value, {class: "value"}), sentences.length ? sourceLine(sentenceAt(sentences[0]).article) : null);
}));

let eventCounts = null; // of each article
const eventsIn = (index) => {
  if (!eventCounts) {
    eventCounts = new Array(articles.length).fill(0);
    for (const node of nodes) if (node.kind === "event") for (const article of node.articles || []) eventCounts[article] += 1;
  }
  return eventCounts[index];
};
// Whose speaker or subject is shown; of a statement in whose speaker nobody is named, the subject.
const isStatementShown = (one) => {
  if (filters.outlets.size && !filters.outlets.has((articles[one.article] || {}).outlet)) return false;
  if (!isNarrowed()) return one.speaker === undefined || isShown(one.speaker);
  return [one.speaker, one.said_in, ...(one.about || [])].some((id) => id !== undefined && isShown(id));
};

class Table {
  constructor(name) {
    Object.assign(this, tables[name], {name, limit: STEP, query: ""});
    this.sorted = this.first || {name: this.columns[0].name, descending: this.columns[0].name === "day"};
    this.field = el("input", {type: "search", "aria-label": words.table_search, placeholder: words.table_search});
    this.field.addEventListener("input", () => { this.query = this.field.value.toLowerCase(); this.limit = STEP; this.fill(); });
    this.count = el("span", {class: "note", "aria-live": "polite"});
    this.only = this.node ? el("input", {type: "checkbox"}) : null;
    if (this.only) this.only.addEventListener("change", () => this.fill());
    this.body = el("tbody");
    this.heads = this.columns.map((column) => el("th", {scope: "col", class: column.number ? "number" : ""},
      button(text.columns[column.name], () => this.sortBy(column), {class: "sort"})));
    this.more = button(words.list_more, () => { this.limit += STEP; this.fill(); }, {class: "more"});
    byId(`${name}-view`).replaceChildren(
      el("div", {class: "table-tools"}, this.field, this.only ? el("label", {}, this.only, words.only_chosen) : null, this.count,
        button(words.csv, () => this.download(), {class: "more"})),
      el("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": text.views[name]},
        el("table", {}, el("thead", {}, el("tr", {}, this.heads)), this.body)), this.more);
  }

  sortBy({name, number}) {
    const again = this.sorted.name === name;
    this.sorted = {name, descending: again ? !this.sorted.descending : Boolean(number) || name === "day"};
    this.fill();
  }

  // The rows in their order: all that the filters, the field and the chosen thing leave.
  found() {
    const matches = (row) => this.columns.some(({value}) => String(value(row)).toLowerCase().includes(this.query));
    const around = this.name === "actors" && chosen.node !== null ? new Set(eventsOf(chosen.node).flatMap(neighbours)) : null;
    const aboutChosen = (row) => this.touches(row, chosen.node, around);
    const rows = this.rows().filter((row) => (!this.query || matches(row)) && (!this.only?.checked || chosen.node === null || aboutChosen(row)));
    const {value} = this.columns.find(({name}) => name === this.sorted.name);
    const sign = this.sorted.descending ? -1 : 1;
    const keyed = rows.map((row) => [value(row), row]);
    const order = (a, b) => (typeof a === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0);
    return keyed.sort(([a], [b]) => Number(a === "") - Number(b === "") || sign * order(a, b)).map(([, row]) => row);
  }

  // `around`: who takes part in the events of the chosen thing.
  touches(row, id, around) {
    const node = this.node(row);
    if (node === id) return true;
    if (this.name === "statements") return [said[row].relayed_by, said[row].said_in, ...(said[row].about || [])].includes(id);
    return node !== undefined && (around ? around.has(node) : takePart(node).includes(id));
  }

  async fill() {
    if (this.ready) { byId(`${this.name}-view`).setAttribute("aria-busy", "true"); await this.ready(); }
    const rows = this.found();
    this.heads.forEach((head, at) => head.setAttribute("aria-sort", this.columns[at].name !== this.sorted.name ? "none"
      : this.sorted.descending ? "descending" : "ascending"));
    this.body.replaceChildren(...rows.slice(0, this.limit).map((row) => this.row(row)));
    this.more.hidden = rows.length <= this.limit;
    this.count.textContent = countOf(words.rows, rows.length);
    byId(`${this.name}-view`).setAttribute("aria-busy", "false");
  }

  row(row) {
    const isChosen = this.node && chosen.node !== null && this.node(row) === chosen.node;
    return el("tr", {class: isChosen ? "chosen" : "", "data-node": this.node ? this.node(row) : null},
      this.columns.map(({name, value, cell, number}) => el("td", {class: number ? `${name} number` : name}, cell ? cell(row) : named(String(value(row))))));
  }

  download() {
    const lines = [this.columns.map(({name}) => text.columns[name]), ...this.found().map((row) => this.columns.map(({value}) => value(row)))];
    saveTable(`${this.name}.csv`, lines);
  }
}

const made = new Map();
for (const name of Object.keys(tables)) {
  onFirstOpening(name, () => { made.set(name, new Table(name)); made.get(name).fill(); });
}
const refresh = () => { if (made.has(open.name)) made.get(open.name).fill(); };
on("filters", refresh);
on("chosen", refresh);
on("tab", refresh);
