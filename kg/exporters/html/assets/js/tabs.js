// The views: one is shown at a time; what a view needs is made when it is first opened.
import {byId} from "./dom.js";
import {on, tell} from "./selection.js";

const tabs = [...document.querySelectorAll("[role=tab]")];
export const tabNames = tabs.map((tab) => tab.dataset.view);
export const open = {name: tabNames[0]};
const makers = new Map();

// `make` runs once, when the view is opened first.
export const onFirstOpening = (name, make) => makers.set(name, make);

export const openTab = (name, {focus = false} = {}) => {
  if (!tabNames.includes(name)) return;
  open.name = name;
  for (const tab of tabs) {
    const isOpen = tab.dataset.view === name;
    tab.setAttribute("aria-selected", String(isOpen));
    tab.tabIndex = isOpen ? 0 : -1;
    byId(`${tab.dataset.view}-view`).hidden = !isOpen;
    if (isOpen && focus) tab.focus();
  }
  const make = makers.get(name);
  makers.delete(name);
  if (make) make();
  tell("tab", name);
};

tabs.forEach((tab, at) => {
  tab.addEventListener("click", () => {
    openTab(tab.dataset.view);
    byId("views").scrollIntoView({block: "nearest"}); // on a narrow screen the reader may have scrolled down
  });
  tab.addEventListener("keydown", ({key}) => {
    const to = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1}[key];
    if (to !== undefined) openTab(tabNames[(to + tabs.length) % tabs.length], {focus: true});
  });
});
on("open-tab", openTab);
