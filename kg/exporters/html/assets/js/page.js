// Where the page begins: every module does its own part; here they are put together.
import {beginRemembering} from "./address.js";
import {byId} from "./dom.js";
import {clearFilters} from "./filters.js";
import "./keys.js";
import "./legend.js";
import "./overview.js";
import "./tables.js";
import "./takeaway.js";
import "./timeline.js";
import {arrange, showAll, zoomBy} from "./picture.js";
import {visit} from "./selection.js";
import {NARROW} from "./theme.js";
import {restore} from "./view.js";

byId("zoom-in").addEventListener("click", () => zoomBy(1.3));
byId("zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
byId("fit").addEventListener("click", () => showAll());
byId("arrange").addEventListener("click", arrange);
byId("reset").addEventListener("click", () => { visit(null); clearFilters(); restore(); showAll(); });
if (matchMedia(NARROW).matches) byId("filters").open = false;

beginRemembering();
document.documentElement.dataset.ready = "true"; // for tests and measurements: the first picture can be used
