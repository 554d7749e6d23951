// What is in the page, indexed, and the only ways in which text reaches the document: as text.

const content = JSON.parse(document.getElementById("contents").textContent);
const opening = JSON.parse(document.getElementById("opening").textContent);
const text = content.text;
const words = text.page;
const {articles = [], sentences = [], nodes = [], edges = [], facts = [], statements = []} = content;

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
const edgesOf = group(edges, (edge) => [edge.source, edge.target]);
const factsAbout = group(facts, (fact) => [fact.subject]);
const saidBy = group(statements, (said) => [said.speaker]);
const relayedBy = group(statements, (said) => [said.relayed_by]);
const saidAbout = group(statements, (said) => new Set(said.about || []));
const saidIn = group(statements, (said) => [said.said_in]);
const articlesOn = group(articles, (article) => article.topics || []);
const nodeOfIri = new Map(nodes.map((node) => [node.iri, node.id]));

const neighbours = (id) =>
  [...new Set(edgesOf(id).map((e) => (edges[e].source === id ? edges[e].target : edges[e].source)))]
    .sort((a, b) => a - b); // node ids are in order of importance

// "{n} articles" with its blanks filled
const fill = (pattern, values) =>
  pattern.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));
const countOf = (forms, n) => fill(forms[n === 1 ? 0 : 1], {n: n.toLocaleString("en")});
const roleName = (role) => text.roles[role] || role.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
const kindName = (node) => (node.kind === "topic" || !node.type ? text.kinds[node.kind][0] : node.type);
const byDay = (a, b) => (nodes[a].day || "9999").localeCompare(nodes[b].day || "9999") || a - b;

// An element with attributes and children; strings become text nodes, never markup.
const el = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};
const named = (string, attributes = {}) => el("bdi", attributes, string); // a name cannot turn its surroundings

const webLink = (string, url) => {
  let address = null;
  try { address = new URL(url); } catch { return named(string); }
  if (!["http:", "https:"].includes(address.protocol)) return named(string);
  return el("a", {href: address.href, rel: "noopener noreferrer", target: "_blank"}, named(string));
};
