// What is in the page: actors, events and edges at once; facts, sentences and statements when they are asked for.

import {lines, unpack} from "./packed.js";

const parsed = (id) => JSON.parse(document.getElementById(id).textContent);
const content = parsed("contents");
export const opening = parsed("opening"); // nodes with their places, options of vis-network, kinds hidden at first
export const text = content.text;
export const words = text.page;
export const title = content.title;
export const leftOut = content.left_out; // nodes that the page has no room for
export const articles = content.articles;
export const nodes = content.nodes;
export const said = content.said; // of each statement who, to whom, about what, in which article
export const disputed = content.disputed; // the facts that conflict with others
export const scope = content.scope; // how much of the graph the page has as RDF
export const asking = content.asking; // its triples, prefixes and named queries

const {source: sources, target: targets, roles: roleSets, role_sets: knownRoleSets, conflicts} = content.edges;
const inConflict = new Set(conflicts);
export const edgeCount = sources.length;
export const edgeAt = (index) => ({
  source: sources[index], target: targets[index], roles: knownRoleSets[roleSets[index]], conflict: inConflict.has(index),
  status: nodes[sources[index]].status || nodes[targets[index]].status,
});
export const endsOf = (index) => [sources[index], targets[index]];

// Edges by node, as one list with the place where each node's begins.
const starts = new Uint32Array(nodes.length + 1);
for (let index = 0; index < edgeCount; index += 1) { starts[sources[index] + 1] += 1; starts[targets[index] + 1] += 1; }
for (let id = 0; id < nodes.length; id += 1) starts[id + 1] += starts[id];
const edgeList = new Uint32Array(2 * edgeCount);
const filled = starts.slice(0, nodes.length);
for (let index = 0; index < edgeCount; index += 1) {
  for (const id of endsOf(index)) { edgeList[filled[id]] = index; filled[id] += 1; }
}
export const edgesOf = (id) => edgeList.subarray(starts[id], starts[id + 1]);
export const degreeOf = (id) => starts[id + 1] - starts[id];
export const otherEnd = (index, id) => (sources[index] === id ? targets[index] : sources[index]);
// Node ids are in order of importance, and so are neighbours.
export const neighbours = (id) => [...new Set(Array.from(edgesOf(id), (index) => otherEnd(index, id)))].sort((a, b) => a - b);

const group = (items, keysOf) => {
  const found = new Map();
  items.forEach((item, index) => {
    for (const key of keysOf(item)) {
      if (key === undefined) continue;
      if (!found.has(key)) found.set(key, []);
      found.get(key).push(index);
    }
  });
  return (key) => found.get(key) || [];
};
export const saidBy = group(said, (one) => [one.speaker]);
export const relayedBy = group(said, (one) => [one.relayed_by]);
export const saidAbout = group(said, (one) => new Set(one.about || []));
export const saidIn = group(said, (one) => [one.said_in]);
export const articlesOn = group(articles, (article) => article.topics || []);
const ids = new Map(nodes.map((node) => [node.iri, node.id]));
export const nodeOfIri = (iri) => ids.get(iri);
export const outletsOf = (id) => new Set((nodes[id].articles || []).map((article) => articles[article].outlet));
export const factsAbout = (id) => {
  const found = [];
  for (let fact = content.fact_starts[id]; fact < content.fact_starts[id + 1]; fact += 1) found.push(fact);
  return found;
};

// Records in compressed chunks.
class Shelf {
  constructor(id) {
    this.id = id;
    this.chunks = new Map(); // number → promise of its records
    this.records = [];
  }

  async load(wanted) {
    this.lines ||= lines(this.id);
    const numbers = new Set(Array.from(wanted, (index) => Math.floor(index / content.chunk)));
    await Promise.all(Array.from(numbers, (number) => {
      if (!this.chunks.has(number)) this.chunks.set(number, this.unpack(number));
      return this.chunks.get(number);
    }));
  }

  async unpack(number) {
    const records = await unpack(this.lines[number]).json();
    records.forEach((record, at) => { this.records[number * content.chunk + at] = record; });
  }

  at(index) { return this.records[index]; }
}

const factShelf = new Shelf("facts");
const sentenceShelf = new Shelf("sentences");
const statementShelf = new Shelf("statements");
// Of what has been loaded:
export const factAt = (index) => factShelf.at(index);
export const sentenceAt = (index) => sentenceShelf.at(index);
export const statementAt = (index) => ({...said[index], ...statementShelf.at(index)});

// Load facts and statements with the sentences behind them, and sentences by themselves.
export const load = async ({facts = [], statements = [], sentences = []}) => {
  await Promise.all([factShelf.load(facts), statementShelf.load(statements)]);
  const behind = [...Array.from(facts, factAt), ...Array.from(statements, statementAt)];
  await sentenceShelf.load([...sentences, ...behind.flatMap((record) => record.sentences || [])]);
};

// The events that a thing has to do with; of an event, itself.
export const eventsOf = (id) => (nodes[id].kind === "event" ? [id] : neighbours(id).filter((other) => nodes[other].kind === "event"));
