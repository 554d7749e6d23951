// Files that the reader takes away.
import {el} from "./dom.js";

const KEPT = 10000; // milliseconds until the browser has surely begun to save

export const save = (name, blob) => {
  const address = URL.createObjectURL(blob);
  const link = el("a", {href: address, download: name});
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEPT);
};

// A table's cell as RFC 4180 has it; a text that a spreadsheet would run as a formula is kept from it by an apostrophe.
const quoted = (value) => {
  const string = String(value);
  const safe = /^[=+\-@\t\r]/.test(string) && Number.isNaN(Number(string)) ? `'${string}` : string;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
export const saveTable = (name, lines) =>
  save(name, new Blob([lines.map((line) => line.map(quoted).join(",")).join("\r\n"), "\r\n"], {type: "text/csv"}));
