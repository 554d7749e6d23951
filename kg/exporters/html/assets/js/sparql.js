// SPARQL as text: what is refused before the engine sees it, values put in, and complaints in words. As kg/sparql.py.
import {asking, text} from "./data.js";
import {fill, number} from "./dom.js";

const MOST_CHARACTERS = 100000;
const MOST_NESTING = 200; // the engine parses by recursion
const NEAR = 40; // characters of the query quoted in a complaint
const words = text.ask;

const GAP = String.raw`(?:\s|#[^\n\r]*(?:[\n\r]|$))*`;
const FORM = new RegExp(String.raw`^(?:\s|#[^\n\r]*(?:[\n\r]|$)|BASE${GAP}<[^>]*>|PREFIX${GAP}[^\s:]*:${GAP}<[^>]*>)*([a-z]+)`, "i");
const SERVICE = new RegExp(String.raw`(?<![?$:\w])service${GAP}(?:silent${GAP})?(?:<[^>]*>|[?$]\w+|[^\s{}<>():]{0,200}:[^\s{]{0,2000})${GAP}\{`, "i");
const UPDATES = ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"];

// SELECT, ASK, CONSTRUCT or DESCRIBE; what is none of them is for the engine to complain about.
export const formOf = (query) => {
  const form = (FORM.exec(query)?.[1] || "").toUpperCase();
  return [...UPDATES, "ASK", "CONSTRUCT", "DESCRIBE"].includes(form) ? form : "SELECT";
};

const depthOf = (query) => {
  let depth = 0;
  let deepest = 0;
  for (const character of query) {
    if ("({[".includes(character)) depth += 1; else if (")}]".includes(character)) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
};

// Why a query is not asked, in words; null when it may be.
export const refusal = (query) => {
  if (!query.trim()) return words.empty;
  if (query.length > MOST_CHARACTERS) return fill(words.long, {n: number(query.length), most: number(MOST_CHARACTERS)});
  if (SERVICE.test(query)) return words.service;
  if (depthOf(query) > MOST_NESTING) return fill(words.deep, {n: number(depthOf(query)), most: number(MOST_NESTING)});
  const form = formOf(query);
  return UPDATES.includes(form) ? fill(words.update, {form}) : null;
};

// The declarations stand on one line before the query, so that its own lines are one further down.
const DECLARED = Object.entries(asking.declared).map(([name, iri]) => `PREFIX ${name}: <${iri}>`).join(" ");
export const withPrefixes = (query) => `${DECLARED}\n${query}`;

// The engine's complaint: {message, line, column}; without a place when it has none.
export const explained = (complaint, query) => {
  const place = /error at (\d+):(\d+): ([^]*)/.exec(complaint);
  if (!place) return {message: fill(words.failed, {complaint})};
  const rows = query.split(/\r\n|\r|\n/);
  const line = Math.min(Math.max(Number(place[1]) - 1, 1), rows.length);
  const column = Math.max(Number(place[2]), 1);
  const expected = place[3].includes("Prefix not found") ? words.prefix : place[3].replace(/\s+/g, " ");
  const near = rows[line - 1].slice(column - 1).trim().slice(0, NEAR);
  return {message: fill(near ? words.wrong_before : words.wrong, {line, column, complaint: expected, near}), line, column};
};

const ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"};
const literal = (value) => `"${value.replace(/[\\"\n\r\t\b\f]/g, (character) => ESCAPES[character])}"`;
const DECIMAL = "<http://www.w3.org/2001/XMLSchema#decimal>";
const termOf = (value, kind) => (!value ? "UNDEF" : kind === "number" ? `${literal(value)}^^${DECIMAL}` : literal(value));

// The query with a variable bound to a value, or open again when the value is empty: in the VALUES that names it alone,
// else in one of ours at the query's beginning.
export const bound = (query, {name, kind}, value) => {
  const place = new RegExp(String.raw`(VALUES \?${name} \{ )(?:UNDEF|"(?:[^"\\\n]|\\.)*"(?:\^\^<[^>\n]*>)?)(?= \})`);
  const term = termOf(value, kind);
  if (place.test(query)) return query.replace(place, (_, head) => head + term);
  if (!value) return query;
  return query.replace(/^[^#\n]*\bWHERE\s*\{[^\S\n]*\n?/m, (head) => `${head.trimEnd()}\n  VALUES ?${name} { ${term} }\n`);
};

// An IRI as a query could name it, by the longest prefix that fits; a name with other signs stays as it is.
const PREFIXES = Object.entries(asking.prefixes).sort(([, a], [, b]) => b.length - a.length);
export const shortened = (iri) => {
  const [name, start] = PREFIXES.find(([, prefix]) => iri.startsWith(prefix)) || [];
  return name !== undefined && /^[\p{L}\p{N}_.-]+$/u.test(iri.slice(start.length)) ? `${name}:${iri.slice(start.length)}` : iri;
};
export const isName = (iri) => asking.names.some((start) => iri.startsWith(start));
