// The page with the QR code to print.
import "../ui/page.js";
import { delegate } from "../core/dom.js";
import { find } from "../core/elements.js";

find(document, "[data-print]").hidden = false;
delegate(document, "click", "[data-print]", () => print());
