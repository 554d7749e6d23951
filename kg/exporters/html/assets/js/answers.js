// An answer of the SPARQL engine to look at and to take away: a table, yes or no, or Turtle.
import {nodeOfIri, nodes, text} from "./data.js";
import {button, countOf, el, fill, named, number, webLink} from "./dom.js";
import {nodeLink} from "./evidence.js";
import {save, saveTable} from "./saving.js";
import {isName, shortened} from "./sparql.js";

const STEP = 200; // rows shown at first and added by "Show more"
const MOST_TURTLE = 200000; // characters shown
const SHORT = 24; // characters of a value that keeps its line
const NUMERIC = /#(?:integer|decimal|double|float|int|long|nonNegativeInteger)$/;
const words = text.ask;

// Names that only one node has: text that is one of them leads there.
let namesakes = null;
const nodeNamed = (string) => {
  if (!namesakes) {
    namesakes = new Map();
    for (const {id, label} of nodes) namesakes.set(label, namesakes.has(label) ? null : id);
  }
  return namesakes.get(string) ?? null;
};

const isNumber = (term) => term !== null && NUMERIC.test(term.datatype || "");
const plainText = (term) => (term === null ? "" : typeof term.value === "string" ? term.value : JSON.stringify(term.value));
const cellOf = (term) => {
  if (term === null) return "";
  if (term.type === "uri") {
    const id = nodeOfIri(term.value);
    if (id !== undefined) return nodeLink(id);
    return isName(term.value) ? named(shortened(term.value)) : webLink(term.value, term.value);
  }
  const string = plainText(term);
  const id = term.type === "literal" ? nodeNamed(string) : null;
  return id === null ? named(string, {lang: term["xml:lang"]}) : nodeLink(id);
};

const tableCell = (term) => {
  const cell = el("td", {}, cellOf(term));
  cell.className = isNumber(term) ? "number" : cell.textContent.length > SHORT ? "wide" : "";
  return cell;
};

// By number where both are numbers, else by text; what is missing comes last.
const compare = (a, b) => {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (isNumber(a) && isNumber(b)) return Number(a.value) - Number(b.value);
  const [one, other] = [plainText(a), plainText(b)];
  return one < other ? -1 : one > other ? 1 : 0;
};

class Rows {
  constructor({columns, rows}, hidden) {
    this.shown = columns.map((name, at) => ({name, at})).filter(({name}) => !hidden.includes(name));
    Object.assign(this, {rows, limit: STEP, sorted: null});
    this.heads = this.shown.map((column) => el("th", {scope: "col"},
      button(column.name, () => this.sortBy(column.at), {class: "sort"})));
    this.body = el("tbody");
    this.more = button(text.page.list_more, () => { this.limit *= 2; this.fill(); }, {class: "more"});
    this.fill();
  }

  sortBy(at) {
    const descending = this.sorted?.at === at && !this.sorted.descending;
    this.sorted = {at, descending};
    const sign = descending ? -1 : 1;
    this.rows = [...this.rows].sort((a, b) => (a[at] && b[at] ? sign * compare(a[at], b[at]) : compare(a[at], b[at])));
    this.fill();
  }

  fill() {
    this.heads.forEach((head, place) => head.setAttribute("aria-sort", this.sorted?.at !== this.shown[place].at ? "none"
      : this.sorted.descending ? "descending" : "ascending"));
    this.body.replaceChildren(...this.rows.slice(0, this.limit).map((row) => el("tr", {},
      this.shown.map(({at}) => tableCell(row[at])))));
    this.more.hidden = this.rows.length <= this.limit;
  }

  elements() {
    return [el("table", {}, el("thead", {}, el("tr", {}, this.heads)), this.body), this.more];
  }

  saveAs(name) {
    saveTable(`${name}.csv`, [this.shown.map((column) => column.name),
      ...this.rows.map((row) => this.shown.map(({at}) => plainText(row[at])))]);
  }
}

const seconds = (n) => n.toLocaleString("en", {maximumSignificantDigits: 2});

// What is shown of an answer, what is said of it, and what a file of it is called and does; `hidden` columns are left out.
export const shownAnswer = (answer, hidden) => {
  const time = seconds(answer.seconds);
  if (answer.yes !== undefined) {
    return {said: fill(words.boolean, {time}), elements: [el("p", {class: "verdict"}, answer.yes ? words.yes : words.no)]};
  }
  if (answer.turtle !== undefined) {
    const [all, shown] = [answer.turtle.length, answer.turtle.slice(0, MOST_TURTLE)];
    const said = fill(all > MOST_TURTLE ? words.graph_cut : words.graph, {n: number(all), shown: number(MOST_TURTLE), time});
    return {said, elements: [el("pre", {}, named(shown))], format: "turtle",
      take: (name) => save(`${name}.ttl`, new Blob([answer.turtle], {type: "text/turtle"}))};
  }
  const rows = new Rows(answer, hidden);
  const said = answer.more ? fill(words.more_rows, {n: number(answer.rows.length), time})
    : fill(countOf(words.rows, answer.rows.length), {time});
  return {said, elements: rows.elements(), format: "csv", take: (name) => rows.saveAs(name)};
};
