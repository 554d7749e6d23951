// The RDF inside the page: the graph's own Turtle, one subject a block, as kg.exporters.turtle writes it.
import {nodeOfIri} from "./data.js";
import {lines, unpack} from "./packed.js";

let whole = null; // promise of the text
const turtle = () => {
  whole ||= unpack(lines("rdf")[0]).text();
  return whole;
};

const ABOUT = /^\trdf:subject (\S+)/m; // of a fact
const BEHIND = /^\t(?:prov:wasDerivedFrom|schema:isPartOf|schema:publisher|org:holds|schema:about) (.+?) [;.]$/gm;

// The blocks of these things, of the facts about them, and of the sentences and articles that say so; links to things
// of the page that are not among them are left out.
export const turtleOf = async (wanted) => {
  const blocks = (await turtle()).trim().split(/\n\n+/);
  const prefixes = new Map();
  const head = blocks.shift();
  for (const [, name, iri] of head.matchAll(/^@prefix (\S*): <(.*)> \.$/gm)) prefixes.set(name, iri);
  const iriOf = (token) => {
    if (token.startsWith("<")) return token.slice(1, -1);
    const colon = token.indexOf(":");
    return (prefixes.get(token.slice(0, colon)) ?? "") + token.slice(colon + 1).replaceAll("\\", "");
  };
  const isOutside = (token) => nodeOfIri(iriOf(token)) !== undefined && !wanted.has(iriOf(token));
  const subjects = new Map(blocks.map((block) => [iriOf(block.slice(0, block.indexOf(" "))), block]));
  const kept = new Set();
  const keep = (iri) => {
    const block = subjects.get(iri);
    if (block === undefined || kept.has(iri) || (nodeOfIri(iri) !== undefined && !wanted.has(iri))) return;
    kept.add(iri);
    for (const [, objects] of block.matchAll(BEHIND)) objects.split(" , ").forEach((token) => keep(iriOf(token)));
  };
  for (const [iri, block] of subjects) {
    const about = ABOUT.exec(block);
    const object = /^\trdf:object (\S+) ;$/m.exec(block);
    if (wanted.has(iri) || (about && wanted.has(iriOf(about[1])) && !(object && isOutside(object[1])))) keep(iri);
  }
  const inside = (line) => {
    const parts = /^(\t\S+ )([^"]+)( [;.])$/.exec(line);
    if (!parts) return line; // a literal, or the line with the subject
    const objects = parts[2].split(" , ").filter((token) => !/^[<\p{L}]/u.test(token) || !isOutside(token));
    return objects.length ? parts[1] + objects.join(" , ") + parts[3] : null;
  };
  const shortened = (block) => {
    const left = block.split("\n").map(inside).filter((line) => line !== null);
    left[left.length - 1] = left.at(-1).replace(/[;.]$/, "."); // the last line may have been left out
    return left.join("\n");
  };
  return [head, ...[...kept].sort().map((iri) => shortened(subjects.get(iri)))].join("\n\n") + "\n";
};
