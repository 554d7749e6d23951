// The SPARQL engine in a worker of its own: the page stays alive while it works, and can end it at any moment.
import {initSync, Store} from "./oxigraph.js";
import {unpack} from "./packed.js";

const MOST_ROWS = 100000; // of an answer: what a page holds without trouble
let store = null;

// Both as base64 of gzip.
const load = async ({engine, graph}) => {
  initSync({module: await unpack(engine).arrayBuffer()});
  store = new Store();
  store.load(await unpack(graph).text(), {format: "text/turtle", no_transaction: true});
  return {triples: store.size};
};

// A LIMIT after the query bounds what the engine writes; a query that has one already does not take another, and is
// asked as it is: so are those with a mistake, whose place is then theirs.
const answered = (query) => {
  const options = {results_format: "json"};
  try {
    return store.query(`${query}\nLIMIT ${MOST_ROWS + 1}`, options);
  } catch (error) {
    if (!/^error at \d/.test(error.message)) throw error;
    return store.query(query, options);
  }
};

const answers = {
  SELECT: (query) => {
    const {head, results} = JSON.parse(answered(query));
    const rows = results.bindings.slice(0, MOST_ROWS).map((row) => head.vars.map((name) => row[name] || null));
    return {columns: head.vars, rows, more: results.bindings.length > MOST_ROWS};
  },
  ASK: (query) => ({yes: JSON.parse(store.query(query, {results_format: "json"})).boolean}),
  CONSTRUCT: (query) => ({turtle: store.query(query, {results_format: "text/turtle"})}),
};
answers.DESCRIBE = answers.CONSTRUCT;

const ask = ({query, form}) => {
  const begun = performance.now();
  const answer = answers[form](query);
  return {...answer, seconds: (performance.now() - begun) / 1000};
};

const tasks = {load, ask};
self.onmessage = async ({data: {task, ...details}}) => {
  try {
    self.postMessage({answer: await tasks[task](details)});
  } catch (error) { // what WebAssembly broke off leaves the engine in no state to go on
    self.postMessage({complaint: String(error.message || error), broken: task === "load" || error instanceof WebAssembly.RuntimeError});
  }
};
