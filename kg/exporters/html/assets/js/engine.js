// The SPARQL engine as the page knows it: one worker, begun when it is first needed and again after it was stopped.
import {lines, unpack} from "./packed.js";

const MOST_SECONDS = 60; // that a question may take
const NAME = "sparql"; // of the script element with the engine

export class Ended extends Error { // `reason`: a key of text.json's "ask"
  constructor(reason, details = {}) {
    super(reason);
    Object.assign(this, {reason, details});
  }
}

let worker = null;
let ready = null; // promise of a loaded worker
let pending = null; // {resolve, reject} of the task at hand; the worker has one at a time
let ended = 0; // how many times

const end = (error) => {
  ended += 1;
  if (worker) worker.terminate();
  const left = pending;
  worker = ready = pending = null;
  if (left) left.reject(error);
};
export const stop = () => end(new Ended("stopped"));

const give = (task, details) => new Promise((resolve, reject) => {
  pending = {resolve, reject};
  worker.postMessage({task, ...details});
});
const receive = ({data: {answer, complaint, broken}}) => {
  if (broken) { end(new Ended("crashed", {reason: complaint})); return; }
  const {resolve, reject} = pending;
  pending = null;
  if (complaint === undefined) resolve(answer); else reject(new Error(complaint));
};

const begin = async () => {
  const before = ended;
  const [engine, code] = lines(NAME);
  const script = await unpack(code).text();
  if (ended !== before) throw new Ended("stopped");
  const address = URL.createObjectURL(new Blob([script], {type: "text/javascript"}));
  let reason = "no_worker";
  try {
    worker = new Worker(address);
    worker.onmessage = receive;
    worker.onerror = (event) => end(new Ended(reason, {reason: event.message || event.type}));
    const loaded = await give("load", {engine, graph: lines("rdf")[0]});
    reason = "crashed";
    return loaded;
  } catch (error) {
    throw error instanceof Ended ? error : new Ended(reason, {reason: error.message});
  } finally {
    URL.revokeObjectURL(address);
  }
};

export const start = () => {
  if (!ready) {
    ready = begin();
    const mine = ready;
    ready.catch(() => { if (ready === mine) ready = null; });
  }
  return ready;
};

// The answer of worker.js to one query; rejects with Ended, or with the engine's complaint as it is.
export const ask = async (query, form) => {
  await start();
  const timer = setTimeout(() => end(new Ended("too_long", {n: MOST_SECONDS})), MOST_SECONDS * 1000);
  try { return await give("ask", {query, form}); } finally { clearTimeout(timer); }
};
