// [data-print]: a button that prints the page; shown by the script, since browsers print by themselves, too.
import { delegate } from "../core/dom.js";
import { findAll } from "../core/elements.js";

for (const button of findAll(document, "[data-print]")) button.hidden = false;
delegate(document, "click", "[data-print]", () => print());
