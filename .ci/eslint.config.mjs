// How the page's JavaScript is checked: `make lint-js`. The page's promises (text only as text, nothing evaluated) are rules.
import {existsSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import js from "@eslint/js";
import globals from "globals";

// Every import names a file that is there and something that it exports, as the page's own bundler needs it.
const importsExist = {
  meta: {type: "problem", schema: [], messages: {file: "no module {{file}}", name: "{{file}} exports no {{name}}"}},
  create: (context) => ({
    ImportDeclaration(node) {
      const file = node.source.value;
      const path = join(dirname(context.filename), file);
      if (!file.startsWith("./") || !existsSync(path)) return context.report({node, messageId: "file", data: {file}});
      const text = readFileSync(path, "utf8");
      const exported = new Set(Array.from(text.matchAll(/^export (?:async )?(?:const|let|function|class) (\w+)/gm), ([, name]) => name));
      for (const {imported} of node.specifiers) {
        if (imported && !exported.has(imported.name)) context.report({node, messageId: "name", data: {file, name: imported.name}});
      }
      return undefined;
    },
  }),
};

const asText = "text reaches the page as text only: use dom.js";
export default [
  js.configs.recommended,
  {
    languageOptions: {ecmaVersion: 2023, sourceType: "module", globals: {...globals.browser, vis: "readonly", Sigma: "readonly", graphology: "readonly"}},
    linterOptions: {reportUnusedDisableDirectives: "error"},
    plugins: {page: {rules: {"imports-exist": importsExist}}},
    rules: {
      "page/imports-exist": "error",
      eqeqeq: "error",
      "no-duplicate-imports": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-script-url": "error",
      "no-shadow": "error",
      "no-unused-vars": "error",
      "no-use-before-define": ["error", {functions: false, variables: false}],
      "no-var": "error",
      "prefer-const": "error",
      "no-restricted-properties": ["error",
        ...["innerHTML", "outerHTML", "srcdoc", "insertAdjacentHTML", "setHTMLUnsafe", "createContextualFragment"]
          .map((property) => ({property, message: asText})),
        ...["write", "writeln"].map((property) => ({object: "document", property, message: asText}))],
      "no-restricted-globals": ["error", "event", "name", "fetch", "XMLHttpRequest", "WebSocket", "EventSource"],
    },
  },
  { // runs in a worker, beside the engine that the page hands to it
    files: ["**/worker.js"],
    languageOptions: {globals: globals.worker},
    rules: {"page/imports-exist": "off"},
  },
];
