// What is chosen, and who wants to know: modules tell each other what happened without knowing each other.

const listeners = new Map();
export const on = (event, listener) => listeners.set(event, [...(listeners.get(event) || []), listener]);
export const tell = (event, ...details) => (listeners.get(event) || []).forEach((listener) => listener(...details));

// One node, one edge, or nothing.
export const chosen = {node: null, edge: null};

// Choose a thing; `focus` also moves the picture and the keyboard to it.
export const visit = (node, {focus = false, remember = true} = {}) => {
  Object.assign(chosen, {node, edge: null});
  tell("chosen", {focus, remember});
};
export const visitEdge = (edge, {remember = true} = {}) => {
  Object.assign(chosen, {node: null, edge});
  tell("chosen", {focus: false, remember});
};
