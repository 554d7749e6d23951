// The only ways in which text reaches the document: as text.
import {nodes, text} from "./data.js";

export const byId = (id) => document.getElementById(id);

// "{n} articles" with its blanks filled
export const fill = (pattern, values) =>
  pattern.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));
export const number = (n) => n.toLocaleString("en");
export const countOf = (forms, n) => fill(forms[n === 1 ? 0 : 1], {n: number(n)});
export const roleName = (role) => (Object.hasOwn(text.roles, role) && text.roles[role]) || role.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
export const kindName = (node) => (node.kind === "topic" || !node.type ? text.kinds[node.kind][0] : node.type);

// An element with attributes and children; strings become text nodes, never markup.
export const el = (tag, attributes = {}, ...children) => {
  const element = tag === "svg" || svgTags.has(tag) ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};
const SVG = "http://www.w3.org/2000/svg";
const svgTags = new Set(["circle", "g", "line", "path", "polygon", "rect", "text", "tspan"]);

export const named = (string, attributes = {}) => el("bdi", attributes, string); // a name cannot turn its surroundings
export const button = (label, onclick, attributes = {}) => el("button", {type: "button", onclick, ...attributes}, label);

export const webLink = (string, url) => {
  let address = null;
  try { address = new URL(url); } catch { return named(string); }
  if (!["http:", "https:"].includes(address.protocol)) return named(string);
  return el("a", {href: address.href, rel: "noopener noreferrer", target: "_blank"}, named(string));
};

export const sign = (node) => el("span", {class: `sign ${node.kind}`, "aria-hidden": "true"});
export const statusBadge = (node) => node.status
  ? el("span", {class: `status ${node.status.toLowerCase()}`}, text.statuses[node.status]) : null;

// Said to people who do not see the page.
export const announce = (message) => { byId("announcement").textContent = message; };

export const byDay = (a, b) => (nodes[a].day || "9999").localeCompare(nodes[b].day || "9999") || a - b;
