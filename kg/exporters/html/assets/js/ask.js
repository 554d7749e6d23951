// The view that asks the graph inside the page in SPARQL. The engine is begun when the view is first opened.
import {asking, scope, text} from "./data.js";
import {button, byId, el, fill, number} from "./dom.js";
import {Ended, ask, start, stop} from "./engine.js";
import {shownAnswer} from "./answers.js";
import {tell} from "./selection.js";
import {bound, explained, formOf, refusal, withPrefixes} from "./sparql.js";
import {onFirstOpening} from "./tabs.js";

const VIEW = "ask";
const FILE = "answer";
const words = text.ask;
const queries = new Map(asking.queries.map((query) => [query.name, query]));
const parts = {}; // of the view, once it is made

// The query in the field, or the one of a link before the view is made.
export const question = {text: ""};
export const setQuestion = (string) => {
  if (!string || string === question.text) return;
  question.text = string;
  if (!parts.query) return;
  parts.query.value = string;
  setChoice("");
};
const write = (string) => {
  question.text = string;
  if (parts.query.value !== string) parts.query.value = string; // the caret stays where it is
  tell("ask");
};
const setChoice = (name) => {
  if (parts.choice.value === name) return;
  parts.choice.value = name;
  showParameters();
};

const parameters = () => queries.get(parts.choice.value)?.parameters || [];
const showParameters = () => parts.parameters.replaceChildren(...parameters().map((parameter) => {
  const {name, kind, meaning, default: usual} = parameter;
  const field = el("input", {type: kind || "text", name, placeholder: usual, step: "any", autocomplete: "off", spellcheck: "false"});
  field.addEventListener("input", () => write(bound(parts.query.value, parameter, field.value)));
  return el("label", {}, el("span", {}, meaning), field, kind ? el("small", {}, usual) : null);
}));
const choose = () => {
  write(queries.get(parts.choice.value)?.text || words.example);
  showParameters();
};

const complain = ({message, line, column}) => {
  parts.complaint.textContent = message;
  parts.query.setAttribute("aria-invalid", "true");
  if (line === undefined) return;
  const before = parts.query.value.split("\n").slice(0, line - 1).reduce((sum, row) => sum + row.length + 1, 0);
  parts.query.focus();
  parts.query.setSelectionRange(before + column - 1, before + column);
};
const busy = (isBusy, said) => {
  byId(`${VIEW}-view`).setAttribute("aria-busy", String(isBusy));
  parts.stop.disabled = !isBusy;
  parts.said.textContent = said;
};
const show = ({said, elements, format, take}) => {
  busy(false, said);
  parts.answer.replaceChildren(...elements);
  parts.answer.hidden = false;
  parts.take.hidden = !take;
  if (!take) return;
  parts.take.textContent = words[format];
  parts.take.onclick = () => take(parts.choice.value || FILE);
};
const endedWords = (error) => fill(words[error.reason], error.details);

let asked = 0; // how many times: an answer to an earlier question is not shown
const run = async () => {
  const query = parts.query.value;
  const refused = refusal(query);
  asked += 1;
  const mine = asked;
  if (!parts.stop.disabled) stop();
  parts.complaint.textContent = "";
  parts.query.removeAttribute("aria-invalid");
  parts.answer.hidden = parts.take.hidden = true;
  if (refused) { busy(false, ""); complain({message: refused}); return; }
  busy(true, words.starting);
  const hidden = parameters().map(({name}) => name);
  try {
    await start();
    if (mine !== asked) return;
    busy(true, words.running);
    const answer = await ask(withPrefixes(query), formOf(query));
    if (mine === asked) show(shownAnswer(answer, hidden));
  } catch (error) {
    if (mine !== asked) return;
    busy(false, "");
    if (!(error instanceof Ended)) complain(explained(error.message, query));
    else if (error.reason === "stopped") parts.said.textContent = words.stopped;
    else complain({message: endedWords(error)});
  }
};

const prepare = async () => {
  parts.said.textContent = words.starting;
  try {
    await start();
    if (!asked) parts.said.textContent = words.ready;
  } catch (error) {
    if (asked) return;
    parts.said.textContent = "";
    complain({message: error instanceof Ended ? endedWords(error) : error.message});
  }
};

const make = () => {
  const view = byId(`${VIEW}-view`);
  const note = el("p", {class: "note", id: "asked-graph"}, fill(words[scope], {n: number(asking.triples)}));
  if (scope === "none") { view.replaceChildren(note); return; }
  parts.choice = el("select", {id: "ask-choice"}, el("option", {value: ""}, words.own),
    asking.queries.map(({name, answers}) => el("option", {value: name}, answers)));
  parts.parameters = el("div", {id: "ask-parameters"});
  parts.query = el("textarea", {id: "ask-query", rows: "9", spellcheck: "false", autocapitalize: "off", autocomplete: "off",
    "aria-label": words.query, "aria-describedby": "ask-prefixes ask-complaint"});
  parts.stop = button(words.stop, stop, {class: "more", id: "ask-stop", disabled: "disabled"});
  parts.take = button(words.csv, () => {}, {class: "more", id: "ask-take", hidden: "hidden"});
  parts.said = el("span", {class: "note", id: "ask-said", "aria-live": "polite"});
  parts.complaint = el("p", {id: "ask-complaint", role: "alert"});
  parts.answer = el("div", {id: "ask-answer", tabindex: "0", role: "region", "aria-label": words.answer, hidden: "hidden"});
  view.replaceChildren(note, el("label", {}, el("span", {}, words.choose), parts.choice), parts.parameters, parts.query,
    el("p", {class: "note", id: "ask-prefixes"}, fill(words.prefixes, {names: Object.keys(asking.declared).join(", ")})),
    el("p", {class: "buttons"}, button(words.run, run, {class: "more", id: "ask-run"}), parts.stop, parts.take, parts.said),
    parts.complaint, parts.answer);
  parts.choice.addEventListener("change", choose);
  parts.query.addEventListener("input", () => { // what is changed by hand is a query of one's own
    setChoice("");
    write(parts.query.value);
  });
  parts.query.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });
  if (question.text) { // a link's: its answer is what the link is for
    parts.query.value = question.text;
    run();
    return;
  }
  setChoice(asking.queries[0]?.name || "");
  choose();
  prepare();
};
onFirstOpening(VIEW, make);
