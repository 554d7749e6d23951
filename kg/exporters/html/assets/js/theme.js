// Colours as page.css has them, for what is drawn on canvases.
import {tell} from "./selection.js";

const palette = new Map(); // of the current theme
export const colour = (name) => {
  if (!palette.has(name)) palette.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return palette.get(name);
};
export const NARROW = "(max-width: 60rem)"; // as in page.css
export const calm = matchMedia("(prefers-reduced-motion: reduce)");
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { palette.clear(); tell("theme"); });
