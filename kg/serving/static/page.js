"use strict";
// Whatever comes from the graph is set as text, never as HTML.
(() => {
  const MOST_ROWS = 1000; // shown; the CSV has all
  const ROWS = "application/sparql-results+json, text/turtle;q=0.9";
  const known = JSON.parse(document.getElementById("known").textContent);
  const at = (id) => document.getElementById(id);
  const [named, parameters, query, answer, status] = ["named", "parameters", "query", "answer", "status"].map(at);
  const endpoint = new URL("/query", location.href).href;
  const spaces = Object.entries(known.prefixes).sort((a, b) => b[1].length - a[1].length);
  let running = null;
  let asked = "";

  const element = (name, text, properties = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...properties });
  const tell = (text, bad = false) => {
    status.textContent = text;
    status.className = bad ? "bad" : "";
  };
  const literal = (value, kind) =>
    kind === "number"
      ? value
      : `"${value.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;
  const shorten = (iri) => {
    const [prefix, space] = spaces.find(([, space]) => iri.startsWith(space)) || [];
    const local = space === undefined ? "" : iri.slice(space.length);
    return local && !/[/#]/.test(local) ? `${prefix}:${local}` : iri;
  };

  // ── The question ──
  function fillIn() {
    const chosen = known.queries.find((one) => one.name === named.value);
    let text = chosen.text;
    for (const field of parameters.querySelectorAll("input")) {
      const { kind } = chosen.parameters.find((one) => one.name === field.name);
      const value = field.value.trim();
      if (!value || !field.checkValidity()) continue;
      // A function, because "$&" in a value is no pattern.
      text = text.replace(`VALUES ?${field.name} { UNDEF }`, () => `VALUES ?${field.name} { ${literal(value, kind)} }`);
    }
    query.value = text;
  }

  function choose() {
    const chosen = known.queries.find((one) => one.name === named.value);
    parameters.replaceChildren();
    parameters.hidden = !chosen || !chosen.parameters.length;
    if (!chosen) return;
    for (const one of chosen.parameters) {
      const label = element("label", one.name, { className: "field", title: one.meaning });
      const field = element("input", "", { name: one.name, placeholder: one.default });
      field.type = one.kind === "date" ? "date" : "text";
      if (one.kind === "number") field.pattern = "[0-9]+(\\.[0-9]+)?";
      field.addEventListener("input", fillIn);
      label.append(field);
      parameters.append(label);
    }
    fillIn();
  }

  // ── The answer ──
  async function fetchAnswer(text, accept) {
    running = new AbortController();
    at("ask").disabled = true;
    at("stop").disabled = false;
    try {
      const response = await fetch(endpoint, {
        method: "POST",
        headers: { Accept: accept, "Content-Type": "application/sparql-query" },
        body: text,
        signal: running.signal,
      });
      const content = await response.text();
      if (!response.ok) throw new Error(content.trim() || response.statusText);
      return { content, kind: response.headers.get("Content-Type") || "" };
    } finally {
      running = null;
      at("ask").disabled = false;
      at("stop").disabled = true;
    }
  }

  async function ask() {
    if (running) return;
    const text = query.value;
    const begin = performance.now();
    tell("asking …");
    history.replaceState(null, "", `#${encodeURIComponent(text)}`);
    try {
      const { content, kind } = await fetchAnswer(text, ROWS);
      const seconds = `${((performance.now() - begin) / 1000).toFixed(2)} s`;
      asked = text;
      show(content, kind, seconds);
    } catch (error) {
      answer.replaceChildren();
      at("csv").disabled = true;
      const broken = "the answer broke off: it took too long, or the server has ended";
      tell({ AbortError: "stopped", TypeError: broken }[error.name] || error.message, true);
    }
  }

  function show(content, kind, seconds) {
    at("csv").disabled = true;
    if (!kind.includes("json")) {
      answer.replaceChildren(element("pre", content));
      tell(seconds);
      return;
    }
    const told = JSON.parse(content);
    if ("boolean" in told) {
      answer.replaceChildren(element("p", told.boolean ? "yes" : "no"));
      tell(seconds);
      return;
    }
    const rows = told.results.bindings;
    answer.replaceChildren(table(told.head.vars, rows.slice(0, MOST_ROWS)));
    at("csv").disabled = false;
    const cut = rows.length > MOST_ROWS ? `; the first ${MOST_ROWS} are shown, the CSV has all` : "";
    tell(`${rows.length} ${rows.length === 1 ? "row" : "rows"} in ${seconds}${cut}`);
  }

  function table(columns, rows) {
    const whole = document.createElement("table");
    const head = whole.createTHead().insertRow();
    for (const column of columns) head.append(element("th", column, { scope: "col" }));
    const body = whole.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      for (const column of columns) line.insertCell().append(cell(row[column]));
    }
    return whole;
  }

  function cell(term) {
    if (!term) return "";
    if (term.type !== "uri") return term.value;
    const button = element("button", shorten(term.value), { type: "button", title: `What is said of ${term.value}` });
    button.addEventListener("click", () => {
      named.value = "";
      choose();
      query.value = `SELECT ?property ?value WHERE { <${term.value}> ?property ?value }\nORDER BY ?property ?value`;
      ask();
    });
    return button;
  }

  async function download() {
    try {
      const { content } = await fetchAnswer(asked, "text/csv");
      const address = URL.createObjectURL(new Blob([content], { type: "text/csv" }));
      element("a", "", { href: address, download: `${named.value || "answer"}.csv` }).click();
      URL.revokeObjectURL(address);
    } catch (error) {
      tell(error.message, true);
    }
  }

  at("endpoint").textContent = endpoint;
  for (const one of known.queries) named.append(element("option", `${one.name}: ${one.answers}`, { value: one.name }));
  named.addEventListener("change", choose);
  parameters.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  at("ask").addEventListener("click", ask);
  at("stop").addEventListener("click", () => running && running.abort());
  at("csv").addEventListener("click", download);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
    } else if (event.key === "Escape" && running) running.abort();
  });
  const linked = location.hash.slice(1);
  if (linked) {
    try {
      query.value = decodeURIComponent(linked); // only put there: nobody's link asks by itself
    } catch (error) {
      tell("the link holds no query", true);
    }
  } else {
    named.value = "leader-contacts";
    choose();
  }
  query.focus();
})();
